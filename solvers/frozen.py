"""The dispatch of a fixed design: what it cannot supply is counted."""

from __future__ import annotations

import time

import numpy as np

from gigasite.models.errors import SolverError
from gigasite.models.network import DOLLARS_PER_MODEL_UNIT
from gigasite.models.progress import Progress, Stage, silent
from gigasite.models.timeline import Timeline

from .dispatch import dispatch, elastic
from .highs import OPTIMAL
from .linear import Floats, Integers
from .matrix import Compiled
from .solution import Solution
from .verify import verify, verify_rows

SHORTAGE_USD = 10_000.0  # per MWh, H100-hour or cubic metre that a frozen design does not supply
LEAST_SHORTAGE = 1e-6


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
