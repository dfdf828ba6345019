"""Split a plan into its phases: what couples them is only that plant stays where it was built.

Every size stands in its phase as a *capacity*, and the rows "what stands is what was built and not retired" link the
capacities by what is *added*. With the duals of these rows chosen so that no addition has a reduced cost, the phases
fall apart into programmes of their own. Their duals together with the chosen ones bound the whole plan from below;
their capacities are a plan as soon as the linking rows hold again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from .linear import Floats, Integers
from .matrix import Compiled, Matrix


@dataclass(frozen=True)
class Links:
    """The columns and rows that carry plant from phase to phase.

    Parameters
    ----------
    added, capacity : array of int
        Columns of what is added and of what stands.
    rows : array of int
        Rows that link them, one for each capacity.
    """

    added: Integers
    capacity: Integers
    rows: Integers


@dataclass(frozen=True)
class Part:
    """A programme of its own: some rows and columns of a matrix.

    ``share`` is given where parts share columns: by how much each counts when the answers are put together.
    """

    rows: Integers
    columns: Integers
    matrix: Matrix
    share: Floats | None = None


def links(compiled: Compiled) -> Links:
    """Return the columns and rows that carry plant through the phases of a compiled network."""
    added, capacity, rows = [], [], []
    columns, where = compiled.columns, compiled.matrix.rows
    for terms in compiled.network.terms.values():
        for record in terms.capacities:
            added.append(_range(columns.slice(record.added)))
            capacity.append(_range(columns.slice(record.capacity)))
            rows.append(_range(where[record.carried.name]))
    return Links(*(np.concatenate([np.empty(0, dtype=np.int64), *each]) for each in (added, capacity, rows)))


def _range(of: slice) -> Integers:
    return np.arange(of.start, of.stop)


def link_duals(matrix: Matrix, link: Links) -> Floats:
    """Return the duals of the linking rows at which no addition has a reduced cost."""
    inside = matrix.a[link.rows][:, link.added].T
    return np.asarray(sp.linalg.spsolve(sp.csc_array(inside), matrix.cost[link.added])).reshape(-1)


def parts(matrix: Matrix, link: Links, duals: Floats) -> list[Part]:
    """Split a matrix without its additions into programmes that share no column, given the duals of the links."""
    cost = matrix.cost - matrix.a[link.rows].T @ duals
    keep_rows = np.setdiff1d(np.arange(matrix.a.shape[0]), link.rows)
    keep_columns = np.setdiff1d(np.arange(matrix.a.shape[1]), link.added)
    free = replace(matrix, cost=cost)
    return split(free, keep_rows, keep_columns)


def split(matrix: Matrix, rows: Integers, columns: Integers, *, smallest: int = 2000) -> list[Part]:
    """Split some rows and columns of a matrix into parts that share no column.

    Parts with fewer than ``smallest`` columns are kept together. Limits and costs are taken as they are.
    """
    a = sp.csr_array(matrix.a[rows][:, columns])
    of_row, of_column = joined(a)
    labels, counts = np.unique(of_column, return_counts=True)
    group = np.zeros(int(max(of_row.max(initial=0), of_column.max(initial=0))) + 1, dtype=np.int64)
    group[labels[counts >= smallest]] = np.arange(1, 1 + int(np.sum(counts >= smallest)))
    found = []
    for number in range(int(group.max(initial=0)) + 1):
        here, there = np.flatnonzero(group[of_row] == number), np.flatnonzero(group[of_column] == number)
        if there.size:
            found.append(
                Part(rows[here], columns[there], part_of(matrix, a[here][:, there], rows[here], columns[there]))
            )
    return found


def joined(a: sp.csr_array | sp.csc_array) -> tuple[Integers, Integers]:
    """Return for each row and each column the number of the group whose entries join it to others."""
    graph = sp.block_array([[None, a], [a.T, None]], format="csr")
    _, number = connected_components(graph, directed=False)
    label: Integers = np.asarray(number, dtype=np.int64)
    return label[: a.shape[0]], label[a.shape[0] :]


def part_of(matrix: Matrix, a: sp.csr_array, rows: Integers, columns: Integers) -> Matrix:
    """Return the programme of some rows and columns of a matrix, given their entries."""
    return Matrix(
        a=sp.csc_array(a),
        cost=matrix.cost[columns],
        offset=0.0,
        lower=matrix.lower[columns],
        upper=matrix.upper[columns],
        row_lower=matrix.row_lower[rows],
        row_upper=matrix.row_upper[rows],
        integral=matrix.integral[columns],
        rows={},
    )


def scaled(matrix: Matrix) -> tuple[Matrix, Floats, Floats]:
    """Return a matrix whose columns run from zero to one and whose rows have a largest entry of one.

    A first-order method needs ten times fewer steps on it. Costs are scaled to a largest one of one.

    Returns
    -------
    matrix : Matrix
    by_column : array
        Multiply the columns of an answer by it.
    by_row : array
        Multiply the duals of an answer by it.
    """
    by_column = np.where(matrix.upper > 0, matrix.upper, 1.0)
    by_column = np.where(np.isfinite(by_column), by_column, 1.0)
    a = sp.csc_array(matrix.a @ sp.diags_array(by_column))
    largest = np.zeros(a.shape[0])
    np.maximum.at(largest, a.indices, np.abs(a.data))
    by_row = 1.0 / np.where(largest > 0, largest, 1.0)
    cost = matrix.cost * by_column
    unit = 1.0 / max(float(np.linalg.norm(cost)), 1e-12)
    small = replace(
        matrix,
        a=sp.csc_array(sp.diags_array(by_row) @ a),
        cost=cost * unit,
        offset=matrix.offset * unit,
        lower=matrix.lower / by_column,
        upper=matrix.upper / by_column,
        row_lower=matrix.row_lower * by_row,
        row_upper=matrix.row_upper * by_row,
    )
    return small, by_column, by_row / unit


def assembled(parts: Sequence[Part], values: Sequence[Floats], size: int, *, columns: bool) -> Floats:
    """Put the values of the parts together: of their columns, or of their rows.

    Shared columns get the mean by their shares; duals of shared rows add up, as their costs do.
    """
    whole = np.zeros(size)
    for part, each in zip(parts, values, strict=True):
        if each.size and columns:
            whole[part.columns] += each if part.share is None else each * part.share
        elif each.size:
            whole[part.rows] += each
    return whole
