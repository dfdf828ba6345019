"""The tables of a sweep: one row a run, and for sensitivities what each input moves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.table import Table
from rich.text import Text

from gigasite.models.plan_tables import CORE

from ..results import directories
from ..results.run_files import table_from_csv
from ..words import number
from .directory import Entry, SweepDirectory
from .work import DONE, FAILED

SUMMARY, TORNADO = "sweep.csv", "tornado.csv"
COST = "present_value_cost [USD]"
GAP = "certified_gap [1]"
MAIN = (
    *("annual_cost", "lcoe", "cost_per_gpu_hour", "it_capacity", "accelerators", "facility_peak", "grid_connection"),
    *("pue_annual", "wue_annual", "water_annual", "grid_energy", "renewable_share", "cfe_share", "co2", "unserved_it"),
    *("capex_it", "capex_facility", "capex_power", "capex_grid"),
)
"""Headline figures of the summary, those of the last phase."""
TORNADO_COLUMNS = ("site", "scenario", "input", "low", "high", "cost_low", "cost_unchanged", "cost_high", "swing")
STYLES = {DONE: "green", FAILED: "red"}


def write(sweep: SweepDirectory) -> None:
    """Write ``sweep.csv`` and, where the plan has sensitivities, ``tornado.csv``; each whole or not at all."""
    rows = summary(sweep)
    _to_csv(rows, sweep.place / SUMMARY)
    if any(entry.run.kind == "sensitivity" for entry in sweep.entries):
        _to_csv(tornado(sweep), sweep.place / TORNADO)


def _to_csv(table: pd.DataFrame, path: Path) -> None:
    with directories.replacing(path) as partial:
        table.to_csv(partial, index=False, encoding="utf-8", lineterminator="\n")


def summary(sweep: SweepDirectory) -> pd.DataFrame:
    """Return one row a run: what it is, what it changes, what became of it, and its main figures.

    Returns
    -------
    pandas.DataFrame
        Columns run, site, scenario, kind, status, exit_code, seconds, directory, one for each path that some run
        changes, the cost, the gap and headline figures with units in the headings, and explanation.
    """
    paths = list(dict.fromkeys(path for entry in sweep.entries for path in entry.run.changes))
    figures = [_figures(sweep.place, entry) for entry in sweep.entries]
    names = list(dict.fromkeys(name for each in figures for name in each))
    rows = [
        {
            "run": entry.run.name,
            "site": entry.run.site,
            "scenario": entry.run.scenario,
            "kind": entry.run.kind,
            "status": entry.status,
            "exit_code": entry.exit_code,
            "seconds": entry.seconds,
            "directory": entry.directory,
            **{path: _text(entry.run.changes, path) for path in paths},
            **{name: found.get(name) for name in names},
            "explanation": " ".join(entry.explanation),
        }
        for entry, found in zip(sweep.entries, figures, strict=True)
    ]
    return pd.DataFrame(rows).astype({"exit_code": "Int64"})


def tornado(sweep: SweepDirectory) -> pd.DataFrame:
    """Return what each input of the sensitivities moves, the most first.

    Returns
    -------
    pandas.DataFrame
        Columns of ``TORNADO_COLUMNS``; costs are present values [USD], without a number where a run has no plan;
        ``swing`` is the distance between the two ends.
    """
    costs = {entry.run.name: _figures(sweep.place, entry).get(COST) for entry in sweep.entries}
    pairs: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in sweep.entries:
        if entry.run.kind == "sensitivity":
            (path,) = entry.run.changes
            pairs.setdefault((entry.run.site, entry.run.scenario, path), []).append(entry)
    rows = []
    for (site, scenario, path), (low, high) in pairs.items():
        ends = [costs[low.run.name], costs[high.run.name]]
        swing = abs(ends[1] - ends[0]) if ends[0] is not None and ends[1] is not None else None
        values = [_text(each.run.changes, path) for each in (low, high)]
        plain = costs.get(f"{site}/{scenario}/unchanged")
        rows.append((site, scenario, path, *values, ends[0], plain, ends[1], swing))
    table = pd.DataFrame(rows, columns=list(TORNADO_COLUMNS))
    return table.sort_values(["site", "scenario", "swing"], ascending=[True, True, False], kind="stable")


def _text(changes: Mapping[str, Any], path: str) -> Any:
    value = changes.get(path)
    if path in changes and value is None:
        return "removed"
    return json.dumps(value, default=str) if isinstance(value, Mapping | list) else value


def _figures(place: Path, entry: Entry) -> Mapping[str, float]:
    """Return the main figures of a run, by name with unit; nothing where it has no plan."""
    return _read_figures(place / entry.directory, entry.run.key) if entry.status == DONE else {}


@lru_cache(maxsize=100_000)
def _read_figures(directory: Path, key: str) -> Mapping[str, float]:
    """Return the main figures in a run directory; the key says which run was there."""
    kpis = table_from_csv(directory / "kpis.csv", CORE["kpis"])
    record = json.loads((directory / directories.RECORD).read_text(encoding="utf-8"))["run"]
    last = kpis[kpis["phase"] == kpis["phase"].max()].set_index("name")
    found = {COST: record["dispatch_objective_usd"], GAP: record["certified_gap"]}
    return found | {f"{name} [{last.at[name, 'unit']}]": last.at[name, "value"] for name in MAIN if name in last.index}


def overview(sweep: SweepDirectory) -> Table:
    """Return the runs as a table for the terminal."""
    table = Table(title=Text(sweep.title), title_justify="left", box=box.SIMPLE_HEAD)
    for heading, justify in (
        ("run", "left"),
        ("changes", "left"),
        ("status", "left"),
        ("s", "right"),
        ("M USD", "right"),
    ):
        table.add_column(heading, justify="right" if justify == "right" else "left", overflow="fold")
    for entry in sweep.entries:
        changes = "; ".join(f"{path}: {_text(entry.run.changes, path)}" for path in entry.run.changes)
        cost = _figures(sweep.place, entry).get(COST)
        cells = [
            Text(entry.run.name),
            Text(changes),
            Text(entry.status, style=STYLES.get(entry.status, "")),
            Text("" if entry.seconds is None else f"{entry.seconds:.0f}"),
            Text("" if cost is None else number(cost / 1e6)),
        ]
        table.add_row(*cells)
    table.caption = Text("M USD: cost over the horizon, present value")
    return table


def counts(sweep: SweepDirectory) -> str:
    """Return how many runs are done, failed and open, in words."""
    found = {status: sum(entry.status == status for entry in sweep.entries) for status in ("done", "failed", "open")}
    return ", ".join(f"{count} {status}" for status, count in found.items())
