"""``gigasite climate``: look at a weather year, import one from a file, download one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gigasite.models.errors import SiteFileError, WeatherError

from .console import complain, show, shown

if TYPE_CHECKING:
    import pandas as pd

    from gigasite.climate import DesignValues, Weather
    from gigasite.models.conditions import Place

app = typer.Typer(help="Look at, import or download a weather year.", no_args_is_help=True)

SITE_FILES = (".yaml", ".yml")

SiteOption = Annotated[str | None, typer.Option("--site", metavar="SITE", help="Site file or shipped site: its place.")]
Latitude = Annotated[float | None, typer.Option(metavar="DEGREES", help="North positive.")]
Longitude = Annotated[float | None, typer.Option(metavar="DEGREES", help="East positive.")]
Elevation = Annotated[float | None, typer.Option(metavar="METRES", help="Above sea level.")]
Offset = Annotated[float | None, typer.Option(metavar="HOURS", help="Standard time minus UTC.")]


class Source(StrEnum):
    """Services that give weather years."""

    PVGIS = "pvgis"
    NASA_POWER = "nasa_power"


@app.command("show")
def show_climate(
    about: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHAT]",
            help="A place with shipped normals, a weather file, or a site file; a list of places if left out.",
        ),
    ] = None,
) -> None:
    """Show a weather year by month, its design temperatures and where it comes from."""
    from . import tables

    if about is None:
        show(tables.catalogue(_places(), title="Places with shipped normals and design temperatures"))
        return
    weather = _weather(about)
    about_it = weather.provenance
    show(tables.catalogue(_months(weather), title=f"{about_it.source} ({about_it.kind})"))
    if weather.design is not None:
        show(tables.catalogue(_design(weather.design), title=f"Design temperatures: {weather.design.source}"))
    show(f"Licence: {about_it.licence}", *(f"Note: {note}" for note in (about_it.note, *weather.notes) if note))
    _warn(weather)


@app.command("import")
def import_weather(
    file: Annotated[Path, typer.Argument(help="EPW, TMY3, TMY2, CSV or NetCDF.")],
    to: Annotated[Path, typer.Argument(metavar="TO", help="Checked copy to write: .csv or .nc.")],
    site: SiteOption = None,
    latitude_deg: Latitude = None,
    longitude_deg: Longitude = None,
    elevation_m: Elevation = None,
    utc_offset_h: Offset = None,
) -> None:
    """Read a weather file of any kind, check it, and write it in the form that site files use."""
    from gigasite import climate

    from ..results.directories import replacing

    writers = {".csv": climate.write_csv, ".nc": climate.write_netcdf}
    if to.suffix not in writers:
        raise WeatherError(f"{to}: must end with {' or '.join(writers)}. Choose another name.")
    place = _place(site, latitude_deg, longitude_deg, elevation_m, utc_offset_h)
    weather = climate.read(file, place)
    with replacing(to) as partial:
        writers[to.suffix](weather, partial)
    _warn(weather)
    show(*(f"Note: {note}" for note in weather.notes), _how_to_use(to))


@app.command("fetch")
def fetch_weather(
    site: SiteOption = None,
    latitude_deg: Latitude = None,
    longitude_deg: Longitude = None,
    elevation_m: Elevation = None,
    utc_offset_h: Offset = None,
    source: Annotated[Source, typer.Option(help="pvgis: a typical year; nasa_power: measured years.")] = Source.PVGIS,
    years: Annotated[str | None, typer.Option(metavar="FIRST-LAST", help="Such as 2019-2023.")] = None,
) -> None:
    """Download a weather year once and keep it; nothing else in the program needs the network."""
    from gigasite import climate

    place = _place(site, latitude_deg, longitude_deg, elevation_m, utc_offset_h)
    if place is None:
        raise WeatherError("climate fetch: the place is missing. Give --site, or the four numbers of a place.")
    show(_how_to_use(climate.fetch(place, source.value, _years(years))))


def _how_to_use(path: Path) -> str:
    return f"Written: {shown(path)}. In a site file: climate: {{file: {path.resolve()}}}"


def _warn(weather: Weather) -> None:
    for warning in weather.warnings:
        complain(f"! {warning}")


def _years(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    first, _, last = text.partition("-")
    try:
        return int(first), int(last or first)
    except ValueError as problem:
        raise WeatherError(f"--years: must be FIRST-LAST, such as 2019-2023, got {text!r}. Correct it.") from problem


def _place(site: str | None, *numbers: float | None) -> Place | None:
    """Return the place of a site, or that of four numbers, or None where nothing is given."""
    from gigasite.models.conditions import Place

    given = [each for each in numbers if each is not None]
    if site is not None and given:
        raise SiteFileError("--site and the numbers of a place exclude each other. Give one of them.")
    if site is not None:
        from gigasite import sites

        return sites.read(site).place
    if not given:
        return None
    if len(given) < len(numbers):
        names = "--latitude-deg, --longitude-deg, --elevation-m, --utc-offset-h"
        raise SiteFileError(f"A place needs all of {names}; got {len(given)} of 4. Complete them, or give --site.")
    return Place(*given)


def _weather(about: str) -> Weather:
    from gigasite import climate

    path = Path(about)
    if path.suffix.lower() in SITE_FILES:
        from gigasite import sites

        site = sites.read(about)
        return climate.load(site.climate, site.place, site.folder)
    if path.is_file():
        return climate.read(path)
    if path.suffix:
        raise WeatherError(f"{about}: there is no such file. Check the path.")
    place = climate.normals(about).place
    return climate.load(climate.ClimateSection(normals=about), place, Path())


def _places() -> pd.DataFrame:
    import pandas as pd

    from gigasite import climate

    rows = []
    for name in climate.places():
        normals, design = climate.normals(name), climate.design_values(name)
        place = normals.place
        rows.append(
            (
                name,
                place.latitude_deg,
                place.longitude_deg,
                place.elevation_m,
                round(float(normals.tmean_c.mean()), 1),
                design.dry_bulb_0_4_c,
                design.wet_bulb_0_4_c,
                "with filled values" if normals.filled or design.filled else "",
            )
        )
    columns = ["place", "latitude_deg", "longitude_deg", "elevation_m", "mean_c", "dry_bulb_0.4_c", "wet_bulb_0.4_c"]
    return pd.DataFrame(rows, columns=[*columns, "note"])


def _months(weather: Weather) -> pd.DataFrame:
    """Return means and extremes by month, and of the year."""
    import pandas as pd

    frame = weather.data.to_dataframe()
    month = pd.DatetimeIndex(frame.index).strftime("%m")
    parts = [(name, rows) for name, rows in frame.groupby(month)] + [("year", frame)]
    return pd.DataFrame(
        [
            {
                "month": name,
                "dry_bulb_c": round(float(rows["dry_bulb"].mean()), 1),
                "lowest_c": round(float(rows["dry_bulb"].min()), 1),
                "highest_c": round(float(rows["dry_bulb"].max()), 1),
                "dew_point_c": round(float(rows["dew_point"].mean()), 1),
                "wind_m_s": round(float(rows["wind_10m"].mean()), 1),
                "ghi_kwh_m2_day": round(float(rows["ghi"].mean()) * 24 / 1000, 2),
                "dni_kwh_m2_day": round(float(rows["dni"].mean()) * 24 / 1000, 2),
            }
            for name, rows in parts
        ]
    )


def _design(design: DesignValues) -> pd.DataFrame:
    import pandas as pd

    rows = [
        (name.removesuffix("_c").replace("_0_4", " 0.4 %").replace("_99_6", " 99.6 %").replace("_", " "), value, "degC",
         design.filled_evidence or "given" if name in design.filled else design.evidence)
        for name, value in vars(design).items()
        if isinstance(value, float)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["temperature", "value", "unit", "evidence"])
