"""Fleets at part load by hand: 10 MW of units at 40 %, a penalty of 20 %, so an idle share of 0.1 / 0.9 = 1/9."""

import numpy as np
import pytest

from gigasite.models.hourly import HourlyValues
from gigasite.models.physics.derating import part_load_efficiency
from gigasite.models.unit_commitment import idle_share


def fleet(**changes):
    return {
        "kind": "generator", "name": "units", "technology": "gas_engine", "fuel": "gas", "size": {"fixed": "10 MW"},
        "efficiency": 0.4, "auxiliary_load": 0, "forced_outage": 0, "heat_derating": "0 1/delta_degC",
        "capex": "0 USD/MW", "upkeep": "0 USD/MW/year", "running_cost": "0 USD/MWh", "lead_time": "0 years",
        "unit": "5 MW", "part_load": True, "min_load": 0.5, "part_load_penalty": 0.2, "start_cost": "0 USD/MW",
        **changes,
    }  # fmt: skip


GAS = {"kind": "natural_gas", "name": "pipe", "price": "10 USD/MWh"}


def hours(*values, unit="MW"):
    return HourlyValues(np.array(values, dtype=float), unit)


def load(*values):
    return {"kind": "load", "name": "offices", "demand": hours(*values)}


@pytest.fixture
def run(tiny):
    return lambda *components, steps: tiny(*components, steps=steps, design_steps=0)


@pytest.mark.parametrize("penalty", [0.0, 0.08, 0.15, 0.2, -0.05])
def test_the_straight_line_meets_the_curve_at_full_and_half_load(penalty):
    """15 %: idle 0.075 / 0.925 = 0.0811; at half load 0.0811 + 0.9189 / 2 = 0.5405 = 0.5 / 0.925."""
    idle = idle_share(penalty)
    for share in (0.5, 1.0):
        efficiency = share / (idle + (1 - idle) * share)
        assert efficiency == pytest.approx(float(part_load_efficiency(share, 1.0, penalty)))


@pytest.mark.parametrize("penalty", [0.08, 0.15, 0.2])
def test_between_the_line_stays_near_the_curve(penalty):
    """From 40 % of the load on, the straight line is within 3 % of the curve."""
    idle, share = idle_share(penalty), np.linspace(0.4, 1.0, 61)
    assert share / (idle + (1 - idle) * share) == pytest.approx(part_load_efficiency(share, 1.0, penalty), rel=0.03)


@pytest.mark.parametrize(("whole", "heat"), [(True, (5 / 9 + 4 * 8 / 9) / 0.4), (False, 4 / 0.4)])
def test_a_whole_unit_burns_more_at_part_load(run, whole, heat):
    """4 MW from one unit of 5 MW: (5/9 + 8/9 x 4) / 0.4 = 10.28 MW of gas. Divisible units run at full load: 10 MW."""
    solved = run(load(4, 4), fleet(whole=whole), GAS, steps=2)
    assert solved.cost("pipe", "fuel") == pytest.approx([heat * 8760 * 10])


@pytest.mark.parametrize(("price", "started"), [("1 USD/MW", [4, 0]), ("2 USD/MW", [0, 0])])
def test_units_stop_where_a_start_is_cheaper_than_idling(run, price, started):
    """8 and 4 MW by turns of half an hour: idling burns 4/9 / 0.4 x 0.5 h x 10 = 5.56 USD, as much as 4 MW at 1.39."""
    solved = run(load(8, 4), fleet(start_cost=price), GAS, steps=2)
    assert solved["units.started"] == pytest.approx(started, abs=1e-7)
    assert solved.cost("units", "starts") == pytest.approx([1.0 * 4 * 8760 if started[0] else 0.0])


def test_units_online_run_at_least_at_minimum_load(run, free_grid):
    """Where starts are dear, 8 MW stay online through a free half hour: 4 MW, not 0."""
    grid = free_grid(energy_price=hours(500.0, 0.0, unit="USD/MWh"))
    solved = run(load(8, 8), fleet(start_cost="10000 USD/MW"), GAS, grid, steps=2)
    assert solved.flow("units", "ac") == pytest.approx([8, 4])


def test_the_minimum_load_follows_what_hot_air_leaves(tiny, free_grid):
    """At 45 degC 10 x (1 - 0.01 x 10) = 9 MW can be given, and 4.5 MW must."""
    grid = free_grid(energy_price=hours(500.0, 0.0, unit="USD/MWh"))
    units = fleet(start_cost="10000 USD/MW", heat_derating="0.01 1/delta_degC", reference_temperature="35 degC")
    solved = tiny(load(20, 20), units, GAS, grid, steps=2, design_steps=0, dry_bulb_c=45.0)
    assert solved.flow("units", "ac") == pytest.approx([9, 4.5])


def test_only_whole_units_are_online(run, free_grid):
    """At 25 USD/MWh gas power is cheaper than the grid at 30: one unit serves 7 MW with 5 MW and the grid adds 2.

    Two units would burn (10/9 + 8/9 x 7) / 0.4 = 18.3 MW, one unit 12.5 MW, and the grid's 2 MW cost 60 USD/h.
    """
    solved = run(load(7, 7), fleet(whole=True), GAS, free_grid(energy_price="28 USD/MWh"), steps=2)
    assert solved["units.units_online"] == pytest.approx([1, 1])
    assert solved.flow("units", "ac") == pytest.approx([5, 5])


@pytest.mark.parametrize(("ramp", "given"), [("0.2 1/hour", [5, 4, 4]), ("2 1/hour", [8, 4, 4])])
def test_a_fleet_without_part_load_ramps_as_one(run, free_grid, ramp, given):
    """0.2 an hour of 10 MW is 1 MW in half an hour: from 4 to 5 MW and back round the cycle. Two an hour never bind."""
    plain = {k: v for k, v in fleet(ramp=ramp).items() if k not in ("min_load", "part_load_penalty", "start_cost")}
    solved = run(load(8, 4, 4), {**plain, "part_load": False}, GAS, free_grid(), steps=3)
    assert solved.flow("units", "ac") == pytest.approx(given)


def test_units_that_start_reach_their_minimum_load_at_once(run, free_grid):
    """4 MW at full load rise by 0.4 MW, and 6 MW that start bring 3 MW more: 7.4 of 8 MW. Without starts 4.4 MW.

    Stopping the 4 MW to start 10 MW at half load would give 5 MW only, not 4 + 5.
    """
    solved = run(load(8, 4, 4), fleet(ramp="0.2 1/hour"), GAS, free_grid(), steps=3)
    assert solved.flow("units", "ac") == pytest.approx([7.4, 4, 4])


def test_units_that_stop_come_from_their_minimum_load(run, free_grid):
    """The mirror image: 7.4 MW fall to 4 MW, as 4 MW that stay give up 0.4 MW and 6 MW that stop 3 MW."""
    solved = run(load(4, 4, 8), fleet(ramp="0.2 1/hour"), GAS, free_grid(), steps=3)
    assert solved.flow("units", "ac")[2] == pytest.approx(7.4)


def test_ramps_of_the_catalogue_bind_at_no_whole_hour(tiny_site):
    """The slowest of them, 0.02 a minute, is 1.2 an hour; at half hours it binds."""
    for step_hours, binds in ((1.0, False), (0.5, True)):
        data = {"kind": "generator", "name": "units", "technology": "smr"}
        rows = tiny_site(data, rest=("ac",), step_hours=step_hours).compiled().matrix.rows
        assert ("units.rise_limit" in rows) is binds
