"""Progress on the terminal: a line per stage with its time, the solver's gap, and a bar where the end is known."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from gigasite.models.progress import Stage


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
        self._stage: Stage | None = None
        self._bar: TaskID | None = None
        self._began = 0.0

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
        self._bars.stop()

    def __call__(self, stage: Stage, /) -> None:
        """Show ``stage``; another name than before ends the stage that was running."""
        if self._stage is None or stage.name != self._stage.name:
            self._finish()
            self._began = time.monotonic()
            self._bar = self._bars.add_task(stage.name, total=None, note="")
        self._stage = stage
        if self._bar is not None:
            known = {} if stage.fraction is None else {"total": 1.0, "completed": stage.fraction}
            self._bars.update(self._bar, note=_note(stage), **known)  # type: ignore[arg-type]

    def _finish(self) -> None:
        if self._stage is None or self._bar is None:
            return
        self._bars.update(self._bar, total=1.0, completed=1.0)
        if not self._moving:
            seconds = time.monotonic() - self._began
            line = f"{self._stage.name}: {seconds:.1f} s  {_note(self._stage)}".rstrip()
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)
        self._stage = None


def _note(stage: Stage) -> str:
    gap = "" if stage.gap is None else f"gap {100 * stage.gap:.2g} %"
    return ", ".join(part for part in (gap, stage.note) if part)
