"""``gigasite compare``: finished runs side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gigasite.models.errors import RunDirectoryError

from ..results import directories
from .console import show, shown
from .report import Paper, Speech
from .run import RUNS

FEWEST = 2
FIRST = ("unchanged", "base")
"""Names of run directories that the others depart from."""


def compare(
    run_dirs: Annotated[
        list[Path],
        typer.Argument(metavar="RUN_DIR RUN_DIR ...", help="Directories that gigasite solve or gigasite sweep wrote."),
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Directory of the comparison instead of runs/compare/NAME.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Write compare.pdf.")] = True,
    html: Annotated[bool, typer.Option("--html/--no-html", help="Write compare.html.")] = False,
    paper: Annotated[Paper, typer.Option(help="Paper of the PDF.")] = Paper.A4,
    language: Annotated[Speech, typer.Option(help="Language of the PDF.")] = Speech.EN,
) -> None:
    """Set plans side by side: a table, compare.csv and a PDF; the others are compared with the first."""
    from ..compare import pdf as compare_pdf
    from ..compare.comparing import labels
    from ..results import run_directory
    from . import tables

    places = _runs(run_dirs)
    target = (out if out is not None else RUNS / "compare" / _name(places)).resolve()
    compare_pdf.check_target(target)
    runs: list[run_directory.Run] = []
    problems: list[str] = []
    for place in places:
        try:
            runs.append(run_directory.read(place))
        except RunDirectoryError as error:
            problems += error.problems
    if problems:
        raise RunDirectoryError(problems)
    title = _title([str(run.run.get("name", run.site)) for run in runs], labels(runs))
    show(tables.comparison(runs))
    place = compare_pdf.write(runs, target, title=title, pdf=pdf, html=html, paper=paper.value, language=language.value)
    show(f"Comparison: {shown(place)}")


def _runs(given: list[Path]) -> list[Path]:
    """Return the run directories, those of a sweep or of all scenarios in place of the folder that holds them."""
    found: list[Path] = []
    for place in given:
        found += ([] if (place / directories.RECORD).is_file() else _below(place)) or [place]
    if len(found) < FEWEST:
        raise RunDirectoryError(f"gigasite compare: two runs at least are needed, got {len(found)}. Name another run")
    twice = sorted({str(place) for place in found if [each.resolve() for each in found].count(place.resolve()) > 1})
    if twice:
        raise RunDirectoryError(f"gigasite compare: {', '.join(twice)} is named more than once. Name each run once")
    return found


def _below(folder: Path) -> list[Path]:
    """Return the plans in a folder and below it; what is half-written or of another kind is none."""
    from ..results import run_directory

    places = sorted((each.parent for each in folder.rglob(directories.RECORD)), key=_standing)
    whole = [place for place in places if not any(part.startswith(".") for part in place.relative_to(folder).parts)]
    return [place for place in whole if directories.kind_of(place) == run_directory.PLAN.name]


def _standing(place: Path) -> tuple[bool, Path]:
    """Sort first what the others are compared with: the run of a sweep without changes, or the base scenario."""
    return place.name not in FIRST, place


def _name(places: list[Path]) -> str:
    """Return a name for a folder: the first run and how many more."""
    first = places[0].resolve()
    return f"{first.parent.name}_{first.name}_and_{len(places) - 1}_more"


def _title(sites: list[str], names: list[str]) -> str:
    return sites[0] if len(set(sites)) == 1 else f"{names[0]} and {len(names) - 1} more"
