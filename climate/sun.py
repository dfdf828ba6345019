"""Sun position and clear sky at hour centres."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pvlib

from gigasite.models.conditions import Floats, Place
from gigasite.models.physics import psychrometrics


def position(place: Place, times: pd.DatetimeIndex) -> pd.DataFrame:
    """Return the sun's position.

    Parameters
    ----------
    place : Place
        Where.
    times : pandas.DatetimeIndex
        n instants with offset.

    Returns
    -------
    pandas.DataFrame
        n rows; ``zenith``, ``apparent_zenith``, ``azimuth`` and others of pvlib's [deg].
    """
    return pd.DataFrame(
        pvlib.solarposition.get_solarposition(
            times, place.latitude_deg, place.longitude_deg, altitude=place.elevation_m
        )
    )


def cos_zenith(place: Place, times: pd.DatetimeIndex) -> Floats:
    """Return the cosine of the zenith angle, zero at night, shape (n,) [-]."""
    zenith = position(place, times)["zenith"].to_numpy(dtype=np.float64)
    cosine: Floats = np.clip(np.cos(np.radians(zenith)), 0.0, None)
    return cosine


def linke_turbidity(place: Place, times: pd.DatetimeIndex) -> Floats:
    """Return the Linke turbidity of pvlib's world map, between the middles of the months, shape (n,) [-]."""
    months = pd.date_range("2001-01-15", periods=12, freq=pd.DateOffset(months=1), tz="UTC")
    monthly = np.asarray(
        pvlib.clearsky.lookup_linke_turbidity(months, place.latitude_deg, place.longitude_deg, interp_turbidity=False),
        dtype=np.float64,
    )
    turbidity: Floats = np.interp(times.day_of_year.to_numpy(), months.day_of_year.to_numpy(), monthly, period=365)
    return turbidity


def extra_radiation(times: pd.DatetimeIndex) -> Floats:
    """Return the irradiance on a plane facing the sun above the atmosphere, shape (n,) [W/m^2]."""
    return np.asarray(pvlib.irradiance.get_extra_radiation(times.day_of_year.to_numpy()), dtype=np.float64)


def clear_sky(place: Place, times: pd.DatetimeIndex, turbidity: Floats | None = None) -> pd.DataFrame:
    """Return clear-sky irradiance after Ineichen and Perez.

    Parameters
    ----------
    place : Place
        Where.
    times : pandas.DatetimeIndex
        n instants with offset.
    turbidity : numpy.ndarray, optional
        Linke turbidity, shape (n,); pvlib's world map if not given.

    Returns
    -------
    pandas.DataFrame
        Columns ``ghi``, ``dni``, ``dhi`` [W/m^2].

    References
    ----------
    P. Ineichen and R. Perez, Solar Energy 73, 151-157 (2002), doi:10.1016/S0038-092X(02)00045-2
    """
    if turbidity is None:
        turbidity = linke_turbidity(place, times)
    return ineichen(place, times, position(place, times), turbidity)


def ineichen(place: Place, times: pd.DatetimeIndex, sun: pd.DataFrame, turbidity: Floats) -> pd.DataFrame:
    """Return clear-sky irradiance for a sun position already known; see `clear_sky`."""
    zenith = sun["apparent_zenith"]
    air_mass = pvlib.atmosphere.get_absolute_airmass(
        pvlib.atmosphere.get_relative_airmass(zenith), float(psychrometrics.standard_pressure_pa(place.elevation_m))
    )
    sky = pvlib.clearsky.ineichen(
        zenith,
        air_mass,
        turbidity,
        altitude=place.elevation_m,
        dni_extra=extra_radiation(times),
    )
    return pd.DataFrame(sky).fillna(0.0)


def solar_hour(place: Place, times: pd.DatetimeIndex) -> Floats:
    """Return apparent solar time, 0 to 24, 12 at the sun's highest point, shape (n,) [h]."""
    clock = times.hour.to_numpy() + times.minute.to_numpy() / 60
    equation_min = np.asarray(pvlib.solarposition.equation_of_time_spencer71(times.day_of_year), dtype=np.float64)
    shift_h = (4 * (place.longitude_deg - 15 * place.utc_offset_h) + equation_min) / 60
    hours: Floats = np.mod(clock + shift_h, 24)
    return hours
