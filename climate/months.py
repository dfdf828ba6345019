"""A generated year has 365 days; helpers between its months, days and hours, and its random series."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import PchipInterpolator
from scipy.signal import lfilter

from gigasite.models.conditions import Floats

DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
MONTH_OF_DAY = np.repeat(np.arange(12), DAYS)
MONTH_OF_HOUR = np.repeat(MONTH_OF_DAY, 24)
_HOURS = DAYS * 24
_BURN_IN = 60


def daily(monthly: ArrayLike) -> Floats:
    """Return a smooth course through the year that keeps every monthly mean.

    Parameters
    ----------
    monthly : array_like
        Shape (12,).

    Returns
    -------
    numpy.ndarray
        Shape (365,). December joins January.
    """
    target = np.asarray(monthly, dtype=np.float64)
    middle = np.cumsum(DAYS) - DAYS / 2
    knots = np.concatenate([middle[-3:] - 365, middle, middle[:3] + 365])
    nodes = target.copy()
    for _ in range(12):
        course = PchipInterpolator(knots, np.concatenate([nodes[-3:], nodes, nodes[:3]]))(np.arange(365) + 0.5)
        nodes += target - mean_of_days(course)
    return np.asarray(course, dtype=np.float64)


def hourly(daily_means: Floats) -> Floats:
    """Return straight lines between the middles of the days, shape (365,) to (8760,)."""
    padded = np.concatenate([daily_means[:1], daily_means, daily_means[-1:]])
    course: Floats = np.interp((np.arange(8760) + 0.5) / 24, np.arange(-1, 366) + 0.5, padded)
    return course


def mean_of_days(values: Floats) -> Floats:
    """Return monthly means of daily values, shape (365,) to (12,)."""
    return np.asarray(np.bincount(MONTH_OF_DAY, values) / DAYS, dtype=np.float64)


def mean_of_hours(values: Floats) -> Floats:
    """Return monthly means of hourly values, shape (8760,) to (12,)."""
    return np.asarray(np.bincount(MONTH_OF_HOUR, values) / _HOURS, dtype=np.float64)


def persistent_noise(n: int, persistence: float, random: np.random.Generator) -> Floats:
    """Return a first-order autoregressive series of zero mean and unit variance.

    Parameters
    ----------
    n : int
        Length.
    persistence : float
        Correlation of neighbours, 0 to 1 [-].
    random : numpy.random.Generator
        Source of the randomness.
    """
    steps = random.standard_normal(n + _BURN_IN) * np.sqrt(1 - persistence**2)
    return np.asarray(lfilter([1.0], [1.0, -persistence], steps)[_BURN_IN:], dtype=np.float64)


def standardised(values: Floats) -> Floats:
    """Return the values with mean 0 and standard deviation 1."""
    return np.asarray((values - values.mean()) / max(float(values.std()), 1e-9), dtype=np.float64)
