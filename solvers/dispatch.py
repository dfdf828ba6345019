"""The exact dispatch of every hour at fixed sizes, part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import scipy.sparse as sp

from .bases import Bases
from .highs import FAILED, INFEASIBLE, INTERIOR_ONLY, LIMIT, OPTIMAL, SIMPLEX, Answer, solve
from .linear import Floats, Integers
from .matrix import Matrix
from .parallel import in_parallel
from .phases import Part, assembled, split

HAIR = 1e-7
SHORT = "short"
PATIENCE = 10.0  # processor's seconds for simplex, twice what a year of hours usually takes
MISSED = 10.0  # 1,000 USD for a unit that is missed in an hour, far above what any supply costs


def dispatch(
    matrix: Matrix,
    *,
    seconds: float = 3600.0,
    tick: Callable[[float], None] | None = None,
    missable: Integers | None = None,
    bases: Bases | None = None,
) -> Answer:
    """Solve a matrix with some columns fixed.

    Phases share nothing but sizes: once these are fixed every phase is a part of its own, and so are its design days.

    Parameters
    ----------
    matrix : Matrix
    seconds : float
        Time limit [s].
    tick : callable or None
        Told the elapsed seconds a few times a second.
    missable : array of int or None
        Rows that a part which is infeasible may miss: its answer is then ``short``, and misses as little as it can.
    bases : Bases or None
        Where simplex begins, and what it leaves behind for the next dispatch.

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

    known = Bases() if bases is None else bases

    def answered(part: Part) -> Answer:
        answer = _solved(part, part.matrix, known, seconds, tick)
        if answer.status != INFEASIBLE or missable is None:
            return answer
        return _short(part, np.flatnonzero(np.isin(part.rows, missable)), known, seconds, tick)

    answers = in_parallel(answered, found)
    x += assembled(found, [answer.x for answer in answers], len(x), columns=True)
    duals = assembled(found, [answer.duals for answer in answers], len(base), columns=False)
    statuses = sorted({answer.status for answer in answers} - {OPTIMAL}, key=lambda status: status == SHORT)
    if not statuses and _unmet(free, found):
        statuses = [INFEASIBLE]
    spent = max((answer.seconds for answer in answers), default=0.0)
    return Answer(statuses[0] if statuses else OPTIMAL, float(matrix.cost @ x + matrix.offset), x, duals, spent)


def _solved(part: Part, matrix: Matrix, bases: Bases, seconds: float, tick: Callable[[float], None] | None) -> Answer:
    """Solve a part by simplex, or by the interior-point method where simplex takes too long or fails.

    After presolve simplex may be left with an answer that misses a few rows by a hair, and spend minutes on them.
    ``matrix`` is that of the part, or one with columns that may miss rows.
    """
    if not bases.given_up(part):
        basis = bases.of(part) if matrix is part.matrix else None
        answer = solve(matrix, SIMPLEX, seconds=seconds, tick=tick, basis=basis, patience=PATIENCE)
        if answer.status == OPTIMAL and matrix is part.matrix:
            bases.keep(part, answer.basis)
        seconds -= answer.seconds
        if answer.status not in (LIMIT, FAILED) or seconds <= 0:
            return answer
        bases.give_up(part)
    return solve(matrix, INTERIOR_ONLY, seconds=seconds, tick=tick)


def _short(part: Part, rows: Integers, bases: Bases, seconds: float, tick: Callable[[float], None] | None) -> Answer:
    loose = elastic(part.matrix, rows, np.full(len(rows), MISSED))
    answer = _solved(part, loose, bases, seconds, tick)
    status = SHORT if answer.status == OPTIMAL else answer.status
    return replace(answer, status=status, x=answer.x[: part.matrix.a.shape[1]])


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
