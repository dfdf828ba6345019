"""The PDF of one run, from its directory alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from . import figures, style
from .content import content
from .directories import replacing
from .results import Results, phases
from .run_directory import read
from .typesetting import Paper, typeset
from .words import phase_in_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "report.pdf"

FIGURES: dict[str, Callable[[Results], Figure | None]] = {
    "capacities": figures.capacities,
    "costs": figures.costs,
    "pue": figures.pue,
    "load_duration": figures.load_duration,
    "cash_flow": figures.cash_flow,
}
"""Figures of the report by the name under which its template knows them."""


def write(directory: Path | str, *, paper: Paper = "a4") -> Path:
    """Write ``report.pdf`` into a run directory, whole or not at all.

    Parameters
    ----------
    directory : path
        A run directory.
    paper : {"a4", "us-letter"}
        Paper size.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    RunDirectoryError
        If the directory is no complete run, was edited, or cannot be written to.
    """
    target = Path(directory) / FILE
    document = render(read(directory), paper=paper)
    with replacing(target) as partial:
        partial.write_bytes(document)
    return target


def render(results: Results, *, paper: Paper = "a4") -> bytes:
    """Return the report as PDF; the same results give the same bytes."""
    drawn = {name: figure for name, draw in FIGURES.items() if (figure := draw(results)) is not None}
    weeks = []
    for place, phase in enumerate(phases(results)):
        if (figure := figures.dispatch_weeks(results, phase)) is not None:
            drawn[f"week_{place}"] = figure
            weeks.append({"file": f"week_{place}", "phase": phase_in_words(phase)})
    pictures = {name: style.svg(figure) for name, figure in drawn.items()}
    return typeset("report.typ", {**content(results), "weeks": weeks}, pictures, heading="Site plan", paper=paper)
