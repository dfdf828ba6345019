"""The run directory of a plan. Other programs read it, so names, columns and units are a contract."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from . import directories
from .results import COLUMNS, CORE, FOLLOWING, Results
from .run_files import hourly_from_netcdf, hourly_to_csv, hourly_to_netcdf, table_from_csv, table_to_csv

DATA_FILES = (*(f"{name}.csv" for name in CORE), "hourly.nc", "hourly.csv", "site.yaml")
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
        Tables with the columns of ``results.CORE``.
    hourly : xarray.Dataset
        Every hourly series, dims ``phase`` and ``time``, with ``units`` and ``long_name``.
    run : dict
        How the plan was computed: status, objectives, gap, seconds by stage, versions, sha256 of inputs, warnings.
    site_yaml : str
        The fully resolved input.
    tables : mapping of str to pandas.DataFrame
        Tables with the columns of ``results.FOLLOWING``, as far as the release that wrote the run had them.
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


def read(directory: Path | str) -> Run:
    """Read a run directory and check that it is whole, of this version and unedited.

    Raises
    ------
    RunDirectoryError
        Naming every file that is missing or differs from what ``run.json`` recorded.
    """
    place = Path(directory)
    record = directories.read_record(place, PLAN)
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
    hourly_to_csv(plan.hourly, place / "hourly.csv")
    (place / "site.yaml").write_text(plan.site_yaml, encoding="utf-8", newline="\n")
