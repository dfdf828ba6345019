from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigasite.solvers.bound import lower_bound, tightened, violation
from gigasite.solvers.highs import OPTIMAL, SIMPLEX, solve

seeds = st.integers(0, 2**31)


@given(seeds)
@settings(max_examples=40)
def test_any_duals_bound_the_optimum_from_below(random_programme, seed):
    matrix = random_programme(seed)
    answer = solve(matrix, SIMPLEX)
    assert answer.status == OPTIMAL
    duals = np.random.default_rng(seed).normal(size=matrix.a.shape[0])
    assert lower_bound(matrix, duals) <= answer.objective + 1e-7


@given(seeds)
@settings(max_examples=40)
def test_optimal_duals_meet_the_optimum(random_programme, seed):
    """Strong duality: the certificate of an optimum has no gap."""
    matrix = random_programme(seed)
    answer = solve(matrix, SIMPLEX)
    assert lower_bound(matrix, answer.duals) == pytest.approx(answer.objective, abs=1e-6)


def test_bound_by_hand(programme):
    """min 2x + 3y, x + y >= 4, 0 <= x <= 3, 0 <= y <= 10. With y* = 2: 4 x 2 + 0 x 3 + 1 x 0 = 8 <= 9."""
    matrix = programme([[1, 1]], [2, 3], [4], [np.inf], upper=[3, 10])
    assert lower_bound(matrix, np.array([2.0])) == pytest.approx(8)
    assert lower_bound(matrix, np.array([3.0])) == pytest.approx(9)


def test_a_dual_of_the_wrong_sign_is_left_out(programme):
    """A row that has no upper limit takes no negative dual: with zero the bound is 0, not infinite."""
    matrix = programme([[1, 1]], [2, 3], [4], [np.inf], upper=[3, 10])
    assert lower_bound(matrix, np.array([-1.0])) == 0.0


def test_a_column_without_a_limit_gives_no_bound(programme):
    matrix = programme([[1.0]], [-1.0], [-np.inf], [5.0], upper=[np.inf])
    assert lower_bound(matrix, np.array([0.0])) == -np.inf


@given(seeds)
@settings(max_examples=40)
def test_tightening_leaves_the_optimum_alone(random_programme, seed):
    matrix = random_programme(seed)
    tight = tightened(matrix)
    assert np.all((tight.lower >= matrix.lower) & (tight.upper <= matrix.upper) & (tight.lower <= tight.upper))
    assert solve(tight, SIMPLEX).objective == pytest.approx(solve(matrix, SIMPLEX).objective, abs=1e-6)


def test_tightening_carries_a_row_on_to_its_columns(programme):
    """x + y <= 4 with both at least 0: neither is above 4, though each might be 10."""
    tight = tightened(programme([[1, 1]], [1, 1], [-np.inf], [4]))
    assert tight.upper == pytest.approx([4, 4], rel=1e-5)


@given(seeds)
@settings(max_examples=20)
def test_an_optimum_violates_nothing(random_programme, seed):
    matrix = random_programme(seed)
    found = violation(matrix, solve(matrix, SIMPLEX).x)
    assert max(found.row, found.column) < 1e-6


def test_a_planted_row_violation_is_found(programme):
    """Row 1 asks for 4 and gets 3: short by 1 over 1 + 3."""
    matrix = programme([[1, 0], [0, 1]], [1, 1], [0, 4], [9, 9])
    found = violation(matrix, np.array([1.0, 3.0]))
    assert (found.row, found.worst_row) == (pytest.approx(0.25), 1)


def test_a_planted_column_violation_is_found(programme):
    matrix = programme([[1, 0]], [1, 1], [-np.inf], [np.inf])
    assert violation(matrix, np.array([12.0, 0.0])).column == pytest.approx(2 / 13)


def test_a_programme_without_rows_has_no_worst_row(programme):
    matrix = programme(np.zeros((0, 2)), [1, 1], [], [])
    assert violation(replace(matrix, rows={}), np.zeros(2)).row == 0.0
