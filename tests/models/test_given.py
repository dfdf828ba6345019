from types import SimpleNamespace

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.environ import units as u
from pyomo.util.check_units import assert_units_equivalent

from gigasite.models.clock import clock
from gigasite.models.component import Component, Series
from gigasite.models.given import given
from gigasite.models.hourly import HourlyValues


@pytest.fixture
def handed(timeline_of):
    def hand(component, series=None, *, audit=False):
        model = pyo.ConcreteModel()
        model.part = pyo.Block(concrete=True)
        time = clock(model, timeline_of(3), audit=audit)
        return given(Component.from_dict(component), series or {}, model.part, time, SimpleNamespace(largest_mw=(9.0,)))

    return hand


BATTERY = {"kind": "battery", "name": "bess", "power": {"maximum": "50 MW"}}


def test_fields_are_plain_floats(handed):
    facts = handed(BATTERY)
    assert type(facts.round_trip) is float
    assert list(facts.power.maximum.values()) == [50.0]
    assert facts.site.largest_mw == (9.0,)


def test_an_audit_puts_units_on_the_same_fields(handed):
    facts = handed(BATTERY, audit=True)
    assert_units_equivalent(facts.capex_energy, u.USD / (u.MW * u.hour))
    assert pyo.value(facts.round_trip) == handed(BATTERY).round_trip


def test_series_are_parameters_over_the_steps(handed):
    facts = handed(BATTERY, {"warmth": Series(np.arange(5.0), "MW")})
    assert [facts.warmth[t] for t in range(5)] == [0, 1, 2, 3, 4]


def test_hourly_inputs_hold_their_design_value_on_design_days(handed):
    load = Component.from_dict({"kind": "load", "name": "offices", "demand": "7 MW"})
    facts = handed({"kind": "load", "name": "offices", "demand": load.demand})
    assert [facts.demand[t] for t in range(5)] == [7.0] * 5


def test_records_within_records_are_handed_over(handed):
    facts = handed({"kind": "work", "name": "work", "classes": [{"name": "jobs", "demand": "1 H100", "window": "6 h"}]})
    assert facts.classes[0].window == 6.0


def test_hourly_inputs_of_one_year_serve_every_weather_year(timeline_of):
    """Four operating steps are two years of two: 1, 2, 1, 2, then the peak on the design day of two steps."""
    model = pyo.ConcreteModel()
    model.part = pyo.Block(concrete=True)
    demand = HourlyValues(np.array([1.0, 2.0]), "MW")
    load = Component.from_dict({"kind": "load", "name": "offices", "demand": demand})
    facts = given(load, {}, model.part, clock(model, timeline_of(4)), SimpleNamespace(largest_mw=(9.0,)))
    assert [facts.demand[t] for t in range(6)] == [1, 2, 1, 2, 2, 2]
