"""Figures of a plan, each from its tables alone; every axis names its unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xarray as xr

from ..language import current, say
from ..results.hours import (
    Week,
    facility_load_mw,
    grid_import_mw,
    hours_of_a_year,
    kinds_of,
    on_bus,
    pue_of,
    weeks,
)
from ..results.results import Results, phases
from ..words import (
    MONTHS,
    WEEKDAYS,
    day_in_words,
    name_in_words,
    phase_in_words,
    row,
    shown_unit,
)
from . import style
from .chart_data import supply_sizes
from .drawing import blank, legend, patches, sorted_line, thousands

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NEGLIGIBLE = 1e-3
"""Share of the largest below which a flow is left out of a stack."""


def capacities(results: Results) -> Figure | None:
    """Draw the sizes of supply by phase as stacked bars, in MW; None if the plan has none."""
    kinds = kinds_of(results)
    sizes = supply_sizes(results)
    if sizes is None:
        return None
    names = [str(name) for name in sizes.index]
    colours = style.colours(names, kinds)
    periods = phases(results)
    factor, unit = shown_unit("MW", float(sizes.sum().max()))
    with style.applied():
        figure, axes = blank(1, 1, 2.6)
        axis: Axes = axes[0, 0]
        base = np.zeros(len(periods))
        for name in names:
            height = sizes.loc[name].to_numpy() * factor
            axis.bar(range(len(periods)), height, 0.55, base, color=colours[name], ec="white", lw=0.5)
            base += height
        totals, _ = row((base / factor).tolist(), "MW")
        for place, (top, total) in enumerate(zip(base.tolist(), totals, strict=True)):
            axis.text(place, top, total, ha="center", va="bottom")
        axis.set_xticks(range(len(periods)), [phase_in_words(phase) for phase in periods])
        axis.set_xlim(-0.6, max(len(periods) - 0.4, 1.6))
        axis.set_ylim(0, 1.12 * max(base))
        axis.set_ylabel(say("Installed or connected ({unit})", unit=unit))
        axis.tick_params(axis="x", length=0)
        thousands(axis)
        legend(figure, patches(names, colours), [name_in_words(name) for name in names])
    return figure


def dispatch_weeks(results: Results, phase: str) -> Figure | None:
    """Draw what feeds the AC bus (above zero) and what it feeds (below) in two weeks of a phase; None without AC."""
    flows = on_bus(results, "ac", phase)
    if flows.empty:
        return None
    kinds = kinds_of(results)
    factor, unit = shown_unit("MW", float(flows.clip(lower=0).sum(axis=1).max()))
    keep = flows.abs().max() > NEGLIGIBLE * flows.abs().to_numpy().max()
    flows = flows.loc[:, keep] * factor
    names = style.order([str(name) for name in flows.columns], kinds)
    colours = style.colours(names, kinds)
    with style.applied():
        figure, axes = blank(1, 2, 2.75, share_y=True)
        for axis, week in zip(axes[0], weeks(results, phase), strict=True):
            _stack(axis, flows.iloc[week.hours], names, colours)
            axis.set_title(say("{title}: {dates}", title=say(week.title), dates=_dates(week)))
        axes[0, 0].set_ylabel(say("Supply above, use below ({unit})", unit=unit))
        thousands(axes[0, 0])
        legend(figure, patches(names, colours), [name_in_words(name) for name in names])
    return figure


def _stack(axis: Axes, flows: pd.DataFrame, names: Sequence[str], colours: dict[str, str]) -> None:
    hours = np.arange(len(flows) + 1)
    for sign in (1, -1):
        base = np.zeros(len(flows))
        for name in names:
            part = (sign * flows[name]).clip(lower=0).to_numpy()
            if not part.any():
                continue
            top = base + part
            low, high = (np.append(sign * edge, sign * edge[-1]) for edge in (base, top))
            axis.fill_between(hours, low, high, step="post", color=colours[name], lw=0)
            base = top
    axis.axhline(0, color=style.INK, lw=0.6)
    axis.set_xlim(0, len(flows))
    axis.set_xticks(np.arange(0, len(flows) + 1, 24), [])
    axis.set_xticks(
        np.arange(12, len(flows), 24), [say(WEEKDAYS[day.weekday()]) for day in flows.index[::24]], minor=True
    )
    axis.tick_params(axis="x", which="minor", length=0)
    axis.set_xlabel(say("Day of the week, local time"))
    axis.grid(axis="y")


def _dates(week: Week) -> str:
    first, last = week.first, week.last
    start = str(first.day) if first.month == last.month and current() == "en" else day_in_words(first)
    return say("{first} to {last}", first=start, last=day_in_words(last))


def pue(results: Results) -> Figure | None:
    """Draw PUE by hour and day of the last phase, and its duration curve in every phase; None without IT."""
    known = {phase: series for phase in phases(results) if (series := pue_of(results, phase)) is not None}
    if not known:
        return None
    last, counted = list(known)[-1], hours_of_a_year(results)
    with style.applied():
        figure, axes = blank(1, 2, 2.5, widths=[1.75, 1])
        _hour_by_day(figure, axes[0, 0], known[last], say("Phase {phase}", phase=phase_in_words(last)))
        axis: Axes = axes[0, 1]
        for place, (phase, series) in enumerate(known.items()):
            shade = style.lighter(style.FAMILIES["cooling"][0], 0.6 * (len(known) - 1 - place) / max(1, len(known) - 1))
            values = np.asarray(series.values, dtype=float)
            sorted_line(axis, values, counted, shade, "-", phase_in_words(phase))
        axis.set_xlim(0, 100)
        axis.set_xlabel(say("Share of the hours (%)"))
        axis.set_ylabel(say("PUE reached or exceeded"))
        axis.grid(axis="y")
        axis.legend(title=say("Phase"), title_fontsize=8)
        axis.set_title(say("Duration"))
    return figure


def _hour_by_day(figure: Figure, axis: Axes, series: xr.DataArray, title: str) -> None:
    times = pd.DatetimeIndex(series["time"].values)
    days = len(times) // 24
    picture = series.values[: days * 24].reshape(days, 24).T
    image = axis.imshow(
        picture, aspect="auto", origin="lower", cmap="cividis", extent=(0, days, 0, 24), interpolation="none"
    )
    starts = [place for place in range(days) if times[place * 24].day == 1 and times[place * 24].month % 2 == 1]
    axis.set_xticks(starts, [say(MONTHS[times[place * 24].month - 1]) for place in starts])
    axis.set_yticks([0, 6, 12, 18, 24])
    axis.set_ylabel(say("Hour of the day, local time"))
    axis.set_title(title)
    bar = figure.colorbar(image, ax=axis, pad=0.02, aspect=25)
    bar.outline.set_visible(False)
    bar.set_label("PUE")


def load_duration(results: Results) -> Figure | None:
    """Draw the sorted load of the facility and the sorted import from the grid, by phase; None without AC."""
    periods = [phase for phase in phases(results) if not on_bus(results, "ac", phase).empty]
    if not periods:
        return None
    loads = {phase: facility_load_mw(results, phase) for phase in periods}
    factor, unit = shown_unit("MW", max(float(load.max()) for load in loads.values()))
    counted = hours_of_a_year(results)
    with style.applied():
        figure, axes = blank(1, 1, 2.8)
        axis: Axes = axes[0, 0]
        for place, (phase, load) in enumerate(loads.items()):
            faded = 0.6 * (len(loads) - 1 - place) / max(1, len(loads) - 1)
            imported = grid_import_mw(results, phase)
            label = phase_in_words(phase)
            dark = style.lighter(style.INK, faded)
            sorted_line(axis, load * factor, counted, dark, "-", say("Facility, {phase}", phase=label))
            if imported is not None:
                shade = style.lighter(style.FAMILIES["gas"][0], faded)
                sorted_line(axis, imported * factor, counted, shade, "--", say("From the grid, {phase}", phase=label))
        axis.set_xlim(0, 100)
        axis.set_ylim(bottom=0)
        axis.set_xlabel(say("Share of the hours (%)"))
        axis.set_ylabel(say("Power reached or exceeded ({unit})", unit=unit))
        axis.grid(axis="y")
        thousands(axis)
        legend(figure, *axis.get_legend_handles_labels(), lines=True)
    return figure
