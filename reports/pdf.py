"""The PDF of one run, from its directory alone."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from . import figures, style
from .content import content
from .results import Results, phases
from .directories import replacing
from .run_directory import read
from .words import phase_in_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "report.pdf"
Paper = Literal["a4", "us-letter"]

FIGURES: dict[str, Callable[[Results], Figure | None]] = {
    "capacities": figures.capacities,
    "costs": figures.costs,
    "pue": figures.pue,
    "load_duration": figures.load_duration,
}
"""Figures of the report by the name under which its template knows them."""


def write(directory: Path | str, *, paper: Paper = "a4") -> Path:
    """Write ``report.pdf`` into a run directory, whole or not at all.

    Parameters
    ----------
    directory : path
        A run directory.
    paper : {"a4", "us-letter"}
        Paper size.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    RunDirectoryError
        If the directory is no complete run, was edited, or cannot be written to.
    """
    target = Path(directory) / FILE
    document = render(read(directory), paper=paper)
    with replacing(target) as partial:
        partial.write_bytes(document)
    return target


def render(results: Results, *, paper: Paper = "a4") -> bytes:
    """Return the report as PDF; the same results give the same bytes."""
    import typst

    drawn = {name: figure for name, draw in FIGURES.items() if (figure := draw(results)) is not None}
    weeks = []
    for place, phase in enumerate(phases(results)):
        if (figure := figures.dispatch_weeks(results, phase)) is not None:
            drawn[f"week_{place}"] = figure
            weeks.append({"file": f"week_{place}", "phase": phase_in_words(phase)})
    data = {
        **content(results),
        "figures": list(drawn),
        "weeks": weeks,
        "paper": paper,
        "heading": "Site plan",
        "program": f"gigasite {metadata.version('gigasite')}",
        "fonts": [style.TYPEFACE],
    }
    text = json.dumps(data, ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="gigasite-") as folder:
        root = Path(folder)
        (root / "report.typ").write_bytes(resources.files("gigasite.reports").joinpath("report.typ").read_bytes())
        (root / "data.json").write_text(text, encoding="utf-8")
        for name, figure in drawn.items():
            (root / f"{name}.svg").write_bytes(style.svg(figure))
        embedded = not _beyond_embedded_fonts(text)
        return bytes(typst.compile(root / "report.typ", root=root, ignore_system_fonts=embedded, timestamp=0))


def _beyond_embedded_fonts(text: str) -> bool:
    """Tell whether the text uses scripts that only fonts of the system can print, such as Chinese or Arabic."""
    return any(0x0530 <= ord(letter) < 0x1E00 or ord(letter) >= 0x2C00 for letter in set(text))
