"""The exact plan: an interior-point method on every hour, an exact dispatch at its sizes, and the bound of its duals.

An answer from inside meets the optimum to six digits or more; its sizes, dispatched by simplex, are as good, and its
duals prove it. A vertex of the whole programme (crossover) may take three times as long as the answer itself: it is
looked for only where that proof misses ``EXACT``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .bases import Bases
from .bound import lower_bound, tightened
from .certified import Proposal
from .dispatch import dispatch
from .highs import FAILED, INFEASIBLE, INTERIOR, INTERIOR_ONLY, LIMIT, OPTIMAL, Answer, solve
from .matrix import Compiled
from .mend import at_sizes, mended
from .phases import links

EXACT = 1e-6  # of the cost: a plan proven as closely as this is the optimum
CLOSE = {**INTERIOR_ONLY, "ipm_optimality_tolerance": 1e-6}
COST_NORM = 2e8  # of the costs of all columns at their limits: in such units HiPO takes fewest steps


def exact(
    compiled: Compiled, *, seconds: float, tick: Callable[[float], None] | None = None, bases: Bases | None = None
) -> Proposal:
    """Return the optimum, or the answer of HiGHS that says why there is none.

    Parameters
    ----------
    compiled : Compiled
    seconds : float
        Time limit [s].
    tick : callable or None
        Told the elapsed seconds a few times a second.
    bases : Bases or None
        Where the dispatch begins.
    """
    begun = time.perf_counter()
    inside = _in_even_costs(compiled, seconds, tick)
    if inside.status in (INFEASIBLE, LIMIT):
        return Proposal(inside, -np.inf)
    plan = Proposal(inside, -np.inf)
    if inside.status == OPTIMAL:
        left = seconds - (time.perf_counter() - begun)
        plan = _proven(compiled, inside, max(left, 1.0), tick, bases)
    if plan.gap <= EXACT:
        return plan
    left = seconds - (time.perf_counter() - begun)
    answer = solve(compiled.matrix, INTERIOR, seconds=max(left, 1.0), tick=tick)
    if answer.status != OPTIMAL and plan.answer.status == OPTIMAL:
        return plan  # its gap says how far it is proven
    return Proposal(answer, answer.objective, duals=answer.duals, sizes=answer.x)


def _in_even_costs(compiled: Compiled, seconds: float, tick: Callable[[float], None] | None) -> Answer:
    """Solve with costs of a usual size, and return the answer in those of the programme."""
    matrix = compiled.matrix
    norm = float(np.linalg.norm(matrix.cost * np.where(np.isfinite(matrix.upper), matrix.upper, 1.0)))
    unit = COST_NORM / norm if norm > 0 else 1.0
    even = replace(matrix, cost=matrix.cost * unit, offset=matrix.offset * unit)
    answer = solve(even, CLOSE, seconds=seconds, tick=tick)
    return replace(answer, objective=answer.objective / unit, duals=answer.duals / unit)


def _proven(
    compiled: Compiled, inside: Answer, seconds: float, tick: Callable[[float], None] | None, bases: Bases | None
) -> Proposal:
    """Return the dispatch at the sizes of an answer, with the bound of its duals."""
    matrix = tightened(compiled.matrix)
    bound = lower_bound(matrix, inside.duals)
    sizes = mended(compiled, matrix, links(compiled), inside.x, 0.0)
    if sizes is None:
        return Proposal(replace(inside, status=FAILED), bound)
    plan = dispatch(at_sizes(compiled, sizes), seconds=seconds, tick=tick, bases=bases)
    return Proposal(plan, bound, duals=inside.duals, sizes=plan.x)
