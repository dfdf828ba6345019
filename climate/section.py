"""What a site file says about its climate, and the weather that follows from it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from gigasite.models.conditions import Place
from gigasite.models.described import Described
from gigasite.models.errors import WeatherError
from gigasite.models.quantities import Celsius, Kelvins

from . import shipped
from .change import hot_year, warmed
from .design import N50_ABOVE_N20_K, DesignValues, estimated
from .extreme_days import DesignDay, ReturnPeriod, design_days
from .files import read
from .generator import generate
from .weather import Weather


class _Spec(Described):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DesignOverrides(_Spec):
    """Design temperatures that replace those of the place or the file, for today's climate."""

    dry_bulb_99_6: Celsius | None = None
    """Dry bulb exceeded in 99.6 % of the hours."""
    dry_bulb_0_4: Celsius | None = None
    """Dry bulb exceeded in 0.4 % of the hours."""
    coincident_wet_bulb: Celsius | None = None
    """Mean wet bulb at the 0.4 % dry bulb."""
    wet_bulb_0_4: Celsius | None = None
    """Wet bulb exceeded in 0.4 % of the hours."""
    coincident_dry_bulb: Celsius | None = None
    """Mean dry bulb at the 0.4 % wet bulb."""
    wet_bulb_extreme: Celsius | None = None
    """Highest wet bulb expected."""
    dry_bulb_n20: Celsius | None = None
    """Annual maximum dry bulb with a return period of 20 years."""
    dry_bulb_n50: Celsius | None = None
    """Annual maximum dry bulb with a return period of 50 years."""

    def applied(self, design: DesignValues) -> DesignValues:
        """Return design values with these in place of theirs."""
        given = {f"{name}_c": value for name, value in self if value is not None}
        n20 = given.get("dry_bulb_n20_c")
        if n20 is None or "dry_bulb_n50_c" in given or n20 <= design.dry_bulb_n50_c:
            return design.with_overrides(**given)
        # A user who knows the 20-year value only must not be stopped by the table's 50-year one below it.
        moved = design.with_overrides(**given, dry_bulb_n50_c=n20 + N50_ABOVE_N20_K)
        return replace(moved, note=f"{moved.note} (n = 50 years moved to n = 20 years + {N50_ABOVE_N20_K:g} K)")


class ClimateSection(_Spec):
    """The weather of the site: a synthetic year from shipped normals, or a file."""

    normals: str | None = None
    """Key of a shipped place, such as `abu_dhabi`: a synthetic year is generated from its monthly normals."""
    file: Path | None = None
    """Weather file (EPW, TMY3, TMY2, CSV, NetCDF), relative to the folder of the site file."""
    seed: int = Field(default=0, ge=0)
    """Seed of the synthetic year; the same seed gives the same year."""
    year: int | None = None
    """Year to take from a file of several years; without it all years are used."""
    warming: Kelvins = 0.0
    """Added to the dry bulb of every hour and to the design values; the wet bulb follows."""
    warming_dew_point: Kelvins = 0.0
    """Added to the dew point of every hour and of the design values."""
    hot_year: bool = False
    """A year 0.5 K hotter on average and 1.3 K at its 0.4 % dry bulb; design values stay."""
    design: DesignOverrides = DesignOverrides()
    """Design temperatures to use instead of the source's."""
    return_period: ReturnPeriod = 20
    """Return period of the design days in years, 20 or 50."""

    @field_validator("normals")
    @classmethod
    def _known_place(cls, key: str | None) -> str | None:
        if key is not None:
            try:
                shipped.design_values(key)
            except WeatherError as problem:
                raise ValueError(str(problem)) from problem
        return key

    @field_validator("warming", "warming_dew_point")
    @classmethod
    def _believable(cls, kelvins: float) -> float:
        if not -5 <= kelvins <= 10:
            raise ValueError(f"must lie between -5 and 10 K, got {kelvins:g} K")
        return kelvins

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.normals is None) == (self.file is None):
            raise ValueError("give either normals (a synthetic year) or file (a weather file)")
        if self.file is not None and "seed" in self.model_fields_set:
            raise ValueError("seed belongs to normals; a file has no seed. Remove it")
        if self.normals is not None and self.year is not None:
            raise ValueError("year belongs to file; a synthetic year is not a calendar year. Remove it")
        return self


def load(section: ClimateSection, place: Place, folder: Path) -> Weather:
    """Return the weather that a climate section describes; the last few are kept, with what was derived from them.

    Parameters
    ----------
    section : ClimateSection
        From the site file.
    place : Place
        The site.
    folder : pathlib.Path
        Folder of the site file; a relative path in the section starts there.

    Returns
    -------
    Weather
        With design values always: the user's, else the place's or the file's, else estimated from the year and
        marked as filled.

    Raises
    ------
    WeatherError
        If the file cannot be read, fails a check, or design values contradict one another.
    """
    if section.file is None:
        return _loaded(section, place, folder, ())
    try:
        state = (folder / section.file).stat()
    except OSError:
        return _read(section, place, folder)  # which says what is wrong
    return _loaded(section, place, folder, (state.st_mtime_ns, state.st_size))


@lru_cache(maxsize=4)
def _loaded(section: ClimateSection, place: Place, folder: Path, state: tuple[int, ...]) -> Weather:
    """Return what `load` does; a file in another state is another file."""
    return _read(section, place, folder)


def _read(section: ClimateSection, place: Place, folder: Path) -> Weather:
    weather = _synthetic(section, place) if section.file is None else _from_file(section, section.file, place, folder)
    if section.warming or section.warming_dew_point:
        weather = warmed(weather, section.warming, section.warming_dew_point)
    return hot_year(weather) if section.hot_year else weather


def _synthetic(section: ClimateSection, place: Place) -> Weather:
    if section.normals is None:
        raise WeatherError("climate: neither normals nor file is given. Name one of them.")
    design = section.design.applied(shipped.design_values(section.normals))
    return generate(place, shipped.normals(section.normals), design, seed=section.seed)


def _from_file(section: ClimateSection, file: Path, place: Place, folder: Path) -> Weather:
    weather = read(folder / file, place)
    if section.year is not None:
        weather = weather.year(section.year)
    design = weather.design or estimated(weather.conditions(), weather.provenance.source)
    return replace(weather, design=section.design.applied(design))


def days(section: ClimateSection, place: Place, weather: Weather) -> tuple[DesignDay, ...]:
    """Return the design days of a site.

    Parameters
    ----------
    section : ClimateSection
        Gives the return period.
    place : Place
        The site; its position and clock hold for the days.
    weather : Weather
        From `load`.
    """
    design = weather.design or estimated(weather.conditions(), weather.provenance.source)
    return design_days(weather, design, place=place, return_period=section.return_period)
