"""Cold plates on wet towers, with a water-cooled trim chiller for the hours that are too humid."""

from __future__ import annotations

from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from ..cold_plate import ColdPlate
from ..component import Listed
from ..conditions import Conditions
from ..cooling import Mode
from ..machines import Tower, WaterCooledChiller
from ..quantities import DollarsPerMegawatt, Kelvins, PerYear, Years


class ColdPlateTower(ColdPlate, kind="cold_plate_tower"):
    """Tower water cools the loop over a heat exchanger; the trim chiller takes the rest and rejects to the same tower.

    Free share = (return - tower water - exchanger approach) / (return - supply), between 0 and 1.
    """

    example: ClassVar = {"name": "towers", "supply": "32 degC", "free_size": {"maximum": "90 MW"}}
    label: ClassVar = "Cold plates on wet towers"
    evaporates: ClassVar = True

    life: Annotated[Years, Listed("lifetime", "cooling_tower")]
    """Economic life."""
    exchanger_approach: Annotated[Kelvins, Listed("approach", "waterside_economiser")]
    """Loop water above tower water."""
    free_capex: Annotated[DollarsPerMegawatt, Listed("capex", "cooling_tower")]
    """Cost of the towers per heat."""
    trim_capex: Annotated[DollarsPerMegawatt, Listed("capex", "chiller_water_cooled")]
    """Cost of the trim chiller with its tower and pumps per rated heat."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "cooling_tower")]
    """Yearly upkeep over the cost, water treatment included."""
    tower: Tower = Field(default_factory=Tower)  # type: ignore[arg-type]
    """The towers."""
    chiller: WaterCooledChiller = Field(default_factory=WaterCooledChiller)  # type: ignore[arg-type]
    """The trim chiller."""

    def modes(self, weather: Conditions) -> dict[str, Mode]:
        pump, tower = self.pump_power, self.tower
        water_c, make_up = tower.water_c(weather), tower.make_up(weather)
        per_heat = self.chiller.electricity(water_c, self.supply_c)
        reachable = water_c + self.exchanger_approach
        free = Mode(
            electricity=pump + (1 + pump) * tower.electricity + 0.0 * water_c,
            water=(1 + pump) * make_up,
            capacity=1 / (1 + pump) + 0.0 * water_c,
            share=np.clip((self.return_c - reachable) / (self.return_c - self.supply_c), 0.0, 1.0),
        )
        trim = Mode(
            electricity=pump + (1 + pump) * (per_heat + (1 + per_heat) * tower.electricity),
            water=(1 + pump) * (1 + per_heat) * make_up,
            capacity=self.chiller.capacity(water_c) / (1 + pump),
        )
        return {"free": free, "trim": trim}
