"""Where a correlation may be believed, and the shape every function here returns.

An hour outside a fitted range is counted and reported; it is never clamped in silence::

    hours = outside(TOWER_WET_BULB, weather.wet_bulb_c).sum()
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np
import numpy.typing as npt

Values: TypeAlias = npt.ArrayLike
"""What the functions take: a number, an array or a pandas Series; several broadcast together."""

Array: TypeAlias = npt.NDArray[np.float64]
"""What they return: a float array of the broadcast shape (a numpy float for plain numbers)."""


@dataclass(frozen=True)
class Validity:
    """The range in which a correlation was fitted or is physically meant.

    Parameters
    ----------
    name : str
        What the range limits, in words for a report.
    low, high : float
        Ends of the range, both inside.
    unit : str
        Unit of the ends.
    source : str
        Where the range comes from.
    """

    name: str
    low: float
    high: float
    unit: str
    source: str

    def __str__(self) -> str:
        return f"{self.name}: {self.low:g} to {self.high:g} {self.unit}"


def outside(validity: Validity, values: Values) -> npt.NDArray[np.bool_]:
    """Say where values lie outside a range; missing values count as outside.

    Parameters
    ----------
    validity : Validity
        Range to test against.
    values : array_like
        Values in the range's unit, any shape.

    Returns
    -------
    numpy.ndarray of bool
        Same shape as ``values``.
    """
    tested = np.asarray(values, dtype=float)
    return ~((tested >= validity.low) & (tested <= validity.high))


def floats(values: Values) -> Array:
    """Return values as a float array, or as a numpy float if they are a single number."""
    return cast(Array, np.asarray(values, dtype=float)[()])
