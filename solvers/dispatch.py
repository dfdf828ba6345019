"""The exact dispatch of every hour at fixed sizes, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from .highs import OPTIMAL, SIMPLEX, Answer, solve
from .linear import Floats, Integers
from .matrix import Matrix

WORKERS = 2


@dataclass(frozen=True)
class Block:
    """A part of a matrix that shares no free column with any other part."""

    rows: Integers
    columns: Integers
    matrix: Matrix


def dispatch(matrix: Matrix, *, seconds: float, tick: Callable[[float], None] | None = None) -> Answer:
    """Solve a matrix with some columns fixed, as independent blocks on both cores, by simplex.

    Phases share nothing but sizes: once these are fixed every phase is a block of its own, and so are its design days.

    Returns
    -------
    Answer
        Of the whole; its status is the worst of its blocks.
    """
    fixed = matrix.lower == matrix.upper
    x, duals = np.where(fixed, matrix.lower, 0.0), np.zeros(matrix.a.shape[0])
    base = matrix.a @ x
    whole = _blocks(matrix, fixed, base)
    with ThreadPoolExecutor(WORKERS) as pool:
        answers = list(pool.map(lambda block: _solve(block, seconds, tick), whole))
    for block, answer in zip(whole, answers, strict=True):
        if answer.x.size:
            x[block.columns] = answer.x
            duals[block.rows] = answer.duals
    bad = [answer.status for answer in answers if answer.status != OPTIMAL]
    unmet = _unmet(matrix, base, whole)
    status = bad[0] if bad else ("infeasible" if unmet else OPTIMAL)
    objective = float(matrix.cost @ x + matrix.offset)
    return Answer(status, objective, x, duals, sum(answer.seconds for answer in answers))


def _solve(block: Block, seconds: float, tick: Callable[[float], None] | None) -> Answer:
    return solve(block.matrix, SIMPLEX, seconds=seconds, tick=tick)


def _unmet(matrix: Matrix, base: Floats, blocks: list[Block]) -> bool:
    """Whether a row without free columns is violated by the fixed ones."""
    lone = np.ones(len(base), dtype=bool)
    for block in blocks:
        lone[block.rows] = False
    slack = 1e-6 * (1.0 + np.abs(base))
    return bool(np.any(lone & ((base < matrix.row_lower - slack) | (base > matrix.row_upper + slack))))


def _blocks(matrix: Matrix, fixed: Floats, base: Floats) -> list[Block]:
    """Split a matrix into blocks that share no free column; blocks of equal shape are kept apart."""
    free = np.flatnonzero(~fixed)
    a = matrix.a[:, free]
    graph = sp.block_array([[None, a], [a.T, None]], format="csr")
    _, label = connected_components(graph, directed=False)
    rows, columns = label[: a.shape[0]], label[a.shape[0] :]
    return list(_grouped(matrix, a.tocsr(), free, base, rows, columns))


SMALL_BLOCK = 2000  # columns; smaller ones are solved together


def _grouped(
    matrix: Matrix, a: sp.csr_array, free: Integers, base: Floats, rows: Integers, columns: Integers
) -> Iterator[Block]:
    labels, counts = np.unique(columns, return_counts=True)
    group = np.full(int(max(rows.max(initial=0), columns.max(initial=0))) + 1, -1)
    large = labels[counts >= SMALL_BLOCK]
    group[labels] = 0
    group[large] = np.arange(1, len(large) + 1)
    for number in range(len(large) + 1):
        where, here = np.flatnonzero(group[rows] == number), np.flatnonzero(group[columns] == number)
        if here.size:
            part = sp.csc_array(a[where][:, here])
            yield Block(
                where,
                free[here],
                replace(
                    matrix,
                    a=part,
                    cost=matrix.cost[free[here]],
                    offset=0.0,
                    lower=matrix.lower[free[here]],
                    upper=matrix.upper[free[here]],
                    row_lower=matrix.row_lower[where] - base[where],
                    row_upper=matrix.row_upper[where] - base[where],
                    integral=np.zeros(len(here), dtype=bool),
                    rows={},
                ),
            )
