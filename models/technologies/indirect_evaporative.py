"""Indirect evaporative coolers: hall air over an exchanger to outdoor air, dry or sprayed; a chiller for the rest."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ..component import Floats, Listed
from ..conditions import Conditions
from ..cooling import Mode, Ranges
from ..outdoor_air import AirExchanger, OutdoorAir
from ..physics import evaporative
from ..quantities import DollarsPerMegawatt, PerYear, Years


class IndirectEvaporative(OutdoorAir, kind="indirect_evaporative"):
    """No outdoor air enters the hall: it cools the hall's air over an exchanger, dry or with its outdoor side sprayed.

    Share = e (T_return - T_sink) / (T_return - T_supply), with the dry bulb as sink, or the wet bulb while sprayed.
    Both modes share the exchanger; a unit that reaches half of the way takes half of its rated heat.
    """

    outdoor_modes: ClassVar = ("dry", "wet")
    example: ClassVar = {"name": "indirect", "outdoor_size": {"maximum": "60 MW"}}
    label: ClassVar = "Indirect evaporative coolers"

    life: Annotated[Years, Listed("lifetime", "indirect_evaporative_cooler")]
    """Economic life."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "indirect_evaporative_cooler")]
    """Yearly upkeep over the cost."""
    outdoor_capex: Annotated[DollarsPerMegawatt, Listed("capex", "indirect_evaporative_cooler")]
    """Cost of the units per heat."""
    exchanger: AirExchanger = Field(default_factory=AirExchanger)  # type: ignore[arg-type]
    """The exchangers with their fans and sprays."""

    def by_outdoor_air(self, weather: Conditions) -> dict[str, Mode]:
        unit = self.exchanger
        supply = self.air_handler.supply_air
        none, sprayed = 0.0 * weather.dry_bulb_c, evaporative.indirect_water_l_per_kwh(unit.bleed)

        def mode(sink_c: Floats, effectiveness: float, water: float) -> Mode:
            warm = supply + self.air_handler.air_rise
            share = evaporative.indirect_share(warm, supply, sink_c, effectiveness)
            return self.blown(weather, supply, unit.fan_power, share, share, none + water, unit.bleed)

        return {
            "dry": mode(weather.dry_bulb_c, unit.dry_effectiveness, 0.0),
            "wet": mode(weather.wet_bulb_c, unit.wet_effectiveness, sprayed),
        }

    def ranges(self, weather: Conditions) -> Ranges:
        return [(evaporative.INDIRECT_WET_BULB, weather.wet_bulb_c), *super().ranges(weather)]
