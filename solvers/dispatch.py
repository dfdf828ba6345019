"""The exact dispatch of every hour at fixed sizes, part by part, by simplex."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import scipy.sparse as sp

from .highs import INFEASIBLE, OPTIMAL, SIMPLEX, Answer, solve
from .linear import Floats
from .matrix import Matrix
from .parallel import in_parallel
from .phases import Part, assembled, split

HAIR = 1e-7


def dispatch(matrix: Matrix, *, seconds: float = 3600.0, tick: Callable[[float], None] | None = None) -> Answer:
    """Solve a matrix with some columns fixed.

    Phases share nothing but sizes: once these are fixed every phase is a part of its own, and so are its design days.

    Returns
    -------
    Answer
        Of the whole; its status is the worst of its parts.
    """
    fixed = matrix.lower == matrix.upper
    x = np.where(fixed, matrix.lower, 0.0)
    base = matrix.a @ x
    free = shifted(matrix, base)
    found = split(free, np.arange(matrix.a.shape[0]), np.flatnonzero(~fixed))
    answers = in_parallel(lambda part: solve(part.matrix, SIMPLEX, seconds=seconds, tick=tick), found)
    x += assembled(found, [answer.x for answer in answers], len(x), columns=True)
    duals = assembled(found, [answer.duals for answer in answers], len(base), columns=False)
    statuses = [answer.status for answer in answers if answer.status != OPTIMAL]
    if not statuses and _unmet(free, found):
        statuses = [INFEASIBLE]
    spent = max((answer.seconds for answer in answers), default=0.0)
    return Answer(statuses[0] if statuses else OPTIMAL, float(matrix.cost @ x + matrix.offset), x, duals, spent)


def shifted(matrix: Matrix, base: Floats) -> Matrix:
    """Move what the fixed columns give to the row limits.

    Sizes that just meet a limit meet it to ten digits at best: inequalities get a hair of room, or presolve calls the
    dispatch infeasible.
    """
    room = np.where(matrix.row_lower < matrix.row_upper, HAIR * (1.0 + np.abs(base)), 0.0)
    return replace(matrix, row_lower=matrix.row_lower - base - room, row_upper=matrix.row_upper - base + room)


def _unmet(free: Matrix, parts: Sequence[Part]) -> bool:
    """Whether the fixed columns alone violate a row that has no other."""
    lone = np.ones(free.a.shape[0], dtype=bool)
    for part in parts:
        lone[part.rows] = False
    scale = 1.0 + np.minimum(np.abs(free.row_lower), np.abs(free.row_upper))
    return bool(np.any(lone & ((free.row_lower > 1e-6 * scale) | (free.row_upper < -1e-6 * scale))))


def elastic(matrix: Matrix, rows: np.ndarray, price: Floats) -> Matrix:
    """Return a matrix in which some rows may be missed, either way, at a price.

    Parameters
    ----------
    rows : array of int
        Rows that may be missed; two columns are added for each, short ones first.
    price : array
        Price of each [1,000 USD per unit].
    """
    count = len(rows)
    unit = sp.csc_array((np.ones(count), (rows, np.arange(count))), shape=(matrix.a.shape[0], count))
    free = np.full(2 * count, np.inf)
    return replace(
        matrix,
        a=sp.csc_array(sp.hstack([matrix.a, unit, -unit])),
        cost=np.concatenate([matrix.cost, price, price]),
        lower=np.concatenate([matrix.lower, np.zeros(2 * count)]),
        upper=np.concatenate([matrix.upper, free]),
        integral=np.concatenate([matrix.integral, np.zeros(2 * count, dtype=bool)]),
    )
