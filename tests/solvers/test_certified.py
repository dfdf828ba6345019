"""Certified plans against the optimum that simplex finds on the same matrix."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from gigasite.models.errors import SolverError
from gigasite.solvers import certified as module
from gigasite.solvers.bases import Bases
from gigasite.solvers.bound import tightened, violation
from gigasite.solvers.certified import NOTHING, Programme, Proposal, Run, better, certified
from gigasite.solvers.highs import OPTIMAL, SIMPLEX, Answer, solve
from gigasite.solvers.mend import mended
from gigasite.solvers.phases import links

GAP = 0.005


@pytest.fixture(scope="module")
def plant(week):
    return week()


@pytest.fixture(scope="module")
def optimum(plant):
    return solve(plant.matrix, SIMPLEX)


@pytest.fixture(scope="module")
def plan(plant):
    return certified(plant, gap=GAP, seconds=60.0)


def test_the_optimum_lies_between_the_bound_and_the_plan(plan, optimum):
    """A bound above the optimum would certify nothing; a plan below it would break a rule."""
    assert plan.answer.status == OPTIMAL
    slack = 1e-6 * abs(optimum.objective)
    assert plan.bound <= optimum.objective + slack
    assert optimum.objective <= plan.answer.objective + slack


def test_the_certified_gap_is_kept_and_is_the_distance_to_the_bound(plan, optimum):
    assert plan.gap <= GAP
    assert plan.gap == pytest.approx(1 - plan.bound / plan.answer.objective)
    assert plan.answer.objective <= optimum.objective * (1 + 1.01 * GAP)


def test_the_plan_meets_every_rule(plan, plant):
    found = violation(plant.matrix, plan.answer.x)
    assert max(found.row, found.column) < 1e-6


def test_plant_built_in_the_first_phase_stands_in_the_second(plan, plant):
    """Twenty years of life: what the second phase has is what both have added, to 1e-6 MW."""
    columns = plant.columns
    for terms in plant.network.terms.values():
        for record in terms.capacities:
            added, stands = (plan.answer.x[columns.slice(v)] for v in (record.added, record.capacity))
            assert stands == pytest.approx(np.cumsum(added), abs=1e-6)


def test_a_larger_second_phase_is_certified_too(week):
    """The load grows with the phases by a second load: additions in both phases, still within the gap."""
    grown = {"maximum": {date(2026, 1, 1): "20 MW", date(2031, 1, 1): "60 MW"}}
    plant = week(grid={"size": grown})
    found, best = certified(plant, gap=GAP, seconds=60.0), solve(plant.matrix, SIMPLEX)
    assert found.bound <= best.objective * (1 + 1e-6)
    assert best.objective * (1 - 1e-6) <= found.answer.objective <= best.objective * (1 + 1.01 * GAP)


def test_a_gap_of_nothing_within_no_time_is_an_error_that_says_so(plant):
    with pytest.raises(SolverError, match=r"could not be certified within 0.00% .* Allow a larger gap or more time"):
        certified(plant, gap=0.0, seconds=0.0)


def test_a_load_above_every_supply_has_no_plan(week):
    """The design day asks for the largest load, 15 MW; 5 MW of grid and no battery cannot."""
    none = {"power": {"fixed": "0 MW"}, "energy": {"fixed": "0 MWh"}}
    assert certified(week(grid={"size": {"maximum": "5 MW"}}, battery=none), gap=GAP, seconds=60.0).infeasible


def test_of_two_plans_the_cheaper_is_kept_with_the_closer_bound():
    """Plan 100 with bound 90, then plan 105 with bound 98: 100 with 98, a gap of 2 %."""

    def plan(cost, bound):
        return Proposal(Answer(OPTIMAL, cost, np.zeros(1), np.zeros(1), 0.0), bound)

    assert better(plan(100.0, 90.0), plan(105.0, 98.0)).gap == pytest.approx(0.02)
    assert better(Proposal(NOTHING, -np.inf), plan(105.0, 98.0)).answer.objective == 105.0


def test_what_links_cost_is_known_from_the_last_round_with_a_plan():
    """A round without a plan says nothing of the links."""
    plan = Proposal(Answer(OPTIMAL, 100.0, np.zeros(1), np.zeros(1), 0.0), 90.0, linked=0.08)
    assert better(plan, Proposal(NOTHING, 91.0)).linked == 0.08
    assert better(plan, replace(plan, linked=0.01)).linked == 0.01


def test_sizes_that_have_no_room_to_grow_for_an_outage_are_still_proposed(week, monkeypatch):
    """Where larger sizes cannot be mended, those without the outage go on: the dispatch tells what is short."""
    dark = {"kind": "outage", "name": "dark", "windows": [{"start": "01-03 18", "hours": 2}], "critical": 0.0}
    plant = week(dark)
    matrix, asked = tightened(plant.matrix), []

    def once(*args, **rest):
        asked.append(args)
        return mended(*args, **rest) if len(asked) == 1 else None

    monkeypatch.setattr(module, "mended", once)
    run = Run(plant, matrix, links(plant), Programme([], np.zeros(0)), {}, 60.0, lambda _: None, Bases())
    x = np.zeros(plant.matrix.a.shape[1])
    found = module._ready(run, x)
    assert len(asked) == 2
    assert found == pytest.approx(mended(plant, matrix, links(plant), x, 0.0))
