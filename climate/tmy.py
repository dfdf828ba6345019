"""NREL's typical years: TMY3 and TMY2."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pvlib

from gigasite.models.conditions import Place
from gigasite.models.errors import WeatherError

from .hours import tidy, typical_labels, whole_years
from .weather import Provenance, Weather, dataset

_LICENCE = "NREL, a work of the US government"

#: pvlib's name -> (ours, factor to our unit); TMY2 stores tenths of degC and of m/s.
_TMY3 = {
    "temp_air": ("dry_bulb_c", 1.0),
    "temp_dew": ("dew_point_c", 1.0),
    "pressure": ("pressure_pa", 100.0),
    "wind_speed": ("wind_10m_m_s", 1.0),
    "ghi": ("ghi_w_m2", 1.0),
    "dni": ("dni_w_m2", 1.0),
    "dhi": ("dhi_w_m2", 1.0),
}
_TMY2 = {
    "DryBulb": ("dry_bulb_c", 0.1),
    "DewPoint": ("dew_point_c", 0.1),
    "Pressure": ("pressure_pa", 100.0),
    "Wspd": ("wind_10m_m_s", 0.1),
    "GHI": ("ghi_w_m2", 1.0),
    "DNI": ("dni_w_m2", 1.0),
    "DHI": ("dhi_w_m2", 1.0),
}


def read_tmy3(path: Path, sha256: str) -> Weather:
    """Read a TMY3 file (CSV of NREL's 1991-2005 update, 2008).

    Parameters
    ----------
    path : pathlib.Path
        The file.
    sha256 : str
        Its checksum, for the provenance.

    Raises
    ------
    WeatherError
        If the file is no TMY3 or fails the checks.

    Notes
    -----
    The first label is 01:00 and names the end of the hour; the centre is half an hour earlier.
    """
    try:
        table, meta = pvlib.iotools.read_tmy3(path, map_variables=True)
        place = Place(meta["latitude"], meta["longitude"], meta["altitude"], meta["TZ"])
        # From the file's own dates: pvlib moves 29 February to 1 March and its labels may run into another year.
        dates = pd.to_datetime(table["Date (MM/DD/YYYY)"], format="%m/%d/%Y")
        hours = table["Time (HH:MM)"].str.split(":").str[0].astype(int)
        rows = _numbers(table, _TMY3).set_axis(typical_labels(dates.dt.month, dates.dt.day, hours - 1), axis=0)
    except (ValueError, KeyError, IndexError, AttributeError) as problem:
        raise WeatherError(
            f"{path}: this is not a TMY3 file that can be read ({problem}). Download it again."
        ) from problem
    source = f"TMY3 {path.name}: {str(meta['Name']).strip(chr(34))}, {meta['State']}"
    return _weather(rows, place, Provenance(source, _LICENCE, "typical", "typical months of 1976-2005", sha256))


def read_tmy2(path: Path, sha256: str) -> Weather:
    """Read a TMY2 file (fixed-width text of NREL, 1961-1990).

    Parameters
    ----------
    path : pathlib.Path
        The file.
    sha256 : str
        Its checksum, for the provenance.

    Raises
    ------
    WeatherError
        If the file is no TMY2 or fails the checks.

    Notes
    -----
    Hours count 1 to 24; like TMY3 the values belong to the hour that ends then.
    """
    try:
        table, meta = pvlib.iotools.read_tmy2(str(path))
        place = Place(meta["latitude"], meta["longitude"], meta["altitude"], meta["TZ"])
        month, day, hour = (table[name].astype(int) for name in ("month", "day", "hour"))
        labels = typical_labels(month, day, hour - 1)
        rows = _numbers(table, _TMY2).set_axis(labels, axis=0)
    except (ValueError, KeyError, IndexError) as problem:
        raise WeatherError(
            f"{path}: this is not a TMY2 file that can be read ({problem}). Download it again."
        ) from problem
    source = f"TMY2 {path.name}: {meta['City']}, {meta['State']}"
    return _weather(rows, place, Provenance(source, _LICENCE, "typical", "typical months of 1961-1990", sha256))


def _numbers(table: pd.DataFrame, columns: dict[str, tuple[str, float]]) -> pd.DataFrame:
    return pd.DataFrame({ours: table[theirs].astype(float) * factor for theirs, (ours, factor) in columns.items()})


def _weather(rows: pd.DataFrame, place: Place, provenance: Provenance) -> Weather:
    dated, moved = whole_years(rows, place, "start")
    clean, rounded = tidy(dated)
    return Weather(dataset(clean), place, provenance, moved + rounded)
