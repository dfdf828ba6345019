"""What looks wrong in a plan: each fires where it should, and nowhere else. Sites of three steps, solved exactly."""

from types import SimpleNamespace

import numpy as np
import pytest

from gigasite.models.hourly import HourlyValues
from gigasite.sites.suspicions import suspicions
from gigasite.sites.tables import Finished
from gigasite.solvers import optimise

LOAD = {"kind": "load", "name": "offices", "demand": "60 MW"}
SOLAR = {"kind": "pv_tracking", "name": "solar", "lead_time": "0 years", "size": {"maximum": "5 MW"}}


@pytest.fixture
def told(tiny_site, free_grid):
    """Return what is said of a site with a load of 60 MW and a grid."""

    def saying(*components, grid=None, **changes):
        usual = {"size": {"maximum": "400 MW"}, "capex": "100 USD/kW", "life": "20 years"}
        site = tiny_site(LOAD, free_grid(**{**usual, **(grid or {})}), *components, **changes)
        compiled = site.compiled()
        named = {each.name: each for each in site.components}
        made = SimpleNamespace(components=site.components, component=named.__getitem__)
        return list(suspicions(Finished(made, compiled, optimise(compiled, method="exact"), None, None)))

    return saying


@pytest.fixture
def grid_of_60():
    """A load that varies below a connection that is exactly as large as its peak."""
    return {"kind": "load", "name": "halls", "demand": HourlyValues(np.array([0.0, 5.0, 20.0]), "MW")}


def test_nothing_is_said_of_an_ordinary_site(told, grid_of_60):
    """80 MW at most under a maximum of 400 MW, at 100 USD/MWh."""
    assert told(grid_of_60) == []


def test_a_cap_that_binds_in_every_phase(told):
    """60 MW x 8,760 h x 0.5 t = 262,800 t without solar; 260,000 t leave it no choice. A cap of 300,000 t binds not."""
    carbon = {"kind": "carbon_limit", "name": "carbon", "cap": "260000 t/year"}
    solar = {**SOLAR, "size": {"maximum": "500 MW"}, "capex": "90000 USD/kW"}
    assert [each for each in told(carbon, solar) if each.startswith("carbon: its limit binds in every phase")]
    assert not [each for each in told({**carbon, "cap": "300000 t/year"}, solar) if each.startswith("carbon")]


def test_a_connection_that_is_always_full(told, grid_of_60):
    """The load never changes: its connection is full in every hour. With halls that draw up to 20 MW it is not."""
    full = "grid: the connection is full in 100 % of the hours or more in every phase"
    assert [each for each in told() if each.startswith(full)]
    assert not [each for each in told(grid_of_60) if "is full" in each]


def test_plant_that_costs_nothing(told, grid_of_60):
    """A connection without capex for energy without a price; 100 USD/MWh are a cost."""
    free = {"capex": "0 USD/kW", "energy_price": "0 USD/MWh", "upkeep": "0 1/year"}
    assert [each for each in told(grid_of_60, grid=free) if each.startswith("grid: is built, and costs nothing")]
    assert not [each for each in told(grid_of_60) if "costs nothing" in each]


def test_a_size_at_its_stated_maximum(told, grid_of_60):
    """Solar that is almost free is built up to 5 MW; at a price that nobody pays it is not built."""
    cheap = {**SOLAR, "capex": "1 USD/kW", "upkeep": "0 USD/kW/year"}
    (sentence,) = [each for each in told(grid_of_60, cheap) if "stated maximum" in each]
    assert sentence == "solar: its power is at the stated maximum (2026-01-01). A larger one may be cheaper"
    assert not [each for each in told(grid_of_60, {**cheap, "size": {"fixed": "5 MW"}}) if "stated maximum" in each]


def test_a_candidate_that_nobody_wants(told, grid_of_60):
    dear = {**SOLAR, "capex": "900000 USD/kW"}
    assert "not chosen in any phase: solar. They are too dear, too late or of no use here" in told(grid_of_60, dear)
    assert not [each for each in told(grid_of_60, {**SOLAR, "size": {"fixed": "5 MW"}}) if "not chosen" in each]


def test_a_negative_price_of_electricity(told, grid_of_60):
    """The utility pays 20 USD/MWh in the second step, a third of the year: 2,920 h."""
    paid = {"energy_price": HourlyValues(np.array([50.0, -20.0, 50.0]), "USD/MWh")}
    (sentence,) = [each for each in told(grid_of_60, grid=paid) if "price is negative" in each]
    assert sentence.startswith("electricity: its price is negative in up to 2,920 h of a year, down to -20 USD/MWh")
    assert not [each for each in told(grid_of_60) if "negative" in each]


def test_work_left_undone(tiny_site, free_grid):
    """1,000 H100 at nothing but accelerators too dear: a tenth of the year's work stays undone, 876,000 H100-hours."""
    work = {"kind": "work", "name": "work"}
    one = {"name": "inference", "demand": "1000 H100", "value": "0.01 USD/H100/hour"}
    for share, said in ((0.1, 1), (0.0, 0)):
        parts = (
            {"kind": "accelerators", "name": "gpu", "technology": "gb300_nvl72", "lead_time": "0 years"},
            {**work, "classes": [{**one, "unserved_share": share}]},
        )
        site = tiny_site(*parts, rest=("it", "heat_liquid", "heat_air", "floor_space"), design_steps=0)
        compiled = site.compiled()
        named = {each.name: each for each in site.components}
        made = SimpleNamespace(components=site.components, component=named.__getitem__)
        found = list(
            suspicions(Finished(made, compiled, optimise(compiled, method="exact", whole_racks=False), None, None))
        )
        undone = [each for each in found if "undone" in each]
        assert len(undone) == said
        if undone:
            assert undone[0].startswith(
                "inference: the plan leaves work undone, in H100-hours a year (2026-01-01: 876,000)"
            )
