"""Hourly dry bulb from twelve monthly maxima, minima and means, with its tails on the design values."""

from __future__ import annotations

import numpy as np

from gigasite.models.conditions import Floats

from .months import MONTH_OF_DAY, MONTH_OF_HOUR, daily, hourly, mean_of_days, mean_of_hours, persistent_noise

#: Day-to-day persistence of the daily mean; annual means at 29 stations: 0.27 to 0.66, median 0.58.
_DAY_PERSISTENCE = 0.62
_HOUR_PERSISTENCE = 0.85
#: A stretched tail answers a shift up to three times; a full step back would swing ever wider.
_DAMPING = 0.4


def erbs_shape(solar_hour: Floats) -> Floats:
    """Return the mean course of dry bulb over a day, range 1 and mean 0.

    Parameters
    ----------
    solar_hour : numpy.ndarray
        Apparent solar time, shape (n,) [h].

    References
    ----------
    D. Erbs, S. Klein and W. Beckman, Estimation of degree-days and ambient temperature bin data from monthly-average
    temperatures, ASHRAE Journal 25(6), 60-65 (1983)
    """
    return _erbs(solar_hour) / _ERBS_RANGE


def _erbs(solar_hour: Floats) -> Floats:
    angle = 2 * np.pi * (solar_hour - 1) / 24
    return np.asarray(
        0.4632 * np.cos(angle - 3.805)
        + 0.0984 * np.cos(2 * angle - 0.360)
        + 0.0168 * np.cos(3 * angle - 0.822)
        + 0.0138 * np.cos(4 * angle - 3.513),
        dtype=np.float64,
    )


_ERBS_RANGE = float(np.ptp(_erbs(np.linspace(0, 24, 481))))


def typical_spread_k(tmean_c: Floats) -> Floats:
    """Estimate the standard deviation of daily mean dry bulb from the annual course alone.

    Parameters
    ----------
    tmean_c : numpy.ndarray
        Monthly means, shape (12,) [degC].

    Returns
    -------
    numpy.ndarray
        Shape (12,) [K]. A regression on 22 stations; leave-one-out error 0.8 K.
    """
    amplitude, coldness = _season(tmean_c)
    return np.asarray(np.clip(0.78 + 0.087 * amplitude + 0.146 * amplitude * coldness, 0.5, 5.5), dtype=np.float64)


def _season(tmean_c: Floats) -> tuple[float, Floats]:
    """Half the annual range [K], and how cold each month is from 0 (warmest) to 1 (coldest)."""
    span = max(float(np.ptp(tmean_c)), 1e-6)
    return span / 2, (tmean_c.max() - tmean_c) / span


def daily_deviation(tmean_c: Floats, brightness: Floats, northern: bool, random: np.random.Generator) -> Floats:
    """Draw how warm each day is for the season, in standard deviations, shape (365,) [-].

    Clear days are hot in summer and cold in winter, the more so the stronger the seasons.
    """
    season = np.cos(2 * np.pi * (np.arange(365) - (15 if northern else 197)) / 365)
    share = np.clip(-0.25 * season * min(_season(tmean_c)[0] / 8, 1.0), -0.3, 0.3)
    own = persistent_noise(365, _DAY_PERSISTENCE, random)
    return np.asarray(share * brightness + np.sqrt(1 - share**2) * own, dtype=np.float64)


def generate_dry_bulb_c(
    monthly: tuple[Floats, Floats, Floats],
    spread_k: Floats,
    deviation: Floats,
    brightness: Floats,
    clear_sky_index: Floats,
    shape: Floats,
    random: np.random.Generator,
) -> Floats:
    """Generate hourly dry bulb that keeps the monthly means of daily maximum, minimum and mean.

    Parameters
    ----------
    monthly : tuple of numpy.ndarray
        Mean daily maximum, minimum and mean, each of shape (12,) [degC].
    spread_k : numpy.ndarray
        Standard deviation of daily means, shape (12,) [K].
    deviation, brightness : numpy.ndarray
        How warm and how bright each day is for its month, in standard deviations, shape (365,) [-].
    clear_sky_index : numpy.ndarray
        Monthly means, shape (12,) [-].
    shape : numpy.ndarray
        `erbs_shape` of the year's hours, shape (8760,) [-].
    random : numpy.random.Generator
        Source of the randomness.

    References
    ----------
    J. Boland, Solar Energy 55, 377-388 (1995)
    """
    tmax, tmin, tmean = monthly
    spread = daily(spread_k)
    day_means = hourly(daily(tmean) + spread * deviation)
    noise = 0.35 * persistent_noise(8760, _HOUR_PERSISTENCE, random) * np.repeat(np.sqrt(np.maximum(spread, 0.3)), 24)
    ranges = np.repeat(daily(tmax - tmin) * _range_factor(brightness, clear_sky_index), 24)
    stretch, offset = np.ones(12), np.zeros(12)
    # The noise widens the daily range and shifts the mean a little: four rounds bring both back to the normals.
    for _ in range(4):
        dry = day_means + noise + ranges * stretch[MONTH_OF_HOUR] * shape + np.repeat(daily(offset), 24)
        by_day = dry.reshape(365, 24)
        stretch *= np.clip((tmax - tmin) / mean_of_days(np.ptp(by_day, axis=1)), 0.6, 1.5)
        offset += tmean - mean_of_hours(dry)
    return np.asarray(dry, dtype=np.float64)


def _range_factor(brightness: Floats, clear_sky_index: Floats) -> Floats:
    """Clear days have a wider temperature range; the factor's monthly mean is 1, shape (365,)."""
    slope = np.where(clear_sky_index < 0.9, 0.30, 0.12)[MONTH_OF_DAY]
    factor = np.clip(1 + slope * brightness, 0.35, 1.6)
    return np.asarray(factor / mean_of_days(factor)[MONTH_OF_DAY], dtype=np.float64)


def pinned(values: Floats, quantile: float, target: float) -> Floats:
    """Stretch one tail so that a quantile of the result equals a target; the other 85 % stay as they are.

    Parameters
    ----------
    values : numpy.ndarray
        Shape (n,).
    quantile : float
        Above 0.85 for the upper tail, below 0.15 for the lower one.
    target : float
        Value at the quantile, same unit.

    Notes
    -----
    The tail is scaled by 0.2 to 3 at most; beyond that the target is not reached, and the caller must say so.
    """
    upper = quantile > 0.5
    root = float(np.quantile(values, 0.85 if upper else 0.15))
    reach = float(np.quantile(values, quantile)) - root
    scale = np.clip((target - root) / (reach if reach else 1e-9), 0.2, 3.0)
    tail = values > root if upper else values < root
    return np.where(tail, root + (values - root) * scale, values)


def pinned_dry_bulb_c(dry_bulb_c: Floats, tmean_c: Floats, hot_0_4_c: float, cold_99_6_c: float) -> Floats:
    """Set the 0.4 % and 99.6 % dry bulb to design values and keep the monthly means as far as that allows.

    Parameters
    ----------
    dry_bulb_c : numpy.ndarray
        Shape (8760,) [degC].
    tmean_c : numpy.ndarray
        Monthly means to keep, shape (12,) [degC].
    hot_0_4_c, cold_99_6_c : float
        Design values [degC].
    """
    offset = np.zeros(12)
    # Stretching a tail moves the mean of its months, moving the months moves the tail: both settle in a few rounds.
    # Each round stretches the year as it was drawn, so that the limit on the stretch holds for the whole.
    for _ in range(20):
        shifted = dry_bulb_c + np.repeat(daily(offset), 24)
        result = pinned(pinned(shifted, 0.996, hot_0_4_c), 0.004, cold_99_6_c)
        offset += _DAMPING * (tmean_c - mean_of_hours(result))
    return result
