"""Figures of the year at the site: its weather, and month by month what feeds it and what it drinks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..content.climate import series
from ..language import say
from ..results.hours import hours_of_a_year, kinds_of, on_bus
from ..results.results import Results, phases
from ..words import MONTHS, name_in_words, phase_in_words, shown_unit
from . import style
from .drawing import blank, legend, patches, sorted_line, thousands

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DRY, WET = style.FAMILIES["gas"][0], style.FAMILIES["cooling"][0]
NEGLIGIBLE = 1e-3
"""Share of the year's sum below which a source is left out."""


def weather(results: Results) -> Figure | None:
    """Draw the temperatures of the year by month and their duration curves; None without weather."""
    dry, wet = series(results, "dry_bulb"), series(results, "wet_bulb")
    if dry is None or wet is None:
        return None
    months = pd.DatetimeIndex(results.hourly["time"].values).month.to_numpy()
    counted = hours_of_a_year(results)
    with style.applied():
        figure, axes = blank(1, 2, 2.3, widths=[1.5, 1])
        by_month, sorted_hours = axes[0]
        places = np.arange(12)
        for values, colour, label in ((dry, DRY, say("Dry bulb")), (wet, WET, say("Wet bulb"))):
            by = pd.DataFrame({"value": values, "weighed": values * counted, "hours": counted}).groupby(months)
            sums = by[["weighed", "hours"]].sum()
            low, mean, high = (
                each.reindex(places + 1).to_numpy()
                for each in (by["value"].min(), sums["weighed"] / sums["hours"], by["value"].max())
            )
            by_month.fill_between(places, low, high, color=colour, alpha=0.18, lw=0)
            by_month.plot(places, mean, color=colour, lw=1.4, label=label)
            sorted_line(sorted_hours, values, counted, colour, "-", label)
        by_month.set_xticks(places, [say(name) for name in MONTHS])
        by_month.set_title(say("Mean, lowest and highest hour of each month"))
        by_month.set_ylabel("°C")
        sorted_hours.set_title(say("Duration"))
        sorted_hours.set_xlabel(say("Share of the hours (%)"))
        sorted_hours.set_ylabel(say("°C reached or exceeded"))
        sorted_hours.set_xlim(0, 100)
        for axis in (by_month, sorted_hours):
            axis.grid(axis="y")
        legend(figure, *by_month.get_legend_handles_labels())
    return figure


def months(results: Results) -> Figure | None:
    """Draw by month of the last phase the energy by source and the water by user; None without AC."""
    last = phases(results)[-1]
    counted = hours_of_a_year(results)
    energy = _by_month(on_bus(results, "ac", last).clip(lower=0), counted)
    water = _by_month(-on_bus(results, "water", last).clip(upper=0), counted)
    if energy.empty:
        return None
    kinds = kinds_of(results)
    names = style.order([str(name) for name in {*energy.columns, *water.columns}], kinds)
    colours = style.colours(names, kinds)
    with style.applied():
        figure, axes = blank(1, 1 if water.empty else 2, 2.5)
        _bars(axes[0, 0], energy, names, colours, "MWh", say("Electricity by source"))
        if not water.empty:
            _bars(axes[0, 1], water, names, colours, "m3", say("Water by user"))
        axes[0, 0].set_title(
            say("{title}, {phase}", title=axes[0, 0].get_title(loc="left"), phase=phase_in_words(last)), loc="left"
        )
        legend(figure, patches(names, colours), [name_in_words(name) for name in names])
    return figure


def _by_month(hourly: pd.DataFrame, counted: NDArray[np.float64]) -> pd.DataFrame:
    """Return the sums of each month of an average year, without what is negligible."""
    if hourly.empty:
        return hourly
    sums = hourly.mul(counted, axis=0).groupby(pd.DatetimeIndex(hourly.index).month).sum()
    whole = sums.sum()
    return sums.loc[:, whole > NEGLIGIBLE * max(float(whole.sum()), 1e-9)]


def _bars(axis: Axes, table: pd.DataFrame, names: list[str], colours: Mapping[str, str], unit: str, title: str) -> None:
    factor, shown = shown_unit(unit, float(table.sum(axis=1).max()))
    base = np.zeros(len(table))
    places = table.index.to_numpy() - 1
    for name in names:
        if name in table.columns:
            height = table[name].to_numpy() * factor
            axis.bar(places, height, 0.8, base, color=colours[name], ec="white", lw=0.3)
            base = base + height
    axis.set_xticks(range(0, 12, 2), [say(name) for name in MONTHS[::2]])
    axis.set_ylabel(say("{unit} a month", unit=shown.replace("m3", "m³")))
    axis.set_title(title)
    axis.grid(axis="y")
    thousands(axis)
