"""Whole numbers that count units: taken out of a programme, and put back into its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from .linear import Floats, Integers
from .matrix import Compiled


@dataclass(frozen=True)
class Uncounted:
    """A network without the columns that count units.

    Such a column costs nothing and stands in one row only, ``column = unit x count``. Without it the row says nothing,
    and the phases fall apart where only this row joined them.

    Parameters
    ----------
    compiled : Compiled
        The same network; what is counted stays within its whole numbers' limits, but need not be whole.
    counts, columns : array of int
        The columns that were taken out, and those which they count.
    unit : array
        Size of one unit of each.
    """

    compiled: Compiled
    counts: Integers
    columns: Integers
    unit: Floats

    @classmethod
    def none(cls, compiled: Compiled) -> Uncounted:
        """Return a network as it is."""
        nothing = np.empty(0, dtype=np.int64)
        return cls(compiled, nothing, nothing, np.empty(0))

    def counted(self, x: Floats) -> Floats:
        """Return an answer with its counts."""
        found = x.copy()
        found[self.counts] = x[self.columns] / self.unit
        return found


def uncounted(compiled: Compiled) -> Uncounted:
    """Return a network without the columns that count units."""
    matrix = compiled.matrix
    by_column, by_row = matrix.a, sp.csr_array(matrix.a)
    alone = np.flatnonzero(matrix.integral & (np.diff(by_column.indptr) == 1) & (matrix.cost == 0))
    row = by_column.indices[by_column.indptr[alone]]
    pair = (np.diff(by_row.indptr)[row] == 2) & (matrix.row_lower[row] == 0) & (matrix.row_upper[row] == 0)
    alone, row = alone[pair].astype(np.int64), row[pair]
    at = by_row.indptr[row][:, None] + np.array([0, 1])
    both, factors = by_row.indices[at], by_row.data[at]
    first = both[:, 0] == alone
    other = np.where(first, both[:, 1], both[:, 0]).astype(np.int64)
    unit = -np.where(first, factors[:, 0], factors[:, 1]) / np.where(first, factors[:, 1], factors[:, 0])
    use = (unit > 0) & ~matrix.integral[other]
    alone, row, other, unit = alone[use], row[use], other[use], unit[use]
    kept = np.ones(by_row.shape[0])
    kept[row] = 0.0
    lower, upper, integral = matrix.lower.copy(), matrix.upper.copy(), matrix.integral.copy()
    lower[other] = np.maximum(lower[other], unit * np.ceil(lower[alone]))
    upper[other] = np.minimum(upper[other], unit * np.floor(upper[alone]))
    lower[alone] = upper[alone] = 0.0
    integral[alone] = False
    left = sp.csc_array(sp.diags_array(kept) @ matrix.a)
    left.eliminate_zeros()
    without = replace(matrix, a=left, lower=lower, upper=upper, integral=integral)
    return Uncounted(replace(compiled, matrix=without), alone, other, unit)
