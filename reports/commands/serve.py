"""``gigasite serve``: the web page for planners."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from gigasite.models.errors import RunDirectoryError

from .console import complain
from .run import RUNS

NEEDED = ("psutil", "starlette", "uvicorn")
PORT = 8421
EPILOG = "\n\n".join(
    (
        "Examples:",
        "gigasite serve",
        "gigasite serve results --port 9000 --open",
        "The page answers on this computer only, at http://127.0.0.1:PORT/. Ctrl-C ends it; "
        "solves that run go on, and the next gigasite serve finds them.",
    )
)


def serve(
    runs: Annotated[Path, typer.Argument(metavar="[RUNS]", help="Folder of runs; made where there is none.")] = RUNS,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 for any free one.")] = PORT,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Open a web page on this computer to edit site files, start solves, compare runs and download reports."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        complain(f"gigasite serve needs {', '.join(missing)}. Install them: pip install 'gigasite[serve]'")
        raise typer.Exit(RunDirectoryError.exit_code)
    from ..serve import launch

    launch.serve(runs, port, open_page=open_page)
