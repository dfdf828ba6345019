"""By how much requirements are missed, on parts of a plan that prove it for the whole: design days, and years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bound import lower_bound, tightened
from .dispatch import elastic
from .grow import event_steps
from .highs import INFEASIBLE, LIMIT, OPTIMAL, SIMPLEX, Answer, first_order, solve
from .least import in_weeks, least_missed, sides
from .linear import Floats, Integers
from .matrix import Compiled, Matrix
from .mend import operating_columns
from .parallel import in_parallel
from .phases import Part, assembled, links, parts, scaled, split
from .steps import steps_of

LONG = 200
"""Steps in a row from which on it limits a year or a season, and no day."""
YEAR_TOLERANCE, YEAR_STEPS = 1e-3, 6_000
PROVEN = 1e-6
"""Least bound that proves a shortage; limits are measured by themselves."""
NEGLIGIBLE = 1e-3
"""Share of a limit below which a first-order answer is noise."""
SHARES = ("pue_limit", "carbon_free_share", "partner_limit", "partner_least", "unserved_limit", "curtailment_limit")
"""Limits on the ratio of two yearly amounts."""


@dataclass(frozen=True)
class Shortage:
    """Limits of a year that no plan meets.

    Parameters
    ----------
    rows : array of int
    missed : array
        Least amount by which each is missed, others met; positive where the row falls short, negative where it exceeds.
    size : array
        What each is measured by: its own limit, or the cap of its meter.
    """

    rows: Integers
    missed: Floats
    size: Floats


def short_on_days(compiled: Compiled, rows: Integers, price: Floats) -> Floats | None:
    """Return by how much rows are missed on design days and in outages by themselves; None where nothing is missed.

    Exact: the rows that touch no other hour are solved by simplex, which takes a fraction of a second.

    Parameters
    ----------
    rows : array of int
        Rows that may be missed.
    price : array
        Price of each.
    """
    matrix, step = compiled.matrix, steps_of(compiled)
    outside = np.zeros(matrix.a.shape[1], dtype=bool)
    outside[operating_columns(compiled)] = True
    outside &= (step < 0) | ~np.isin(step, event_steps(compiled))
    by_row = matrix.a.tocsr()
    inside = np.flatnonzero(np.diff(by_row[:, outside].indptr) == 0)
    free = replace(matrix, cost=np.zeros_like(matrix.cost), integral=np.zeros_like(matrix.integral))
    (part,) = split(free, inside, np.flatnonzero(~outside), smallest=matrix.a.shape[1] + 1)
    if solve(part.matrix, SIMPLEX).status != INFEASIBLE:
        return None
    place = np.full(matrix.a.shape[0], -1)
    place[part.rows] = np.arange(len(part.rows))
    here = np.flatnonzero(place[rows] >= 0)
    answer = solve(elastic(part.matrix, place[rows[here]], price[here]), SIMPLEX)
    if answer.status != OPTIMAL:
        return None
    width, count = part.matrix.a.shape[1], len(here)
    missed = np.zeros(len(rows))
    missed[here] = answer.x[width : width + count] - answer.x[width + count :]
    return missed


def short_of_a_limit(compiled: Compiled) -> Shortage | None:
    """Return the limits of the year that no plan meets, whatever becomes of the others; None where none is proven.

    Takes seconds, because the weeks of the year are solved by themselves; see `gigasite.solvers.least`.
    """
    rows = _yearly_limits(compiled)
    if not rows.size:
        return None
    matrix = _tightened_without(compiled.matrix, rows)
    size, missed = _size(compiled, matrix, rows), np.zeros(len(rows))
    weeks = in_weeks(compiled, matrix, rows)
    short, over = _furthest(matrix, rows)
    for place, row in enumerate(rows):
        for side in sides(weeks, int(row)):
            if (over if side > 0 else short)[place] > PROVEN * size[place] and not missed[place]:
                least = least_missed(weeks, int(row), side, float(size[place]))
                missed[place] = -side * least if least > PROVEN * size[place] else 0.0
    return Shortage(rows, missed, size) if missed.any() else None


def short_of_year(compiled: Compiled) -> Shortage | None:
    """Return the limits of the year that no plan meets all at once; None where that is not proven.

    The least by which they are missed, everything else met, by the first-order method, phase by phase. Its bound is
    rigorous: where it lies above zero, there is no plan.
    """
    rows = _yearly_limits(compiled)
    if not rows.size:
        return None
    matrix = _tightened_without(compiled.matrix, rows)
    size = _size(compiled, matrix, rows)
    free = replace(
        matrix, cost=np.zeros_like(matrix.cost), offset=0.0, integral=np.zeros_like(matrix.integral)
    )  # fmt: skip
    loose = elastic(free, rows, 1.0 / size)
    width, count = matrix.a.shape[1], len(rows)
    upper = loose.upper.copy()
    upper[width:] = np.concatenate(_furthest(matrix, rows))
    loose = replace(loose, upper=upper)
    link = links(compiled)
    found = parts(loose, link, np.zeros(len(link.rows)))
    answers = in_parallel(_first_order, found)
    # Any duals prove a bound: a run that stopped at its limit may prove as much as one that converged.
    if any(answer.status not in (OPTIMAL, LIMIT) or not answer.x.size for answer in answers):
        return None
    y = assembled(found, [answer.duals for answer in answers], loose.a.shape[0], columns=False)
    if lower_bound(loose, y) <= PROVEN:
        return None
    x = assembled(found, [answer.x for answer in answers], loose.a.shape[1], columns=True)
    missed = x[width : width + count] - x[width + count :]
    missed = np.where(np.abs(missed) > NEGLIGIBLE * size, missed, 0.0)
    return Shortage(rows, missed, size) if missed.any() else None


def _tightened_without(matrix: Matrix, rows: Integers) -> Matrix:
    """Return the matrix with the column limits that all but some rows imply: what those imply may be missed too."""
    low, high = matrix.row_lower.copy(), matrix.row_upper.copy()
    low[rows], high[rows] = -np.inf, np.inf
    tight = tightened(replace(matrix, row_lower=low, row_upper=high))
    return replace(matrix, lower=tight.lower, upper=tight.upper)


def _first_order(part: Part) -> Answer:
    small, by_column, by_row = scaled(part.matrix)
    answer = solve(small, first_order(YEAR_TOLERANCE, YEAR_STEPS))
    return replace(answer, x=answer.x * by_column, duals=answer.duals * by_row) if answer.x.size else answer


def _yearly_limits(compiled: Compiled) -> Integers:
    """Return the rows that limit a year: sums over many hours, meters with a cap, and shares of what is metered."""
    matrix, step = compiled.matrix, steps_of(compiled)
    by_row = matrix.a.tocsr()
    hours = np.diff(_pointers(by_row, step >= 0))
    shares = {
        name: np.arange(where.start, where.stop)
        for name, where in matrix.rows.items()
        if name.rpartition(".")[2] in SHARES
    }
    limited = np.zeros(matrix.a.shape[1], dtype=bool)
    for rows in shares.values():
        limited[by_row[rows].indices] = True
    limited &= step < 0
    found = list(shares.values())
    for name, where in matrix.rows.items():
        here = np.arange(where.start, where.stop)
        if name in shares or name.startswith("balance.") or not (hours[here] > LONG).any():
            continue
        if name.startswith("metered."):  # a reading that a share limits is not missed: the share is
            here = here[np.diff(_pointers(by_row[here], limited)) == 0]
        found.append(here[hours[here] > LONG])
    return np.concatenate([np.empty(0, dtype=np.int64), *found])


def _pointers(by_row: Any, columns: NDArray[np.bool_]) -> Integers:
    """Return the row pointers of some columns of a matrix by rows."""
    return np.asarray(by_row[:, columns].indptr, dtype=np.int64)


def _size(compiled: Compiled, tight: Matrix, rows: Integers) -> Floats:
    """Return what each limit is measured by: its own limit, the cap of its meter, or all that it may reach."""
    matrix, part = compiled.matrix, compiled.matrix.a.tocsr()[rows]
    limits = np.stack([matrix.row_lower[rows], matrix.row_upper[rows]])
    size = np.max(np.where(np.isfinite(limits), np.abs(limits), 0.0), axis=0)
    readings = steps_of(compiled) < 0
    caps = abs(part[:, readings]) @ np.where(np.isfinite(matrix.upper), matrix.upper, 0.0)[readings]
    reach = abs(part) @ np.maximum(np.abs(tight.lower), np.abs(tight.upper))
    return np.where(size > 0, size, np.where(caps > 0, caps, np.maximum(reach, 1.0)))


def _furthest(matrix: Matrix, rows: Integers) -> tuple[Floats, Floats]:
    """Return the most by which each row can be missed, from below and from above."""
    part = matrix.a.tocsr()[rows]
    up, down = part.maximum(0), part.minimum(0)
    most, least = up @ matrix.upper + down @ matrix.lower, up @ matrix.lower + down @ matrix.upper
    low, high = matrix.row_lower[rows], matrix.row_upper[rows]
    short = np.where(np.isfinite(low), np.maximum(low - least, 0.0), 0.0)
    over = np.where(np.isfinite(high), np.maximum(most - high, 0.0), 0.0)
    return short, over
