"""Hourly wind speed from twelve monthly means."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from gigasite.models.conditions import Floats

from .months import MONTH_OF_HOUR, daily, mean_of_hours, persistent_noise

_PERSISTENCE = 0.85
_STRONGEST_HOUR = 15


def generate_wind_m_s(wind_m_s: Floats, solar_hour: Floats, random: np.random.Generator) -> Floats:
    """Generate hourly wind speed at 10 m that keeps the monthly means.

    Parameters
    ----------
    wind_m_s : numpy.ndarray
        Monthly means, shape (12,) [m/s].
    solar_hour : numpy.ndarray
        Apparent solar time of the year's hours, shape (8760,) [h].
    random : numpy.random.Generator
        Source of the randomness.

    Notes
    -----
    Weibull distributed with shape 2 (Rayleigh), persistent from hour to hour, strongest in the afternoon.
    """
    uniform = np.clip(ndtr(persistent_noise(8760, _PERSISTENCE, random)), 1e-4, 0.9995)
    gusts = np.sqrt(-np.log1p(-uniform))
    afternoon = 1 + 0.25 * np.cos(2 * np.pi * (solar_hour - _STRONGEST_HOUR) / 24)
    wind = np.repeat(daily(wind_m_s), 24) * afternoon * gusts
    return np.asarray(wind * (wind_m_s / mean_of_hours(wind))[MONTH_OF_HOUR], dtype=np.float64)
