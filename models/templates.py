"""Indexed components without an object for every index: an equation by its template, a variable by its limits.

Pyomo makes an object for every index of a variable, an equation and a parameter. A year of hours has hundreds of
thousands, and hardly one of them is ever looked at. Here a member is made when it is asked for; whoever wants all of
them reads arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any
from weakref import ref

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray
from pyomo.core.base import constraint as pyomo_constraint
from pyomo.core.base import param as pyomo_param
from pyomo.core.base import var as pyomo_var
from pyomo.core.expr.template_expr import TemplateExpressionError, templatize_constraint


class _OnDemand:
    """As long as its index set, whichever members were made; Pyomo's parameters with a default are so too."""

    _index_set: Any

    def __len__(self) -> int:
        return len(self._index_set)

    def __contains__(self, index: Any) -> bool:
        return index in self._index_set


class TemplateVar(_OnDemand, pyomo_var.IndexedVar):
    """A variable whose members are made when they are asked for."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, dense=False, **options)

    @property
    def alike(self) -> bool:
        """Whether limits and domain are stated once for all members."""
        bounds = self._rule_bounds
        return self._rule_domain.constant() and (bounds is None or bounds.constant())


class TemplateConstraint(_OnDemand, pyomo_constraint.IndexedConstraint):
    """An equation kept as one expression with a placeholder for its index, where its rule allows it.

    ``template`` is the expression and its placeholders; None where every row has an expression of its own.
    """

    template: tuple[Any, tuple[Any, ...]] | None = None
    _constructed: bool

    def construct(self, data: Any = None) -> None:
        """Make the template; or the rows, where they are a mapping or their rule has a loop."""
        if not self._constructed and not self.rule.contains_indices():
            for index_set in self._anonymous_sets or ():
                index_set.construct()
            try:
                self.template = templatize_constraint(self)
                self._constructed = True
            except TemplateExpressionError:
                pass
        super().construct(data)

    def _getitem_when_not_present(self, index: Any) -> Any:
        if self.template is None:
            return super()._getitem_when_not_present(index)
        row = pyomo_constraint.TemplateConstraintData(self.template, ref(self), index)
        self._data[index] = row
        return row


class ArrayParam(_OnDemand, pyomo_param.IndexedParam):
    """An immutable parameter that reads its values from an array, in the order of its index set."""

    def __init__(self, index: Any, values: NDArray[Any]) -> None:
        super().__init__(index, within=pyo.Any)
        if len(values) != len(index):
            raise ValueError(f"a parameter over {len(index)} members needs as many values, got {len(values)}")
        self.array = values

    def _getitem_when_not_present(self, index: Any) -> Any:
        value = self.array.item(self._index_set.ord(index) - 1)
        self._data[index] = value
        return value


@contextmanager
def templated(on: bool) -> Iterator[None]:
    """Make variables and equations of this module instead of Pyomo's own; what Pyomo makes are module variables."""
    before = pyomo_var.IndexedVar, pyomo_constraint.IndexedConstraint
    if on:
        pyomo_var.IndexedVar, pyomo_constraint.IndexedConstraint = TemplateVar, TemplateConstraint
    try:
        yield
    finally:
        pyomo_var.IndexedVar, pyomo_constraint.IndexedConstraint = before


def bounds(variable: Any) -> tuple[Any, Any]:
    """Return lower and upper limits of all members of a variable, not a number where there is none; shape (members,).

    Limits that are stated once are broadcast, not repeated.
    """
    alike = isinstance(variable, TemplateVar) and variable.alike
    members = islice(variable.values(), 1 if alike else None)
    found = np.array([member.bounds for member in members], dtype=float).reshape(-1, 2)
    lower, upper = np.broadcast_to(found, (len(variable), 2)).T
    return lower, upper


def values(parameter: Any) -> NDArray[Any]:
    """Return the values of all members of a parameter, in the order of its index set; shape (members,)."""
    if isinstance(parameter, ArrayParam):
        return parameter.array
    return np.array([pyo.value(value) for value in parameter.values()])
