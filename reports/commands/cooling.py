"""``gigasite cooling``: the same load under every cooling option, in every given climate."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from gigasite.models.errors import SiteFileError

from .console import show, shown
from .report import Paper
from .run import RUNS

if TYPE_CHECKING:
    from ..cooling.results import CoolingResults

EPILOG = "\n\n".join(
    (
        "Examples:",
        "gigasite cooling memphis",
        "gigasite cooling abu_dhabi paris --it '250 MW' --grid '300 MW'",
        "gigasite cooling riyadh --option cold_plate_dry --option cold_plate_tower --warming '2 K'",
        "gigasite cooling my_site.yaml --all --return-period 50",
        "Writes tables (CSV), charts (SVG, PNG) and report.pdf; gigasite report DIR shows them again.",
    )
)


class ReturnPeriod(StrEnum):
    """Return period of the design days."""

    TWENTY = "20"
    FIFTY = "50"


@dataclass(frozen=True)
class Request:
    """What the command line asks for, checked.

    Parameters
    ----------
    sites : list of str
    it_mw, grid_mw : float
        [MW].
    platform : str or None
    chosen : list of str
        Options; all where empty.
    every : bool
        Also what needs something special.
    file : Path or None
        File of options.
    climate : dict
        Changes of every climate.
    """

    sites: list[str]
    it_mw: float
    grid_mw: float
    platform: str | None
    chosen: list[str]
    every: bool
    file: Path | None
    climate: dict[str, Any]


def cooling(
    sites: Annotated[
        list[str],
        typer.Argument(metavar="SITE...", help="Site files, or names of shipped sites: climate, prices and water."),
    ],
    it: Annotated[
        str, typer.Option("--it", metavar="MW", help="IT power, drawn all year, such as '250 MW'.")
    ] = "100 MW",
    grid: Annotated[
        str | None,
        typer.Option(
            metavar="MW", help="Fixed connection, for the IT power that it carries; the IT power if left out."
        ),
    ] = None,
    platform: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Row of gigasite catalogue platforms instead of the first site's."),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(
            "--option", metavar="NAME", help="Compare only this option; repeat for more. A wrong name lists all."
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also options that need sea, district cooling or the heat of engines.")
    ] = False,
    options: Annotated[
        Path | None, typer.Option(metavar="FILE.yaml", help="Options of this file instead of the shipped ones.")
    ] = None,
    warming: Annotated[
        str | None, typer.Option(metavar="K", help="Warmer climate in every place, such as '2 K'.")
    ] = None,
    hot_year: Annotated[bool, typer.Option("--hot-year", help="A hot year in every place.")] = False,
    return_period: Annotated[
        ReturnPeriod | None,
        typer.Option(help="Years between heat waves that plant is sized on; the sites' if left out."),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Directory instead of runs/cooling/SITE.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Write report.pdf.")] = True,
    paper: Annotated[Paper, typer.Option(help="Paper of the PDF.")] = Paper.A4,
) -> None:
    """Compare cooling options for the same load: PUE, water, power at the grid, cost; in one place or in many."""
    from ..cooling import directory as cooling_directory
    from ..cooling import pdf as cooling_pdf
    from ..cooling import tables as cooling_tables

    given = {"warming": warming, "hot_year": hot_year or None, "return_period": return_period}
    request = _checked(sites, it, grid, platform, option or [], every, options, _climate(given))
    target = (RUNS / "cooling" / _folder(sites) if out is None else out).resolve()
    cooling_directory.check_target(target)
    results = _compare(request, target, paper.value if pdf else None)
    show(cooling_tables.summary(results), f"Directory: {shown(target)}")
    if pdf:
        show(f"Report:    {shown(target / cooling_pdf.FILE)}")


def _folder(sites: list[str]) -> str:
    first = Path(sites[0]).stem
    return first if len(sites) == 1 else f"{first}_and_{len(sites) - 1}_more"


def _climate(given: dict[str, Any]) -> dict[str, Any]:
    """Return the changes that were asked for, as a site file would say them."""
    changes = {name: value for name, value in given.items() if value is not None}
    if "return_period" in changes:
        changes["return_period"] = int(changes["return_period"])
    return changes


def _checked(
    sites: list[str],
    it: str,
    grid: str | None,
    platform: str | None,
    chosen: list[str],
    every: bool,
    file: Path | None,
    climate: dict[str, Any],
) -> Request:
    """Check everything that needs no site; all problems at once."""
    from gigasite.models.quantities import Kelvins, Megawatts

    problems: list[str] = []
    it_mw = _quantity("--it", it, Megawatts, "100 MW", problems)
    grid_mw = it_mw if grid is None else _quantity("--grid", grid, Megawatts, "100 MW", problems)
    for name, value in (("--it", it_mw), ("--grid", None if grid is None else grid_mw)):
        if value == 0:
            problems.append(f"{name}: must be more than zero, got '0 MW'. Give the power, such as '100 MW'.")
    if "warming" in climate:
        _quantity("--warming", climate["warming"], Kelvins, "2 K", problems)
    if every and chosen:
        problems.append("--all and --option exclude each other. Give one of them.")
    repeated = sorted({name for name in chosen if chosen.count(name) > 1})
    problems += [f"--option: {name!r} is given twice. Name each option once." for name in repeated]
    if problems or it_mw is None or grid_mw is None:
        raise SiteFileError(list(dict.fromkeys(problems)))
    return Request(sites, it_mw, grid_mw, platform, chosen, every, file, climate)


def _quantity(option: str, text: str, kind: Any, example: str, problems: list[str]) -> float | None:
    """Return a quantity in the unit of its type; what is wrong with it goes to ``problems``."""
    from pydantic import TypeAdapter, ValidationError

    from ..words import unit_in_words

    try:
        return float(TypeAdapter(kind).validate_python(text))
    except ValidationError as wrong:
        for each in wrong.errors():
            rule = unit_in_words(each["msg"].removeprefix("Value error, ").split(". ")[0])
            problems.append(f"{option}: {rule}. Write a number and its unit, such as '{example}'.")
        return None


def _compare(request: Request, target: Path, paper: Literal["a4", "us-letter"] | None) -> CoolingResults:
    """Compute the comparison, gather what it rests on, and write it; the PDF on a paper, or none."""
    from gigasite.models.progress import Stage
    from gigasite.sites import read
    from gigasite.sites.cooling import comparison
    from gigasite.sites.cooling_options import options

    from ..cooling import directory as cooling_directory
    from ..cooling import pdf as cooling_pdf
    from ..cooling.collecting import collect
    from .progress import ProgressDisplay

    with ProgressDisplay() as progress:
        began = time.perf_counter()
        found = comparison(
            request.sites,
            it_mw=request.it_mw,
            grid_mw=request.grid_mw,
            platform=request.platform,
            chosen=request.chosen,
            every=request.every,
            file=request.file,
            climate=request.climate,
            progress=progress,
        )
        seconds = {"compare": time.perf_counter() - began}
        progress(Stage("write", note=shown(target)))
        listed = options(found.load.platform, names=list(found.labels), file=request.file)
        sites = [read(name) for name in request.sites]
        results = collect(found, listed, sites, climate=request.climate, file=request.file, seconds=seconds)
        drawn = cooling_pdf.charts(results)
        cooling_directory.write(results, target, drawn)
        if paper is not None:
            progress(Stage("report"))
            cooling_pdf.write(target, paper=paper, drawn=drawn)
    return results
