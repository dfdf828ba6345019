"""What every figure of a plan is made of: blank axes, legends, thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..results.hours import duration
from ..words import MINUS
from . import style

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEGEND_LETTERS = 100
"""Letters of a legend beside each other, with patches and gaps."""


def blank(
    rows: int, columns: int, height_inches: float, *, share_y: bool = False, widths: Sequence[float] | None = None
) -> tuple[Figure, NDArray[np.object_]]:
    """Return a figure as wide as the page, and its axes."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(style.WIDTH_INCHES, height_inches))
    axes = figure.subplots(rows, columns, squeeze=False, sharey=share_y, width_ratios=widths)
    return figure, np.asarray(axes, dtype=object)


def legend(figure: Figure, handles: Iterable[Artist], labels: Sequence[str], *, lines: bool = False) -> None:
    """Put a legend below the axes, in as few rows of equal length as its labels allow; ``lines`` show their dashes."""
    if not labels:
        return
    across = max(1, LEGEND_LETTERS // (max(map(len, labels)) + (7 if lines else 5)))
    rows = -(-len(labels) // across)
    figure.legend(
        list(handles),
        list(labels),
        loc="outside lower center",
        ncols=-(-len(labels) // rows),
        handlelength=2.4 if lines else 1.0,
    )


def patches(names: Iterable[str], colours: Mapping[str, str]) -> list[Artist]:
    """Return a patch of colour for each name."""
    from matplotlib.patches import Patch

    return [Patch(color=colours[name]) for name in names]


def thousands(axis: Axes) -> None:
    """Write large numbers of the vertical axis with separators."""
    low, high = axis.get_ylim()
    if max(abs(low), abs(high)) >= 20:
        from matplotlib.ticker import FuncFormatter

        axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}".replace("-", MINUS)))


def sorted_line(
    axis: Axes, values: NDArray[np.float64], counted: NDArray[np.float64], colour: str, dash: str, label: str
) -> None:
    """Draw a duration curve: values in falling order over the share of the hours in which they are reached."""
    axis.plot(*duration(values, counted), color=colour, ls=dash, lw=1.3, label=label)
