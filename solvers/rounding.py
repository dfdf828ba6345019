"""Round sizes to whole racks and units, mend the rest, and dispatch again.

Rounded up, the rest of a plan need only grow a little: that is tried first, and is exact but for one dispatch. Where it
costs more than the gap allows, the bound is brought closer by what whole units cost at least (``whole.py``). If that is
not enough, sizes go to the nearest whole number instead, up or down, and the rest is chosen anew by the first-order
method, which may make more of something else to take the place of half a turbine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gigasite.models.errors import SolverError
from gigasite.models.progress import Progress, silent

from .bases import Bases
from .certified import Proposal, certified, relative_gap
from .dispatch import dispatch
from .highs import OPTIMAL, Answer
from .linear import Floats
from .matrix import Compiled
from .mend import at_sizes, mended
from .phases import links
from .whole import ALMOST, Family, bound_of_whole, least_units

MORE = (1e-6, 5e-4, 5e-3, 2e-2)  # a rack more draws more power: by how much the rest may have to grow


@dataclass(frozen=True)
class Rounded:
    """A plan with whole racks and units, a bound on all such plans, and a warning where the two are too far apart."""

    answer: Answer
    bound: float
    warnings: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        """Certified gap, relative to the plan's cost."""
        return relative_gap(self.answer.objective, self.bound)


def whole_sizes(units: list[Family], x: Floats, upper: Floats, *, up: bool) -> Floats:
    """Return an answer whose additions are whole: what stands by them in each phase goes up, or to the nearest.

    What an earlier phase rounds up serves the later ones for as long as it lives.

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
        count = _counts(family, x, upper, up=up)
        found[family.added] = count * family.unit
        found[family.stands] = family.existing + family.unit * (count @ family.alive)
    return found


def _counts(family: Family, x: Floats, upper: Floats, *, up: bool) -> Floats:
    """Return how many units are added in each phase; as many as a fixed size needs where one is given."""
    count, alive = np.zeros(len(family.added)), family.alive.astype(float)
    asked = (x[family.stands] - family.existing) / family.unit
    room = (upper[family.stands] - family.existing) / family.unit
    for phase, column in enumerate(family.added):
        so_far = count @ alive
        if column in family.free:
            whole = np.ceil(asked[phase] - so_far[phase] - ALMOST) if up else np.round(asked[phase] - so_far[phase])
            most = min(upper[column] / family.unit, (room - so_far)[family.alive[phase]].min())
            count[phase] = max(0.0, min(whole, np.floor(most + ALMOST)))
        else:
            count[phase] = max(0.0, asked[phase] - so_far[phase])
    return count


def rounded(
    compiled: Compiled,
    answer: Answer,
    *,
    sizes: Floats,
    units: list[Family],
    bound: float,
    gap: float,
    seconds: float,
    known: Sequence[Floats] = (),
    progress: Progress = silent,
    bases: Bases | None = None,
) -> Rounded:
    """Return the dispatch of the plan with whole racks and units.

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
    known : sequence of array, each of shape (rows,)
        Duals that may prove more than the bound once whole units are counted.
    bases : Bases or None
        Where the dispatch begins.
    """
    if not units:
        return Rounded(answer, bound)
    begun, known = time.perf_counter(), list(known)
    up = whole_sizes(units, sizes, compiled.matrix.upper, up=True)
    if all(np.abs(up[f.added] - answer.x[f.added]).max(initial=0.0) <= ALMOST * f.unit for f in units):
        best = Rounded(answer, bound)
        if best.gap > gap:
            best = _counted(best, compiled, least_units(compiled.matrix, units, answer.x), known)
        return _told(best, gap)
    grown = _grown(compiled, up, units, seconds, bases)
    plan = None if grown is None else Rounded(grown, bound)
    if plan is not None and plan.gap <= gap:
        return plan
    least = least_units(compiled.matrix, units, sizes)
    if plan is not None:
        known.append(plan.answer.duals)
        plan = _counted(plan, compiled, least, known)
    for each in _held_sizes(units, sizes, up, least, compiled.matrix.upper):
        if (plan is not None and plan.gap <= gap) or time.perf_counter() - begun > seconds / 2:
            break
        chosen = _anew(compiled, each, units, gap, seconds, progress, bases)
        if chosen is None:
            continue
        known += [chosen.duals, chosen.answer.duals]
        if plan is None or chosen.answer.objective < plan.answer.objective:
            plan = Rounded(chosen.answer, bound)
        plan = _counted(plan, compiled, least, known)
    if plan is None:
        note = "sizes could not be rounded to whole racks and units within the limits; they are reported as optimised"
        return Rounded(answer, bound, (note,))
    return _told(plan, gap)


def _counted(plan: Rounded, compiled: Compiled, least: Floats, known: Sequence[Floats]) -> Rounded:
    """Return a plan with the bound that knows how many units there are at least."""
    return replace(plan, bound=max(plan.bound, bound_of_whole(compiled, least, known)))


def _told(plan: Rounded, gap: float) -> Rounded:
    """Return a plan with a warning if it is not certified as closely as asked for."""
    if plan.gap <= gap:
        return plan
    note = (
        f"with whole racks and units the plan is certified within {plan.gap:.2%}, {plan.gap - gap:.2%} more than"
        " asked for: the bound knows little of whole units. Allow a larger gap or smaller units"
    )
    return replace(plan, warnings=(note,))


def _held_sizes(units: list[Family], sizes: Floats, up: Floats, least: Floats, upper: Floats) -> Iterator[Floats]:
    """Yield the whole sizes beside which the rest may be chosen anew: the nearest, if not ruled out, and those up."""
    nearest = whole_sizes(units, sizes, upper, up=False)
    if any((nearest[f.added] != up[f.added]).any() for f in units) and all(
        (nearest[f.stands] >= least[f.stands] - ALMOST * f.unit).all() for f in units
    ):
        yield nearest
    yield up


def _held(compiled: Compiled, x: Floats, units: list[Family]) -> tuple[Floats, Floats]:
    lower, upper = compiled.matrix.lower.copy(), compiled.matrix.upper.copy()
    for family in units:
        lower[family.free] = upper[family.free] = np.maximum(x[family.free], 0.0)
    return lower, upper


def _grown(compiled: Compiled, x: Floats, units: list[Family], seconds: float, bases: Bases | None) -> Answer | None:
    """Keep the whole units, and let the rest grow as little as it must."""
    link = links(compiled)
    lower, upper = _held(compiled, x, units)
    proposed = x.copy()
    proposed[np.concatenate([family.stands for family in units])] = 0.0  # follows from what is added
    for more in MORE:
        sizes = mended(compiled, compiled.matrix, link, proposed, more, lower=lower, upper=upper)
        if sizes is None:
            return None
        plan = dispatch(at_sizes(compiled, sizes), seconds=seconds, bases=bases)
        if plan.status == OPTIMAL:
            return plan
    return None


def _anew(
    compiled: Compiled, x: Floats, units: list[Family], gap: float, seconds: float, progress: Progress,
    bases: Bases | None,
) -> Proposal | None:  # fmt: skip
    """Keep the whole units, and choose the rest again."""
    lower, upper = _held(compiled, x, units)
    for family in units:  # phases that are solved apart see what stands, not what is added
        lower[family.stands] = np.maximum(lower[family.stands], x[family.stands] - ALMOST * family.unit)
        upper[family.stands] = np.minimum(upper[family.stands], x[family.stands] + ALMOST * family.unit)
    held = replace(compiled, matrix=replace(compiled.matrix, lower=lower, upper=upper))
    try:
        found = certified(held, gap=gap, seconds=seconds / 4, progress=progress, bases=bases)
    except SolverError:
        return None
    return None if found.infeasible else found
