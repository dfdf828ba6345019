"""The log of HiGHS: what the solver said of every programme of a plan, one after the other in one file."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import highspy

_current: Journal | None = None


class Journal:
    """Collects the logs of programmes that are solved at the same time.

    Parameters
    ----------
    path : pathlib.Path
        The file that is written.
    folder : pathlib.Path
        Where each log goes while its programme is solved.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        self._path, self._folder, self._count, self._lock = path, folder, 0, threading.Lock()
        self._start = time.monotonic()
        path.write_text("", encoding="utf-8")

    def open(self, highs: highspy.Highs) -> Path:
        """Let a solver write its log, and return where."""
        with self._lock:
            self._count += 1
            place = self._folder / f"{self._count}.log"
        highs.setOptionValue("log_to_console", False)
        highs.setOptionValue("log_file", str(place))
        highs.setOptionValue("output_flag", True)
        return place

    def close(self, highs: highspy.Highs, place: Path, heading: str) -> None:
        """Append a log that is finished."""
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("log_file", "")
        said = place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""
        place.unlink(missing_ok=True)
        with self._lock, self._path.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(f"=== at {time.monotonic() - self._start:.1f} s: {heading}\n{said}\n")


@contextmanager
def keeping(path: Path) -> Iterator[None]:
    """Keep the log of every programme that is solved inside, by any thread, in one file."""
    global _current
    before = _current
    with TemporaryDirectory(prefix="gigasite-log-", ignore_cleanup_errors=True) as folder:
        _current = Journal(path, Path(folder))
        try:
            yield
        finally:
            _current = before


@contextmanager
def logged(highs: highspy.Highs, heading: str) -> Iterator[None]:
    """Keep the log of a solver where somebody asked for it; a solver that is interrupted leaves none."""
    journal = _current
    if journal is None:
        yield
        return
    place = journal.open(highs)
    yield
    journal.close(highs, place, heading)
