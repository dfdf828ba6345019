import numpy as np
import pytest

from gigasite.solvers.counts import Uncounted, uncounted
from gigasite.solvers.highs import SIMPLEX, solve
from gigasite.solvers.matrix import Compiled


@pytest.fixture
def engines(programme):
    """Two columns: power x0 up to 10, x0 = 3 x1 with whole x1 up to 2; at least 4 of power or of x2, which costs 9."""
    matrix = programme(
        [[1, -3, 0], [1, 0, 1]], [1, 0, 9], [0, 4], [0, np.inf], upper=[10, 2, 10], integral=[False, True, False]
    )
    return Compiled(network=None, columns=None, matrix=matrix)


def test_a_count_leaves_its_limit_to_what_it_counts(engines):
    """Two units of 3: at most 6 of power, although its own limit is 10; the row that counts is empty."""
    simple = uncounted(engines)
    matrix = simple.compiled.matrix
    assert (simple.counts.tolist(), simple.columns.tolist(), simple.unit.tolist()) == ([1], [0], [3.0])
    assert matrix.upper[0] == 6.0
    assert not matrix.integral.any()
    assert matrix.a.toarray()[0].tolist() == [0, 0, 0]


def test_the_relaxation_costs_what_it_did_and_its_counts_come_back(engines):
    """Four of power cost 4, and are one and a third units."""
    simple = uncounted(engines)
    answer = solve(simple.compiled.matrix, SIMPLEX)
    assert answer.objective == pytest.approx(4.0)
    assert simple.counted(answer.x)[1] == pytest.approx(4 / 3)


@pytest.mark.parametrize(("change", "why"), [("cost", "it costs"), ("row", "other rows"), ("limit", "not zero")])
def test_whole_numbers_that_do_more_than_count_stay(programme, change, why):
    """A choice with a cost, in a second row, or of a row with a limit of its own is no count."""
    second = [1, 1 if change == "row" else 0, 1]
    cost, limit = (1 if change == "cost" else 0), (1 if change == "limit" else 0)
    matrix = programme(
        [[1, -3, 0], second], [1, cost, 9], [limit, 4], [limit, np.inf], upper=[10, 2, 10],
        integral=[False, True, False],
    )  # fmt: skip
    plant = Compiled(network=None, columns=None, matrix=matrix)
    assert uncounted(plant).counts.size == 0, why
    assert uncounted(plant).compiled.matrix.integral[1]


def test_a_network_as_it_is_has_no_counts_to_restore(engines):
    x = np.array([1.0, 2.0, 3.0])
    assert Uncounted.none(engines).compiled is engines
    assert Uncounted.none(engines).counted(x).tolist() == [1, 2, 3]
