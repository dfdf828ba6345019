"""What a solve says while it runs, read back from its error stream: stages, the solver's gap, and problems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

STAGES = ("read", "climate", "build", "load", "solve", "check", "write", "report")
"""Stages of a solve, in order; some plans skip some."""

LONGEST = 1 << 18
"""Bytes of the log that are read."""

_STAGE = re.compile(r"(?P<name>[a-z]+): (?P<seconds>\d+\.\d) s(?:  (?P<note>.*))?")
_GAP = re.compile(r"gap (?P<gap>[\d.e+-]+) %(?:, )?")


@dataclass(frozen=True)
class Step:
    """A stage that is done: its name, its seconds, and a few words."""

    name: str
    seconds: float
    note: str


@dataclass(frozen=True)
class Words:
    """What a solve has said so far.

    Parameters
    ----------
    steps : tuple of Step
        Stages that are done.
    gap_percent : float or None
        Latest certified gap.
    problems : tuple of str
        Lines that are no stage: why there is no plan.
    """

    steps: tuple[Step, ...] = ()
    gap_percent: float | None = None
    problems: tuple[str, ...] = ()

    @property
    def current(self) -> str:
        """Stage that follows the last one that is done."""
        done = self.steps[-1].name if self.steps else ""
        later = STAGES[STAGES.index(done) + 1 :] if done in STAGES else STAGES
        return later[0] if later else ""


def read(file: Path) -> Words:
    """Return what a log says; one that does not exist says nothing."""
    try:
        with file.open("rb") as stream:
            text = stream.read(LONGEST).decode("utf-8", "replace")
    except OSError:
        return Words()
    steps: list[Step] = []
    gap: float | None = None
    problems: list[str] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        found = _STAGE.fullmatch(line)
        if found is None:
            problems.append(line)
            continue
        note = found["note"] or ""
        told = _GAP.search(note)
        gap = float(told["gap"]) if told else gap
        steps.append(Step(found["name"], float(found["seconds"]), _GAP.sub("", note)))
    return Words(tuple(steps), gap, _told(problems))


def _told(lines: list[str]) -> tuple[str, ...]:
    """Return the problems; an error of the program itself is told by its last line, the log has the rest."""
    if "Traceback (most recent call last):" not in lines:
        return tuple(lines)
    return (f"The program failed: {lines[-1].strip()}. This is a fault of gigasite; report it with the log.",)
