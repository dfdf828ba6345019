"""Expand Pyomo's templates into columns and coefficients, a whole indexed constraint at a time.

Pyomo keeps an indexed constraint as one expression with a placeholder for its index. Walking that expression once
with the array of all indices in the placeholder's stead gives the whole constraint as arrays; row by row the same
takes Pyomo's own compiler about a hundred times longer (``docs/decisions/0003-array-compiler.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
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


class Columns:
    """Where every variable of a model stands among the columns of its matrix."""

    def __init__(self, model: Any) -> None:
        self.variables = list(model.component_objects(pyo.Var, active=True, descend_into=True))
        sizes = [len(variable) for variable in self.variables]
        starts = np.cumsum([0, *sizes])
        self.count = int(starts[-1])
        self._start = {id(v): int(s) for v, s in zip(self.variables, starts, strict=False)}
        self._places: dict[int, _Places] = {}
        self._values: dict[int, Any] = {}

    def slice(self, variable: Any) -> slice:
        """Return the columns of an indexed variable, in the order of its index."""
        start = self._start[id(variable)]
        return slice(start, start + len(variable))

    def of(self, variable: Any, index: Any) -> Integers:
        """Return the columns of ``variable`` at an index or an array of indices."""
        return np.asarray(self._start[id(variable)] + self._places_of(variable).find(index))

    def of_data(self, data: Any) -> int:
        """Return the column of one variable."""
        parent = data.parent_component()
        return int(self.of(parent, data.index()))

    def values(self, parameter: Any, index: Any) -> Any:
        """Return the values of a parameter at an index or an array of indices."""
        if np.ndim(index) == 0:
            return parameter[index.item() if isinstance(index, np.ndarray) else index]
        if id(parameter) not in self._values:
            self._values[id(parameter)] = np.array([pyo.value(v) for v in parameter.values()])
        return self._values[id(parameter)][self._places_of(parameter).find(index)]

    def _places_of(self, component: Any) -> _Places:
        key = id(component.index_set()) if component.is_indexed() else 0
        if key not in self._places:
            self._places[key] = _Places(list(component.index_set()) if component.is_indexed() else [None])
        return self._places[key]


class _Places:
    """Position of every member of an index set."""

    def __init__(self, members: list[Any]) -> None:
        self._members = members
        self._numbered = members == list(range(len(members)))

    @cached_property
    def _position(self) -> dict[Any, int]:
        return {member: i for i, member in enumerate(self._members)}

    def find(self, index: Any) -> Any:
        if self._numbered and index is not None:
            return index
        if isinstance(index, np.ndarray) and index.ndim:
            known, inverse = np.unique(index.astype(str) if index.dtype == object else index, return_inverse=True)
            return np.array([self._position[key.item()] for key in known])[inverse]
        return self._position[index]


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
    index = [_index(each, columns, environment) for each in where]
    if len(index) != 1:
        raise SolverError(f"{base.name} is indexed by more than one set; name one variable per first index")
    if base.ctype is pyo.Var:
        return Linear(0.0, ((np.atleast_1d(columns.of(base, index[0])), 1.0, None),))
    return Linear(columns.values(base, index[0]))


def _index(expression: Any, columns: Columns, environment: Environment) -> Any:
    """Return the index, or array of indices, that an index expression stands for."""
    if isinstance(expression, IndexTemplate):
        return environment[id(expression)]
    if isinstance(expression, GetItemExpression):
        base, where = expression.args
        return columns.values(base, _index(where, columns, environment))
    return expression


def _sum_over_sets(expression: Any, columns: Columns, environment: Environment) -> Linear:
    """Expand a sum over a set that may depend on the outer index."""
    ((inner,),) = expression._iters
    (body,) = expression._local_args_
    outer = [(key, value) for key, value in environment.items() if isinstance(value, np.ndarray)]
    if not outer:
        members = np.array(list(_members(inner._set, environment)))
        form = linear(body, columns, {**environment, id(inner): members})
        constant = float(np.sum(np.broadcast_to(form.constant, members.shape)))
        whole = [(np.broadcast_to(c, members.shape) if rows is None else c, k) for c, k, rows in form.terms]
        return Linear(constant, tuple((c, k, np.zeros(len(c), dtype=np.int64)) for c, k in whole))
    ((key, indices),) = outer
    constants, terms = np.zeros(len(indices)), []
    for row, index in enumerate(indices.tolist()):
        part = _sum_over_sets(expression, columns, {**environment, key: index})
        constants[row] = part.constant
        terms += [(c, k, np.full(len(c), row)) for c, k, _ in part.terms]
    return Linear(constants, tuple(terms))


def _members(members: Any, environment: Environment) -> Any:
    if isinstance(members, GetItemExpression) or hasattr(members, "args"):
        base, index = members.args
        return base[environment.get(id(index), index)]
    return members
