"""Figures of a comparison: costs side by side, the frontier of cost and carbon, the tornado of a sensitivity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..content import cost as cost_content
from ..figures import style
from ..figures.drawing import blank, legend, patches
from ..language import say
from ..results.results import Results, phases
from ..words import number, shown_unit
from .comparing import (
    SENSITIVITY,
    carbon,
    cost,
    frontier,
    input_in_words,
    last_kpi,
    middle,
    swings,
    titles,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEAST_SPAN = 0.02
MOST_SWINGS = 15
"""Inputs of a tornado; those that move less are in the table only."""


def costs(runs: Sequence[Results]) -> Figure | None:
    """Draw the yearly cost of the last phase by family, a bar for each run; None if nothing costs."""
    parts = [{s.family: s.usd_per_year for s in cost_content.steps(run, phases(run)[-1])} for run in runs]
    families = [name for name in style.FAMILIES if any(each.get(name) for each in parts)]
    if not families:
        return None
    colours = {name: style.FAMILIES[name][0] for name in families}
    factor, unit = shown_unit("USD/yr", max(sum(each.values()) for each in parts))
    with style.applied():
        figure, axes = blank(1, 1, 0.8 + 0.2 * len(runs))
        axis: Axes = axes[0, 0]
        places = np.arange(len(runs))
        right, left = np.zeros(len(runs)), np.zeros(len(runs))
        for name in families:
            width = factor * np.array([each.get(name, 0.0) for each in parts])
            axis.barh(places, width, 0.62, np.where(width >= 0, right, left), color=colours[name], ec="white", lw=0.4)
            right, left = right + np.maximum(width, 0), left + np.minimum(width, 0)
        for place, (end, each) in enumerate(zip(right, parts, strict=True)):
            axis.text(float(end), place, f"\N{NO-BREAK SPACE}{number(factor * sum(each.values()))}", va="center")
        axis.set_yticks(places, [f"{place + 1}  {label}" for place, label in enumerate(titles(runs))])
        axis.invert_yaxis()
        axis.tick_params(axis="y", length=0)
        axis.set_xlim(1.05 * min(left.min(), 0), 1.12 * max(right.max(), 1e-9))
        axis.set_xlabel(unit)
        axis.grid(axis="x")
        axis.xaxis.set_major_formatter("{x:,.0f}" if right.max() > 5 else "{x:,.3g}")
        legend(figure, patches(families, colours), [cost_content.family_in_words(name) for name in families])
    return figure


def cost_and_carbon(runs: Sequence[Results]) -> Figure | None:
    """Draw cost against CO2, a numbered point for each run, and the frontier; None where fewer than two are known.

    Runs of a sensitivity are left out: in them the world differs, not what is decided.
    """
    known = [
        (place, c, g)
        for place, run in enumerate(runs)
        if run.run.get("sweep", {}).get("kind") != SENSITIVITY
        and (c := cost(run)) is not None
        and (g := carbon(run)) is not None
    ]
    if len(known) < 2:
        return None
    by_hour = all(last_kpi(run, "cost_per_gpu_hour") is not None for run in runs)
    scale, unit = (1.0, "") if by_hour else shown_unit("USD/yr", max(c for _, c, _ in known))
    points = [(scale * c, g) for _, c, g in known]
    best = frontier(points)
    with style.applied():
        figure, axes = blank(1, 1, 3.0)
        axis: Axes = axes[0, 0]
        axis.step(
            *zip(*(points[n] for n in best), strict=True),
            where="post",
            color=style.FAMILIES["storage"][0],
            lw=1.2,
            label=say("Frontier"),
        )
        for number_, (place, _, _) in enumerate(known):
            colour = style.FAMILIES["storage"][0] if number_ in best else style.FAMILIES["grid"][0]
            axis.plot(*points[number_], "o", ms=12, color=colour, mec="white")
            axis.annotate(str(place + 1), points[number_], ha="center", va="center", color="white", fontsize=7.5)
        axis.set_xlabel(say("USD per H100-hour, everything included") if by_hour else unit)
        axis.set_ylabel(say("g of CO2 per H100-hour") if by_hour else say("t of CO2 a year"))
        axis.set_xlim(*_around([x for x, _ in points]))
        axis.set_ylim(*_around([y for _, y in points]))
        axis.ticklabel_format(useOffset=False)
        axis.grid(visible=True)
        axis.legend()
    return figure


def _around(values: Sequence[float]) -> tuple[float, float]:
    """Return limits of an axis around values, at least two per cent either way, so that trifles look like trifles."""
    middle, half = (max(values) + min(values)) / 2, (max(values) - min(values)) / 2
    wide = max(1.15 * half, LEAST_SPAN * abs(middle), 1e-9)
    return middle - wide, middle + wide


def tornado(runs: Sequence[Results]) -> Figure | None:
    """Draw how far each input of a sensitivity moves the cost; None where no run is of one."""
    found, reference = swings(runs)[:MOST_SWINGS], cost(middle(runs))
    if not found or reference is None:
        return None
    by_hour = last_kpi(middle(runs), "cost_per_gpu_hour") is not None
    scale, unit = (1.0, "") if by_hour else shown_unit("USD/yr", reference)
    low_colour, high_colour = style.FAMILIES["cooling"][0], style.FAMILIES["gas"][0]
    with style.applied():
        figure, axes = blank(1, 1, 0.9 + 0.27 * len(found))
        axis: Axes = axes[0, 0]
        for place, swing in enumerate(found):
            for end, colour in ((swing.low, low_colour), (swing.high, high_colour)):
                if end is not None:
                    moved = scale * (end[1] - reference)
                    axis.barh(place, moved, 0.62, scale * reference, color=colour)
                    side = "left" if moved >= 0 else "right"
                    pad = "\N{NO-BREAK SPACE}"
                    axis.text(scale * end[1], place, f"{pad}{end[0]}{pad}", va="center", ha=side, fontsize=7.5)
        axis.axvline(scale * reference, color=style.INK, lw=0.8)
        axis.set_yticks(range(len(found)), [input_in_words(swing.path) for swing in found])
        axis.invert_yaxis()
        axis.tick_params(axis="y", length=0)
        axis.margins(x=0.25)
        axis.grid(axis="x")
        axis.set_xlabel(say("USD per H100-hour, everything included") if by_hour else unit)
        colours = {"low": low_colour, "high": high_colour}
        legend(figure, patches(colours, colours), [say("Low end of the input"), say("High end of the input")])
    return figure
