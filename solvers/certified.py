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
from .grow import balances, grown
from .highs import INFEASIBLE, INTERIOR_ONLY, OPTIMAL, SIMPLEX, Answer, first_order, solve
from .linear import Floats, Integers
from .matrix import Compiled, Matrix
from .parallel import in_parallel
from .phases import Links, Part, assembled, link_duals, links, parts, scaled, split
from .rings import by_ring
from .steps import steps_of

TOLERANCES = (3e-4, 1e-4, 2e-5)
NUDGE = 5e-4  # what a first-order answer misses of the sizes it needs
STEPS = 20_000  # of a first-order run: four times what a plan of a year takes; no clock, which other work would slow
TINY = 1e-5  # of the largest size allowed: less is noise of the first-order method


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
    that the first-order method did not converge, as it does where no plan exists.
    """

    answer: Answer
    bound: float
    infeasible: bool = False
    linked: float = 0.0
    stalled: bool = False
    duals: Floats = field(default_factory=lambda: np.empty(0))

    @property
    def gap(self) -> float:
        """Certified gap: how far the plan's cost can lie above the optimum, relative to the plan's cost."""
        if self.answer.status != OPTIMAL:
            return float("inf")
        return max(0.0, (self.answer.objective - self.bound) / max(abs(self.answer.objective), 1e-9))


def better(one: Proposal, other: Proposal) -> Proposal:
    """Return the cheaper plan with the closer bound of two."""
    cheaper = other if other.answer.objective < one.answer.objective else one
    closer = other if other.bound > one.bound else one
    return replace(
        cheaper, bound=closer.bound, duals=closer.duals, linked=other.linked, stalled=one.stalled or other.stalled
    )


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
    bases: Bases | None = None


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
        run = Run(compiled, matrix, link, programmes[joint], options, left, _ticking(progress, start, best), bases)
        found = proposed(run, NUDGE / (1 + number))
        if found.infeasible:
            return found
        if found.stalled and not best.stalled and stalled is not None:
            stalled()
        best = better(best, found)
        known += [duals for duals in (found.duals, found.answer.duals) if duals.size]
        if best.gap > gap and best.answer.status == OPTIMAL:
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
    sizes = mended(run.compiled, matrix, link, x, nudge)
    if sizes is None:
        return Proposal(NOTHING, bound, duals=y)
    columns = np.concatenate([link.added, link.capacity, np.flatnonzero(matrix.integral)])
    left = max(run.seconds, 1.0)
    at_sizes = run.compiled.matrix.fixed(columns, sizes[columns])
    plan = dispatch(at_sizes, seconds=left, tick=run.tick, missable=balances(run.compiled), bases=run.bases)
    if plan.status == SHORT:
        plan = _grown(run, plan, columns)
    if plan.status != OPTIMAL:
        return Proposal(NOTHING, bound, duals=y)
    return Proposal(plan, bound, linked=(plan.objective - relaxed) / max(abs(plan.objective), 1e-9), duals=y)


def _grown(run: Run, plan: Answer, columns: Integers) -> Answer:
    """Dispatch with sizes grown as far as the days ask that they leave short."""
    matrix, link = run.compiled.matrix, run.link
    price = matrix.cost - matrix.a[link.rows].T @ link_duals(matrix, link)
    larger = grown(run.compiled, link, plan.x, price, steps_of(run.compiled))
    sizes = None if larger is None else mended(run.compiled, run.matrix, link, larger, 0.0)
    if sizes is None:
        return plan
    at_sizes = matrix.fixed(columns, sizes[columns])
    return dispatch(at_sizes, seconds=max(run.seconds, 1.0), tick=run.tick, bases=run.bases)


def _solve(part: Part, run: Run) -> Answer:
    """Solve a part on its scaled matrix."""
    small, by_column, by_row = scaled(part.matrix)
    answer = solve(small, run.options, seconds=max(run.seconds, 1.0), tick=run.tick)
    if not answer.x.size:
        return answer
    return replace(answer, x=answer.x * by_column, duals=answer.duals * by_row)


def mended(
    compiled: Compiled,
    matrix: Matrix,
    link: Links,
    x: Floats,
    nudge: float,
    *,
    lower: Floats | None = None,
    upper: Floats | None = None,
) -> Floats | None:
    """Return sizes near those of ``x`` that meet the design days and the links; None where there are none.

    The least-cost sizes that are not below the proposal, over the columns that no operating hour touches. ``lower`` and
    ``upper`` take the place of the column limits, for sizes that are to be whole.
    """
    most = matrix.upper[link.capacity]
    # The implied limits are a hair too wide: stay inside, and take a limit of almost nothing as nothing.
    reachable = np.where(most > 1e-4, most * (1 - 1e-6), 0.0)
    proposed = np.where(x[link.capacity] > TINY * most, x[link.capacity] * (1 + nudge), 0.0)
    lower = (compiled.matrix.lower if lower is None else lower).copy()
    upper = compiled.matrix.upper if upper is None else upper
    lower[link.capacity] = np.maximum(
        lower[link.capacity], np.minimum(np.minimum(proposed, reachable), upper[link.capacity])
    )
    columns = np.setdiff1d(np.arange(matrix.a.shape[1]), operating_columns(compiled))
    outside = np.ones(matrix.a.shape[1], dtype=bool)
    outside[columns] = False
    rows = np.flatnonzero(np.diff(matrix.a.tocsr()[:, outside].indptr) == 0)
    chosen = replace(compiled.matrix, lower=lower, upper=upper)
    pieces = split(chosen, rows, columns, smallest=0)
    # Sharper than the dispatch that must live with these sizes.
    sharp = {**SIMPLEX, "primal_feasibility_tolerance": 1e-10}
    answers = [_sized(piece.matrix, sharp) for piece in pieces]
    if any(answer.status != OPTIMAL for answer in answers):
        return None
    found = assembled(pieces, [answer.x for answer in answers], matrix.a.shape[1], columns=True)
    # An answer may lie a hair outside its limits; a capacity of minus 1e-12 MW would leave no dispatch.
    return np.clip(found, compiled.matrix.lower, upper)


def _sized(matrix: Matrix, options: dict[str, Any]) -> Answer:
    """Solve a programme over sizes; whole numbers are found first, and the rest to the same digits as without."""
    whole = np.flatnonzero(matrix.integral)
    if not whole.size:
        return solve(matrix, options)
    answer = solve(matrix, {})
    if answer.status != OPTIMAL:
        return answer
    held = matrix.fixed(whole, np.round(answer.x[whole]))
    return solve(replace(held, integral=np.zeros_like(matrix.integral)), options)


def operating_columns(compiled: Compiled) -> Integers:
    """Return the columns of operating steps, and those of yearly amounts that depend on them."""
    timeline, columns = compiled.network.time.timeline, compiled.columns
    sizes = {id(v) for t in compiled.network.terms.values() for r in t.capacities for v in (r.added, r.capacity)}
    operating, yearly = np.zeros(columns.count, dtype=bool), np.zeros(columns.count, dtype=bool)
    for variable in columns.variables:
        here = columns.slice(variable)
        if len(variable) == timeline.size:
            operating[here] = timeline.operating
        elif id(variable) not in sizes:
            yearly[here] = True
    pattern = abs(compiled.matrix.a)
    while True:
        rows = pattern @ operating.astype(float) > 0
        reached = yearly & ~operating & (pattern.T @ rows.astype(float) > 0)
        if not reached.any():
            return np.flatnonzero(operating)
        operating |= reached
