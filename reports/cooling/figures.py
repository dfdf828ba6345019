"""Figures of a cooling comparison with a row per option: cost by reason, PUE and water, redundancy."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..figures import style
from .content import INSTEAD_OF_RANK, SCHEMES, redundancy
from .results import CoolingResults

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW_INCHES, CLOSE_INCHES, FRAME_INCHES = 0.26, 0.215, 0.75
FEW = 10  # rows that need not stand close
LABEL_LETTERS = 40
CUT = 2.2
"""A bar longer than so many times the median is cut off and says so."""


def _rows(
    results: CoolingResults, place: str, columns: int, widths: Sequence[float] | None = None
) -> tuple[Figure, list[Axes], pd.DataFrame]:
    """Return a figure with a row per option, best on top, and its options written on the left."""
    from matplotlib.figure import Figure

    table = results.of(place)
    height = FRAME_INCHES + (ROW_INCHES if len(table) <= FEW else CLOSE_INCHES) * max(3, len(table))
    figure = Figure(figsize=(style.WIDTH_INCHES, height))
    axes = list(figure.subplots(1, columns, squeeze=False, sharey=True, width_ratios=widths)[0])
    labels = [
        f"{INSTEAD_OF_RANK.get(standing, rank)}  {_short(label)}"
        for label, rank, standing in zip(table["label"], table["rank"], table["standing"], strict=True)
    ]
    axes[0].set_yticks(range(len(table)), labels, fontsize=7.2, linespacing=0.9)
    axes[0].set_ylim(len(table) - 0.4, -0.6)
    for axis in axes:
        axis.tick_params(axis="y", length=0)
        axis.grid(axis="x")
    return figure, axes, table


def _short(label: str) -> str:
    """Return a label in at most two lines."""
    return "\n".join(textwrap.wrap(label, LABEL_LETTERS, max_lines=2, placeholder=" …"))


def costs(results: CoolingResults, place: str) -> Figure:
    """Draw USD per MWh of IT by reason, a stacked bar per option."""
    hours_mw = 8760.0 * results.run["load"]["it_mw"]
    table = results.costs[results.costs["place"] == place]
    rates = table.pivot_table(index="option", columns="reason", values="usd_per_year", aggfunc="sum") / hours_mw
    reasons = [reason for reason in (*style.COST_REASONS, *rates.columns) if reason in rates.columns]
    reasons = [reason for reason in dict.fromkeys(reasons) if rates[reason].abs().max() > 0.005]
    with style.applied():
        figure, (axis,), order = _rows(results, place, 1)
        rates = rates.reindex(order["option"]).fillna(0.0)
        left = np.zeros(len(order))
        for reason in reasons:
            colour, hatch = style.COST_REASONS.get(reason, (style.FAMILIES["other"][0], ""))
            width = rates[reason].to_numpy()
            axis.barh(range(len(order)), width, 0.72, left, color=colour, hatch=hatch, ec="white", lw=0.5, label=reason)
            left += width
        end = _end(left)
        for row, total in enumerate(left.tolist()):
            cut = total > end
            text = f" {total:,.2f}" + (" (bar cut)" if cut else "")
            axis.text(min(total, end), row, text, va="center", fontsize=7.5, clip_on=False)
        axis.set_xlim(0, end * (1.0 if left.max() > end else 1.1))
        axis.set_xlabel("USD per MWh of IT")
        figure.legend(loc="outside lower center", ncols=len(reasons) if len(reasons) <= 8 else 5)
    return figure


def _end(totals: np.ndarray) -> float:
    """Return where the axis ends: at the longest bar, or before it if that would squash the others."""
    middle = np.nanquantile(totals, 0.5, method="lower")
    return float(min(np.nanmax(totals), max(CUT * middle, 1e-9)))


def pue_and_water(results: CoolingResults, place: str) -> Figure:
    """Draw PUE over the year and in the worst hour of the design days, water per energy and its peak rate."""
    with style.applied():
        figure, (pue, water, rate), table = _rows(results, place, 3, (2.1, 1.0, 1.0))
        year, design = table["pue_annual"].to_numpy(), table["pue_design"].to_numpy()
        rows = np.arange(len(table))
        pue.hlines(rows, year, design, color=style.INK, lw=1.0)
        pue.plot(table["pue_p99_6"], rows, ls="", marker="|", ms=7, color=style.INK, label="exceeded in 35 h")
        pue.plot(year, rows, ls="", marker="o", ms=5, color=style.FAMILIES["cooling"][0], label="year")
        pue.plot(design, rows, ls="", marker="o", ms=5, mfc="white", mec=style.INK, label="design hour")
        pue.set_xlim(right=pue.get_xlim()[1] + 0.02)
        pue.set_xlabel("PUE")
        for axis, name, text, form in (
            (water, "wue_annual", "Water, L/kWh of IT", "{:.2f}"),
            (rate, "water_peak", "Peak water, L/s", "{:,.0f}"),
        ):
            values = table[name].to_numpy()
            axis.barh(rows, values, 0.6, color=style.COST_REASONS["water"][0], ec=style.INK, lw=0.4)
            for row, value in enumerate(values.tolist()):
                axis.text(value, row, f" {form.format(value)}" if value > 0 else " none", va="center", fontsize=7)
            axis.set_xlim(0, 1.35 * max(values.max(), 1e-9))
            axis.set_xlabel(text)
        figure.legend(*pue.get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure


def schemes(results: CoolingResults, place: str) -> Figure | None:
    """Draw cost and annual PUE with N, N+1 and 2N; None if nothing was swept."""
    wide = redundancy(results, place)
    if wide.empty:
        return None
    with style.applied():
        figure, axes, table = _rows(results, place, 2, (1.4, 1.0))
        wide = wide.reindex(table["option"])
        rows = np.arange(len(table))
        fills = dict(zip(SCHEMES, ("white", style.lighter(style.INK, 0.55), style.INK), strict=True))
        for axis, name, text in (
            (axes[0], "cost_per_it_mwh", "USD per MWh of IT"),
            (axes[1], "pue_annual", "PUE over the year"),
        ):
            values = wide[name][list(SCHEMES)].to_numpy()
            far = values > _end(values.max(axis=1))
            shown = np.where(far, np.nan, values)
            for column, scheme in enumerate(SCHEMES):
                axis.plot(shown[:, column], rows, "o", ms=5, mfc=fills[scheme], mec=style.INK, label=scheme, zorder=3)
            for row in range(len(table)):
                near = shown[row][np.isfinite(shown[row])]
                if near.size:
                    axis.hlines(row, near.min(), near.max(), lw=0.8, color=style.INK)
                if far[row].any():
                    said = f"from {values[row].min():,.0f}" if far[row].all() else f"up to {values[row].max():,.0f}"
                    across = axis.get_yaxis_transform()
                    axis.text(0.98, row, said, transform=across, ha="right", va="center", fontsize=7)
            axis.set_xlabel(text)
        figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure
