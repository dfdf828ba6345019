"""Checks on a solution before anything is written: residuals, and Pyomo's own expressions at sampled indices."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.core.expr.relational_expr import EqualityExpression
from pyomo.core.expr.visitor import identify_variables

from gigasite.models.errors import SolverError
from gigasite.models.network import DOLLARS_PER_MODEL_UNIT

from .bound import lower_bound, violation
from .linear import Floats
from .matrix import Compiled, Matrix

TOLERANCE = 1e-5
OPTIMALITY = 1e-3
"""Largest gap of a dispatch with its sizes fixed; simplex leaves about 1e-9."""
SAMPLES = 24
LONG = 1_000  # terms of a row from which on one sample must do: to write out the sum of a year takes some 0.1 s


@dataclass(frozen=True)
class Checks:
    """How exact a dispatch is, in the unscaled model.

    Parameters
    ----------
    row, column : float
        Largest violation of an equation and of a variable's limits, relative to one plus the size of the terms.
    dual : float
        Largest dual with the wrong sign, in money over the cost of the plan: what the row's terms would be worth.
    complementarity : float
        Largest product of a dual or reduced cost and the distance to its limit, over the cost of the plan.
    gap : float
        Cost of the dispatch less the bound that its own duals prove for these sizes, over the cost of the plan.
    """

    row: float
    column: float
    dual: float
    complementarity: float
    gap: float


def verify_optimal(matrix: Matrix, x: Floats, duals: Floats) -> Checks:
    """Check primal and dual residuals, complementarity and the bound of a dispatch whose sizes are fixed in ``matrix``.

    The gap holds all of them: a wrong sign, a reduced cost away from its limit and a slack row that has a price each
    lower the bound. With whole numbers there are no duals of the whole, and the gap is only told.

    Raises
    ------
    SolverError
        If the dispatch is not the best of these sizes.
    """
    missed = violation(matrix, x)
    worth = max(abs(float(matrix.cost @ x + matrix.offset)), 1e-9)
    y, activity = duals[: matrix.a.shape[0]], matrix.a @ x
    wrong = ((y > 0) & ~np.isfinite(matrix.row_lower)) | ((y < 0) & ~np.isfinite(matrix.row_upper))
    terms = abs(matrix.a) @ np.abs(x)
    right = np.where(wrong, 0.0, y)
    reduced = matrix.cost - matrix.a.T @ right
    products = np.concatenate([_distance(right, activity, matrix.row_lower, matrix.row_upper),
                               _distance(reduced, x, matrix.lower, matrix.upper)])  # fmt: skip
    found = Checks(
        row=missed.row,
        column=missed.column,
        dual=float(np.max(np.abs(np.where(wrong, y * terms, 0.0)), initial=0.0)) / worth,
        complementarity=float(np.max(products, initial=0.0)) / worth,
        gap=max(0.0, float(matrix.cost @ x + matrix.offset) - lower_bound(matrix, y)) / worth,
    )
    if found.gap > OPTIMALITY and not matrix.integral.any():
        raise SolverError(
            f"the dispatch is not the best of its sizes: its own prices allow {found.gap:.2%} less. Nothing was"
            " written. Try the other method (certified or exact)."
        )
    return found


def _distance(dual: Floats, value: Floats, lower: Floats, upper: Floats) -> Floats:
    """Return dual times the distance to the limit that it prices."""
    limit = np.where(dual > 0, lower, upper)
    return np.abs(np.where(dual == 0, 0.0, dual * (value - np.where(dual == 0, value, limit))))


def verify_rows(matrix: Matrix, x: Floats) -> None:
    """Check every row and column of an unscaled matrix.

    Raises
    ------
    SolverError
        If the solution violates one; the message names the worst.
    """
    missed = violation(matrix, x)
    if missed.row > TOLERANCE or missed.column > TOLERANCE:
        name = next(n for n, s in matrix.rows.items() if s.start <= missed.worst_row < s.stop)
        raise SolverError(
            f"the solution misses the equation {name!r} by {missed.row:.2e} of its terms. Nothing was written."
        )


def verify(compiled: Compiled, x: Floats) -> None:
    """Check every row and column of the unscaled matrix, the objective, and Pyomo's expressions at sampled indices.

    Raises
    ------
    SolverError
        If the solution violates one; the message names the worst.
    """
    verify_rows(compiled.matrix, x)
    network = compiled.network
    worth = np.array([phase.present_value_years for phase in network.time.timeline.phases])
    added = sum(float(worth @ compiled.yearly(term, x)) for term in network.costs().values())
    objective = DOLLARS_PER_MODEL_UNIT * float(compiled.matrix.cost @ x + compiled.matrix.offset)
    if abs(added - objective) > TOLERANCE * max(1.0, abs(objective)):
        raise SolverError(
            f"the costs add up to {added:,.0f} USD, but the objective is {objective:,.0f} USD. Nothing was written."
        )
    sample = np.random.default_rng(0)
    terms = np.diff(compiled.matrix.a.tocsr().indptr)
    for constraint in network.model.component_objects(pyo.Constraint, active=True, descend_into=True):
        keys = list(constraint.keys())
        where = compiled.matrix.rows[constraint.name]
        count = 1 if terms[where].max(initial=0) > LONG else SAMPLES
        for number in sample.choice(len(keys), min(count, len(keys)), replace=False):
            _check_row(compiled, constraint, keys[number], x)


def _check_row(compiled: Compiled, constraint: Any, key: Any, x: Floats) -> None:
    """Evaluate Pyomo's own expression of one row."""
    expression = constraint.rule(constraint.parent_block(), key)
    scale = 1.0
    for variable in identify_variables(expression):
        variable.set_value(x[compiled.columns.of_data(variable)], skip_validation=True)
        scale = max(scale, abs(variable.value))
    sides = [float(pyo.value(side)) for side in expression.args]
    gaps = [left - right for left, right in pairwise(sides)]
    short = max(map(abs, gaps)) if isinstance(expression, EqualityExpression) else max(gaps)
    if short > TOLERANCE * scale * 100:
        raise SolverError(f"the solution misses {constraint.name}[{key}] by {short:.2e}. Nothing was written.")
