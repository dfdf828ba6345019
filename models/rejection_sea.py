"""Rejecting heat to the sea: once through, over titanium plates, with a chiller whose condenser the sea cools too."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator

from .component import Floats, Listed
from .conditions import Conditions
from .cooling import Mode, Plant, Ranges
from .investment import PowerSize
from .machines import Pascals, WaterCooledChiller, WaterLoop
from .physics import seawater
from .quantities import Celsius, DollarsPerMegawatt, Fraction, Kelvins, Number, PerYear, Years
from .rejection_air import FreeAndTrim

FREEZING_C = -1.8
LEAST_RISE = 0.1  # of the permitted rise: with less, pumps would move ten times the water for the same heat


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) or value is None else [value]


_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "examples": ["24 degC"]},
        {"type": "array", "items": {"type": "string"}, "minItems": 12, "maxItems": 12},
    ]
}
SeaTemperature: Any = Annotated[tuple[Celsius, ...], BeforeValidator(_listed), WithJsonSchema(_SCHEMA)]


def sea_by_month(weather: Conditions, base_c: float, slope: float) -> Floats:
    """Return an estimate of the sea's surface temperature: base + slope x mean dry bulb of the calendar month.

    Parameters
    ----------
    weather : Conditions
        Weather over n intervals.
    base_c, slope : float
        Straight line through shallow coastal seas [degC, 1].

    Returns
    -------
    array, shape (n,)
        Never below the freezing point of sea water [degC]. A design day counts as a month as hot as that day, some
        2 to 4 K warmer than the sea gets.
    """
    months = np.asarray(weather.times.month)
    means = {month: weather.dry_bulb_c[months == month].mean() for month in np.unique(months)}
    mean = np.array([means[month] for month in months])
    return np.maximum(base_c + slope * mean, FREEZING_C)


class OnSeawater(FreeAndTrim):
    """Sea water over an exchanger, with a chiller on sea water for what is left.

    Free share = (return - sea - approach) / (return - supply), between 0 and 1. The water drawn per heat is
    1 / (c x rise), where the rise is the permitted one, or what the exchanger leaves of it: return - approach - sea.
    Below a tenth of the permitted rise the exchanger is shut. The chiller puts 1 + 1 / COP into the sea, over the same
    intake.
    """

    side_buses: ClassVar[tuple[str, ...]] = ("sea_water",)

    life: Annotated[Years, Listed("lifetime", "seawater_cooling")]
    """Economic life."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "seawater_cooling")]
    """Yearly upkeep over the cost."""
    free_size: PowerSize = Field(default_factory=PowerSize)
    """Heat that intake, exchangers and outfall put into the sea at the permitted rise."""
    free_capex: Annotated[DollarsPerMegawatt, Listed("capex", "seawater_cooling")]
    """Cost of intake, exchangers and outfall per heat; it grows with the distance to the sea."""
    trim_capex: Annotated[DollarsPerMegawatt, Listed("trim_capex", "seawater_cooling")]
    """Cost of the chiller per rated heat, with a condenser for sea water and without a tower."""
    sea_temperature: SeaTemperature | None = None
    """Sea at the intake: one temperature, or twelve from January on. Where left out it is estimated from the air:
    sea_base + sea_slope x mean dry bulb of the month."""
    sea_base: Annotated[Celsius, Listed("estimate_base", "seawater_cooling")]
    """Estimated sea in a month of 0 degC."""
    sea_slope: Annotated[Number, Listed("estimate_slope", "seawater_cooling")]
    """Warming of the estimated sea per warming of the monthly air."""
    exchanger_approach: Annotated[Kelvins, Listed("approach", "seawater_cooling")]
    """Loop water above sea water."""
    discharge_rise: Annotated[Kelvins, Listed("discharge_rise", "seawater_cooling")]
    """Warming of the sea water that the permit allows."""
    lift_pressure: Annotated[Pascals, Listed("lift_pressure", "seawater_cooling")]
    """Pressure rise of the lift pumps, with screens and exchangers."""
    pump_efficiency: Annotated[Fraction, Listed("pump_efficiency", "seawater_cooling")]
    """Efficiency of the lift pumps with motors."""
    chiller: WaterCooledChiller = Field(default_factory=WaterCooledChiller)  # type: ignore[arg-type]
    """The trim chiller."""

    @field_validator("sea_temperature")
    @classmethod
    def _one_or_twelve(cls, value: Any) -> Any:
        if value is not None and len(value) not in (1, 12):
            raise ValueError(f"must be one temperature or twelve, from January on, got {len(value)}. Give all twelve")
        return value

    @property
    def rejectors(self) -> dict[str, Plant]:
        """Intake works that both modes share, and the trim chiller."""
        own = super().rejectors
        return {**own, "free": Plant(("free_capex",), (*own["free"].modes, "trim"), "free_size")}

    def sea_c(self, weather: Conditions) -> Floats:
        """Return the sea at the intake [degC]."""
        if self.sea_temperature is None:
            return sea_by_month(weather, float(self.sea_base), float(self.sea_slope))
        given = np.broadcast_to(np.asarray(self.sea_temperature, dtype=float), (12,))
        return np.asarray(given[np.asarray(weather.times.month) - 1])

    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        """Return the free mode, the chiller and, where throttling is allowed, water warmer than the supply."""
        sea = self.sea_c(weather)
        left = np.minimum(loop.return_c - self.exchanger_approach - sea, self.discharge_rise)
        share = seawater.seawater_share(sea, loop.return_c, loop.supply_c, self.exchanger_approach)
        free = self._taking(left, np.where(left >= LEAST_RISE * self.discharge_rise, share, 0.0))
        per_heat = self.chiller.electricity(sea, loop.supply_c)
        lifted = self._taking(self.discharge_rise + 0.0 * sea, None)
        trim = Mode(
            electricity=per_heat + (1.0 + per_heat) * lifted.electricity,
            water=0.0 * sea,
            capacity=self.chiller.capacity(sea),
            side={"sea_water": (1.0 + per_heat) * lifted.side["sea_water"]},
            passed=1.0 + per_heat,
        )
        warm = self._taking(min(self.discharge_rise, loop.return_c - loop.supply_c) + 0.0 * sea, None)
        return self.with_warm({"free": free, "trim": trim}, warm, sea + self.exchanger_approach, loop.supply_c)

    def _taking(self, rise_k: Floats, share: Floats | None) -> Mode:
        """Return the mode in which sea water takes heat and warms by so much."""
        warming = np.maximum(rise_k, LEAST_RISE * self.discharge_rise)
        return Mode(
            electricity=seawater.lift_power_kw_per_kw(warming, self.lift_pressure / 1000.0, self.pump_efficiency),
            water=0.0 * warming,
            capacity=np.where(rise_k < warming, 0.0, warming / self.discharge_rise),
            share=share,
            side={"sea_water": seawater.withdrawal_l_per_kwh(warming)},
        )

    def rejector_ranges(self, weather: Conditions, loop: WaterLoop) -> Ranges:
        """Return the published ranges of its correlations, with the values they are asked for."""
        sea = self.sea_c(weather)
        return [(seawater.SEA_TEMPERATURE, sea), *self.chiller.ranges(sea, loop.supply_c)]
