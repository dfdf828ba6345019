"""What the pages show of runs, as plain text: the list, and one run."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from gigasite.models.errors import PlanError
from gigasite.models.plan_tables import COLUMNS

from ..compare import pdf as compare_pdf
from ..content import plan as content
from ..cooling import directory as cooling_directory
from ..pages import pdf
from ..results import run_directory
from ..results.columns import FILES as PLAN_FILES
from ..results.results import phases
from ..results.run_files import table_from_csv
from ..words import name_in_words, phase_in_words, quantity
from .folder import DAMAGED, Folder, Found, files_of

LISTED = ("accelerators", "facility_peak", "annual_cost", "pue_annual")
"""Headline figures in the list of runs."""

PLAN, COOLING, COMPARISON = run_directory.PLAN.name, cooling_directory.COOLING.name, compare_pdf.COMPARISON.name
KINDS = {PLAN: "Plan", COOLING: "Cooling options", COMPARISON: "Side by side", DAMAGED: "Damaged"}

FILES = {
    "report.pdf": "for reading and printing",
    "report.html": "to explore in a browser",
    **{name: about.split(";")[0].split(":")[0] for name, about in PLAN_FILES.items() if not name.startswith("report")},
    "compare.pdf": "for reading and printing",
    "compare.html": "to explore in a browser",
    "compare.csv": "every figure of every plan, one a row",
}
"""File -> what is in it, reports first."""


@dataclass(frozen=True)
class Line:
    """A run in the list: where and what it is, when it was written, whether it has a PDF, its headline figures."""

    path: str
    kind: str
    comparable: bool
    site: str
    scenario: str
    written: str
    pdf: bool
    figures: tuple[str, ...]


def lines(folder: Folder) -> list[Line]:
    """Return every run for the list, the latest first."""
    return [_line(folder, found) for found in folder.runs()]


def _line(folder: Folder, found: Found) -> Line:
    figures = [""] * len(LISTED)
    if found.kind == PLAN:
        try:
            figures = _listed(table_from_csv(folder.place / found.path / "kpis.csv", COLUMNS["kpis"]))
        except (OSError, ValueError, PlanError):
            found = Found(found.path, DAMAGED, found.record, found.written)
    site, scenario = _names(found)
    return Line(
        path=found.path,
        kind=KINDS.get(found.kind, name_in_words(found.kind)),
        comparable=found.kind == PLAN,
        site=site,
        scenario=scenario,
        written=when(found.written),
        pdf=(folder.place / found.path / pdf.FILE).is_file(),
        figures=tuple(figures),
    )


def _names(found: Found) -> tuple[str, str]:
    run = found.record.get("run") or {}
    if found.kind == COOLING:
        return ", ".join(map(str, (run.get("places") or {}).values())), ""
    if found.kind == COMPARISON:
        return str(found.record.get("title", found.path)), ""
    site = run.get("name") or found.record.get("site") or found.path
    return str(site), str(found.record.get("scenario", ""))


def _listed(kpis: pd.DataFrame) -> list[str]:
    last = kpis[kpis["phase"] == kpis["phase"].max()].set_index("name")
    return [
        quantity(float(last.loc[name, "value"]), str(last.loc[name, "unit"]), name=name) if name in last.index else ""
        for name in LISTED
    ]


def when(seconds: float | None) -> str:
    """Return a time as this computer's clock shows it."""
    return "" if not seconds else time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))


def downloads(run: Path) -> list[dict[str, str]]:
    """Return name, size and meaning of every file of a run: reports first, then tables."""
    order = {name: place for place, name in enumerate(FILES)}
    found = sorted(files_of(run), key=lambda file: (order.get(file[0], len(order)), file[0]))
    return [{"name": name, "size": _size(size), "about": FILES.get(name, "")} for name, size in found]


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{max(1, round(count / 1e3))} kB"


def plan(run: Path) -> dict[str, Any]:
    """Return what the page of a plan shows.

    Raises
    ------
    RunDirectoryError
        If the run is incomplete, of another version, or was edited.
    """
    results = run_directory.read(run)
    return {
        "site": str(results.run.get("name", results.site)),
        "scenario": results.scenario,
        "status": content.status_line(results),
        "phases": [phase_in_words(phase) for phase in phases(results)],
        "tiles": content.tiles(results),
        "groups": content.headline_groups(results),
        "cautions": content.cautions(results),
    }


def cooling(run: Path) -> dict[str, Any]:
    """Return what the page of a cooling comparison shows.

    Raises
    ------
    RunDirectoryError
        As for `plan`.
    """
    results = cooling_directory.read(run)
    return {
        "site": ", ".join(map(str, results.run.get("places", {}).values())),
        "scenario": "",
        "status": "Comparison of cooling options",
        "phases": [],
        "tiles": [],
        "groups": [],
        "answers": list(results.run.get("winners", {}).values()),
        "cautions": list(results.run.get("warnings", [])),
    }
