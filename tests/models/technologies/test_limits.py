"""Limits by hand: 10 MW all year, 87,600 MWh, from a cheap dirty grid at 50 USD/MWh and a dear clean one at 90."""

from datetime import date

import pytest

LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}


@pytest.fixture
def limited(tiny, free_grid):
    def solve(limit, **changes):
        dirty = free_grid(name="coal", energy_price="50 USD/MWh", emission="1 t/MWh", carbon_free_share=0)
        clean = free_grid(name="hydro", energy_price="90 USD/MWh", emission="0 t/MWh", carbon_free_share=1)
        return tiny(LOAD, dirty, clean, limit, **changes)

    return solve


def test_a_carbon_cap_binds(limited):
    """43,800 t allow half the energy from coal: 43,800 x (50 + 90) = 6.132 M USD; without the cap 4.38 M."""
    solved = limited({"kind": "carbon_limit", "name": "carbon", "cap": "43800 t/year"})
    assert solved.year("coal", "carbon") == pytest.approx([43_800])
    assert solved.usd == pytest.approx(43_800 * 140)


@pytest.mark.parametrize(("price", "usd_per_mwh"), [("30 USD/t", 80.0), ("50 USD/t", 90.0)])
def test_a_carbon_price_moves_the_choice(limited, price, usd_per_mwh):
    """At 30 USD/t coal costs 80 and stays; at 50 it would cost 100, and hydro at 90 takes over."""
    solved = limited({"kind": "carbon_limit", "name": "carbon", "price": price})
    assert solved.usd == pytest.approx(usd_per_mwh * 87_600)


def test_a_cap_that_begins_later_leaves_the_time_before_free(limited):
    """Coal alone before 2031, half of it after. Refusing every tonne before the first date would use none."""
    capped = {"kind": "carbon_limit", "name": "carbon", "cap": {date(2031, 1, 1): "43800 t/year"}}
    solved = limited(capped, starts=(date(2026, 1, 1), date(2031, 1, 1)))
    assert solved.year("coal", "carbon") == pytest.approx([87_600, 43_800])


def test_a_carbon_free_target_binds(limited):
    """80 % carbon-free leaves 17,520 MWh of coal."""
    solved = limited({"kind": "carbon_free_target", "name": "clean", "share": 0.8})
    assert solved.year("coal", "ac") == pytest.approx([17_520])


def building(**changes):
    return {
        "kind": "building", "name": "hall", "size": {"maximum": "20 MW"}, "capex": "10 MUSD/MW", "critical_share": 0.5,
        "land": "0.5 ha/MW", "lead_time": "0 years", **changes,
    }  # fmt: skip


@pytest.mark.parametrize(("limit", "status"), [("5 ha", "optimal"), ("4.9 ha", "infeasible")])
def test_land_limits_what_stands(tiny, rest_of, limit, status):
    """10 MW x 0.5 ha/MW = 5 ha."""
    racks = rest_of("floor_space", least=-10, most=-10)
    assert tiny(building(), racks, {"kind": "land_limit", "name": "land", "limit": limit}).status == status


@pytest.mark.parametrize(("limit", "status"), [("50 MUSD", "optimal"), ("49 MUSD", "infeasible")])
def test_money_limits_what_is_built(tiny, rest_of, limit, status):
    """10 MW x 10 M USD x 0.5 = 50 M USD."""
    racks = rest_of("floor_space", least=-10, most=-10)
    assert tiny(building(), racks, {"kind": "capital_limit", "name": "budget", "limit": limit}).status == status


def test_money_is_counted_in_the_phase_that_spends_it(tiny, rest_of):
    """The hall of 2026 still stands in 2031, when nothing is spent: a budget of 0 there is enough."""
    budget = {
        "kind": "capital_limit",
        "name": "budget",
        "limit": {date(2026, 1, 1): "50 MUSD", date(2031, 1, 1): "0 USD"},
    }
    starts = (date(2026, 1, 1), date(2031, 1, 1))
    solved = tiny(building(), rest_of("floor_space", least=-10, most=-10), budget, starts=starts)
    assert solved["budget.spent"] == pytest.approx([50e6, 0], abs=1)


LATER = {"starts": (date(2026, 1, 1), date(2031, 1, 1))}


@pytest.mark.parametrize(
    ("kind", "small", "enough"), [("land_limit", "4.9 ha", "5 ha"), ("capital_limit", "49 MUSD", "0 USD")]
)
def test_land_and_money_that_are_limited_later_are_free_before(tiny, rest_of, kind, small, enough):
    """5 ha and 50 M USD in 2026, nothing more in 2031: 5 ha and 0 USD from 2031 on are enough.

    If nothing were allowed before the first date, there would be no plan.
    """
    racks = rest_of("floor_space", least=-10, most=-10)

    def status(limits):
        return tiny(building(), racks, {"kind": kind, "name": "limit", "limit": limits}, **LATER).status

    assert status({date(2026, 1, 1): small}) == "infeasible"
    assert status({date(2031, 1, 1): enough}) == "optimal"


def chain(name, ups, capex):
    return {
        "kind": "power_chain", "name": name, "size": {"maximum": "50 MW"}, "ups_efficiency": ups, "lighting_share": 0,
        "distribution_efficiency": 1, "capex": capex, "distribution_capex": "0 USD/MW", "lead_time": "0 years",
        "upkeep": "0 1/year",
    }  # fmt: skip


def test_a_pue_limit_buys_the_better_supply(tiny):
    """Losses of 1/0.8 - 1 = 0.25 for nothing, or 1/0.96 - 1 = 0.04167 at a price; the year may lose 0.15.

    The better supply must carry (0.25 - 0.15) / (0.25 - 0.04167) = 0.48 of 10 MW. Without the limit nobody buys it.
    """
    racks = {"kind": "load", "name": "racks", "bus": "it", "demand": "10 MW"}
    limit = {"kind": "pue_limit", "name": "pue", "limit": 1.15}
    old, new = chain("old", 0.8, "0 USD/MW"), chain("new", 0.96, "1000 USD/MW")
    solved = tiny(racks, old, new, limit, rest=("ac", "heat_air"))
    assert solved["new.power_capacity"] == pytest.approx([4.8])
    assert tiny(racks, old, new, rest=("ac", "heat_air"))["new.power_capacity"] == pytest.approx([0])


def test_a_limit_on_what_nobody_uses_reads_zero(tiny, free_grid):
    """A site without land-using plant: the reading is zero, and the model is built."""
    solved = tiny(LOAD, free_grid(), {"kind": "land_limit", "name": "land", "limit": "5 ha"})
    assert solved["land.occupied"] == pytest.approx([0])
