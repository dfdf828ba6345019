"""The run directory of a plan. Other programs read it, so names, columns and units are a contract."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from gigasite.models.errors import RunDirectoryError
from gigasite.models.plan_tables import COLUMNS, CORE, FOLLOWING

from . import directories, readme
from .results import Results
from .run_files import hourly_from_netcdf, hourly_to_csv, hourly_to_netcdf, table_from_csv, table_to_csv

HOURLY = "hourly.csv"
DATA_FILES = (*(f"{name}.csv" for name in CORE), "hourly.nc", HOURLY, "site.yaml")
LOG = "solver.log"
PLAN = directories.Kind(
    name="plan",
    called="plan",
    command="gigasite solve",
    again="Solve the site again",
    format=1,
    needed=("format", "site", "scenario", "run"),
    files=DATA_FILES,
    later=tuple(f"{name}.csv" for name in FOLLOWING),
)


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
        Tables with the columns of ``models.plan_tables.CORE``.
    hourly : xarray.Dataset
        Every hourly series, dims ``phase`` and ``time``, with ``units`` and ``long_name``.
    run : dict
        How the plan was computed: status, objectives, gap, seconds by stage, versions, sha256 of inputs, warnings.
    site_yaml : str
        The fully resolved input.
    tables : mapping of str to pandas.DataFrame
        Tables with the columns of ``models.plan_tables.FOLLOWING``, as far as the release that wrote the run had them.
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
    tables: Mapping[str, pd.DataFrame]


def check_target(directory: Path) -> None:
    """Refuse a directory that a plan may not replace; see `directories.check_target`."""
    directories.check_target(directory, PLAN)


def failed_log(directory: Path) -> Path:
    """Return where the solver log of a run that fails is kept: beside the run directory that is not written."""
    return directory.with_name(f"{directory.name}.failed.log")


def write(plan: Results, directory: Path | str, *, log: Path | None = None) -> Path:
    """Write ``plan`` as a run directory, in place of an earlier run if there is one; see `directories.write`.

    Parameters
    ----------
    log : pathlib.Path or None
        What the solver said, kept as ``solver.log``. It is no data file: ``run.json`` does not vouch for it.
    """
    record = {"site": plan.site, "scenario": plan.scenario, "run": plan.run}

    def fill(place: Path) -> None:
        _write_files(plan, place)
        if log is not None:
            shutil.copyfile(log, place / LOG)

    return directories.write(directory, PLAN, record, fill)


def write_csv(directory: Path | str) -> list[Path]:
    """Write ``hourly.csv`` and ``README.txt`` of a run again from its other files; they may be missing.

    Returns
    -------
    list of pathlib.Path
        The two files.

    Raises
    ------
    RunDirectoryError
        If another file is missing or edited, or the disk refuses.
    """
    run = read(directory, without=(HOURLY,))
    hourly, explained = run.directory / HOURLY, run.directory / readme.FILE
    recorded = directories.read_record(run.directory, PLAN, without=(HOURLY,))["files"][HOURLY]
    with directories.replacing(hourly) as partial:
        hourly_to_csv(run.hourly, partial)
        if directories.sha256(partial) != recorded:
            raise RunDirectoryError(
                f"{hourly}: cannot be made again as it was: its sha256 would differ from {directories.RECORD},"
                f" since another release wrote it. {PLAN.again}"
            )
    with directories.replacing(explained) as partial:
        partial.write_text(readme.text(run, PLAN.format), encoding="utf-8", newline="\n")
    return [hourly, explained]


def read(directory: Path | str, *, without: Collection[str] = ()) -> Run:
    """Read a run directory and check that it is whole, of this version and unedited.

    Parameters
    ----------
    directory : path
        The run directory.
    without : collection of str
        Files that are about to be made again and may be missing; no table is among them.

    Raises
    ------
    RunDirectoryError
        Naming every file that is missing or differs from what ``run.json`` recorded.
    """
    place = Path(directory)
    record = directories.read_record(place, PLAN, without=without)
    found = {
        name: table_from_csv(place / f"{name}.csv", columns)
        for name, columns in COLUMNS.items()
        if f"{name}.csv" in record["files"]
    }
    return Run(
        directory=place,
        site=record["site"],
        scenario=record["scenario"],
        hourly=hourly_from_netcdf(place / "hourly.nc"),
        run=record["run"],
        site_yaml=(place / "site.yaml").read_text(encoding="utf-8"),
        tables={name: found[name] for name in FOLLOWING if name in found},
        **{name: found[name] for name in CORE},
    )


def _write_files(plan: Results, place: Path) -> None:
    for name, columns in CORE.items():
        table_to_csv(getattr(plan, name), place / f"{name}.csv", columns)
    for name, columns in FOLLOWING.items():
        table_to_csv(plan.tables[name], place / f"{name}.csv", columns)
    hourly_to_netcdf(plan.hourly, place / "hourly.nc")
    hourly_to_csv(plan.hourly, place / HOURLY)
    (place / "site.yaml").write_text(plan.site_yaml, encoding="utf-8", newline="\n")
    (place / readme.FILE).write_text(readme.text(plan, PLAN.format), encoding="utf-8", newline="\n")
