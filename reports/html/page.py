"""The page of one run or several: one file, from the run directories alone, that asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigasite.models.plan_tables import COLUMNS, CORE

from ..content.plan import content
from ..results.directories import replacing
from ..results.results import Results, phases
from ..results.run_directory import Run, read
from ..results.run_files import table_as_text
from .charts import charts
from .hourly import MISSING, STEPS, hourly
from .sections import first_table, sections
from .theme import DARK, LIGHT, variables

if TYPE_CHECKING:
    from markupsafe import Markup

FILE = "report.html"
SCRIPTS = ("page.js", "page_tables.js", "page_hours.js", "page_charts.js")

SPACE = 6_000_000
"""Letters that the hours may take; the page without them has about 5 MB."""

SPARED: tuple[tuple[str, ...], ...] = ((), ("other", "work"), ("other", "work", "price", "stored"))
"""Views that are left out, more and more, until the hours fit."""


def write(directory: Path | str) -> Path:
    """Write ``report.html`` into a run directory, whole or not at all.

    Raises
    ------
    RunDirectoryError
        If the directory is no complete run, was edited, or cannot be written to.
    """
    target = Path(directory) / FILE
    document = render([read(directory)])
    with replacing(target) as partial:
        partial.write_text(document, encoding="utf-8", newline="\n")
    return target


def render(runs: Sequence[Results], *, title: str = "") -> str:
    """Return the page of some runs, the first of them in view; the same runs give the same text.

    Parameters
    ----------
    runs : sequence of Results
        At least one; a page of several has a switch between them.
    title : str
        Of the page; the site and scenario of the first run if not given.
    """
    from jinja2 import Environment, StrictUndefined
    from plotly.offline import get_plotlyjs

    hours = _fitting(runs)
    told = [_told(results, place, hours[place]) for place, results in enumerate(runs)]
    scripts = [_text(name) for name in SCRIPTS]
    data = {
        "runs": [one["data"] for one in told],
        "themes": [LIGHT, DARK],
        "missing": MISSING,
        "steps": STEPS,
    }
    code = {"page": "\n".join(scripts), "plotly": get_plotlyjs().strip(), "start": "gigasite.start();"}
    page = {
        "title": title or f"{told[0]['said']['site']}, {told[0]['said']['scenario']}",
        "program": f"gigasite {metadata.version('gigasite')}",
        "runs": told,
        "style": _raw(f":root{{{variables(LIGHT)}}}{_dark()}{_text('page.css')}"),
        "data": as_script(data),
        "code": {name: _raw(one) for name, one in code.items()},
        "policy": _policy(code.values()),
    }
    template = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return template.from_string(_text("report.html")).render(page) + "\n"


def as_script(data: Any) -> Markup:
    """Return data as JSON that cannot end the script element that it stands in, whatever its text says."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return _raw(text)


def _fitting(runs: Sequence[Results]) -> list[dict[str, Any]]:
    """Return the hours of each run with as many views as there is space for; flows and measures always stay."""
    for leave_out in SPARED:
        hours = [hourly(results, leave_out=leave_out) for results in runs]
        if sum(len(packed["data"]) for one in hours for packed in one["packed"]) <= SPACE:
            break
    return hours


def _told(results: Results, place: int, hours: dict[str, Any]) -> dict[str, Any]:
    """Return a run as the template and the scripts want it."""
    said, drawn = content(results), {**charts(results), "hourly": hours}
    return {
        "place": place,
        "said": said,
        "first": first_table(said),
        "sections": sections(said, drawn),
        "data": {
            "name": f"{said['site']}, {said['scenario']}",
            "phases": said["phases"],
            "phase_names": phases(results),
            "charts": drawn,
            "files": files(results),
        },
    }


def files(results: Results) -> dict[str, str]:
    """Return every table of a run as the text of its file: the file itself where there is one."""
    tables = {**{name: getattr(results, name) for name in CORE}, **results.tables}
    return {
        f"{name}.csv": (results.directory / f"{name}.csv").read_text(encoding="utf-8")
        if isinstance(results, Run)
        else table_as_text(tables[name], columns)
        for name, columns in COLUMNS.items()
        if name in tables
    }


def _dark() -> str:
    """Return the dark colours: as the system says, unless the reader chose otherwise."""
    dark = f"{variables(DARK)}color-scheme:dark;"
    return f'@media screen{{:root[data-theme="dark"]{{{dark}}}}}' + (
        f'@media screen and (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}'
    )


def _policy(code: Iterable[str]) -> str:
    """Return what the page may do: run these scripts, nothing else, and load nothing from anywhere."""
    digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in code]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:;"
        " base-uri 'none'; form-action 'none'"
    )


def _text(name: str) -> str:
    return resources.files("gigasite.reports.html").joinpath(name).read_text(encoding="utf-8").strip()


def _raw(text: str) -> Markup:
    from markupsafe import Markup

    return Markup(text)  # the program's own text, or text that `as_script` made harmless
