"""The folder of runs: what is in it, and which path may be read. Nothing outside of it is ever touched."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from gigasite.models.errors import RunDirectoryError

from ..results import directories

DEPTH = 4
"""Folders below the folder of runs in which a run is looked for; `gigasite solve` makes two."""

QUEUE, FILES = ".queue", ".files"
DAMAGED = "damaged"


@dataclass(frozen=True)
class Found:
    """A directory of results, as far as its record tells.

    Parameters
    ----------
    path : str
        Below the folder of runs, with slashes.
    kind : str
        ``plan``, ``cooling``, the name of another kind, or ``damaged`` where the record cannot be read.
    record : dict
        Content of ``run.json``; empty where damaged.
    written : float
        When, in seconds since 1970.
    """

    path: str
    kind: str
    record: dict[str, Any]
    written: float


class Folder:
    """A folder of runs.

    Parameters
    ----------
    place : Path
        Made if it does not exist.

    Raises
    ------
    RunDirectoryError
        If it cannot be made or written to.
    """

    def __init__(self, place: Path) -> None:
        if place.exists() and not place.is_dir():
            raise RunDirectoryError(f"{place}: is a file; the runs need a folder. Name another one")
        try:
            place.mkdir(parents=True, exist_ok=True)
            self.place = place.resolve(strict=True)
            for name in (QUEUE, FILES):
                (self.place / name).mkdir(exist_ok=True)
                if not (self.place / name).resolve().is_relative_to(self.place):
                    raise RunDirectoryError(f"{place / name}: leads outside of {place}. Remove the link")
        except OSError as problem:
            raise RunDirectoryError(
                f"{place}: cannot be written ({problem.strerror}). Name a folder that you may write to"
            ) from problem
        self.queue, self.files = self.place / QUEUE, self.place / FILES

    def within(self, path: str) -> Path | None:
        """Return the path of something in the folder, links followed; None if it leads elsewhere or does not exist.

        Hidden names are refused, which keeps queue and data files apart.
        """
        parts = PurePosixPath(path).parts
        plain = all(_plain(part) for part in parts) and not path.startswith("/")
        if not parts or not plain:
            return None
        try:
            found = self.place.joinpath(*parts).resolve(strict=True)
        except (OSError, ValueError):
            return None
        return found if found.is_relative_to(self.place) and not self._hidden(found) else None

    def run(self, path: str) -> Path | None:
        """Return a directory of results; None if there is none at the path."""
        found = self.within(path)
        return found if found is not None and (found / directories.RECORD).is_file() else None

    def file(self, path: str, name: str) -> Path | None:
        """Return a file directly in a directory of results; None if there is none."""
        if self.run(path) is None or not _plain(name):
            return None
        found = self.within(f"{path}/{name}")
        return found if found is not None and found.is_file() else None

    def runs(self) -> list[Found]:
        """Return every directory of results, the latest first."""
        found = [_found(place, self.place) for place in _records(self.place, DEPTH)]
        return sorted(found, key=lambda run: (-run.written, run.path))

    def free(self, site: str, scenario: str, taken: set[str]) -> str:
        """Return a path below the folder where nothing stands yet, such as ``memphis/base`` or ``memphis/base_2``."""
        number = 1
        while True:
            name = f"{site}/{scenario}" if number == 1 else f"{site}/{scenario}_{number}"
            if name not in taken and not os.path.lexists(self.place / name):
                return name
            number += 1

    def _hidden(self, found: Path) -> bool:
        return any(part.startswith(".") for part in found.relative_to(self.place).parts)


def files_of(run: Path) -> list[tuple[str, int]]:
    """Return name and bytes of every file directly in a directory, links left out."""
    entries = [entry for entry in os.scandir(run) if entry.is_file(follow_symlinks=False)]
    return sorted((entry.name, entry.stat().st_size) for entry in entries if _plain(entry.name))


def zipped(run: Path, name: str) -> IO[bytes]:
    """Return a zip of the files of a directory, below a folder ``name``; on disk where it is large."""
    stream: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=1 << 24)  # noqa: SIM115 (the caller reads and closes it)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, _ in files_of(run):
            with (run / each).open("rb") as source, archive.open(f"{name}/{each}", "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, 1 << 20)
    stream.seek(0)
    return stream


def plain_name(name: str) -> str:
    """Return text as a plain name: letters, digits, ``_`` and ``-``."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_-")[:60] or "run"


def _plain(part: str) -> bool:
    """Whether a name is one step down, on every system: no dots in front, no drive, no other separator."""
    return bool(part) and not part.startswith(".") and not set(part) & set("/\\:\0")


def _records(place: Path, depth: int) -> Iterator[Path]:
    """Yield every directory of results at most ``depth`` steps down; links to folders are not followed."""
    try:
        entries = sorted(os.scandir(place), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or not entry.is_dir(follow_symlinks=False):
            continue
        if Path(entry.path, directories.RECORD).is_file():
            yield Path(entry.path)
        elif depth > 1:
            yield from _records(Path(entry.path), depth - 1)


def _found(place: Path, above: Path) -> Found:
    file = place / directories.RECORD
    path = place.relative_to(above).as_posix()
    try:
        written = file.stat().st_mtime
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Found(path, DAMAGED, {}, 0.0)
    if not isinstance(record, dict) or record.get("program") != directories.PROGRAM:
        return Found(path, DAMAGED, {}, written)
    return Found(path, str(record.get("kind", directories.UNNAMED)), record, written)
