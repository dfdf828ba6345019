"""A rigorous lower bound from any duals, and the feasibility of a point: what makes a plan certified."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .linear import Floats
from .matrix import Matrix


def lower_bound(matrix: Matrix, duals: Floats) -> float:
    """Return a lower bound on the optimum by weak duality.

    For any y that is non-negative where a row has only a lower limit and non-positive where it has only an upper one,
    min over l <= x <= u of (c - A'y)'x, plus y times the row limits, bounds the optimum from below. Every column is
    bounded, so the minimum is finite; the duals need not be optimal.

    Parameters
    ----------
    matrix : Matrix
        With finite column limits.
    duals : array, shape (rows,)

    Returns
    -------
    float
        In the units of the objective.
    """
    y = signed(matrix, duals)
    reduced = matrix.cost - matrix.a.T @ y
    limits = np.where(y > 0, matrix.row_lower, matrix.row_upper)
    from_rows = np.sum(np.where(y == 0, 0.0, np.where(y == 0, 0.0, limits) * y))
    at = np.where(reduced > 0, matrix.lower, matrix.upper)
    from_columns = np.sum(np.where(reduced == 0, 0.0, np.where(reduced == 0, 0.0, at) * reduced))
    return float(from_rows + from_columns + matrix.offset)


def signed(matrix: Matrix, duals: Floats) -> Floats:
    """Return duals without those of the wrong sign: a row with only a lower limit has none below zero."""
    allowed = ((duals > 0) & np.isfinite(matrix.row_lower)) | ((duals < 0) & np.isfinite(matrix.row_upper))
    return np.where(allowed, duals, 0.0)


@dataclass(frozen=True)
class Violation:
    """By how much a point misses the rows and columns of a matrix.

    Parameters
    ----------
    row, column : float
        Largest violation, relative to one plus the size of the terms.
    worst_row : int
    """

    row: float
    column: float
    worst_row: int


def violation(matrix: Matrix, x: Floats) -> Violation:
    """Return the largest violation of a point, in the original, unscaled programme."""
    activity = matrix.a @ x
    scale = 1.0 + abs(matrix.a) @ np.abs(x)
    short = np.maximum(matrix.row_lower - activity, activity - matrix.row_upper)
    rows = np.maximum(short, 0.0) / scale
    columns = np.maximum(np.maximum(matrix.lower - x, x - matrix.upper), 0.0) / (1.0 + np.abs(x))
    worst = int(np.argmax(rows)) if rows.size else 0
    return Violation(float(rows.max(initial=0.0)), float(columns.max(initial=0.0)), worst)


def tightened(matrix: Matrix, passes: int = 2) -> Matrix:
    """Return the same programme with the column limits that its rows imply.

    In a row sum_k a_k x_k <= b every term is at least its least value, so a_j x_j <= b - (least sum of the others).
    The limits hold for every feasible point: the optimum is the same, and the bound of :func:`lower_bound` is closer.

    Parameters
    ----------
    matrix : Matrix
    passes : int
        How often the new limits are carried on to other rows.
    """
    lower, upper = matrix.lower, matrix.upper
    for _ in range(passes):
        for row_limit, sign in ((matrix.row_upper, 1.0), (matrix.row_lower, -1.0)):
            lower, upper = _implied(matrix, sign, sign * row_limit, lower, upper)
    return replace(matrix, lower=lower, upper=upper)


def _implied(matrix: Matrix, sign: float, limit: Floats, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Carry the limits of the rows sign * a @ x <= limit on to the columns."""
    a = matrix.a
    column = np.repeat(np.arange(a.shape[1]), np.diff(a.indptr))
    value, row = sign * a.data, a.indices
    least = value * np.where(value > 0, lower[column], upper[column])
    total = np.bincount(row, least, minlength=a.shape[0])
    with np.errstate(invalid="ignore"):  # a row without a limit gives none
        room = (limit[row] - (total[row] - least)) / value
    # Differences of large sums are inexact: leave a margin, so that no feasible point is cut off.
    margin = 1e-7 * (1.0 + np.abs(room) + np.abs(total[row] / value))
    up, down = np.isfinite(room) & (value > 0), np.isfinite(room) & (value < 0)
    high, low = upper.copy(), lower.copy()
    np.minimum.at(high, column[up], room[up] + margin[up])
    np.maximum.at(low, column[down], room[down] - margin[down])
    # A limit that moves by a hair is left alone: fixed columns stay fixed, and limits never cross.
    better_high = (high < upper - 1e-6 * (1 + np.abs(upper))) & (high > lower)
    better_low = (low > lower + 1e-6 * (1 + np.abs(lower))) & (low < upper)
    return np.where(better_low, low, lower), np.where(better_high, high, upper)
