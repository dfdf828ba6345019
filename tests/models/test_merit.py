"""The cheapest way to take heat in an hour, by hand and against a linear program."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from gigasite.models.cooling import Mode
from gigasite.models.merit import STOPPED, cheapest, running_cost

USD_PER_MWH, LOST_USD_PER_MWH = 100.0, 2000.0


def mode(electricity, water=0.0, share=None, capacity=1.0, price=None, slowed=None):
    one = np.ones(1)
    rest = {"share": share, "price": price, "slowed": slowed}
    return Mode(
        electricity * one, water * one, capacity * one, **{k: v * one for k, v in rest.items() if v is not None}
    )


def shares(modes, water_usd=2.0, electricity=USD_PER_MWH):
    """Return what each mode takes in a single hour, zeros left out."""
    found = cheapest(modes, running_cost(modes, np.full(1, electricity), water_usd, LOST_USD_PER_MWH))
    return {name: pytest.approx(float(value[0])) for name, value in found.items() if value[0] > 0}


def test_a_system_of_one_mode_uses_it():
    assert shares({"chiller": mode(0.25)}) == {"chiller": 1.0}


def test_free_cooling_takes_its_share_and_the_trim_chiller_the_rest():
    """0.3 x 0.01 x 100 + 0.7 x 0.25 x 100 = 17.8 USD/MWh against 25 for the chiller alone."""
    assert shares({"free": mode(0.01, share=0.3), "trim": mode(0.25)}) == {"free": 0.3, "trim": 0.7}


def test_free_cooling_takes_everything_where_it_can():
    assert shares({"free": mode(0.01, share=1.0), "trim": mode(0.25)}) == {"free": 1.0}


def test_a_chiller_that_is_cheaper_than_a_free_mode_runs_alone():
    """0.05 x 100 + 3 x 4 = 17 USD/MWh with water against 0.15 x 100 = 15 without."""
    assert shares({"free": mode(0.05, water=3.0, share=0.6), "trim": mode(0.15)}, water_usd=4.0) == {"trim": 1.0}


@pytest.mark.parametrize(
    ("water_usd", "taken"),
    [(2.0, {"wet": 1.0}), (5.0, {"dry": 0.5, "trim": 0.5}), (20.0, {"dry": 0.5, "trim": 0.5})],
)
def test_the_price_of_water_decides_between_pads_and_chiller(water_usd, taken):
    """Dry half and trim half: 0.5 x 1 + 0.5 x 20 = 10.5 USD/MWh; wet: 2 + 3 x price, that is 8, 17 and 62.

    The two are alike at 2.83 USD/m3. Dry and wet at once would cost 8 at least, and cannot: wet leaves no flow to dry.
    """
    modes = {"dry": mode(0.01, share=0.5), "wet": mode(0.02, water=3.0, share=1.0), "trim": mode(0.2)}
    assert shares(modes, water_usd) == taken


@pytest.mark.parametrize(("water_usd", "first"), [(1.0, "wet"), (10.0, "dry")])
def test_pads_and_chiller_together_carry_hours_too_humid_for_pads(water_usd, first):
    """With 1 USD/m3: 0.8 x 5 + 0.2 x 20 = 8 USD/MWh wet, 0.5 x 1 + 0.5 x 20 = 10.5 dry. With 10: 29.6 and 10.5.

    Flow is split, so that dry 0.5 and wet 0.5 together are not 1: 0.5 / 0.5 + 0.5 / 0.8 = 1.6 times the flow.
    """
    modes = {"dry": mode(0.01, share=0.5), "wet": mode(0.02, water=3.0, share=0.8), "trim": mode(0.2)}
    share = {"wet": 0.8, "dry": 0.5}[first]
    assert shares(modes, water_usd) == {first: share, "trim": 1.0 - share}


def test_cold_that_is_bought_costs_its_price():
    """44 USD/MWh bought against 0.25 x 100 = 25 made, and against 50 where electricity costs 200."""
    modes = {"district": mode(0.0, price=44.0), "chiller": mode(0.25)}
    assert shares(modes) == {"chiller": 1.0}
    assert shares(modes, electricity=200.0) == {"district": 1.0}


@pytest.mark.parametrize(("slowed", "taken"), [(0.005, "warm"), (0.02, "trim")])
def test_accelerators_slow_down_where_that_costs_less_than_a_chiller(slowed, taken):
    """0.02 x 100 + 0.005 x 2,000 = 12 USD/MWh, against 0.25 x 100 = 25 of the chiller; with 2 % lost: 42."""
    modes = {"warm": mode(0.02, share=1.0, slowed=slowed), "trim": mode(0.25)}
    assert shares(modes) == {taken: 1.0}


def test_heat_that_nothing_takes_stops_the_load():
    """Free 0.3 without a trim chiller; a chiller without capacity; warm water beyond its range."""
    assert shares({"free": mode(0.01, share=0.3)}) == {STOPPED: 1.0}
    assert shares({"free": mode(0.01, share=1.0, capacity=0.0)}) == {STOPPED: 1.0}
    assert shares({"free": mode(0.01, share=0.9), "warm": mode(0.0, share=0.0, slowed=0.3)}) == {STOPPED: 1.0}


def test_a_free_mode_without_capacity_leaves_the_rest_to_the_chiller():
    assert shares({"free": mode(0.01, share=0.4, capacity=0.0), "trim": mode(0.25)}) == {"trim": 1.0}


def test_hours_stand_alone():
    """A share of 1, 0.4 and 0 in three hours; electricity free of charge in the last."""
    zero = np.zeros(3)
    free = Mode(zero + 0.01, zero, zero + 1.0, np.array([1.0, 0.4, 0.0]))
    modes = {"free": free, "trim": Mode(zero + 0.2, zero, zero + 1.0)}
    found = cheapest(modes, running_cost(modes, np.array([50.0, 50.0, 0.0]), 2.0, 0.0))
    np.testing.assert_allclose(found["free"], [1.0, 0.4, 0.0])
    np.testing.assert_allclose(found["trim"], [0.0, 0.6, 1.0])
    np.testing.assert_allclose(found[STOPPED], 0.0)


def test_rounding_in_a_share_stops_nothing():
    """33.3 + 2 + 8 degC of air and approach against 43.3 degC: (53.3 - 43.3) / 10 may be 1 less a rounding."""
    assert shares({"free": mode(0.01, share=1.0 - 1e-12)}) == {"free": 1.0}


def test_what_is_drained_is_paid_for_too():
    """2 L/kWh at 1 USD/m3, a quarter of it drained at 4: 0.01 x 100 + 2 + 0.5 x 4 = 5 USD/MWh; without disposal 3."""
    wet = Mode(np.full(1, 0.01), np.full(1, 2.0), np.ones(1), side={"waste_water": np.full(1, 0.5)})
    assert running_cost({"wet": wet}, np.full(1, 100.0), 1.0, 0.0, 4.0)["wet"] == pytest.approx([5.0])


def test_a_tie_goes_to_one_mode_and_heat_is_taken_once():
    found = shares({"a": mode(0.2), "b": mode(0.2)})
    assert found == {"a": 1.0}


def made(numbers):
    electricity, water, share, price, slowed = numbers
    return mode(electricity, water, share, price=price, slowed=slowed)


few = st.sampled_from
fine = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000.0)
modes_of = st.lists(
    st.tuples(
        st.floats(0.0, 1.0), few([0.0, 1.0, 3.0]), st.one_of(st.none(), few([0.0, 1.0]), fine),
        st.one_of(st.none(), st.floats(0.0, 60.0)), st.one_of(st.none(), st.floats(0.0, 0.05)),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(max_examples=300)
@given(numbers=modes_of, water_usd=st.floats(0.0, 10.0), electricity=st.floats(0.0, 200.0))
def test_no_feasible_split_costs_less(numbers, water_usd, electricity):
    """The linear program of the hour: min sum c_i h_i, sum h_i = 1, sum over limited h_i / s_i <= 1, h >= 0.

    A plan with one mode too few would cost more; a plan that forgets the flow it shares would cost less.
    """
    modes = {str(i): made(each) for i, each in enumerate(numbers)}
    found = cheapest(modes, running_cost(modes, np.full(1, electricity), water_usd, LOST_USD_PER_MWH))
    taken = np.array([found[name][0] for name in modes])
    price = np.array([e * electricity + w * water_usd + (p or 0.0) + (s or 0.0) * 2000.0 for e, w, _, p, s in numbers])
    limits = [each[2] for each in numbers]
    able = [s is None or s > 1e-6 for s in limits]
    crowd = [[0.0 if s is None else 1.0 / max(s, 1e-6) for s in limits]]
    program = linprog(
        price, A_ub=crowd, b_ub=[1.0], A_eq=[[1.0] * len(numbers)], b_eq=[1.0], bounds=[(0, float(a)) for a in able]
    )
    assert (found[STOPPED][0] == 1.0) == (program.status == 2)
    if program.status == 0:
        assert taken.sum() == pytest.approx(1.0)
        assert price @ taken == pytest.approx(program.fun, rel=1e-6, abs=1e-6)
        assert sum(h / s for h, s in zip(taken, limits, strict=True) if s) <= 1.0 + 1e-9
