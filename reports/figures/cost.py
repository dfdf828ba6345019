"""Figures of what a plan costs and earns, each from its tables alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..content import cost as cost_content
from ..language import say
from ..results.hours import kinds_of
from ..results.results import Results, kpi, phases
from ..words import MINUS, name_in_words, number, phase_in_words, shown_unit
from . import style
from .chart_data import owner_parts, yearly_costs
from .drawing import blank, legend, patches, thousands

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def waterfall(results: Results) -> Figure | None:
    """Draw the yearly cost of the last phase in steps from its parts to the total; None if nothing costs.

    Beside each step stands what it adds to an H100-hour, where there is work.
    """
    last = phases(results)[-1]
    steps = cost_content.steps(results, last)
    total = sum(step.usd_per_year for step in steps)
    if not steps or total <= 0:
        return None
    factor, unit = shown_unit("USD/yr", total)
    work = kpi(results, last, "compute_delivered")
    with style.applied():
        figure, axes = blank(1, 1, 0.6 + 0.24 * (len(steps) + 1))
        axis: Axes = axes[0, 0]
        reached = 0.0
        for place, step in enumerate(steps):
            usd = factor * step.usd_per_year
            axis.barh(place, usd, 0.62, reached, color=style.FAMILIES[step.family][0])
            axis.plot([reached + usd] * 2, [place - 0.31, place + 1.31], color=style.INK, lw=0.5)
            reached += usd
            _told(axis, max(reached, reached - usd), place, step.usd_per_year, factor, work)
        axis.barh(len(steps), reached, 0.62, color=style.INK)
        _told(axis, reached, len(steps), total, factor, work)
        axis.set_yticks(range(len(steps) + 1), [*(step.name for step in steps), say("Total")])
        axis.invert_yaxis()
        axis.tick_params(axis="y", length=0)
        axis.set_xlim(0, 1.42 * reached)
        axis.set_xticks([tick for tick in axis.get_xticks() if tick <= 1.02 * reached])
        axis.set_xlabel(unit)
        axis.xaxis.set_major_formatter("{x:,.0f}" if reached > 5 else "{x:,.3g}")
    return figure


def _told(axis: Axes, end: float, place: int, usd: float, factor: float, work: float | None) -> None:
    text = number(factor * usd)
    if work:
        text = say("{amount}, {each} USD per H100-hour", amount=text, each=f"{usd / work:.3f}".replace("-", MINUS))
    axis.text(end, place, f"\N{NO-BREAK SPACE}{text}", va="center", fontsize=7.5)


def costs(results: Results) -> Figure | None:
    """Draw annual cost by component and phase, with and without the accelerators; None if nothing costs."""
    table = yearly_costs(results)
    if table is None:
        return None
    kinds = kinds_of(results)
    compute = [name for name in table.index if style.family(str(name), kinds.get(str(name), "")) == "compute"]
    parts = [(say("Everything"), table)]
    if compute and len(compute) < len(table):
        parts.append((say("Without the accelerators"), table.drop(index=compute)))
    names = [str(name) for name in table.index]
    colours = style.colours(names, kinds)
    with style.applied():
        figure, axes = blank(len(parts), 1, (0.75 + 0.28 * table.shape[1]) * len(parts) + 0.35)
        for axis, (title, part) in zip(axes[:, 0], parts, strict=True):
            _cost_bars(axis, part, [name for name in names if name in part.index], colours)
            axis.set_title(title)
        legend(figure, patches(names, colours), [name_in_words(name) for name in names])
    return figure


def _cost_bars(axis: Axes, table: pd.DataFrame, names: Sequence[str], colours: dict[str, str]) -> None:
    factor, unit = shown_unit("USD/yr", float(table.sum().abs().max()))
    places = np.arange(table.shape[1])
    right, left = np.zeros(len(places)), np.zeros(len(places))
    for name in names:
        width = table.loc[name].to_numpy() * factor
        axis.barh(places, width, 0.6, np.where(width >= 0, right, left), color=colours[name], ec="white", lw=0.4)
        right += np.maximum(width, 0)
        left += np.minimum(width, 0)
    for place, end, total in zip(places, right, table.sum().to_numpy() * factor, strict=True):
        axis.text(float(end), float(place), f"\N{NO-BREAK SPACE}{number(float(total))}", va="center")
    axis.set_yticks(places, [phase_in_words(str(phase)) for phase in table.columns])
    axis.invert_yaxis()
    axis.set_xlim(1.05 * min(left.min(), 0), 1.1 * max(right.max(), 1e-9))
    axis.tick_params(axis="y", length=0)
    axis.grid(axis="x")
    axis.set_xlabel(unit)
    axis.xaxis.set_major_formatter("{x:,.0f}" if right.max() > 5 else "{x:,.3g}")


def cash_flow(results: Results) -> Figure | None:
    """Draw what the owner gets and pays by year, and its running sum beside the debt; None without such a table.

    Plant, loans and resale are drawn as one: what the owner pays for plant out of its own pocket.
    """
    parts = owner_parts(results)
    if parts is None:
        return None
    table = results.tables["cash_flow"]
    largest = float(pd.concat([parts.clip(lower=0).sum(axis=1), -parts.clip(upper=0).sum(axis=1)]).max())
    factor, unit = shown_unit("USD/yr", largest)
    _, total_unit = shown_unit("USD", largest)
    years = [int(str(start)[:4]) for start in table["start"]]
    with style.applied():
        figure, axes = blank(1, 2, 2.7, widths=[1.5, 1])
        in_year, so_far = axes[0]
        _flow_bars(in_year, years, parts * factor)
        in_year.plot(years, table["equity"] * factor, "o-", color=style.INK, ms=3, lw=0.9, label=say("To the owner"))
        so_far.plot(years, table["equity_sum"] * factor, "o-", color=style.INK, ms=3, lw=0.9, label=say("To the owner"))
        if table["debt"].abs().max() > 0:
            so_far.plot(
                years, table["debt"] * factor, "s--", color=style.CASH_FLOW["Interest"], ms=3, lw=0.9, label=say("Debt")
            )
        for axis, title, shown in (
            (in_year, say("In the year"), unit),
            (so_far, say("Since the start"), total_unit),
        ):
            axis.set_title(title)
            axis.set_ylabel(shown)
            axis.axhline(0, color=style.INK, lw=0.6)
            axis.xaxis.get_major_locator().set_params(integer=True)
            axis.grid(axis="y")
            thousands(axis)
        drawn = [axis.get_legend_handles_labels() for axis in (in_year, so_far)]
        known = {label: handle for handles, labels in drawn for handle, label in zip(handles, labels, strict=True)}
        legend(figure, known.values(), list(known))
    return figure


def _flow_bars(axis: Axes, years: Sequence[int], parts: pd.DataFrame) -> None:
    above, below = np.zeros(len(years)), np.zeros(len(years))
    for title in map(str, parts.columns):
        height = parts[title].to_numpy()
        base = np.where(height >= 0, above, below)
        axis.bar(years, height, 0.75, base, color=style.CASH_FLOW[title], ec="white", lw=0.3, label=say(title))
        above, below = above + np.maximum(height, 0), below + np.minimum(height, 0)
