"""The standard form of a network: one sparse matrix, its bounds, and where everything stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
import pyomo.environ as pyo
import scipy.sparse as sp
from numpy.typing import NDArray
from pyomo.core.expr.relational_expr import EqualityExpression, InequalityExpression, RangedExpression
from pyomo.core.expr.template_expr import IndexTemplate

from gigasite.models.component import Annual, Term
from gigasite.models.network import DOLLARS_PER_MODEL_UNIT, Network
from gigasite.models.templates import TemplateConstraint, bounds

from .columns import Columns
from .linear import Floats, Integers, Linear, add, linear


@dataclass(frozen=True)
class Matrix:
    """A linear programme: minimise cost @ x with row and column limits.

    Parameters
    ----------
    a : sparse array, shape (rows, columns)
    cost : array, shape (columns,)
        In 1,000 USD of present value.
    offset : float
        Constant of the objective.
    lower, upper : array, shape (columns,)
    row_lower, row_upper : array, shape (rows,)
    integral : array of bool, shape (columns,)
    rows : mapping
        Name of each constraint and its rows.
    """

    a: sp.csc_array
    cost: Floats
    offset: float
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    integral: NDArray[np.bool_]
    rows: Mapping[str, slice]

    def fixed(self, columns: Integers, values: Floats) -> Matrix:
        """Return the same programme with some columns fixed."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[columns] = upper[columns] = values
        return replace(self, lower=lower, upper=upper)


@dataclass(frozen=True)
class Compiled:
    """A network as matrix, with its costs and flows as linear forms of the columns."""

    network: Network
    columns: Columns
    matrix: Matrix

    def series(self, term: Term, x: Floats) -> Floats:
        """Return the values of an hourly term at every step; shape (steps,)."""
        form = hourly_form(self.network, self.columns, term)
        total = np.broadcast_to(np.asarray(form.constant, dtype=float), (self.network.time.timeline.size,)).copy()
        for columns, coefficient, _ in form.terms:
            total += coefficient * x[columns]
        return total

    def yearly_rows(self, terms: Sequence[Term]) -> tuple[sp.csr_array, Floats]:
        """Return the yearly sum of hourly terms in each phase as rows over the columns, and their constants."""
        timeline = self.network.time.timeline
        amount = timeline.hours * timeline.weight
        form = add([hourly_form(self.network, self.columns, term) for term in terms]).scaled(amount)
        entries = []
        for columns, coefficient, _ in form.terms:
            values, where, phase = np.broadcast_arrays(coefficient, columns, timeline.phase_number)
            entries.append((phase, where, values))
        shape = (len(timeline.phases), self.columns.count)
        constant = np.broadcast_to(np.asarray(form.constant, dtype=float), (timeline.size,))
        sums = np.bincount(timeline.phase_number, constant, shape[0])
        return sp.csr_array(_sparse(entries, shape)), np.asarray(sums, dtype=float)

    def yearly(self, term: Term, x: Floats) -> Floats:
        """Return the yearly amount of a term in every phase; shape (phases,)."""
        timeline = self.network.time.timeline
        if isinstance(term, Annual):
            return self._values([term.at(p) for p in timeline.names], x)
        amounts = self.series(term, x) * timeline.hours * timeline.weight
        return np.asarray(np.bincount(timeline.phase_number, amounts, minlength=len(timeline.phases)), dtype=float)

    def of_rings(self, term: Annual, x: Floats) -> Floats:
        """Return the yearly amount of a term in every outcome of every phase; shape (rings,)."""
        timeline = self.network.time.timeline
        if term.of_year is None:
            return self.yearly(term, x)[[ring.phase for ring in timeline.rings]]
        return self._values([term.of_year(ring.name) for ring in timeline.rings], x)

    def _values(self, expressions: Sequence[Any], x: Floats) -> Floats:
        forms = [linear(each, self.columns, {}) for each in expressions]
        return np.array([float(f.constant) + sum(float(np.sum(k * x[c])) for c, k, _ in f.terms) for f in forms])


def compile_network(network: Network) -> Compiled:
    """Return the standard form of a network assembled with templates."""
    columns = Columns(network.model)
    entries: list[tuple[Integers, Integers, Floats]] = []
    lower, upper, rows, count = [], [], {}, 0
    for constraint in network.model.component_objects(pyo.Constraint, active=True, descend_into=True):
        first = count
        for form, low, high in _forms(constraint, columns):
            entries += list(_entries(form, count, len(low)))
            lower.append(low)
            upper.append(high)
            count += len(low)
        rows[constraint.name] = slice(first, count)
    cost, offset = objective(network, columns)
    limits = np.concatenate([bounds(variable) for variable in columns.variables], axis=1)
    integral = np.concatenate([np.full(len(v), _integral(v)) for v in columns.variables])
    matrix = Matrix(
        a=_sparse(entries, (count, columns.count)),
        cost=cost,
        offset=offset,
        lower=np.where(np.isnan(limits[0]), -np.inf, limits[0]),
        upper=np.where(np.isnan(limits[1]), np.inf, limits[1]),
        row_lower=np.concatenate(lower),
        row_upper=np.concatenate(upper),
        integral=integral,
        rows=rows,
    )
    return Compiled(network, columns, matrix)


def hourly_form(network: Network, columns: Columns, term: Term) -> Linear:
    """Return an hourly term as a linear form over all steps."""
    step = IndexTemplate(network.model.steps)
    steps = np.arange(network.time.timeline.size)
    return linear(term.at(step), columns, {id(step): steps})


def objective(network: Network, columns: Columns) -> tuple[Floats, float]:
    """Return the coefficients of the total cost, and its constant, in 1,000 USD."""
    timeline = network.time.timeline
    worth = np.array([phase.present_value_years for phase in timeline.phases])
    by_step = worth[timeline.phase_number] * timeline.hours * timeline.weight
    cost, offset = np.zeros(columns.count), 0.0
    for term in network.costs().values():
        if isinstance(term, Annual):
            forms = [linear(term.at(p), columns, {}).scaled(w) for p, w in zip(timeline.names, worth, strict=True)]
            form = add(forms)
            offset += float(np.sum(form.constant))
        else:
            form = hourly_form(network, columns, term).scaled(by_step)
            offset += float(np.sum(form.constant))
        for where, coefficient, _ in form.terms:
            np.add.at(cost, where, coefficient)
    return cost / DOLLARS_PER_MODEL_UNIT, offset / DOLLARS_PER_MODEL_UNIT


def _integral(variable: Any) -> bool:
    return any(not first.is_continuous() for first in islice(variable.values(), 1))


def _forms(constraint: Any, columns: Columns) -> Iterator[tuple[Linear, Floats, Floats]]:
    """Yield the body of a constraint with its row limits: at once if it is a template, else row by row."""
    template = constraint.template if isinstance(constraint, TemplateConstraint) else None
    if template is not None and len(constraint):
        expression, (index,) = template
        members = columns.members(constraint.index_set()).array
        yield _limited(expression, columns, {id(index): members}, len(members))
        return
    for row in constraint.values():
        yield _limited(row.expr, columns, {}, 1)


def _limited(expression: Any, columns: Columns, environment: Any, size: int) -> tuple[Linear, Floats, Floats]:
    args = expression.args
    if isinstance(expression, RangedExpression):
        low, form, high = (linear(each, columns, environment) for each in args)
        shift = form.constant
        bottom, top = low.constant - shift, high.constant - shift
    else:
        left, right = (linear(each, columns, environment) for each in args)
        form = add([left, right.scaled(-1.0)])
        top = -1.0 * np.asarray(form.constant)
        bottom = top if isinstance(expression, EqualityExpression) else -np.inf
        assert isinstance(expression, EqualityExpression | InequalityExpression)
    shape = (size,)
    return form, np.broadcast_to(bottom, shape).astype(float), np.broadcast_to(top, shape).astype(float)


def _entries(form: Linear, first: int, size: int) -> Iterator[tuple[Integers, Integers, Floats]]:
    for where, coefficient, rows in form.terms:
        length = max(len(where), size if rows is None else len(rows))
        local = np.arange(size) if rows is None else rows
        values = np.broadcast_to(np.asarray(coefficient, dtype=float), (length,))
        yield first + local, np.broadcast_to(where, (length,)), values


def _sparse(entries: list[tuple[Integers, Integers, Floats]], shape: tuple[int, int]) -> sp.csc_array:
    row, column = (
        np.concatenate([entry[i] for entry in entries], dtype=np.int32, casting="same_kind") for i in range(2)
    )
    value = np.concatenate([entry[2] for entry in entries])
    matrix = sp.csc_array((value, (row, column)), shape=shape)
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix
