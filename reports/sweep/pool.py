"""Where the runs of a sweep are made: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from gigasite.models.errors import ClusterError
from gigasite.solvers.threads import limited

from . import remote as sweep_remote
from .scheduler import PATIENCE_SECONDS, check
from .work import UNEXPECTED, Job, Outcome, failed, work

POLL_SECONDS = 0.5
DIED = (
    "The process that worked on it died: it was killed, perhaps because the memory was not enough. Use fewer workers."
)


class Pool(Protocol):
    """Takes jobs and gives their outcomes some time later."""

    @property
    def places(self) -> int:
        """How many jobs it takes at once; more would wait."""

    def submit(self, job: Job, place: int) -> Future[Outcome]:
        """Take a job at a place that is free; what is made at one place may remember what was made there before."""

    def verdict(self, error: BaseException) -> str | None:
        """Return why a job failed that gave no outcome; None if it was lost, perhaps through another job's fault."""

    def close(self) -> None:
        """Stop at once; what runs is given up."""


def outcomes(jobs: Iterable[Job], pool: Pool, collect: Callable[[Outcome], None]) -> None:
    """Make every job and hand each outcome on as it comes.

    Neighbours are made at one place, one after the other: they are alike, and each may begin where the last one ended.
    Jobs that were lost with others are made again one by one, so that the one which kills its process is told from
    the others.

    Parameters
    ----------
    jobs : iterable of Job
    pool : Pool
    collect : callable
        Told each outcome, in the order in which they come.
    """
    desk, found = _Desk(pool, tuple(jobs)), deque[Outcome]()
    try:
        while desk.hand_out():
            done, _ = wait(desk.running, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
            ended = [future for future in desk.running if future in done]
            found.extend(each for future in ended if (each := desk.taken_back(future)) is not None)
            desk.hand_out()  # before the results go to the disk, so that no worker waits for it
            _collect(found, collect)
    except KeyboardInterrupt:  # what was finished until then is kept
        found.extend(future.result() for future in desk.running if _has_result(future))
        _collect(found, collect)
        raise


def _collect(found: deque[Outcome], collect: Callable[[Outcome], None]) -> None:
    """Hand on what was found; an outcome at which that is interrupted stays first."""
    while found:
        collect(found[0])
        found.popleft()


def _has_result(future: Future[Outcome]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


@dataclass
class _Desk:
    """Jobs by number: those that wait, those that were lost and are made again alone, and those that run, by place."""

    pool: Pool
    jobs: Sequence[Job]
    waiting: list[int] = field(init=False)
    lost: deque[int] = field(default_factory=deque)
    running: dict[Future[Outcome], tuple[int, int]] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)
    alone: bool = False

    def __post_init__(self) -> None:
        self.waiting = list(range(len(self.jobs)))

    def hand_out(self) -> bool:
        """Give the pool what it has places for; false if nothing is left to wait for."""
        if not self.running:
            self.alone = bool(self.lost)
            if self.lost:
                self._submit(self.lost[0], 0)
                self.lost.popleft()
        while self.waiting and not self.lost and not self.alone and len(self.running) < self.pool.places:
            taken = {place for place, _ in self.running.values()}
            place = next(place for place in range(self.pool.places) if place not in taken)
            number = chosen(self.waiting, self.last.get(place), self.last.values())
            self._submit(number, place)
            self.waiting.remove(number)
        return bool(self.running)

    def _submit(self, number: int, place: int) -> None:
        self.running[self.pool.submit(self.jobs[number], place)] = place, number
        self.last[place] = number

    def taken_back(self, future: Future[Outcome]) -> Outcome | None:
        """Return what became of a job, or None if it was lost and is made again."""
        _, number = self.running.pop(future)
        try:
            return future.result()
        except (Exception, CancelledError) as error:
            told = self.pool.verdict(error)
        if told is None and not self.alone:
            self.lost.append(number)
            return None
        return failed(self.jobs[number], UNEXPECTED, (told or DIED,))


def chosen(waiting: Sequence[int], last: int | None, made: Collection[int]) -> int:
    """Return the job that a place takes next: the one after its last; else one of the longest row of those that wait.

    It is the first of the row; where another place will come to that, the one in the middle.

    Parameters
    ----------
    waiting : sequence of int
        Numbers of the jobs that wait, ascending.
    last : int or None
        Number of the job that the place took last.
    made : collection of int
        Numbers that all places took last.
    """
    if last is not None and last + 1 in waiting:
        return last + 1
    rows: list[list[int]] = []
    for number in waiting:
        if rows and rows[-1][-1] == number - 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    longest = max(rows, key=len)
    return longest[len(longest) // 2 if longest[0] - 1 in made else 0]


class Processes:
    """Processes of this machine, each with its share of the cores.

    Parameters
    ----------
    workers : int
        How many.
    """

    def __init__(self, workers: int) -> None:
        self.places = workers
        self._executors = [self._new() for _ in range(workers)]

    def _new(self) -> ProcessPoolExecutor:
        # A new interpreter each: a fork would copy the locks of the solver's threads.
        return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)

    def submit(self, job: Job, place: int) -> Future[Outcome]:
        """Take a job."""
        with _ctrl_c_stays_here():
            try:
                return self._executors[place].submit(work, job)
            except BrokenExecutor:  # the process died between two jobs
                self._executors[place] = self._new()
                return self._executors[place].submit(work, job)

    def verdict(self, error: BaseException) -> str | None:
        """Return why a job failed; None where a process died, perhaps another one than that of the job."""
        return None if isinstance(error, BrokenExecutor) else f"{type(error).__name__}: {error}"

    def close(self) -> None:
        """Stop; processes end by themselves, those at work when this one ends."""
        for executor in self._executors:
            executor.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _ctrl_c_stays_here() -> Iterator[None]:
    """Let processes that start inside be deaf to Ctrl-C, which is the matter of the one that started them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Let a worker process end with the one that started it, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


class Cluster:
    """The workers of a Dask cluster.

    Parameters
    ----------
    address : str
        Of the scheduler: ``tcp://host:8786``.

    Raises
    ------
    SiteFileError, ClusterError
        As `sweep_scheduler.check` says.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        import dask
        from distributed import Client

        check(address)
        dask.config.set({"distributed.comm.timeouts.connect": f"{PATIENCE_SECONDS}s"})
        self._client: Any = Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
        self._executor: Executor = self._client.get_executor(pure=False)  # type: ignore[no-untyped-call]

    @property
    def places(self) -> int:
        """Two jobs a worker, so that none waits for the network; some where a cluster starts workers when asked."""
        return max(2 * self.workers(), 8)

    def workers(self) -> int:
        """Return how many workers there are now."""
        try:
            return len(self._client.nthreads())
        except (OSError, RuntimeError) as problem:
            raise self._gone() from problem

    def submit(self, job: Job, place: int) -> Future[Outcome]:
        """Take a job; which worker makes it is for the cluster to say."""
        future: Future[Outcome] = self._executor.submit(sweep_remote.work, pickle.dumps(job))
        return future

    def verdict(self, error: BaseException) -> str | None:
        """Return why a job failed; Dask itself makes a job again whose worker died, three times.

        Raises
        ------
        ClusterError
            If the scheduler went away.
        """
        if self._client.status != "running" or isinstance(error, CancelledError):
            raise self._gone() from error
        if type(error).__name__ == "KilledWorker":
            return DIED
        if isinstance(error, ImportError):
            return f"The worker lacks a package: {error}. Install the same version of gigasite there."
        return f"{type(error).__name__}: {error}"

    def _gone(self) -> ClusterError:
        return ClusterError(
            f"--scheduler: {self._address} went away. What was finished is kept; the same command goes on from there."
        )

    def close(self) -> None:
        """Give up what is not finished and leave the cluster."""
        self._executor.shutdown(wait=False)
        self._client.close(timeout=1)


@contextmanager
def limited_threads(workers: int) -> Iterator[None]:
    """Give every process that starts inside its share of the cores."""
    limits = limited(max(1, (os.cpu_count() or 1) // workers))
    before = {name: os.environ.get(name) for name in limits}
    os.environ.update(limits)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value
