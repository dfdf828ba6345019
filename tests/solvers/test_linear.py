"""Expressions against Pyomo's own evaluation: the form at random values of the columns."""

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.core.expr.template_expr import IndexTemplate, templatize_rule

from gigasite.models.errors import SolverError
from gigasite.solvers.columns import Columns
from gigasite.solvers.linear import linear

PERIODS = ("early", "late")


@pytest.fixture
def model():
    m = pyo.ConcreteModel()
    m.t = pyo.RangeSet(0, 3)
    m.p = pyo.Set(initialize=PERIODS, ordered=True)
    m.of = pyo.Set(m.p, initialize={"early": [0, 1], "late": [2, 3]}, ordered=True)
    m.none = pyo.Set(m.p, initialize={"early": [], "late": [1]}, ordered=True)
    m.few = pyo.Set(initialize=[1, 3], ordered=True)
    m.x = pyo.Var(m.t)
    m.size = pyo.Var(m.p)
    m.part = pyo.Var(m.few)
    m.alone = pyo.Var()
    m.price = pyo.Param(m.t, initialize={t: 10.0 + t for t in range(4)})
    m.period = pyo.Param(m.t, initialize={0: "early", 1: "early", 2: "late", 3: "late"}, within=pyo.Any)
    m.before = pyo.Param(m.t, initialize={0: 3, 1: 0, 2: 1, 3: 2}, within=pyo.Any)
    for i, v in enumerate(m.component_data_objects(pyo.Var)):
        v.value = 1.5**i
    return m


def evaluated(form, model, size):
    """Evaluate a form at the values of the variables, for every index."""
    x = np.array([v.value for v in model.component_data_objects(pyo.Var)])
    total = np.broadcast_to(np.asarray(form.constant, dtype=float), (size,)).copy()
    for columns, coefficient, rows in form.terms:
        amounts = np.broadcast_to(coefficient * x[columns], (size if rows is None else len(rows),))
        np.add.at(total, np.arange(size) if rows is None else rows, amounts)
    return total


STEPWISE = {
    "a variable": lambda m, t: m.x[t],
    "the step before": lambda m, t: m.x[m.before[t]],
    "the size of its period": lambda m, t: m.size[m.period[t]],
    "price times amount": lambda m, t: m.price[t] * m.x[t],
    "amount times price": lambda m, t: m.x[t] * m.price[t],
    "a quotient": lambda m, t: m.x[t] / m.price[t],
    "a negative": lambda m, t: -m.x[t] + 3,
    "nested sums": lambda m, t: 2 * (m.x[t] + (m.size[m.period[t]] - 4 * (m.x[m.before[t]] + 1))) / 5,
    "a lone variable": lambda m, t: m.alone + m.x[t],
    "products of parameters": lambda m, t: m.price[t] * (m.price[t] * m.x[t] + m.price[t]),
    "a constant": lambda m, t: m.price[t] + 0 * m.x[t],
    "a fixed index": lambda m, t: m.size["late"] + m.x[t],
    "a sum over a set": lambda m, t: m.x[t] + sum(m.price[s] * m.x[s] for s in m.t),
}


@pytest.mark.parametrize("rule", STEPWISE.values(), ids=STEPWISE)
def test_a_form_over_all_steps_is_the_expression_at_each(model, rule):
    if rule is STEPWISE["a sum over a set"]:
        template, (index,) = templatize_rule(model, rule, model.t)
    else:
        index = IndexTemplate(model.t)
        template = rule(model, index)
    form = linear(template, Columns(model), {id(index): np.arange(4)})
    assert evaluated(form, model, 4) == pytest.approx([pyo.value(rule(model, t)) for t in range(4)])


YEARLY = {
    "a sum over its steps": lambda m, p: sum(m.x[t] for t in m.of[p]),
    "a weighted sum": lambda m, p: sum(m.price[t] * (m.x[t] + 2) for t in m.of[p]),
    "sizes inside a sum": lambda m, p: sum(m.price[t] * m.size[m.period[t]] for t in m.of[p]),
    "a size that no step changes": lambda m, p: sum(m.price[t] * m.size["late"] for t in m.of[p]),
    "a lone variable in a sum": lambda m, p: sum(m.price[t] * m.alone for t in m.of[p]),
    "a constant sum": lambda m, p: sum(m.price[t] for t in m.of[p]) + m.size[p],
    "a sum of sums": lambda m, p: sum(m.price[t] * sum(m.x[s] + 1 for s in m.few) + m.x[t] for t in m.of[p]),
    "sums within sums": lambda m, p: sum(m.price[s] * sum(m.x[t] for t in m.of[p]) for s in m.of[p]),
    "the outer index within a sum": lambda m, p: sum(m.price[t] * m.size[p] for t in m.of[p]),
    "a sum over nothing": lambda m, p: m.size[p] + sum(m.x[t] + 1 for t in m.none[p]),
    "a scaled sum": lambda m, p: 3 * sum(m.x[t] for t in m.of[p]) - m.size[p] / 4,
}


@pytest.mark.parametrize("rule", YEARLY.values(), ids=YEARLY)
def test_a_sum_over_the_steps_of_a_period(model, rule):
    template, (index,) = templatize_rule(model, rule, model.p)
    form = linear(template, Columns(model), {id(index): np.array(PERIODS)})
    assert evaluated(form, model, 2) == pytest.approx([pyo.value(rule(model, p)) for p in PERIODS])


def test_a_variable_over_part_of_the_steps_is_found_by_its_index(model):
    index = IndexTemplate(model.few)
    form = linear(model.part[index], Columns(model), {id(index): np.array([1, 3])})
    assert evaluated(form, model, 2) == pytest.approx([model.part[1].value, model.part[3].value])


@pytest.mark.parametrize("rule", [lambda m, t: m.part[t], lambda m, t: m.part[m.before[t]]])
def test_an_index_that_a_variable_does_not_have_is_refused(model, rule):
    """Not taken for the column of another variable."""
    index = IndexTemplate(model.t)
    with pytest.raises(SolverError, match="uses part at an index that it does not have"):
        linear(rule(model, index), Columns(model), {id(index): np.arange(4)})


@pytest.mark.parametrize(
    "rule",
    [
        lambda m, t: m.x[t] * m.size["late"],
        lambda m, t: 1 / m.x[t],
        lambda m, t: m.x[t] ** 2,
        lambda m, t: pyo.exp(m.x[t]),
    ],
)
def test_what_is_not_linear_is_refused(model, rule):
    index = IndexTemplate(model.t)
    with pytest.raises(SolverError, match="not linear"):
        linear(rule(model, index), Columns(model), {id(index): np.arange(4)})


def test_a_variable_of_two_indices_is_refused(model):
    model.y = pyo.Var(model.t, model.p)
    index = IndexTemplate(model.t)
    with pytest.raises(SolverError, match="more than one set"):
        linear(model.y[index, "late"], Columns(model), {id(index): np.arange(4)})
