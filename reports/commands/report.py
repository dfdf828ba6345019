"""``gigasite report``: show a finished run again, and write its reports anew."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gigasite.models.errors import ReportError

from .console import show, shown


class Paper(StrEnum):
    """Paper of the PDF."""

    A4 = "a4"
    US_LETTER = "us-letter"


class Speech(StrEnum):
    """Language of the PDF."""

    EN = "en"
    ZH = "zh"


def report(
    run_dir: Annotated[
        Path, typer.Argument(metavar="RUN_DIR", help="A directory that gigasite solve or gigasite cooling wrote.")
    ],
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Write report.pdf anew.")] = True,
    html: Annotated[bool, typer.Option("--html/--no-html", help="Write report.html anew.")] = False,
    csv: Annotated[bool, typer.Option("--csv/--no-csv", help="Write hourly.csv and README.txt anew.")] = False,
    excel: Annotated[bool, typer.Option("--excel/--no-excel", help="Write tables.xlsx, a sheet a table.")] = False,
    paper: Annotated[Paper, typer.Option(help="Paper of the PDF.")] = Paper.A4,
    language: Annotated[Speech, typer.Option(help="Language of the PDF.")] = Speech.EN,
) -> None:
    """Show a finished run again and write its reports anew: PDF, HTML, CSV, Excel."""
    from ..cooling import directory as cooling_directory
    from ..results import directories

    if directories.kind_of(run_dir) == cooling_directory.COOLING.name:
        if html or csv or excel or language is not Speech.EN:
            raise ReportError(
                f"{run_dir}: a comparison of cooling has a PDF in English and CSV files from the start."
                " Leave out --html, --csv, --excel and --language"
            )
        _cooling(run_dir, pdf=pdf, paper=paper)
    else:
        _plan(run_dir, pdf=pdf, html=html, csv=csv, excel=excel, paper=paper, language=language)


def _plan(run_dir: Path, *, pdf: bool, html: bool, csv: bool, excel: bool, paper: Paper, language: Speech) -> None:
    from ..results import run_directory
    from . import tables

    if csv:
        written = run_directory.write_csv(run_dir)
        show(*(f"Written: {shown(place)}" for place in written))
    run = run_directory.read(run_dir)
    show(tables.summary(run))
    if pdf:
        from ..pages import pdf as document

        show(f"Written: {shown(document.write_run(run, paper=paper.value, language=language.value))}")
    if html:
        from ..html import page

        show(f"Written: {shown(page.write(run_dir))}")
    if excel:
        from ..results import excel as workbook

        show(f"Written: {shown(workbook.write(run))}")


def _cooling(run_dir: Path, *, pdf: bool, paper: Paper) -> None:
    from ..cooling import directory as cooling_directory
    from ..cooling import pdf as cooling_pdf
    from ..cooling import tables as cooling_tables

    show(cooling_tables.summary(cooling_directory.read(run_dir)))
    if pdf:
        show(f"Written: {shown(cooling_pdf.write(run_dir, paper=paper.value))}")
