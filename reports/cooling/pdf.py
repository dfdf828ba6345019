"""The PDF and the charts of a cooling comparison, from its directory alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..figures import style
from ..pages.typesetting import Paper, typeset
from ..results.directories import replacing
from . import curves as cooling_curves
from . import figures as cooling_figures
from .content import content
from .directory import read
from .results import CoolingResults

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "report.pdf"


def write(directory: Path | str, *, paper: Paper = "a4", drawn: Mapping[str, bytes] | None = None) -> Path:
    """Write ``report.pdf`` into the directory of a comparison, whole or not at all.

    Parameters
    ----------
    directory : path
        Of a comparison.
    paper : {"a4", "us-letter"}
        Paper size.
    drawn : mapping of str to bytes, optional
        What `charts` made of the same comparison; it saves drawing twice.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    RunDirectoryError
        If the directory is no complete comparison, was edited, or cannot be written to.
    """
    target = Path(directory) / FILE
    document = render(read(directory), paper=paper, drawn=drawn)
    with replacing(target) as partial:
        partial.write_bytes(document)
    return target


def render(results: CoolingResults, *, paper: Paper = "a4", drawn: Mapping[str, bytes] | None = None) -> bytes:
    """Return the report as PDF; the same results give the same bytes."""
    if drawn is None:
        pictures = {name: style.svg(figure) for name, figure in figures(results).items()}
    else:
        pictures = {name.removesuffix(".svg"): content for name, content in drawn.items() if name.endswith(".svg")}
    return typeset("cooling.typ", content(results), pictures, heading="Cooling comparison", paper=paper)


def figures(results: CoolingResults) -> dict[str, Figure]:
    """Return every figure, by a name that ends with the key of its place."""
    found: dict[str, Figure | None] = {}
    for place in results.names:
        found[f"costs-{place}"] = cooling_figures.costs(results, place)
        found[f"pue-water-{place}"] = cooling_figures.pue_and_water(results, place)
        found[f"sweeps-{place}"] = cooling_curves.sweeps(results, place)
        found[f"redundancy-{place}"] = cooling_figures.schemes(results, place)
        found[f"duration-{place}"] = cooling_curves.duration(results, place)
    return {name: figure for name, figure in found.items() if figure is not None}


def charts(results: CoolingResults) -> dict[str, bytes]:
    """Return every figure as the content of an SVG and of a PNG file, by file name."""
    found = {}
    for name, figure in figures(results).items():
        found[f"{name}.svg"] = style.svg(figure)
        figure.set_layout_engine("none")  # the places of all parts are known now; finding them takes most of the time
        found[f"{name}.png"] = style.png(figure)
    return found
