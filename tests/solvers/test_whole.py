"""What whole units cost at least: the bound rises where the rows rule out fewer of them, and only there."""

from dataclasses import replace

import numpy as np
import pytest

from gigasite.solvers.highs import SIMPLEX, solve
from gigasite.solvers.whole import bound_of_whole, families, least_units

LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}
GAS = {"kind": "natural_gas", "name": "pipeline", "price": "1 USD/MWh"}


@pytest.fixture(scope="module")
def alone(tiny_site, engines):
    """10 MW of load and nothing but engines: 2.5 of them, so three."""
    return tiny_site(LOAD, engines, GAS).compiled()


def stands(compiled):
    (family,) = families(compiled)
    return family.stands


def test_fewer_units_than_the_load_needs_are_ruled_out(alone):
    """Two engines are 8 MW, 2 MW short: at least 12 MW stand, a millionth less for the rounding of numbers."""
    best = solve(alone.matrix, SIMPLEX)
    lower = least_units(alone.matrix, families(alone), best.x)
    assert lower[stands(alone)] == pytest.approx([12.0], rel=1e-5)
    assert lower[stands(alone)][0] < 12.0
    assert (np.delete(lower, stands(alone)) == np.delete(alone.matrix.lower, stands(alone))).all()


def test_whole_sizes_rule_out_one_unit_fewer(alone):
    """At the three engines that stand, two are tried: a plan that is whole already has the same limit."""
    x = solve(alone.matrix, SIMPLEX).x
    x[stands(alone)] = 12.0
    assert least_units(alone.matrix, families(alone), x)[stands(alone)] == pytest.approx([12.0], rel=1e-5)


def test_the_bound_counts_the_whole_unit(alone):
    """Half an engine more costs 2 MW x 100 USD/kW over its life: the bound is the cost of the plan with three."""
    best = solve(alone.matrix, SIMPLEX)
    (family,) = families(alone)
    three = solve(alone.matrix.fixed(family.added, np.array([12.0])), SIMPLEX)
    bound = bound_of_whole(alone, least_units(alone.matrix, [family], best.x), [best.duals, three.duals])
    assert best.objective < bound
    assert bound == pytest.approx(three.objective, rel=1e-5)
    assert bound <= three.objective


def test_nothing_is_ruled_out_where_the_grid_can_help(tiny_site, engines, free_grid):
    """Beside a grid two engines do: no limit rises, and there is no bound."""
    plant = tiny_site(LOAD, free_grid(), engines, GAS).compiled()
    best = solve(plant.matrix, SIMPLEX)
    assert best.x[stands(plant)] == pytest.approx([10.0])
    least = least_units(plant.matrix, families(plant), best.x)
    assert (least == plant.matrix.lower).all()
    assert bound_of_whole(plant, least, [best.duals]) == -np.inf


def test_what_stands_already_need_not_be_whole(tiny_site, engines):
    """An old engine of 3 MW and 7 MW of new ones: 1.75 are two, 11 MW in all; one more leaves 3 MW short."""
    old = {"size": "3 MW", "commissioned": "2020-01-01", "life": "30 years"}
    plant = tiny_site(LOAD, {**engines, "size": {"maximum": "40 MW", "existing": [old]}}, GAS).compiled()
    best = solve(plant.matrix, SIMPLEX)
    assert least_units(plant.matrix, families(plant), best.x)[stands(plant)] == pytest.approx([11.0], rel=1e-5)


def test_a_fixed_size_of_an_earlier_phase_need_not_be_whole(alone):
    """What a family must build in a phase before is no multiple of its unit: none of its limits is touched."""
    (family,) = families(alone)
    held = replace(family, free=np.empty(0, dtype=np.int64))
    best = solve(alone.matrix, SIMPLEX)
    assert (least_units(alone.matrix, [held], best.x) == alone.matrix.lower).all()
