"""Starts the server: one per folder of runs, on this computer only."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import uvicorn

from gigasite.models.errors import RunDirectoryError

from ..commands.console import complain, show, shown
from .app import application
from .folder import Folder
from .jobs import State
from .scheduler import Scheduler
from .state import Served

ADDRESS = "127.0.0.1"
RECORD = "server.json"


def serve(runs: Path, port: int, *, open_page: bool = False) -> None:
    """Serve a folder of runs until Ctrl-C.

    Parameters
    ----------
    runs : Path
        Made where it does not exist.
    port : int
        0 for any free one.
    open_page : bool
        Open the browser.

    Raises
    ------
    RunDirectoryError
        If the folder cannot be used, is served already, or the port is taken.
    """
    folder = Folder(runs)
    # A server that a shell started in the background ignores Ctrl-C; its solves are cancelled with it all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with _listening(port) as listener:
        number = int(listener.getsockname()[1])
        address = f"http://{ADDRESS}:{number}/"
        with _alone(folder, address):
            served = Served(folder, Scheduler(folder), secrets.token_urlsafe(32))
            app = application(served, hosts=(f"{ADDRESS}:{number}", f"localhost:{number}"))
            config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none")
            show(f"{address}  shows {shown(folder.place)}. Ctrl-C ends it.")
            if open_page:
                threading.Timer(0.5, webbrowser.open, (address,)).start()
            with suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listener])
            _farewell(served.scheduler)


def _farewell(scheduler: Scheduler) -> None:
    counts = {state: sum(job.state is state for job in scheduler.jobs()) for state in (State.RUNNING, State.WAITING)}
    if any(counts.values()):
        complain(
            f"{counts[State.RUNNING]} running solves go on, {counts[State.WAITING]} wait. "
            "gigasite serve finds them and starts the next."
        )


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    try:
        listener = socket.create_server((ADDRESS, port))
    except OSError as problem:
        raise RunDirectoryError(
            f"--port {port}: cannot be used ({problem.strerror}). Give another port, or 0 for any free one."
        ) from problem
    with listener:
        yield listener


@contextmanager
def _alone(folder: Folder, address: str) -> Iterator[None]:
    """Keep a second server from starting the same jobs.

    Raises
    ------
    RunDirectoryError
        Naming the address of the other.
    """
    record = folder.queue / RECORD
    other = _other(record)
    if other is not None:
        raise RunDirectoryError(
            f"{shown(folder.place)}: is served already at {other}. Open that page, or end it first."
        )
    me = psutil.Process(os.getpid())
    record.write_text(json.dumps({"pid": me.pid, "born": me.create_time(), "address": address}), encoding="utf-8")
    try:
        yield
    finally:
        record.unlink(missing_ok=True)


def _other(record: Path) -> str | None:
    """Return the address of a server that runs, or None; a record that outlived its process counts for nothing."""
    try:
        data = json.loads(record.read_text(encoding="utf-8"))
        alive = abs(psutil.Process(int(data["pid"])).create_time() - float(data["born"])) < 1.0
        return str(data["address"]) if alive else None
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None
