import numpy as np
import pytest

from gigasite.solvers.bound import lower_bound, tightened
from gigasite.solvers.highs import OPTIMAL, SIMPLEX, solve
from gigasite.solvers.phases import assembled, link_duals, links, parts, scaled, split


@pytest.fixture(scope="module")
def plant(week):
    return week()


def test_links_are_one_row_for_every_size_in_every_phase(plant):
    """Grid power, battery power and battery energy in two phases: six."""
    link = links(plant)
    assert [len(each) for each in (link.added, link.capacity, link.rows)] == [6, 6, 6]


def test_the_chosen_duals_leave_no_addition_a_reduced_cost(plant):
    """Anything else would let a phase build without end, or never."""
    matrix, link = plant.matrix, links(plant)
    reduced = matrix.cost - matrix.a[link.rows].T @ link_duals(matrix, link)
    assert np.abs(matrix.cost[link.added]).max() > 1.0
    assert reduced[link.added] == pytest.approx(np.zeros(6), abs=1e-9)


def test_the_phases_fall_apart_and_bound_the_whole_from_below(plant):
    """Each phase by itself, at the optimum: the bound is valid, and no addition is left in any part."""
    matrix, link = tightened(plant.matrix), links(plant)
    duals = link_duals(matrix, link)
    found = parts(matrix, link, duals)
    assert not np.isin(np.concatenate([part.columns for part in found]), link.added).any()
    answers = [solve(part.matrix, SIMPLEX) for part in found]
    y = assembled(found, [answer.duals for answer in answers], matrix.a.shape[0], columns=False)
    y[link.rows] = duals
    optimum = solve(plant.matrix, SIMPLEX).objective
    bound = lower_bound(matrix, y)
    assert 0.5 * optimum < bound <= optimum * (1 + 1e-6)


@pytest.mark.parametrize("smallest", [0, 3, 2000])
def test_parts_share_no_row_and_no_column(programme, smallest):
    """Columns 0 and 2 share the first row, 1 stands alone: two parts, or one where small ones are kept together."""
    matrix = programme([[1, 0, 1], [0, 1, 0]], [1, 2, 3], [4, 5], [9, 9])
    found = split(matrix, np.arange(2), np.arange(3), smallest=smallest)
    assert len(found) == (2 if smallest == 0 else 1)
    assert sorted(np.concatenate([part.columns for part in found])) == [0, 1, 2]
    x = assembled(found, [solve(part.matrix, SIMPLEX).x for part in found], 3, columns=True)
    assert x == pytest.approx([4, 5, 0])


@pytest.mark.parametrize("seed", range(8))
def test_an_answer_on_the_scaled_matrix_is_one_of_the_matrix(random_programme, seed):
    """Multiplied back, point and duals have the objective and the bound of the unscaled programme."""
    matrix = random_programme(seed)
    small, by_column, by_row = scaled(matrix)
    answer = solve(small, SIMPLEX)
    assert answer.status == OPTIMAL
    optimum = solve(matrix, SIMPLEX).objective
    assert matrix.cost @ (answer.x * by_column) + matrix.offset == pytest.approx(optimum, abs=1e-5)
    assert lower_bound(matrix, answer.duals * by_row) == pytest.approx(optimum, abs=1e-5)


def test_scaled_rows_have_a_largest_entry_of_one(programme):
    """Columns run to 10 and 1,000: the entries 2 x 10 and 3 x 1,000 become 1/150 and 1."""
    small, by_column, by_row = scaled(programme([[2, 3]], [1, 1], [4], [np.inf], upper=[10, 1000]))
    assert by_column == pytest.approx([10, 1000])
    assert small.a.toarray() == pytest.approx(np.array([[20 / 3000, 1]]))
    assert np.linalg.norm(small.cost) == pytest.approx(1.0)
    assert by_row.size == 1
