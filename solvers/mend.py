"""Sizes that meet what can be told without operating an hour: the design days, and the links between the phases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from .highs import OPTIMAL, SIMPLEX, Answer, solve
from .linear import Floats, Integers
from .matrix import Compiled, Matrix
from .phases import Links, assembled, links, split

TINY = 1e-5  # of the largest size allowed: less is noise of the first-order method


def mended(
    compiled: Compiled,
    matrix: Matrix,
    link: Links,
    x: Floats,
    nudge: float,
    *,
    lower: Floats | None = None,
    upper: Floats | None = None,
) -> Floats | None:
    """Return sizes near those of ``x`` that meet the design days and the links; None where there are none.

    The least-cost sizes that are not below the proposal, over the columns that no operating hour touches. ``lower`` and
    ``upper`` take the place of the column limits, for sizes that are to be whole.
    """
    most = matrix.upper[link.capacity]
    # The implied limits are a hair too wide: stay inside, and take a limit of almost nothing as nothing.
    reachable = np.where(most > 1e-4, most * (1 - 1e-6), 0.0)
    proposed = np.where(x[link.capacity] > TINY * most, x[link.capacity] * (1 + nudge), 0.0)
    lower = (compiled.matrix.lower if lower is None else lower).copy()
    upper = compiled.matrix.upper if upper is None else upper
    lower[link.capacity] = np.maximum(
        lower[link.capacity], np.minimum(np.minimum(proposed, reachable), upper[link.capacity])
    )
    columns = np.setdiff1d(np.arange(matrix.a.shape[1]), operating_columns(compiled))
    outside = np.ones(matrix.a.shape[1], dtype=bool)
    outside[columns] = False
    rows = np.flatnonzero(np.diff(matrix.a.tocsr()[:, outside].indptr) == 0)
    chosen = replace(compiled.matrix, lower=lower, upper=upper)
    pieces = split(chosen, rows, columns, smallest=0)
    # Sharper than the dispatch that must live with these sizes.
    sharp = {**SIMPLEX, "primal_feasibility_tolerance": 1e-10}
    answers = [_sized(piece.matrix, sharp) for piece in pieces]
    if any(answer.status != OPTIMAL for answer in answers):
        return None
    found = assembled(pieces, [answer.x for answer in answers], matrix.a.shape[1], columns=True)
    # An answer may lie a hair outside its limits; a capacity of minus 1e-12 MW would leave no dispatch.
    return np.clip(found, compiled.matrix.lower, upper)


def _sized(matrix: Matrix, options: dict[str, Any]) -> Answer:
    """Solve a programme over sizes; whole numbers are found first, and the rest to the same digits as without."""
    whole = np.flatnonzero(matrix.integral)
    if not whole.size:
        return solve(matrix, options)
    answer = solve(matrix, {})
    if answer.status != OPTIMAL:
        return answer
    held = matrix.fixed(whole, np.round(answer.x[whole]))
    return solve(replace(held, integral=np.zeros_like(matrix.integral)), options)


def at_sizes(compiled: Compiled, x: Floats) -> Matrix:
    """Return the programme of the dispatch: sizes and whole numbers are fixed."""
    link = links(compiled)
    columns = np.concatenate([link.added, link.capacity, np.flatnonzero(compiled.matrix.integral)])
    return compiled.matrix.fixed(columns, x[columns])


def operating_columns(compiled: Compiled) -> Integers:
    """Return the columns of operating steps, and those of yearly amounts that depend on them."""
    timeline, columns = compiled.network.time.timeline, compiled.columns
    sizes = {id(v) for t in compiled.network.terms.values() for r in t.capacities for v in (r.added, r.capacity)}
    operating, yearly = np.zeros(columns.count, dtype=bool), np.zeros(columns.count, dtype=bool)
    for variable in columns.variables:
        here = columns.slice(variable)
        if len(variable) == timeline.size:
            operating[here] = timeline.operating
        elif id(variable) not in sizes:
            yearly[here] = True
    pattern = abs(compiled.matrix.a)
    while True:
        rows = pattern @ operating.astype(float) > 0
        reached = yearly & ~operating & (pattern.T @ rows.astype(float) > 0)
        if not reached.any():
            return np.flatnonzero(operating)
        operating |= reached
