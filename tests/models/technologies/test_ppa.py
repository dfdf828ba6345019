"""Contracts by hand: three half hours that stand for the year, 0.5 USD/kWh grid power beside them."""

from datetime import date

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.hourly import HourlyValues

LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}
COURSE = HourlyValues(np.array([0.5, 1.0, 0.0]), "")


def contract(**changes):
    return {
        "kind": "ppa", "name": "contract", "size": {"fixed": "16 MW"}, "shape": "pay_as_produced", "profile": COURSE,
        "price": "40 USD/MWh", "start": "2026-01-01", "end": "2041-01-01", "renewable": True, **changes,
    }  # fmt: skip


def test_what_is_produced_is_paid_for_and_the_surplus_is_spilled(tiny, free_grid):
    """16 MW x (0.5, 1, 0) = 8, 16, 0 MW: 8, 10, 0 are taken, 6 spilled.

    Paid: 24 MW x 2,920 h x 40 USD = 2,803,200 USD. Grid: (2 + 0 + 10) x 2,920 x 100 = 3,504,000 USD.
    """
    solved = tiny(LOAD, contract(), free_grid())
    assert solved["contract.delivered"][:3] == pytest.approx([8, 10, 0])
    assert solved.cost("contract", "energy") == pytest.approx([24 * 2920 * 40])
    assert solved.usd == pytest.approx(24 * 2920 * 40 + 12 * 2920 * 100)
    assert solved.year("contract", "renewable_energy") == pytest.approx([18 * 2920])


def test_without_take_or_pay_only_deliveries_are_paid(tiny, free_grid):
    """8 + 10 MW x 2,920 h x 40 USD = 2,102,400 USD."""
    solved = tiny(LOAD, contract(take_or_pay=False), free_grid())
    assert solved.cost("contract", "energy") == pytest.approx([18 * 2920 * 40])


def test_a_take_or_pay_contract_is_paid_when_cheaper_power_is_at_hand(tiny, free_grid):
    """Grid power at 10 USD: paid all the same, so it is taken for nothing; without take-or-pay none is taken."""
    cheap = free_grid(energy_price="10 USD/MWh")
    assert tiny(LOAD, contract(), cheap)["contract.delivered"][:3] == pytest.approx([8, 10, 0])
    assert tiny(LOAD, contract(take_or_pay=False), cheap)["contract.delivered"][:3] == pytest.approx([0, 0, 0])


def test_the_optimiser_contracts_what_pays(tiny, free_grid):
    """A MW contracted costs 1.5 x 40 = 60 a cycle and saves 150 up to 10 MW, then 0.5 x 100 = 50: it stops at 10."""
    solved = tiny(LOAD, contract(size={"maximum": "50 MW"}), free_grid())
    assert solved["contract.power_capacity"] == pytest.approx([10.0])


def test_baseload_delivers_the_same_at_every_hour(tiny, free_grid):
    base = contract(shape="baseload", profile=None, size={"fixed": "4 MW"}, renewable=False)
    solved = tiny(LOAD, base, free_grid())
    assert solved["contract.delivered"][:3] == pytest.approx([4, 4, 4])
    assert solved.cost("contract", "energy") == pytest.approx([4 * 8760 * 40])


@pytest.mark.parametrize("kind", ["pv_tracking", "pv_fixed", "wind"])
def test_a_contract_follows_the_plant_that_it_names(weather_of, kind):
    """The same course as a plant of catalogue design on the site, ageing included."""
    made = Component.from_dict(contract(plant=kind, profile=None))
    plant = Component.from_dict({"kind": kind, "name": "plant"})
    course = made.derive(weather_of(3))["availability"].values
    assert course == pytest.approx(plant.derive(weather_of(3))["availability"].values)
    assert 0.1 < course.mean() < 1.0


def test_a_course_of_one_year_serves_several_years_of_weather(weather_of):
    """Two years of three steps each."""
    assert Component.from_dict(contract()).derive(weather_of(6))["availability"].values == pytest.approx(
        [0.5, 1, 0, 0.5, 1, 0]
    )


STARTS = (date(2026, 1, 1), date(2028, 1, 1), date(2031, 1, 1))


def test_a_contract_delivers_and_costs_only_within_its_term(tiny, free_grid):
    """From 2028 to 2031: nothing before, 4 MW within, nothing after; a life counted from 2028 on would go on."""
    base = contract(shape="baseload", profile=None, size={"fixed": "4 MW"}, start="2028-01-01", end="2031-01-01")
    solved = tiny(LOAD, base, free_grid(), starts=STARTS, worth=(1.0, 1.0, 1.0))
    assert solved["contract.power_capacity"] == pytest.approx([0, 4, 0])
    assert solved.cost("contract", "energy") == pytest.approx([0, 4 * 8760 * 40, 0])
    assert solved["contract.delivered"][:9] == pytest.approx([0] * 3 + [4] * 3 + [0] * 3)


def test_a_contract_may_grow_and_ends_as_a_whole(tiny, free_grid):
    """4 MW from 2026, 6 MW from 2028, both end in 2031."""
    size = {"fixed": {date(2026, 1, 1): "4 MW", date(2028, 1, 1): "6 MW"}}
    base = contract(shape="baseload", profile=None, size=size, end="2031-01-01")
    solved = tiny(LOAD, base, free_grid(), starts=STARTS, worth=(1.0, 1.0, 1.0))
    assert solved["contract.power_capacity"] == pytest.approx([4, 6, 0])


def test_sizes_of_a_finished_run_may_fall_to_nothing_at_the_end():
    """A run whose contract ends in 2031 says 4 MW, then 0 MW from the end on."""
    size = {"fixed": {date(2026, 1, 1): "4 MW", date(2028, 1, 1): "3.9999999 MW", date(2031, 1, 1): "0 MW"}}
    assert Component.from_dict(contract(size=size, end="2031-01-01")).size.fixed[date(2031, 1, 1)] == 0.0


def test_the_phases_split_at_start_and_end():
    made = Component.from_dict(contract(start="2028-01-01", end="2033-07-01"))
    assert made.dates(date(2026, 1, 1)) == {date(2028, 1, 1), date(2033, 7, 1)}


@pytest.mark.parametrize(("firm", "connection"), [(0.0, 10.0), (0.25, 6.0)])
def test_design_days_count_only_the_firm_share(tiny, free_grid, firm, connection):
    """0.25 of 16 MW: 4 MW less of connection."""
    grid = free_grid(size={"maximum": "50 MW"}, capex="1000 USD/MW")
    solved = tiny(LOAD, contract(firm=firm, profile=HourlyValues(np.array([1.0]), "")), grid)
    assert solved["grid.power_capacity"] == pytest.approx([connection])


def test_what_is_not_carbon_free_is_counted(tiny, free_grid):
    """18 MW x 2,920 h = 52,560 MWh at 0.2 t/MWh: 10,512 t."""
    solved = tiny(LOAD, contract(renewable=False, carbon_free=False, emission="0.2 t/MWh"), free_grid())
    assert solved.year("contract", "carbon") == pytest.approx([10_512])
    assert solved.year("contract", "carbon_bearing_energy") == pytest.approx([52_560])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"end": "2025-01-01"}, "end must come after start, got 2025-01-01 and 2026-01-01"),
        ({"end": "2026-01-01"}, "end must come after start"),
        ({"shape": "baseload"}, "profile belongs to shape pay_as_produced"),
        ({"profile": None}, "needs either a plant or a profile, got neither"),
        ({"plant": "wind"}, "needs either a plant or a profile, got plant and profile"),
        ({"life": "10 years"}, "life does not belong to a contract"),
        ({"lead_time": "1 year"}, "lead_time does not belong to a contract"),
        ({"size": {"fixed": {date(2026, 1, 1): "5 MW", date(2030, 1, 1): "3 MW"}}}, "size.fixed must not fall"),
        ({"profile": HourlyValues(np.array([0.5, 1.2]), "")}, "between 0.0 and 1.0"),
        ({"price": "-5 USD/MWh"}, "must not be negative"),
    ],
)
def test_wrong_contracts_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        Component.from_dict(contract(**wrong))


@pytest.mark.parametrize("shape", [{"shape": "baseload", "profile": None}, {}])
def test_a_contract_is_firm_for_its_stated_share(tiny, shape):
    """16 MW at a stated 75 %: 12 MW of firm capacity within the term, whatever its shape; a reserve asks for that."""
    need = {"kind": "reserve_limit", "name": "reserve", "largest_unit": "12 MW"}
    solved = tiny(contract(firm=0.75, **shape), need, rest=("ac",))
    assert solved.year("contract", "firm_capacity") == pytest.approx([12.0])
    more = {**need, "largest_unit": "12.01 MW"}
    assert tiny(contract(firm=0.75, **shape), more, rest=("ac",)).status == "infeasible"


def test_a_contract_that_has_ended_is_not_firm(tiny):
    """Two phases, the term ends with the first: 12 MW, then nothing."""
    ended = contract(firm=0.75, end="2031-01-01")
    solved = tiny(ended, rest=("ac",), starts=(date(2026, 1, 1), date(2031, 1, 1)), worth=(1.0, 1.0))
    assert solved.year("contract", "firm_capacity") == pytest.approx([12.0, 0.0])


def test_without_a_stated_share_a_contract_is_not_firm(tiny_site):
    assert "firm_capacity" not in tiny_site(contract(), rest=("ac",)).network().terms["contract"].into
