"""Run HiGHS on a matrix: loaded in one call, on a thread of its own, so that Ctrl-C and progress go on working."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from gigasite.models.errors import SolverError

from .journal import logged
from .linear import Floats
from .matrix import Matrix
from .parallel import check_stop
from .threads import stated

OPTIMAL, INFEASIBLE, LIMIT, FAILED = "optimal", "infeasible", "limit", "failed"
SIMPLEX = {"solver": "simplex", "parallel": "off"}
INTERIOR = {"solver": "hipo", "run_crossover": "on"}
INTERIOR_ONLY = {"solver": "hipo", "run_crossover": "off"}
POLL_SECONDS = 0.25

_STATUS = {
    highspy.HighsModelStatus.kOptimal: OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: INFEASIBLE,
    highspy.HighsModelStatus.kUnboundedOrInfeasible: INFEASIBLE,
    highspy.HighsModelStatus.kTimeLimit: LIMIT,
    highspy.HighsModelStatus.kIterationLimit: LIMIT,
    highspy.HighsModelStatus.kInterrupt: LIMIT,
}


@dataclass(frozen=True)
class Answer:
    """What HiGHS returned.

    Parameters
    ----------
    status : str
        ``optimal``, ``infeasible``, ``limit`` or ``failed``.
    objective : float
        In the units of the matrix.
    x : array, shape (columns,)
    duals : array, shape (rows,)
        Change of the objective per unit of each row's limits.
    seconds : float
    gap : float
        Relative gap of branch and bound; zero for a linear programme.
    basis : HighsBasis or None
        Where simplex ended; a like programme may start from it.
    """

    status: str
    objective: float
    x: Floats
    duals: Floats
    seconds: float
    gap: float = 0.0
    basis: highspy.HighsBasis | None = None


def first_order(tolerance: float, steps: int) -> dict[str, Any]:
    """Return the options of the first-order method at a relative tolerance, with a limit on its steps."""
    return {
        "solver": "hipdlp",
        "run_crossover": "off",
        "kkt_tolerance": tolerance,
        "pdlp_optimality_tolerance": tolerance,
        "pdlp_iteration_limit": steps,
    }


def load(matrix: Matrix) -> highspy.Highs:
    """Hand the whole matrix to a new HiGHS in one call."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.a.shape
    lp.col_cost_, lp.offset_ = matrix.cost, matrix.offset
    lp.col_lower_, lp.col_upper_ = matrix.lower, matrix.upper
    lp.row_lower_, lp.row_upper_ = matrix.row_lower, matrix.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.a.indptr, matrix.a.indices, matrix.a.data
    if matrix.integral.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(each)] for each in matrix.integral]
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    if highs.passModel(lp) == highspy.HighsStatus.kError:
        raise SolverError("HiGHS refused the model. This is a fault of gigasite: please report it with the site file.")
    return highs


def solve(
    matrix: Matrix,
    options: dict[str, Any],
    *,
    seconds: float = 3600.0,
    tick: Callable[[float], None] | None = None,
    basis: highspy.HighsBasis | None = None,
    patience: float = np.inf,
) -> Answer:
    """Solve a matrix and return HiGHS' answer, unverified.

    Parameters
    ----------
    matrix : Matrix
    options : dict
        HiGHS options.
    seconds : float
        Time limit [s].
    tick : callable or None
        Told the elapsed seconds a few times a second.
    basis : HighsBasis or None
        Where simplex begins.
    patience : float
        Limit on the seconds of the processor, which other work on the machine does not shorten [s]; simplex only.
    """
    check_stop()
    highs = load(matrix)
    for key, value in {**options, "time_limit": float(seconds), "threads": stated() or 0}.items():
        if highs.setOptionValue(key, value) == highspy.HighsStatus.kError:
            raise SolverError(
                f"HiGHS has no option {key!r} with the value {value!r}. Install highspy[extras] 1.15 or later."
            )
    if basis is not None and highs.setBasis(basis) == highspy.HighsStatus.kError:
        raise SolverError("HiGHS refused a basis. This is a fault of gigasite: please report it with the site file.")
    start = time.perf_counter()
    rows, columns = matrix.a.shape
    with logged(highs, f"{columns:,} columns, {rows:,} rows, {options}"):
        _run(highs, start, tick, patience)
    elapsed = time.perf_counter() - start
    status = _STATUS.get(highs.getModelStatus(), FAILED)
    solution, info = highs.getSolution(), highs.getInfo()
    return Answer(
        status=status,
        objective=float(info.objective_function_value),
        x=np.asarray(solution.col_value, dtype=float),
        duals=np.asarray(solution.row_dual, dtype=float),
        seconds=elapsed,
        gap=float(info.mip_gap) if matrix.integral.any() else 0.0,
        basis=highs.getBasis() if options.get("solver") == "simplex" else None,
    )


def _run(highs: highspy.Highs, start: float, tick: Callable[[float], None] | None, patience: float) -> None:
    """Run HiGHS on a daemon thread; an interrupt leaves it behind, and it dies with the program.

    Only simplex looks at callbacks and at a new time limit while it runs: it is told to end, the others may take until
    the end of their presolve or factorisation, so nobody waits for them.
    """
    clock: list[int] = []

    def work() -> None:
        if hasattr(time, "pthread_getcpuclockid"):  # asked here: of a thread that has ended nobody may ask
            clock.append(time.pthread_getcpuclockid(threading.get_ident()))
        highs.run()

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        while True:
            worker.join(POLL_SECONDS)
            check_stop()
            elapsed = time.perf_counter() - start
            if tick is not None:
                tick(elapsed)
            if not worker.is_alive():
                return
            if np.isfinite(patience) and _used(clock, elapsed) > patience:
                highs.setOptionValue("time_limit", 0.0)
    except BaseException:
        highs.setOptionValue("time_limit", 0.0)
        raise


def _used(clock: list[int], elapsed: float) -> float:
    """Return the seconds of the processor on a thread's clock; those elapsed where the system has no such clock."""
    try:
        return time.clock_gettime(clock[0]) if clock else elapsed
    except OSError:  # the thread has ended
        return 0.0
