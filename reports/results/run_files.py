"""The file formats of a run directory: tables as CSV, hourly series as NetCDF and as wide CSV.

Floats are written with every digit (the shortest text that reads back to the same float).
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from gigasite.models.errors import RunDirectoryError

from .results import COUNTS, FLAGS, NUMBERS


def table_to_csv(table: pd.DataFrame, path: Path, columns: tuple[str, ...]) -> None:
    """Write a tidy table: UTF-8, header, columns in the order of the contract.

    Raises
    ------
    ValueError
        If the table has other columns: the plan that made it breaks the contract.
    """
    if set(table.columns) != set(columns):
        raise ValueError(
            f"{path.name}: expected the columns {', '.join(columns)}, got {', '.join(map(str, table.columns))}"
        )
    path.write_text(table_as_text(table, columns), encoding="utf-8", newline="\n")


def table_as_text(table: pd.DataFrame, columns: tuple[str, ...]) -> str:
    """Return a tidy table as the text of its file."""
    return str(table[list(columns)].to_csv(index=False, lineterminator="\n"))


def table_from_csv(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a table back with the types it was written from; text such as ``NA`` stays text.

    Raises
    ------
    RunDirectoryError
        If the columns are not those of the contract.
    """
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    if tuple(table.columns) != columns:
        raise RunDirectoryError(f"{path}: expected the columns {', '.join(columns)}, got {', '.join(table.columns)}")
    for column in columns:
        if column in FLAGS:
            table[column] = table[column] == "True"
        elif column in COUNTS:
            table[column] = table[column].astype(np.int64)
        elif column in NUMBERS and path.stem != "assumptions":
            # Python's float is exact to the last digit, which pandas' fast parser is not.
            table[column] = np.array([float(text) if text else np.nan for text in table[column]], dtype=float)
    return table


def hourly_to_netcdf(hourly: xr.Dataset, path: Path) -> None:
    """Write the hourly series as compressed NetCDF 4 with CF attributes.

    Raises
    ------
    ValueError
        If a series has no ``units`` or no ``long_name``.
    """
    bare = [str(name) for name, series in hourly.data_vars.items() if not {"units", "long_name"} <= set(series.attrs)]
    if bare:
        raise ValueError(f"hourly series without units or long_name: {', '.join(bare)}")
    year = pd.Timestamp(hourly["time"].values[0]).year
    encoding: dict[str, dict[str, Any]] = {
        str(name): {"zlib": True, "complevel": 1, "shuffle": True} for name in hourly.data_vars
    }
    encoding["time"] = {"units": f"minutes since {year}-01-01 00:00:00", "dtype": "int64"}
    marked = hourly.assign_attrs({"Conventions": "CF-1.11", **hourly.attrs})
    marked["time"].attrs = {
        "long_name": "local standard time, centre of the hour",
        "standard_name": "time",
        **hourly["time"].attrs,
    }
    marked["phase"] = marked["phase"].astype(object)
    marked["phase"].attrs = {"long_name": "first day of the phase", **hourly["phase"].attrs}
    marked.to_netcdf(path, engine="h5netcdf", encoding=encoding)


def hourly_from_netcdf(path: Path) -> xr.Dataset:
    """Read the hourly series into memory and close the file."""
    with xr.open_dataset(path, engine="h5netcdf") as stored:
        loaded = stored.load()
    for series in loaded.variables.values():
        series.encoding = {}
    return loaded


def hourly_to_csv(hourly: xr.Dataset, path: Path) -> None:
    """Write the hourly series one row an hour, phase after phase, units in the headings.

    Series that are the same in every phase, such as the weather, are repeated in each. Coordinates along ``time``
    besides it, which tell the hours of one outcome from those of another, have a column each.
    """
    times = np.datetime_as_string(hourly["time"].values, unit="m").tolist()
    names = [str(name) for name in hourly.data_vars]
    along = [str(name) for name in hourly.coords if name != "time" and hourly[name].dims == ("time",)]
    told = [hourly[name].values.tolist() for name in along]
    headings = ["phase", "time", *along, *(f"{name} [{hourly[name].attrs['units']}]" for name in names)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(headings)
        for phase in hourly["phase"].values.tolist():
            columns = [_of_phase(hourly[name], phase).tolist() for name in names]
            rows.writerows(zip([phase] * len(times), times, *told, *columns, strict=True))


def _of_phase(series: xr.DataArray, phase: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    chosen = series.sel(phase=phase) if "phase" in series.dims else series
    return np.asarray(chosen.values, dtype=float)
