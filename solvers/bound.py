"""A rigorous lower bound from any duals, and the feasibility of a point: what makes a plan certified."""

from __future__ import annotations

from dataclasses import dataclass

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
    y = np.where(
        ((duals > 0) & np.isfinite(matrix.row_lower)) | ((duals < 0) & np.isfinite(matrix.row_upper)), duals, 0.0
    )
    reduced = matrix.cost - matrix.a.T @ y
    limits = np.where(y > 0, matrix.row_lower, matrix.row_upper)
    from_rows = np.sum(np.where(y == 0, 0.0, np.where(y == 0, 0.0, limits) * y))
    at = np.where(reduced > 0, matrix.lower, matrix.upper)
    from_columns = np.sum(np.where(reduced == 0, 0.0, np.where(reduced == 0, 0.0, at) * reduced))
    return float(from_rows + from_columns + matrix.offset)


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
