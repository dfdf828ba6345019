"""Promises that every technology keeps. A new file is covered without a new test."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyomo.environ as pyo
import pytest
from pydantic import BaseModel
from pyomo.core.base.component_namer import index_repr
from pyomo.environ import units as u
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from pyomo.util.check_units import assert_units_consistent, assert_units_equivalent
from ruamel.yaml import YAML

from gigasite.models.buses import bus
from gigasite.models.clock import pyomo_unit
from gigasite.models.component import Component, Frozen, Hourly, Terms
from gigasite.models.described import descriptions
from gigasite.models.investment import Candidate, Size
from gigasite.models.network import total_cost
from gigasite.solvers.highs import SIMPLEX, solve
from gigasite.solvers.matrix import hourly_form

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
PHASES = (date(2026, 1, 1), date(2031, 1, 1))  # every lead time is over at the second
KINDS = sorted(Component.kinds)
CASES = sorted([*KINDS, *(f"{kind}.{name}" for kind in KINDS for name in Component.kinds[kind].variants)])
every_kind = pytest.mark.parametrize("kind", KINDS)
every_case = pytest.mark.parametrize("case", CASES)


def _data(case):
    """Return the example of a kind, or of `kind.variant`; a variant leaves out what it sets to None."""
    kind, _, variant = case.partition(".")
    model = Component.kinds[kind]
    changed = {**model.example, **(model.variants[variant] if variant else {})}
    return {name: value for name, value in changed.items() if value is not None}


def _example(case, **changes):
    return Component.from_dict({"kind": case.partition(".")[0], **_data(case), **changes})


@pytest.fixture
def site_with(tiny_site, rest_of):
    """Put a component on a site of two phases, each of three half hours and a design day of two; the rest balances."""

    def build(component):
        def site(*components):
            return tiny_site(*components, starts=PHASES, worth=(4.0, 3.0), site={"cost_of_capital": 0.07})

        terms = site(component).network().terms[component.name]
        balanced = [name for name in terms.into if not bus(name).account]
        watched = {account for watch in terms.watches.values() for account in watch.accounts}
        rates = (*terms.settles_hourly, *sorted(watched - {*terms.settles, *terms.meters}))
        return site(
            component, rest_of(*dict.fromkeys([*balanced, *terms.settles, *terms.meters, *rates]), at_rate=rates)
        )

    return build


@every_case
def test_equations_match_the_reviewed_listing(case, site_with, tmp_path, update_golden):
    """The listing is rounded to nine digits; a changed sign, number, bound or name shows as a changed line."""
    model = site_with(_example(case)).network(templates=False).model
    model.write(str(tmp_path / "m.lp"), io_options={"symbolic_solver_labels": True})
    got = re.sub(r"(?m)(?<!\S)[-+]?\d+\.?\d*(e[-+]?\d+)?(?!\S)", _nine_digits, (tmp_path / "m.lp").read_text())
    golden = GOLDEN / f"{case}.lp"
    if update_golden:
        golden.write_text(got)
    assert golden.exists(), f"{golden.name} is missing: run pytest tests/promises --update-golden and review it"
    assert got == golden.read_text()


def _nine_digits(match):
    text = match[0]
    return f"{float(text):+.9g}" if text[0] in "+-" else f"{float(text):.9g}"


def test_no_listing_is_left_over():
    assert sorted(path.stem for path in GOLDEN.glob("*.lp")) == CASES


def _audit(tiny, component):
    """Check the unit of every equation, cost and flow."""
    network = tiny.network(audit=True, templates=False)
    for block in (component.name, "balance", "metered", "watched"):
        for equation in network.model.component(block).component_objects(pyo.Constraint, descend_into=True):
            assert_units_consistent(equation)
    for term, unit in _terms_and_units(network.terms[component.name]):
        index = network.model.steps if isinstance(term, Hourly) else network.model.phases
        for i in index:
            assert_units_consistent(term.at(i))
            _assert_unit(term.at(i), unit)
    assert_units_consistent(total_cost(network))
    return network


def _assert_unit(expression, unit):
    """Compare dimension and scale; Pyomo's own comparison takes USD/MW/month for USD/MW/year, both tiny in SI units."""
    assert_units_equivalent(expression, unit)
    assert u.convert_value(1.0, u.get_units(expression), unit) == pytest.approx(1.0, rel=1e-9)


def _terms_and_units(terms: Terms):
    for cost in terms.cost.values():
        yield cost, u.USD / (u.hour if isinstance(cost, Hourly) else u.year)
    for name, flow in {**terms.into, **terms.meters}.items():
        unit = pyomo_unit(bus(name).unit)
        yield flow, unit * u.year / u.hour if bus(name).account and isinstance(flow, Hourly) else unit


@every_case
def test_equations_costs_and_flows_have_consistent_units(case, site_with):
    """Steps of half an hour: a forgotten or doubled `time.hours` shows as MW against MWh and as a changed listing."""
    component = _example(case)
    network = _audit(site_with(component), component)
    if network.costs():
        _assert_unit(total_cost(network), u.USD)


class _Faulty(Component):
    """Multiplies a power by hours where it should not."""

    fault: str
    """Where the error is planted."""

    def build(self, block, time, given):
        block.power = pyo.Var(time.steps, bounds=(0, 1), units=time.unit("MW"))
        wrong = {self.fault: 1}

        @block.Constraint(time.steps, doc="power stays within a power")
        def limit(b, t):
            return b.power[t] * time.hours[t] ** wrong.get("equation", 0) <= time.number(1.0, "MW")

        price = time.number(70.0, "USD/MWh")
        return Terms(
            into={"ac": Hourly(lambda t: block.power[t] * time.hours[t] ** wrong.get("flow", 0))},
            cost={"energy": Hourly(lambda t: price * block.power[t] * time.hours[t] ** wrong.get("cost", 0))},
        )


@pytest.mark.parametrize("fault", ["equation", "flow", "cost"])
def test_the_audit_catches_a_planted_error(fault, site_with):
    """A test of the test: an hour too many in an equation, a flow or a cost."""
    component = _Faulty(name="faulty", fault=fault)
    with pytest.raises(Exception, match=r"(?i)unit"):
        _audit(site_with(component), component)


def test_the_audit_passes_without_the_planted_error(site_with):
    """What the planted errors spoil is there to be audited: an equation, a flow and a cost."""
    component = _Faulty(name="faulty", fault="none")
    network = _audit(site_with(component), component)
    equations = list(network.model.faulty.component_objects(pyo.Constraint))
    assert (len(equations), len(network.terms["faulty"].into), list(network.terms["faulty"].cost)) == (1, 1, ["energy"])


@every_case
def test_the_array_compiler_agrees_with_pyomos_own(case, site_with):
    """Same rows, columns, coefficients, limits, bounds and costs, by name; all that differs is the order."""
    site = site_with(_example(case))
    ours, plain = site.compiled(), site.network(templates=False).model
    theirs = LinearStandardFormCompiler().write(plain, mixed_form=True)
    mine, yours = _at_most(_ours_by_name(ours)), _at_most(_theirs_by_name(theirs))
    assert sorted(set(mine) ^ set(yours)) == []
    assert mine == pytest.approx(yours, rel=1e-12, abs=1e-12)
    costs = {k: v for k, v in zip(_column_names(ours), ours.matrix.cost, strict=True) if v}
    assert costs == pytest.approx(_costs_by_name(theirs), rel=1e-12, abs=1e-12)
    assert ours.matrix.offset == pytest.approx(theirs.c_offset[0], abs=1e-9)
    bounds = {
        name: (lo, hi) for name, lo, hi in zip(_column_names(ours), ours.matrix.lower, ours.matrix.upper, strict=True)
    }
    for variable in plain.component_data_objects(pyo.Var):
        low, high = variable.bounds
        assert bounds[variable.name] == (-np.inf if low is None else low, np.inf if high is None else high)


def _column_names(compiled):
    return [data.name for variable in compiled.columns.variables for data in variable.values()]


def _ours_by_name(compiled):
    """{(row, column): coefficient} and {(row, side): limit}; an equality has both sides."""
    matrix, columns, found = compiled.matrix, _column_names(compiled), {}
    names = [
        f"{constraint.name}{index_repr(key)}" if constraint.is_indexed() else constraint.name
        for constraint in compiled.network.model.component_objects(pyo.Constraint, active=True)
        for key in constraint
    ]
    a = matrix.a.tocoo()
    for row, column, value in zip(a.row, a.col, a.data, strict=True):
        found[names[row], columns[column]] = value
    filled = np.diff(matrix.a.tocsr().indptr) > 0
    for name, low, high, any_entry in zip(names, matrix.row_lower, matrix.row_upper, filled, strict=True):
        if any_entry:
            found |= {(name, side): limit for side, limit in (("low", low), ("high", high)) if np.isfinite(limit)}
        else:
            assert low <= 0 <= high, f"{name} has no variable and cannot hold"
    return found


def _theirs_by_name(form):
    found, a = {}, form.A.tocoo()
    for row, column, value in zip(a.row, a.col, a.data, strict=True):
        if value:
            found[form.rows[row].constraint.name, form.columns[column].name] = value
    for (constraint, kind), limit in zip(form.rows, form.rhs, strict=True):
        sides = {1: ("high",), -1: ("low",), 0: ("low", "high")}[kind]
        found |= {(constraint.name, side): limit for side in sides}
    return found


def _at_most(rows):
    """Turn every row that has only a lower limit, so that `a >= 0` and `-a <= 0` are the same."""
    turned = {name for name, side in rows if side == "low" and (name, "high") not in rows}
    return {
        (name, "high" if name in turned and what == "low" else what): -value if name in turned else value
        for (name, what), value in rows.items()
    }


def _costs_by_name(form):
    c = form.c.tocoo()
    return {form.columns[column].name: value for column, value in zip(c.col, c.data, strict=True) if value}


@pytest.mark.parametrize("case", [c for c in CASES if issubclass(Component.kinds[c.partition(".")[0]], Candidate)])
def test_zero_capacity_means_zero_power(case, site_with):
    """All sizes fixed at zero: no flow can be driven away from zero by its own equations, at any step."""
    example = _example(case)
    sizes = [name for name in type(example).model_fields if isinstance(getattr(example, name), Size)]
    assert sizes
    component = _example(case, **{name: _zero(type(getattr(example, name))) for name in sizes})
    compiled = site_with(component).compiled()
    matrix = _alone(compiled)
    for flow in compiled.network.terms[component.name].into.values():
        if isinstance(flow, Hourly):
            for cost in _by_step(compiled, flow):
                for sign in (1.0, -1.0):
                    answer = solve(replace(matrix, cost=sign * cost, offset=0.0), SIMPLEX)
                    assert answer.objective == pytest.approx(0.0, abs=1e-9)


def _zero(record):
    """Return a size fixed at zero, in whichever unit the record is in."""
    for unit in ("MW", "MWh", "GPU"):
        try:
            return record.model_validate({"fixed": f"0 {unit}"})
        except ValueError:
            continue
    raise AssertionError(f"{record} is in a unit that this test does not know")


def _alone(compiled):
    """Return the matrix without its balances."""
    low, high = compiled.matrix.row_lower.copy(), compiled.matrix.row_upper.copy()
    for name, rows in compiled.matrix.rows.items():
        if name.startswith(("balance.", "metered.")):
            low[rows], high[rows] = -np.inf, np.inf
    return replace(compiled.matrix, row_lower=low, row_upper=high)


def _by_step(compiled, flow):
    """Yield the coefficients of a flow at every step."""
    form = hourly_form(compiled.network, compiled.columns, flow)
    size = compiled.network.time.timeline.size
    costs = np.zeros((size, compiled.columns.count))
    for columns, coefficient, _ in form.terms:
        np.add.at(costs, (np.arange(size), columns), coefficient)
    assert np.all(np.asarray(form.constant) == 0.0)
    return costs


def _fields(model, seen=()):
    """Yield every field of a record and of the records within it, with what is said of it."""
    for name, info in model.model_fields.items():
        yield f"{model.__name__}.{name}", descriptions(model).get(name, "")
        for inner in _records(info.annotation):
            if inner not in seen:
                yield from _fields(inner, (*seen, inner))


def _records(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in _records(part)]


@every_kind
def test_every_field_and_kind_is_described(kind):
    model = Component.kinds[kind]
    undescribed = [where for where, said in _fields(model) if not said.endswith(".")]
    assert undescribed == []
    assert model.label
    assert model.family != "other"
    assert (model.__doc__ or "").strip()


@every_kind
def test_schema_can_be_exported(kind):
    assert Component.kinds[kind].model_json_schema()["properties"]


@every_kind
def test_every_field_belongs_to_a_frozen_record(kind):
    example = _example(kind)
    assert isinstance(example, Frozen)
    with pytest.raises(ValueError, match="frozen"):
        example.name = "other"


@every_case
def test_example_survives_yaml(case):
    """Dump and load: texts such as `30 L/s`, numbers and lists come back as the same component."""
    text, yaml = io.StringIO(), YAML(typ="safe")
    yaml.dump(_data(case), text)
    assert Component.from_dict({"kind": case.partition(".")[0], **yaml.load(text.getvalue())}) == _example(case)


@every_kind
def test_an_unknown_field_is_refused(kind):
    with pytest.raises(ValueError, match="colour"):
        _example(kind, colour="green")


def test_unknown_kind_suggests_the_nearest():
    with pytest.raises(ValueError, match="Did you mean 'battery'"):
        Component.from_dict({"kind": "batery"})


def test_wrong_dimension_is_named():
    with pytest.raises(ValueError, match="expected a quantity in MW, got '50 MWh'"):
        Component.from_dict({"kind": "battery", "name": "b", "power": {"fixed": "50 MWh"}})
