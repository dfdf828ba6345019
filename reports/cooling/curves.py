"""Curves of a cooling comparison: over supply temperature and liquid share, and the overhead of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..figures import style
from .figures import CUT
from .results import RANKED, REFERENCE, CoolingResults

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS = (
    ("#0072b2", "-", "o"), ("#d55e00", "--", "s"), ("#1b2430", "-.", "^"), ("#009e73", ":", "D"),
    ("#aa4499", (0, (5, 1)), "v"), ("#a6761d", (0, (1, 1)), "P"), ("#56b4e9", (0, (3, 1, 1, 1)), "X"),
)  # fmt: skip
"""Colour, dash and marker of a curve: each alone tells curves apart."""

PANELS = {
    "supply": (
        "Facility water supply (°C)",
        (
            ("trim_hours", "Chiller hours a year"),
            ("pue_design", "PUE, design hour"),
            ("cost_per_it_mwh", "USD/MWh of IT"),
        ),
    ),
    "liquid_share": (
        "Share of the heat in the liquid (%)",
        (("pue_annual", "PUE, year"), ("pue_design", "PUE, design hour"), ("cost_per_it_mwh", "USD/MWh of IT")),
    ),
}
"""Sweep -> name of its axis, and the figures that are drawn over it."""

CLASSES_C = (17, 27, 32, 40, 45)
"""Warmest supply of the ASHRAE classes W17 to W45."""

SHOWN = 6
"""Curves of the duration figure: the best so many and the references."""


def sweeps(results: CoolingResults, place: str) -> Figure | None:
    """Draw what supply temperature and liquid share change, a curve per option; None if no option was swept."""
    from matplotlib.figure import Figure

    table = results.sweeps[(results.sweeps["place"] == place) & results.sweeps["sweep"].isin(list(PANELS))]
    options = [option for option in results.of(place)["option"] if option in set(table["option"])]
    if not options:
        return None
    with style.applied():
        figure = Figure(figsize=(style.WIDTH_INCHES, 4.3 + 0.17 * ((len(options) + 1) // 2)))
        grid = figure.subplots(len(PANELS), 3)
        for axes, (name, (title, panels)) in zip(grid, PANELS.items(), strict=True):
            for axis, (quantity, heading) in zip(axes, panels, strict=True):
                rows = table[(table["sweep"] == name) & (table["name"] == quantity)]
                _curves(axis, rows, options, results.labels, 100.0 if name == "liquid_share" else 1.0)
                axis.set_title(heading)
                axis.set_xlabel(title)
                axis.grid(axis="y")
                if name == "supply":
                    axis.set_xticks(CLASSES_C, [f"{c}" for c in CLASSES_C])
                    _limit(axis, results.run["load"]["warmest_water_c"], written=axis is axes[0])
        figure.legend(*grid[0][0].get_legend_handles_labels(), loc="outside lower center", ncols=2, handlelength=3.2)
    return figure


def _curves(axis: Axes, rows: pd.DataFrame, options: list[str], labels: dict[str, str], factor: float) -> None:
    lowest, cut = float(rows["value"].min()), False
    for number, option in enumerate(options):
        own = rows[rows["option"] == option]
        colour, dash, marker = LOOKS[number % len(LOOKS)]
        x = factor * own["setting"].astype(float).to_numpy()
        y = own["value"].to_numpy()
        cut = cut or (rows["name"].iloc[0] == "cost_per_it_mwh" and bool((y > CUT * lowest).any()))
        axis.plot(x, y, color=colour, ls=dash, marker=marker, ms=3.2, lw=1.2, label=labels[option])
    if cut:
        axis.set_ylim(0.95 * lowest, CUT * lowest)
    elif rows["name"].iloc[0] == "trim_hours":
        axis.set_ylim(bottom=0)


def _limit(axis: Axes, warmest_c: float, *, written: bool) -> None:
    """Mark the warmest water that the platform accepts."""
    axis.axvline(warmest_c, color=style.INK, lw=0.8, ls=(0, (2, 2)))
    if written:
        axis.annotate(
            "platform's limit ", (warmest_c, 0.97), xycoords=("data", "axes fraction"), ha="right", va="top",
            fontsize=7, rotation=90,
        )  # fmt: skip


def duration(results: CoolingResults, place: str) -> Figure:
    """Draw facility over IT power, sorted, for the best options and the references."""
    from matplotlib.figure import Figure

    order = results.of(place, RANKED, REFERENCE)
    shown = [*order[order["standing"] == RANKED]["option"][:SHOWN], *order[order["standing"] == REFERENCE]["option"]]
    if not shown:
        shown = list(results.of(place)["option"][:SHOWN])
    table = results.overhead[results.overhead["place"] == place]
    with style.applied():
        figure = Figure(figsize=(style.WIDTH_INCHES, 2.35 + 0.17 * ((len(shown) + 1) // 2)))
        axis = figure.subplots()
        for number, option in enumerate(shown):
            own = table[table["option"] == option]
            colour, dash, _ = LOOKS[number % len(LOOKS)]
            x, y = own["percent_of_hours"].to_numpy(), own["facility_over_it"].to_numpy()
            axis.plot(x, y, color=colour, ls=dash, lw=1.3, label=results.labels[option])
        axis.set_xlim(0, 100)
        axis.set_xlabel("Share of the hours (%)")
        axis.set_ylabel("Facility over IT power\nreached or exceeded")
        axis.grid(axis="y")
        figure.legend(*axis.get_legend_handles_labels(), loc="outside lower center", ncols=2, handlelength=3.2)
    return figure
