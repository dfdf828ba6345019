"""A warmer climate and a hot year, as changes of a weather year."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gigasite.models.conditions import Floats
from gigasite.models.physics import psychrometrics

from .design import DesignValues
from .humidity import dew_point_for
from .weather import Weather

HOT_YEAR_MEAN_K = 0.5
HOT_YEAR_TAIL_K = 1.3
_TAIL_BEGINS = 0.90
_TAIL = 0.996


def warmed(weather: Weather, dry_bulb_k: float, dew_point_k: float) -> Weather:
    """Raise dry bulb and dew point of every hour, and the design values with them.

    Parameters
    ----------
    weather : Weather
        Today's climate.
    dry_bulb_k, dew_point_k : float
        Added to every hour [K].

    Returns
    -------
    Weather
        Dew points that would pass the dry bulb stop at it.

    Notes
    -----
    Moving dry bulb alone keeps the moisture content: the wet bulb then rises by about a third of it.
    """
    dry = weather.data["dry_bulb"].to_numpy() + dry_bulb_k
    dew = np.minimum(weather.data["dew_point"].to_numpy() + dew_point_k, dry)
    note = f"warming: dry bulb {dry_bulb_k:+g} K, dew point {dew_point_k:+g} K in every hour and in the design values"
    changed = weather.with_series(note=note, dry_bulb=dry, dew_point=dew)
    if weather.design is None:
        return changed
    pressure_pa = float(weather.data["pressure"].mean())
    return replace(changed, design=warmed_design(weather.design, dry_bulb_k, dew_point_k, pressure_pa))


def warmed_design(design: DesignValues, dry_bulb_k: float, dew_point_k: float, pressure_pa: float) -> DesignValues:
    """Raise design values as `warmed` does the hours.

    Parameters
    ----------
    design : DesignValues
        Today's.
    dry_bulb_k, dew_point_k : float
        Shifts [K].
    pressure_pa : float
        Mean pressure, for the wet bulbs [Pa].
    """

    def shifted_wet_bulb(dry_bulb_c: float, wet_bulb_c: float) -> float:
        dry, pressure = np.array([dry_bulb_c]), np.array([pressure_pa])
        dew = dew_point_for(dry, np.array([wet_bulb_c]), pressure) + dew_point_k
        return float(psychrometrics.wet_bulb_c(dry + dry_bulb_k, np.minimum(dew, dry + dry_bulb_k), pressure)[0])

    humid = max(design.coincident_dry_bulb_c, design.wet_bulb_extreme_c)
    return replace(
        design,
        dry_bulb_99_6_c=design.dry_bulb_99_6_c + dry_bulb_k,
        dry_bulb_0_4_c=design.dry_bulb_0_4_c + dry_bulb_k,
        dry_bulb_n20_c=design.dry_bulb_n20_c + dry_bulb_k,
        dry_bulb_n50_c=design.dry_bulb_n50_c + dry_bulb_k,
        coincident_dry_bulb_c=design.coincident_dry_bulb_c + dry_bulb_k,
        coincident_wet_bulb_c=shifted_wet_bulb(design.dry_bulb_0_4_c, design.coincident_wet_bulb_c),
        wet_bulb_0_4_c=shifted_wet_bulb(design.coincident_dry_bulb_c, design.wet_bulb_0_4_c),
        wet_bulb_extreme_c=shifted_wet_bulb(humid, design.wet_bulb_extreme_c),
        note=f"{design.note}; warming {dry_bulb_k:+g} K dry bulb, {dew_point_k:+g} K dew point".lstrip("; "),
    )


def hot_year(weather: Weather) -> Weather:
    """Make a year that is hotter than the average one, most in its hottest hours; dew points stay.

    Parameters
    ----------
    weather : Weather
        An average year. With several years, their hours are ranked together.

    Returns
    -------
    Weather
        Mean 0.5 K and 0.4 % dry bulb 1.3 K higher. Design values stay: they are extremes already.

    Notes
    -----
    Standard deviation between years at eight places, 2020 to 2024: annual mean 0.5 K, 0.4 % dry bulb 1.3 K.
    """
    dry = weather.data["dry_bulb"].to_numpy() + hot_year_rise_k(weather.data["dry_bulb"].to_numpy())
    note = f"hot year: mean dry bulb {HOT_YEAR_MEAN_K:+g} K, 0.4 % dry bulb {HOT_YEAR_TAIL_K:+g} K, dew point unchanged"
    return weather.with_series(note=note, dry_bulb=dry)


def hot_year_rise_k(dry_bulb_c: Floats) -> Floats:
    """Return the rise of each hour, shape (n,) [K]: even up to the 90th percentile, then growing to the 0.4 % hour."""
    begins, ends = (float(value) for value in np.quantile(dry_bulb_c, [_TAIL_BEGINS, _TAIL]))
    ramp = np.clip((dry_bulb_c - begins) / max(ends - begins, 1e-9), 0.0, 1.0)
    base = (HOT_YEAR_MEAN_K - HOT_YEAR_TAIL_K * ramp.mean()) / (1 - ramp.mean())
    return np.asarray(base + (HOT_YEAR_TAIL_K - base) * ramp, dtype=np.float64)
