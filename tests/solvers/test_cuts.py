import numpy as np
import pytest

from gigasite.solvers.bound import lower_bound
from gigasite.solvers.cuts import Operation, mixed
from gigasite.solvers.highs import SIMPLEX, solve


@pytest.fixture
def supply(programme):
    """A size s at 1 and an hour's supply x at 2, which together meet a load of 4: the optimum is s = 4, at 4."""
    matrix = programme([[1, 1]], [2, 1], [4], [np.inf])
    return matrix, Operation.of(matrix, np.array([0]))


def test_two_poor_duals_prove_together_what_neither_does(supply):
    """With y = 2: 8 + (1 - 2) x 10 = -2, with y = 0: 0. Operation costs no less than 8 - 2 s nor 0: s = 4, at 4.

    Both cuts bind there with half a weight each: y = 1 leaves s no reduced cost, and proves 4.
    """
    matrix, operation = supply
    known = [np.array([2.0]), np.array([0.0])]
    assert [lower_bound(matrix, y) for y in known] == pytest.approx([-2.0, 0.0])
    found = mixed(operation, known)
    assert found == pytest.approx([1.0])
    assert lower_bound(matrix, found) == pytest.approx(4.0)


def test_duals_of_the_wrong_sign_prove_nothing(supply):
    """The row has no upper limit: y = -1 counts as none, and operation costs at least nothing."""
    assert lower_bound(supply[0], mixed(supply[1], [np.array([-1.0])])) == pytest.approx(0.0)


@pytest.mark.parametrize("seed", range(8))
def test_a_mixture_is_a_bound_and_no_worse_than_its_parts(random_programme, seed):
    """Random programmes, whose last three columns are sizes; random duals, and those of the optimum."""
    matrix = random_programme(seed)
    optimum = solve(matrix, SIMPLEX)
    operation = Operation.of(matrix, np.arange(5))
    rng = np.random.default_rng(seed)
    known = [optimum.duals * rng.random(6), optimum.duals + 0.1 * rng.normal(size=6)]
    bound = lower_bound(matrix, mixed(operation, known))
    assert bound <= optimum.objective + 1e-6
    assert bound >= max(lower_bound(matrix, y) for y in known) - 1e-6
    exact = lower_bound(matrix, mixed(operation, [*known, optimum.duals]))
    assert exact == pytest.approx(optimum.objective, abs=1e-5)
