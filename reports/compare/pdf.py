"""A comparison of plans as a directory: a tidy table and a PDF, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from ..figures import style
from ..language import Language, say, spoken
from ..pages.typesetting import Paper, typeset
from ..results import directories
from ..results.results import Results
from ..results.run_directory import Run
from ..results.run_files import table_to_csv
from . import comparing as compare
from . import figures as compare_figures
from .content import compared

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TABLE, DOCUMENT, PAGE = "compare.csv", "compare.pdf", "compare.html"
COMPARISON = directories.Kind(
    name="comparison",
    called="comparison of plans",
    command="gigasite compare",
    again="Compare again",
    format=1,
    needed=("format", "runs"),
    files=(TABLE,),
)
FIGURES: dict[str, Callable[[Sequence[Results]], Figure | None]] = {
    "costs": compare_figures.costs,
    "frontier": compare_figures.cost_and_carbon,
    "tornado": compare_figures.tornado,
}
"""Figures of the comparison by the name under which its template knows them."""


def check_target(directory: Path) -> None:
    """Refuse a directory that a comparison may not replace; see `directories.check_target`."""
    directories.check_target(directory, COMPARISON)


def write(
    runs: Sequence[Run],
    directory: Path | str,
    *,
    title: str,
    pdf: bool = True,
    html: bool = False,
    paper: Paper = "a4",
    language: Language = "en",
) -> Path:
    """Write a comparison, in place of an earlier one if there is one.

    Parameters
    ----------
    runs : sequence of Run
        At least two; the others are compared with the first.
    directory : path
        Where; its parents are made.
    title : str
        Of the documents.
    pdf, html : bool
        Which documents to write beside ``compare.csv``.
    paper : {"a4", "us-letter"}
        Paper size of the PDF.
    language : {"en", "zh"}
        Language of the PDF.

    Raises
    ------
    RunDirectoryError
        If something else is in the way, or the disk refuses.
    ReportError
        If the system lacks a font for the language.
    """

    def fill(place: Path) -> None:
        table_to_csv(compare.table(runs), place / TABLE, compare.COLUMNS)
        if pdf:
            (place / DOCUMENT).write_bytes(render(runs, title=title, paper=paper, language=language))
        if html:
            from ..html import page

            (place / PAGE).write_text(page.render(runs, title=title), encoding="utf-8", newline="\n")

    record = {
        "title": title,
        "runs": [
            {
                "run": label,
                "directory": str(run.directory),
                "site": run.site,
                "scenario": run.scenario,
                "sha256": directories.sha256(run.directory / directories.RECORD),
            }
            for label, run in zip(compare.labels(runs), runs, strict=True)
        ],
        "versions": {"gigasite": metadata.version("gigasite")},
    }
    return directories.write(directory, COMPARISON, record, fill)


def render(runs: Sequence[Results], *, title: str, paper: Paper = "a4", language: Language = "en") -> bytes:
    """Return the comparison as PDF; the same runs give the same bytes."""
    with spoken(language):
        drawn = {name: figure for name, draw in FIGURES.items() if (figure := draw(runs)) is not None}
        pictures = {name: style.svg(figure) for name, figure in drawn.items()}
        return typeset("compare.typ", compared(runs, title), pictures, heading=say("Comparison of plans"), paper=paper)
