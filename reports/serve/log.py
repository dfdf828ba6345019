"""What a solve says while it runs, read back from its JSON lines: stages, the solver's gap, problems."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STAGES = ("read", "climate", "build", "load", "solve", "check", "write", "report")
"""Stages of a solve, in order; some plans skip some and some have more."""

LONGEST = 1 << 22
"""Bytes of the log that are read; it grows by a line a second."""


@dataclass
class Words:
    """What a solve has said so far.

    Parameters
    ----------
    seconds : dict
        Stage -> seconds, in the order in which they came; the last one may still run.
    current : str
        Stage that was told last; empty before the first and after the end.
    gap : float or None
        Latest certified gap, as a fraction.
    expected : float or None
        Seconds that the stage took in earlier runs of this size.
    note : str
        A few words about the stage.
    problems : tuple of str
        Why there is no plan.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    current: str = ""
    gap: float | None = None
    expected: float | None = None
    note: str = ""
    problems: tuple[str, ...] = ()


def read(file: Path) -> Words:
    """Return what a log says; one that does not exist says nothing."""
    try:
        with file.open("rb") as stream:
            text = stream.read(LONGEST).decode("utf-8", "replace")
    except OSError:
        return Words()
    words = Words()
    plain: list[str] = []
    for line in filter(str.strip, text.splitlines()):
        event = _event(line)
        if event is None:
            plain.append(line)
        else:
            _take(words, event)
    words.problems = words.problems or _told(plain)
    return words


def _event(line: str) -> dict[str, Any] | None:
    """Return what a line says to programs, or None: a line for people, or one that is still being written."""
    if not line.startswith("{"):
        return None
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) and "event" in event else None


def _take(words: Words, event: dict[str, Any]) -> None:
    kind = event.get("event")
    if kind == "stage":
        words.current, words.note = str(event["stage"]), str(event.get("note") or "")
        words.seconds[words.current] = max(words.seconds.get(words.current, 0.0), float(event["seconds"]))
        words.expected = event.get("expected_seconds")
        words.gap = words.gap if event.get("gap") is None else float(event["gap"])
    elif kind == "done":
        words.seconds |= {str(name): float(value) for name, value in event["seconds"].items()}
        words.current = words.note = ""
    elif kind == "plan":
        words.gap = words.gap if event.get("certified_gap") is None else float(event["certified_gap"])
    elif kind == "failed":
        words.problems = tuple(map(str, event["problems"]))


def _told(lines: list[str]) -> tuple[str, ...]:
    """Return lines for people; a fault of the program itself is told by its last line, the log has the rest."""
    if "Traceback (most recent call last):" not in lines:
        return tuple(lines)
    return (f"The program failed: {lines[-1].strip()}. This is a fault of gigasite; report it with the log.",)
