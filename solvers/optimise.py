"""From a compiled network to a verified solution: the door of this folder."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
import scipy.sparse as sp

from gigasite.models.errors import InfeasibleError, SolverError
from gigasite.models.network import DOLLARS_PER_MODEL_UNIT
from gigasite.models.progress import Progress, Stage, silent

from .bases import Bases
from .certified import certified, relative_gap
from .commit import committed
from .counts import Uncounted, uncounted
from .dispatch import dispatch
from .exact import exact
from .explain import explain, of_days, of_limits, of_year
from .highs import INFEASIBLE, INTERIOR_ONLY, LIMIT, OPTIMAL, Answer, solve
from .linear import Floats
from .matrix import Compiled
from .mend import at_sizes
from .rounding import rounded
from .solution import Solution
from .steps import steps_of
from .verify import verify, verify_optimal
from .warm import Memory, Start, warmed
from .whole import Family, families

WORK_KEPT = 0.995  # of the most compute; the rest is left to the cost
BOUND_ABOVE = 1e-6  # of the cost: rounding, by which a bound may lie above its plan
BRANCHED = 100_000  # entries of a matrix with whole units up to which branch and bound closes the gap in seconds
TO_FINISH = 0.2  # of the time limit: what every step after the first has at least
WHOLE_GAP = 2.0  # times the gap asked for: the bound knows little of whole units


def optimise(
    compiled: Compiled,
    *,
    method: str = "certified",
    most_compute: bool = False,
    gap: float = 0.005,
    seconds: float = 3600.0,
    whole_racks: bool = True,
    memory: Memory | None = None,
    progress: Progress = silent,
) -> Solution:
    """Return the verified least-cost plan, or the one with most compute.

    Parameters
    ----------
    method : {"certified", "exact"}
        Plans with whole units take branch and bound if they are small, or if the method is exact.
    most_compute : bool
        First maximise the work done, then minimise the cost of doing 99.5 % of it.
    gap : float
        Gap to certify, or to close by branch and bound [1]; twice that where whole units are asked for, whose part
        of the gap no bound of a linear programme sees. A plan that misses it says by how much, in ``warnings``.
    whole_racks : bool
        Round sizes up to whole racks and units, and dispatch again.
    memory : Memory or None
        Of plans made before. Where one differs only in numbers its sizes are kept, if they are certified almost as
        closely as there (`gigasite.solvers.warm`); sizes chosen anew are remembered. Only for certified plans.

    Raises
    ------
    InfeasibleError
        If no plan meets every requirement.
    SolverError
        If the solver fails, stops at a limit, or its answer does not pass the checks.
    """
    begun = time.perf_counter()

    def left() -> float:
        """Return the time that is left, but enough for a step that others have used up the time of."""
        return max(seconds - (time.perf_counter() - begun), TO_FINISH * seconds)

    progress(Stage("solve", elapsed_seconds=0.0))
    if most_compute:
        _refuse(of_days(compiled) or of_limits(compiled))
        compiled = _with_work(compiled, seconds, progress)
    whole = bool(compiled.matrix.integral.any())
    branched = whole and (method == "exact" or compiled.matrix.a.nnz <= BRANCHED)
    simple = Uncounted.none(compiled) if branched else uncounted(compiled)
    certifying = not (branched or most_compute or method == "exact")
    start = memory.fitting(simple.compiled) if memory is not None and certifying else None
    bases = Bases() if start is None else start.bases
    units = [] if branched else families(simple.compiled, None if whole_racks else simple.columns)
    sized = None if start is None else _kept(simple.compiled, start, units, gap, seconds, progress)
    kept = sized is not None
    if sized is None:
        if not most_compute:
            _refuse(of_days(compiled) or of_limits(compiled))
        sized = _sized(simple.compiled, method, gap, left(), progress, bases, branched=branched)
    answer, bound = sized.answer, sized.bound
    warnings: tuple[str, ...] = ()
    left_behind: Start | None = None
    if not branched:
        asked = gap * (WHOLE_GAP if whole else 1.0)
        known = [each for each in (sized.duals, answer.duals) if each.size]
        whole_plan = rounded(
            simple.compiled, answer, sizes=sized.sizes, units=units, bound=bound, gap=asked, seconds=left(),
            known=known, progress=progress, bases=bases,
        )  # fmt: skip
        answer, bound, warnings = whole_plan.answer, whole_plan.bound, whole_plan.warnings
        if memory is not None and certifying and not kept:
            duals = tuple(each for each in (sized.duals, answer.duals) if each.size)
            reached = relative_gap(answer.objective, bound)
            left_behind = Start(simple.compiled.matrix.rows, answer.x, duals, bases, reached, asked, memory.name)
        if simple.counts.size:
            answer, more = _by_the_hour(compiled, simple, answer, bound, asked, left(), bases)
            warnings += more
    solved = time.perf_counter()
    progress(Stage("check", elapsed_seconds=solved - begun))
    verify(compiled, answer.x)
    checks = verify_optimal(at_sizes(compiled, answer.x), answer.x, answer.duals)
    final = answer.objective
    if bound > final + BOUND_ABOVE * abs(final):
        raise SolverError(
            f"the bound {bound * DOLLARS_PER_MODEL_UNIT:,.0f} USD lies above the plan. Nothing was written."
        )
    if memory is not None and left_behind is not None:  # not before: what fails a check is no plan to start from
        memory.start = left_behind
    return Solution(
        x=answer.x,
        duals=answer.duals[: compiled.matrix.a.shape[0]],
        sizing_usd=sized.answer.objective * DOLLARS_PER_MODEL_UNIT,
        dispatch_usd=final * DOLLARS_PER_MODEL_UNIT,
        bound_usd=bound * DOLLARS_PER_MODEL_UNIT,
        gap=relative_gap(final, bound),
        method=sized.method,
        seconds={"solve": solved - begun, "check": time.perf_counter() - solved},
        sizing_duals=sized.duals[: compiled.matrix.a.shape[0]],
        checks=asdict(checks),
        warnings=warnings,
        sizes_from=start.name if start is not None and kept else "",
    )


def _by_the_hour(
    compiled: Compiled, simple: Uncounted, answer: Answer, bound: float, gap: float, seconds: float, bases: Bases
) -> tuple[Answer, tuple[str, ...]]:
    """Return the answer with the counts of its units, whole at every hour where that is asked for."""
    counted = replace(answer, x=simple.counted(answer.x))
    if not (steps_of(compiled)[simple.counts] >= 0).any():
        return counted, ()
    target = bound / (1.0 - gap) if bound > 0 else bound * (1.0 - gap)
    found = committed(compiled, counted, target=target, gap=gap / 10.0, seconds=seconds, bases=bases)
    if found.status != OPTIMAL:
        raise SolverError(
            "no dispatch with whole units at every hour was found at the sizes of the plan. Use the method 'exact',"
            " or whole: false with part_load."
        )
    reached = relative_gap(found.objective, bound)
    if reached <= gap:
        return found, ()
    return found, (
        f"with whole units at every hour the plan is certified within {reached:.2%}, {reached - gap:.2%} more than"
        " asked for: the bound knows little of whole units.",
    )


@dataclass(frozen=True)
class _Sized:
    """Sizes with their dispatch, a bound, the name of the method, and the duals of the sizing."""

    answer: Answer
    bound: float
    method: str
    duals: Floats
    sizes: Floats


def _sized(
    compiled: Compiled, method: str, gap: float, seconds: float, progress: Progress, bases: Bases, *, branched: bool
) -> _Sized:
    """Choose the sizes."""
    if branched:
        answer, bound = _branched(compiled, gap, seconds)
        return _Sized(answer, bound, "branch and bound", np.empty(0), answer.x)
    if method == "exact":
        best = exact(compiled, seconds=seconds, tick=_tick(progress), bases=bases)
        return _Sized(_solved(compiled, best.answer), best.bound, "exact", best.duals, best.sizes)

    def stalled() -> None:
        """Refuse what does not converge where it has no plan: limits that each can be met may be short together."""
        _refuse(of_year(compiled))

    found = certified(compiled, gap=gap, seconds=seconds, progress=progress, stalled=stalled, bases=bases)
    if found.infeasible:
        raise explain(compiled)
    return _Sized(found.answer, found.bound, "certified", found.duals, found.sizes)


def _kept(
    compiled: Compiled, start: Start, units: Sequence[Family], gap: float, seconds: float, progress: Progress
) -> _Sized | None:
    """Keep the sizes of another plan, if they are close enough."""
    found = warmed(compiled, start, units=units, gap=gap, seconds=seconds, tick=_tick(progress))
    return None if found is None else _Sized(found.answer, found.bound, "certified", found.duals, found.sizes)


def _refuse(error: InfeasibleError | None) -> None:
    if error is not None:
        raise error


def _reached(answer: Answer) -> str:
    """Say how far a solver came that stopped at its limit; only branch and bound has a gap on the way."""
    known = 0 < answer.gap < np.inf
    return f"within {answer.gap:.2%} of the optimum" if known else "with no plan that a bound certifies"


def _tick(progress: Progress):  # type: ignore[no-untyped-def]
    return lambda elapsed: progress(Stage("solve", elapsed_seconds=elapsed))


def _solved(compiled: Compiled, answer: Answer) -> Answer:
    """Return an answer that is optimal; say why where it is not."""
    if answer.status == INFEASIBLE:
        raise explain(compiled)
    if answer.status == LIMIT:
        raise SolverError(
            f"HiGHS stopped at its limit after {answer.seconds:,.0f} s, {_reached(answer)}."
            " Allow more time, or a larger gap."
        )
    if answer.status != OPTIMAL:
        raise SolverError("HiGHS failed on the plan. Try the other method (certified or exact).")
    return answer


def _branched(compiled: Compiled, gap: float, seconds: float) -> tuple[Answer, float]:
    """Solve with whole units, then dispatch at their sizes exactly."""
    answer = _solved(compiled, solve(compiled.matrix, {"solver": "choose", "mip_rel_gap": gap}, seconds=seconds))
    bound = answer.objective - answer.gap * abs(answer.objective)
    return _at_sizes(compiled, answer, seconds), bound


def _at_sizes(compiled: Compiled, answer: Answer, seconds: float) -> Answer:
    whole = np.flatnonzero(compiled.matrix.integral)
    x = answer.x.copy()
    x[whole] = np.round(x[whole])
    return _solved(compiled, dispatch(at_sizes(compiled, x), seconds=seconds))


def _with_work(compiled: Compiled, seconds: float, progress: Progress) -> Compiled:
    """Maximise the work of all phases, then demand nearly as much of it in each."""
    rows, constants = work_rows(compiled)
    worth = [phase.present_value_years for phase in compiled.network.time.timeline.phases]
    scale = max(float(abs(rows).max()), 1e-12)
    most = replace(compiled.matrix, cost=-np.asarray(worth @ rows).reshape(-1) / scale, offset=0.0)
    answer = _solved(compiled, solve(most, INTERIOR_ONLY, seconds=seconds, tick=_tick(progress)))
    reached = WORK_KEPT * (rows @ answer.x + constants) - constants
    count = rows.shape[0]
    first = compiled.matrix.a.shape[0]
    matrix = replace(
        compiled.matrix,
        a=sp.csc_array(sp.vstack([compiled.matrix.a, rows / scale])),
        row_lower=np.concatenate([compiled.matrix.row_lower, reached / scale]),
        row_upper=np.concatenate([compiled.matrix.row_upper, np.full(count, np.inf)]),
        rows={**compiled.matrix.rows, "most_compute": slice(first, first + count)},
    )
    return replace(compiled, matrix=matrix)


def work_rows(compiled: Compiled) -> tuple[sp.csr_array, Floats]:
    """Return the yearly work of each phase as a linear form of the columns."""
    flows = compiled.network.flows("work")
    if not flows:
        raise SolverError("nothing on the site works: most compute needs accelerators")
    return compiled.yearly_rows(list(flows.values()))
