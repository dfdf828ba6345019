"""Processes that solve: the command, whether one still runs, and how it is stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from .jobs import Job


def solve_command(file: Path, job: Job, target: Path) -> list[str]:
    """Return the command that solves a job.

    The same program as on the command line. Nothing from outside but names that were checked; ``-P`` keeps the folder
    of the job out of the places that Python imports from.
    """
    chosen = [] if job.scenario == "base" else ["--scenario", job.scenario]
    return [sys.executable, "-P", "-m", "gigasite.reports", "solve", str(file), "--json", "--out", str(target), *chosen]


def start(command: Sequence[str], folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start a process that outlives this one, what it says in a log."""
    with log.open("wb") as stream:
        return subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )


def born(pid: int) -> float | None:
    """Return when a process was created [s since 1970], or None if it is gone."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return None


def process(job: Job) -> psutil.Process | None:
    """Return the process of a job, or None if it is gone or its number belongs to another by now."""
    if job.pid is None:
        return None
    try:
        process = psutil.Process(job.pid)
        same = job.born is not None and abs(process.create_time() - job.born) < 1.0
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.Error:
        return None


def ask_to_stop(process: psutil.Process | None) -> None:
    """Ask a process to stop as Ctrl-C does, where the system has such a thing."""
    with suppress(psutil.Error):
        if process is not None and os.name == "posix":
            process.send_signal(signal.SIGINT)
        elif process is not None:
            process.terminate()


def kill(process: psutil.Process) -> None:
    """End a process and what it started."""
    with suppress(psutil.Error):
        family = [*process.children(recursive=True), process]
        for each in family:
            with suppress(psutil.Error):
                each.kill()


def silent_end(code: int) -> str:
    """Return what to say of a process that ended with a code and without a word."""
    if code < 0:
        return (
            f"The process was ended by signal {-code}; the system does so where memory runs out. "
            "Close other programs, or plan fewer phases."
        )
    return f"The process ended with exit code {code} and no word. Start it again."
