"""Several pieces of work at once, and how they end."""

import threading
import time

import pytest

from gigasite.models.errors import SolverError
from gigasite.solvers.parallel import check_stop, in_parallel


def test_answers_come_in_the_order_of_the_work():
    """The first takes longest."""
    assert in_parallel(lambda n: time.sleep(0.02 * (3 - n)) or n * n, [0, 1, 2]) == [0, 1, 4]


def test_an_error_in_one_stops_the_others():
    """The second would go on for a minute; its pool is told, not another one."""
    begun, told = threading.Event(), []

    def work(number):
        if number == 0:
            begun.wait(10)
            raise SolverError("no")
        begun.set()
        for _ in range(6000):
            time.sleep(0.01)
            try:
                check_stop()
            except SolverError:
                told.append(number)
                raise
        return number

    start = time.monotonic()
    with pytest.raises(SolverError, match="no"):
        in_parallel(work, [0, 1])
    assert told == [1]
    assert time.monotonic() - start < 30
    assert in_parallel(lambda n: check_stop() or n, [5]) == [5]


def test_a_pool_inside_a_pool_hears_the_outer_one():
    begun, told = threading.Event(), []

    def inner(_):
        begun.set()
        for _ in range(6000):
            time.sleep(0.01)
            try:
                check_stop()
            except SolverError:
                told.append("inner")
                raise

    def outer(number):
        if number == 0:
            begun.wait(10)
            raise SolverError("no")
        return in_parallel(inner, [1])

    with pytest.raises(SolverError, match="no"):
        in_parallel(outer, [0, 1])
    assert told == ["inner"]
