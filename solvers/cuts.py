"""The closest bound that several sets of duals prove together.

Duals of the rows that operating hours touch say of any sizes what operation costs at least: a cut, linear in the sizes.
A small programme over the sizes, in which operation costs no less than any cut says, has multipliers for the cuts and
duals for its own rows. The duals mixed by these multipliers are put to the whole programme, where weak duality makes a
bound of them: it is rigorous however well the small programme was solved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from .bound import lower_bound, signed
from .highs import OPTIMAL, SIMPLEX, solve
from .linear import Floats, Integers
from .matrix import Matrix
from .phases import Part, split


@dataclass(frozen=True)
class Operation:
    """A programme told apart: what hours touch, in parts that share nothing but sizes, and the rest.

    Parameters
    ----------
    matrix : Matrix
        With finite column limits.
    blocks : list of Part
    columns, rows : array of int
        Columns of what is sized, and the rows between them.
    sizes : list of sparse array
        For each block, the entries of its rows in these columns.
    """

    matrix: Matrix
    blocks: list[Part]
    columns: Integers
    rows: Integers
    sizes: list[sp.csr_array]

    @classmethod
    def of(cls, matrix: Matrix, operating: Integers) -> Operation:
        """Tell a programme apart, given the columns of operating hours."""
        reached = np.zeros(matrix.a.shape[0], dtype=bool)
        reached[matrix.a[:, operating].indices] = True
        columns = np.setdiff1d(np.arange(matrix.a.shape[1]), operating)
        blocks = split(matrix, np.flatnonzero(reached), operating)
        sized = sp.csr_array(matrix.a[:, columns])
        return cls(matrix, blocks, columns, np.flatnonzero(~reached), [sized[block.rows] for block in blocks])


def mixed(operation: Operation, known: Sequence[Floats]) -> Floats | None:
    """Return the duals mixed from several, each for all rows, that prove the closest bound; None where none is found.

    Parameters
    ----------
    operation : Operation
    known : sequence of array, shape (rows,)
    """
    matrix, width, count = operation.matrix, len(operation.columns), len(operation.blocks)
    duals = [[signed(block.matrix, y[block.rows]) for y in known] for block in operation.blocks]
    cuts = [_cut(b, s, y) for b, s, of in zip(operation.blocks, operation.sizes, duals, strict=True) for y in of]
    owner = np.repeat(np.arange(count), len(known))
    slopes = sp.csr_array(np.array([slope for _, slope in cuts]).reshape(len(cuts), width))
    costs = sp.csr_array((np.ones(len(cuts)), (np.arange(len(cuts)), owner)), shape=(len(cuts), count))
    between = sp.csr_array(matrix.a[operation.rows][:, operation.columns])
    none = sp.csr_array((len(operation.rows), count))
    small = Matrix(
        a=sp.csc_array(sp.vstack([sp.hstack([between, none]), sp.hstack([-slopes, costs])])),
        cost=np.concatenate([matrix.cost[operation.columns], np.ones(count)]),
        offset=matrix.offset,
        lower=np.concatenate([matrix.lower[operation.columns], np.full(count, -np.inf)]),
        upper=np.concatenate([matrix.upper[operation.columns], np.full(count, np.inf)]),
        row_lower=np.concatenate([matrix.row_lower[operation.rows], [least for least, _ in cuts]]),
        row_upper=np.concatenate([matrix.row_upper[operation.rows], np.full(len(cuts), np.inf)]),
        integral=np.zeros(width + count, dtype=bool),
        rows={},
    )
    answer = solve(small, SIMPLEX)
    if answer.status != OPTIMAL:
        return None
    found = np.zeros(matrix.a.shape[0])
    found[operation.rows] = answer.duals[: len(operation.rows)]
    weights = answer.duals[len(operation.rows) :].reshape(count, len(known))
    for block, mine, of in zip(operation.blocks, weights, duals, strict=True):
        found[block.rows] = sum((weight * y for weight, y in zip(mine, of, strict=True)), np.zeros(len(block.rows)))
    return found


def _cut(block: Part, sizes: sp.csr_array, y: Floats) -> tuple[float, Floats]:
    """Return the least cost of a block's operation without sizes, and what it changes by with each size."""
    return lower_bound(block.matrix, y), -(sizes.T @ y)
