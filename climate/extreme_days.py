"""Two days on which every plant must still cope: the hottest and the most humid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from gigasite.models.conditions import Conditions, Floats, Place

from . import sun
from .design import DesignValues
from .hours import TYPICAL_YEAR
from .humidity import dew_point_for
from .temperature import erbs_shape
from .weather import Weather

ReturnPeriod = Literal[20, 50]
_MIDDLE_OF_MONTH = 21


@dataclass(frozen=True, eq=False)
class DesignDay:
    """One day of 24 hours to size on; it counts in capacity, not in energy.

    Parameters
    ----------
    name : {"dry_bulb", "wet_bulb"}
        What is extreme on it.
    conditions : Conditions
        24 hours, labelled in the month in which the extreme belongs.
    source : str
        The design values and how the day was made from them.
    """

    name: str
    conditions: Conditions
    source: str


def design_days(
    weather: Weather, design: DesignValues, *, place: Place | None = None, return_period: ReturnPeriod = 20
) -> tuple[DesignDay, DesignDay]:
    """Return the dry-bulb day and the wet-bulb day.

    Parameters
    ----------
    weather : Weather
        Gives place, pressure, and the daily range, wind and season of the hottest and of the most humid month.
    design : DesignValues
        Design temperatures.
    place : Place, optional
        The site, for sun and clock; that of the weather if not given.
    return_period : {20, 50}
        Years between two days as extreme.

    Returns
    -------
    tuple of DesignDay
        ``dry_bulb``: peaks at the n-year dry bulb with the coincident wet bulb of the 0.4 % dry bulb.
        ``wet_bulb``: peaks at the extreme wet bulb with the coincident dry bulb of the 0.4 % wet bulb; if that lies
        below the extreme wet bulb, the depression of the 0.4 % values is kept instead, and `source` says so. For 50
        years the extreme is raised by the rule of `DesignValues.wet_bulb_peak_c`, which `source` says too.

    Notes
    -----
    The course of the day is that of Erbs with the month's mean daily range, the moisture content is constant (less
    only where a cool hour would be supersaturated), the sky is clear. Dry and wet extremes never come together: a
    plant sized on both at once would be sized on air that does not exist.

    References
    ----------
    ASHRAE Handbook Fundamentals 2017, chapter 14: design days from 0.4 % values, daily range and clear sky.
    """
    peak = design.dry_bulb_n20_c if return_period == 20 else design.dry_bulb_n50_c
    conditions, site = weather.conditions(), place or weather.place
    hot = _day(site, conditions, _warmest_month(conditions, conditions.dry_bulb_c), peak, design.coincident_wet_bulb_c)
    dry = DesignDay("dry_bulb", hot, f"n = {return_period} years dry bulb with coincident wet bulb; {design.source}")
    wet_bulb_c = design.wet_bulb_peak_c(return_period)
    wet_peak, how = design.coincident_dry_bulb_c, "extreme wet bulb"
    if wet_bulb_c > design.wet_bulb_extreme_c:
        how += f" + {wet_bulb_c - design.wet_bulb_extreme_c:.2g} K for n = {return_period} years (rule)"
    if wet_peak < wet_bulb_c:
        wet_peak += wet_bulb_c - design.wet_bulb_0_4_c
        how += ", dry bulb above it as at the 0.4 % wet bulb"
    else:
        how += " with coincident dry bulb"
    month = _warmest_month(conditions, conditions.wet_bulb_c)
    humid = _day(site, conditions, month, wet_peak, wet_bulb_c)
    return dry, DesignDay("wet_bulb", humid, f"{how}; {design.source}")


def _warmest_month(conditions: Conditions, temperature_c: Floats) -> int:
    """Return the month with the highest mean daily maximum, 1 to 12."""
    series = pd.Series(temperature_c, index=conditions.times)
    highest = series.groupby(conditions.times.floor("D")).max()
    by_month = highest.groupby(pd.DatetimeIndex(highest.index).month).mean()
    return int(by_month.to_numpy().argmax()) + 1


def _day(place: Place, conditions: Conditions, month: int, peak_c: float, wet_bulb_c: float) -> Conditions:
    times = pd.date_range(
        f"{TYPICAL_YEAR}-{month:02d}-{_MIDDLE_OF_MONTH} 00:30", periods=24, freq="h", tz=place.timezone
    )
    chosen = conditions.times.month == month
    pressure = np.full(24, conditions.pressure_pa.mean())
    dry = _course(place, times, peak_c, _daily_range_k(conditions.dry_bulb_c[chosen]))
    dew = dew_point_for(np.array([peak_c]), np.array([wet_bulb_c]), pressure[:1])[0]
    sky = sun.clear_sky(place, times)
    return Conditions(
        place=place,
        times=times,
        dry_bulb_c=dry,
        dew_point_c=np.minimum(dew, dry),
        pressure_pa=pressure,
        wind_10m_m_s=np.full(24, conditions.wind_10m_m_s[chosen].mean()),
        ghi_w_m2=sky["ghi"].to_numpy(),
        dni_w_m2=sky["dni"].to_numpy(),
        dhi_w_m2=sky["dhi"].to_numpy(),
    )


def _daily_range_k(hours_c: Floats) -> float:
    return float(np.ptp(hours_c.reshape(-1, 24), axis=1).mean())


def _course(place: Place, times: pd.DatetimeIndex, peak_c: float, range_k: float) -> Floats:
    shape = erbs_shape(sun.solar_hour(place, times))
    # Below the peak rather than around a mean, so that the hottest hour is the design value itself.
    below = (shape.max() - shape) / np.ptp(shape)
    return np.asarray(peak_c - range_k * below, dtype=np.float64)
