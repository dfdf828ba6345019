"""The PDF of one run, from its directory alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..content.plan import content
from ..figures import cost as cost_figures
from ..figures import power as figures
from ..figures import style
from ..figures import weather as weather_figures
from ..language import Language, say, spoken
from ..results.directories import replacing
from ..results.results import Results, phases
from ..results.run_directory import Run, read
from ..words import phase_in_words
from .typesetting import Paper, typeset

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "report.pdf"

FIGURES: dict[str, Callable[[Results], Figure | None]] = {
    "weather": weather_figures.weather,
    "capacities": figures.capacities,
    "months": weather_figures.months,
    "load_duration": figures.load_duration,
    "pue": figures.pue,
    "waterfall": cost_figures.waterfall,
    "costs": cost_figures.costs,
    "cash_flow": cost_figures.cash_flow,
}
"""Figures of the report by the name under which its template knows them."""


def write(directory: Path | str, *, paper: Paper = "a4", language: Language = "en") -> Path:
    """Write ``report.pdf`` into a run directory, whole or not at all.

    Parameters
    ----------
    directory : path
        A run directory.
    paper : {"a4", "us-letter"}
        Paper size.
    language : {"en", "zh"}
        English or Chinese.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    RunDirectoryError
        If the directory is no complete run, was edited, or cannot be written to.
    ReportError
        If the system lacks a font for the language.
    """
    return write_run(read(directory), paper=paper, language=language)


def write_run(run: Run, *, paper: Paper = "a4", language: Language = "en") -> Path:
    """Write ``report.pdf`` into the directory of a run that was read; see `write`."""
    target = run.directory / FILE
    document = render(run, paper=paper, language=language)
    with replacing(target) as partial:
        partial.write_bytes(document)
    return target


def render(results: Results, *, paper: Paper = "a4", language: Language = "en") -> bytes:
    """Return the report as PDF; the same results give the same bytes."""
    with spoken(language):
        drawn = {name: figure for name, draw in FIGURES.items() if (figure := draw(results)) is not None}
        weeks = []
        for place, phase in enumerate(phases(results)):
            if (figure := figures.dispatch_weeks(results, phase)) is not None:
                drawn[f"week_{place}"] = figure
                weeks.append({"file": f"week_{place}", "phase": phase_in_words(phase)})
        pictures = {name: style.svg(figure) for name, figure in drawn.items()}
        data = {**content(results), "weeks": weeks}
        return typeset("report.typ", data, pictures, heading=say("Site plan"), paper=paper)
