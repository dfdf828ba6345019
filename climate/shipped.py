"""Monthly normals and design values of the shipped places."""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import pandas as pd

from gigasite.models.conditions import Conditions, Floats, Place
from gigasite.models.errors import WeatherError

from .design import TEMPERATURES, DesignValues

#: Headings that every place has, and those the generator replaces by a regression where they are empty.
_REQUIRED = ("tmax_c", "tmin_c", "tmean_c", "dew_point_c", "wind_m_s", "ghi_kwh_m2_day")
_OPTIONAL = ("sd_daily_tmean_k", "sd_daily_dew_k", "corr_t_dew")


@dataclass(frozen=True, eq=False)
class Normals:
    """Twelve monthly means, January first; every array has shape (12,).

    Parameters
    ----------
    place : Place
        Where.
    tmax_c, tmin_c, tmean_c : numpy.ndarray
        Mean daily maximum and minimum, and mean dry bulb [degC].
    dew_point_c : numpy.ndarray
        Mean dew point [degC].
    wind_m_s : numpy.ndarray
        Mean wind speed at 10 m [m/s].
    ghi_kwh_m2_day : numpy.ndarray
        Mean daily global horizontal irradiation [kWh/m^2].
    source : str
        Where the numbers come from.
    evidence : str
        How well they are known.
    filled : tuple of str
        Names of series that a rule supplied rather than the source.
    filled_evidence : str
        How well the filled series are known; empty if none is.
    note : str
        The rules used, and known weaknesses.
    sd_daily_tmean_k, sd_daily_dew_k : numpy.ndarray or None
        Standard deviation of daily mean dry bulb and dew point within the month [K].
    corr_t_dew : numpy.ndarray or None
        Correlation of daily mean dry bulb and dew point [-].

    Raises
    ------
    WeatherError
        If a series is incomplete or contradicts another; all problems at once.
    """

    place: Place
    tmax_c: Floats
    tmin_c: Floats
    tmean_c: Floats
    dew_point_c: Floats
    wind_m_s: Floats
    ghi_kwh_m2_day: Floats
    source: str
    evidence: str = "derived from source seen"
    filled: tuple[str, ...] = ()
    filled_evidence: str = ""
    note: str = ""
    sd_daily_tmean_k: Floats | None = None
    sd_daily_dew_k: Floats | None = None
    corr_t_dew: Floats | None = None

    def __post_init__(self) -> None:
        given = [name for name in (*_REQUIRED, *_OPTIONAL) if getattr(self, name) is not None]
        problems = [
            f"normals of {self.source}: {name} must be 12 finite numbers. Complete the months."
            for name in given
            if np.shape(getattr(self, name)) != (12,) or not np.isfinite(getattr(self, name)).all()
        ]
        if not problems:
            problems = self._contradictions()
        if problems:
            raise WeatherError(problems)
        for name in given:
            series = np.array(getattr(self, name), dtype=np.float64)
            series.setflags(write=False)
            object.__setattr__(self, name, series)

    def _contradictions(self) -> list[str]:
        rules = {
            "tmin_c must lie below tmean_c": self.tmin_c < self.tmean_c,
            "tmean_c must lie below tmax_c": self.tmean_c < self.tmax_c,
            "dew_point_c must not lie above tmean_c": self.dew_point_c <= self.tmean_c,
            "wind_m_s must be positive": self.wind_m_s > 0,
            "ghi_kwh_m2_day must not be negative": self.ghi_kwh_m2_day >= 0,
        }
        return [
            f"normals of {self.source}: {rule}; it is not in month {int(np.argmin(holds)) + 1}. Correct the month."
            for rule, holds in rules.items()
            if not holds.all()
        ]


def places() -> tuple[str, ...]:
    """Return the keys of the places with shipped normals and design values, sorted."""
    return tuple(sorted(_normals_table()))


def normals(place: str) -> Normals:
    """Return the shipped normals of a place.

    Parameters
    ----------
    place : str
        One of `places`, such as ``"abu_dhabi"``.

    Raises
    ------
    WeatherError
        If there is no such place; the message proposes a similar one.
    """
    rows = _normals_table()[_known(place)]
    first = rows[0]
    where = Place(*(float(first[name]) for name in ("latitude_deg", "longitude_deg", "elevation_m", "utc_offset_h")))
    required = {name: np.array([float(row[name]) for row in rows]) for name in _REQUIRED}
    optional = {
        name: np.array([float(row[name]) for row in rows]) if all(row[name] for row in rows) else None
        for name in _OPTIONAL
    }
    return Normals(
        where,
        **required,
        source=first["source"],
        evidence=first["evidence"],
        filled=_names(first["filled"]),
        filled_evidence=first["filled_evidence"],
        note=first["note"],
        sd_daily_tmean_k=optional["sd_daily_tmean_k"],
        sd_daily_dew_k=optional["sd_daily_dew_k"],
        corr_t_dew=optional["corr_t_dew"],
    )


def design_values(place: str) -> DesignValues:
    """Return the shipped design values of a place.

    Parameters
    ----------
    place : str
        One of `places`.

    Raises
    ------
    WeatherError
        If there is no such place; the message proposes a similar one.
    """
    row = _design_table()[_known(place)]
    values = {name: float(row[name]) for name in TEMPERATURES}
    station = "" if row["station"] == "none" else f"{row['station']}, "
    return DesignValues(
        **values,
        source=f"{station}{row['source']}",
        filled=_names(row["filled"]),
        note=row["note"],
        evidence=row["evidence"],
        filled_evidence=row["filled_evidence"],
    )


def normals_of(conditions: Conditions, source: str) -> Normals:
    """Compute the normals of a weather year.

    Parameters
    ----------
    conditions : Conditions
        One or more whole years of 8,760 hours.
    source : str
        Name of the weather, repeated in the result.

    Returns
    -------
    Normals
        With the spread of daily means, so that a generated year can be compared with this one.
    """
    hours = pd.DataFrame(
        {
            "dry": conditions.dry_bulb_c,
            "dew": conditions.dew_point_c,
            "wind": conditions.wind_10m_m_s,
            "ghi": conditions.ghi_w_m2,
        },
        index=conditions.times.tz_localize(None),
    )
    days = hours.groupby(hours.index.floor("D"))  # type: ignore[attr-defined]
    mean, month = days.mean(), pd.DatetimeIndex(days.mean().index).month
    by_month = mean.groupby(month)
    spread = by_month[["dry", "dew"]].std()
    correlation = np.array([group["dry"].corr(group["dew"]) for _, group in by_month])
    return Normals(
        conditions.place,
        days["dry"].max().groupby(month).mean().to_numpy(),
        days["dry"].min().groupby(month).mean().to_numpy(),
        by_month["dry"].mean().to_numpy(),
        by_month["dew"].mean().to_numpy(),
        by_month["wind"].mean().to_numpy(),
        by_month["ghi"].mean().to_numpy() * 24 / 1000,
        source,
        sd_daily_tmean_k=spread["dry"].to_numpy(),
        sd_daily_dew_k=spread["dew"].to_numpy(),
        corr_t_dew=correlation,
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(";") if name)


def _known(place: str) -> str:
    if place in _normals_table():
        return place
    close = difflib.get_close_matches(place.lower().replace("-", "_").replace(" ", "_"), places(), n=1, cutoff=0.5)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    raise WeatherError(f"climate: there are no normals of {place!r}.{hint} Known: {', '.join(places())}.")


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("gigasite.models.tables") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def _normals_table() -> dict[str, list[dict[str, str]]]:
    table: dict[str, list[dict[str, str]]] = {}
    for row in sorted(_rows("climate_normals.csv"), key=lambda row: int(row["month"])):
        table.setdefault(row["place"], []).append(row)
    return table


@lru_cache(maxsize=1)
def _design_table() -> dict[str, dict[str, str]]:
    return {row["place"]: row for row in _rows("climate_design.csv")}
