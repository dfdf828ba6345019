from dataclasses import replace

import numpy as np
import pytest

from gigasite.models.errors import SolverError
from gigasite.solvers.highs import SIMPLEX, solve
from gigasite.solvers.verify import verify


@pytest.fixture(scope="module")
def plant(week):
    return week()


@pytest.fixture
def x(plant):
    return solve(plant.matrix, SIMPLEX).x.copy()


def test_a_right_answer_passes(plant, x):
    verify(plant, x)


@pytest.mark.parametrize("variable", ["grid.imported", "bess.stored", "bess.power_capacity", "grid.power_added"])
def test_a_planted_value_is_refused_with_the_equation_it_misses(plant, x, variable):
    """One value 3 too large, in a place of which no sample need know."""
    x[plant.columns.slice(plant.network.model.find_component(variable)).start + 1] += 3.0
    with pytest.raises(SolverError, match=r"the solution misses the equation '(balance.ac|bess|grid).*Nothing was"):
        verify(plant, x)


def test_a_cost_that_the_objective_does_not_hold_is_refused(plant, x):
    """The objective with one coefficient changed no longer is the sum of the cost table."""
    cost = plant.matrix.cost.copy()
    cost[np.argmax(x * (cost > 0))] *= 2.0
    with pytest.raises(SolverError, match="the costs add up to"):
        verify(replace(plant, matrix=replace(plant.matrix, cost=cost)), x)


def test_a_matrix_that_forgot_a_row_is_caught_by_the_equations(plant, x):
    """The matrix lets the battery hold energy beyond its cells; Pyomo's own expression does not."""
    rows = plant.matrix.rows["bess.energy_limit"]
    upper = plant.matrix.row_upper.copy()
    upper[rows] = np.inf
    limits = plant.matrix.upper.copy()
    for name in ("bess.energy_capacity", "bess.energy_added"):
        limits[plant.columns.slice(plant.network.model.find_component(name))] = 1.0
    loose = replace(plant.matrix, row_upper=upper, upper=limits)
    answer = solve(loose, SIMPLEX)
    with pytest.raises(SolverError, match=r"the solution misses bess.energy_limit\[\d+\]"):
        verify(replace(plant, matrix=loose), answer.x)
