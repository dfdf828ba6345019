"""What whole units cost at least: fewer of them that no plan can do with are ruled out, and the bound rises.

The bound of a linear programme knows nothing of whole units. Where its sizes ask for 143.07 racks, and the rows alone
say that 143 are too few, every plan has 144: duals that pay for no part of a rack bound it much closer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .bound import lower_bound, tightened
from .cuts import Operation, mixed
from .highs import INFEASIBLE, SIMPLEX, solve
from .linear import Floats, Integers
from .matrix import Compiled, Matrix
from .mend import operating_columns

ALMOST = 1e-6  # of a unit: less above a whole number is noise
PRESOLVE = {**SIMPLEX, "simplex_iteration_limit": 0}  # what presolve leaves open is not worth a solve


@dataclass(frozen=True)
class Family:
    """Units of one kind.

    Parameters
    ----------
    added, stands : array of int
        Columns of what is added and of what stands, by phase.
    free : array of int
        Additions that are to be whole: those to a size that is not fixed.
    unit : float
        Size of one.
    existing : array
        What stands without any addition, by phase; it need not be whole.
    alive : array of bool
        Whether what is added in a phase (row) stands in another (column).
    """

    added: Integers
    stands: Integers
    free: Integers
    unit: float
    existing: Floats
    alive: NDArray[np.bool_]


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
                free = columns[lower[there] < upper[there]]
                found.append(Family(columns, there, free, float(record.unit_size), record.existing, record.alive))
    return found


def is_whole(units: Sequence[Family], x: Floats) -> bool:
    """Whether all additions that are to be whole are."""
    counts = (x[family.free] / family.unit for family in units)
    return all((np.abs(count - np.round(count)) <= ALMOST).all() for count in counts)


def bound_of_whole(compiled: Compiled, least: Floats, known: Sequence[Floats]) -> float:
    """Return a lower bound on every plan with whole units; minus infinity where no fewer units are ruled out.

    Parameters
    ----------
    compiled : Compiled
    least : array, shape (columns,)
        Lower limits of `least_units`.
    known : sequence of array, each of shape (rows,)
        Duals, of any like programme.
    """
    if not (least > compiled.matrix.lower).any():
        return -np.inf
    matrix = tightened(replace(compiled.matrix, lower=least))
    duals = mixed(Operation.of(matrix, operating_columns(compiled)), known)
    return max((lower_bound(matrix, each) for each in [*known, *([] if duals is None else [duals])]), default=-np.inf)


def least_units(matrix: Matrix, units: Sequence[Family], x: Floats) -> Floats:
    """Return lower limits of all columns, raised where the rows rule out one unit fewer than stands, rounded up.

    Parameters
    ----------
    matrix : Matrix
    units : sequence of Family
    x : array, shape (columns,)
        Sizes, whole or not.
    """
    lower = matrix.lower.copy()
    for family in units:
        whole = np.isin(family.added, family.free) | (matrix.upper[family.added] == 0)
        counted = np.logical_and.accumulate(whole)  # a fixed size of an earlier phase need not be whole
        for column, before in zip(family.stands[counted], family.existing[counted], strict=True):
            needed = np.ceil((x[column] - before) / family.unit - ALMOST)
            enough = before + needed * family.unit
            if needed < 1.0 or enough > matrix.upper[column]:
                continue
            if _ruled_out(matrix, column, enough - (1.0 - ALMOST) * family.unit):
                lower[column] = max(lower[column], enough - ALMOST * family.unit)
    return lower


def _ruled_out(matrix: Matrix, column: int, most: float) -> bool:
    """Whether the rows alone, as presolve reads them, have no answer with at most so much in a column."""
    if most < matrix.lower[column]:
        return True
    upper = matrix.upper.copy()
    upper[column] = most
    linear = replace(matrix, upper=upper, integral=np.zeros_like(matrix.integral))
    return solve(linear, PRESOLVE).status == INFEASIBLE
