from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigasite.solvers import dispatch as module
from gigasite.solvers.bases import Bases
from gigasite.solvers.dispatch import dispatch
from gigasite.solvers.highs import INFEASIBLE, LIMIT, OPTIMAL, SIMPLEX, solve
from gigasite.solvers.phases import split


@pytest.fixture(params=[1, 2000], ids=["every block apart", "small blocks together"])
def blocks(request, monkeypatch):
    monkeypatch.setattr(module, "split", partial(split, smallest=request.param))


def _two_phases(random_programme, programme, seed):
    """Two programmes that share only two columns: sizes, to be fixed."""
    rng = np.random.default_rng(seed)
    parts = [random_programme(seed + i) for i in (0, 1)]
    a = np.zeros((12, 18))
    a[:6, :8], a[6:, 8:16] = parts[0].a.toarray(), parts[1].a.toarray()
    a[:, 16:] = rng.normal(size=(12, 2))
    size = rng.random(2)
    shift = a[:, 16:] @ size

    def joined(name, extra):
        return np.concatenate([getattr(part, name) for part in parts] + [extra])

    return programme(
        a, joined("cost", rng.normal(size=2)), joined("row_lower", []) + shift, joined("row_upper", []) + shift,
        joined("lower", size), joined("upper", size), offset=3.0,
    )  # fmt: skip


@given(st.integers(0, 2**31 - 2))
@settings(max_examples=25)
def test_blocks_give_what_the_whole_gives(random_programme, programme, seed):
    matrix = _two_phases(random_programme, programme, seed)
    apart, whole = dispatch(matrix, seconds=60), solve(matrix, SIMPLEX)
    assert apart.status == whole.status == OPTIMAL
    # Rows may be missed by 1e-7 each, so two optimal answers differ by a little more.
    assert apart.objective == pytest.approx(whole.objective, abs=1e-5)


def test_blocks_of_any_size_give_the_same(blocks, random_programme, programme):
    matrix = _two_phases(random_programme, programme, 7)
    assert dispatch(matrix, seconds=60).objective == pytest.approx(solve(matrix, SIMPLEX).objective, abs=1e-6)


def test_duals_of_the_blocks_are_those_of_the_whole(blocks, programme):
    """Two rows of their own, prices 2 and 3; the size adds 1 to each row."""
    matrix = programme([[1, 0, 1], [0, 1, 1]], [2, 3, 5], [4, 4], [np.inf, np.inf], lower=[0, 0, 1], upper=[10, 10, 1])
    answer = dispatch(matrix, seconds=60)
    assert answer.duals == pytest.approx([2, 3])
    assert answer.objective == pytest.approx(3 * 2 + 3 * 3 + 5)


def test_one_block_that_cannot_be_met_makes_the_whole_infeasible(blocks, programme):
    matrix = programme([[1, 0], [0, 1]], [1, 1], [4, 11], [np.inf, np.inf])
    assert dispatch(matrix, seconds=60).status == INFEASIBLE


@pytest.mark.parametrize(("fixed", "status"), [(5.0, OPTIMAL), (3.0, INFEASIBLE)])
def test_a_row_of_fixed_columns_alone_is_checked(programme, fixed, status):
    """The size alone must reach 4; no block sees that row."""
    matrix = programme([[1, 0], [0, 1]], [1, 1], [4, 1], [9, 9], lower=[fixed, 0], upper=[fixed, 10])
    assert dispatch(matrix, seconds=60).status == status


def test_a_programme_in_which_all_is_fixed_has_nothing_to_dispatch(programme):
    matrix = programme([[1.0]], [2.0], [0], [9], lower=[4], upper=[4])
    answer = dispatch(matrix, seconds=60)
    assert (answer.status, answer.objective) == (OPTIMAL, 8.0)


def test_what_takes_simplex_too_long_is_left_to_the_interior_point_method(random_programme, monkeypatch):
    """Where simplex ends at its limit, the other method gives the same, and is asked at once the next time."""
    matrix = random_programme(7, rows=40, columns=60)
    usual = dispatch(matrix, seconds=60)
    asked = []

    def noted(matrix, options, **rest):
        asked.append((options["solver"], rest.get("patience")))
        answer = solve(matrix, options, **rest)
        return replace(answer, status=LIMIT) if options["solver"] == "simplex" else answer

    monkeypatch.setattr(module, "solve", noted)
    bases = Bases()
    for _ in range(2):
        assert dispatch(matrix, seconds=60, bases=bases).objective == pytest.approx(usual.objective, abs=1e-4)
    assert asked == [("simplex", module.PATIENCE), ("hipo", None), ("hipo", None)]
    assert bases.tired


def test_an_infeasible_part_misses_what_it_may(programme):
    """A limit of 10 for a demand of 11: short by one, in that row only; the other part keeps its answer."""
    matrix = programme([[1, 0], [0, 1]], [1, 1], [4, 11], [np.inf, np.inf])
    answer = dispatch(matrix, seconds=60, missable=np.array([0, 1]))
    assert answer.status == module.SHORT
    assert answer.x == pytest.approx([4, 10])
