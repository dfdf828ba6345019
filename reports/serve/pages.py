"""The pages: runs, site file, job, run, comparison; and the files of a run."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from gigasite import sites
from gigasite.models.errors import PlanError, RunDirectoryError

from .. import html, run_directory
from ..words import headline
from . import comparing, data_files, theme, views, watching
from .answers import job_of, served_by, shown_job
from .checking import shipped_text, starter_text
from .folder import zipped
from .guard import REPORTS
from .views import COOLING, PLAN

MOST_COMPARED = 8
CHUNK = 1 << 16

templates = Environment(
    loader=PackageLoader("gigasite.reports.serve"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.filters["address"] = lambda path: quote(str(path), safe="/")


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page; every value is escaped."""
    text = templates.get_template(template).render(token=served_by(request).token, here=request.url.path, **values)
    return HTMLResponse(text, status)


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
            return file.read_text(encoding="utf-8"), _plain(asked["run"].split("/")[0]), ""
    elif "job" in asked:
        job = served.scheduler.job(asked["job"])
        if job is not None:
            file = served.folder.queue / job.id / f"{job.site}.yaml"
            return file.read_text(encoding="utf-8"), job.site, ""
    else:
        return starter_text(), "my_site", "starter"
    raise HTTPException(404)


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_-")[:60] or "run"


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
        return _cannot_be_shown(request, error)
    except (PlanError, OSError, ValueError, KeyError) as error:
        return page(request, "problem.html", 409, title="This run cannot be shown", problems=[f"{path}: {error}"])
    return page(request, "run.html", path=path, kind=kind, seen=seen, files=views.downloads(place))


async def file(request: Request) -> Response:
    """Send a file of a run: a report to look at, everything else to keep."""
    path, _, name = request.path_params["path"].rpartition("/")
    found = served_by(request).folder.file(path, name)
    if found is None:
        raise HTTPException(404)
    shown = name.endswith((".html", ".pdf")) and "keep" not in request.query_params
    headers = {"content-security-policy": REPORTS} if name.endswith((".html", ".svg")) else {}
    kept = "_".join((*path.split("/"), name))
    disposition = "inline" if shown else "attachment"
    return FileResponse(found, filename=kept, content_disposition_type=disposition, headers=headers)


async def zip_of_run(request: Request) -> Response:
    """Send every file of a run as a zip."""
    path = request.path_params["path"]
    place = served_by(request).folder.run(path)
    if place is None:
        raise HTTPException(404)
    name = _plain(path.replace("/", "_"))
    stream = await run_in_threadpool(zipped, place, name)

    def chunks() -> Any:
        with stream:
            while block := stream.read(CHUNK):
                yield block

    headers = {"content-disposition": f'attachment; filename="{name}.zip"'}
    return StreamingResponse(chunks(), media_type="application/zip", headers=headers)


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
        return _cannot_be_shown(request, error)
    return page(request, "compare.html", paths=paths, **seen)


async def explore(request: Request) -> Response:
    """Send the HTML report of a run, or one of several runs with a switch between them."""
    folder, paths = served_by(request).folder, list(dict.fromkeys(request.query_params.getlist("run")))
    places = [place for place in map(folder.run, paths) if place is not None]
    if not places or len(places) < len(paths) or len(places) > MOST_COMPARED:
        raise HTTPException(404)
    try:
        text = await run_in_threadpool(lambda: html.render([run_directory.read(place) for place in places]))
    except RunDirectoryError as error:
        return _cannot_be_shown(request, error)
    return HTMLResponse(text, headers={"content-security-policy": REPORTS})


async def colours(_request: Request) -> Response:
    """Send the colours."""
    return PlainTextResponse(theme.style_sheet(), media_type="text/css")


def _cannot_be_shown(request: Request, error: RunDirectoryError) -> Response:
    place = served_by(request).folder.place
    problems = [problem.replace(str(place), place.name) for problem in error.problems]
    return page(request, "problem.html", 409, title="This cannot be shown", problems=problems)


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
    Route("/files/{path:path}", file),
    Route("/zip/{path:path}", zip_of_run),
    Route("/compare", compare),
    Route("/explore", explore),
    Route("/colours.css", colours),
]
