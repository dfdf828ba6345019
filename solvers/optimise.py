"""From a compiled network to a verified solution: the door of this folder."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

import numpy as np
import scipy.sparse as sp

from gigasite.models.errors import InfeasibleError, SolverError
from gigasite.models.network import DOLLARS_PER_MODEL_UNIT
from gigasite.models.progress import Progress, Stage, silent
from gigasite.models.timeline import Timeline

from .certified import certified
from .commit import committed
from .counts import Uncounted, uncounted
from .dispatch import dispatch, elastic
from .explain import explain, of_days, of_limits, of_year
from .highs import INFEASIBLE, INTERIOR, INTERIOR_ONLY, LIMIT, OPTIMAL, Answer, solve
from .linear import Floats, Integers
from .matrix import Compiled, Matrix
from .phases import links
from .rounding import families, rounded
from .steps import steps_of
from .verify import verify, verify_optimal, verify_rows

WORK_KEPT = 0.995  # of the most compute; the rest is left to the cost
SHORTAGE_USD = 10_000.0  # per MWh, H100-hour or cubic metre that a frozen design does not supply
LEAST_SHORTAGE = 1e-6
BOUND_ABOVE = 1e-6  # of the cost: rounding, by which a bound may lie above its plan
BRANCHED = 100_000  # entries of a matrix with whole units up to which branch and bound closes the gap in seconds
TO_FINISH = 0.2  # of the time limit: kept for rounding and whole units
WHOLE_GAP = 2.0  # times the gap asked for: the bound knows nothing of whole units


@dataclass(frozen=True)
class Solution:
    """A verified solution.

    Parameters
    ----------
    x : array, shape (columns,)
    duals : array, shape (rows,)
        Of the dispatch, in 1,000 USD of present value per unit.
    sizing_usd, dispatch_usd, bound_usd : float
        Cost of the certified plan, of the plan that is reported (sizes rounded), and the bound below the optimum.
    gap : float
        Certified gap of the reported plan [1].
    method : str
        ``certified``, ``exact``, ``branch and bound`` or ``frozen design``.
    shortage : mapping
        Bus and what it was not supplied over all phases, for a frozen design.
    seconds : mapping
        ``solve`` and ``check``.
    sizing_duals : array, shape (rows,)
        Of the sizing, in the same units: what one more unit in a row is worth when sizes may change, on design days
        too. Empty where sizes were not chosen or come in whole units.
    checks : mapping
        What `gigasite.solvers.verify.Checks` says of the dispatch: residuals, complementarity and the gap of its own
        duals. Empty for a frozen design.
    warnings : tuple of str
        Where rounding to whole racks and units misses the gap, and by how much.
    """

    x: Floats
    duals: Floats
    sizing_usd: float
    dispatch_usd: float
    bound_usd: float
    gap: float
    method: str
    shortage: Mapping[str, Floats] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    sizing_duals: Floats = field(default_factory=lambda: np.empty(0))
    checks: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def optimise(
    compiled: Compiled,
    *,
    method: str = "certified",
    most_compute: bool = False,
    gap: float = 0.005,
    seconds: float = 3600.0,
    whole_racks: bool = True,
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

    Raises
    ------
    InfeasibleError
        If no plan meets every requirement.
    SolverError
        If the solver fails, stops at a limit, or its answer does not pass the checks.
    """
    start = time.perf_counter()
    progress(Stage("solve", elapsed_seconds=0.0))
    _refuse(of_days(compiled) or of_limits(compiled))
    if most_compute:
        compiled = _with_work(compiled, seconds, progress)
    whole = bool(compiled.matrix.integral.any())
    branched = whole and (method == "exact" or compiled.matrix.a.nnz <= BRANCHED)
    simple = Uncounted.none(compiled) if branched else uncounted(compiled)
    answer, bound, name, sizing_duals = _sized(simple.compiled, method, gap, seconds, progress, branched=branched)
    sizing = answer.objective
    warnings: tuple[str, ...] = ()
    if not branched:
        units = families(simple.compiled, None if whole_racks else simple.columns)
        asked = gap * (WHOLE_GAP if whole else 1.0)

        def left() -> float:
            """Return the time that is left, but enough to finish a plan that is sized already."""
            return max(seconds - (time.perf_counter() - start), TO_FINISH * seconds)

        answer, warnings = rounded(
            simple.compiled, answer, units=units, bound=bound, gap=asked, seconds=left(), progress=progress
        )
        if simple.counts.size:
            answer, more = _by_the_hour(compiled, simple, answer, bound, asked, left())
            warnings += more
    solved = time.perf_counter()
    progress(Stage("check", elapsed_seconds=solved - start))
    verify(compiled, answer.x)
    checks = verify_optimal(_at_its_sizes(compiled, answer.x), answer.x, answer.duals)
    final = answer.objective
    if bound > final + BOUND_ABOVE * abs(final):
        raise SolverError(
            f"the bound {bound * DOLLARS_PER_MODEL_UNIT:,.0f} USD lies above the plan. Nothing was written."
        )
    return Solution(
        x=answer.x,
        duals=answer.duals[: compiled.matrix.a.shape[0]],
        sizing_usd=sizing * DOLLARS_PER_MODEL_UNIT,
        dispatch_usd=final * DOLLARS_PER_MODEL_UNIT,
        bound_usd=bound * DOLLARS_PER_MODEL_UNIT,
        gap=max(0.0, (final - bound) / max(abs(final), 1e-9)),
        method=name,
        seconds={"solve": solved - start, "check": time.perf_counter() - solved},
        sizing_duals=sizing_duals[: compiled.matrix.a.shape[0]],
        checks=asdict(checks),
        warnings=warnings,
    )


def _by_the_hour(
    compiled: Compiled, simple: Uncounted, answer: Answer, bound: float, gap: float, seconds: float
) -> tuple[Answer, tuple[str, ...]]:
    """Return the answer with the counts of its units, whole at every hour where that is asked for."""
    counted = replace(answer, x=simple.counted(answer.x))
    if not (steps_of(compiled)[simple.counts] >= 0).any():
        return counted, ()
    target = bound / (1.0 - gap) if bound > 0 else bound * (1.0 - gap)
    found = committed(compiled, counted, target=target, gap=gap / 10.0, seconds=seconds)
    if found.status != OPTIMAL:
        raise SolverError(
            "no dispatch with whole units at every hour was found at the sizes of the plan. Use the method 'exact',"
            " or whole: false with part_load."
        )
    reached = (found.objective - bound) / max(abs(found.objective), 1e-9)
    if reached <= gap:
        return found, ()
    return found, (
        f"with whole units at every hour the plan is certified within {reached:.2%}, {reached - gap:.2%} more than"
        " asked for: the bound knows nothing of whole units.",
    )


def _sized(
    compiled: Compiled, method: str, gap: float, seconds: float, progress: Progress, *, branched: bool
) -> tuple[Answer, float, str, Floats]:
    """Return the sizes with their dispatch, a bound, the name of the method, and the duals of the sizing."""
    if branched:
        return (*_branched(compiled, gap, seconds), "branch and bound", np.empty(0))
    if method == "exact":
        answer = _solved(compiled, solve(compiled.matrix, INTERIOR, seconds=seconds, tick=_tick(progress)))
        return answer, answer.objective, "exact", answer.duals
    # What does not converge may have no plan: limits that each can be met may be short together.
    found = certified(compiled, gap=gap, seconds=seconds, progress=progress, stalled=lambda: _refuse(of_year(compiled)))
    if found.infeasible:
        raise explain(compiled)
    return found.answer, found.bound, "certified", found.duals


def _at_its_sizes(compiled: Compiled, x: Floats) -> Matrix:
    """Return the programme of the dispatch: sizes and whole numbers are fixed."""
    link = links(compiled)
    columns = np.concatenate([link.added, link.capacity, np.flatnonzero(compiled.matrix.integral)])
    return compiled.matrix.fixed(columns, x[columns])


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
    link = links(compiled)
    whole = np.flatnonzero(compiled.matrix.integral)
    x = answer.x.copy()
    x[whole] = np.round(x[whole])
    columns = np.concatenate([link.added, link.capacity, whole])
    return _solved(compiled, dispatch(compiled.matrix.fixed(columns, x[columns]), seconds=seconds))


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


def evaluate(compiled: Compiled, *, seconds: float = 3600.0, progress: Progress = silent) -> Solution:
    """Return the dispatch of a design whose sizes are all fixed; what it cannot supply is counted, not refused.

    Raises
    ------
    SolverError
        If the solver fails or stops at a limit.
    """
    start = time.perf_counter()
    progress(Stage("solve", elapsed_seconds=0.0))
    matrix = compiled.matrix
    balances = [name for name in matrix.rows if name.startswith(("balance.", "metered."))]
    rows = np.concatenate([np.arange(matrix.rows[n].start, matrix.rows[n].stop) for n in balances])
    weights = _row_hours(compiled, balances)
    loose = elastic(matrix, rows, SHORTAGE_USD / DOLLARS_PER_MODEL_UNIT * weights)
    answer = dispatch(loose, seconds=seconds)
    if answer.status != OPTIMAL:
        raise SolverError(
            f"the dispatch of the fixed design ended as {answer.status!r}. Check that every size is fixed."
        )
    verify_rows(loose, answer.x)
    count, width = len(rows), matrix.a.shape[1]
    missed = answer.x[width : width + count] + answer.x[width + count :]
    shortage = _by_phase(compiled, balances, rows, missed * (weights > 0))
    plan = float(matrix.cost @ answer.x[:width] + matrix.offset)
    spent = time.perf_counter() - start
    if not any(values.max() > LEAST_SHORTAGE for values in shortage.values()):
        verify(compiled, answer.x[:width])
    return Solution(
        x=answer.x[:width], duals=answer.duals, sizing_usd=plan * DOLLARS_PER_MODEL_UNIT,
        dispatch_usd=plan * DOLLARS_PER_MODEL_UNIT, bound_usd=plan * DOLLARS_PER_MODEL_UNIT, gap=0.0,
        method="frozen design", shortage={k: v for k, v in shortage.items() if v.max() > LEAST_SHORTAGE},
        seconds={"solve": spent, "check": time.perf_counter() - start - spent},
    )  # fmt: skip


def _row_hours(compiled: Compiled, names: list[str]) -> Floats:
    """Present-value hours that each row stands for; an hour on design days, years for rows of phases and outcomes."""
    timeline = compiled.network.time.timeline
    worth = np.array([phase.present_value_years for phase in timeline.phases])
    by_step = worth[timeline.phase_number] * np.where(timeline.operating, timeline.hours * timeline.weight, 1.0)
    found = []
    for name in names:
        where = compiled.matrix.rows[name]
        count = where.stop - where.start
        found.append(by_step if count == timeline.size else worth[_phases(timeline, count)])
    return np.concatenate(found)


def _by_phase(compiled: Compiled, names: list[str], rows: Integers, missed: Floats) -> dict[str, Floats]:
    """Add up what was missed in each phase: over the year for step buses, on the worst design hour apart."""
    timeline = compiled.network.time.timeline
    yearly = timeline.hours * timeline.weight
    found: dict[str, Floats] = {}
    first = 0
    for name in names:
        where = compiled.matrix.rows[name]
        count = where.stop - where.start
        here = missed[first : first + count]
        if count == timeline.size:
            sums = np.bincount(timeline.phase_number, here * yearly, minlength=len(timeline.phases))
            found[name] = np.asarray(sums, dtype=float)
            worst = np.zeros(len(timeline.phases))
            design = ~timeline.operating
            np.maximum.at(worst, timeline.phase_number[design], here[design])
            found[f"{name} on design days"] = worst
        else:
            sums = np.bincount(_phases(timeline, count), here, minlength=len(timeline.phases))
            found[name] = np.asarray(sums, dtype=float)
        first += count
    return found


def _phases(timeline: Timeline, count: int) -> Integers:
    """Return the phase of each row of a constraint over the phases, or over their outcomes."""
    every = np.array([ring.phase for ring in timeline.rings])
    return every if count == len(every) else np.arange(len(timeline.phases))
