"""EnergyPlus weather files and the design conditions in their header."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pandas as pd
import pvlib

from gigasite.models.conditions import Place
from gigasite.models.errors import WeatherError
from gigasite.models.physics import psychrometrics

from .design import DesignValues
from .hours import tidy, typical_labels, whole_years
from .weather import Kind, Provenance, Weather, dataset

#: pvlib's name -> ours
_COLUMNS = {
    "temp_air": "dry_bulb_c",
    "temp_dew": "dew_point_c",
    "atmospheric_pressure": "pressure_pa",
    "wind_speed": "wind_10m_m_s",
    "ghi": "ghi_w_m2",
    "dni": "dni_w_m2",
    "dhi": "dhi_w_m2",
}
_MISSING_PRESSURE_PA = 999_999.0

#: What the header says about a source -> the line its publisher asks for, or the lack of one.
_LICENCES = {
    "TMY3": "NREL TMY Data Set (2008), a work of the US government",
    "TMYx": "climate.onebuilding.org, free download; no open licence text, so do not pass the file on",
    "IWEC": "(c) 2001 ASHRAE, all rights reserved: use under your own licence, do not pass the file on",
}


def read_epw(path: Path, sha256: str) -> Weather:
    """Read an EnergyPlus weather file, packed (``.epw.gz``) or not.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    sha256 : str
        Its checksum, for the provenance.

    Returns
    -------
    Weather
        With design values if the header has ASHRAE design conditions.

    Raises
    ------
    WeatherError
        If the file is no EPW or fails the checks.

    Notes
    -----
    EPW rows count hours 1 to 24 and pvlib labels their start; the centre is half past. Pressure missing in the whole
    file (999999) is replaced by that of the standard atmosphere, and the notes say so.
    """
    text = _text(path)
    header = [line.split(",") for line in text.split("\n", 8)[:8]]
    try:
        table, meta = pvlib.iotools.read_epw(io.StringIO(text))
        place = Place(meta["latitude"], meta["longitude"], meta["altitude"], meta["TZ"])
        rows = table[list(_COLUMNS)].rename(columns=_COLUMNS).astype(float)
    except (ValueError, KeyError, IndexError, TypeError, pd.errors.ParserError) as problem:
        raise WeatherError(
            f"{path}: this is not an EPW file that can be read ({problem}). Download it again."
        ) from problem
    kind = _kind(table, str(meta["data_type"]))
    if kind == "typical":
        rows = rows.set_axis(typical_labels(table["month"], table["day"], table["hour"] - 1), axis=0)
    rows, filled = _pressure(rows, place)
    rows, dated = whole_years(rows, place, "start")
    rows, rounded = tidy(rows)
    source = f"EPW {path.name}: {meta['city']}, {meta['country']} ({meta['data_type']})"
    comment = next((",".join(line[1:]).strip('" \r') for line in header if line[0] == "COMMENTS 1"), "")
    provenance = Provenance(source, _licence(str(meta["data_type"])), kind, comment, sha256)
    design, remarks = _design(header[1], source)
    return Weather(dataset(rows), place, provenance, filled + dated + rounded, design, remarks)


def _design(line: list[str], source: str) -> tuple[DesignValues | None, tuple[str, ...]]:
    """Design conditions must not make good hours unreadable: if they are wrong, they are left out, with a warning."""
    try:
        return design_conditions(line, source), ()
    except WeatherError as problem:
        return None, (f"{source}: the header's design conditions are not used. {' '.join(problem.problems)}",)


def _text(path: Path) -> str:
    raw = path.read_bytes()
    try:
        plain = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except (OSError, EOFError) as problem:
        raise WeatherError(f"{path}: the packed file is damaged ({problem}). Download it again.") from problem
    # Station names are Latin-1 in older files; every byte is a Latin-1 letter, so this never fails.
    return plain.decode("latin-1").replace("\r", "")


def _kind(table: pd.DataFrame, data_type: str) -> Kind:
    one_calendar = bool((table["year"].diff().dropna() >= 0).all()) and table["year"].nunique() * 8760 <= len(table)
    named_typical = any(mark in data_type.upper() for mark in ("TMY", "IWEC", "TRY", "SWERA", "CSWD", "MSI"))
    return "measured" if one_calendar and not named_typical else "typical"


def _licence(data_type: str) -> str:
    return next((line for mark, line in _LICENCES.items() if mark in data_type), "not stated in the file")


def _pressure(rows: pd.DataFrame, place: Place) -> tuple[pd.DataFrame, tuple[str, ...]]:
    if not (rows["pressure_pa"] == _MISSING_PRESSURE_PA).all():
        return rows, ()
    standard = float(psychrometrics.standard_pressure_pa(place.elevation_m))
    return rows.assign(pressure_pa=standard), (
        f"the file has no pressure: {standard:.0f} Pa of the standard atmosphere",
    )


def design_conditions(line: list[str], source: str) -> DesignValues | None:
    """Read the ASHRAE design conditions in the second header line of an EPW file.

    Parameters
    ----------
    line : list of str
        The comma-separated fields of the line.
    source : str
        Name of the file, repeated in the result.

    Returns
    -------
    DesignValues or None
        None if the line holds no design conditions.

    Raises
    ------
    WeatherError
        If they have an unknown form or contradict one another.

    Notes
    -----
    Until the 2013 handbook the extreme wet bulb is the fourth of 16 extremes; from 2017 on it closes the cooling
    block, and the extremes have 15 values, or 27 with wet bulbs since 2025.
    """
    fields = [field.strip() for field in line]
    if not {"Heating", "Cooling", "Extremes"} <= set(fields):
        return None
    heat, cool, extreme = (fields.index(name) for name in ("Heating", "Cooling", "Extremes"))
    try:
        heating = [float(value) for value in fields[heat + 1 : cool]]
        cooling = [float(value) for value in fields[cool + 1 : extreme]]
        extremes = [float(value) for value in fields[extreme + 1 :] if value]
        old = len(extremes) == 16
        wet_bulb_extreme, tail = (extremes[3], extremes[4:]) if old else (cooling[-1], extremes[3:])
        n20, n50 = tail[9], tail[11]
        values = (heating[1], cooling[2], cooling[3], cooling[8], cooling[9], wet_bulb_extreme, n20, n50)
    except (ValueError, IndexError) as problem:
        raise WeatherError(f"design conditions of {source}: the line has an unknown form ({problem}).") from problem
    return DesignValues(*values, source=f"{fields[2]}, header of {source}")
