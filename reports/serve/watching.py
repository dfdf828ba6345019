"""What the pages show of jobs: state, stages, seconds, gap."""

from __future__ import annotations

import time
from typing import Any

from ..words import name_in_words
from . import jobs
from .folder import Folder
from .jobs import Job, State
from .log import STAGES, Words, read
from .views import when

IN_WORDS = {
    "read": "Read the site file",
    "climate": "Load the weather year",
    "build": "Build the model",
    "load": "Hand it to the solver",
    "solve": "Find the best sizes",
    "rolling": "Operate two days ahead at a time",
    "tables": "Gather the tables",
    "check": "Check every hour",
    "write": "Write the run",
    "report": "Set the report",
}
STATES = {
    State.WAITING: "Waiting",
    State.RUNNING: "Running",
    State.DONE: "Finished",
    State.FAILED: "No plan",
    State.CANCELLED: "Cancelled",
    State.INTERRUPTED: "Interrupted",
}


def shown(folder: Folder, job: Job, ahead: int = 0) -> dict[str, Any]:
    """Return a job for the pages and for those that ask again every second.

    Parameters
    ----------
    ahead : int
        Jobs that wait before it.
    """
    words = read(folder.queue / job.id / jobs.LOG)
    return {
        "id": job.id,
        "site": job.site,
        "scenario": job.scenario,
        "state": job.state.value,
        "label": "Stopping" if job.state is State.RUNNING and job.stopping is not None else STATES[job.state],
        "open": job.state in jobs.OPEN,
        "stopping": job.stopping is not None,
        "asked": when(job.created),
        "seconds": _seconds(job),
        "gap": None if words.gap is None else f"{100 * words.gap:.2g} %",
        "usual": f"usually {words.expected:,.0f} s" if words.expected and words.expected >= 1 else "",
        "stage": IN_WORDS.get(words.current, name_in_words(words.current)) if job.state is State.RUNNING else "",
        "stages": _stages(job, words),
        "ahead": ahead if job.state is State.WAITING else 0,
        "tries": job.tries,
        "problems": list(job.problems),
        "target": job.target,
        "run": job.target if folder.run(job.target) is not None else None,
    }


def every(folder: Folder, found: list[Job]) -> list[dict[str, Any]]:
    """Return every job, the latest first."""
    result, ahead = [], 0
    for job in found:
        result.append(shown(folder, job, ahead))
        ahead += job.state is State.WAITING
    return result[::-1]


def _seconds(job: Job) -> float | None:
    if job.started is None:
        return None
    return round((job.ended or time.time()) - job.started, 1)


def _stages(job: Job, words: Words) -> list[dict[str, Any]]:
    """Return every stage that was told, with its seconds, and those that usually follow."""
    now = words.current if job.state is State.RUNNING else ""
    told = [name for name in words.seconds if name != now]
    place = max((STAGES.index(name) for name in words.seconds if name in STAGES), default=-1)
    follow = () if job.state is State.DONE else STAGES[place + 1 :]
    return [
        *(_stage(name, "done", words.seconds[name]) for name in told),
        *([_stage(now, "now", None)] if now else []),
        *(_stage(name, "open", None) for name in follow),
    ]


def _stage(name: str, state: str, seconds: float | None) -> dict[str, Any]:
    return {"name": IN_WORDS.get(name, name_in_words(name)), "state": state, "seconds": seconds}
