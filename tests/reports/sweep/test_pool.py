import os
from concurrent.futures import BrokenExecutor, CancelledError, Future
from dataclasses import replace
from pathlib import Path

import pytest

from gigasite.models.errors import ClusterError
from gigasite.reports.sweep.pool import DIED, Cluster, Processes, chosen, limited_threads, outcomes
from gigasite.reports.sweep.work import Job, Outcome
from gigasite.sites.document import Document
from gigasite.sites.drafts import Draft

NOTHING = Draft(Path("x.yaml"), "x.yaml", Document({}, {}), "base")


def _job(name):
    return Job(name, f"key of {name}", NOTHING, {}, version="0.0.0 of somebody else")


def _done(job):
    return Outcome(job.name, job.key, "done", 0, (), 1.0)


class FakePool:
    """Two places; a deadly job takes along whatever runs beside it."""

    places = 2

    def __init__(self, deadly=()):
        self.deadly, self.running, self.seen = deadly, {}, []

    def submit(self, job, place):
        future = Future()
        again = job.name in self.seen
        self.seen.append(job.name)
        self.running[future] = job
        if len(self.running) == self.places or again:
            self._settle()
        return future

    def _settle(self):
        broken = any(job.name in self.deadly for job in self.running.values())
        for future, job in self.running.items():
            future.set_exception(BrokenExecutor()) if broken else future.set_result(_done(job))
        self.running = {}

    def verdict(self, error):
        return None if isinstance(error, BrokenExecutor) else str(error)


def _made(names, pool):
    found = []
    outcomes([_job(name) for name in names], pool, found.append)
    return {each.name: each.status for each in found}, found


def test_every_job_has_its_outcome():
    statuses, _ = _made("abcd", FakePool())
    assert statuses == dict.fromkeys("abcd", "done")


def test_neighbours_are_made_at_one_place():
    """Nine jobs at two places: the second begins in the middle of the row that the first has before it."""
    assert chosen(range(9), None, []) == 0
    assert chosen(range(1, 9), None, [0]) == 5
    assert chosen([1, 2, 3, 4, 6, 7, 8], 0, [0, 5]) == 1
    assert chosen([2, 3, 4, 6, 7, 8], 5, [1, 5]) == 6


def test_a_place_without_a_neighbour_takes_half_of_the_longest_row():
    """The first place has done 0 to 4 and the second is at 6: of 7 and 8 it leaves the second the next."""
    assert chosen([7, 8], 4, [4, 6]) == 8
    assert chosen([7], 4, [4, 6]) == 7
    assert chosen([2, 3, 4, 7], 9, [9, 6]) == 2


def test_job_that_kills_its_process_is_told_from_its_neighbour():
    """b dies beside a; both are made again alone, and only b dies again. c and d never ran beside it."""
    statuses, found = _made("abcd", FakePool(deadly="b"))
    assert statuses == {"a": "done", "b": "failed", "c": "done", "d": "done"}
    assert next(each for each in found if each.name == "b").explanation == (DIED,)


def test_what_was_finished_is_kept_when_the_sweep_is_interrupted():
    """Ctrl-C comes while a is written: a is written again, and b, c and d, which were finished by then."""
    kept = []

    def collect(outcome):
        kept.append(outcome.name)
        if len(kept) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outcomes([_job(name) for name in "abcd"], FakePool(), collect)
    assert sorted(kept) == ["a", "a", "b", "c", "d"]


class Deadly:
    """Ends the process in which it is unpacked."""

    def __reduce__(self):
        return os._exit, (9,)


def test_processes_outlive_a_job_that_kills_one(monkeypatch):
    """The others come back, here with the sentence that the worker's version is another."""
    pool = Processes(2)
    found = []
    try:
        deadly = replace(_job("deadly"), draft=Deadly())
        outcomes([_job("a"), deadly, _job("b")], pool, found.append)
    finally:
        pool.close()
    told = {each.name: each.explanation[0] for each in found}
    assert told["deadly"] == DIED
    assert "Install the same version" in told["a"]
    assert "Install the same version" in told["b"]


def test_threads_are_shared_out_and_given_back(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.delenv("GIGASITE_THREADS", raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    with limited_threads(3):
        assert (os.environ["GIGASITE_THREADS"], os.environ["OMP_NUM_THREADS"]) == ("2", "2")
    assert "GIGASITE_THREADS" not in os.environ
    assert os.environ["OMP_NUM_THREADS"] == "5"


class Client:
    status = "running"


def _cluster():
    cluster = Cluster.__new__(Cluster)
    cluster._address, cluster._client = "tcp://host:1", Client()
    return cluster


def test_scheduler_that_goes_away_ends_the_sweep_in_words():
    with pytest.raises(ClusterError, match=r"tcp://host:1 went away. What was finished is kept"):
        _cluster().verdict(CancelledError())


def test_worker_without_the_program_is_told():
    assert "Install the same version of gigasite" in _cluster().verdict(
        ModuleNotFoundError("No module named 'gigasite'")
    )
