from dataclasses import replace

import numpy as np
import pytest

from gigasite.models.errors import SolverError
from gigasite.solvers.bound import violation
from gigasite.solvers.highs import SIMPLEX, solve
from gigasite.solvers.verify import TOLERANCE, verify, verify_optimal


@pytest.fixture(scope="module")
def plant(week):
    return week()


@pytest.fixture
def x(plant):
    return solve(plant.matrix, SIMPLEX).x.copy()


def test_a_right_answer_passes(plant, x):
    """Simplex leaves far less than what is allowed, so that the planted errors below are all that is refused."""
    verify(plant, x)
    missed = violation(plant.matrix, x)
    assert max(missed.row, missed.column) < 1e-3 * TOLERANCE


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


def test_an_optimum_has_no_gap_in_its_own_prices(plant):
    """Simplex leaves 1e-9; every wrong sign, reduced cost and slack row would show in the gap."""
    answer = solve(plant.matrix, SIMPLEX)
    checks = verify_optimal(plant.matrix, answer.x, answer.duals)
    assert max(checks.row, checks.column, checks.dual, checks.complementarity, checks.gap) < 1e-7


def test_a_dispatch_that_is_not_the_best_is_refused(plant):
    """Prices of the optimum, and a plan that meets every equation but costs more: energy is bought and thrown away."""
    answer = solve(plant.matrix, SIMPLEX)
    dear = solve(replace(plant.matrix, cost=-plant.matrix.cost), SIMPLEX)
    with pytest.raises(SolverError, match="its own prices allow"):
        verify_optimal(plant.matrix, dear.x, answer.duals)


def test_prices_of_the_wrong_sign_are_seen(plant):
    """A row that only has an upper limit may not be paid for being full."""
    answer = solve(plant.matrix, SIMPLEX)
    row = int(np.flatnonzero(~np.isfinite(plant.matrix.row_lower) & (np.abs(plant.matrix.a) @ answer.x > 1.0))[0])
    duals = answer.duals.copy()
    duals[row] = 5.0
    assert verify_optimal(plant.matrix, answer.x, duals).dual > 0.0


def test_whole_numbers_are_only_told(plant):
    """Duals of zero prove nothing; with whole numbers that is no fault."""
    answer = solve(plant.matrix, SIMPLEX)
    whole = replace(plant.matrix, integral=np.ones_like(plant.matrix.integral))
    assert verify_optimal(whole, answer.x, 0 * answer.duals).gap > 0.001
