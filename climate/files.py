"""Read a weather file, whatever its kind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gigasite.models.conditions import Place
from gigasite.models.errors import WeatherError

from .columns import read_csv, read_netcdf
from .epw import read_epw
from .tmy import read_tmy2, read_tmy3
from .weather import Weather, distance_remark


def read(path: Path | str, place: Place | None = None) -> Weather:
    """Read a weather file; its kind is told from the name and the first bytes.

    Parameters
    ----------
    path : pathlib.Path or str
        EPW (``.epw``, ``.epw.gz``), TMY3 or TMY2 as published by NREL, CSV or NetCDF.
    place : Place, optional
        Where the weather is, needed if the file does not say; if it does, the file's own place and clock are kept
        and a distance of more than half a degree or 100 m of height becomes a warning.

    Returns
    -------
    Weather
        Checked; whole years of hours.

    Raises
    ------
    WeatherError
        If the file cannot be read or fails a check.

    Notes
    -----
    A CSV has one row an hour (or a whole fraction of it) and the headings ``dry_bulb_c``, ``dew_point_c`` or
    ``relative_humidity_percent``, ``pressure_pa`` (optional: standard atmosphere, and the notes say so),
    ``wind_10m_m_s``, ``ghi_w_m2``, ``dni_w_m2``, ``dhi_w_m2``, and one of ``time_start``, ``time_centre``,
    ``time_end`` (ISO 8601, with an offset, else local standard time). Lines ``# latitude_deg: 24.4`` before the
    headings may state ``latitude_deg``, ``longitude_deg``, ``elevation_m``, ``utc_offset_h``, ``source``,
    ``licence``, ``kind`` and ``note``. A NetCDF file has the variables and units of `Weather.data`, and the same
    names as global attributes.
    """
    path = Path(path)
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise WeatherError(
            f"{path}: the weather file cannot be read ({problem.strerror}). Check the path."
        ) from problem
    checksum = hashlib.sha256(raw).hexdigest()
    weather = _reader(path, raw)(path, place, checksum)
    return _compared(weather, place)


def _reader(path: Path, raw: bytes) -> Callable[[Path, Place | None, str], Weather]:
    name = path.name.lower()
    if name.endswith((".epw", ".epw.gz")) or raw.startswith(b"LOCATION,"):
        return lambda file, _, checksum: read_epw(file, checksum)
    if name.endswith((".tm2", ".tmy2")):
        return lambda file, _, checksum: read_tmy2(file, checksum)
    if name.endswith(".nc") or raw[:4] in (b"\x89HDF", b"CDF\x01", b"CDF\x02"):
        return read_netcdf
    if b"Date (MM/DD/YYYY)" in raw[:2000]:
        return lambda file, _, checksum: read_tmy3(file, checksum)
    if name.endswith((".csv", ".txt")):
        return read_csv
    raise WeatherError(f"{path}: unknown kind of weather file. Use .epw, .epw.gz, TMY3 or TMY2, .csv or .nc.")


def _compared(weather: Weather, place: Place | None) -> Weather:
    if place is None:
        return weather
    remarks = weather.remarks + distance_remark(weather.provenance.source, weather.place, place)
    return replace(weather, remarks=remarks)
