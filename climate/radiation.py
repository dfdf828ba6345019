"""Hourly irradiance from twelve monthly means: clear sky, cloudy days, cloudy hours, beam and diffuse."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pvlib
from scipy.special import betaincinv, ndtr

from gigasite.models.conditions import Floats, Place

from . import sun
from .months import MONTH_OF_DAY, MONTH_OF_HOUR, mean_of_days, mean_of_hours, persistent_noise

#: Days of a month are at best 1.06 times as bright as the model's clear sky and never below 0.06.
_DARKEST, _BRIGHTEST = 0.06, 1.06
#: Where a month's mean exceeds this share of the clear sky, the clear sky is too hazy and is made clearer.
_CLEAREST_MONTH = 0.93
_DAY_PERSISTENCE = 0.3
_HOUR_PERSISTENCE = 0.54
_HIGHEST_DNI_W_M2 = 1100.0


@dataclass(frozen=True, eq=False)
class Radiation:
    """A generated year of irradiance.

    Parameters
    ----------
    ghi_w_m2, dni_w_m2, dhi_w_m2 : numpy.ndarray
        Shape (8760,) [W/m^2].
    brightness : numpy.ndarray
        How much brighter than the month each day is, in standard deviations, shape (365,) [-].
    index : numpy.ndarray
        Mean clear-sky index of the months, shape (12,) [-].
    """

    ghi_w_m2: Floats
    dni_w_m2: Floats
    dhi_w_m2: Floats
    brightness: Floats
    index: Floats


def generate_radiation(
    place: Place, times: pd.DatetimeIndex, ghi_kwh_m2_day: Floats, random: np.random.Generator
) -> Radiation:
    """Generate a year whose monthly global irradiation equals the normals.

    Parameters
    ----------
    place : Place
        Where.
    times : pandas.DatetimeIndex
        Hour centres of the year, shape (8760,).
    ghi_kwh_m2_day : numpy.ndarray
        Mean daily global horizontal irradiation of the months, shape (12,) [kWh/m^2].
    random : numpy.random.Generator
        Source of the randomness.

    Notes
    -----
    Ineichen clear sky times a daily clear-sky index (beta distributed, persistent) times hourly noise (persistence
    0.54, strongest on half-cloudy days), rescaled to the month; beam and diffuse after Erbs and Driesse.

    References
    ----------
    V. Graham, K. Hollands and T. Unny, Solar Energy 40, 83-92 (1988);
    V. Graham and K. Hollands, Solar Energy 44, 333-341 (1990)
    """
    position = sun.position(place, times)
    monthly_w_m2 = ghi_kwh_m2_day * 1000 / 24
    clear = _clear_sky(place, times, position, monthly_w_m2)
    index = np.clip(monthly_w_m2 / np.maximum(mean_of_hours(clear), 1e-6), 0.1, 1.0)
    days = daily_index(index, place.latitude_deg, random)
    deviation = days - index[MONTH_OF_DAY]
    spread = np.sqrt(mean_of_days(deviation**2))[MONTH_OF_DAY]
    ghi = _scaled(clear * hourly_index(days, random), clear, monthly_w_m2)
    dni, dhi = _split(ghi, position["zenith"], times)
    return Radiation(ghi, dni, dhi, deviation / np.maximum(spread, 0.02), index)


def _clear_sky(place: Place, times: pd.DatetimeIndex, position: pd.DataFrame, monthly_w_m2: Floats) -> Floats:
    """Clear-sky global irradiance, with less haze in months whose normals exceed it.

    The world map of turbidity is too hazy over the Gulf: measured months reach 1.05 times its clear sky.
    """
    turbidity = sun.linke_turbidity(place, times)
    clear = sun.ineichen(place, times, position, turbidity)["ghi"].to_numpy(dtype=np.float64)
    hazy = monthly_w_m2 > _CLEAREST_MONTH * mean_of_hours(clear)
    if not hazy.any():
        return clear
    low, high = np.full(12, 1.8), np.full(12, 9.0)
    for _ in range(12):
        middle = 0.5 * (low + high)
        tried = np.where(hazy[MONTH_OF_HOUR], middle[MONTH_OF_HOUR], turbidity)
        clear = sun.ineichen(place, times, position, tried)["ghi"].to_numpy(dtype=np.float64)
        too_clear = _CLEAREST_MONTH * mean_of_hours(clear) > monthly_w_m2
        low, high = np.where(too_clear, middle, low), np.where(too_clear, high, middle)
    return clear


def daily_index(monthly_index: Floats, latitude_deg: float, random: np.random.Generator) -> Floats:
    """Draw the clear-sky index of 365 days around the monthly means (12,) [-]."""
    mean = (monthly_index - _DARKEST) / (_BRIGHTEST - _DARKEST)
    # Fitted to 21 years: days of clear climates are alike, days of cloudy ones differ, less so near the equator.
    concentration = np.interp(mean, [0.81, 0.87, 0.91], [10.0 if abs(latitude_deg) < 15 else 4.3, 10.0, 22.0])
    uniform = ndtr(persistent_noise(365, _DAY_PERSISTENCE, random))
    a, b = (mean * concentration)[MONTH_OF_DAY], ((1 - mean) * concentration)[MONTH_OF_DAY]
    return np.asarray(_DARKEST + (_BRIGHTEST - _DARKEST) * betaincinv(a, b, uniform), dtype=np.float64)


def hourly_index(days: Floats, random: np.random.Generator) -> Floats:
    """Add the unrest of the hours to a daily clear-sky index, shape (365,) to (8760,) [-]."""
    unrest = 0.20 * np.sin(np.pi * np.clip(days, 0, 1) / 1.02)
    noise = persistent_noise(8760, _HOUR_PERSISTENCE, random)
    return np.asarray(np.clip(np.repeat(days, 24) + np.repeat(unrest, 24) * noise, 0.03, 1.12), dtype=np.float64)


def _scaled(ghi: Floats, clear: Floats, monthly_w_m2: Floats) -> Floats:
    ceiling = 1.15 * clear + 5 * (clear > 0)
    for _ in range(4):
        factor = monthly_w_m2 / np.maximum(mean_of_hours(ghi), 1e-9)
        ghi = np.minimum(ghi * factor[MONTH_OF_HOUR], ceiling)
    return ghi


def _split(ghi: Floats, zenith: pd.Series[float], times: pd.DatetimeIndex) -> tuple[Floats, Floats]:
    parts = pvlib.irradiance.erbs_driesse(ghi, zenith.to_numpy(), dni_extra=sun.extra_radiation(times))
    dni = np.clip(np.nan_to_num(np.asarray(parts["dni"], dtype=np.float64)), 0.0, _HIGHEST_DNI_W_M2)
    # The beam is capped near the horizon; the rest is diffuse, so that the three always add up.
    cosine = np.clip(np.cos(np.radians(zenith.to_numpy(dtype=np.float64))), 0.0, None)
    dhi = np.maximum(ghi - dni * cosine, 0.0)
    return dni, dhi
