"""A lateral by hand: 8 MW at 40 % need 20 MW of gas; 10 km at 2,000 USD/MW/km and 5 USD/kW cost 500,000 USD."""

from datetime import date

import numpy as np
import pytest

from gigasite.models.hourly import HourlyValues

ENGINE = {
    "kind": "generator", "name": "engine", "technology": "gas_engine", "fuel": "gas", "size": {"fixed": "20 MW"},
    "efficiency": 0.4, "auxiliary_load": 0, "forced_outage": 0, "running_cost": "0 USD/MWh", "capex": "0 USD/MW",
    "upkeep": "0 USD/MW/year", "lead_time": "0 years",
}  # fmt: skip
LOAD = {"kind": "load", "name": "offices", "demand": "8 MW"}


def lateral(**changes):
    return {
        "kind": "gas_pipeline", "name": "lateral", "size": {"maximum": "50 MW"}, "length": "10 km",
        "capex": "2000 USD/MW/km", "station": "5 USD/kW", "upkeep": "0 1/year", "life": "20 years",
        "lead_time": "0 years", "price": "10 USD/MWh", **changes,
    }  # fmt: skip


@pytest.mark.parametrize(("size", "status"), [("20 MW", "optimal"), ("19.9 MW", "infeasible")])
def test_generators_burn_no_more_than_the_lateral_brings(tiny, size, status):
    assert tiny(LOAD, ENGINE, lateral(size={"fixed": size})).status == status


def test_its_size_follows_the_largest_burn_and_is_paid(tiny):
    """20 MW x 25,000 USD/MW over 20 years: 25,000 USD a year, and 175,200 MWh of gas at 10 USD/MWh."""
    solved = tiny(LOAD, ENGINE, lateral())
    assert solved["lateral.power_capacity"] == pytest.approx([20])
    assert solved.cost("lateral", "capital") == pytest.approx([25_000])
    assert solved.cost("lateral", "fuel") == pytest.approx([1_752_000])
    assert solved.year("lateral", "capital") == pytest.approx([500_000])


def test_a_short_peak_is_left_to_the_grid(tiny, free_grid):
    """8 and 4 MW by turns, a lateral of 10 MW: the grid brings the 4 MW that gas cannot. By the year it could."""
    demand = HourlyValues(np.array([8.0, 4.0]), "MW")
    solved = tiny(
        {**LOAD, "demand": demand}, ENGINE, lateral(size={"fixed": "10 MW"}), free_grid(), steps=2, design_steps=0
    )
    assert solved.flow("engine", "ac") == pytest.approx([4, 4])


def test_gas_comes_with_the_lateral(tiny, free_grid):
    """No gas before its lead time of five years: the grid serves the first phase."""
    starts = (date(2026, 1, 1), date(2031, 1, 1))
    solved = tiny(LOAD, ENGINE, lateral(lead_time="5 years"), free_grid(), starts=starts)
    assert solved.year("engine", "ac") == pytest.approx([0, 70_080])


def test_it_emits_what_is_burned(tiny):
    solved = tiny(LOAD, ENGINE, lateral(emission="0.2 t/MWh"))
    assert solved.year("lateral", "carbon") == pytest.approx([35_040])
