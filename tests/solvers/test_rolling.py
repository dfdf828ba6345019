"""Operation without perfect foresight, by hand: half days, so that a window of two days has four steps."""

from dataclasses import replace

import numpy as np
import pytest

from gigasite.models.hourly import HourlyValues
from gigasite.solvers import optimise
from gigasite.solvers.rolling import averaged, roll, spans, steps_of

LOAD = {"kind": "load", "name": "offices", "demand": "20 MW"}
BATTERY = {
    "kind": "battery", "name": "bess", "power": {"fixed": "20 MW"}, "energy": {"fixed": "120 MWh"}, "round_trip": 0.81,
    "loss": "0 1/hour", "depth": 1.0, "fade": "0 1/year", "cycle_life": 1e6, "life": "20 years", "lead_time": "0 years",
    "capex_power": "0 USD/kW", "capex_energy": "0 USD/kWh", "upkeep": "0 1/year",
}  # fmt: skip
RINGS_PER_YEAR = 8760 / 96


@pytest.fixture
def operated(tiny_site, free_grid):
    """Return the plan of four days, its operation and the yearly cost of both [USD]."""

    def build(*others, prices, **grid):
        price = HourlyValues(np.repeat(np.asarray(prices, dtype=float), 2), "USD/MWh")
        site = tiny_site(
            LOAD, free_grid(energy_price=price, **grid), *others, steps=8, step_hours=12.0, design_steps=2
        )  # fmt: skip
        compiled = site.compiled()
        plan = optimise(compiled, method="exact")
        rolled = roll(compiled, plan.x, plan.duals)
        cost = compiled.matrix.cost
        return compiled, plan.x, rolled, 1000 * float(cost @ plan.x), 1000 * float(cost @ rolled.x)

    return build


def test_what_lies_beyond_the_window_is_bought_too_early_and_sold_again(operated):
    """Days at 29, 31, 20 and 100 USD/MWh; 120 MWh that take 0.9 each way.

    With foresight it charges on the third day. Without, the store is worth about 44 USD/MWh after two days, the average
    of what it is worth after each day, and more than the 32 USD/MWh that charging on the first day costs. Then the
    third day comes into sight, and it sells what it bought: 120 / 0.9 x 29 - 120 x 0.9 x 31 = 518.67 USD lost, 91.25
    times a year. With the duals of each very day it would lose nothing.
    """
    _, _, rolled, perfect, cost = operated(BATTERY, prices=(29, 31, 20, 100))
    assert cost - perfect == pytest.approx((4000 / 30 * 29 - 108 * 31) * RINGS_PER_YEAR, rel=1e-5)
    assert not rolled.missed
    assert rolled.windows == 4


def test_what_lies_within_the_window_costs_nothing(operated):
    """Dear days follow cheap ones, which two days ahead show: nothing is lost."""
    _, _, rolled, perfect, cost = operated(BATTERY, prices=(20, 100, 20, 100))
    assert cost == pytest.approx(perfect, rel=1e-7)
    assert not rolled.missed


def test_sizes_stay(operated):
    compiled, plan, rolled, _, _ = operated(BATTERY, prices=(29, 31, 20, 100))
    for terms in compiled.network.terms.values():
        for record in terms.capacities:
            where = compiled.columns.slice(record.capacity)
            assert rolled.x[where] == pytest.approx(plan[where])


def test_a_yearly_cap_holds_and_is_used(operated, free_grid):
    """20 MW all year, half of it from the dirty grid under the cap: 87,600 MWh x 0.5 t/MWh = 43,800 t.

    The operator who only knew the price of carbon would be indifferent, and might leave some of the cap unused.
    """
    clean = free_grid(name="clean", energy_price="100 USD/MWh", emission="0 t/MWh")
    cap = {"kind": "carbon_limit", "name": "carbon", "cap": "43800 t/year"}
    compiled, _, rolled, perfect, cost = operated(clean, cap, prices=(50, 50, 50, 50))
    emitted = rolled.x[compiled.columns.slice(compiled.network.model.find_component("carbon.emitted"))]
    assert emitted == pytest.approx(43_800.0, rel=1e-6)
    assert cost == pytest.approx(perfect, rel=1e-6)
    assert not rolled.missed


def test_a_billed_peak_of_the_plan_is_the_target(operated):
    """A constant load has the same peak every day: it is paid for once and never avoided."""
    compiled, plan, rolled, perfect, cost = operated(prices=(50, 50, 50, 50), demand_charge="10 USD/kW/month")
    where = compiled.columns.slice(compiled.network.model.find_component("grid.peak"))
    assert rolled.x[where] == pytest.approx(plan[where])
    assert cost == pytest.approx(perfect, rel=1e-7)


def test_what_cannot_be_met_is_counted(operated):
    """A connection of 19 MW for 20 MW, of which a store without a surplus makes up nothing: 1 MW x 8,760 h."""
    compiled, plan, rolled, _, _ = operated(BATTERY, prices=(29, 31, 20, 100))
    upper = compiled.matrix.upper.copy()
    imported = compiled.columns.slice(compiled.network.model.find_component("grid.imported"))
    upper[np.arange(imported.start, imported.stop)[:8]] = 19.0
    weak = replace(compiled, matrix=replace(compiled.matrix, upper=upper))
    starved = roll(weak, np.minimum(plan, upper), np.zeros(compiled.matrix.a.shape[0]))
    assert starved.missed["balance.ac"].sum() == pytest.approx(8760.0, rel=1e-6)
    assert not rolled.missed


def test_rows_know_their_steps(operated):
    """Eight steps: carry-over rows join neighbours, the one that closes the ring belongs to the last step."""
    compiled, *_ = operated(BATTERY, prices=(29, 31, 20, 100))
    span = spans(compiled.matrix, steps_of(compiled), compiled.network.time.timeline)
    carried = compiled.matrix.rows["bess.carry_over"]
    assert span.count[carried][:8].tolist() == [2] * 8
    assert span.closes[carried][:8].tolist() == [True] + [False] * 7
    assert span.first[carried][:8].tolist() == [7, 0, 1, 2, 3, 4, 5, 6]
    assert not span.closes[compiled.matrix.rows["bess.cycle_limit"]].any()


def test_averages_keep_the_hour_of_the_day_apart(timeline_of):
    """Midnights 1 and 3 make 2, noons 10 and 30 make 20; what has no step stays."""
    timeline = timeline_of(4, step_hours=12.0)
    values = np.array([1.0, 10.0, 3.0, 30.0, 7.0])
    found = averaged(timeline, values, [slice(0, 5)], np.array([0, 1, 2, 3, -1]))
    assert found.tolist() == [2.0, 20.0, 2.0, 20.0, 7.0]
