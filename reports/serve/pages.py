"""The pages: runs, site file, job, run, comparison."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gigasite import sites
from gigasite.models.errors import PlanError, RunDirectoryError

from ..words import headline
from . import comparing, data_files, views, watching
from .answers import job_of, served_by, shown_job
from .checking import shipped_text, starter_text
from .comparing import MOST_COMPARED
from .folder import plain_name
from .rendering import cannot_be_shown, page
from .views import COOLING, PLAN


async def home(request: Request) -> Response:
    """Show what is running and what was planned."""
    served = served_by(request)
    runs = await run_in_threadpool(views.lines, served.folder)
    jobs = [job for job in watching.every(served.folder, served.scheduler.jobs()) if job["state"] != "done"]
    headings = [headline(name) for name in views.LISTED]
    return page(request, "home.html", runs=runs, jobs=jobs, headings=headings, place=str(served.folder.place))


async def edit(request: Request) -> Response:
    """Show a site file to edit: a shipped one, that of a run or of a job, or the commented starter."""
    text, name, source = _text(request)
    return page(
        request,
        "edit.html",
        text=text,
        name=name,
        source=source,
        shipped=sites.shipped(),
        files=data_files.listed(served_by(request).folder),
        endings=",".join(data_files.ENDINGS),
    )


def _text(request: Request) -> tuple[str, str, str]:
    """Return the text to edit, a name for its run, and what it is."""
    served, asked = served_by(request), request.query_params
    if "site" in asked:
        text = shipped_text(asked["site"])
        if text is not None:
            return text, asked["site"], asked["site"]
    elif "run" in asked:
        file = served.folder.file(asked["run"], "site.yaml")
        if file is not None:
            return file.read_text(encoding="utf-8"), plain_name(asked["run"].split("/")[0]), ""
    elif "job" in asked:
        job = served.scheduler.job(asked["job"])
        if job is not None:
            file = served.folder.queue / job.id / f"{job.site}.yaml"
            return file.read_text(encoding="utf-8"), job.site, ""
    else:
        return starter_text(), "my_site", "starter"
    raise HTTPException(404)


async def job(request: Request) -> Response:
    """Show how a job gets on."""
    job_of(request)
    return page(request, "job.html", job=shown_job(request))


async def run(request: Request) -> Response:
    """Show a run and its files; one that is incomplete or was edited is said to be so, and nothing else."""
    served, path = served_by(request), request.path_params["path"]
    place = served.folder.run(path)
    if place is None:
        raise HTTPException(404)
    kind = next((found.kind for found in served.folder.runs() if served.folder.place / found.path == place), "")
    shows = {PLAN: views.plan, COOLING: views.cooling}
    try:
        seen = await run_in_threadpool(shows[kind], place) if kind in shows else None
    except RunDirectoryError as error:
        return cannot_be_shown(request, error)
    except (PlanError, OSError, ValueError, KeyError) as error:
        return page(request, "problem.html", 409, title="This run cannot be shown", problems=[f"{path}: {error}"])
    return page(request, "run.html", path=path, kind=kind, seen=seen, files=views.downloads(place))


async def compare(request: Request) -> Response:
    """Show the headline figures of several plans side by side."""
    paths = list(dict.fromkeys(request.query_params.getlist("run")))
    if not 2 <= len(paths) <= MOST_COMPARED:
        problem = f"Two to {MOST_COMPARED} plans can be compared, got {len(paths)}. Tick them in the list of runs."
        return page(request, "problem.html", 422, title="Nothing to compare", problems=[problem])
    folder = served_by(request).folder
    try:
        seen = await run_in_threadpool(comparing.compared, folder, paths)
    except KeyError as problem:
        raise HTTPException(404) from problem
    except RunDirectoryError as error:
        return cannot_be_shown(request, error)
    return page(request, "compare.html", paths=paths, **seen)


async def not_found(request: Request, problem: Exception) -> Response:
    """Say that there is nothing at an address, or what was wrong with a request."""
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    if status == 404:
        return page(
            request,
            "problem.html",
            404,
            title="Nothing here",
            problems=["There is nothing at this address. Go to Runs."],
        )
    detail = problem.detail if isinstance(problem, HTTPException) else "The server failed; its terminal says how."
    return page(request, "problem.html", status, title="This did not work", problems=[detail])


ROUTES = [
    Route("/", home),
    Route("/edit", edit),
    Route("/jobs/{id}", job),
    Route("/runs/{path:path}", run),
    Route("/compare", compare),
]
