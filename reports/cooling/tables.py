"""The comparison of cooling options on the terminal: wide where there is room, else one table above the other."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from .content import (
    ENERGY,
    MONEY,
    Column,
    cautions,
    cross_rows,
    heat_wave,
    load_line,
    option_rows,
    throttled_lines,
    unfit_lines,
    upgrades,
    winner,
)
from .results import RANKED, CoolingResults

WIDE = 140
"""Columns from which all figures fit into one table."""

LABEL, CELL = 26, 11
"""Columns of the terminal for an option and for a place of the cross tables."""


def summary(results: CoolingResults) -> RenderableType:
    """Return the whole answer: by place a table, the winner and what it is worth; places side by side; warnings."""
    parts: list[RenderableType] = [Text(load_line(results))]
    for place, name in results.names.items():
        parts.append(_Options(results, place, name))
        parts.append(Text(winner(results, place), style="bold"))
        parts += [Text(line) for line in (*upgrades(results, place), heat_wave(results, place)) if line]
        parts += [Text(line, style="dim") for line in (*throttled_lines(results, place), *unfit_lines(results, place))]
    if len(results.names) > 1:
        parts += [_Cross(results, ENERGY[0], "PUE over the year"), _Cross(results, MONEY[5], "USD per MWh of IT")]
        parts.append(Text("* costs least at the place.", style="dim"))
    parts += [Text(f"! {line}", style="yellow") for line in cautions(results)]
    return Group(*parts)


class _Options:
    """The options of a place, in one table or in two."""

    def __init__(self, results: CoolingResults, place: str, name: str) -> None:
        self._results, self._place, self._name = results, place, name

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width >= WIDE:
            yield self._table(self._name, (*ENERGY, *MONEY))
        else:
            yield self._table(f"{self._name}: energy and water", ENERGY)
            yield self._table(f"{self._name}: grid and money", MONEY)

    def _table(self, title: str, columns: Sequence[Column]) -> Table:
        table = _table(title)
        table.add_column("", justify="right", no_wrap=True)
        table.add_column("Option", min_width=16)
        for column in columns:
            table.add_column(Text(f"{column.title}\n{column.unit}"), justify="right", no_wrap=True)
        ranked = int((self._results.of(self._place)["standing"] == RANKED).sum())
        rows = option_rows(self._results, self._place, columns)
        for number, cells in enumerate(rows, start=1):
            style = "bold" if number == 1 and ranked else "dim" if number > ranked else None
            table.add_row(*map(Text, cells), style=style, end_section=number == ranked < len(rows))
        return table


class _Cross:
    """One figure of every option in every place; as many places beside each other as fit."""

    def __init__(self, results: CoolingResults, column: Column, title: str) -> None:
        self._results, self._column, self._title = results, column, title

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        places = list(self._results.names)
        cell = max(CELL, *(len(place) + 2 for place in places))
        fit = max(1, (options.max_width - LABEL - 2) // cell)
        rows = cross_rows(self._results, self._column)
        for start in range(0, len(places), fit):
            table = _table(self._title if start == 0 else "")
            table.add_column("Option", min_width=16)
            for place in places[start : start + fit]:
                table.add_column(Text(place), justify="right", no_wrap=True)
            for label, cells in rows:
                shown = (f"{text}{'*' if best else ' '}" for text, best in cells[start : start + fit])
                table.add_row(*map(Text, (label, *shown)))
            yield table


def _table(title: str) -> Table:
    return Table(
        title=Text(title, style="bold") if title else None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
