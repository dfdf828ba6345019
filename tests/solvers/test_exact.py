"""The exact plan: proven to six digits where the answer from inside allows it, and by crossover where it does not."""

import sys

import numpy as np
import pytest

from gigasite.solvers.exact import EXACT, exact
from gigasite.solvers.highs import INFEASIBLE, OPTIMAL, SIMPLEX, solve


def test_the_optimum_is_proven(week):
    """Simplex on the whole programme finds the same cost; the bound lies below, by no more than said."""
    plant = week()
    best = solve(plant.matrix, SIMPLEX).objective
    plan = exact(plant, seconds=60.0)
    assert plan.gap <= EXACT
    assert plan.answer.objective == pytest.approx(best, rel=1.1 * EXACT)
    assert plan.bound <= best * (1 + 1e-9)


def test_crossover_takes_the_place_of_a_proof_that_misses(week, monkeypatch):
    """With no gap allowed at all, the answer is the vertex that crossover finds, and its cost is the bound."""
    monkeypatch.setattr(sys.modules[exact.__module__], "EXACT", -1.0)
    plant = week()
    plan = exact(plant, seconds=60.0)
    assert plan.bound == plan.answer.objective == pytest.approx(solve(plant.matrix, SIMPLEX).objective, rel=1e-6)


def test_duals_are_those_of_the_programme_as_it_is(week):
    """Whatever costs HiPO sees: the duals bound the programme in its own units, closely."""
    plant = week()
    plan = exact(plant, seconds=60.0)
    assert plan.bound == pytest.approx(solve(plant.matrix, SIMPLEX).objective, rel=EXACT)
    assert np.abs(plan.duals).max() > 0


def test_what_has_no_plan_is_said(week):
    """8 MW of grid do not carry 10 MW in the mean, whatever is stored."""
    plant = week(grid={"size": {"maximum": "8 MW"}})
    assert exact(plant, seconds=60.0).answer.status == INFEASIBLE != OPTIMAL
