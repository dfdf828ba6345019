"""What a plan takes: seconds and memory by stage, told as it goes."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gigasite.models.progress import Progress, Stage

Done = TypeVar("Done")
BYTES_PER_UNIT = 1.0 if sys.platform == "darwin" else 1024.0  # the system counts in bytes there, else in KiB


def peak_memory_mb() -> float:
    """Return the most memory that this process held so far [MB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_UNIT / 1024.0**2


@dataclass
class Watch:
    """Seconds by stage, the peak of memory up to the end of each, and the progress of each.

    Parameters
    ----------
    progress : Progress
        Told every stage.
    seconds, memory_mb : dict
        By stage, in order.
    """

    progress: Progress
    start: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)
    memory_mb: dict[str, float] = field(default_factory=dict)
    _telling: str = ""

    def stage(self, name: str, work: Callable[[], Done]) -> Done:
        """Do the work of a stage, tell it, and keep its seconds and memory."""
        begun = time.perf_counter()
        self.progress(Stage(name, elapsed_seconds=begun - self.start))
        done = work()
        self.seconds[name] = time.perf_counter() - begun
        self.memory_mb[name] = peak_memory_mb()
        return done

    def tell(self, stage: Stage) -> None:
        """Pass on a stage of the solver with the time since the start."""
        if self._telling not in ("", stage.name):
            self.memory_mb[self._telling] = peak_memory_mb()
        self._telling = stage.name
        self.progress(replace(stage, elapsed_seconds=time.perf_counter() - self.start))

    def solved(self, seconds: dict[str, float]) -> None:
        """Take the seconds that the solver counted itself."""
        self.seconds.update(seconds)
        self.memory_mb.update(dict.fromkeys(seconds.keys() - self.memory_mb.keys(), peak_memory_mb()))
        self._telling = ""
