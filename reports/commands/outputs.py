"""How `gigasite solve` speaks: to people, to programs, or not at all. Results go to the output, the rest to errors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import typer

from gigasite.models.errors import PlanError, SiteFileError

from ..results.results import Results
from .console import complain, show, shown
from .progress import JsonProgress, NoProgress, ProgressDisplay

Watcher = ProgressDisplay | JsonProgress | NoProgress


class Output(Protocol):
    """What a run says."""

    def progress(self) -> Watcher:
        """Return what is told the stages."""

    def present(self, plan: Results, directory: Path) -> None:
        """Say what a plan is, and where."""

    def compare(self, plans: Sequence[Results]) -> None:
        """Set plans side by side."""

    def fail(self, error: PlanError, scenario: str | None = None) -> None:
        """Say why there is no plan."""


class Spoken:
    """Tables and sentences for people.

    Parameters
    ----------
    profile : bool
        Show seconds and memory by stage as well.
    """

    def __init__(self, *, profile: bool) -> None:
        self._profile = profile

    def progress(self) -> Watcher:
        """Return the display of the stages."""
        return ProgressDisplay()

    def present(self, plan: Results, directory: Path) -> None:
        """Print the summary, and the profile where it was asked for."""
        from ..html import page as html
        from ..pages import pdf
        from . import tables

        files = f"{shown(directory / pdf.FILE)} and {html.FILE}"
        places = f"Run directory: {shown(directory)}", f"Report:        {files}"
        show(tables.summary(plan), *([tables.profile(plan.run)] if self._profile else []), *places)

    def compare(self, plans: Sequence[Results]) -> None:
        """Print plans side by side."""
        from . import tables

        if len(plans) > 1:
            show(tables.comparison(plans))

    def fail(self, error: PlanError, scenario: str | None = None) -> None:
        """Print the problems, a line each."""
        complain(error, heading="" if scenario is None else f"scenario {scenario}: ")


class Quiet(Spoken):
    """Nothing but errors."""

    def progress(self) -> Watcher:
        """Return what only counts."""
        return NoProgress()

    def present(self, plan: Results, directory: Path) -> None:
        """Say nothing."""

    def compare(self, plans: Sequence[Results]) -> None:
        """Say nothing."""


class Json:
    """A JSON line for each plan or failure on the output, and for each stage on the error stream."""

    def progress(self) -> Watcher:
        """Return what writes the stages."""
        return JsonProgress()

    def present(self, plan: Results, directory: Path) -> None:
        """Write the outcome of a plan with its headline figures."""
        kpis = plan.kpis[["phase", "name", "value", "unit"]].to_dict("records")
        _line(
            {
                "event": "plan",
                "site": plan.site,
                "scenario": plan.scenario,
                "run_directory": str(directory),
                "status": plan.run["status"],
                "certified_gap": plan.run.get("certified_gap"),
                "seconds": plan.run.get("seconds"),
                "memory_mb": plan.run.get("memory_mb"),
                "warnings": plan.run.get("warnings"),
                "kpis": [{**each, "value": _finite(each["value"])} for each in kpis],
            }
        )

    def compare(self, plans: Sequence[Results]) -> None:
        """Leave it to the reader: every plan has its line."""

    def fail(self, error: PlanError, scenario: str | None = None) -> None:
        """Write the problems and the exit code."""
        _line({"event": "failed", "scenario": scenario, "exit_code": error.exit_code, "problems": list(error.problems)})


def chosen(*, quiet: bool, as_json: bool, profile: bool) -> Output:
    """Return how to speak.

    Raises
    ------
    SiteFileError
        If the choices exclude each other.
    """
    if quiet and as_json:
        raise SiteFileError("--quiet and --json exclude each other. Give one of them.")
    if profile and (quiet or as_json):
        raise SiteFileError("--profile shows a table, which --quiet and --json leave out. run.json has its numbers.")
    return Json() if as_json else Quiet(profile=False) if quiet else Spoken(profile=profile)


def _finite(value: float) -> float | None:
    return value if abs(value) < float("inf") else None


def _line(event: Mapping[str, Any]) -> None:
    typer.echo(json.dumps(event, ensure_ascii=False))
