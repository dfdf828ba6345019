"""An Excel workbook of a run: a sheet for each table, and one that says what their columns mean."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from gigasite.models.errors import ReportError
from gigasite.models.plan_tables import COLUMNS, CORE

from .columns import FILES, meaning
from .directories import replacing
from .results import Results
from .run_directory import Run

FILE = "tables.xlsx"
WIDEST = 60
"""Characters of the widest column."""

MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Date that every workbook states, so that equal runs give equal bytes."""


def write(run: Run) -> Path:
    """Write ``tables.xlsx`` into the directory of a run, whole or not at all.

    Raises
    ------
    ReportError
        If xlsxwriter is not installed.
    RunDirectoryError
        If the disk refuses.
    """
    content = render(run)
    with replacing(run.directory / FILE) as partial:
        partial.write_bytes(content)
    return run.directory / FILE


def render(results: Results) -> bytes:
    """Return the workbook; the same results give the same bytes.

    The hourly series are not in it: with 8,760 rows a phase they stand in ``hourly.csv`` and ``hourly.nc``.
    """
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError as missing:
        raise ReportError(
            "--excel: the package xlsxwriter is not installed. Install it with 'pip install gigasite[excel]'"
        ) from missing
    stream = BytesIO()
    tables = {name: getattr(results, name) for name in CORE} | dict(results.tables)
    with Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"{results.site}, {results.scenario}", "author": "gigasite", "created": MADE})
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        _explain(book.add_worksheet("README"), tables, heading)
        for name, columns in COLUMNS.items():
            if name in tables:
                _fill(book.add_worksheet(name), name, tables[name][list(columns)], heading)
    return stream.getvalue()


def _explain(sheet: Any, tables: dict[str, pd.DataFrame], heading: Any) -> None:
    rows = [("sheet", "column", "unit", "meaning")]
    for name in COLUMNS:
        if name in tables:
            rows.append((name, "", "", FILES[f"{name}.csv"]))
            rows += [(name, column, *meaning(name, column)) for column in COLUMNS[name]]
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(place, column, cell, heading if place == 0 else None)
    for column, width in enumerate((16, 26, 12, WIDEST)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)


def _fill(sheet: Any, name: str, table: pd.DataFrame, heading: Any) -> None:
    for column, title in enumerate(map(str, table.columns)):
        unit, _ = meaning(name, title)
        told = f"{title} [{unit}]" if unit and unit != "see unit" else title
        sheet.write_string(0, column, told, heading)
        values = table[title].tolist()
        for place, value in enumerate(values, start=1):
            _cell(sheet, place, column, value)
        longest = max((len(str(value)) for value in (*values, title)), default=0)
        sheet.set_column(column, column, min(WIDEST, longest + 2))
    sheet.freeze_panes(1, 0)
    if len(table):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    """Write numbers as numbers and text as text; what is not finite leaves the cell empty."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        if math.isfinite(value):
            sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))
