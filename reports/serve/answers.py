"""Requests that the pages' scripts make: check, solve, watch, cancel, data files. They answer in JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from gigasite.models.errors import PlanError

from . import data_files, watching
from .checking import Verdict, check
from .jobs import Job
from .state import Served

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
MOST_JOBS = 200
"""Jobs that may wait."""


async def checked(request: Request) -> JSONResponse:
    """Check a site file that was not saved."""
    served, data = served_by(request), await _body(request)
    verdict = await run_in_threadpool(check, data["text"], data["scenarios"], served.folder)
    return JSONResponse(_verdict(verdict))


async def solve(request: Request) -> JSONResponse:
    """Check a site file and put one job per scenario into the queue."""
    served, data = served_by(request), await _body(request)
    name = data.get("name")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        return _refused("The name of the run must be letters, digits, '_' and '-', beginning with a letter or digit.")
    verdict = await run_in_threadpool(check, data["text"], data["scenarios"], served.folder)
    if not verdict.right:
        return JSONResponse(_verdict(verdict), 422)
    if not all(NAME.fullmatch(scenario) for scenario in data["scenarios"]):
        return _refused("Scenarios solved from this page need plain names: letters, digits, '_' and '-'.")
    waiting = [job for job in served.scheduler.jobs() if job.state == "waiting"]
    if len(waiting) + len(data["scenarios"]) > MOST_JOBS:
        return _refused(f"At most {MOST_JOBS} jobs may wait. Cancel some, or come back later.")
    made = [
        await run_in_threadpool(served.scheduler.submit, data["text"], name, scenario, verdict.data_files)
        for scenario in data["scenarios"]
    ]
    return JSONResponse({"jobs": [job.id for job in made]}, 201)


async def every(request: Request) -> JSONResponse:
    """Return every job."""
    served = served_by(request)
    return JSONResponse(watching.every(served.folder, served.scheduler.jobs()))


async def one(request: Request) -> JSONResponse:
    """Return one job."""
    return JSONResponse(shown_job(request))


async def act(request: Request) -> JSONResponse:
    """Cancel a job, start it again, or forget it."""
    served, job = served_by(request), job_of(request)
    acts = {"cancel": served.scheduler.cancel, "again": served.scheduler.again, "forget": served.scheduler.forget}
    wanted = request.path_params["act"]
    if wanted not in acts:
        raise HTTPException(404)
    await run_in_threadpool(acts[wanted], job)
    return JSONResponse({})


async def files(request: Request) -> JSONResponse:
    """Return the data files."""
    return JSONResponse(_files(served_by(request)))


async def add_file(request: Request) -> JSONResponse:
    """Keep a data file."""
    served, name = served_by(request), request.path_params["name"]
    if int(request.headers["content-length"]) > data_files.LARGEST:
        return _refused(f"{name}: may have at most {data_files.LARGEST >> 20} MB. Thin it out.", 413)
    try:
        await run_in_threadpool(data_files.add, served.folder, name, await request.body())
    except PlanError as error:
        return _refused(str(error))
    return JSONResponse(_files(served), 201)


async def remove_file(request: Request) -> JSONResponse:
    """Remove a data file."""
    served = served_by(request)
    try:
        data_files.remove(served.folder, request.path_params["name"])
    except PlanError as error:
        return _refused(str(error))
    return JSONResponse(_files(served))


def served_by(request: Request) -> Served:
    """Return what the application serves."""
    served = request.app.state.served
    assert isinstance(served, Served)
    return served


def job_of(request: Request) -> Job:
    """Return the job that an address names.

    Raises
    ------
    HTTPException
        404 where there is none.
    """
    job = served_by(request).scheduler.job(request.path_params["id"])
    if job is None:
        raise HTTPException(404)
    return job


def shown_job(request: Request) -> dict[str, Any]:
    """Return the job that an address names, as the pages show it."""
    served, job = served_by(request), job_of(request)
    return next(each for each in watching.every(served.folder, served.scheduler.jobs()) if each["id"] == job.id)


async def _body(request: Request) -> dict[str, Any]:
    """Return text and scenarios of a request, each of its type."""
    try:
        data = json.loads(await request.body())
        text, scenarios = data["text"], data.get("scenarios", ["base"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise HTTPException(400, "The request must hold the text of a site file.") from problem
    if not isinstance(text, str) or not isinstance(scenarios, list) or not scenarios or len(scenarios) > MOST_JOBS:
        raise HTTPException(400, "The request must hold a text and a list of scenarios.")
    return {**data, "scenarios": list(dict.fromkeys(str(scenario) for scenario in scenarios))}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "problems": [asdict(problem) for problem in verdict.problems],
        "warnings": list(verdict.warnings),
        "scenarios": dict(verdict.scenarios),
        "name": verdict.name,
        "right": verdict.right,
    }


def _files(served: Served) -> list[dict[str, Any]]:
    return [{"name": name, "bytes": size} for name, size in data_files.listed(served.folder)]


def _refused(sentence: str, status: int = 422) -> JSONResponse:
    return JSONResponse({"refused": sentence}, status)


ROUTES = [
    Route("/api/check", checked, methods=["POST"]),
    Route("/api/solve", solve, methods=["POST"]),
    Route("/api/jobs", every),
    Route("/api/jobs/{id}", one),
    Route("/api/jobs/{id}/{act}", act, methods=["POST"]),
    Route("/api/files", files),
    Route("/api/files/{name}", add_file, methods=["POST"]),
    Route("/api/files/{name}/remove", remove_file, methods=["POST"]),
]
