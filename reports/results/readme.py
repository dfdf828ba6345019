"""README.txt of a run directory: what every file, column, headline figure and hourly series means."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from gigasite.models.plan_tables import COLUMNS

from ..words import headline
from .columns import FILES, meaning
from .results import Results

FILE = "README.txt"
WIDTH = 110


def text(results: Results, data_format: int) -> str:
    """Return the README of a run.

    Parameters
    ----------
    results : Results
        The plan: only tables that it has, its headline figures and its series are explained.
    data_format : int
        Format that run.json states.
    """
    tables = [name for name in COLUMNS if name in results.tables or hasattr(results, name)]
    parts = [
        f"{results.site}, scenario {results.scenario}: a plan by gigasite",
        _wrapped(
            f"Text is UTF-8; tables are CSV with a heading, a comma between columns and a point in numbers; an empty"
            f" cell has no value. Names, columns and units are those of format {data_format} (run.json, entry format)."
            " A phase is named by its first day. Money is USD of the year that site.yaml states. Sizes, costs, energy"
            " and hourly series come from the dispatch of every hour."
        ),
        _section("Files", ((name, FILES[name]) for name in FILES)),
        *(
            _section(f"Columns of {name}.csv", ((column, _column(name, column)) for column in COLUMNS[name]))
            for name in tables
        ),
        _section("Headline figures in kpis.csv", _headlines(results)),
        _section(
            "Series in hourly.nc and hourly.csv",
            (
                (str(name), f"[{series.attrs['units']}] {series.attrs['long_name']}")
                for name, series in results.hourly.data_vars.items()
            ),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _headlines(results: Results) -> Iterable[tuple[str, str]]:
    units = dict(zip(results.kpis["name"], results.kpis["unit"], strict=True))
    return ((str(name), f"[{unit}] {headline(str(name))}") for name, unit in units.items())


def _column(table: str, column: str) -> str:
    unit, words = meaning(table, column)
    return f"[{unit}] {words}" if unit else words


def _section(title: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = [title, "-" * len(title)]
    for name, words in rows:
        lines.append(name)
        lines += textwrap.wrap(
            words, WIDTH - 4, initial_indent="    ", subsequent_indent="    ", break_long_words=False
        )
    return "\n".join(lines)


def _wrapped(words: str) -> str:
    return "\n".join(textwrap.wrap(words, WIDTH))
