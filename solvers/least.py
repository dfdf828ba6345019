"""The least that any plan takes of what a year limits, week by week: a proof where it is more than the limit.

The weeks are solved by themselves, each with sizes of its own and with whatever reaches beyond it left out, to the
least of the limited amount. That needs no more than a second or two for a year of hours. Their duals together are duals
of the whole plan, and by Farkas' lemma any duals prove that there is no plan where the bound that they give lies above
the cost of a plan without costs, which is zero. The bound is then the amount by which the limit is missed, at least.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .bound import lower_bound
from .highs import OPTIMAL, SIMPLEX, Answer, solve
from .linear import Floats, Integers
from .matrix import Compiled, Matrix
from .parallel import in_parallel
from .phases import Part, split
from .steps import steps_of

WEEK = 168
"""Steps that are solved together: with seven days, little is lost of what can wait until tomorrow."""
LOOKED_AT = 4
"""Weeks that tell whether a limit is worth a proof."""
WORTH_PROVING = 0.1
"""Share of a limit that the weeks looked at may leave, and the whole year still be worth a proof."""
PATIENCE = 5.0  # seconds for a week, which takes a tenth of one; where it is not enough, nothing is proven
DESIGN, NO_STEP, SEVERAL = -1, -2, -3


@dataclass(frozen=True)
class Weeks:
    """A programme without costs, and the weeks that its rows and columns lie in.

    Parameters
    ----------
    matrix : Matrix
        By rows, with the column limits that the rows imply which are not in question.
    of_row, of_column : array of int
        Week of each; ``DESIGN``, ``NO_STEP`` or ``SEVERAL`` where it lies in none.
    hard : array of bool
        Rows that are not in question.
    """

    matrix: Matrix
    of_row: Integers
    of_column: Integers
    hard: NDArray[np.bool_]

    def part(self, week: int, cost: Floats) -> Part:
        """Return the programme of a week: its rows and those of the sizes; its columns and all that have no step."""
        rows = np.flatnonzero(((self.of_row == week) | (self.of_row == NO_STEP)) & self.hard)
        columns = np.flatnonzero((self.of_column == week) | (self.of_column == NO_STEP))
        (found,) = split(replace(self.matrix, cost=cost), rows, columns, smallest=len(columns) + 1)
        return found


def in_weeks(compiled: Compiled, matrix: Matrix, rows: Integers) -> Weeks:
    """Return the weeks of a matrix of which some rows are in question."""
    timeline, step = compiled.network.time.timeline, steps_of(compiled)
    place = np.arange(timeline.size) - np.asarray(timeline.starts)[timeline.segment_number]
    begins = timeline.operating & (place % WEEK == 0)
    week = np.where(timeline.operating, np.cumsum(begins) - 1, DESIGN)
    of_column = np.where(step >= 0, week[np.maximum(step, 0)], NO_STEP)
    by_row: Any = sp.csr_array(matrix.a)
    count = by_row.shape[0]
    first, last = np.full(count, timeline.size), np.full(count, NO_STEP)
    row, here = np.repeat(np.arange(count), np.diff(by_row.indptr)), of_column[by_row.indices]
    np.minimum.at(first, row[here != NO_STEP], here[here != NO_STEP])
    np.maximum.at(last, row, here)
    of_row = np.where((last == NO_STEP) | (first == last), last, SEVERAL)
    hard = np.ones(count, dtype=bool)
    hard[rows] = False
    none = np.zeros_like(matrix.cost)
    free = replace(matrix, a=by_row, cost=none, offset=0.0, integral=none.astype(bool))
    return Weeks(free, of_row, of_column, hard)


def sides(weeks: Weeks, row: int) -> tuple[int, ...]:
    """Return how a limit can be missed: 1 by too much, -1 by too little; a meter by more than its reading may be."""
    matrix = weeks.matrix
    if matrix.row_lower[row] == matrix.row_upper[row]:
        (line,) = matrix.a[[row]].toarray()
        return tuple(sorted({-int(np.sign(each)) for each in line[weeks.of_column == NO_STEP] if each}))
    return tuple(s for s, limit in ((1, matrix.row_upper[row]), (-1, matrix.row_lower[row])) if np.isfinite(limit))


def least_missed(weeks: Weeks, row: int, side: int, size: float) -> float:
    """Return by how much a limit is missed at least, all else being met; zero where that is not proven.

    Parameters
    ----------
    weeks : Weeks
    row : int
        The limit.
    side : {1, -1}
        1 where what it limits is too large, -1 where it is too small.
    size : float
        What the limit is measured by.
    """
    matrix, duals = weeks.matrix, _of_limit(weeks, row, side)
    stepless = weeks.of_column == NO_STEP
    cost = np.where(stepless, 0.0, -(matrix.a.T @ duals))
    asked = np.unique(weeks.of_column[(cost != 0) & (weeks.of_column >= 0)])
    if not asked.size:
        return 0.0
    few = np.unique(asked[np.linspace(0, len(asked) - 1, min(LOOKED_AT, len(asked)), dtype=int)])
    parts, answers = _solved(weeks, few, cost)
    if any(each.status != OPTIMAL for each in answers):
        return 0.0
    without = replace(matrix, lower=np.where(stepless, matrix.lower, 0.0), upper=np.where(stepless, matrix.upper, 0.0))
    told = lower_bound(without, duals) + sum(each.objective for each in answers) * len(asked) / len(few)
    if not told > -WORTH_PROVING * size:
        return 0.0
    more, others = _solved(weeks, np.setdiff1d(asked, few), cost)
    for part, answer in zip([*parts, *more], [*answers, *others], strict=True):
        if answer.duals.size:
            duals[part.rows] += answer.duals
    bound = lower_bound(matrix, duals)
    return bound if bound > 0 else 0.0


def _of_limit(weeks: Weeks, row: int, side: int) -> Floats:
    """Return duals of one for a limit; of the readings that it compares, each meter has the share that it reads."""
    matrix = weeks.matrix
    duals = np.zeros(matrix.a.shape[0])
    duals[row] = -side
    if matrix.row_lower[row] == matrix.row_upper[row]:  # a meter: the limit is that of its reading
        return duals
    stepless = sp.csr_array(matrix.a[:, weeks.of_column == NO_STEP])
    alone = (np.diff(stepless.indptr) == 1) & (matrix.row_lower == matrix.row_upper) & weeks.hard
    alone &= np.isin(weeks.of_row, (SEVERAL, NO_STEP))
    (line,) = stepless[[row]].toarray()
    for column in np.flatnonzero(line):
        reading = np.where(alone, stepless[:, [column]].toarray().reshape(-1), 0.0)
        meters = np.flatnonzero(reading)
        if meters.size:
            duals[meters[0]] += side * line[column] / reading[meters[0]]
    return duals


def _solved(weeks: Weeks, which: Integers, cost: Floats) -> tuple[list[Part], list[Answer]]:
    parts = [weeks.part(int(week), cost) for week in which]
    return parts, in_parallel(lambda part: solve(part.matrix, SIMPLEX, seconds=PATIENCE), parts)
