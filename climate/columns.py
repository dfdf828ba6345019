"""Weather as a table: CSV and NetCDF, in and out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from gigasite.models.conditions import Place
from gigasite.models.errors import WeatherError
from gigasite.models.physics import psychrometrics

from .hours import Label, tidy, whole_years
from .weather import VARIABLES, Kind, Provenance, Weather, dataset

HEADINGS = tuple(heading for heading, _, _ in VARIABLES.values())

_PLACE = ("latitude_deg", "longitude_deg", "elevation_m", "utc_offset_h")
_ABOUT = ("source", "licence", "kind", "note")
_LABELS: dict[str, Label] = {"time_start": "start", "time_centre": "centre", "time_end": "end"}
_KINDS: dict[str, Kind] = {"typical": "typical", "measured": "measured", "synthetic": "synthetic"}


def read_csv(path: Path, place: Place | None, sha256: str) -> Weather:
    """Read a CSV with the headings that `gigasite.climate.read` documents.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    place : Place or None
        Used where the file does not state a place.
    sha256 : str
        Checksum of the file, for the provenance.

    Raises
    ------
    WeatherError
        If headings, times or numbers are wrong, or the data fail the checks.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        about, comments = _comments(lines)
        table = pd.read_csv(path, skiprows=comments, skipinitialspace=True)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as problem:
        raise WeatherError(f"{path}: this is not a CSV table ({problem}). See the documented headings.") from problem
    where = _stated_place(about, place, path)
    problems = _heading_problems(list(table.columns))
    if problems:
        raise WeatherError([f"{path}: {problem}" for problem in problems])
    time_heading = next(name for name in _LABELS if name in table)
    index = _times(table[time_heading], path)
    rows, filled = _completed(_numeric(table.drop(columns=time_heading), path), where)
    dated, moved = whole_years(rows.set_axis(index, axis=0)[list(HEADINGS)], where, _LABELS[time_heading])
    return _weather(dated, where, about, path, sha256, filled + moved)


def _comments(lines: list[str]) -> tuple[dict[str, str], int]:
    comments = next((row for row, line in enumerate(lines) if not line.startswith("#")), len(lines))
    pairs = (line.lstrip("# ").partition(":") for line in lines[:comments])
    return {key.strip(): value.strip() for key, _, value in pairs}, comments


def _heading_problems(headings: list[str]) -> list[str]:
    required = [name for name in HEADINGS if name not in ("dew_point_c", "pressure_pa")]
    problems = [f"the heading {name} is missing. Add the column." for name in required if name not in headings]
    if "dew_point_c" not in headings and "relative_humidity_percent" not in headings:
        problems.append("neither dew_point_c nor relative_humidity_percent is there. Add one of them.")
    if sum(name in headings for name in _LABELS) != 1:
        problems.append(f"exactly one of {', '.join(_LABELS)} must be there, to say what the times name of each hour.")
    known = {*HEADINGS, *_LABELS, "relative_humidity_percent"}
    unknown = [name for name in headings if name not in known]
    if unknown:
        problems.append(f"unknown headings {', '.join(unknown)}. Use {', '.join(sorted(known))}.")
    return problems


def _times(column: pd.Series[str], path: Path) -> pd.DatetimeIndex:
    try:
        return pd.DatetimeIndex(pd.to_datetime(column, format="ISO8601"))
    except (ValueError, TypeError) as problem:
        raise WeatherError(
            f"{path}: times must be ISO 8601 with one offset or none ({problem}). Rewrite them."
        ) from problem


def _numeric(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    numbers = pd.DataFrame({name: pd.to_numeric(table[name], errors="coerce") for name in table})
    wrong = numbers.isna() & table.notna()
    problems = []
    for name in numbers:
        rows = np.flatnonzero(wrong[name])
        if len(rows):
            first = table[name].iloc[rows[0]]
            problems.append(f"{path}: {name} must be a number, got {first!r} in row {rows[0] + 1}. Correct the row.")
    if problems:
        raise WeatherError(problems)
    return numbers


def _completed(rows: pd.DataFrame, place: Place) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Derive what the documented headings allow to be left out."""
    notes: tuple[str, ...] = ()
    if "pressure_pa" not in rows:
        standard = float(psychrometrics.standard_pressure_pa(place.elevation_m))
        rows = rows.assign(pressure_pa=standard)
        notes += (f"the file has no pressure: {standard:.0f} Pa of the standard atmosphere",)
    if "dew_point_c" not in rows:
        fraction = rows["relative_humidity_percent"] / 100
        outside = ~fraction.between(1e-4, 1.05) & fraction.notna()
        if outside.any():
            raise WeatherError(
                "relative_humidity_percent must lie above 0 and at 100 at most, got"
                f" {fraction[outside].iloc[0] * 100:g} in row {int(outside.to_numpy().argmax()) + 1}. Check the unit."
            )
        rows = rows.assign(
            dew_point_c=psychrometrics.dew_point_c_from_rh(rows["dry_bulb_c"].to_numpy(), fraction.to_numpy())
        )
        notes += ("the dew point was computed from relative humidity",)
    return rows, notes


def _stated_place(about: dict[str, str], place: Place | None, path: Path) -> Place:
    try:
        stated = {name: float(about[name]) for name in _PLACE if name in about}
    except ValueError as problem:
        raise WeatherError(f"{path}: the place must be given in numbers ({problem}). Correct the line.") from problem
    if len(stated) == len(_PLACE):
        return Place(**stated)
    if place is None:
        missing = ", ".join(name for name in _PLACE if name not in stated)
        raise WeatherError(
            f"{path}: the file does not say {missing}. Add '# {missing.split(', ')[0]}: ...' or pass a place."
        )
    return place


def read_netcdf(path: Path, place: Place | None, sha256: str) -> Weather:
    """Read a NetCDF file with the variables and units of `Weather.data`; parameters and errors as in `read_csv`."""
    try:
        with xr.open_dataset(path) as opened:
            data = opened.load()
    except (OSError, ValueError) as problem:
        raise WeatherError(f"{path}: this is not a NetCDF file that can be read ({problem}).") from problem
    about = {str(key): str(value) for key, value in data.attrs.items()}
    where = _stated_place(about, place, path)
    problems = [f"{path}: the variable {name} is missing." for name in VARIABLES if name not in data]
    problems += [
        f"{path}: {name} must be in {unit}, got {data[name].attrs.get('units')!r}. Convert it."
        for name, (_, unit, _) in VARIABLES.items()
        if name in data and data[name].attrs.get("units") != unit
    ]
    if problems:
        raise WeatherError(problems)
    columns = {heading: data[name].to_numpy() for name, (heading, _, _) in VARIABLES.items()}
    rows = pd.DataFrame(columns, index=pd.DatetimeIndex(data["time"].values))
    dated, moved = whole_years(rows, where, "centre")
    return _weather(dated, where, about, path, sha256, moved)


def _weather(
    rows: pd.DataFrame, place: Place, about: dict[str, str], path: Path, sha256: str, notes: tuple[str, ...]
) -> Weather:
    clean, rounded = tidy(rows)
    kind = about.get("kind", "measured")
    if kind not in _KINDS:
        raise WeatherError(f"{path}: kind must be one of {', '.join(_KINDS)}, got {kind!r}.")
    source = about.get("source", f"{path.name}")
    provenance = Provenance(
        source, about.get("licence", "not stated in the file"), _KINDS[kind], about.get("note", ""), sha256
    )
    return Weather(dataset(clean), place, provenance, notes + rounded)


def write_csv(weather: Weather, path: Path | str) -> None:
    """Write a weather year as the CSV that `read` understands.

    Parameters
    ----------
    weather : Weather
        Any number of years.
    path : pathlib.Path or str
        Overwritten if it exists.
    """
    conditions = weather.conditions()
    columns = {heading: getattr(conditions, heading) for heading in HEADINGS}
    table = pd.DataFrame(columns, index=conditions.times.map(lambda label: label.isoformat())).rename_axis(
        "time_centre"
    )
    comments = "".join(f"# {key}: {value}\n" for key, value in _attributes(weather).items())
    Path(path).write_text(comments + table.to_csv(float_format="%.10g", lineterminator="\n"), encoding="utf-8")


def write_netcdf(weather: Weather, path: Path | str) -> None:
    """Write a weather year as the NetCDF that `read` understands.

    Parameters
    ----------
    weather : Weather
        Any number of years.
    path : pathlib.Path or str
        Overwritten if it exists.
    """
    weather.data.assign_attrs(_attributes(weather)).to_netcdf(path, engine="h5netcdf")


def _attributes(weather: Weather) -> dict[str, str | float]:
    place: dict[str, str | float] = {name: getattr(weather.place, name) for name in _PLACE}
    about = {name: " ".join(str(getattr(weather.provenance, name)).split()) for name in _ABOUT}
    return place | about
