import threading
import time

import numpy as np
import pytest

from gigasite.models.errors import SolverError
from gigasite.solvers import highs as module
from gigasite.solvers.highs import INFEASIBLE, INTERIOR, LIMIT, OPTIMAL, SIMPLEX, first_order, solve


@pytest.fixture
def diet(programme):
    """2 x + 3 y at least cost, x + y >= 4, x <= 3: x = 3, y = 1, cost 9, and 5 with the constant of -4."""
    return programme([[1, 1]], [2, 3], [4], [np.inf], upper=[3, 10], offset=-4.0)


@pytest.mark.parametrize("options", [SIMPLEX, INTERIOR], ids=["simplex", "interior"])
def test_a_programme_by_hand(diet, options):
    answer = solve(diet, options)
    assert answer.status == OPTIMAL
    assert answer.x == pytest.approx([3, 1])
    assert answer.objective == pytest.approx(5)


def test_the_first_order_method_comes_close(diet):
    answer = solve(diet, first_order(1e-6, 10_000))
    assert answer.status == OPTIMAL
    assert answer.objective == pytest.approx(5, abs=1e-3)


def test_a_dual_is_the_cost_of_one_more(diet):
    """One unit more of the row's lower limit costs 3, the price of y."""
    assert solve(diet, SIMPLEX).duals == pytest.approx([3])


def test_an_impossible_programme_is_infeasible(programme):
    assert solve(programme([[1]], [1], [11], [np.inf]), SIMPLEX).status == INFEASIBLE


def test_whole_numbers_are_whole(programme):
    """3 x >= 4 at least cost: x = 2, in fractions 1.33."""
    answer = solve(programme([[3]], [1], [4], [np.inf], integral=[True]), {})
    assert answer.x == pytest.approx([2])
    assert answer.gap <= 1e-4


def test_an_unknown_option_is_an_error(diet):
    with pytest.raises(SolverError, match="no option 'colour'"):
        solve(diet, {"colour": "green"})


def test_whoever_watches_is_told_the_time(diet):
    told = []
    solve(diet, SIMPLEX, tick=told.append)
    assert told
    assert min(told) >= 0


def test_simplex_stops_where_patience_ends(programme, monkeypatch):
    """A dense programme that takes half a second; with no patience it ends at the first look."""
    monkeypatch.setattr(module, "POLL_SECONDS", 0.01)
    rng = np.random.default_rng(0)
    a = rng.random((700, 900))
    matrix = programme(a, rng.random(900), a @ rng.random(900), np.full(700, np.inf))
    assert solve(matrix, SIMPLEX, patience=0.0).status == LIMIT
    assert solve(matrix, SIMPLEX, patience=1e6).status == OPTIMAL


@pytest.mark.skipif(not hasattr(time, "pthread_getcpuclockid"), reason="macOS has no clock of a thread")
def test_a_clock_that_has_ended_shows_nothing():
    """A thread's clock ends with it, which may be a moment after Python has joined it."""
    clock = []
    thread = threading.Thread(target=lambda: clock.append(time.pthread_getcpuclockid(threading.get_ident())))
    thread.start()
    thread.join()
    deadline = time.monotonic() + 10.0
    while module._used(clock, 5.0) > 0.0 and time.monotonic() < deadline:
        time.sleep(0.001)
    assert module._used(clock, 5.0) == 0.0


def test_the_time_that_passed_counts_where_there_is_no_clock():
    """As on systems whose threads have none."""
    assert module._used([], 5.0) == 5.0
