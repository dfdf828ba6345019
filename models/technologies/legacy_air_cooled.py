"""An air-cooled hall as built around 2015, to show what an upgrade is worth in the same climate."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ..component import Floats, Listed
from ..conditions import Conditions
from ..machines import AirCooledChiller, AirHandler, Pascals
from ..quantities import Celsius, Fraction, Kelvins
from ..rejection_air import OnAirChiller
from ..terminals import HallAir

TECHNOLOGY = "legacy_air_cooled"


class LegacyAirHandler(AirHandler):
    """Air handlers with constant-speed fans that move much air for little warming."""

    supply_air: Annotated[Celsius, Listed("supply_air", TECHNOLOGY)]
    """Air sent to the IT."""
    air_rise: Annotated[Kelvins, Listed("air_rise", TECHNOLOGY)]
    """Warming of the air by the IT, bypass included."""
    fan_pressure: Annotated[Pascals, Listed("fan_pressure", TECHNOLOGY)]
    """Pressure rise of the fans."""
    fan_efficiency: Annotated[Fraction, Listed("fan_efficiency", TECHNOLOGY)]
    """Efficiency of fans with motors."""

    def fans(self, weather: Conditions, load: float = 1.0) -> Floats:
        """Return fan electricity per heat; spare units run at full speed too, so that they add theirs."""
        return super().fans(weather) / load


class LegacyChiller(AirCooledChiller):
    """An older air-cooled chiller."""

    carnot_fraction: Annotated[Fraction, Listed("carnot_fraction", TECHNOLOGY)]
    """Share of the ideal performance."""


class LegacyAirCooled(OnAirChiller, HallAir, kind="legacy_air_cooled"):
    """Chilled water of 7 degC, a narrow air rise and strong fans, as Lei and Masanet (2022) found in mid-size halls.

    Electricity per heat = fans + pumps + (1 + fans + pumps) / COP. Costs are those of like plant bought today: a hall
    that stands already states its size under `existing`, and pays upkeep only.
    """

    example: ClassVar = {"name": "old_hall", "chiller_size": {"maximum": "60 MW"}}
    label: ClassVar = "Air-cooled hall of 2015"

    leaving_water: Annotated[Celsius, Listed("leaving_water", TECHNOLOGY)]
    """Chilled water sent to the air handlers."""
    air_handler: LegacyAirHandler = Field(default_factory=LegacyAirHandler)  # type: ignore[arg-type]
    """The air handlers and their pumps."""
    chiller: LegacyChiller = Field(default_factory=LegacyChiller)  # type: ignore[arg-type]
    """The chillers."""
