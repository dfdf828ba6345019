"""The directory of a cooling comparison. Other programs read it, so names, columns and units are a contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from ..results import directories
from ..results.run_files import table_from_csv, table_to_csv
from .results import COLUMNS, LEADING, CoolingResults, tidy

TIDY = ("place", "option", "name", "value", "unit")
TIDY_FILE, WIDE_FILE = "cooling.csv", "ranking.csv"
COOLING = directories.Kind(
    name="cooling",
    called="comparison of cooling options",
    command="gigasite cooling",
    again="Run gigasite cooling again",
    format=1,
    needed=("format", "run"),
    files=(TIDY_FILE, WIDE_FILE, *(f"{name}.csv" for name in COLUMNS)),
)


def check_target(directory: Path) -> None:
    """Refuse a directory that a comparison may not replace; see `directories.check_target`."""
    directories.check_target(directory, COOLING)


def write(results: CoolingResults, directory: Path | str, charts: Mapping[str, bytes] | None = None) -> Path:
    """Write a comparison, in place of an earlier one if there is one; see `directories.write`.

    Parameters
    ----------
    results : CoolingResults
    directory : path
    charts : mapping of str to bytes, optional
        Files of charts by name, written beside the tables.
    """

    def fill(place: Path) -> None:
        table_to_csv(tidy(results), place / TIDY_FILE, TIDY)
        headings = {name: f"{name} [{unit}]" for name, unit in results.units.items()}
        wide = results.figures.rename(columns=headings)
        table_to_csv(wide, place / WIDE_FILE, (*LEADING, *headings.values()))
        for name, columns in COLUMNS.items():
            table_to_csv(getattr(results, name), place / f"{name}.csv", columns)
        for name, content in (charts or {}).items():
            (place / name).write_bytes(content)

    return directories.write(directory, COOLING, {"run": results.run}, fill)


def read(directory: Path | str) -> CoolingResults:
    """Read a comparison and check that it is whole, of this version and unedited.

    Raises
    ------
    RunDirectoryError
        Naming every file that is missing or differs from what ``run.json`` recorded.
    """
    place = Path(directory)
    record = directories.read_record(place, COOLING)
    figures, units = _wide(place / WIDE_FILE)
    tables = {name: table_from_csv(place / f"{name}.csv", columns) for name, columns in COLUMNS.items()}
    return CoolingResults(figures=figures, units=units, run=record["run"], **tables)


def _wide(path: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    """Read the wide table: figures under their names, and their units from the headings."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    units = {}
    for heading in [str(name) for name in table.columns if name not in LEADING]:
        name, unit = re.fullmatch(r"(\w+) \[(.*)\]", heading).groups()  # type: ignore[union-attr]
        units[name] = unit
        # Python's float is exact to the last digit, which pandas' fast parser is not.
        values = [float(text) if text else np.nan for text in table.pop(heading)]
        table[name] = np.array(values, dtype=float)
    table["rank"] = pd.array([int(text) if text else None for text in table["rank"]], dtype="Int64")
    return table, units
