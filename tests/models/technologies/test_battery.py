"""A lithium battery by hand: half-hour steps, each standing for 8,760 half hours of the year."""

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.environ import units as u
from pyomo.util.check_units import assert_units_consistent, assert_units_equivalent

from gigasite.models.component import Component
from gigasite.models.hourly import HourlyValues

CHEAP_AND_DEAR = HourlyValues(np.array([10.0, 100.0]), "USD/MWh")
LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}


def battery(**changes):
    return {
        "kind": "battery", "name": "bess", "power": {"fixed": "20 MW"}, "energy": {"fixed": "10 MWh"},
        "round_trip": 0.81, "loss": "0 1/hour", "depth": 1.0, "fade": "0 1/year", "cycle_life": 1e6, "life": "10 years",
        "lead_time": "0 years", "capex_power": "0 USD/MW", "capex_energy": "0 USD/MWh", "upkeep": "0 1/year",
        **changes,
    }  # fmt: skip


def test_battery_buys_cheap_and_serves_dear_with_root_efficiency_each_way(tiny, free_grid):
    """Serve 5 MWh: 5 / 0.9 = 5.556 MWh stored, 5.556 / 0.9 = 6.173 MWh bought, so 12.346 MW more in the cheap step.

    8,760 x 0.5 h x (10 + 12.346) MW x 10 USD = 978,741 USD. Without the battery 4,818,000.
    """
    solved = tiny(LOAD, battery(), free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["bess.charge"][:2] == pytest.approx([10 / 0.81, 0])
    assert solved["bess.stored"][:2] == pytest.approx([5 / 0.9, 0])
    assert solved.usd == pytest.approx(8760 * 0.5 * (10 + 10 / 0.81) * 10)


def test_ageing_and_depth_limit_the_usable_energy(tiny, free_grid):
    """Usable 0.8 x (1 - 0.02 x 10 / 2) = 0.72 of 5 MWh: 3.6 MWh stored, 3.6 x 0.9 = 3.24 MWh served, 6.48 MW."""
    aged = battery(energy={"fixed": "5 MWh"}, depth=0.8, fade="0.02 1/year")
    solved = tiny(LOAD, aged, free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["bess.discharge"][1] == pytest.approx(6.48)


def test_stored_energy_leaks(tiny, free_grid):
    """0.2 an hour over half an hour keeps 0.9: stored 5 / 0.9 / 0.9 = 6.173 MWh. Forgetting the half hour: 6.944."""
    solved = tiny(LOAD, battery(loss="0.2 1/hour"), free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["bess.stored"][0] == pytest.approx(5 / 0.81)


def test_the_year_stays_within_the_included_cycles(tiny, free_grid):
    """1,000 cycles over 10 years of 10 MWh: 1,000 MWh a year, over 4,380 h: 0.2283 MW. Without the limit 10 MW."""
    solved = tiny(LOAD, battery(cycle_life=1000), free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["bess.discharge"][1] == pytest.approx(1000 / 4380)


def test_charging_and_discharging_share_the_inverter(tiny, free_grid):
    solved = tiny(LOAD, battery(power={"fixed": "3 MW"}), free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["bess.charge"][0] == pytest.approx(3)
    assert solved["bess.discharge"][1] == pytest.approx(3 * 0.81)


def test_a_design_day_starts_and_ends_at_its_stated_level(tiny, free_grid):
    """0.3 of 10 MWh. A battery that may start full and end empty would carry 10 MWh through the day for nothing."""
    solved = tiny(LOAD, battery(), free_grid(), steps=2, site={"design_charge": 0.3})
    assert solved["bess.stored"][3] == pytest.approx(3.0)


@pytest.mark.parametrize(("connected", "status"), [("9.9 MW", "infeasible"), ("10 MW", "optimal")])
def test_a_battery_makes_no_energy_on_a_design_day(tiny, free_grid, connected, status):
    """The year needs 6 and 10 MW, 8 on average; the design day 10 MW throughout: 9.9 MW with a battery falls short."""
    varying = {**LOAD, "demand": HourlyValues(np.array([6.0, 10.0]), "MW")}
    solved = tiny(varying, battery(round_trip=1.0), free_grid(size={"fixed": connected}), steps=2)
    assert solved.status == status


def test_power_and_energy_are_paid_apart(tiny, free_grid):
    """Over 10 years at no interest: 20 x 1,000 / 10 = 2,000 and 10 x 500 / 10 = 500 USD; upkeep 2 %: 400 and 100."""
    paid = battery(capex_power="1000 USD/MW", capex_energy="500 USD/MWh", upkeep="0.02 1/year")
    solved = tiny(LOAD, paid, free_grid(), steps=2)
    reasons = ("capital", "capital (energy)", "upkeep", "upkeep (energy)")
    assert [float(solved.cost("bess", reason)[0]) for reason in reasons] == pytest.approx([2000, 500, 400, 100])


def test_wear_pays_for_cycles_beyond_the_included_ones(tiny, free_grid):
    """Serve 10 MW for 4,380 h = 43,800 MWh; included 1,000 / 10 years x 10 MWh = 1,000. Beyond: 42,800 MWh.

    Cells of 10,000 USD/MWh over 1,000 cycles: 10 USD/MWh, 428,000 USD. Charging the included cycles too: 438,000.
    """
    worn = battery(cycle_life=1000, wear=True, round_trip=1.0, capex_energy="10000 USD/MWh")
    solved = tiny(LOAD, worn, free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["bess.discharge"][1] == pytest.approx(10)
    assert solved["bess.beyond"] == pytest.approx([42_800])
    assert solved.cost("bess", "wear") == pytest.approx([428_000])
    assert solved.cost("bess", "capital (energy)") == pytest.approx([10_000])


def test_wear_dearer_than_the_spread_leaves_the_included_cycles(tiny, free_grid):
    """A spread of 90 USD/MWh against 100 USD/MWh of wear: 1,000 MWh a year, as without wear."""
    worn = battery(cycle_life=1000, wear=True, round_trip=1.0, capex_energy="100000 USD/MWh")
    solved = tiny(LOAD, worn, free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["bess.beyond"] == pytest.approx([0])
    assert solved["bess.discharge"][1] == pytest.approx(1000 / 4380)


def test_augmentation_keeps_the_energy_and_pays_for_what_fades(tiny, free_grid):
    """5 MWh used to 0.8: 4 x 0.9 x 2 = 7.2 MW instead of 6.48; 2 % of 5 MWh x 500 USD = 50 USD a year."""
    kept = battery(
        energy={"fixed": "5 MWh"}, depth=0.8, fade="0.02 1/year", augmentation=True, capex_energy="500 USD/MWh"
    )
    solved = tiny(LOAD, kept, free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["bess.discharge"][1] == pytest.approx(7.2)
    assert solved.cost("bess", "augmentation") == pytest.approx([50])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"wear": True, "augmentation": True}, "either wear or augmentation"),
        ({"cycle_life": 0}, "cycle_life must lie above 0"),
        ({"fade": "0.1 1/year"}, "fade must leave some energy"),
    ],
)
def test_batteries_that_contradict_themselves_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        Component.from_dict(battery(**wrong))


@pytest.mark.parametrize("option", ["wear", "augmentation"])
def test_options_have_consistent_units(tiny_site, free_grid, option):
    network = tiny_site(LOAD, battery(**{option: True}), free_grid()).network(audit=True, templates=False)
    for equation in network.model.bess.component_objects(pyo.Constraint):
        assert_units_consistent(equation)
    cost = network.terms["bess"].cost[option].at(network.time.timeline.names[0])
    assert_units_equivalent(cost, u.USD / u.year)


def test_every_battery_of_the_catalogue_resolves():
    for technology in ("battery_lfp", "battery_lfp_dc", "battery_iron_air"):
        assert Component.from_dict({"kind": "battery", "name": "bess", "technology": technology}).cycle_life > 0


@pytest.mark.parametrize(
    ("fields", "row", "power_usd_per_kw"),
    [
        ({}, "battery_lfp", 140.0),
        ({"bus": "dc"}, "battery_lfp_dc", 50.0),
        ({"bus": "dc", "technology": "battery_lfp"}, "battery_lfp", 140.0),
        ({"bus": "wires"}, "battery_lfp", 140.0),
    ],
)
def test_on_direct_current_the_battery_has_no_inverter_of_its_own(fields, row, power_usd_per_kw):
    """The converter is the inverter; 140 USD/kW of the row for alternating current would pay for a second one."""
    bess = Component.from_dict({"kind": "battery", "name": "bess", **fields})
    assert bess.technology == row
    assert bess.capex_power == pytest.approx(1000.0 * power_usd_per_kw)


def test_iron_air_keeps_its_row_on_direct_current():
    assert Component.from_dict({"kind": "iron_air", "name": "days", "bus": "dc"}).technology == "battery_iron_air"
