"""From values to a page; every value is escaped."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from gigasite.models.errors import RunDirectoryError

from .answers import served_by

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


def cannot_be_shown(request: Request, error: RunDirectoryError) -> HTMLResponse:
    """Return the page that says what is wrong with a run, by paths as the page shows them."""
    place = served_by(request).folder.place
    problems = [problem.replace(str(place), place.name) for problem in error.problems]
    return page(request, "problem.html", 409, title="This cannot be shown", problems=problems)
