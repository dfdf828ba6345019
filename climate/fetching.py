"""Download a weather year once and keep it: PVGIS or NASA POWER. Only the user's own command calls this."""

from __future__ import annotations

import hashlib
import json
import math
import socket
import time
import urllib.request
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import platformdirs
import pvlib
import requests

from gigasite.models.conditions import Floats, Place
from gigasite.models.errors import WeatherError
from gigasite.models.physics import psychrometrics

from .checks import year_labels
from .columns import write_netcdf
from .hours import TYPICAL_YEAR, tidy
from .weather import Kind, Provenance, Weather, dataset

Source = Literal["pvgis", "nasa_power"]
Years = tuple[int, int] | None

LICENCES: dict[str, str] = {
    "pvgis": "PVGIS (c) European Union, free to use without restriction on what the results are used for",
    "nasa_power": "Data from the NASA Langley Research Center POWER Project, funded through the NASA Earth Science"
    " Directorate Applied Science Program; free to use with this acknowledgement",
}
_ADDRESSES = {"pvgis": "https://re.jrc.ec.europa.eu/api/", "nasa_power": "https://power.larc.nasa.gov/api/"}
_PARAMETERS = ["ghi", "dni", "dhi", "temp_air", "temp_dew", "pressure", "wind_speed"]
_WAITS_S = (1.0, 2.0, 4.0)
_CONNECT_S = 5.0
_BUSY = (429, 529)
_KPA_AT_MOST = 200.0


def fetch(place: Place, source: Source = "pvgis", years: Years = None) -> Path:
    """Return the path of a weather file for a place, downloaded on the first call and kept.

    Parameters
    ----------
    place : Place
        Where; rounded to 0.01 degrees for the request.
    source : {"pvgis", "nasa_power"}
        ``pvgis``: one typical year from satellite and ERA5 data. ``nasa_power``: measured years (MERRA-2, CERES).
    years : tuple of int, optional
        First and last year: the years to choose typical months from (PVGIS; all by default), or the years to
        download (NASA POWER; must be given).

    Returns
    -------
    pathlib.Path
        NetCDF for `read`, in the user's cache folder, with a JSON file of the same name beside it: source, licence,
        request, time, checksum, versions.

    Raises
    ------
    WeatherError
        If there is no connection, the service refuses, or its data fail the checks.
    """
    if source not in _ADDRESSES:
        raise WeatherError(f"climate fetch: unknown source {source!r}. Use one of {', '.join(_ADDRESSES)}.")
    if source == "nasa_power" and years is None:
        raise WeatherError(
            "climate fetch: NASA POWER gives measured years; say which. Add years, for example 2019 to 2023."
        )
    if years is not None and years[0] > years[1]:
        raise WeatherError(f"climate fetch: the first year must not be after the last, got {years[0]} and {years[1]}.")
    request: dict[str, Any] = {
        "source": source,
        "latitude_deg": round(place.latitude_deg, 2),
        "longitude_deg": round(place.longitude_deg, 2),
        "utc_offset_h": place.utc_offset_h,
        "years": years,
    }
    path = _cache_path(request)
    if _intact(path):
        return path
    weather = _download(place, source, years)
    _keep(weather, path, request)
    return path


def _cache_path(request: dict[str, Any]) -> Path:
    years = "all" if request["years"] is None else "{}-{}".format(*request["years"])
    name = "{source}_{latitude_deg:.2f}_{longitude_deg:.2f}_utc{utc_offset_h:+g}_".format(**request) + years
    return platformdirs.user_cache_path("gigasite") / "weather" / f"{name}.nc"


def _intact(path: Path) -> bool:
    sidecar = path.with_suffix(".json")
    if not path.is_file() or not sidecar.is_file():
        return False
    try:
        recorded = json.loads(sidecar.read_text(encoding="utf-8"))["sha256"]
    except (ValueError, KeyError, TypeError):
        return False
    return bool(recorded == hashlib.sha256(path.read_bytes()).hexdigest())


def _keep(weather: Weather, path: Path, request: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed, so that an interrupted download leaves nothing that looks whole.
    partial = path.with_name(f"{path.stem}.partial.nc")
    write_netcdf(weather, partial)
    record = {
        **{key: value for key, value in asdict(weather.provenance).items() if key != "sha256"},
        "notes": weather.notes,
        "request": request | {"address": _ADDRESSES[request["source"]]},
        "retrieved_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": hashlib.sha256(partial.read_bytes()).hexdigest(),
        "versions": {name: version(name) for name in ("gigasite", "pvlib")},
    }
    partial.replace(path)
    path.with_suffix(".json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def _download(place: Place, source: Source, years: Years) -> Weather:
    latitude, longitude = round(place.latitude_deg, 2), round(place.longitude_deg, 2)
    _connected(source)
    if source == "pvgis":
        first, last = years or (None, None)

        def pvgis() -> tuple[pd.DataFrame, dict[str, Any]]:
            data, meta = pvlib.iotools.get_pvgis_tmy(
                latitude, longitude, startyear=first, endyear=last, timeout=30, coerce_year=TYPICAL_YEAR
            )
            return data, meta

        data, meta = _asked(pvgis, source)
        return _from_pvgis(data, meta, place)

    def nasa() -> tuple[pd.DataFrame, dict[str, Any]]:
        assert years is not None
        start, end = f"{years[0]}-01-01", f"{years[1]}-12-31"
        data, meta = pvlib.iotools.get_nasa_power(latitude, longitude, start, end, parameters=_PARAMETERS)
        return data, meta

    data, meta = _asked(nasa, source)
    return _from_nasa(data, place)


def _connected(source: Source) -> None:
    """Fail at once when offline: some of the services' readers wait for ever."""
    if urllib.request.getproxies().get("https"):
        return  # the proxy, not we, finds the server
    host = str(urlsplit(_ADDRESSES[source]).hostname)
    try:
        socket.create_connection((host, 443), timeout=_CONNECT_S).close()
    except OSError as problem:
        raise _unreachable(source, problem) from problem


def _unreachable(source: Source, problem: Exception) -> WeatherError:
    return WeatherError(
        f"climate fetch: {urlsplit(_ADDRESSES[source]).hostname} cannot be reached ({problem})."
        " Connect to the internet, import a file or use shipped normals."
    )


def _asked(
    call: Callable[[], tuple[pd.DataFrame, dict[str, Any]]], source: Source
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Call a service, waiting a little when it is busy."""
    for wait_s in (*_WAITS_S, None):
        try:
            return call()
        except requests.HTTPError as problem:
            if wait_s is None or not _is_busy(problem):
                raise WeatherError(
                    f"climate fetch: {source} refused the request ({problem}). Try later or another source."
                ) from problem
            time.sleep(wait_s)
        except requests.RequestException as problem:
            raise _unreachable(source, problem) from problem
        except (KeyError, ValueError) as problem:
            raise WeatherError(
                f"climate fetch: {source} answered in an unknown form ({problem!r}). Try another source."
            ) from problem
    raise AssertionError("the last attempt returns or raises")


def _is_busy(problem: requests.HTTPError) -> bool:
    # The readers often keep only the text of the answer.
    status = problem.response.status_code if problem.response is not None else None
    return status in _BUSY or any(str(code) in str(problem) for code in _BUSY)


def _from_pvgis(data: pd.DataFrame, meta: dict[str, Any], place: Place) -> Weather:
    humidity = data["relative_humidity"].to_numpy(dtype=np.float64).clip(1.0, 100.0) / 100
    dew = psychrometrics.dew_point_c_from_rh(data["temp_air"].to_numpy(dtype=np.float64), humidity)
    # Satellite radiation is of an instant some minutes after the label, the rest of the label itself.
    offset_h = float(meta["inputs"]["location"].get("irradiance_time_offset", 0.0))
    rows = _renamed(data.assign(temp_dew=dew))
    late = dict.fromkeys(("ghi_w_m2", "dni_w_m2", "dhi_w_m2"), offset_h)
    notes = (
        "the dew point was computed from relative humidity",
        f"values of instants (radiation {offset_h:.2f} h after the hour) were interpolated to the centres of the hours",
    )
    return _weather(rows, place, "pvgis", "typical", [TYPICAL_YEAR], late, notes)


def _from_nasa(data: pd.DataFrame, place: Place) -> Weather:
    rows = _renamed(data)
    if float(rows["pressure_pa"].median()) < _KPA_AT_MOST:
        rows = rows.assign(pressure_pa=rows["pressure_pa"] * 1000)  # older pvlib hands on the service's kPa
    years = sorted(set(pd.DatetimeIndex(rows.index).year))
    centre = dict.fromkeys(rows.columns, 0.5)
    notes: tuple[str, ...] = ()
    if not math.isclose(place.utc_offset_h % 1, 0.0):
        notes = (f"hours of UTC were averaged in pairs to hours of UTC{place.utc_offset_h:+g}",)
    return _weather(rows, place, "nasa_power", "measured", years, centre, notes)


def _renamed(data: pd.DataFrame) -> pd.DataFrame:
    names = {
        "temp_air": "dry_bulb_c",
        "temp_dew": "dew_point_c",
        "pressure": "pressure_pa",
        "wind_speed": "wind_10m_m_s",
        "ghi": "ghi_w_m2",
        "dni": "dni_w_m2",
        "dhi": "dhi_w_m2",
    }
    return data[list(names)].rename(columns=names).astype(float)


def _weather(
    rows: pd.DataFrame,
    place: Place,
    source: Source,
    kind: Kind,
    years: list[int],
    after_label_h: dict[str, float],
    notes: tuple[str, ...],
) -> Weather:
    index = pd.DatetimeIndex(rows.index)
    leap = (index.month == 2) & (index.day == 29)
    if leap.any():
        rows, notes = rows[~leap], (*notes, "29 February was dropped")
    labels = year_labels(years)
    if len(rows) != len(labels):
        raise WeatherError(f"climate fetch: {source} sent {len(rows)} hours instead of {len(labels)}. Try other years.")
    columns = {
        name: at_local_centres(rows[name].to_numpy(), after_label_h.get(name, 0.0), place.utc_offset_h)
        for name in rows.columns.astype(str)
    }
    if place.utc_offset_h:
        notes = (*notes, f"the record was turned by {place.utc_offset_h:g} h to the local clock; its ends were joined")
    clean, rounded = tidy(pd.DataFrame(columns, index=labels))
    span = f"{years[0]} to {years[-1]}" if kind == "measured" else "typical year"
    where = f"{place.latitude_deg:.2f}, {place.longitude_deg:.2f}"
    provenance = Provenance(f"{source} {where}, {span}", LICENCES[source], kind)
    return Weather(dataset(clean), place, provenance, notes + rounded)


def at_local_centres(values: Floats, after_label_h: float, utc_offset_h: float) -> Floats:
    """Return values of UTC hours at the centres of local hours, the record taken as periodic.

    Parameters
    ----------
    values : numpy.ndarray
        Labelled 0, 1, 2 ... h after the beginning of the year in UTC, shape (n,).
    after_label_h : float
        When the values hold, after their label [h]; 0.5 for means over the hour that begins at the label.
    utc_offset_h : float
        Local standard time minus UTC [h].

    Returns
    -------
    numpy.ndarray
        Shape (n,). Unchanged but turned if the centres coincide, else between neighbours.
    """
    n = len(values)
    instants = np.arange(n) + 0.5 - utc_offset_h
    moved: Floats = np.interp(instants, np.arange(n) + after_label_h, values, period=n)
    return moved
