"""The weather as a technology sees it: a place and plain arrays, one value an interval."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .errors import WeatherError
from .physics import psychrometrics

Floats = NDArray[np.float64]

_SERIES = ("dry_bulb_c", "dew_point_c", "pressure_pa", "wind_10m_m_s", "ghi_w_m2", "dni_w_m2", "dhi_w_m2")


@dataclass(frozen=True)
class Place:
    """A point on the ground and its clock.

    Parameters
    ----------
    latitude_deg : float
        North positive, -90 to 90 [deg].
    longitude_deg : float
        East positive, -180 to 180 [deg].
    elevation_m : float
        Above mean sea level, -450 to 6,000 [m].
    utc_offset_h : float
        Standard time minus UTC, all year round: daylight saving time is not used [h].

    Raises
    ------
    WeatherError
        If a value lies outside its range; all such values are named at once.
    """

    latitude_deg: float
    longitude_deg: float
    elevation_m: float
    utc_offset_h: float

    def __post_init__(self) -> None:
        ranges = {"latitude_deg": 90.0, "longitude_deg": 180.0, "utc_offset_h": 14.0}
        bounds = {name: (-limit, limit) for name, limit in ranges.items()} | {"elevation_m": (-450.0, 6000.0)}
        problems = [
            f"place: {name} must lie between {low:g} and {high:g}, got {getattr(self, name)!r}. Correct the position."
            for name, (low, high) in bounds.items()
            if not (math.isfinite(getattr(self, name)) and low <= getattr(self, name) <= high)
        ]
        if problems:
            raise WeatherError(problems)

    @property
    def timezone(self) -> datetime.timezone:
        """The fixed offset from UTC as a time zone."""
        return datetime.timezone(datetime.timedelta(hours=self.utc_offset_h))


@dataclass(frozen=True, eq=False)
class Conditions:
    """Weather over n intervals; every series is an array of shape (n,) and cannot be written to.

    Parameters
    ----------
    place : Place
        Where the weather is.
    times : pandas.DatetimeIndex
        Centres of the n intervals, time-zone aware with one fixed offset, increasing.
    dry_bulb_c : numpy.ndarray
        Dry-bulb temperature [degC].
    dew_point_c : numpy.ndarray
        Dew-point temperature, never above the dry bulb [degC].
    pressure_pa : numpy.ndarray
        Station pressure [Pa].
    wind_10m_m_s : numpy.ndarray
        Wind speed 10 m above ground [m/s].
    ghi_w_m2, dni_w_m2, dhi_w_m2 : numpy.ndarray
        Global horizontal, direct normal and diffuse horizontal irradiance, means over the interval [W/m^2].

    Raises
    ------
    WeatherError
        If lengths differ, a value is not finite, or `times` has no fixed offset or does not increase.
    """

    place: Place
    times: pd.DatetimeIndex
    dry_bulb_c: Floats
    dew_point_c: Floats
    pressure_pa: Floats
    wind_10m_m_s: Floats
    ghi_w_m2: Floats
    dni_w_m2: Floats
    dhi_w_m2: Floats

    def __post_init__(self) -> None:
        problems = _time_problems(self.times)
        for name in _SERIES:
            # A private copy that refuses writing: whoever receives the weather cannot change it for others.
            series = np.array(getattr(self, name), dtype=np.float64)
            series.setflags(write=False)
            object.__setattr__(self, name, series)
            if series.shape != (len(self.times),):
                problems.append(
                    f"conditions: {name} must have shape ({len(self.times)},) like times, got {series.shape}."
                    " Give one value for each interval."
                )
            elif not np.isfinite(series).all():
                first = int(np.flatnonzero(~np.isfinite(series))[0])
                problems.append(
                    f"conditions: {name} must be finite, got {series[first]} in interval {first}. Fill the gap first."
                )
        if problems:
            raise WeatherError(problems)

    def __len__(self) -> int:
        return len(self.times)

    @cached_property
    def wet_bulb_c(self) -> Floats:
        """Thermodynamic wet-bulb temperature, shape (n,) [degC]."""
        return _frozen(psychrometrics.wet_bulb_c(self.dry_bulb_c, self.dew_point_c, self.pressure_pa))

    @cached_property
    def humidity_ratio(self) -> Floats:
        """Water vapour per dry air, shape (n,) [kg/kg]."""
        return _frozen(psychrometrics.humidity_ratio(self.dew_point_c, self.pressure_pa))

    @cached_property
    def air_density_kg_m3(self) -> Floats:
        """Density of the moist air, shape (n,) [kg/m^3]."""
        return _frozen(psychrometrics.air_density_kg_m3(self.dry_bulb_c, self.humidity_ratio, self.pressure_pa))


def _time_problems(times: pd.DatetimeIndex) -> list[str]:
    problems = []
    if times.tz is None or not isinstance(times.tz, datetime.timezone):
        problems.append(
            f"conditions: times must have a fixed offset from UTC, got time zone {times.tz!r}."
            " Use Place.timezone, not a region with daylight saving time."
        )
    if len(times) == 0 or not times.is_monotonic_increasing or not times.is_unique:
        problems.append(
            f"conditions: times must increase from interval to interval, got {len(times)} labels out of order."
        )
    return problems


def _frozen(values: Floats) -> Floats:
    result = np.asarray(values, dtype=np.float64)
    result.setflags(write=False)
    return result
