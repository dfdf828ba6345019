"""Directories of results: written whole or not at all, never in place of something else, every file checked on reading.

What is in one is the matter of its kind: `run_directory` for plans, `cooling_directory` for comparisons of cooling.
"""

from __future__ import annotations

import errno
import hashlib
import json
import math
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gigasite.models.errors import RunDirectoryError

RECORD = "run.json"
PROGRAM = "gigasite"
UNNAMED = "plan"  # the kind of a record that names none


@dataclass(frozen=True)
class Kind:
    """A kind of directory.

    Parameters
    ----------
    name : str
        Stands in the record.
    called : str
        What people call it.
    command : str
        What makes one.
    again : str
        What helps if one is broken.
    format : int
        Counts the versions of names, columns and units, which other programs rely on.
    needed : tuple of str
        Entries that a record must have.
    files : tuple of str
        Data files, whose sha256 is recorded.
    later : tuple of str
        Data files too, but unknown to earlier releases: one that the record does not name is not missing.
    """

    name: str
    called: str
    command: str
    again: str
    format: int
    needed: tuple[str, ...]
    files: tuple[str, ...]
    later: tuple[str, ...] = ()


def check_target(directory: Path, kind: Kind) -> None:
    """Refuse a directory that may not be replaced; worth asking before a long computation.

    Raises
    ------
    RunDirectoryError
        If something other than an earlier result of the same kind is in the way.
    """
    if not os.path.lexists(directory):
        return
    if not directory.is_dir():
        raise RunDirectoryError(f"{directory}: is a file, a run needs a directory. Choose another --out")
    if not (directory / RECORD).is_file():
        raise RunDirectoryError(
            f"{directory}: exists and has no {RECORD}, so it is not an earlier run and will not be replaced. "
            "Choose another --out or remove it"
        )
    _record(directory, kind)
    folders = sorted(entry.name for entry in directory.iterdir() if entry.is_dir())
    if folders:
        raise RunDirectoryError(
            f"{directory}: holds folders that are no part of a run ({', '.join(folders)}) and would be deleted. "
            "Move them away or choose another --out"
        )


def write(directory: Path | str, kind: Kind, record: Mapping[str, Any], fill: Callable[[Path], None]) -> Path:
    """Write a directory, in place of an earlier one of its kind if there is one.

    Everything goes to a sibling first, ``run.json`` last, and is then renamed: whoever looks sees the old run, the new
    run, or nothing, never a mixture.

    Parameters
    ----------
    directory : path
        Where; its parents are made.
    kind : Kind
    record : mapping
        What ``run.json`` says beside program, format, kind and files.
    fill : callable
        Writes every data file, and others if it likes, into the folder that it is given.

    Returns
    -------
    pathlib.Path
        The directory, absolute.

    Raises
    ------
    RunDirectoryError
        If something else is in the way, or the disk refuses. The old run is then still there.
    """
    target = Path(directory).resolve()
    check_target(target, kind)
    token = secrets.token_hex(4)
    partial = target.with_name(f".{target.name}.partial-{token}")
    with _disk_trouble_in_words(target):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial.mkdir()
            fill(partial)
            _write_record(partial, kind, record)
            _swap(partial, target, aside=target.with_name(f".{target.name}.old-{token}"))
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return target


def read_record(place: Path, kind: Kind, *, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the record of a directory that is whole, of this version and unedited.

    Parameters
    ----------
    place : pathlib.Path
        The directory.
    kind : Kind
    without : collection of str
        Files that may be missing or differ, because they are about to be made again from the others.

    Raises
    ------
    RunDirectoryError
        Naming every file that is missing or differs from what ``run.json`` recorded.
    """
    if not place.is_dir():
        raise RunDirectoryError(f"{place}: no such run directory. Make one with '{kind.command}'{_kept_aside(place)}")
    if not (place / RECORD).is_file():
        raise RunDirectoryError(f"{place}: has no {RECORD}, so it is not a run. Make one with '{kind.command}'")
    record = _record(place, kind)
    if record.get("format") != kind.format:
        found = record.get("format")
        newer = isinstance(found, int) and found > kind.format
        remedy = "Use the release of gigasite that wrote it, or a later one" if newer else kind.again
        raise RunDirectoryError(
            f"{place / RECORD}: written in format {found}, this program reads format {kind.format}. {remedy}"
        )
    _check_files(place, kind, record, without)
    return record


def kind_of(place: Path) -> str:
    """Return the name of the kind that a record states; that of a plan where nothing says otherwise."""
    try:
        record = json.loads((place / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return UNNAMED
    return str(record.get("kind", UNNAMED)) if isinstance(record, dict) else UNNAMED


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a sibling to write to; it takes the place of ``target`` only if all went well.

    Raises
    ------
    RunDirectoryError
        If the disk refuses; ``target`` is then as it was.
    """
    partial = target.with_name(f".{target.name}.partial-{secrets.token_hex(4)}")
    with _disk_trouble_in_words(target):
        try:
            yield partial
            _to_disk(partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """Return the sha256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_record(place: Path, kind: Kind, record: Mapping[str, Any]) -> None:
    whole = {
        "program": PROGRAM,
        "kind": kind.name,
        "format": kind.format,
        **_plain(record),
        "files": {name: sha256(place / name) for name in (*kind.files, *kind.later)},
    }
    text = json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False)
    (place / RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")
    for entry in sorted(place.iterdir()):
        _to_disk(entry)


def _swap(partial: Path, target: Path, *, aside: Path) -> None:
    """Move the old run aside, the new one in, and delete the old; put the old one back if the new cannot come."""
    if not target.exists():
        partial.rename(target)
        return
    target.rename(aside)
    try:
        partial.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _kept_aside(place: Path) -> str:
    """Point to an earlier run whose replacement was killed between the two renames."""
    kept = sorted(place.parent.glob(f".{place.name}.old-*")) if place.parent.is_dir() else []
    return f". An interrupted replacement kept the earlier run as {kept[-1]}: rename it to use it" if kept else ""


def _record(place: Path, kind: Kind) -> dict[str, Any]:
    try:
        record = json.loads((place / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise RunDirectoryError(
            f"{place / RECORD}: cannot be read ({problem}). {kind.again} into another --out"
        ) from problem
    if not isinstance(record, dict) or record.get("program") != PROGRAM:
        raise RunDirectoryError(f"{place / RECORD}: was not written by gigasite. Choose another directory")
    if record.get("kind", UNNAMED) != kind.name:
        found = record.get("kind", UNNAMED)
        raise RunDirectoryError(
            f"{place}: holds a result of kind {found!r}, not a {kind.called}. Choose another directory"
        )
    if any(key not in record for key in (*kind.needed, "files")):
        raise RunDirectoryError(f"{place / RECORD}: was not written by gigasite. Choose another directory")
    return record


def _check_files(place: Path, kind: Kind, record: Mapping[str, Any], without: Collection[str]) -> None:
    problems = []
    for name in (*kind.files, *(name for name in kind.later if name in record["files"])):
        if name in without:
            continue
        if not (place / name).is_file():
            problems.append(f"{place / name}: is missing, the run is incomplete. {kind.again}")
        elif sha256(place / name) != record["files"].get(name):
            problems.append(
                f"{place / name}: was edited after the run (its sha256 differs from {RECORD}). {kind.again}"
            )
    if problems:
        raise RunDirectoryError(problems)


def _plain(value: Any) -> Any:
    """Turn numpy values, paths and dates into what JSON knows; a number that is not finite becomes null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def _to_disk(path: Path) -> None:
    """Ask the disk to keep the file: a rename may otherwise outlive the content in a power cut."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


@contextmanager
def _disk_trouble_in_words(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        remedy = {
            errno.ENOSPC: "Free some disk space",
            errno.EDQUOT: "Free some of your disk quota",
            errno.EACCES: "Choose a place you may write to with --out",
            errno.EROFS: "Choose a place you may write to with --out",
        }.get(problem.errno or 0, "Choose another --out")
        raise RunDirectoryError(f"{target}: cannot be written ({problem.strerror or problem}). {remedy}") from problem
