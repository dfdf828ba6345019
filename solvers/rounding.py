"""Round sizes to whole racks and units, mend the rest, and dispatch again.

Rounded up, the rest of a plan need only grow a little: that is tried first, and is exact but for one dispatch. Where it
costs more than the gap allows, sizes go to the nearest whole number instead, up or down, and the rest is chosen anew by
the first-order method, which may make more of something else to take the place of half a turbine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from gigasite.models.errors import SolverError
from gigasite.models.progress import Progress, silent

from .bases import Bases
from .certified import certified
from .dispatch import dispatch
from .highs import OPTIMAL, Answer
from .linear import Floats, Integers
from .matrix import Compiled
from .mend import mended
from .phases import links

ALMOST = 1e-6  # of a unit: less above a whole number is noise
MORE = (1e-6, 5e-4, 5e-3, 2e-2)  # a rack more draws more power: by how much the rest may have to grow


@dataclass(frozen=True)
class Family:
    """Units of one kind: their additions and what stands by phase, and how large one is."""

    added: Integers
    stands: Integers
    free: Integers
    unit: float


def families(compiled: Compiled, only: Integers | None = None) -> list[Family]:
    """Return what comes in units; of ``only`` these columns of additions, where given."""
    lower, upper = compiled.matrix.lower, compiled.matrix.upper
    found = []
    for terms in compiled.network.terms.values():
        for record in terms.capacities:
            if record.unit_size is None:
                continue
            added, stands = compiled.columns.slice(record.added), compiled.columns.slice(record.capacity)
            columns = np.arange(added.start, added.stop)
            if only is None or np.isin(columns, only).any():
                there = np.arange(stands.start, stands.stop)
                found.append(Family(columns, there, columns[lower[stands] < upper[stands]], float(record.unit_size)))
    return found


def whole_sizes(units: list[Family], x: Floats, upper: Floats, *, up: bool) -> Floats:
    """Return an answer whose additions are whole: what has been added up to each phase goes up, or to the nearest.

    Parameters
    ----------
    units : list of Family
    x : array, shape (columns,)
    upper : array, shape (columns,)
        Limits of the columns; what is rounded above one goes down.
    up : bool
    """
    found = x.copy()
    for family in units:
        so_far = np.cumsum(x[family.free]) / family.unit
        total = np.ceil(so_far - ALMOST) if up else np.round(so_far)
        count = np.diff(np.maximum.accumulate(total), prepend=0.0)
        most = np.floor(upper[family.free] / family.unit + ALMOST)
        found[family.free] = np.minimum(count, most) * family.unit
    return found


def rounded(
    compiled: Compiled,
    answer: Answer,
    *,
    sizes: Floats,
    units: list[Family],
    bound: float,
    gap: float,
    seconds: float,
    progress: Progress = silent,
    bases: Bases | None = None,
) -> tuple[Answer, tuple[str, ...]]:
    """Return the dispatch of the plan with whole racks and units, and a warning where it falls short.

    Parameters
    ----------
    compiled : Compiled
    answer : Answer
        The plan to round.
    sizes : array, shape (columns,)
        Its sizes, or smaller ones that may do once they are rounded up.
    units : list of Family
    bound : float
        Below every plan [1,000 USD].
    gap : float
        Gap to keep [1].
    seconds : float
        Time limit [s].
    bases : Bases or None
        Where the dispatch begins.
    """
    up = whole_sizes(units, sizes, compiled.matrix.upper, up=True)
    if all(np.abs(up[f.added] - answer.x[f.added]).max(initial=0.0) <= ALMOST * f.unit for f in units):
        return answer, ()
    start, best = time.perf_counter(), None
    for plan in _plans(compiled, sizes, up, units, gap, seconds, progress, bases):
        if plan is not None and (best is None or plan.objective < best.objective):
            best = plan
        if best is not None and best.objective - bound <= gap * abs(best.objective):
            return best, ()
        if time.perf_counter() - start > seconds / 2:
            break
    if best is None:
        note = "sizes could not be rounded to whole racks and units within the limits; they are reported as optimised"
        return answer, (note,)
    reached = (best.objective - bound) / max(abs(best.objective), 1e-9)
    note = (
        f"with whole racks and units the plan is certified within {reached:.2%}, {reached - gap:.2%} more than"
        " asked for: the bound knows nothing of whole units. Allow a larger gap or smaller units"
    )
    return best, (note,)


def _plans(
    compiled: Compiled, sizes: Floats, up: Floats, units: list[Family], gap: float, seconds: float, progress: Progress,
    bases: Bases | None,
) -> Iterator[Answer | None]:  # fmt: skip
    """Yield plans with whole units, the quickest to make first."""
    yield _grown(compiled, up, units, seconds, bases)
    nearest = whole_sizes(units, sizes, compiled.matrix.upper, up=False)
    yield _anew(compiled, nearest, units, gap, seconds, progress, bases)
    yield _anew(compiled, up, units, gap, seconds, progress, bases)


def _held(compiled: Compiled, x: Floats, units: list[Family]) -> tuple[Floats, Floats]:
    lower, upper = compiled.matrix.lower.copy(), compiled.matrix.upper.copy()
    for family in units:
        lower[family.added] = upper[family.added] = np.maximum(x[family.added], 0.0)
    return lower, upper


def _grown(compiled: Compiled, x: Floats, units: list[Family], seconds: float, bases: Bases | None) -> Answer | None:
    """Keep the whole units, and let the rest grow as little as it must."""
    link = links(compiled)
    columns = np.concatenate([link.added, link.capacity, np.flatnonzero(compiled.matrix.integral)])
    lower, upper = _held(compiled, x, units)
    proposed = x.copy()
    proposed[np.concatenate([family.stands for family in units])] = 0.0  # follows from what is added
    for more in MORE:
        sizes = mended(compiled, compiled.matrix, link, proposed, more, lower=lower, upper=upper)
        if sizes is None:
            return None
        plan = dispatch(compiled.matrix.fixed(columns, sizes[columns]), seconds=seconds, bases=bases)
        if plan.status == OPTIMAL:
            return plan
    return None


def _anew(
    compiled: Compiled, x: Floats, units: list[Family], gap: float, seconds: float, progress: Progress,
    bases: Bases | None,
) -> Answer | None:  # fmt: skip
    """Keep the whole units, and choose the rest again."""
    lower, upper = _held(compiled, x, units)
    held = replace(compiled, matrix=replace(compiled.matrix, lower=lower, upper=upper))
    try:
        found = certified(held, gap=gap, seconds=seconds / 4, progress=progress, bases=bases)
    except SolverError:
        return None
    return None if found.infeasible else found.answer
