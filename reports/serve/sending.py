"""What is sent as it is: files of a run, all of them as a zip, the HTML report, the colours."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from gigasite.models.errors import RunDirectoryError

from ..html import page as html
from ..results import run_directory
from . import theme
from .answers import served_by
from .comparing import MOST_COMPARED
from .folder import plain_name, zipped
from .guard import REPORTS
from .rendering import cannot_be_shown

CHUNK = 1 << 16


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
    name = plain_name(path.replace("/", "_"))
    stream = await run_in_threadpool(zipped, place, name)

    def chunks() -> Iterator[bytes]:
        with stream:
            while block := stream.read(CHUNK):
                yield block

    headers = {"content-disposition": f'attachment; filename="{name}.zip"'}
    return StreamingResponse(chunks(), media_type="application/zip", headers=headers)


async def explore(request: Request) -> Response:
    """Send the HTML report of a run, or one of several runs with a switch between them."""
    folder, paths = served_by(request).folder, list(dict.fromkeys(request.query_params.getlist("run")))
    places = [place for place in map(folder.run, paths) if place is not None]
    if not places or len(places) < len(paths) or len(places) > MOST_COMPARED:
        raise HTTPException(404)
    try:
        text = await run_in_threadpool(lambda: html.render([run_directory.read(place) for place in places]))
    except RunDirectoryError as error:
        return cannot_be_shown(request, error)
    return HTMLResponse(text, headers={"content-security-policy": REPORTS})


async def colours(_request: Request) -> Response:
    """Send the colours."""
    return PlainTextResponse(theme.style_sheet(), media_type="text/css")


ROUTES = [
    Route("/files/{path:path}", file),
    Route("/zip/{path:path}", zip_of_run),
    Route("/explore", explore),
    Route("/colours.css", colours),
]
