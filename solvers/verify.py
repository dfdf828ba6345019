"""Checks on a solution before anything is written: residuals, and Pyomo's own expressions at sampled indices."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.core.expr.relational_expr import EqualityExpression
from pyomo.core.expr.visitor import identify_variables

from gigasite.models.errors import SolverError
from gigasite.models.network import DOLLARS_PER_MODEL_UNIT

from .bound import violation
from .linear import Floats
from .matrix import Compiled, Matrix

TOLERANCE = 1e-5
SAMPLES = 24


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
    for constraint in network.model.component_objects(pyo.Constraint, active=True, descend_into=True):
        keys = list(constraint.keys())
        for number in sample.choice(len(keys), min(SAMPLES, len(keys)), replace=False):
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
