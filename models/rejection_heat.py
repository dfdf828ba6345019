"""Rejecting heat with heat: absorption chillers that generators drive, on wet towers."""

from __future__ import annotations

from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field, field_validator

from .component import Floats, Listed
from .conditions import Conditions
from .cooling import Mode, Plant, Ranges
from .investment import PowerSize
from .machines import Tower, WaterLoop
from .physics import absorption, chillers
from .quantities import Celsius, DollarsPerMegawatt, Number, PerKelvin, PerYear, Years
from .rejection_air import Rejector

DRIVE_HEAT = "drive_heat"


class OnAbsorption(Rejector):
    """Lithium-bromide chillers on hot water, with a tower for the cold and the drive heat together.

    Drive heat = 1 / COP_th per heat, electricity = 1 / COP_el and the tower's, which rejects 1 + 1 / COP_th: with
    0.74 that is 2.35, against about 1.15 of a compression chiller. Hot water of 80 degC at least has to come from
    generators; racks return 45 to 65 degC.
    """

    evaporates: ClassVar[bool] = True
    side_buses: ClassVar[tuple[str, ...]] = ("waste_water", DRIVE_HEAT)

    life: Annotated[Years, Listed("lifetime", "absorption_chiller")]
    """Economic life."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "absorption_chiller")]
    """Yearly upkeep over the cost."""
    chiller_size: PowerSize = Field(default_factory=PowerSize)
    """Rated heat of the chillers, at 29.4 degC tower water."""
    chiller_capex: Annotated[DollarsPerMegawatt, Listed("capex", "absorption_chiller")]
    """Cost of the chillers per rated heat."""
    tower_capex: Annotated[DollarsPerMegawatt, Listed("tower_capex", "absorption_chiller")]
    """Cost of towers and pumps for cold and drive heat, per rated heat of the chillers."""
    drive_temperature: Annotated[Celsius, Listed("drive_temperature", "absorption_chiller")]
    """Hot water that drives it."""
    cop_thermal: Annotated[Number, Listed("cop_thermal", "absorption_chiller"), Field(gt=0)]
    """Heat taken per drive heat."""
    cop_electric: Annotated[Number, Listed("cop_electric", "absorption_chiller"), Field(gt=0)]
    """Heat taken per electricity of its own pumps and controls."""
    capacity_loss: Annotated[PerKelvin, Listed("capacity_loss", "absorption_chiller")]
    """Capacity lost per kelvin of tower water above 29.4 degC; cooler water is not credited."""
    tower: Tower = Field(default_factory=Tower)  # type: ignore[arg-type]
    """The towers."""

    @field_validator("drive_temperature")
    @classmethod
    def _hot_enough(cls, value: float) -> float:
        if not absorption.can_drive(value):
            raise ValueError(
                f"must be at least {absorption.DRIVE_WATER.low:g} degC, got {value:g} degC: water that comes back from"
                " racks cannot drive it. Take heat of generators with heat_recovery, or another cooling system"
            )
        return value

    @property
    def rejectors(self) -> dict[str, Plant]:
        """Chillers, bought with their towers."""
        return {"chiller": Plant(("chiller_capex", "tower_capex"), ("absorption",), "chiller_size")}

    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        """Return the one mode; it draws drive heat."""
        drive = absorption.drive_heat_kw_per_kw(self.cop_thermal) + 0.0 * weather.dry_bulb_c
        tower = self.tower.taking(weather, drive, loop.load)
        own = absorption.electricity_kw_per_kw(self.cop_electric)
        return {
            "absorption": Mode(
                electricity=own + tower.electricity,
                water=tower.water,
                capacity=chillers.water_cooled_capacity_fraction(self._water_c(weather), self.capacity_loss),
                side={**tower.side, DRIVE_HEAT: -1.0 * drive},
            )
        }

    def _water_c(self, weather: Conditions) -> Floats:
        """Return the tower water; the controls keep it from crystallising the salt."""
        return np.maximum(self.tower.water_c(weather), absorption.TOWER_WATER.low)

    def rejector_ranges(self, weather: Conditions, loop: WaterLoop) -> Ranges:
        """Return the published ranges of its correlations, with the values they are asked for."""
        hot = self.drive_temperature + 0.0 * weather.dry_bulb_c
        water = (absorption.TOWER_WATER, self._water_c(weather))
        return [(absorption.DRIVE_WATER, hot), water, *self.tower.ranges(weather)]
