"""Progress on the error stream: for people a line per stage with a bar, its time and gap; for programs JSON lines."""

from __future__ import annotations

import json
import sys
import time
from types import TracebackType
from typing import Any, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from gigasite.models.progress import Stage

from . import durations

ALMOST = 0.99
"""Share of a bar that an estimate fills at most: only the end of a stage is its end."""
JSON_EVERY = 1.0
"""Seconds between two lines of the same stage."""


class Stages:
    """Counts the seconds of the stages of a computation, and knows how long earlier ones took.

    A stage with a size makes the later ones comparable; all are remembered when the computation ends well.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.size: int | None = None
        self.expected: float | None = None
        self._began = time.monotonic()
        self._name = ""

    def tell(self, stage: Stage) -> bool:
        """Take note of a stage, and return whether it is a new one."""
        if stage.size is not None:
            self.size = stage.size
        if stage.name == self._name:
            return False
        self.end()
        self._name, self._began = stage.name, time.monotonic()
        self.expected = None if self.size is None else durations.estimate(self.size, stage.name)
        return True

    @property
    def elapsed(self) -> float:
        """Seconds since the stage began."""
        return time.monotonic() - self._began

    def end(self) -> None:
        """Count the stage that was running."""
        if self._name:
            self.seconds[self._name] = self.seconds.get(self._name, 0.0) + self.elapsed
        self._name = ""

    def finish(self) -> None:
        """End the computation."""
        self.end()
        if self.size is not None:
            durations.remember(self.size, self.seconds)


class ProgressDisplay:
    """Draws the stages of a computation; call it with each ``Stage``, inside ``with``.

    On a terminal the current stage moves; elsewhere (a file, a pipe) one line is written per finished stage.

    Parameters
    ----------
    console : rich.console.Console, optional
        Where to draw; by default the error stream, so that results can be piped.
    """

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._moving = self._console.is_terminal
        self._bars = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}", markup=False, style="dim"),
            console=self._console,
            disable=not self._moving,
        )
        self._stages = Stages()
        self._stage: Stage | None = None
        self._bar: TaskID | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
            self._stages.finish()
        self._bars.stop()

    def __call__(self, stage: Stage, /) -> None:
        """Show ``stage``; another name than before ends the stage that was running."""
        if self._stage is None or stage.name != self._stage.name:
            self._finish()
            self._bar = self._bars.add_task(stage.name, total=None, note="")
        self._stages.tell(stage)
        self._stage = stage
        if self._bar is not None:
            done = _fraction(stage, self._stages)
            known = {} if done is None else {"total": 1.0, "completed": done}
            self._bars.update(self._bar, note=_note(stage, self._stages.expected), **known)  # type: ignore[arg-type]

    def _finish(self) -> None:
        if self._stage is None or self._bar is None:
            return
        self._bars.update(self._bar, total=1.0, completed=1.0, note=_note(self._stage))
        if not self._moving:
            line = f"{self._stage.name}: {self._stages.elapsed:.1f} s  {_note(self._stage)}".rstrip()
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)
        self._stage = None


class JsonProgress:
    """Writes the stages of a computation as JSON lines: each new stage at once, the same one once a second.

    ``{"event": "stage", "stage": "solve", "seconds": 12.3, "gap": 0.004, "fraction": null, "expected_seconds": 40.0,
    "note": ""}``; at the end ``{"event": "done", "seconds": {"read": 0.4, ...}}``.

    Parameters
    ----------
    stream : text stream, optional
        Where to; by default the error stream.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._stages = Stages()
        self._last = float("-inf")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._stages.finish()
            self._say({"event": "done", "seconds": {k: round(v, 3) for k, v in self._stages.seconds.items()}})

    def __call__(self, stage: Stage, /) -> None:
        """Write a line about ``stage`` if it is new, or if the last one is a second old."""
        now = time.monotonic()
        if not self._stages.tell(stage) and now - self._last < JSON_EVERY:
            return
        self._last = now
        self._say(
            {
                "event": "stage",
                "stage": stage.name,
                "seconds": round(self._stages.elapsed, 3),
                "gap": stage.gap,
                "fraction": stage.fraction,
                "expected_seconds": self._stages.expected,
                "note": stage.note,
            }
        )

    def _say(self, event: dict[str, Any]) -> None:
        self._stream.write(json.dumps(event) + "\n")
        self._stream.flush()


class NoProgress:
    """Says nothing, and remembers how long it took."""

    def __init__(self) -> None:
        self._stages = Stages()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._stages.finish()

    def __call__(self, stage: Stage, /) -> None:
        """Take note of ``stage``."""
        self._stages.tell(stage)


def _fraction(stage: Stage, stages: Stages) -> float | None:
    """Return the part of a stage that is done: as told, else by the time that earlier runs took."""
    if stage.fraction is not None:
        return stage.fraction
    return None if not stages.expected else min(ALMOST, stages.elapsed / stages.expected)


def _note(stage: Stage, expected: float | None = None) -> str:
    gap = "" if stage.gap is None else f"gap {100 * stage.gap:.2g} %"
    usual = "" if expected is None or expected < 1.0 else f"usually {expected:,.0f} s"
    return ", ".join(part for part in (gap, stage.note, usual) if part)
