"""Why there is no plan, in words: 100 MW of load in every case."""

from datetime import date

import pytest

from gigasite.models.errors import InfeasibleError
from gigasite.solvers import optimise
from gigasite.solvers.explain import explain

LOAD = {"kind": "load", "name": "offices", "demand": "100 MW"}
ROOM = {"largest_mw": (400.0,), "largest_kh100": (100.0,)}


@pytest.fixture
def told(tiny_site, free_grid):
    """Return the sentences of a site that cannot be built."""

    def explaining(*components, grid=None, load="100 MW", **changes):
        made = tiny_site(
            {**LOAD, "demand": load}, free_grid(**(grid or {})), *components, **{"site": ROOM, "steps": 4, **changes}
        )
        return explain(made.compiled()).problems

    return explaining


def test_a_small_grid_is_named_with_the_shortfall_the_moment_and_a_remedy(told):
    """100 MW less 80 MW."""
    (sentence,) = told(grid={"size": {"maximum": "80 MW"}})
    assert sentence.startswith("electricity at the point of common coupling: short by 20 MW ")
    assert "in the phase from 2026-01-01" in sentence
    assert sentence.endswith("To fix it: raise a grid offer, allow more generation or storage, or lower the demand.")


def test_a_small_water_cap_is_named(told, rest_of):
    """10 m3/h x 8,760 h = 87,600 m3 a year against 50,000: 37,600 short."""
    well = {"kind": "water_supply", "name": "well", "price": "2 USD/m3", "cap": "50000 m3/year"}
    assert told(well, rest_of("water", least=-10, most=-10)) == (
        "the yearly cap of well of 50,000: short by 37,600 m3/year in the phase from 2026-01-01. To fix it: raise the"
        " cap, or allow cooling that needs less water.",
    )


def test_a_short_fuel_supply_is_named(told):
    """100 MW of engines at 50 % for 8,760 h burn 1,752,000 MWh; the pipe supplies 1,000,000 a year."""
    engines = {
        "kind": "generator", "name": "engines", "technology": "gas_engine", "fuel": "gas", "size": {"fixed": "200 MW"},
        "lead_time": "0 years", "efficiency": 0.5,
    }  # fmt: skip
    pipe = {"kind": "natural_gas", "name": "pipe", "price": "10 USD/MWh", "supply": "1000000 MWh/year"}
    (sentence,) = told(engines, pipe, grid={"size": {"fixed": "0 MW"}}, steps=250)
    assert sentence.startswith("natural gas, lower heating value: short by "), sentence


def test_an_hourly_carbon_free_share_is_named(told, rest_of):
    """The grid is 25 % carbon-free and nothing else is: of 876,000 MWh 657,000 are not, against 20 %, 175,200."""
    target = {"kind": "carbon_free_target", "name": "clean", "share": 0.8}
    (sentence,) = told(target, steps=250)
    assert sentence.startswith("the hourly carbon-free share of clean: short by 482,000 MWh/year"), sentence
    assert "allow more carbon-free generation and storage" in sentence


def test_a_small_carbon_cap_is_named(told):
    """100 MW x 8,760 h x 0.5 t/MWh = 438,000 t a year against 400,000: 38,000 t short."""
    sentences = told({"kind": "carbon_limit", "name": "carbon", "cap": "400000 t/year"})
    assert sentences[0].startswith("CO2 emitted: short by 38,000 t/year in the phase from 2026-01-01"), sentences
    assert sentences[0].endswith("raise the carbon cap, or allow more renewables and storage.")


@pytest.mark.parametrize("method", ["certified", "exact"])
def test_an_infeasible_plan_is_answered_with_the_reason(tiny_site, free_grid, method):
    site = tiny_site(LOAD, free_grid(size={"maximum": "80 MW"}), site=ROOM, steps=4)
    with pytest.raises(InfeasibleError, match="short by 20 MW") as caught:
        optimise(site.compiled(), method=method)
    assert caught.value.exit_code == 3


SOLAR = {
    "kind": "pv_tracking", "name": "solar", "lead_time": "0 years", "size": {"fixed": "100 MW"}, "land": "2 ha/MW",
    "capex": "1000 USD/kW",
}  # fmt: skip


def test_too_little_land_is_named(told):
    """100 MW at 2 ha/MW on 150 ha: 50 ha short, which no hour of the year is needed to prove."""
    (sentence,) = told({"kind": "land_limit", "name": "land", "limit": "150 ha"}, SOLAR)
    assert sentence == (
        "land occupied: short by 50 ha in the phase from 2026-01-01. To fix it: raise the land limit, or allow"
        " generation that needs less land."
    )


def test_too_little_money_is_named(told):
    """100 MW at 1,000 USD/kW are 100 M USD against 80."""
    (sentence,) = told({"kind": "capital_limit", "name": "budget", "limit": "80 MUSD"}, SOLAR)
    assert sentence.startswith("capital spent in the phase: short by 20,000,000 USD in the phase from 2026-01-01.")


def test_a_reserve_that_nothing_gives_is_named(told, rest_of):
    """A peak of 50 MW with a margin of 20 % asks for 60 MW firm; the grid gives 55."""
    peak = rest_of("it_energy", name="halls", least=50, most=50, at_rate=("it_energy",))
    (sentence,) = told({"kind": "reserve_limit", "name": "reserve", "margin": 0.2}, peak,
                       grid={"size": {"fixed": "55 MW"}}, load="0 MW")  # fmt: skip
    assert sentence.startswith("the reserve of firm capacity: short by 5 MW in every hour of the phase"), sentence


def test_an_outage_that_nothing_rides_through_is_named(told):
    """Nobody but the grid serves 100 MW, and in the first hour of the year it gives nothing."""
    outage = {"kind": "outage", "name": "outage", "critical": 1.0, "windows": [{"start": "01-01 00", "hours": 1}]}
    (sentence,) = told(outage, step_hours=0.5)
    assert "short by 100 MW" in sentence
    assert "keep more generation or storage on the site" in sentence


def test_plant_that_is_delivered_late_is_named_with_the_phase_it_is_missing_in(told):
    """The grid gives 80 MW of 100 until 2031 and all of it from then on: only the first phase is short, by 20 MW."""
    sentences = told(
        grid={"size": {"maximum": {date(2026, 1, 1): "80 MW", date(2031, 1, 1): "200 MW"}}},
        site={"largest_mw": (400.0, 400.0), "largest_kh100": (100.0, 100.0)},
        starts=(date(2026, 1, 1), date(2031, 1, 1)),
        worth=(4.0, 3.0),
    )
    (sentence,) = sentences
    assert "short by 20 MW" in sentence
    assert "in the phase from 2026-01-01" in sentence
    assert "2031" not in sentence


def test_an_error_names_the_constraints_that_are_short_in_the_order_of_its_sentences(tiny_site, free_grid):
    site = tiny_site(LOAD, free_grid(size={"maximum": "80 MW"}), site=ROOM, steps=4)
    assert explain(site.compiled()).short == ("balance.ac",)
