"""The checked weather year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
import xarray as xr

from gigasite.models.conditions import Conditions, Floats, Place
from gigasite.models.errors import WeatherError

from .checks import hard_problems, plausibility_warnings
from .design import DesignValues

Kind = Literal["typical", "measured", "synthetic"]

HOURS_PER_YEAR = 8760
NEAR_DEG = 0.5
NEAR_M = 100.0

#: name in the Dataset -> (name in Conditions and in CSV headings, unit, description)
VARIABLES = {
    "dry_bulb": ("dry_bulb_c", "degC", "dry-bulb temperature"),
    "dew_point": ("dew_point_c", "degC", "dew-point temperature"),
    "pressure": ("pressure_pa", "Pa", "station pressure"),
    "wind_10m": ("wind_10m_m_s", "m s-1", "wind speed 10 m above ground"),
    "ghi": ("ghi_w_m2", "W m-2", "global horizontal irradiance, mean of the hour"),
    "dni": ("dni_w_m2", "W m-2", "direct normal irradiance, mean of the hour"),
    "dhi": ("dhi_w_m2", "W m-2", "diffuse horizontal irradiance, mean of the hour"),
}


@dataclass(frozen=True)
class Provenance:
    """Where a weather year comes from.

    Parameters
    ----------
    source : str
        Data set and station, or the normals a synthetic year was made from.
    licence : str
        One line: what the source says about use and attribution.
    kind : {"typical", "measured", "synthetic"}
        A year put together from typical months, a year that happened, or a generated one.
    note : str
        What a reader of a report should know besides.
    sha256 : str or None
        Checksum of the file that was read, if any.
    """

    source: str
    licence: str
    kind: Kind
    note: str = ""
    sha256: str | None = None


@dataclass(frozen=True, eq=False)
class Weather:
    """One or more whole years of hourly weather that passed the checks.

    Parameters
    ----------
    data : xarray.Dataset
        Dimension ``time`` (n x 8,760 hours without 29 February), labelled at the centre of the hour in local standard
        time without offset; variables ``dry_bulb``, ``dew_point`` [degC], ``pressure`` [Pa], ``wind_10m`` [m s-1],
        ``ghi``, ``dni``, ``dhi`` [W m-2], each with ``units`` and ``long_name``.
    place : Place
        Position of the weather, and the clock of ``time``.
    provenance : Provenance
        Source, licence and kind.
    notes : tuple of str
        What was done to the data on the way in, one sentence each.
    design : DesignValues or None
        Design temperatures that came with the data.
    remarks : tuple of str
        Warnings of the reader, for example a header far from the site; shown before those of the checks.

    Raises
    ------
    WeatherError
        If the data are impossible: row count, gaps, ranges, dew point above dry bulb. All problems at once.
    """

    data: xr.Dataset
    place: Place
    provenance: Provenance
    notes: tuple[str, ...] = ()
    design: DesignValues | None = None
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        missing = [name for name in VARIABLES if name not in self.data]
        if missing:
            raise WeatherError(
                f"{self.provenance.source}: the weather has no {', '.join(missing)}. Supply every variable."
            )
        problems = hard_problems(_frame(self.data))
        if problems:
            raise WeatherError([f"{self.provenance.source}: {problem}" for problem in problems])

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years of the labels, in order; a typical or synthetic year is labelled 2001."""
        return tuple(int(label.year) for label in pd.DatetimeIndex(self.data["time"].values)[::HOURS_PER_YEAR])

    def year(self, year: int) -> Weather:
        """Return one of `years` as a Weather of 8,760 hours.

        Raises
        ------
        WeatherError
            If the year is not among `years`.
        """
        if year not in self.years:
            known = ", ".join(str(known) for known in self.years)
            raise WeatherError(f"{self.provenance.source}: there is no year {year}. Choose one of {known}.")
        first = self.years.index(year) * HOURS_PER_YEAR
        return replace(self, data=self.data.isel(time=slice(first, first + HOURS_PER_YEAR)))

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What is possible but not plausible, one sentence each, with hour or value."""
        found = plausibility_warnings(self.conditions())
        return self.remarks + tuple(f"{self.provenance.source}: {warning}" for warning in found)

    def conditions(self) -> Conditions:
        """Return what technologies see: the place and plain arrays of shape (n x 8760,)."""
        return self._conditions

    @cached_property
    def _conditions(self) -> Conditions:
        times = pd.DatetimeIndex(self.data["time"].values).tz_localize(self.place.timezone)
        frame = _frame(self.data)
        return Conditions(self.place, times, *(frame[VARIABLES[name][0]].to_numpy() for name in VARIABLES))

    def with_series(self, *, note: str, **series: Floats) -> Weather:
        """Return a copy with some variables replaced.

        Parameters
        ----------
        note : str
            What was changed, added to `notes`.
        **series : numpy.ndarray
            New values by Dataset name (``dry_bulb=...``), shape (n x 8760,), units of `data`.
        """
        changed = {name: self.data[name].copy(data=values) for name, values in series.items()}
        return replace(self, data=self.data.assign(changed), notes=(*self.notes, note))


def dataset(frame: pd.DataFrame) -> xr.Dataset:
    """Return an hourly table as the Dataset of a `Weather`.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns as in CSV headings (``dry_bulb_c`` ...), index at hour centres with or without offset.
    """
    index = pd.DatetimeIndex(frame.index)
    variables = {
        name: ("time", frame[heading].to_numpy(dtype=np.float64), {"units": unit, "long_name": meaning})
        for name, (heading, unit, meaning) in VARIABLES.items()
    }
    labels = index.tz_localize(None).astype("datetime64[ns]")
    time = ("time", labels, {"long_name": "local standard time at the centre of the hour"})
    return xr.Dataset(variables, coords={"time": time})


def distance_remark(source: str, own: Place, site: Place) -> tuple[str, ...]:
    """Return a warning if weather is used far from where it was observed, else nothing.

    Parameters
    ----------
    source : str
        What the weather is called in the sentence.
    own, site : Place
        Where it was observed and where it is used; half a degree and 100 m of height pass.
    """
    degrees = max(abs(own.latitude_deg - site.latitude_deg), abs(own.longitude_deg - site.longitude_deg))
    if degrees <= NEAR_DEG and abs(own.elevation_m - site.elevation_m) <= NEAR_M:
        return ()
    return (
        f"{source}: the weather is of {own.latitude_deg:.2f}, {own.longitude_deg:.2f} at {own.elevation_m:.0f} m, the"
        f" site at {site.latitude_deg:.2f}, {site.longitude_deg:.2f}, {site.elevation_m:.0f} m."
        " Check that the station stands for the site.",
    )


def _frame(data: xr.Dataset) -> pd.DataFrame:
    """Return the Dataset as a table with CSV headings and labels without offset."""
    columns = {heading: data[name].to_numpy() for name, (heading, _, _) in VARIABLES.items()}
    return pd.DataFrame(columns, index=pd.DatetimeIndex(data["time"].values))
