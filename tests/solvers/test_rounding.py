import sys
from dataclasses import replace

import numpy as np
import pytest

from gigasite.solvers.dispatch import dispatch
from gigasite.solvers.highs import OPTIMAL, SIMPLEX, solve
from gigasite.solvers.rounding import rounded, whole_sizes
from gigasite.solvers.whole import families


@pytest.fixture(scope="module")
def gas():
    return {"kind": "natural_gas", "name": "pipeline", "price": "1 USD/MWh"}


def engine_sizes(compiled, x):
    return x[compiled.columns.slice(compiled.network.model.find_component("engines.power_added"))]


def round_off(compiled, answer, gap=1.0):
    """Round against the cost of the answer itself as bound."""
    found = rounded(
        compiled, answer, sizes=answer.x, units=families(compiled), bound=answer.objective, gap=gap, seconds=60.0
    )
    return found.answer, found.warnings


@pytest.fixture(scope="module")
def plant(tiny_site, free_grid, engines, gas):
    load = {"kind": "load", "name": "offices", "demand": "10 MW"}
    return tiny_site(load, free_grid(), engines, gas).compiled()


def test_sizes_become_whole_units_and_cost_no_less(plant):
    """10 MW of load: 2.5 engines of 4 MW become 3, 12 MW."""
    best = solve(plant.matrix, SIMPLEX)
    assert engine_sizes(plant, best.x) == pytest.approx([10.0])
    answer, notes = round_off(plant, best)
    assert (answer.status, notes) == (OPTIMAL, ())
    assert engine_sizes(plant, answer.x) == pytest.approx([12.0])
    assert answer.objective >= best.objective


def test_whole_sizes_are_left_alone(plant):
    """Twelve megawatts are three engines: the very same answer comes back."""
    sizes = plant.columns.slice(plant.network.model.find_component("engines.power_added"))
    stands = plant.columns.slice(plant.network.model.find_component("engines.power_capacity"))
    columns = np.array([sizes.start, stands.start])
    whole = dispatch(plant.matrix.fixed(columns, np.array([12.0, 12.0])))
    assert round_off(plant, whole) == (whole, ())


def test_a_limit_below_the_next_unit_rounds_down(tiny_site, free_grid, engines, gas):
    """11 MW at most do not hold three engines of 4 MW; two stand, and the grid gives the rest."""
    load = {"kind": "load", "name": "offices", "demand": "10 MW"}
    plant = tiny_site(load, free_grid(), {**engines, "size": {"maximum": "11 MW"}}, gas).compiled()
    answer, warnings = round_off(plant, solve(plant.matrix, SIMPLEX))
    assert engine_sizes(plant, answer.x) == pytest.approx([8.0])
    assert warnings == ()


def test_limits_that_hold_no_whole_unit_are_warned_of(tiny_site, free_grid, engines, gas):
    """At least 9 and at most 11 MW: neither two nor three engines of 4 MW; the sizes stay as they are."""
    load = {"kind": "load", "name": "offices", "demand": "10 MW"}
    plant = tiny_site(load, free_grid(), {**engines, "size": {"minimum": "9 MW", "maximum": "11 MW"}}, gas).compiled()
    best = solve(plant.matrix, SIMPLEX)
    answer, warnings = round_off(plant, best)
    assert answer is best
    assert len(warnings) == 1
    assert "could not be rounded" in warnings[0]


def two_phases(family, alive):
    """Two additions, and what stands after each, in the first four columns."""
    first = np.array([0, 1])
    return replace(family, added=first, stands=first + 2, free=first, existing=np.zeros(2), alive=alive)


def test_what_one_phase_rounds_up_serves_the_next(plant):
    """2.1 units, then 0.4 more: three and none, not three and one. To the nearest, two and one (2.5 is even: two)."""
    (family,) = families(plant)
    two = two_phases(family, alive=np.triu(np.ones((2, 2), dtype=bool)))
    x, upper = np.array([8.4, 1.6, 8.4, 10.0]), np.full(4, 100.0)
    assert whole_sizes([two], x, upper, up=True)[:2].tolist() == [12, 0]
    assert whole_sizes([two], x, upper, up=False)[:2].tolist() == [8, 0]
    assert whole_sizes([two], x * 1.2, upper, up=False)[:2].tolist() == [12, 0]
    assert whole_sizes([two], x, np.full(4, 11.0), up=True)[:2].tolist() == [8, 0]


def test_what_has_retired_serves_no_other_phase(plant):
    """5.2 units that are gone when the next phase begins, which needs 0.5: six, and one more.

    To the nearest they are five and none (0.5 goes to the even zero). Had they stayed, 5.7 would be six, and no other.
    """
    (family,) = families(plant)
    gone = two_phases(family, alive=np.eye(2, dtype=bool))
    x, upper = np.array([20.8, 2.0, 20.8, 2.0]), np.full(4, 100.0)
    assert whole_sizes([gone], x, upper, up=True)[:2].tolist() == [24, 4]
    assert whole_sizes([gone], x, upper, up=False)[:2].tolist() == [20, 0]
    stay = replace(gone, alive=np.triu(np.ones((2, 2), dtype=bool)))
    both = np.array([20.8, 2.0, 20.8, 22.8])
    assert whole_sizes([stay], both, upper, up=True).tolist() == [24, 0, 24, 24]


def test_a_limit_on_what_stands_leaves_room_beside_what_is_there(plant):
    """3 MW stand beside 8.4 and 10 MW of units of 4 MW; a limit of 13 MW holds two of them, not three."""
    (family,) = families(plant)
    two = replace(two_phases(family, alive=np.triu(np.ones((2, 2), dtype=bool))), existing=np.full(2, 3.0))
    upper = np.array([100.0, 100.0, 13.0, 13.0])
    assert whole_sizes([two], np.array([8.4, 1.6, 11.4, 13.0]), upper, up=True)[:2].tolist() == [8, 0]


def test_a_lower_limit_of_a_later_phase_counts(plant):
    """10 MW are three units of 4 MW; where no more than 10 MW may stand later, and nothing retires, two."""
    (family,) = families(plant)
    two = two_phases(family, alive=np.triu(np.ones((2, 2), dtype=bool)))
    upper = np.array([100.0, 100.0, 40.0, 10.0])
    assert whole_sizes([two], np.array([10.0, 0.0, 10.0, 10.0]), upper, up=True)[:2].tolist() == [8, 0]


def test_a_fixed_size_of_a_later_phase_is_met(plant):
    """10.4 MW, and 14 MW that are given later: three units, and the 2 MW that they leave to it."""
    (family,) = families(plant)
    two = replace(two_phases(family, alive=np.triu(np.ones((2, 2), dtype=bool))), free=np.array([0]))
    upper = np.array([100.0, 100.0, 40.0, 14.0])
    assert whole_sizes([two], np.array([10.4, 3.6, 10.4, 14.0]), upper, up=True).tolist() == [12, 2, 12, 14]


@pytest.fixture(scope="module")
def dear(tiny_site, free_grid, engines, gas):
    """10 MW of load; an engine of 9 MW saves less on the last megawatt of grid than a second one costs.

    Of engines and gas, and of the grid: see the prices below; eight idle megawatts cost more than one of grid.
    """
    load = {"kind": "load", "name": "offices", "demand": "10 MW"}
    grid = free_grid(energy_price="5 USD/MWh", size={"maximum": "60 MW"})
    free = {**engines, "unit": "9 MW", "running_cost": "0 USD/MWh", "efficiency": 0.5, "life": "10 years"}
    return tiny_site(load, grid, free, gas).compiled()


def test_sizes_go_down_where_that_is_cheaper(dear):
    """Rounded up, 18 MW of engines stand for 10 MW; one engine and a megawatt of grid cost less."""
    best = solve(dear.matrix, SIMPLEX)
    assert engine_sizes(dear, best.x) == pytest.approx([10.0], rel=1e-3)
    up, _ = round_off(dear, best)
    assert engine_sizes(dear, up.x) == pytest.approx([18.0])
    nearest, _ = round_off(dear, best, gap=1e-4)
    assert engine_sizes(dear, nearest.x) == pytest.approx([9.0])
    assert best.objective < nearest.objective < up.objective


def test_a_gap_that_whole_units_cannot_keep_is_warned_of_by_how_much(plant):
    """2.5 engines of 4 MW cost 2.5 / 3 of three: the warning says what is missed."""
    best = solve(plant.matrix, SIMPLEX)
    answer, warnings = round_off(plant, best, gap=1e-6)
    missed = (answer.objective - best.objective) / answer.objective
    assert len(warnings) == 1
    assert f"certified within {missed:.2%}, {missed - 1e-6:.2%} more than asked for" in warnings[0]


def test_sizes_that_are_whole_already_keep_company_with_those_that_are_not(tiny_site, free_grid, engines, gas):
    """Two families: 12 MW fixed by its minimum is three engines; the others round up beside it."""
    load = {"kind": "load", "name": "offices", "demand": "22 MW"}
    old = {**engines, "name": "old", "size": {"minimum": "12 MW", "maximum": "12 MW"}}
    plant = tiny_site(load, free_grid(), old, engines, gas).compiled()
    answer, warnings = round_off(plant, solve(plant.matrix, SIMPLEX))
    assert warnings == ()
    assert engine_sizes(plant, answer.x) == pytest.approx([12.0])


def test_a_gap_that_only_whole_units_explain_is_closed_by_the_bound(tiny_site, engines, gas):
    """Half an engine more costs 0.5 %, fifty times the gap; but two are too few, and three are the optimum."""
    plant = tiny_site({"kind": "load", "name": "offices", "demand": "10 MW"}, engines, gas).compiled()
    best = solve(plant.matrix, SIMPLEX)
    found = rounded(
        plant, best, sizes=best.x, units=families(plant), bound=best.objective, gap=1e-4, seconds=60.0,
        known=[best.duals],
    )  # fmt: skip
    assert engine_sizes(plant, found.answer.x) == pytest.approx([12.0])
    assert (found.answer.objective - best.objective) / found.answer.objective > 0.005
    assert found.warnings == ()
    assert found.bound == pytest.approx(found.answer.objective, rel=1e-4)


def test_fewer_units_that_are_ruled_out_are_not_tried(tiny_site, engines, gas, monkeypatch):
    """2.1 engines go to two, the nearest, which are too few: the rest is chosen anew beside three only."""
    plant = tiny_site({"kind": "load", "name": "offices", "demand": "8.4 MW"}, engines, gas).compiled()
    best, tried = solve(plant.matrix, SIMPLEX), []
    module = sys.modules[rounded.__module__]
    monkeypatch.setattr(module, "_grown", lambda *_: None)
    monkeypatch.setattr(module, "_anew", lambda compiled, x, *_: tried.append(engine_sizes(compiled, x)[0]))
    round_off(plant, best)
    assert tried == [12.0]
