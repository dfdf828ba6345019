"""The certified plan: sizes by a first-order method on every hour, exact dispatch, and a rigorous bound.

1. Each outcome of each phase is solved by itself with the first-order method; their duals bound the plan from below,
   their capacities are a proposal (``phases.py`` and ``rings.py`` say why this is allowed).
2. The proposal is mended to a plan: capacities as small as the design days and the links between the phases allow, but
   not below the proposal.
3. With the sizes fixed, every hour is dispatched exactly; that is the true cost of the plan, an upper bound.
4. The gap between the two is certified. If it is larger than asked for, the tolerance is tightened and all is repeated;
   at last an interior-point method takes the place of the first-order method.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from gigasite.models.errors import SolverError
from gigasite.models.progress import Progress, Stage, silent

from .bases import Bases
from .bound import lower_bound, tightened
from .cuts import Operation, mixed
from .dispatch import SHORT, dispatch
from .grow import balances, event_steps, grown, ready
from .highs import INFEASIBLE, INTERIOR_ONLY, OPTIMAL, Answer, first_order, solve
from .linear import Floats, Integers
from .matrix import Compiled, Matrix
from .mend import at_sizes, mended, operating_columns
from .parallel import in_parallel
from .phases import Links, Part, assembled, link_duals, links, parts, scaled, split
from .rings import by_ring
from .steps import steps_of

TOLERANCES = (3e-4, 1e-4, 2e-5)
LEFT = 0.6  # of the gap asked for: rounding to whole racks and units needs the rest
NUDGE = 5e-4  # what a first-order answer misses of the sizes it needs
STEPS = 20_000  # of a first-order run: four times what a plan of a year takes; no clock, which other work would slow


NOTHING = Answer("failed", np.inf, np.empty(0), np.empty(0), 0.0)

ROUNDS: tuple[tuple[dict[str, Any], bool], ...] = (
    *((first_order(tolerance, STEPS), False) for tolerance in TOLERANCES),
    (INTERIOR_ONLY, False),
    *((first_order(tolerance, STEPS), True) for tolerance in TOLERANCES[1:]),
    (INTERIOR_ONLY, True),
)
"""What is tried in turn: the options of HiGHS, and whether the phases are solved together."""


@dataclass(frozen=True)
class Proposal:
    """Sizes that meet every rule, their exact dispatch, and the bound that certifies them.

    ``linked`` is what the links between the phases cost, relative to the plan: no bound from phases solved apart can
    come closer. ``duals`` are those of the bound: what the sizing pays for one more unit in each row. ``stalled`` says
    that the first-order method did not converge, as it does where no plan exists. ``sizes`` are those of the answer, or
    a little smaller ones that were not dispatched: what is to be rounded up.
    """

    answer: Answer
    bound: float
    infeasible: bool = False
    linked: float = 0.0
    stalled: bool = False
    duals: Floats = field(default_factory=lambda: np.empty(0))
    sizes: Floats = field(default_factory=lambda: np.empty(0))

    @property
    def gap(self) -> float:
        """Certified gap: how far the plan's cost can lie above the optimum, relative to the plan's cost."""
        if self.answer.status != OPTIMAL:
            return float("inf")
        return relative_gap(self.answer.objective, self.bound)


def relative_gap(cost: float, bound: float) -> float:
    """Return how far a cost can lie above the optimum, relative to itself."""
    return max(0.0, (cost - bound) / max(abs(cost), 1e-9))


def better(one: Proposal, other: Proposal) -> Proposal:
    """Return the cheaper plan with the closer bound of two."""
    cheaper = other if other.answer.objective < one.answer.objective else one
    closer = other if other.bound > one.bound else one
    linked = other.linked if other.answer.status == OPTIMAL else one.linked
    stalled = one.stalled or other.stalled
    return replace(cheaper, bound=closer.bound, duals=closer.duals, linked=linked, stalled=stalled)


@dataclass(frozen=True)
class Programme:
    """Parts to be solved, and the duals of the links where these were taken out."""

    parts: list[Part]
    link_duals: Floats


@dataclass(frozen=True)
class Run:
    """One round: what is solved, how, and in which time."""

    compiled: Compiled
    matrix: Matrix
    link: Links
    programme: Programme
    options: dict[str, Any]
    seconds: float
    tick: Callable[[float], None]
    bases: Bases


def certified(
    compiled: Compiled,
    *,
    gap: float,
    seconds: float,
    progress: Progress = silent,
    stalled: Callable[[], None] | None = None,
    bases: Bases | None = None,
) -> Proposal:
    """Return a plan whose cost is certified to lie within ``gap`` of the optimum.

    Parameters
    ----------
    compiled : Compiled
    gap : float
        Certified relative gap to reach [1].
    seconds : float
        Time limit [s].
    stalled : callable or None
        Called once if the first-order method does not converge; it may raise.
    bases : Bases or None
        Where the dispatch begins.

    Raises
    ------
    SolverError
        If the gap is not reached within the time.
    """
    start = time.perf_counter()
    matrix, link = tightened(compiled.matrix), links(compiled)
    # Implied lower limits bring the bound closer, but would take the place of the rows that imply them in the duals.
    # Whole numbers are left to the mending of the sizes: the bound holds for all numbers.
    solved = replace(matrix, lower=compiled.matrix.lower, integral=np.zeros_like(matrix.integral))
    operating = operating_columns(compiled)
    separable = _separable(matrix, link)
    programmes: dict[bool, Programme] = {}
    known_bases = Bases() if bases is None else bases
    best, known = Proposal(NOTHING, -np.inf), list[Floats]()
    for number, (options, together) in enumerate(ROUNDS):
        left = seconds - (time.perf_counter() - start)
        if left <= 0:
            break
        if number and not together and best.linked > gap / 2:
            continue  # what the links cost is more than any tolerance can gain
        if best.stalled and options is not INTERIOR_ONLY:
            continue
        joint = together or not separable
        if joint not in programmes:
            programmes = {joint: _programme(compiled, solved, link, operating, joint)}
        run = Run(
            compiled, matrix, link, programmes[joint], options, left, _ticking(progress, start, best), known_bases
        )
        found = proposed(run, NUDGE / (1 + number))
        if found.infeasible:
            return found
        if found.stalled and not best.stalled and stalled is not None:
            stalled()
        best = better(best, found)
        known += [duals for duals in (found.duals, found.answer.duals) if duals.size]
        if best.gap > LEFT * gap and best.answer.status == OPTIMAL:
            best = proven(best, Operation.of(matrix, operating), known)
        if best.gap <= gap:
            return best
    raise SolverError(_missed(best, gap, seconds))


def proven(plan: Proposal, operation: Operation, known: Sequence[Floats]) -> Proposal:
    """Return a plan with the closest bound that the duals known so far prove together, if it is closer."""
    duals = mixed(operation, known)
    if duals is None:
        return plan
    bound = lower_bound(operation.matrix, duals)
    return replace(plan, bound=bound, duals=duals) if bound > plan.bound else plan


def _programme(compiled: Compiled, matrix: Matrix, link: Links, operating: Integers, joint: bool) -> Programme:
    """Return what is solved: the phases and their outcomes together, or each by itself."""
    if joint:
        return Programme(_whole(matrix), np.zeros(0))
    duals = link_duals(matrix, link)
    return Programme(by_ring(parts(matrix, link, duals), compiled, operating), duals)


def _missed(best: Proposal, gap: float, seconds: float) -> str:
    reached = "no plan was found" if np.isinf(best.gap) else f"the best plan is certified within {best.gap:.2%}"
    return (
        f"the plan could not be certified within {gap:.2%} in {seconds:,.0f} s: {reached}. "
        "Allow a larger gap or more time, or use the method 'exact'."
    )


def _separable(matrix: Matrix, link: Links) -> bool:
    """Whether additions appear in no row but the links, so that the phases can be solved apart."""
    entries = np.diff(matrix.a[:, link.added].indptr).sum()
    return bool(len(link.added) and entries == matrix.a[link.rows][:, link.added].nnz)


def _whole(matrix: Matrix) -> list[Part]:
    return split(matrix, np.arange(matrix.a.shape[0]), np.arange(matrix.a.shape[1]), smallest=0)


def _ticking(progress: Progress, start: float, best: Proposal) -> Callable[[float], None]:
    gap = None if np.isinf(best.gap) else best.gap

    def tick(_: float) -> None:
        progress(Stage("solve", elapsed_seconds=time.perf_counter() - start, gap=gap))

    return tick


def proposed(run: Run, nudge: float) -> Proposal:
    """Solve the parts, and turn their answers into a bound, sizes and a dispatch."""
    found, matrix, link = run.programme.parts, run.matrix, run.link
    answers = in_parallel(lambda part: _solve(part, run), found)
    if any(answer.status == INFEASIBLE for answer in answers):
        return Proposal(NOTHING, -np.inf, infeasible=True)
    if any(answer.status != OPTIMAL for answer in answers):
        return Proposal(NOTHING, -np.inf, stalled=True)
    y = assembled(found, [answer.duals for answer in answers], matrix.a.shape[0], columns=False)
    x = assembled(found, [answer.x for answer in answers], matrix.a.shape[1], columns=True)
    relaxed = (
        sum(float(part.matrix.cost @ answer.x) for part, answer in zip(found, answers, strict=True)) + matrix.offset
    )
    if run.programme.link_duals.size:
        y[link.rows] = run.programme.link_duals
        relaxed += float(run.programme.link_duals @ matrix.row_lower[link.rows])
    bound = lower_bound(matrix, y)
    sizes = _ready(run, x)
    if sizes is None:
        return Proposal(NOTHING, bound, duals=y)
    plan, sizes = _dispatched(run, sizes, nudge)
    if plan.status != OPTIMAL:
        return Proposal(NOTHING, bound, duals=y)
    linked = (plan.objective - relaxed) / max(abs(plan.objective), 1e-9)
    return Proposal(plan, bound, linked=linked, duals=y, sizes=sizes)


def _ready(run: Run, x: Floats) -> Floats | None:
    """Return the sizes of an answer, mended for the design days, the links and the events of the year."""
    sizes = mended(run.compiled, run.matrix, run.link, x, 0.0)
    if sizes is None or not event_steps(run.compiled).size:
        return sizes
    x = x.copy()
    x[run.link.capacity] = sizes[run.link.capacity]
    larger = ready(run.compiled, run.link, x, _price(run), steps_of(run.compiled))
    again = mended(run.compiled, run.matrix, run.link, larger, 0.0)
    return sizes if again is None else again  # a limit on several sizes may leave no room: the dispatch tells


def _dispatched(run: Run, sizes: Floats, nudge: float) -> tuple[Answer, Floats]:
    """Dispatch at sizes a nudge larger, and with a basis in hand at the sizes themselves: the cheaper plan of the two.

    Most sizes hold as they are. To find that out at first would cost those that do not two dispatches from nothing. The
    sizes to be rounded come with the answer: those themselves, where the dispatch has no basis to begin with.
    """
    nudged = mended(run.compiled, run.matrix, run.link, sizes, nudge)
    if nudged is None:
        return NOTHING, sizes
    left = max(run.seconds, 1.0)
    larger = at_sizes(run.compiled, nudged)
    plan = dispatch(larger, seconds=left, tick=run.tick, missable=balances(run.compiled), bases=run.bases)
    if plan.status == SHORT:
        plan = _grown(run, plan)
    elif plan.status == OPTIMAL and run.bases.tired:
        return plan, sizes
    elif plan.status == OPTIMAL:
        trimmed = dispatch(at_sizes(run.compiled, sizes), seconds=left, tick=run.tick, bases=run.bases)
        if trimmed.status == OPTIMAL and trimmed.objective < plan.objective:
            plan = trimmed
    return plan, plan.x


def _grown(run: Run, plan: Answer) -> Answer:
    """Dispatch with sizes grown as far as the days ask that they leave short."""
    larger = grown(run.compiled, run.link, plan.x, _price(run), steps_of(run.compiled))
    sizes = None if larger is None else mended(run.compiled, run.matrix, run.link, larger, 0.0)
    if sizes is None:
        return plan
    return dispatch(at_sizes(run.compiled, sizes), seconds=max(run.seconds, 1.0), tick=run.tick, bases=run.bases)


def _price(run: Run) -> Floats:
    """Return the cost of one more unit in each column, of a capacity with its share of what is added."""
    matrix, link = run.compiled.matrix, run.link
    return np.asarray(matrix.cost - matrix.a[link.rows].T @ link_duals(matrix, link))


def _solve(part: Part, run: Run) -> Answer:
    """Solve a part on its scaled matrix."""
    small, by_column, by_row = scaled(part.matrix)
    answer = solve(small, run.options, seconds=max(run.seconds, 1.0), tick=run.tick)
    if not answer.x.size:
        return answer
    return replace(answer, x=answer.x * by_column, duals=answer.duals * by_row)
