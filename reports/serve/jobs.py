"""A solve that somebody asked for, kept as files: whoever starts the program anew finds it as it was.

``.queue/ID/`` holds the site file as it was sent, the data files that it names, ``state.json`` and ``progress.log``.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

STATE, LOG = "state.json", "progress.log"


class State(StrEnum):
    """What became of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


OPEN = (State.WAITING, State.RUNNING)


@dataclass(frozen=True)
class Job:
    """One solve.

    Parameters
    ----------
    id : str
        Name of its folder in the queue.
    site : str
        Name of the site file, without ending.
    scenario : str
    target : str
        Run directory, below the folder of runs.
    state : State
    created, started, ended : float or None
        Seconds since 1970.
    pid : int or None
        Process that solves.
    born : float or None
        When that process was created; numbers of processes are used again, the pair is not.
    stopping : float or None
        When somebody asked to cancel it.
    tries : int
        How often it was started.
    exit_code : int or None
        Of the process, where known.
    problems : tuple of str
        Why there is no plan, a sentence each.
    """

    id: str
    site: str
    scenario: str
    target: str
    state: State = State.WAITING
    created: float = 0.0
    started: float | None = None
    ended: float | None = None
    pid: int | None = None
    born: float | None = None
    stopping: float | None = None
    tries: int = 0
    exit_code: int | None = None
    problems: tuple[str, ...] = ()


def new_id(site: str) -> str:
    """Return a name for a job that no other has, in the order of time."""
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{site}-{secrets.token_hex(2)}"


def add(queue: Path, job: Job, text: str, files: Iterable[Path]) -> None:
    """Write a job: its site file, copies of its data files, and last its state, without which it does not count."""
    folder = queue / job.id
    folder.mkdir()
    (folder / f"{job.site}.yaml").write_text(text, encoding="utf-8", newline="\n")
    for file in files:
        shutil.copyfile(file, folder / file.name)
    save(queue, job)


def save(queue: Path, job: Job) -> None:
    """Write the state of a job: whoever reads sees the old or the new, never a part."""
    file = queue / job.id / STATE
    partial = file.with_name(f".{STATE}.{secrets.token_hex(4)}")
    with partial.open("w", encoding="utf-8") as stream:
        json.dump(asdict(job), stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)


def load(queue: Path) -> list[Job]:
    """Return every job, the first that was asked for first; a folder without a readable state is none."""
    found = [_read(entry.name, Path(entry.path, STATE)) for entry in os.scandir(queue) if entry.is_dir()]
    return sorted((job for job in found if job is not None), key=lambda job: (job.created, job.id))


def _read(name: str, file: Path) -> Job | None:
    try:
        data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        job = Job(**{**data, "state": State(data["state"]), "problems": tuple(data["problems"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return job if job.id == name else None
