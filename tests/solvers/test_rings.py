from datetime import date

import numpy as np
import pytest

from gigasite.models.hourly import HourlyValues
from gigasite.models.timeline import Outcome
from gigasite.solvers import optimise
from gigasite.solvers.bound import lower_bound, tightened
from gigasite.solvers.highs import SIMPLEX, solve
from gigasite.solvers.mend import operating_columns
from gigasite.solvers.phases import assembled, link_duals, links, parts
from gigasite.solvers.rings import by_ring
from gigasite.solvers.steps import steps_of

UNEVEN = (Outcome(0.25, "2021"), Outcome(0.75, "2022"))


@pytest.fixture(scope="module")
def plant(week):
    """A year with 10 MW more on top of the usual load, and one without."""
    more = {"kind": "load", "name": "more", "demand": HourlyValues(np.repeat([10.0, 0.0], 168), "MW")}
    return week(more, outcomes=UNEVEN, starts=(date(2026, 1, 1),), worth=(4.0,))


@pytest.fixture(scope="module")
def apart(plant):
    """The phases apart, and their outcomes apart."""
    matrix, link = tightened(plant.matrix), links(plant)
    phases = parts(matrix, link, link_duals(matrix, link))
    return phases, by_ring(phases, plant, operating_columns(plant))


def test_each_part_knows_the_hours_of_one_outcome(plant, apart):
    """Two outcomes: two parts, of 168 hours each; design days belong to both."""
    step = steps_of(plant)
    rings = plant.network.time.timeline.rings
    seen = [set(step[part.columns].tolist()) & set(range(2 * 168)) for part in apart[1]]
    assert seen == [set(ring.steps.tolist()) for ring in rings]


def test_with_the_same_sizes_the_parts_cost_what_the_phases_cost(apart):
    """Sizes are paid for with 0.25 in one outcome and 0.75 in the other: at any point the costs add up."""
    phases, rings = apart
    rng = np.random.default_rng(0)
    x = rng.random(1 + max(int(part.columns.max()) for part in phases))
    together = sum(float(part.matrix.cost @ x[part.columns]) for part in phases)
    assert sum(float(part.matrix.cost @ x[part.columns]) for part in rings) == pytest.approx(together)
    assert assembled(rings, [x[part.columns] for part in rings], len(x), columns=True) == pytest.approx(
        assembled(phases, [x[part.columns] for part in phases], len(x), columns=True)
    )


def test_outcomes_apart_bound_the_plan_from_below(plant, apart):
    """Each with sizes of its own costs less than with sizes in common, and their duals together prove it."""
    matrix, link = tightened(plant.matrix), links(plant)
    answers = [solve(part.matrix, SIMPLEX) for part in apart[1]]
    y = assembled(apart[1], [answer.duals for answer in answers], matrix.a.shape[0], columns=False)
    y[link.rows] = link_duals(matrix, link)
    optimum = solve(plant.matrix, SIMPLEX).objective
    bound = lower_bound(matrix, y)
    assert 0.5 * optimum < bound <= optimum * (1 + 1e-6)


def test_a_plan_over_outcomes_is_that_of_one_programme(plant):
    """Certified to 1e-4, outcome by outcome or at last together: the optimum of the whole, found by simplex."""
    assert optimise(plant, gap=1e-4).dispatch_usd == pytest.approx(
        1000 * solve(plant.matrix, SIMPLEX).objective, rel=2e-4
    )


@pytest.mark.parametrize("outcomes", [(Outcome(),), UNEVEN])
def test_what_is_small_or_has_one_outcome_stays_whole(week, outcomes):
    """Two phases of a week are one part: their outcomes are not told apart."""
    plain = week(outcomes=outcomes)
    phases = parts(plain.matrix, links(plain), link_duals(plain.matrix, links(plain)))
    assert by_ring(phases, plain, operating_columns(plain)) == phases
