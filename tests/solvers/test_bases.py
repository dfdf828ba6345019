import numpy as np
import pytest

from gigasite.solvers import bases as module
from gigasite.solvers.bases import Bases
from gigasite.solvers.dispatch import dispatch
from gigasite.solvers.highs import OPTIMAL
from gigasite.solvers.phases import split


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(module, "LEAST_COLUMNS", 0)


def test_a_dispatch_at_other_sizes_begins_where_the_last_one_ended(small, random_programme):
    """The basis of the first makes the second no other optimum; a part that was never seen has none."""
    matrix, bases = random_programme(3, rows=12, columns=18), Bases()
    fixed = np.array([16, 17])
    first = matrix.fixed(fixed, np.zeros(2))
    (part,) = split(first, np.arange(12), np.arange(16))
    assert bases.of(part) is None
    assert dispatch(first, seconds=60, bases=bases).status == OPTIMAL
    assert bases.of(part) is not None
    moved = matrix.fixed(fixed, np.full(2, 1e-3))
    assert dispatch(moved, seconds=60, bases=bases).objective == pytest.approx(
        dispatch(moved, seconds=60).objective, abs=1e-5
    )


def test_parts_of_other_columns_have_other_bases(small, random_programme):
    matrix, bases = random_programme(3), Bases()
    whole, fewer = (split(matrix, np.arange(6), np.arange(count))[0] for count in (8, 7))
    bases.keep(whole, "basis")
    assert bases.of(whole) == "basis"
    assert bases.of(fewer) is None


def test_what_simplex_gave_up_is_remembered(random_programme):
    (part,) = split(random_programme(3), np.arange(6), np.arange(8))
    bases = Bases()
    assert not bases.tired
    bases.give_up(part)
    assert bases.given_up(part)
    assert bases.tired


def test_what_was_kept_longest_ago_is_forgotten(small, random_programme, monkeypatch):
    """Room for two: the first is kept again, so that the third takes the place of the second."""
    monkeypatch.setattr(module, "KEPT", 2)
    matrix, bases = random_programme(3), Bases()
    one, two, three = (split(matrix, np.arange(6), np.arange(count))[0] for count in (8, 7, 6))
    for part, basis in ((one, "one"), (two, "two"), (one, "one again"), (three, "three")):
        bases.keep(part, basis)
    assert [bases.of(part) for part in (one, two, three)] == ["one again", None, "three"]
