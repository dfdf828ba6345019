"""Expand Pyomo's templates into columns and coefficients, a whole indexed constraint at a time.

Pyomo keeps an indexed constraint as one expression with a placeholder for its index. Walking that expression once
with the array of all indices in the placeholder's stead gives the whole constraint as arrays; row by row the same
takes Pyomo's own compiler twenty to thirty times longer (``docs/decisions/0003-array-compiler.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray
from pyomo.core.expr.numeric_expr import (
    DivisionExpression,
    MonomialTermExpression,
    NegationExpression,
    ProductExpression,
    SumExpressionBase,
)
from pyomo.core.expr.template_expr import GetItemExpression, IndexTemplate, TemplateSumExpression

from gigasite.models.errors import SolverError

from .columns import Columns

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Number = float | Floats


@dataclass(frozen=True)
class Linear:
    """A linear form in every index at once: constant + sum of coefficient x column.

    ``terms`` holds pairs (columns, coefficients); ``rows`` says for each pair to which index its entries belong, or
    None where entry i belongs to index i.
    """

    constant: Number
    terms: tuple[tuple[Integers, Number, Integers | None], ...] = ()

    def scaled(self, factor: Number) -> Linear:
        """Return the form times a constant."""
        return Linear(
            self.constant * factor,
            tuple((c, k * _per_row(factor, rows), rows) for c, k, rows in self.terms),
        )


def _per_row(factor: Number, rows: Integers | None) -> Number:
    return factor if rows is None or np.ndim(factor) == 0 else np.asarray(factor)[rows]


Environment = Mapping[int, Any]


def linear(expression: Any, columns: Columns, environment: Environment) -> Linear:
    """Return the linear form of an expression.

    Parameters
    ----------
    expression : Pyomo expression or number
    columns : Columns
    environment : mapping
        By ``id`` of an index placeholder: the index, or the array of indices, that stands for it.

    Raises
    ------
    SolverError
        If the expression is not linear.
    """
    if isinstance(expression, int | float | np.number):
        return Linear(float(expression))
    if isinstance(expression, TemplateSumExpression):
        return _sum_over_sets(expression, columns, environment)
    if isinstance(expression, GetItemExpression):
        return _item(expression, columns, environment)
    if isinstance(expression, IndexTemplate):
        return Linear(environment[id(expression)])
    if not expression.is_expression_type():
        if expression.is_variable_type():
            return Linear(0.0, ((np.array([columns.of_data(expression)]), 1.0, None),))
        return Linear(float(pyo.value(expression)))
    parts = [linear(part, columns, environment) for part in expression.args]
    if isinstance(expression, SumExpressionBase):
        return add(parts)
    if isinstance(expression, NegationExpression):
        return parts[0].scaled(-1.0)
    if isinstance(expression, DivisionExpression) and not parts[1].terms:
        return parts[0].scaled(1.0 / parts[1].constant)
    if isinstance(expression, ProductExpression | MonomialTermExpression):
        for factor, other in (parts, parts[::-1]):
            if not factor.terms:
                return other.scaled(factor.constant)
    raise SolverError(f"the model contains a term that is not linear: {expression}")


def add(parts: list[Linear]) -> Linear:
    """Return the sum of linear forms."""
    constant: Number = 0.0
    for part in parts:
        constant = constant + part.constant
    return Linear(constant, tuple(term for part in parts for term in part.terms))


def _item(expression: Any, columns: Columns, environment: Environment) -> Linear:
    base, *where = expression.args
    if len(where) != 1:
        raise SolverError(f"{base.name} is indexed by more than one set; name one variable per first index")
    place = _place(base, where[0], columns, environment)
    if base.ctype is pyo.Var:
        return Linear(0.0, ((np.atleast_1d(columns.at(base, place)), 1.0, None),))
    return Linear(columns.values(base)[place])


def _place(component: Any, index: Any, columns: Columns, environment: Environment) -> Any:
    """Return the place in a component's index set, or the array of places, that an index expression stands for."""
    if isinstance(index, GetItemExpression):
        parameter, where = index.args
        return columns.through(parameter, _place(parameter, where, columns, environment), component)
    return columns.place(component, _known(index, environment))


def _known(index: Any, environment: Environment) -> Any:
    """Return what stands for an index: itself, or what is put in the stead of a placeholder."""
    return environment[id(index)] if isinstance(index, IndexTemplate) else index


def _sum_over_sets(expression: Any, columns: Columns, environment: Environment) -> Linear:
    """Expand a sum over a set that may depend on the outer indices: the members of every row at once."""
    ((inner,),) = expression._iters
    (body,) = expression._local_args_
    outer = {key: value for key, value in environment.items() if isinstance(value, np.ndarray)}
    size = len(next(iter(outer.values()))) if outer else 1
    members = _members(inner._set, columns, environment, size)
    ends = np.cumsum([0, *map(len, members)])
    rows = np.repeat(np.arange(size), np.diff(ends))
    inside = {**environment, **{key: value[rows] for key, value in outer.items()}, id(inner): np.concatenate(members)}
    form = linear(body, columns, inside)
    spread = np.broadcast_to(form.constant, rows.shape)
    constants = np.array([np.sum(spread[first:end]) for first, end in pairwise(ends.tolist())])
    terms = [(c, k, rows if of is None else rows[of]) for c, k, of in form.terms]
    whole = tuple((np.broadcast_to(c, of.shape), k, of) for c, k, of in terms)
    return Linear(constants if outer else float(constants[0]), whole)


def _members(of: Any, columns: Columns, environment: Environment, size: int) -> list[NDArray[Any]]:
    """Return the members over which each of some rows adds up."""
    if not isinstance(of, GetItemExpression):
        return [columns.members(of).array] * size
    sets, index = of.args
    at = _known(index, environment)
    each = at.tolist() if isinstance(at, np.ndarray) else [at] * size
    return [columns.members(sets[one]).array for one in each]
