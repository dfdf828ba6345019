"""Where the command line writes: results to the output, everything else to the error stream."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from gigasite.models.errors import PlanError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

PIPE_WIDTH = 160
"""Columns of a table that goes to a file or a pipe, where no terminal says how wide it is."""


def console() -> Console:
    """Return the console for results."""
    from rich.console import Console

    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=PIPE_WIDTH)


def show(*results: RenderableType) -> None:
    """Print tables and sentences to the output."""
    out = console()
    for each in results:
        out.print(each, markup=False, soft_wrap=isinstance(each, str))


def complain(trouble: PlanError | str, *, heading: str = "") -> None:
    """Print an error, one problem a line, to the error stream.

    Parameters
    ----------
    trouble : PlanError or str
        What went wrong.
    heading : str
        Printed before every line, for example the name of a scenario.
    """
    for line in trouble.problems if isinstance(trouble, PlanError) else (trouble,):
        typer.echo(f"{heading}{line}", err=True)


def shown(path: Path) -> str:
    """Return a path as short as it can be typed from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
