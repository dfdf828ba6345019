"""Plans that differ in numbers: what is kept is certified, and what is not is chosen anew."""

import sys
import time
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from gigasite.models.errors import SolverError
from gigasite.solvers import Memory, optimise
from gigasite.solvers.bases import Bases
from gigasite.solvers.highs import SIMPLEX, solve
from gigasite.solvers.warm import Start, warmed
from gigasite.solvers.whole import Family, families

GAP = 0.005


@pytest.fixture
def memory(week):
    """What the plan of the usual week leaves."""
    found = Memory("usual")
    assert optimise(week(), gap=GAP, memory=found).sizes_from == ""
    return found


def test_sizes_are_kept_where_prices_hardly_change(week, memory):
    """A battery that costs 2 % more: the plan of the usual week is certified, and no dearer than the gap allows."""
    plant = week(battery={"capex_power": "102 USD/kW"})
    plan = optimise(plant, gap=GAP, memory=memory)
    optimum = 1000 * solve(plant.matrix, SIMPLEX).objective
    assert plan.sizes_from == "usual"
    assert plan.gap <= GAP
    assert plan.bound_usd <= optimum * (1 + 1e-6)
    assert optimum * (1 - 1e-6) <= plan.dispatch_usd <= optimum * (1 + GAP)


def test_sizes_are_chosen_anew_where_they_would_cost_more(week, memory):
    """Storage for a tenth of its price is worth more of it; the next plan compares itself with this one."""
    plant = week(battery={"capex_energy": "15 USD/kWh", "capex_power": "10 USD/kW"})
    memory.name = "cheap storage"
    plan = optimise(plant, gap=GAP, memory=memory)
    assert plan.sizes_from == ""
    assert plan.dispatch_usd == pytest.approx(1000 * solve(plant.matrix, SIMPLEX).objective, rel=GAP)
    assert memory.start.name == "cheap storage"
    assert optimise(plant, gap=GAP, memory=memory).sizes_from == "cheap storage"


def test_sizes_are_kept_as_closely_as_they_were_certified(week, memory):
    """Where whole units kept the plan before from its gap, 1 % here, the next is not certified closer; it says so."""
    plant = week(battery={"capex_power": "102 USD/kW"})
    unit = Family(
        np.array([], dtype=int), np.array([], dtype=int), np.array([], dtype=int), 1.0, np.empty(0), np.eye(0)
    )
    missed = replace(memory.start, gap=0.01, asked=1e-6)
    assert warmed(plant, missed, gap=1e-6, seconds=60.0) is None
    found = warmed(plant, missed, gap=1e-6, seconds=60.0, units=[unit])
    assert 1e-6 < found.gap <= 0.01


def test_sizes_are_chosen_anew_where_a_closer_gap_is_asked_for(week, memory):
    """0.5 % is met, and a millionth is asked for: what met the former does not do, units or not."""
    plant = week(battery={"capex_power": "102 USD/kW"})
    memory.start = replace(memory.start, gap=0.004, asked=0.005)
    assert optimise(plant, gap=1e-6, memory=memory).sizes_from == ""


def test_a_bound_on_whole_units_is_not_put_to_sizes_that_are_not_whole(tiny_site, engines):
    """10 MW of load and nothing but engines of 4 MW.

    10 MW of them are no plan with whole units, and their bound is that of any sizes; 12 MW are bounded by what three
    of them cost.
    """
    load = {"kind": "load", "name": "offices", "demand": "10 MW"}
    gas = {"kind": "natural_gas", "name": "pipeline", "price": "1 USD/MWh"}
    plant = tiny_site(load, engines, gas).compiled()
    (family,) = families(plant)
    best = solve(plant.matrix, SIMPLEX)
    three = solve(plant.matrix.fixed(family.added, np.array([12.0])), SIMPLEX)
    start = Start(plant.matrix.rows, best.x, (best.duals,), Bases(), 0.004, 0.005, "any")
    found = warmed(plant, start, gap=0.001, seconds=60.0, units=[family])
    assert found.bound <= found.answer.objective
    whole = warmed(plant, replace(start, x=three.x), gap=0.001, seconds=60.0, units=[family])
    assert best.objective < whole.bound <= three.objective * (1 + 1e-9)


def test_sizes_that_are_no_longer_allowed_are_not_kept(week, memory):
    """The usual week charges at night through 21 MW of grid; 15 MW at most, the peak of the load, do not hold it."""
    plant = week(grid={"size": {"maximum": "15 MW"}})
    grid = plant.columns.slice(plant.network.terms["grid"].capacities[0].capacity)
    assert memory.start.x[grid].max() > 20.0
    plan = optimise(plant, gap=GAP, memory=memory)
    assert plan.sizes_from == ""
    assert plan.x[grid].max() <= 15.0 + 1e-6


def test_a_plan_of_another_shape_is_not_looked_at(week, memory):
    """One phase instead of two has fewer rows."""
    plant = week(starts=(date(2026, 1, 1),), worth=(4.0,))
    assert memory.fitting(plant) is None
    assert optimise(plant, gap=GAP, memory=memory).sizes_from == ""


def test_the_exact_method_remembers_nothing(week):
    memory = Memory()
    optimise(week(), method="exact", memory=memory)
    assert memory.start is None


def test_a_plan_that_fails_the_checks_leaves_nothing(week, monkeypatch):
    """Its run has no directory that another could name, and its sizes are not known to work."""

    def refuse(compiled, x):
        raise SolverError("the solution misses an equation")

    monkeypatch.setattr(sys.modules[optimise.__module__], "verify", refuse)
    memory = Memory("refused")
    with pytest.raises(SolverError):
        optimise(week(), gap=GAP, memory=memory)
    assert memory.start is None


def test_sizes_chosen_anew_have_the_time_that_is_left(week, memory, monkeypatch):
    """Of sixty seconds, thirty go to the sizes of the other plan: no more than thirty are left to choose anew."""
    module = sys.modules[optimise.__module__]
    real, given, late = time.perf_counter, [], [0.0]

    def no(*args, **rest):
        late[0] = 30.0

    def sized(compiled, method, gap, seconds, *rest, **more):
        given.append(seconds)
        raise SolverError("enough")

    monkeypatch.setattr(module, "time", SimpleNamespace(perf_counter=lambda: real() + late[0]))
    monkeypatch.setattr(module, "warmed", no)
    monkeypatch.setattr(module, "_sized", sized)
    with pytest.raises(SolverError, match="enough"):
        optimise(week(), gap=GAP, seconds=60.0, memory=memory)
    assert 15.0 < given[0] <= 30.0
