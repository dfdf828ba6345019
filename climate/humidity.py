"""Hourly dew point from twelve monthly means, with its wet-bulb tail on the design value."""

from __future__ import annotations

import numpy as np

from gigasite.models.conditions import Floats
from gigasite.models.physics import psychrometrics

from .months import daily, hourly, mean_of_hours, persistent_noise, standardised
from .temperature import pinned

_DAY_PERSISTENCE = 0.6
_HOUR_PERSISTENCE = 0.9
_HOUR_NOISE_K = 0.8
#: Air in the open is hardly ever saturated at the resolution of an hour.
_SMALLEST_DEPRESSION_K = 0.1
_CORRELATION = 0.5


def typical_dew_spread_k(tmean_c: Floats) -> Floats:
    """Estimate the standard deviation of daily mean dew point from the annual course of dry bulb, shape (12,) [K]."""
    span = max(float(np.ptp(tmean_c)), 1e-6)
    coldness = (tmean_c.max() - tmean_c) / span
    return np.asarray(np.clip(0.60 + span / 2 * (0.136 + 0.221 * coldness), 0.4, 5.0), dtype=np.float64)


def generate_dew_point_c(
    dew_point_c: Floats,
    dry_bulb_c: Floats,
    deviation: Floats,
    spread_k: Floats,
    correlation: Floats | None,
    random: np.random.Generator,
) -> Floats:
    """Generate hourly dew point that keeps the monthly means and stays below the dry bulb.

    Parameters
    ----------
    dew_point_c : numpy.ndarray
        Monthly means, shape (12,) [degC].
    dry_bulb_c : numpy.ndarray
        The generated year, shape (8760,) [degC].
    deviation : numpy.ndarray
        How warm each day is for its month, in standard deviations, shape (365,) [-].
    spread_k : numpy.ndarray
        Standard deviation of daily means, shape (12,) [K].
    correlation : numpy.ndarray or None
        Monthly correlation of daily dry bulb and dew point, shape (12,); 0.5 all year if not known [-].
    random : numpy.random.Generator
        Source of the randomness.
    """
    monthly = np.full(12, _CORRELATION) if correlation is None else correlation
    share = np.clip(daily(monthly), -0.95, 0.95)
    own = persistent_noise(365, _DAY_PERSISTENCE, random)
    days = daily(spread_k) * (share * standardised(deviation) + np.sqrt(1 - share**2) * own)
    noise = _HOUR_NOISE_K * persistent_noise(8760, _HOUR_PERSISTENCE, random)
    offset = np.zeros(12)
    # The cap at the dry bulb lowers the mean; a few rounds raise it back to the normals.
    for _ in range(6):
        dew = np.minimum(hourly(daily(dew_point_c + offset) + days) + noise, dry_bulb_c - _SMALLEST_DEPRESSION_K)
        offset += dew_point_c - mean_of_hours(dew)
    return dew


def pinned_dew_point_c(dew_point_c: Floats, dry_bulb_c: Floats, pressure_pa: Floats, wet_bulb_0_4_c: float) -> Floats:
    """Change the dew point of the most humid hours so that the 0.4 % wet bulb equals a design value.

    Parameters
    ----------
    dew_point_c, dry_bulb_c, pressure_pa : numpy.ndarray
        Shape (n,) [degC, degC, Pa].
    wet_bulb_0_4_c : float
        Target [degC].
    """
    wet = psychrometrics.wet_bulb_c(dry_bulb_c, dew_point_c, pressure_pa)
    target = np.minimum(pinned(wet, 0.996, wet_bulb_0_4_c), dry_bulb_c)
    changed = np.flatnonzero(target != wet)
    result = dew_point_c.copy()
    result[changed] = dew_point_for(dry_bulb_c[changed], target[changed], pressure_pa[changed])
    return result


def dew_point_for(dry_bulb_c: Floats, wet_bulb_c: Floats, pressure_pa: Floats) -> Floats:
    """Return the dew point of air with a given dry and wet bulb, by bisection to 1e-9 K, shape (n,) [degC]."""
    low, high = np.full_like(wet_bulb_c, -60.0), wet_bulb_c.copy()
    for _ in range(37):
        middle = 0.5 * (low + high)
        too_wet = psychrometrics.wet_bulb_c(dry_bulb_c, middle, pressure_pa) > wet_bulb_c
        low, high = np.where(too_wet, low, middle), np.where(too_wet, middle, high)
    return np.asarray(0.5 * (low + high), dtype=np.float64)
