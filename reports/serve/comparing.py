"""Plans side by side, as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..commands.console import shown
from ..content import plan as content
from ..results import run_directory
from ..results.results import Results, kpi, phases
from ..words import change, headline, phase_in_words, row
from .folder import Folder
from .views import COMPARISON

TIMES = "\N{MULTIPLICATION SIGN}"
MOST_COMPARED = 8
FACTOR = 10.0
"""From here on a change is told as a factor."""


def compared(folder: Folder, paths: Sequence[str]) -> dict[str, Any]:
    """Return the headline figures of the last phase of several plans, with the change from the first.

    Raises
    ------
    RunDirectoryError
        If one of them is incomplete, of another version, or was edited.
    KeyError
        If there is no run at a path.
    """
    places = [folder.run(path) for path in paths]
    missing = [path for path, place in zip(paths, places, strict=True) if place is None]
    if missing:
        raise KeyError(missing[0])
    plans = [run_directory.read(place) for place in places if place is not None]
    units = {str(n): str(u) for each in plans for n, u in zip(each.kpis["name"], each.kpis["unit"], strict=True)}
    grouped = {name for names in content.GROUPS.values() for name in names}
    every = {**content.GROUPS, "Other": tuple(name for name in units if name not in grouped)}
    groups = []
    for title, names in every.items():
        rows = [_row(name, units[name], plans) for name in names if name in units]
        if rows:
            groups.append({"title": title, "rows": rows})
    columns = [
        {
            "path": path,
            "directory": shown(each.directory),
            "site": str(each.run.get("name", each.site)),
            "scenario": each.scenario,
            "phase": phase_in_words(phases(each)[-1]),
        }
        for path, each in zip(paths, plans, strict=True)
    ]
    return {"columns": columns, "groups": groups, "reports": _reports(folder, places)}


def _reports(folder: Folder, places: Sequence[Path | None]) -> list[str]:
    """Return the comparisons that `gigasite compare` wrote of the same runs, and perhaps of others."""
    wanted = {str(place) for place in places}
    found = [run for run in folder.runs() if run.kind == COMPARISON]
    return [run.path for run in found if wanted <= {str(each.get("directory")) for each in run.record.get("runs", [])}]


def _row(name: str, unit: str, plans: Sequence[Results]) -> dict[str, Any]:
    values = [kpi(each, phases(each)[-1], name) for each in plans]
    texts, shown = row(values, unit, name=name)
    cells = [
        {"text": text, "change": change(name, value, values[0]), "differs": text != texts[0]}
        for text, value in zip(texts, values, strict=True)
    ]
    return {"label": headline(name), "unit": shown, "cells": cells}
