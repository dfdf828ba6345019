"""Members made on demand are the members that Pyomo makes of the same declarations."""

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.core.base import constraint as pyomo_constraint
from pyomo.core.base import var as pyomo_var

from gigasite.models.errors import SiteFileError
from gigasite.models.network import assemble
from gigasite.models.templates import ArrayParam, TemplateConstraint, TemplateVar, bounds, templated, values

LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}
LIMITS = {0: (0.0, 1.0), 1: (None, 2.0), 2: (1.0, None)}
VARIABLES = {
    "limits stated once": {"bounds": (0, 3.5)},
    "a rule": {"bounds": lambda _, t: LIMITS[t]},
    "a mapping": {"bounds": LIMITS},
    "no limits": {},
    "a domain": {"within": pyo.NonNegativeIntegers},
    "a domain and limits": {"within": pyo.NonNegativeReals, "bounds": (-5.0, 4)},
}


def declared(on, **options):
    """Declare a variable over three steps, and rows of a template, of a loop and of a mapping."""
    m = pyo.ConcreteModel()
    m.t = pyo.RangeSet(0, 2)
    m.price = ArrayParam(m.t, np.array([4.0, 5.0, 6.0]))
    with templated(on):
        m.x = pyo.Var(m.t, **options)
        m.same = pyo.Constraint(m.t, rule=lambda m, t: m.price[t] * m.x[t] <= 2)
        m.loop = pyo.Constraint(m.t, rule=lambda m, t: sum([m.x[s] for s in m.t if s <= t]) >= 1)
        m.each = pyo.Constraint([1, 2], rule={t: m.x[t] == t for t in (1, 2)})
        m.listed = pyo.Constraint([0, 2], rule=lambda m, t: m.x[t] >= -1)
        m.alone = pyo.Constraint(rule=lambda m: m.x[0] <= m.x[1])
    return m


@pytest.mark.parametrize("options", VARIABLES.values(), ids=VARIABLES)
def test_members_and_limits_are_those_of_pyomo(options):
    lean, plain = declared(True, **options).x, declared(False, **options).x
    assert (type(lean), type(plain)) == (TemplateVar, pyomo_var.IndexedVar)
    for lower, upper in (bounds(lean), bounds(plain)):
        found = [(None if np.isnan(a) else a, None if np.isnan(b) else b) for a, b in zip(lower, upper, strict=True)]
        assert found == [plain[t].bounds for t in range(3)]
    assert [(v.name, v.bounds, v.is_continuous()) for v in lean.values()] == [
        (v.name, v.bounds, v.is_continuous()) for v in plain.values()
    ]


def test_a_member_is_made_once_when_it_is_asked_for():
    x = declared(True, bounds=(0, 3)).x
    fresh = declared(True, bounds=(0, 3)).same
    assert (len(x), list(x), len(fresh)) == (3, [0, 1, 2], 3)
    assert fresh._data == {}
    assert x[2] is x[2]
    assert fresh[1] is fresh[1]
    assert list(fresh._data) == [1]


@pytest.mark.parametrize("what", ["x", "price", "same"])
def test_an_index_outside_the_set_is_refused(what):
    component = declared(True).component(what)
    assert 2 in component
    assert 3 not in component
    with pytest.raises(KeyError):
        component[3]


def test_rows_are_those_of_pyomo():
    """Rows of a template, of a loop that cannot be one, of a mapping, over a list, and a row of its own."""
    lean, plain = declared(True), declared(False)
    assert lean.same.template is not None
    assert lean.listed.template is not None
    assert lean.loop.template is lean.each.template is None
    for name in ("same", "loop", "each", "listed", "alone"):
        mine, theirs = lean.component(name), plain.component(name)
        assert [(k, str(row.expr)) for k, row in mine.items()] == [(k, str(row.expr)) for k, row in theirs.items()]


def test_pyomo_is_left_as_it_was(tiny_site, free_grid):
    """Also after an error: other models of the same program must stay Pyomo's."""
    before = pyomo_var.IndexedVar, pyomo_constraint.IndexedConstraint
    site = tiny_site(LOAD, free_grid())
    site.network()
    with pytest.raises(SiteFileError):
        assemble([*site.components, site.components[0]], {}, site.timeline, site.site)
    assert (pyomo_var.IndexedVar, pyomo_constraint.IndexedConstraint) == before
    assert TemplateVar not in before


def test_assembling_makes_nothing_for_each_step(tiny_site, free_grid):
    """What a plan of more hours costs to assemble: one template an equation, no member of any variable or series."""
    battery = {"kind": "battery", "name": "bess", "power": {"maximum": "5 MW"}}
    model = tiny_site(LOAD, free_grid(), battery).network().model
    found = [each for kind in (pyo.Var, pyo.Constraint, pyo.Param) for each in model.component_objects(kind)]
    hourly = [each for each in found if each.index_set() in (model.steps, model.operating_steps)]
    assert {type(each) for each in hourly} == {TemplateVar, TemplateConstraint, ArrayParam}
    assert [each.name for each in hourly if each._data] == []


def test_values_of_a_parameter_are_in_the_order_of_its_set():
    m = pyo.ConcreteModel()
    m.p = pyo.Set(initialize=["late", "early"], ordered=True)
    m.lean = ArrayParam(m.p, np.array(["b", "a"], dtype=object))
    m.plain = pyo.Param(m.p, initialize={"early": 1.0, "late": 2.0}, mutable=True)
    assert (m.lean["early"], m.lean["late"]) == ("a", "b")
    assert list(values(m.lean)) == ["b", "a"]
    assert list(values(m.plain)) == [2.0, 1.0]


def test_a_parameter_needs_a_value_for_every_member():
    with pytest.raises(ValueError, match="over 2 members needs as many values, got 3"):
        ArrayParam(pyo.RangeSet(0, 1), np.ones(3))
