"""From the rows of a file to whole years of hours; everything done on the way is said in a note."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from gigasite.models.conditions import Place
from gigasite.models.errors import WeatherError

Label = Literal["start", "centre", "end"]

#: Where the centre of an interval lies, in steps after its label.
_TO_CENTRE = {"start": 0.5, "centre": 0.0, "end": -0.5}

#: A typical year belongs to no calendar year; 2001 has no 29 February.
TYPICAL_YEAR = 2001
_TYPICAL_LEAP_YEAR = 2004

DEW_POINT_ROUNDING_K = 0.5
NIGHT_OFFSET_W_M2 = 10.0
_HOUR = pd.Timedelta(hours=1)


def whole_years(frame: pd.DataFrame, place: Place, label: Label) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return hourly rows at hour centres in local standard time, without 29 February.

    Parameters
    ----------
    frame : pandas.DataFrame
        Numbers at even steps of an hour or a whole fraction of it; index with offset, or local standard time without.
    place : Place
        Its UTC offset is the clock of the result.
    label : {"start", "centre", "end"}
        What the index names of each interval.

    Returns
    -------
    frame : pandas.DataFrame
        The same columns; index without offset.
    notes : tuple of str
        What was averaged, moved or dropped.

    Raises
    ------
    WeatherError
        If rows appear twice or are out of order, or the step is not an hour or a whole fraction of it.
    """
    index = pd.DatetimeIndex(frame.index)
    step = _step(index)
    if index.tz is not None:
        index = index.tz_convert(place.timezone).tz_localize(None)
    rows = frame.set_axis(index + _TO_CENTRE[label] * step, axis=0)
    hourly, averaged = _hourly(rows, step)
    wrapped, moved = _from_january(hourly)
    kept, dropped = _without_leap_day(wrapped)
    return kept, averaged + moved + dropped


def typical_labels(month: pd.Series[int], day: pd.Series[int], hour: pd.Series[int]) -> pd.DatetimeIndex:
    """Return the starts of the hours of a year put together from months of several years.

    Parameters
    ----------
    month, day, hour : pandas.Series
        Shape (n,); hours count from 0.
    """
    year = _TYPICAL_LEAP_YEAR if bool(((month == 2) & (day == 29)).any()) else TYPICAL_YEAR
    parts = pd.DataFrame({"year": year, "month": month, "day": day, "hour": hour})
    return pd.DatetimeIndex(pd.to_datetime(parts))


def tidy(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Remove the traces of rounding: dew points just above the dry bulb, small negative irradiance at night.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns with the CSV headings (``dry_bulb_c`` ...).

    Notes
    -----
    An excess of the dew point of up to 0.5 K is set to the dry bulb, irradiance between -10 and 0 W/m2 (the thermal
    offset of instruments) to zero. Anything larger stays and is refused by the checks.
    """
    notes = []
    changed = frame.copy()
    excess = frame["dew_point_c"] - frame["dry_bulb_c"]
    rounded = (excess > 0) & (excess <= DEW_POINT_ROUNDING_K)
    if rounded.any():
        changed.loc[rounded, "dew_point_c"] = frame.loc[rounded, "dry_bulb_c"]
        notes.append(
            f"the dew point was up to {excess[rounded].max():.2g} K above the dry bulb in {rounded.sum()} hours"
            " and was set to it"
        )
    for name in ("ghi_w_m2", "dni_w_m2", "dhi_w_m2"):
        offset = (frame[name] < 0) & (frame[name] >= -NIGHT_OFFSET_W_M2)
        if offset.any():
            changed.loc[offset, name] = 0.0
            notes.append(
                f"{name} was below zero, at least {frame.loc[offset, name].min():.2g}, in {offset.sum()} hours"
                " and was set to zero"
            )
    return changed, tuple(notes)


def _step(index: pd.DatetimeIndex) -> pd.Timedelta:
    if len(index) < 2:
        raise WeatherError(f"a weather year has 8760 hours, got {len(index)} rows. Supply every hour.")
    if index.has_duplicates:
        first = index[index.duplicated()][0]
        raise WeatherError(
            f"{index.duplicated().sum()} rows repeat a time, the first is {first}. Keep one row for each."
        )
    if not index.is_monotonic_increasing:
        first = index[1:][np.diff(index.asi8) < 0][0]
        raise WeatherError(f"the times must increase, but {first} comes after a later one. Sort the rows.")
    step = pd.Timedelta(index.to_series().diff().mode()[0])
    if step > _HOUR or _HOUR % step != pd.Timedelta(0):
        raise WeatherError(f"the step must be an hour or a whole fraction of it, got {step}. Resample to hours first.")
    return step


def _hourly(rows: pd.DataFrame, step: pd.Timedelta) -> tuple[pd.DataFrame, tuple[str, ...]]:
    if step == _HOUR:
        return rows, ()
    # An hour lacking one of its parts must stay missing, not become the mean of the rest.
    groups = rows.groupby(pd.DatetimeIndex(rows.index).floor("h"))
    complete = groups.size() == int(_HOUR / step)
    hourly = groups.mean()[complete]
    minutes = step / pd.Timedelta(minutes=1)
    return hourly.set_axis(hourly.index + _HOUR / 2, axis=0), (f"steps of {minutes:g} minutes were averaged to hours",)


def _from_january(hourly: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Move the few hours by which another clock overshoots the year's end to its beginning, or the other way round."""
    index = pd.DatetimeIndex(hourly.index)
    late = int((index[0] - pd.Timestamp(index[0].year, 1, 1)) / _HOUR)
    early = int((pd.Timestamp(index[0].year + 1, 1, 1) - index[0]) / _HOUR + 0.5)
    if 0 < late <= 14:
        shift, first_year = late, index[0].year
    elif 0 < early <= 14:
        shift, first_year = -early, index[0].year + 1
    else:
        return hourly, ()
    years = list(range(first_year, first_year + round(len(index) / 8765)))
    full = pd.date_range(f"{years[0]}-01-01 00:30", f"{years[-1]}-12-31 23:30", freq="h") if years else index
    if len(full) != len(index) or (index[1:] - index[:-1] != _HOUR).any():
        return hourly, ()
    rolled = pd.DataFrame(np.roll(hourly.to_numpy(), shift, axis=0), index=full, columns=hourly.columns)
    where = "end to the beginning" if shift > 0 else "beginning to the end"
    return rolled, (f"{abs(shift)} hours were moved from the {where} of the record to follow the local clock",)


def _without_leap_day(hourly: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    index = pd.DatetimeIndex(hourly.index)
    leap = (index.month == 2) & (index.day == 29)
    if not leap.any():
        return hourly, ()
    years = ", ".join(str(year) for year in sorted(set(index[leap].year)))
    return hourly[~leap], (f"29 February was dropped from {years}",)
