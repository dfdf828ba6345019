"""The run directory: written whole or not at all, read back with every file checked.

Other programs read it, so names, columns and units are a contract; ``FORMAT`` counts its versions.
"""

from __future__ import annotations

import errno
import hashlib
import json
import math
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from gigasite.models.errors import RunDirectoryError

from .results import COLUMNS, Results
from .run_files import hourly_from_netcdf, hourly_to_csv, hourly_to_netcdf, table_from_csv, table_to_csv

FORMAT = 1
RECORD = "run.json"
PROGRAM = "gigasite"
DATA_FILES = (*(f"{name}.csv" for name in COLUMNS), "hourly.nc", "hourly.csv", "site.yaml")


@dataclass(frozen=True)
class Run:
    """A run read back from its directory: the same tables that the plan held.

    Parameters
    ----------
    directory : pathlib.Path
        Where it was read.
    site, scenario : str
        What was planned.
    kpis, capacities, costs, energy, assumptions : pandas.DataFrame
        Tables with the columns of ``results.COLUMNS``.
    hourly : xarray.Dataset
        Every hourly series, dims ``phase`` and ``time``, with ``units`` and ``long_name``.
    run : dict
        How the plan was computed: status, objectives, gap, seconds by stage, versions, sha256 of inputs, warnings.
    site_yaml : str
        The fully resolved input.
    """

    directory: Path
    site: str
    scenario: str
    kpis: pd.DataFrame
    capacities: pd.DataFrame
    costs: pd.DataFrame
    energy: pd.DataFrame
    hourly: xr.Dataset
    run: dict[str, Any]
    site_yaml: str
    assumptions: pd.DataFrame


def check_target(directory: Path) -> None:
    """Refuse a directory that a run may not replace; worth asking before a long solve.

    Raises
    ------
    RunDirectoryError
        If something other than a run of this program is in the way.
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
    _record(directory)
    folders = sorted(entry.name for entry in directory.iterdir() if entry.is_dir())
    if folders:
        raise RunDirectoryError(
            f"{directory}: holds folders that are no part of a run ({', '.join(folders)}) and would be deleted. "
            "Move them away or choose another --out"
        )


def write(plan: Results, directory: Path | str) -> Path:
    """Write ``plan`` as a run directory, in place of an earlier run if there is one.

    Everything goes to a sibling first, ``run.json`` last, and is then renamed: whoever looks sees the old run, the new
    run, or nothing, never a mixture.

    Parameters
    ----------
    plan : Results
        The plan to write.
    directory : path
        Where; its parents are made.

    Returns
    -------
    pathlib.Path
        The directory, absolute.

    Raises
    ------
    RunDirectoryError
        If something other than a run is in the way, or the disk refuses. The old run is then still there.
    """
    target = Path(directory).resolve()
    check_target(target)
    token = secrets.token_hex(4)
    partial = target.with_name(f".{target.name}.partial-{token}")
    with _disk_trouble_in_words(target):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial.mkdir()
            _write_files(plan, partial)
            _swap(partial, target, aside=target.with_name(f".{target.name}.old-{token}"))
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return target


def read(directory: Path | str) -> Run:
    """Read a run directory and check that it is whole, of this version and unedited.

    Raises
    ------
    RunDirectoryError
        Naming every file that is missing or differs from what ``run.json`` recorded.
    """
    place = Path(directory)
    if not place.is_dir():
        raise RunDirectoryError(f"{place}: no such run directory. Make one with 'gigasite solve'{_kept_aside(place)}")
    if not (place / RECORD).is_file():
        raise RunDirectoryError(f"{place}: has no {RECORD}, so it is not a run. Make one with 'gigasite solve'")
    record = _record(place)
    if record.get("format") != FORMAT:
        raise RunDirectoryError(
            f"{place}: written in format {record.get('format')}, this program reads format {FORMAT}. "
            "Solve the site again"
        )
    _check_files(place, record)
    tables = {name: table_from_csv(place / f"{name}.csv", COLUMNS[name]) for name in COLUMNS}
    return Run(
        directory=place,
        site=record["site"],
        scenario=record["scenario"],
        hourly=hourly_from_netcdf(place / "hourly.nc"),
        run=record["run"],
        site_yaml=(place / "site.yaml").read_text(encoding="utf-8"),
        **tables,
    )


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


def _write_files(plan: Results, place: Path) -> None:
    for name, columns in COLUMNS.items():
        table_to_csv(getattr(plan, name), place / f"{name}.csv", columns)
    hourly_to_netcdf(plan.hourly, place / "hourly.nc")
    hourly_to_csv(plan.hourly, place / "hourly.csv")
    (place / "site.yaml").write_text(plan.site_yaml, encoding="utf-8", newline="\n")
    record = {
        "program": PROGRAM,
        "format": FORMAT,
        "site": plan.site,
        "scenario": plan.scenario,
        "run": _plain(plan.run),
        "files": {name: sha256(place / name) for name in DATA_FILES},
    }
    text = json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False)
    (place / RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")
    for name in (*DATA_FILES, RECORD):
        _to_disk(place / name)


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


def _record(place: Path) -> dict[str, Any]:
    try:
        record = json.loads((place / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise RunDirectoryError(
            f"{place / RECORD}: cannot be read ({problem}). Solve the site again into another --out"
        ) from problem
    needed = ("format", "site", "scenario", "run", "files")
    if not isinstance(record, dict) or record.get("program") != PROGRAM or any(key not in record for key in needed):
        raise RunDirectoryError(f"{place / RECORD}: was not written by gigasite. Choose another directory")
    return record


def _check_files(place: Path, record: Mapping[str, Any]) -> None:
    problems = []
    for name in DATA_FILES:
        if not (place / name).is_file():
            problems.append(f"{place / name}: is missing, the run is incomplete. Solve the site again")
        elif sha256(place / name) != record["files"].get(name):
            problems.append(
                f"{place / name}: was edited after the run (its sha256 differs from {RECORD}). Solve the site again"
            )
    if problems:
        raise RunDirectoryError(problems)


def sha256(path: Path) -> str:
    """Return the sha256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


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
