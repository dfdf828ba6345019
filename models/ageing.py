"""How old plant is on average, where it is replaced like for like at the end of its life."""

from __future__ import annotations

import math


def mean_age(first: float, last: float, life: float) -> float:
    """Return the mean age between two times since plant was built.

    Parameters
    ----------
    first, last : float
        Times since it was built [year], ``first`` < ``last``.
    life : float
        Life [year]; at its end new plant takes the place of the old.

    Returns
    -------
    float
        Mean of t mod life over ``first`` <= t <= ``last`` [year]: (first + last) / 2 within the first life, life / 2
        over whole lives.

    Raises
    ------
    ValueError
        If the times are not in order, or life is not positive.
    """
    if not 0 <= first < last or life <= 0:
        raise ValueError(f"needs 0 <= first < last and a life above 0, got {first:g}, {last:g} and {life:g}")

    def passed(until: float) -> float:
        """Return the integral of the age from 0 to a time [year2]."""
        lives = math.floor(until / life)
        return lives * life**2 / 2.0 + (until - lives * life) ** 2 / 2.0

    return (passed(last) - passed(first)) / (last - first)
