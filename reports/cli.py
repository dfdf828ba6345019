"""The command line: ``gigasite``, also ``python -m gigasite.reports``.

Commands live in ``commands_*.py``. Whatever takes time to import is imported inside the command that needs it, so that
``--help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from importlib import metadata
from typing import Any

import typer
from typer.core import TyperGroup

from gigasite.models.errors import PlanError

from .commands import climate as commands_climate
from .commands import compare as commands_compare
from .commands import cooling as commands_cooling
from .commands import report as commands_report
from .commands import run as commands_run
from .commands import serve as commands_serve
from .commands import site as commands_site
from .commands import sweep as commands_sweep
from .commands.console import complain

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 plus the number of the signal, as shells have it."""


class PlanGroup(TyperGroup):
    """Commands whose `PlanError` becomes sentences on the error stream and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a plan that cannot be made ends it with the exit code of the reason."""
        try:
            return super().invoke(ctx)
        except PlanError as error:
            complain(error)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as interrupt:
            complain("Interrupted. What was finished before is kept; nothing is half-written.")
            raise typer.Exit(INTERRUPTED) from interrupt


app = typer.Typer(
    cls=PlanGroup,
    name="gigasite",
    help="Plan the energy side of AI clusters: compute, cooling, supply and grid connection, phase by phase.",
    epilog="SITE is a site file or the name of a shipped site (gigasite sites). "
    "Exit codes: 0 optimal, 2 wrong input, 3 infeasible, 4 solver failed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gigasite {metadata.version('gigasite')}")
        raise typer.Exit


@app.callback()
def _gigasite(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    pass


app.command("solve")(commands_run.solve)
app.command("cooling", epilog=commands_cooling.EPILOG)(commands_cooling.cooling)
app.command("sweep", epilog=commands_sweep.EPILOG)(commands_sweep.sweep)
app.command("check")(commands_site.check)
app.command("report")(commands_report.report)
app.command("compare")(commands_compare.compare)
app.add_typer(commands_climate.app, name="climate")
app.command("catalogue")(commands_site.catalogue)
app.command("sites")(commands_site.sites)
app.command("init")(commands_site.init)
app.command("serve", epilog=commands_serve.EPILOG)(commands_serve.serve)
app.command("schema")(commands_site.schema)


def main() -> None:
    """Run the program."""
    try:
        app(prog_name="gigasite")
    except SystemExit as end:
        if end.code == INTERRUPTED:
            # A solver may still run on a thread of its own; the interpreter would wait for it, or fall over it.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(INTERRUPTED)
        raise
