"""A converter of efficiency 0.9 between a bus of direct current and the site."""

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.hourly import HourlyValues

LOAD = {"kind": "load", "name": "offices", "demand": "9 MW"}
CHEAP_AND_DEAR = HourlyValues(np.array([10.0, 100.0]), "USD/MWh")


def converter(**changes):
    return {
        "kind": "converter", "name": "inverter", "size": {"fixed": "18 MW"}, "efficiency": 0.9, "lead_time": "0 years",
        "capex": "0 USD/MW", **changes,
    }  # fmt: skip


def battery(**changes):
    return {
        "kind": "battery", "name": "bess", "bus": "dc", "technology": "battery_lfp_dc", "power": {"fixed": "50 MW"},
        "energy": {"fixed": "100 MWh"}, "round_trip": 1.0, "loss": "0 1/hour", "cycle_life": 1e6,
        "lead_time": "0 years", **changes,
    }  # fmt: skip


def test_a_battery_on_direct_current_charges_and_serves_through_the_converter(tiny, free_grid):
    """Serve 9 MW: 10 MW of direct current, 10 / 0.9 = 11.11 MW of alternating current when cheap."""
    solved = tiny(LOAD, battery(), converter(), free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["bess.charge"][:2] == pytest.approx([10, 0])
    assert solved["inverter.backward"][:2] == pytest.approx([10 / 0.9, 0])
    assert solved["inverter.forward"][:2] == pytest.approx([0, 10])


def test_the_rating_holds_on_the_side_that_it_feeds(tiny, free_grid):
    """4.5 MW of rating: 5 MW of direct current out, 4.5 MW back in 2 steps: 4.5 x 0.9 = 4.05 MW each cycle."""
    small = converter(size={"fixed": "4.5 MW"})
    solved = tiny(LOAD, battery(), small, free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["inverter.backward"][0] == pytest.approx(4.5)
    assert solved["inverter.forward"][1] == pytest.approx(4.05)


def test_a_one_way_converter_keeps_grid_power_out_of_the_battery(tiny, free_grid):
    one_way = converter(two_way=False)
    solved = tiny(LOAD, battery(), one_way, free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["bess.charge"] == pytest.approx(0.0)
    assert solved["grid.imported"][:2] == pytest.approx([9, 9])


def test_modules_and_battery_share_an_inverter(tiny):
    """Modules of 1.3 x 10 MW give more than the 5 MW inverter takes; the battery takes the rest, at no loss.

    The load of 4.5 MW is served from 5 MW of direct current, twice: 10 MW are charged in the step before.
    """
    solar = {
        "kind": "pv_tracking", "name": "solar", "bus": "dc", "inverter": False, "size": {"fixed": "10 MW"},
        "lead_time": "0 years", "losses": 0.0, "soiling": 0.0, "degradation": "0 1/year", "firm": 0.5,
    }  # fmt: skip
    load = {**LOAD, "demand": HourlyValues(np.array([0.0, 4.5, 4.5]), "MW")}
    small = converter(size={"fixed": "5 MW"})
    plant = Component.from_dict(solar)
    assert plant.largest_output == 1.3
    sun = {"ghi_w_m2": [1000, 0, 0], "dni_w_m2": [900, 0, 0], "dhi_w_m2": [100, 0, 0]}
    solved = tiny(load, solar, battery(), small, steps=3, weather=sun)
    assert solved["inverter.forward"][:3] == pytest.approx([0, 5, 5])
    assert solved["bess.charge"][0] == pytest.approx(10.0)


def test_import_and_delivery_share_the_wires(tiny, free_grid):
    """A grid and a contract on `wires`, 6 MW of connection: the load of 9 MW needs 3 MW from elsewhere at every step.

    Without the wires both could bring 6 MW.
    """
    contract = {
        "kind": "ppa", "name": "contract", "bus": "wires", "size": {"fixed": "4 MW"}, "shape": "baseload",
        "price": "50 USD/MWh", "start": "2026-01-01", "end": "2041-01-01", "renewable": False, "firm": 1.0,
    }  # fmt: skip
    wires = converter(name="connection", source="wires", size={"fixed": "6 MW"}, efficiency=1.0, two_way=False)
    other = free_grid(name="other", energy_price="500 USD/MWh")
    solved = tiny(LOAD, contract, wires, other, free_grid(bus="wires"))
    assert solved["contract.delivered"][:3] == pytest.approx([4, 4, 4])
    assert solved["grid.imported"][:3] == pytest.approx([2, 2, 2])
    assert solved["other.imported"][:3] == pytest.approx([3, 3, 3])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"efficiency": 1.05}, "between 0 and 1"),
        ({"efficiency": 0}, "efficiency must lie above 0"),
        ({"source": "ac"}, "source and bus must differ"),
    ],
)
def test_impossible_converters_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        Component.from_dict(converter(**wrong))
