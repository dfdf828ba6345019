"""Whole units online at every hour: decided block by block, at fixed sizes.

The relaxed dispatch says how much is online. Rounded up to whole units this is a plan already, often a good one. Else
the year is gone through in blocks of a week: each is an exact programme in which the block's own hours are whole, those
of the day after it are free to follow, and all others stay as they are.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from .bases import Bases
from .dispatch import dispatch, shifted
from .highs import LIMIT, OPTIMAL, Answer, solve
from .linear import Floats, Integers
from .matrix import Compiled
from .parallel import in_parallel
from .phases import Part, split
from .steps import steps_of

BLOCK_STEPS, AHEAD_STEPS = 168, 24
ALMOST = 1e-6
BLOCK_SECONDS = 60.0


@dataclass(frozen=True)
class Block:
    """Steps [first, kept) become whole, [kept, last) may follow."""

    first: int
    kept: int
    last: int


def committed(
    compiled: Compiled, answer: Answer, *, target: float, gap: float, seconds: float, bases: Bases | None = None
) -> Answer:
    """Return the dispatch of an answer with whole units at every hour.

    Parameters
    ----------
    compiled : Compiled
        With the columns that count units.
    answer : Answer
        Sizes and a dispatch that need not be whole by the hour.
    target : float
        Cost that is good enough [1,000 USD].
    gap : float
        Gap of each block, as a share of what the whole costs in as many hours [1].
    seconds : float
        Time for all blocks [s]; where it is not enough, units rounded up stand.
    bases : Bases or None
        Where the dispatch at whole units begins.

    Returns
    -------
    Answer
        ``infeasible`` where no block has a whole dispatch.
    """
    step = steps_of(compiled)
    whole = np.flatnonzero(compiled.matrix.integral)
    hourly = whole[step[whole] >= 0]
    sizes = np.setdiff1d(_sizes(compiled), hourly)
    x = answer.x.copy()
    x[np.setdiff1d(whole, hourly)] = np.round(x[np.setdiff1d(whole, hourly)])
    up = x.copy()
    up[hourly] = np.clip(np.ceil(x[hourly] - ALMOST), compiled.matrix.lower[hourly], compiled.matrix.upper[hourly])
    best = _fixed(compiled, up, sizes, hourly, seconds, bases)
    if best.status == OPTIMAL and best.objective <= target:
        return best
    matrix = compiled.matrix.fixed(sizes, x[sizes])
    fixed = matrix.lower == matrix.upper
    free = shifted(matrix, matrix.a @ np.where(fixed, matrix.lower, 0.0))
    parts = split(free, np.arange(free.a.shape[0]), np.flatnonzero(~fixed))
    end = time.perf_counter() + seconds
    slack = gap * abs(answer.objective) / max(compiled.network.time.timeline.size, 1)
    found = in_parallel(lambda part: _Blocks(part, step[part.columns], slack, end).run(x[part.columns]), parts)
    if any(each is None for each in found):
        return best
    for part, values in zip(parts, found, strict=True):
        x[part.columns] = values
    again = _fixed(compiled, x, sizes, hourly, seconds, bases)
    return again if best.status != OPTIMAL or again.objective < best.objective else best


def _sizes(compiled: Compiled) -> Integers:
    """Return the columns of sizes, and of whole numbers that belong to them."""
    columns = [compiled.columns.slice(v) for t in compiled.network.terms.values() for r in t.capacities
               for v in (r.added, r.capacity)]  # fmt: skip
    found = [np.arange(each.start, each.stop) for each in columns]
    return np.union1d(np.concatenate([np.empty(0, dtype=np.int64), *found]), np.flatnonzero(compiled.matrix.integral))


def _fixed(
    compiled: Compiled, x: Floats, sizes: Integers, hourly: Integers, seconds: float, bases: Bases | None
) -> Answer:
    columns = np.concatenate([sizes, hourly])
    values = x[columns].copy()
    values[len(sizes) :] = np.round(values[len(sizes) :])
    matrix = replace(compiled.matrix.fixed(columns, values), integral=np.zeros(len(x), dtype=bool))
    return dispatch(matrix, seconds=seconds, bases=bases)


class _Blocks:
    """Goes through one part of a plan block by block."""

    def __init__(self, part: Part, step: Integers, slack: float, end: float) -> None:
        self.matrix, self.step, self.slack, self.end = part.matrix, step, slack, end
        self.by_row = sp.csr_array(part.matrix.a)
        self.shared = np.flatnonzero(step < 0)

    def run(self, x: Floats) -> Floats | None:
        """Return the values of the part's columns, whole where they must be; None where a block has none."""
        x = x.copy()
        if not self.matrix.integral.any():
            return x
        for block in _blocks(np.unique(self.step[self.step >= 0])):
            ahead = block.last - block.kept
            for more in (1, 3):  # a longer view where what follows is too rigid
                if self._solve(x, replace(block, last=block.kept + more * ahead)):
                    break
            else:
                return None
        return x

    def _solve(self, x: Floats, block: Block) -> bool:
        inside = (self.step >= block.first) & (self.step < block.last)
        active = np.concatenate([np.flatnonzero(inside), self.shared])
        rows = np.unique(self.matrix.a[:, active].indices)
        part = self.by_row[rows]
        others = x.copy()
        others[active] = 0.0
        given = part @ others
        small = shifted(
            replace(
                self.matrix, a=sp.csc_array(part[:, active]), cost=self.matrix.cost[active],
                lower=self.matrix.lower[active], upper=self.matrix.upper[active],
                row_lower=self.matrix.row_lower[rows], row_upper=self.matrix.row_upper[rows],
                integral=self.matrix.integral[active] & (self.step[active] < block.kept),
            ),
            given,
        )  # fmt: skip
        slack = self.slack * (block.kept - block.first)
        options = {"mip_rel_gap": 0.0, "mip_abs_gap": slack}
        left = self.end - time.perf_counter()
        if left <= 0:
            return False
        found = solve(small, options, seconds=min(BLOCK_SECONDS, left))
        if found.status not in (OPTIMAL, LIMIT) or not np.isfinite(found.objective) or not found.x.size:
            return False
        x[active] = np.where(small.integral, np.round(found.x), found.x)
        return True


def _blocks(steps: Integers) -> list[Block]:
    """Cut runs of steps into blocks."""
    found = []
    for run in np.split(steps, np.flatnonzero(np.diff(steps) > 1) + 1):
        if run.size:
            end = int(run[-1]) + 1
            for first in range(int(run[0]), end, BLOCK_STEPS):
                kept = min(first + BLOCK_STEPS, end)
                found.append(Block(first, kept, min(kept + AHEAD_STEPS, end)))
    return found
