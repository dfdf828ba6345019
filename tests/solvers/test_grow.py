"""Sizes that leave no dispatch grow by what the worst days need."""

import numpy as np
import pytest

from gigasite.solvers.dispatch import SHORT, dispatch
from gigasite.solvers.grow import balances, event_steps, grown, ready
from gigasite.solvers.highs import OPTIMAL, SIMPLEX, solve
from gigasite.solvers.mend import mended
from gigasite.solvers.phases import link_duals, links
from gigasite.solvers.steps import steps_of


@pytest.fixture(scope="module")
def plant(week):
    """A load of 5 to 15 MW with cheap nights: grid and battery share it."""
    return week()


@pytest.fixture(scope="module")
def best(plant):
    return solve(plant.matrix, SIMPLEX)


def held(plant, sizes):
    link = links(plant)
    columns = np.concatenate([link.added, link.capacity])
    return dispatch(plant.matrix.fixed(columns, sizes[columns]), missable=balances(plant))


def enough(plant, x):
    link = links(plant)
    price = plant.matrix.cost - plant.matrix.a[link.rows].T @ link_duals(plant.matrix, link)
    return grown(plant, link, x, price, steps_of(plant))


def test_a_battery_that_is_too_small_grows_until_every_hour_is_supplied(plant, best):
    """Half of the best, 10.5 MW of grid for 15 MW of load, leaves no dispatch; what is grown does, and none shrank."""
    link = links(plant)
    small = best.x.copy()
    small[np.concatenate([link.added, link.capacity])] *= 0.5
    short = held(plant, small)
    assert short.status == SHORT
    larger = enough(plant, short.x)
    assert np.all(larger[link.capacity] >= small[link.capacity] - 1e-12)
    again = mended(plant, plant.matrix, link, larger, 0.0)
    plan = held(plant, again)
    assert plan.status == OPTIMAL
    assert best.objective <= plan.objective * (1 + 1e-9)
    assert plan.objective <= best.objective * 1.2


def test_sizes_that_suffice_stay(plant, best):
    link = links(plant)
    assert enough(plant, best.x)[link.capacity] == pytest.approx(best.x[link.capacity], rel=1e-5, abs=1e-6)


def test_sizes_at_their_limits_that_fall_short_cannot_grow(week):
    """5 MW of grid and no battery for 15 MW of load."""
    none = {"power": {"fixed": "0 MW"}, "energy": {"fixed": "0 MWh"}}
    plant = week(grid={"size": {"maximum": "5 MW"}}, battery=none)
    link = links(plant)
    sizes = np.zeros(plant.matrix.a.shape[1])
    sizes[link.capacity] = plant.matrix.upper[link.capacity]
    grid = plant.columns.slice(plant.network.model.find_component("grid.power_added"))
    sizes[grid.start] = 5.0
    short = held(plant, sizes)
    assert short.status == SHORT
    assert enough(plant, short.x) is None


def test_stores_are_made_ready_for_an_outage(week):
    """Dark at 18 and 19 h, 5.00 and 5.17 MW: a battery with nearly nothing, and full as it may be, needs 10.17 MWh.

    Discharged at sqrt(0.9) of round trip that is 10.72 MWh of store in each phase.
    """
    dark = {"kind": "outage", "name": "dark", "windows": [{"start": "01-03 18", "hours": 2}], "critical": 0.0}
    plant = week(dark)
    link = links(plant)
    assert len(event_steps(plant)) == 2 * 2
    best = solve(plant.matrix, SIMPLEX).x
    energy = plant.columns.slice(plant.network.terms["bess"].capacities[1].capacity)
    small = best.copy()
    small[energy] = 1.0
    price = plant.matrix.cost - plant.matrix.a[link.rows].T @ link_duals(plant.matrix, link)
    larger = ready(plant, link, small, price, steps_of(plant))
    needed = 10.17 / np.sqrt(0.9)
    assert np.all(larger[energy] >= needed - 0.01)
    assert ready(plant, link, best, price, steps_of(plant))[link.capacity] == pytest.approx(
        best[link.capacity], rel=1e-5, abs=1e-6
    )


def test_without_events_nothing_is_made_ready(plant, best):
    link = links(plant)
    assert not event_steps(plant).size
    assert ready(plant, link, best.x, plant.matrix.cost, steps_of(plant)) == pytest.approx(best.x)
