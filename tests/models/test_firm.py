"""What suppliers feed into the account of firm capacity, by hand, on a site of half hours with a design day."""

import pyomo.environ as pyo
import pytest

from gigasite.models.clock import clock
from gigasite.models.firm import firm_share

ENGINES = {
    "kind": "generator", "name": "engines", "technology": "gas_engine", "fuel": "gas", "size": {"fixed": "100 MW"},
    "efficiency": 0.4, "auxiliary_load": 0.05, "forced_outage": 0.1, "heat_derating": "0.01 1/delta_degC",
    "reference_temperature": "25 degC", "altitude_derating": "0 1/m", "capex": "0 USD/MW", "upkeep": "0 USD/MW/year",
    "lead_time": "0 year", "running_cost": "0 USD/MWh",
}  # fmt: skip


def test_a_generator_is_firm_for_what_heat_outage_and_own_use_leave(tiny):
    """At 45 degC 1 - 0.01 x 20 = 0.8 of 100 MW, times 0.9 in service, times 0.95 sent out: 68.4 MW.

    Counting the year's mildest hour instead would give 85.5.
    """
    solved = tiny(ENGINES, rest=("ac", "gas"), hottest_c=45.0)
    assert solved.year("engines", "firm_capacity") == pytest.approx([68.4])


def test_the_mildest_design_hour_does_not_count(timeline_of):
    model = pyo.ConcreteModel()
    time = clock(model, timeline_of(3, design_steps=2))
    values = {0: 0.2, 1: 0.3, 2: 0.9, 3: 0.7, 4: 0.6}
    assert list(firm_share(time, values).values()) == [0.6]


def test_without_design_days_the_year_counts(timeline_of):
    model = pyo.ConcreteModel()
    time = clock(model, timeline_of(3, design_steps=0))
    assert list(firm_share(time, {0: 0.2, 1: 0.3, 2: 0.9}).values()) == [0.2]


def test_a_river_is_firm_for_its_least_flow(tiny):
    """A river that gives 40 % of the rating: 40 MW, less 0.5 % own use and 3 % outage do not bind."""
    river = {
        "kind": "generator", "name": "river", "technology": "hydro", "size": {"fixed": "100 MW"}, "inflow": 0.4,
        "auxiliary_load": 0.0, "lead_time": "0 year",
    }  # fmt: skip
    solved = tiny(river, rest=("ac",))
    assert solved.year("river", "firm_capacity") == pytest.approx([40.0])


@pytest.mark.parametrize(("hours", "firm"), [("2 hour", 10.0), ("8 hour", 4.0)])
def test_a_store_is_firm_for_what_it_holds(tiny, hours, firm):
    """10 MW with 40 MWh at depth 0.8 and lossless: 32 MWh / 8 h = 4 MW; over 2 h its power limits it to 10 MW."""
    bess = {
        "kind": "battery", "name": "bess", "power": {"fixed": "10 MW"}, "energy": {"fixed": "40 MWh"}, "depth": 0.8,
        "fade": "0 1/year", "round_trip": 1.0, "firm_duration": hours, "lead_time": "0 year",
    }  # fmt: skip
    need = {"kind": "reserve_limit", "name": "reserve", "largest_unit": f"{firm} MW"}
    assert tiny(bess, need, rest=("ac",)).year("bess", "firm_capacity") == pytest.approx([firm])
    more = {**need, "largest_unit": f"{firm + 0.01} MW"}
    assert tiny(bess, more, rest=("ac",)).status == "infeasible"


def test_a_store_without_a_stated_duration_is_not_firm(tiny_site):
    bess = {"kind": "battery", "name": "bess", "power": {"fixed": "10 MW"}, "energy": {"fixed": "40 MWh"}}
    assert "firm_capacity" not in tiny_site(bess, rest=("ac",)).network().terms["bess"].into


def test_solar_is_firm_for_its_stated_share(tiny):
    solar = {
        "kind": "pv_tracking", "name": "solar", "size": {"fixed": "50 MW"}, "firm": 0.1, "lead_time": "0 year",
    }  # fmt: skip
    assert tiny(solar, rest=("ac",)).year("solar", "firm_capacity") == pytest.approx([5.0])
