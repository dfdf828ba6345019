"""What the pages show of jobs: state, stages, seconds, gap."""

from __future__ import annotations

import time
from typing import Any

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
        "gap": None if words.gap_percent is None else f"{words.gap_percent:.2g} %",
        "stage": IN_WORDS.get(words.current, "") if job.state is State.RUNNING else "",
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
    """Return every stage with its seconds, and which is at work; a stage that this plan skips is left out."""
    done: dict[str, float] = {}
    notes: dict[str, str] = {}
    for step in words.steps:
        done[step.name] = done.get(step.name, 0.0) + step.seconds
        notes[step.name] = step.note
    current = words.current if job.state is State.RUNNING else ""
    past = STAGES[: STAGES.index(current)] if current else STAGES if job.state is State.DONE else ()
    return [
        {
            "name": IN_WORDS[name],
            "state": "done" if name in done else "now" if name == current else "open",
            "seconds": done.get(name),
        }
        for name in STAGES
        if name in done or name not in past
    ]
