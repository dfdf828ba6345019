"""Hourly inputs: what a site file says in place of a constant, turned into 8,760 values.

Four forms: ``{file, column, unit}``, ``{profile, peak or mean}``, for prices ``{tariff, otherwise}``, and ``{windows}``
where hours are picked.
"""

from __future__ import annotations

import calendar
import difflib
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field, model_validator

from gigasite.models.component import Frozen
from gigasite.models.hourly import HourlyValues
from gigasite.models.quantities import DollarsPerMegawattHour, Unit, registry
from gigasite.models.timeline import MONTH_DAYS

from .profiles import PROFILES, weekends, year
from .sections import WEEKDAYS

Floats = NDArray[np.float64]
HOURS = 8760
PRICE_UNIT = "USD/MWh"


class FileInput(Frozen):
    """A column of a CSV file, or a variable of a NetCDF file, with 8,760 values."""

    file: Path
    """CSV or NetCDF file, relative to the folder of the site file."""
    column: str
    """Heading of the column, or name of the variable."""
    unit: str = ""
    """Unit of the values; left out for pure numbers."""


class ProfileInput(Frozen):
    """A named profile."""

    profile: str
    """Name of the profile: flat, working_hours, office_day, evening_peak, online_service or two_shifts."""
    peak: str | float | None = None
    """Largest value of the year, with its unit."""
    mean: str | float | None = None
    """Mean of the year, with its unit, instead of a peak."""

    @model_validator(mode="after")
    def _known(self) -> ProfileInput:
        if self.profile not in PROFILES:
            near = difflib.get_close_matches(self.profile, PROFILES, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"profile {self.profile!r} is unknown; known profiles: {', '.join(PROFILES)}.{hint}")
        if self.peak is not None and self.mean is not None:
            raise ValueError("give either a peak or a mean, not both")
        return self


class HoursRow(Frozen):
    """Hours of the year, by month, weekday and hour of the day, or on dates."""

    months: tuple[int, ...] = tuple(range(1, 13))
    """Months, 1 to 12; all where left out."""
    hours: tuple[int, int] = (0, 24)
    """From and to, whole hours of standard time: `[12, 18]`; `[22, 6]` runs over midnight."""
    weekdays: bool | None = None
    """True for Monday to Friday only, false for weekends only; all days where left out."""
    dates: tuple[str, ...] = ()
    """Days of the year as `07-14`, month and day; all where left out."""

    @model_validator(mode="after")
    def _in_the_year(self) -> HoursRow:
        if not self.months or not set(self.months) <= set(range(1, 13)):
            raise ValueError(f"months must lie between 1 and 12, got {list(self.months)}")
        start, end = self.hours
        if not (0 <= start <= 23 and 1 <= end <= 24) or start == end:
            raise ValueError(f"hours must be [from, to] between 0 and 24, got [{start}, {end}]")
        for each in self.dates:
            _day_of_year(each)
        return self

    def holds(self, first_weekday: str) -> NDArray[np.bool_]:
        """Return whether each hour of the year is meant; shape (8760,)."""
        month, hour = np.repeat(np.arange(1, 13), MONTH_DAYS * 24), np.arange(HOURS) % 24
        start, end = self.hours
        inside = (hour >= start) & (hour < end) if start < end else (hour >= start) | (hour < end)
        inside &= np.isin(month, self.months)
        if self.weekdays is not None:
            inside &= np.repeat(weekends(first_weekday), 24) != self.weekdays
        if self.dates:
            inside &= np.isin(np.arange(HOURS) // 24, [_day_of_year(each) for each in self.dates])
        return np.asarray(inside)


def _day_of_year(text: str) -> int:
    """Return the day of a year of 365 days, counted from zero, of text such as `07-14`."""
    found = re.fullmatch(r"(\d\d)-(\d\d)", text)
    month, day = (int(found[1]), int(found[2])) if found is not None else (0, 0)
    if not (1 <= month <= 12 and 1 <= day <= MONTH_DAYS[month - 1]):
        raise ValueError(f"dates must be days of a year of 365 days such as '07-14', got {text!r}. Write month and day")
    return int(MONTH_DAYS[: month - 1].sum()) + day - 1


class TariffRow(HoursRow):
    """Hours of the year with a price of their own."""

    price: DollarsPerMegawattHour
    """Price in these hours."""


class WindowInput(Frozen):
    """Hours that are meant: one in any of the rows, zero elsewhere."""

    windows: tuple[HoursRow, ...] = Field(min_length=1)
    """Rows of hours; an hour that fits one of them is meant."""


class TariffInput(Frozen):
    """Prices by time of use; the first row that fits an hour holds."""

    tariff: tuple[TariffRow, ...] = Field(min_length=1)
    """Rows, the most special first."""
    otherwise: DollarsPerMegawattHour | None = None
    """Price in all other hours; may be left out where the rows cover every hour."""


@dataclass
class Sources:
    """Reads the files of a site, each once, and remembers which of them a scenario used.

    Parameters
    ----------
    folder : Path
        Folder of the site file.
    first_weekday : str
        Weekday of 1 January.
    inputs : dict
        Files used since the last `begin`, with their sha256.
    copies : mapping
        Where a file is read instead, for a site that came from another machine with its files.
    """

    folder: Path
    first_weekday: str = "monday"
    inputs: dict[Path, str] = field(default_factory=dict)
    copies: Mapping[Path, Path] = field(default_factory=dict)
    _columns: dict[tuple[Path, str], tuple[Floats, str]] = field(default_factory=dict)
    _sums: dict[Path, str] = field(default_factory=dict)

    def begin(self, path: Path) -> None:
        """Start the list of files anew, with the site file."""
        self.inputs = {}
        self.note(path)

    def note(self, path: Path) -> None:
        """Keep the sha256 of a file that was read."""
        if path not in self._sums:
            self._sums[path] = hashlib.sha256(self.place(path).read_bytes()).hexdigest()
        self.inputs[path] = self._sums[path]

    def place(self, path: Path) -> Path:
        """Return where a file is read."""
        return self.copies.get(path, path)

    def column(self, path: Path, name: str) -> tuple[Floats, str]:
        """Return a column and the unit that the file states for it; each file is read once."""
        key = (path, name)
        if key not in self._columns:
            if not self.place(path).is_file():
                raise ValueError(f"file {path} does not exist. Paths start at the folder of the site file")
            read = _from_csv if path.suffix.lower() in (".csv", ".txt") else _from_netcdf
            self._columns[key] = read(self.place(path), name)
        self.note(path)
        return self._columns[key]


def hourly_values(given: Mapping[str, Any], unit: Unit, sources: Sources) -> HourlyValues:
    """Return what a mapping in the site file stands for.

    Parameters
    ----------
    given : mapping
        One of the four forms.
    unit : Unit
        Of the field.
    sources : Sources
        Reads files.

    Returns
    -------
    HourlyValues
        8,760 values in a unit that the field can convert.

    Raises
    ------
    ValueError
        With rule, value and remedy; `pydantic.ValidationError` for wrong keys.
    """
    forms: dict[str, Callable[..., HourlyValues]] = {
        "file": _file,
        "profile": _profile,
        "tariff": _tariff,
        "windows": _windows,
    }
    named = [form for form in forms if form in given]
    if len(named) != 1:
        raise ValueError("must be text with a unit, or a mapping with one of file, profile or tariff")
    return forms[named[0]](given, unit, sources)


def _file(given: Mapping[str, Any], unit: Unit, sources: Sources) -> HourlyValues:
    asked = FileInput.model_validate(given)
    path = sources.folder / asked.file
    values, own_unit = sources.column(path, asked.column)
    stated = asked.unit or own_unit or ("" if unit.bare else None)
    if stated is None:
        raise ValueError(f"{asked.file} states no unit for {asked.column!r}. Add unit: {unit.name}")
    canonical = str(registry().parse_units(_pint(stated, unit)))
    return HourlyValues(values, canonical, source=f"{asked.file}, column {asked.column}")


def _pint(stated: str, unit: Unit) -> str:
    """Return a unit in pint's spelling if it measures the same as the field."""
    Unit(unit.name).parse(f"1 {stated}") if unit.name else unit.parse(f"1 {stated}")
    return stated.replace("m3", "m**3").replace("%", "percent") or "dimensionless"


def _profile(given: Mapping[str, Any], unit: Unit, sources: Sources) -> HourlyValues:
    asked = ProfileInput.model_validate(given)
    shape = year(PROFILES[asked.profile], sources.first_weekday)
    level = asked.peak if asked.peak is not None else asked.mean
    if level is None:
        if unit.name:
            raise ValueError(f"the profile needs a peak or a mean. Write peak: 1 {unit.name}")
        return HourlyValues(shape, "", source=f"profile {asked.profile}")
    scale = unit.parse(level) / (shape.max() if asked.peak is not None else shape.mean())
    source = f"profile {asked.profile}, 1 January a {sources.first_weekday.capitalize()}"
    return HourlyValues(scale * shape, unit.name, source=source)


def _tariff(given: Mapping[str, Any], unit: Unit, sources: Sources) -> HourlyValues:
    if unit.name != PRICE_UNIT:
        raise ValueError("a tariff is for prices of energy. Give text with a unit, a file or a profile")
    asked = TariffInput.model_validate(given)
    values = np.full(HOURS, np.nan if asked.otherwise is None else asked.otherwise)
    for row in reversed(asked.tariff):
        values[row.holds(sources.first_weekday)] = row.price
    open_hours = np.flatnonzero(np.isnan(values))
    if open_hours.size:
        first = int(open_hours[0])
        raise ValueError(
            f"must have a price in every hour of the year, but no row holds in {open_hours.size:,} hours, the first of"
            f" them {_named(first, sources.first_weekday)}. Add otherwise: 60 USD/MWh, or a row"
        )
    return HourlyValues(values, unit.name, source=f"tariff, 1 January a {sources.first_weekday.capitalize()}")


def _named(hour: int, first_weekday: str) -> str:
    """Return an hour of the year as people say it: `Saturday 6 January 13:00`."""
    day = hour // 24
    month = int(np.searchsorted(np.cumsum(MONTH_DAYS), day, side="right"))
    weekday = WEEKDAYS[(WEEKDAYS.index(first_weekday) + day) % 7].capitalize()
    number = day - int(MONTH_DAYS[:month].sum()) + 1
    return f"{weekday} {number} {calendar.month_name[month + 1]} {hour % 24:02d}:00"


def _windows(given: Mapping[str, Any], unit: Unit, sources: Sources) -> HourlyValues:
    if unit.name:
        raise ValueError(f"windows say which hours are meant. Give a quantity in {unit.name}, a file or a profile")
    asked = WindowInput.model_validate(given)
    meant = np.any([row.holds(sources.first_weekday) for row in asked.windows], axis=0)
    source = f"windows, 1 January a {sources.first_weekday.capitalize()}"
    return HourlyValues(meant.astype(np.float64), "", source=source)


def _from_csv(path: Path, name: str) -> tuple[Floats, str]:
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, skipinitialspace=True)
    except (ValueError, OSError) as problem:
        raise ValueError(f"{path.name} cannot be read as CSV: {problem}") from problem
    table.columns = [str(heading).strip() for heading in table.columns]
    if name not in table.columns:
        raise ValueError(_no_column(path, name, list(table.columns)))
    texts = table[name]
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64)
    return _complete(path, numbers, [str(text) for text in texts], "line", first=2), ""


def _from_netcdf(path: Path, name: str) -> tuple[Floats, str]:
    import xarray as xr

    try:
        with xr.open_dataset(path, engine="h5netcdf") as data:
            known = [str(each) for each in data.data_vars]
            if name not in known:
                raise ValueError(_no_column(path, name, known))
            numbers = np.asarray(data[name].to_numpy(), dtype=np.float64).ravel()
            unit = str(data[name].attrs.get("units", ""))
    except OSError as problem:
        raise ValueError(f"{path.name} cannot be read as NetCDF: {problem}") from problem
    return _complete(path, numbers, [f"{value:g}" for value in numbers], "hour", first=0), unit


def _no_column(path: Path, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"{path.name} has no column {name!r}; it has {', '.join(known)}.{hint}"


def _complete(path: Path, numbers: Floats, texts: list[str], row: str, first: int) -> Floats:
    """Return the numbers if there are 8,760 finite ones."""
    bad = np.flatnonzero(~np.isfinite(numbers))
    if bad.size:
        where = int(bad[0])
        raise ValueError(
            f"{path.name} must hold a number in every hour, got {texts[where]!r} in {row} {where + first}. Fill the gap"
        )
    if numbers.size != HOURS:
        hint = "Leave out 29 February" if numbers.size == 8784 else "Give one value for every hour of a year"
        raise ValueError(f"{path.name} must hold 8,760 values, got {numbers.size:,}. {hint}")
    return numbers
