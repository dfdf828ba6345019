import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.environ import units as u
from pyomo.util.check_units import assert_units_equivalent

from gigasite.models.clock import clock, pyomo_unit


def test_sets_and_parameters_follow_the_timeline(timeline_of):
    line = timeline_of(3)
    model = pyo.ConcreteModel()
    time = clock(model, line)
    assert list(time.operating) == [0, 1, 2]
    assert list(time.design) == [3, 4]
    assert list(time.anchors) == [4]
    assert [time.before[t] for t in time.steps] == [2, 0, 1, 4, 3]
    assert [time.phase[t] for t in time.steps] == ["2026-01-01"] * 5
    assert list(time.of["2026-01-01"]) == [0, 1, 2]
    assert sum(time.weight[t] * time.hours[t] for t in time.steps) == pytest.approx(8760)


def test_a_constant_is_spread_over_the_steps(timeline_of):
    model = pyo.ConcreteModel()
    series = clock(model, timeline_of(3)).series(model, "price", 7.0, "USD/MWh")
    assert [series[t] for t in range(5)] == [7.0] * 5


def test_a_series_of_the_wrong_length_is_refused(timeline_of):
    model = pyo.ConcreteModel()
    time = clock(model, timeline_of(3))
    with pytest.raises(ValueError, match="broadcast"):
        time.series(model, "price", np.ones(4), "USD/MWh")


def test_units_are_carried_only_in_an_audit(timeline_of):
    plain, audited = (clock(pyo.ConcreteModel(), timeline_of(3), audit=audit) for audit in (False, True))
    assert plain.unit("MW") is None
    assert plain.number(3.0, "MW") == 3.0
    assert_units_equivalent(audited.number(3.0, "MW"), u.MW)
    assert_units_equivalent(audited.hours[0] * audited.weight[0], u.hour / u.year)


@pytest.mark.parametrize("name", ["MW", "USD/MW/month", "kH100/kGPU", "m**3/hour", "", "1/delta_degC", "degC"])
def test_every_spelling_has_a_pyomo_unit(name):
    assert pyomo_unit(name) is not None


def test_a_month_is_no_year():
    """12 times as much a year; a unit that lost its scale would convert to 1."""
    assert u.convert_value(1.0, pyomo_unit("USD/MW/month"), pyomo_unit("USD/MW/year")) == pytest.approx(12.0)
