"""Named profiles: the course of a day, on weekdays and at weekends, repeated through the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .sections import WEEKDAYS

Floats = NDArray[np.float64]
DAYS = 365


@dataclass(frozen=True)
class Profile:
    """A shape with a largest value of one.

    Parameters
    ----------
    description : str
        What it is like.
    weekday, weekend : tuple of float
        24 values over the largest, from midnight on [1].
    """

    description: str
    weekday: tuple[float, ...]
    weekend: tuple[float, ...]


def _steps(*parts: tuple[int, float]) -> tuple[float, ...]:
    """Return 24 values from (hours, value) pairs."""
    return tuple(value for hours, value in parts for _ in range(hours))


_EVENING = (
    0.55, 0.50, 0.46, 0.44, 0.43, 0.45, 0.50, 0.56, 0.60, 0.62, 0.64, 0.66,
    0.67, 0.66, 0.66, 0.68, 0.74, 0.84, 0.94, 1.00, 0.99, 0.90, 0.76, 0.64,
)  # fmt: skip
_PEOPLE = (
    0.52, 0.44, 0.39, 0.37, 0.38, 0.43, 0.53, 0.66, 0.80, 0.91, 0.97, 0.99,
    0.96, 0.97, 1.00, 0.99, 0.97, 0.95, 0.93, 0.92, 0.90, 0.84, 0.75, 0.63,
)  # fmt: skip

PROFILES: dict[str, Profile] = {
    "flat": Profile("the same at every hour", (1.0,) * 24, (1.0,) * 24),
    "working_hours": Profile(
        "full from 8 to 18 on weekdays, nothing else", _steps((8, 0.0), (10, 1.0), (6, 0.0)), (0.0,) * 24
    ),
    "office_day": Profile(
        "offices: rises from 6, full from 9 to 17, a fifth at night; a third of full by day at weekends",
        _steps((6, 0.2), (1, 0.4), (1, 0.6), (1, 0.85), (8, 1.0), (1, 0.75), (1, 0.5), (1, 0.35), (4, 0.2)),
        _steps((8, 0.2), (10, 0.33), (6, 0.2)),
    ),
    "evening_peak": Profile(
        "households: lowest before dawn, highest from 19 to 21; the same at weekends", _EVENING, _EVENING
    ),
    "online_service": Profile(
        "a service that people of one region use by day: lowest at 4, high from 10 to 20; a tenth less at weekends",
        _PEOPLE,
        tuple(round(0.9 * value, 4) for value in _PEOPLE),
    ),
    "two_shifts": Profile(
        "industry: full from 6 to 22 on weekdays, a quarter otherwise",
        _steps((6, 0.25), (16, 1.0), (2, 0.25)),
        (0.25,) * 24,
    ),
}
"""Every named profile. The shapes are stylised; a measured course comes from a file."""


def weekends(first_weekday: str) -> NDArray[np.bool_]:
    """Return whether each of the 365 days is a Saturday or Sunday.

    Parameters
    ----------
    first_weekday : str
        Weekday of 1 January, in lower case.
    """
    number = (WEEKDAYS.index(first_weekday) + np.arange(DAYS)) % 7
    return np.asarray(number >= 5)


def year(profile: Profile, first_weekday: str) -> Floats:
    """Return a profile over the 8,760 hours of a year; shape (8760,), dimensionless."""
    courses: Sequence[tuple[float, ...]] = (profile.weekday, profile.weekend)
    by_day: Floats = np.array(courses)[weekends(first_weekday).astype(int)]
    return by_day.ravel()
