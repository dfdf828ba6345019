"""Do the same work on several things at once, so that an error or Ctrl-C ends all of it at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from gigasite.models.errors import SolverError

from .threads import threads

Each = TypeVar("Each")
Found = TypeVar("Found")
_here = threading.local()


class Stop:
    """Whether a pool of threads, or the one that it was started from, was told to stop."""

    def __init__(self, above: Stop | None) -> None:
        self._event, self._above = threading.Event(), above

    def set(self) -> None:
        """Tell every thread of the pool to stop."""
        self._event.set()

    @property
    def told(self) -> bool:
        """Whether to stop."""
        return self._event.is_set() or (self._above is not None and self._above.told)


def in_parallel(work: Callable[[Each], Found], each: Sequence[Each]) -> list[Found]:
    """Do the same work on each, several at once: HiGHS leaves the interpreter free while it runs.

    An error in one, or Ctrl-C, stops the others: what they solve is left behind.
    """
    stop = Stop(getattr(_here, "stop", None))
    pool = ThreadPoolExecutor(threads(), initializer=_enter, initargs=(stop,))
    try:
        return [future.result() for future in [pool.submit(work, one) for one in each]]
    except BaseException:
        stop.set()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def check_stop() -> None:
    """Leave the work of a thread whose pool was told to stop.

    Raises
    ------
    SolverError
        If so; whoever told it to stop has a reason of its own to tell.
    """
    stop = getattr(_here, "stop", None)
    if stop is not None and stop.told:
        raise SolverError("stopped")


def _enter(stop: Stop) -> None:
    _here.stop = stop
