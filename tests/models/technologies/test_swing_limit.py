"""Swings of training by hand: 1,000 accelerators of 2 kW with 1.1 of overhead, 2.2 MW, swing by half: 1.1 MW."""

from datetime import date

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.hourly import HourlyValues

GPUS = {
    "kind": "accelerators", "name": "gpus", "technology": "gb300_nvl72", "size": {"fixed": "1000 GPU"},
    "power": "2 kW/GPU", "active_share": 0.8, "idle_share": 0.2, "network_overhead": 1.1, "availability": 0.9,
    "speed": "2 H100/GPU", "lead_time": "0 years", "swing": 0.5,
}  # fmt: skip
BESS = {
    "kind": "battery", "name": "bess", "power": {"maximum": "50 MW"}, "energy": {"maximum": "50 MWh"}, "depth": 0.8,
    "fade": "0 1/year", "loss": "0 1/hour", "round_trip": 0.64, "lead_time": "0 years", "swing_duration": "6 minute",
}  # fmt: skip
REST = ("it", "heat_liquid", "heat_air", "compute")


def limit(text):
    return {"kind": "swing_limit", "name": "swing", "limit": text}


@pytest.mark.parametrize(("accepted", "status"), [("1.1 MW", "optimal"), ("1.09 MW", "infeasible")])
def test_on_the_design_day_all_swing_at_nameplate(tiny, accepted, status):
    """0.5 x 1.1 x 2 MW = 1.1 MW; without the overhead it would be 1.0, at the average draw 0.88."""
    assert tiny(GPUS, limit(accepted), rest=REST).status == status


def test_a_limit_that_begins_later_accepts_any_swing_before(tiny):
    """1.1 MW swing in both phases: 1.1 MW accepted from 2031 on are enough, 1.09 are not; before, all is accepted."""
    starts = (date(2026, 1, 1), date(2031, 1, 1))

    def status(accepted):
        return tiny(GPUS, limit({date(2031, 1, 1): accepted}), rest=REST, starts=starts).status

    assert (status("1.1 MW"), status("1.09 MW")) == ("optimal", "infeasible")


def test_only_what_runs_swings(tiny, rest_of):
    """0.9 kH100 run 0.45 kGPU: 0.5 x 2.2 x 0.45 = 0.495 MW, all year; no design day."""
    work = rest_of("compute", name="work", least=-0.9, most=-0.9)
    solved = tiny(GPUS, work, limit("0.495 MW"), rest=REST[:3], design_steps=0)
    assert solved.flow("gpus", "swing") == pytest.approx(-0.495)
    assert tiny(GPUS, work, limit("0.494 MW"), rest=REST[:3], design_steps=0).status == "infeasible"


def test_without_a_limit_nothing_is_asked(tiny_site):
    network = tiny_site(GPUS, BESS, rest=(*REST, "ac")).network(templates=False)
    assert network.model.component("balance").component("swing") is None


def test_a_battery_holds_the_rest_in_power_and_energy(tiny):
    """The grid accepts 0.1 of 1.1 MW, the battery holds 1.0 MW for 0.1 h, one way at 0.8.

    A swing up takes 0.1 / 0.8 = 0.125 MWh out of what is stored, one down puts 0.08 MWh in; on the design day it starts
    half full: 0.125 MWh are half of 0.25 MWh usable, and 0.25 / 0.8 = 0.3125 MWh are built. Power: 1.0 MW.
    Without the energy nothing but power would be built.
    """
    solved = tiny(GPUS, BESS, limit("0.1 MW"), rest=(*REST, "ac"))
    assert solved["bess.power_capacity"] == pytest.approx([1.0])
    assert solved["bess.energy_capacity"] == pytest.approx([0.3125])
    assert solved["bess.held"][3:] == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize(("drawn", "status"), [(2.5, "optimal"), (2.52, "infeasible")])
def test_power_that_is_held_back_serves_nothing_else(tiny, rest_of, free_grid, drawn, status):
    """0.9 kGPU run and swing by 0.99 MW: of 2 MW of battery 1.01 MW charge and discharge; with 1.5 MW of grid 2.51 MW.

    If what is held did not share the power, 3.5 MW could be served.
    """
    bess = {**BESS, "power": {"fixed": "2 MW"}, "energy": {"fixed": "50 MWh"}, "round_trip": 1.0}
    town = {"kind": "load", "name": "town", "demand": HourlyValues(np.array([0.0, drawn]), "MW")}
    work = rest_of("compute", name="work", least=-1.8, most=-1.8)
    grid = free_grid(size={"fixed": "1.5 MW"})
    found = tiny(GPUS, bess, limit("0 MW"), town, work, grid, rest=REST[:3], steps=2, design_steps=0)
    assert found.status == status


def test_the_limit_may_rise_with_the_connection(tiny):
    """Accepted: 0.1 MW, later 1.1 MW: the battery holds 1 MW in the first phase on the design day, then nothing."""
    dated = {"kind": "swing_limit", "name": "swing", "limit": {"2026-01-01": "0.1 MW", "2031-01-01": "1.1 MW"}}
    held = tiny(
        GPUS, {**BESS, "life": "5 years"}, dated, rest=(*REST, "ac"), starts=(date(2026, 1, 1), date(2031, 1, 1)),
        worth=(1.0, 1.0),
    )["bess.power_capacity"]  # fmt: skip
    assert held == pytest.approx([1.0, 0.0])


def test_the_batteries_of_the_supply_hold_their_share(tiny, rest_of):
    """A supply of 4 MW takes 25 % of its rating: 1 MW of the 1.1; the grid accepts the rest of 0.1 MW."""
    chain = {
        "kind": "power_chain",
        "name": "chain",
        "size": {"fixed": "4 MW"},
        "lead_time": "0 years",
        "swing_share": 0.25,
    }
    rest = ("ac", "heat_liquid", "heat_air", "compute")
    assert tiny(GPUS, chain, limit("0.1 MW"), rest=rest).status == "optimal"
    assert tiny(GPUS, chain, limit("0.09 MW"), rest=rest).status == "infeasible"


@pytest.mark.parametrize("kind", ["pumped_hydro"])
def test_slow_stores_hold_no_swings(kind):
    with pytest.raises(ValueError, match="swings of training come and go within seconds"):
        Component.from_dict({"kind": kind, "name": "basins", "swing_duration": "1 minute"})
