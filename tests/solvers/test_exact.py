"""The exact plan: proven to six digits where the answer from inside allows it, and by crossover where it does not."""

import sys
from dataclasses import replace

import pytest

from gigasite.solvers.bound import lower_bound, tightened
from gigasite.solvers.exact import EXACT, exact
from gigasite.solvers.highs import FAILED, INFEASIBLE, LIMIT, OPTIMAL, SIMPLEX, solve


def test_the_optimum_is_proven(week, monkeypatch):
    """Simplex on the whole programme finds the same cost; the duals prove it, and nothing needs crossover."""
    monkeypatch.setattr(sys.modules[exact.__module__], "INTERIOR", {"solver": "none of them"})
    plant = week()
    best = solve(plant.matrix, SIMPLEX).objective
    plan = exact(plant, seconds=60.0)
    assert plan.gap <= EXACT
    assert plan.answer.objective == pytest.approx(best, rel=1.1 * EXACT)
    assert plan.bound == lower_bound(tightened(plant.matrix), plan.duals) <= best * (1 + 1e-9)


def test_crossover_takes_the_place_of_a_proof_that_misses(week, monkeypatch):
    """With no gap allowed at all, the answer is the vertex that crossover finds, and its cost is the bound."""
    monkeypatch.setattr(sys.modules[exact.__module__], "EXACT", -1.0)
    plant = week()
    plan = exact(plant, seconds=60.0)
    assert plan.bound == plan.answer.objective == pytest.approx(solve(plant.matrix, SIMPLEX).objective, rel=1e-6)


def test_crossover_is_tried_where_the_answer_from_inside_fails(week, monkeypatch):
    """HiPO may end with an answer that is not precise enough; that is no end."""
    plant, module = week(), sys.modules[exact.__module__]
    usual = module.solve

    def failing(matrix, options, **rest):
        answer = usual(matrix, options, **rest)
        return replace(answer, status=FAILED) if options is module.CLOSE else answer

    monkeypatch.setattr(module, "solve", failing)
    assert exact(plant, seconds=60.0).answer.objective == pytest.approx(solve(plant.matrix, SIMPLEX).objective)


def test_a_plan_is_kept_where_crossover_finds_none(week, monkeypatch):
    """A proof that misses what is asked for is better than none: its gap says so."""
    plant, module = week(), sys.modules[exact.__module__]
    usual = module.solve
    monkeypatch.setattr(module, "EXACT", -1.0)

    def failing(matrix, options, **rest):
        answer = usual(matrix, options, **rest)
        return replace(answer, status=LIMIT) if options is module.INTERIOR else answer

    monkeypatch.setattr(module, "solve", failing)
    plan = exact(plant, seconds=60.0)
    assert plan.answer.status == OPTIMAL
    assert plan.gap == pytest.approx(0.0, abs=1e-6)


def test_what_has_no_plan_is_said(week):
    """8 MW of grid do not carry 10 MW in the mean, whatever is stored."""
    plant = week(grid={"size": {"maximum": "8 MW"}})
    assert exact(plant, seconds=60.0).answer.status == INFEASIBLE
