"""Tables for the terminal: a plan, several plans side by side, resolved inputs, what the catalogue knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ..content.plan import assumption_rows, cautions, headline_groups, status_line
from ..results.results import UNVERIFIED, Results, kpi, phases
from ..words import (
    HEADLINES,
    change,
    headline,
    phase_in_words,
    row,
    unit_in_words,
    value_in_words,
)


def _table(title: str = "", *, lines: bool = False) -> Table:
    return Table(title=Text(title) if title else None, title_justify="left", box=box.SIMPLE_HEAD, show_lines=lines)


def _cells(texts: Sequence[str]) -> list[Text]:
    """Wrap texts so that square brackets in a name are printed, not read as markup."""
    return [Text(text) for text in texts]


def summary(results: Results) -> RenderableType:
    """Return the headline figures of a plan by phase, how good it is proven to be, and what to know about it."""
    table = _table(f"{results.site}, scenario {results.scenario}")
    table.add_column("")
    table.add_column("unit", style="dim")
    for phase in phases(results):
        table.add_column(f"from {phase_in_words(phase)}", justify="right")
    for group in headline_groups(results):
        table.add_row(Text(group["title"], style="bold"))
        for cells in group["rows"]:
            table.add_row(*_cells([f"  {cells[0]}", *cells[1:]]))
    notes = [Text(f"! {line}", style="yellow") for line in cautions(results)]
    return Group(table, Text(status_line(results), style="bold"), *notes)


def profile(run: Mapping[str, Any]) -> Table:
    """Return seconds and memory of a run by stage; memory is the most that was held until the end of the stage."""
    seconds, memory = run["seconds"], run.get("memory_mb", {})
    total = sum(seconds.values())
    table = _table("Where the time went")
    table.add_column("stage")
    table.add_column("seconds", justify="right")
    table.add_column("share", justify="right")
    table.add_column("peak memory, MB", justify="right")
    for name, value in seconds.items():
        held = f"{memory[name]:,.0f}" if name in memory else ""
        table.add_row(*_cells([name, f"{value:,.2f}", f"{100 * value / max(total, 1e-9):.0f} %", held]))
    table.add_row(*_cells(["all", f"{total:,.2f}", "", f"{run['peak_memory_mb']:,.0f}"]))
    return table


def comparison(plans: Sequence[Results]) -> Table:
    """Return the last phase of several plans side by side, each figure with its change from the first plan.

    Shares change by percentage points, everything else by per cent.
    """
    table = _table("Last phase of each plan; in brackets the change from the first")
    table.add_column("")
    table.add_column("unit", style="dim")
    sites = {plan.site for plan in plans}
    for plan in plans:
        name = plan.scenario if len(sites) == 1 else f"{plan.site}, {plan.scenario}"
        table.add_column(Text(name), justify="right")
    units = {str(n): str(u) for plan in plans for n, u in zip(plan.kpis["name"], plan.kpis["unit"], strict=True)}
    for name in [*(known for known in HEADLINES if known in units), *(n for n in units if n not in HEADLINES)]:
        values = [kpi(plan, phases(plan)[-1], name) for plan in plans]
        texts, unit = row(values, units[name], name=name)
        changes = [f"({told})" if (told := change(name, value, values[0])) else "" for value in values]
        cells = [f"{text} {change}".strip() for text, change in zip(texts, changes, strict=True)]
        table.add_row(*_cells([headline(name), unit, *cells]))
    return table


def inputs(assumptions: pd.DataFrame) -> Table:
    """Return every resolved input with value, unit, source and evidence; what nobody verified stands out.

    Parameters
    ----------
    assumptions : pandas.DataFrame
        Columns place, name, value, unit, source, evidence.
    """
    table = _table()
    for title, justify in (("place", "left"), ("input", "left"), ("value", "right"), ("source", "left")):
        table.add_column(title, justify="right" if justify == "right" else "left", overflow="fold")
    table.add_column("evidence")
    for cells in assumption_rows(assumptions):
        table.add_row(*_cells(cells), style="yellow" if cells[-1].startswith(UNVERIFIED) else None)
    return table


def catalogue(entries: pd.DataFrame, *, title: str = "") -> Table:
    """Return a listing of any tidy table: numbers to the right, units as people write them.

    Parameters
    ----------
    entries : pandas.DataFrame
        One row per entry; a column called ``unit`` or ``units`` is written for people.
    """
    table = _table(title)
    for column in entries.columns:
        numeric = pd.api.types.is_numeric_dtype(entries[column])
        table.add_column(Text(str(column).replace("_", " ")), justify="right" if numeric else "left", overflow="fold")
    for entry in entries.to_dict("records"):
        texts = [
            unit_in_words(str(value)) if str(column) in {"unit", "units"} else _entry(value)
            for column, value in entry.items()
        ]
        table.add_row(*_cells(texts))
    return table


def _entry(value: object) -> str:
    missing = value is None or (isinstance(value, float) and pd.isna(value))
    return "" if missing else value_in_words(value)
