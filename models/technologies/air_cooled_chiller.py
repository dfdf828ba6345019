"""Air-cooled chillers with air handlers: takes the heat out of the air of the hall, without water."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ..component import Listed
from ..conditions import Conditions
from ..cooling import CoolingSystem, Mode, Plant
from ..investment import PowerSize
from ..machines import AirCooledChiller, AirHandler
from ..quantities import Celsius, DollarsPerMegawatt, PerYear, Years


class AirCooledChillers(CoolingSystem, kind="air_cooled_chiller"):
    """Chilled water for air handlers. Fans and pumps add their heat to what the chiller takes.

    Electricity per heat = fans + pumps + (1 + fans + pumps) / COP.
    """

    example: ClassVar = {"name": "hall_chillers", "chiller_size": {"maximum": "60 MW"}}
    label: ClassVar = "Air-cooled chillers with air handlers"
    plants: ClassVar = {
        "chiller": Plant(("chiller_capex",), ("chiller",), "chiller_size"),
        "air_handler": Plant(("air_handler_capex",), ("chiller",), "air_handler_size", weathered=False),
    }

    loop: str = "heat_air"
    """Loop it cools."""
    chiller_size: PowerSize = Field(default_factory=PowerSize)
    """Rated heat of the chillers, at 35 degC air and 6.67 degC water."""
    air_handler_size: PowerSize = Field(default_factory=PowerSize)
    """Heat that the air handlers can take."""
    life: Annotated[Years, Listed("lifetime", "chiller_air_cooled")]
    """Economic life."""
    lead_time: Annotated[Years, Listed("chiller_lead_time", "data_centre")]
    """Time from the decision to service."""
    leaving_water: Annotated[Celsius, Listed("leaving_water", "chiller_air_cooled")]
    """Chilled water sent to the air handlers."""
    chiller_capex: Annotated[DollarsPerMegawatt, Listed("capex", "chiller_air_cooled")]
    """Cost of the chillers per rated heat."""
    air_handler_capex: Annotated[DollarsPerMegawatt, Listed("capex", "air_handler")]
    """Cost of the air handlers per heat."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "chiller_air_cooled")]
    """Yearly upkeep over the cost."""
    chiller: AirCooledChiller = Field(default_factory=AirCooledChiller)  # type: ignore[arg-type]
    """The chillers."""
    air_handler: AirHandler = Field(default_factory=AirHandler)  # type: ignore[arg-type]
    """The air handlers and their pumps."""

    @property
    def supply_c(self) -> float:
        return float(self.leaving_water)

    def modes(self, weather: Conditions) -> dict[str, Mode]:
        moved = self.air_handler.fans(weather) + self.air_handler.pumps
        electricity = moved + (1.0 + moved) * self.chiller.electricity(weather, self.leaving_water)
        capacity = self.chiller.capacity(weather, self.leaving_water) / (1.0 + moved)
        return {"chiller": Mode(electricity, 0.0 * moved, capacity)}
