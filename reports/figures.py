"""Figures of a plan, each from its tables alone; every axis names its unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from . import style
from .chart_data import owner_parts, supply_sizes, yearly_costs
from .hours import Week, duration, facility_load_mw, grid_import_mw, kinds_of, on_bus, pue_of, weeks
from .results import Results, phases
from .words import MINUS, name_in_words, number, phase_in_words, row, shown_unit

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NEGLIGIBLE = 1e-3
"""Share of the largest below which a flow is left out of a stack."""


def _blank(
    rows: int, columns: int, height_inches: float, *, share_y: bool = False, widths: Sequence[float] | None = None
) -> tuple[Figure, NDArray[np.object_]]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(style.WIDTH_INCHES, height_inches))
    axes = figure.subplots(rows, columns, squeeze=False, sharey=share_y, width_ratios=widths)
    return figure, np.asarray(axes, dtype=object)


def _legend(figure: Figure, handles: Iterable[Artist], labels: Sequence[str], columns: int = 5) -> None:
    figure.legend(list(handles), list(labels), loc="outside lower center", ncols=min(columns, max(1, len(labels))))


def _patches(names: Iterable[str], colours: Mapping[str, str]) -> list[Artist]:
    from matplotlib.patches import Patch

    return [Patch(color=colours[name]) for name in names]


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
        figure, axes = _blank(1, 1, 2.6)
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
        axis.set_ylabel(f"Installed or connected ({unit})")
        axis.tick_params(axis="x", length=0)
        _thousands(axis)
        _legend(figure, _patches(names, colours), [name_in_words(name) for name in names])
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
        figure, axes = _blank(1, 2, 2.75, share_y=True)
        for axis, week in zip(axes[0], weeks(results, phase), strict=True):
            _stack(axis, flows.iloc[week.hours], names, colours)
            axis.set_title(f"{week.title}: {_dates(week)}")
        axes[0, 0].set_ylabel(f"Supply above, use below ({unit})")
        _thousands(axes[0, 0])
        _legend(figure, _patches(names, colours), [name_in_words(name) for name in names])
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
    axis.set_xticks(np.arange(12, len(flows), 24), [f"{day:%a}"[:2] for day in flows.index[::24]], minor=True)
    axis.tick_params(axis="x", which="minor", length=0)
    axis.set_xlabel("Day of the week, local time")
    axis.grid(axis="y")


def _dates(week: Week) -> str:
    first, last = week.first, week.last
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"{start} to {last.day} {last:%b}"


def pue(results: Results) -> Figure | None:
    """Draw PUE by hour and day of the last phase, and its duration curve in every phase; None without IT."""
    known = {phase: series for phase in phases(results) if (series := pue_of(results, phase)) is not None}
    if not known:
        return None
    last = list(known)[-1]
    with style.applied():
        figure, axes = _blank(1, 2, 2.5, widths=[1.75, 1])
        _hour_by_day(figure, axes[0, 0], known[last], f"Phase {phase_in_words(last)}")
        axis: Axes = axes[0, 1]
        for place, (phase, series) in enumerate(known.items()):
            shade = style.lighter(style.FAMILIES["cooling"][0], 0.6 * (len(known) - 1 - place) / max(1, len(known) - 1))
            axis.plot(*duration(series.values), color=shade, lw=1.4, label=phase_in_words(phase))
        axis.set_xlim(0, 100)
        axis.set_xlabel("Share of the hours (%)")
        axis.set_ylabel("PUE reached or exceeded")
        axis.grid(axis="y")
        axis.legend(title="Phase", title_fontsize=8)
        axis.set_title("Duration")
    return figure


def _hour_by_day(figure: Figure, axis: Axes, series: xr.DataArray, title: str) -> None:
    times = pd.DatetimeIndex(series["time"].values)
    days = len(times) // 24
    picture = series.values[: days * 24].reshape(days, 24).T
    image = axis.imshow(
        picture, aspect="auto", origin="lower", cmap="cividis", extent=(0, days, 0, 24), interpolation="none"
    )
    starts = [place for place in range(days) if times[place * 24].day == 1 and times[place * 24].month % 2 == 1]
    axis.set_xticks(starts, [f"{times[place * 24]:%b}" for place in starts])
    axis.set_yticks([0, 6, 12, 18, 24])
    axis.set_ylabel("Hour of the day, local time")
    axis.set_title(title)
    bar = figure.colorbar(image, ax=axis, pad=0.02, aspect=25)
    bar.outline.set_visible(False)
    bar.set_label("PUE")


def costs(results: Results) -> Figure | None:
    """Draw annual cost by component and phase, with and without the accelerators; None if nothing costs."""
    table = yearly_costs(results)
    if table is None:
        return None
    kinds = kinds_of(results)
    compute = [name for name in table.index if style.family(str(name), kinds.get(str(name), "")) == "compute"]
    parts = [("Everything", table)]
    if compute and len(compute) < len(table):
        parts.append(("Without the accelerators", table.drop(index=compute)))
    names = [str(name) for name in table.index]
    colours = style.colours(names, kinds)
    with style.applied():
        figure, axes = _blank(len(parts), 1, (0.75 + 0.28 * table.shape[1]) * len(parts) + 0.35)
        for axis, (title, part) in zip(axes[:, 0], parts, strict=True):
            _cost_bars(axis, part, [name for name in names if name in part.index], colours)
            axis.set_title(title)
        _legend(figure, _patches(names, colours), [name_in_words(name) for name in names])
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
    years = [int(str(start)[:4]) for start in table["start"]]
    with style.applied():
        figure, axes = _blank(1, 2, 2.7, widths=[1.5, 1])
        in_year, so_far = axes[0]
        _flow_bars(in_year, years, parts * factor)
        in_year.plot(years, table["equity"] * factor, "o-", color=style.INK, ms=3, lw=0.9, label="To the owner")
        so_far.plot(years, table["equity_sum"] * factor, "o-", color=style.INK, ms=3, lw=0.9, label="To the owner")
        if table["debt"].abs().max() > 0:
            so_far.plot(
                years, table["debt"] * factor, "s--", color=style.CASH_FLOW["Interest"], ms=3, lw=0.9, label="Debt"
            )
        for axis, title, shown in (
            (in_year, "In the year", unit),
            (so_far, "Since the start", unit.removesuffix("/yr")),
        ):
            axis.set_title(title)
            axis.set_ylabel(shown)
            axis.axhline(0, color=style.INK, lw=0.6)
            axis.xaxis.get_major_locator().set_params(integer=True)
            axis.grid(axis="y")
            _thousands(axis)
        drawn = [axis.get_legend_handles_labels() for axis in (in_year, so_far)]
        known = {label: handle for handles, labels in drawn for handle, label in zip(handles, labels, strict=True)}
        _legend(figure, known.values(), list(known), columns=6)
    return figure


def _flow_bars(axis: Axes, years: Sequence[int], parts: pd.DataFrame) -> None:
    above, below = np.zeros(len(years)), np.zeros(len(years))
    for title in map(str, parts.columns):
        height = parts[title].to_numpy()
        base = np.where(height >= 0, above, below)
        axis.bar(years, height, 0.75, base, color=style.CASH_FLOW[title], ec="white", lw=0.3, label=title)
        above, below = above + np.maximum(height, 0), below + np.minimum(height, 0)


def load_duration(results: Results) -> Figure | None:
    """Draw the sorted load of the facility and the sorted import from the grid, by phase; None without AC."""
    periods = [phase for phase in phases(results) if not on_bus(results, "ac", phase).empty]
    if not periods:
        return None
    loads = {phase: facility_load_mw(results, phase) for phase in periods}
    factor, unit = shown_unit("MW", max(float(load.max()) for load in loads.values()))
    with style.applied():
        figure, axes = _blank(1, 1, 2.4)
        axis: Axes = axes[0, 0]
        for place, (phase, load) in enumerate(loads.items()):
            faded = 0.6 * (len(loads) - 1 - place) / max(1, len(loads) - 1)
            imported = grid_import_mw(results, phase)
            label = phase_in_words(phase)
            _sorted_line(axis, load * factor, style.lighter(style.INK, faded), "-", f"Facility, {label}")
            if imported is not None:
                shade = style.lighter(style.FAMILIES["gas"][0], faded)
                _sorted_line(axis, imported * factor, shade, "--", f"From the grid, {label}")
        axis.set_xlim(0, 100)
        axis.set_ylim(bottom=0)
        axis.set_xlabel("Share of the hours (%)")
        axis.set_ylabel(f"Power reached or exceeded ({unit})")
        axis.grid(axis="y")
        _thousands(axis)
        _legend(figure, *axis.get_legend_handles_labels(), columns=4)
    return figure


def _sorted_line(axis: Axes, values: NDArray[np.float64], colour: str, dash: str, label: str) -> None:
    axis.plot(*duration(values), color=colour, ls=dash, lw=1.3, label=label)


def _thousands(axis: Axes) -> None:
    low, high = axis.get_ylim()
    if max(abs(low), abs(high)) >= 20:
        from matplotlib.ticker import FuncFormatter

        axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}".replace("-", MINUS)))
