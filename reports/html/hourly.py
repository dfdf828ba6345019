"""The hourly series for the page: 16 bits a value, differences from hour to hour, deflated, in base64.

A series is stored as whole steps between its least and its largest value of the phase, so that it is off by at most one
part in 130,000 of that range. Every digit is in ``hourly.nc`` and ``hourly.csv``.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gigasite.models.buses import bus

from ..figures import style
from ..results.hours import (
    cooling_power_mw,
    facility_load_mw,
    grid_import_mw,
    kinds_of,
    mode_shares,
    weeks,
)
from ..results.results import Results, phases
from ..words import name_in_words, shown_unit, unit_in_words
from .theme import both

Floats = NDArray[np.float64]

STEPS = 65_534
MISSING = -32_768

VIEWS = ("bus", "modes", "stored", "pue", "weather", "price", "work", "other")
"""Kinds of views in the order in which the page offers them."""

LINES = ("#0072b2", "#d55e00", "#009e73", "#aa4499", "#a6761d", "#56b4e9", "#332288", "#882255")
"""Colours of lines that belong to no technology."""


@dataclass
class Group:
    """Series that are looked at together.

    Parameters
    ----------
    key, title : str
    stacked : bool
        Whether they add up.
    unit : str
        Of the series as they are stored; ``shown`` and ``factor`` say how they are shown.
    names : list of str
        Names of the series.
    """

    key: str
    title: str
    stacked: bool
    unit: str
    names: list[str] = field(default_factory=list)


def hourly(results: Results, *, leave_out: Collection[str] = ()) -> dict[str, Any]:
    """Return the series of a run as JSON knows them, with the views and measures that the page offers.

    Parameters
    ----------
    results : Results
    leave_out : collection of str
        Views that are left out to save space, by the names of `VIEWS`.
    """
    periods, times = phases(results), pd.DatetimeIndex(results.hourly["time"].values)
    groups = [group for group in _groups(results) if _kind(group) not in leave_out]
    measures = _measures(results)
    values = {name: _by_phase(results, name) for group in groups for name in group.names}
    values |= {key: series for key, (_, _, series) in measures.items()}
    step = times[1] - times[0]
    return {
        "start": int((times[0] - step / 2).timestamp() * 1000),
        "step": int(step.total_seconds() * 1000),
        "count": len(times),
        "outcomes": outcomes(results),
        "left_out": sorted(leave_out),
        "names": list(values),
        "groups": [_described(results, group, values) for group in groups],
        "measures": [{"key": key, "title": title, "unit": unit} for key, (title, unit, _) in measures.items()],
        "weeks": [
            [{"title": week.title, "first": int(week.hours.start)} for week in weeks(results, phase)]
            for phase in periods
        ],
        "packed": [pack([series[place] for series in values.values()]) for place in range(len(periods))],
    }


def outcomes(results: Results) -> list[dict[str, Any]]:
    """Return the years that follow one another along ``time``: the name, first hour and number of hours of each."""
    times = results.hourly["time"].values
    starts = [0, *(int(place) + 1 for place in np.flatnonzero(np.diff(times) <= np.timedelta64(0)))]
    told = []
    for first, end in zip(starts, [*starts[1:], len(times)], strict=True):
        words = [
            text.format(results.hourly[name].values[first])
            for name, text in (("weather_year", "weather of {}"), ("delay", "delay {}"))
            if name in results.hourly.coords
        ]
        chance = results.hourly.coords.get("probability")
        shown = [] if chance is None else [f"probability {100 * float(chance.values[first]):.3g} %"]
        told.append({"title": ", ".join([*words, *shown]), "first": first, "count": end - first})
    return told


def pack(series: list[Floats]) -> dict[str, Any]:
    """Return series of equal length as one text, and least value and step of each."""
    kept, scales = [], []
    for values in series:
        known = values[np.isfinite(values)]
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
        step = (high - low) / STEPS or 1.0
        whole = np.where(np.isfinite(values), np.round((values - low) / step) - STEPS // 2, MISSING)
        # Differences of neighbours are small and alike, which deflates well; they wrap around, and so does the sum.
        kept.append(np.diff(whole.astype(np.int16).view(np.uint16), prepend=np.uint16(0)))
        scales.append([low, step])
    raw = np.concatenate(kept).astype("<u2").tobytes() if kept else b""
    return {"scales": scales, "data": base64.b64encode(zlib.compress(raw, 9)).decode()}


def unpack(packed: dict[str, Any], count: int) -> list[Floats]:
    """Return the series again, as the page reads them."""
    raw = np.frombuffer(zlib.decompress(base64.b64decode(packed["data"])), dtype="<u2").reshape(-1, count)
    whole = np.cumsum(raw, axis=1, dtype=np.uint16).view(np.int16)
    return [
        np.where(row == MISSING, np.nan, low + step * (row.astype(float) + STEPS // 2))
        for row, (low, step) in zip(whole, packed["scales"], strict=True)
    ]


def _by_phase(results: Results, name: str) -> list[Floats]:
    series = results.hourly[name]
    return [
        np.asarray((series.sel(phase=phase) if "phase" in series.dims else series).values, dtype=float)
        for phase in phases(results)
    ]


def _groups(results: Results) -> list[Group]:
    """Sort every hourly series into a view: flows by bus, heat by mode, and the rest by what it is and its unit."""
    found: dict[str, Group] = {}
    for name, series in results.hourly.data_vars.items():
        unit = _plain_unit(str(series.attrs["units"]))
        key, title, stacked = _view(str(name), dict(series.attrs), unit)
        found.setdefault(f"{key}|{unit}", Group(f"{key}|{unit}", title, stacked, unit)).names.append(str(name))
    return sorted(found.values(), key=lambda group: VIEWS.index(_kind(group)))


def _kind(group: Group) -> str:
    return re.split(r"[:|]", group.key)[0]


def _view(name: str, attributes: dict[str, str], unit: str) -> tuple[str, str, bool]:
    """Return key, title and whether the series of a view add up."""
    head = name.partition(".")[0]
    last = name.rpartition(".")[2]
    if "bus" in attributes:
        label = bus(attributes["bus"]).label
        return f"bus:{attributes['bus']}", label[0].upper() + label[1:], True
    if head == "pue":
        return "pue", "Power usage effectiveness", False
    if head == "weather":
        return "weather", "Weather", False
    if head == "price":
        return "price", f"Prices, {unit}", False
    if last.startswith("heat_"):
        return "modes", "Heat by mode of cooling", True
    if last == "stored":
        return "stored", f"What stores hold, {unit}", False
    if last in {"served", "partner", "unserved"}:
        return "work", "Work: served, at partners, unserved", True
    return "other", f"Other series, {unit}" if unit else "Other series", False


def _plain_unit(unit: str) -> str:
    """Return ``USD/(MWh)`` as ``USD/MWh``; brackets around products stay."""
    return re.sub(r"\(([^*()/]+)\)", r"\1", unit)


def _described(results: Results, group: Group, values: dict[str, list[Floats]]) -> dict[str, Any]:
    largest = max(float(np.nanmax(np.abs(one), initial=0.0)) for name in group.names for one in values[name])
    factor, shown = shown_unit(group.unit, largest)
    colours, kinds = _colours(results, group), kinds_of(results)
    names = group.names
    if group.key.startswith("bus"):
        names = sorted(names, key=lambda name: style.order(map(_component, names), kinds).index(_component(name)))
    return {
        "key": group.key,
        "title": group.title,
        "stacked": group.stacked,
        "factor": factor,
        "unit": unit_in_words(shown),
        "series": [{"name": name, "label": _label(name, group), "colour": both(colours[name])} for name in names],
    }


def _component(name: str) -> str:
    return name.partition(".")[2]


def _label(name: str, group: Group) -> str:
    if group.key.startswith("bus"):
        return name_in_words(_component(name))
    head, _, tail = name.partition(".")
    if head == "pue":
        return "PUE"
    if head == "price":
        label = bus(tail).label
        return label[0].upper() + label[1:]
    if head == "weather":
        return name_in_words(tail)
    return f"{name_in_words(head)}: {name_in_words(tail.replace('.', ' '), opening=False).removeprefix('heat ')}"


def _colours(results: Results, group: Group) -> dict[str, str]:
    """Give flows and stores the colour of their technology; shades where one has several series; else plain ones."""
    kinds = kinds_of(results)
    if group.key.startswith("bus"):
        chosen = style.colours(map(_component, group.names), kinds)
        return {name: chosen[_component(name)] for name in group.names}
    return {name: LINES[place % len(LINES)] for place, name in enumerate(group.names)}


def _measures(results: Results) -> dict[str, tuple[str, str, list[Floats]]]:
    """Return what the map of the year can show: title, unit and one series per phase."""
    periods = phases(results)
    found: dict[str, tuple[str, str, list[Floats]]] = {}

    def add(key: str, title: str, unit: str, series: list[Floats | None]) -> None:
        known = [one for one in series if one is not None and np.isfinite(one).any()]
        if len(known) == len(series):
            found[f"measure.{key}"] = (title, unit, known)

    for name, title, unit in (("pue", "PUE", ""), ("weather.dry_bulb", "Outdoor dry bulb", "°C")):
        if name in results.hourly:
            add(name, title, unit, list(_by_phase(results, name)))
    add("cooling", "Electricity for cooling", "MW", [cooling_power_mw(results, phase) for phase in periods])
    shares = [mode_shares(results, phase) for phase in periods]
    for mode in shares[0]:
        title = f"Share of the heat, mode {name_in_words(mode, opening=False)}"
        add(f"mode.{mode}", title, "%", [100 * each[mode] for each in shares])
    add("import", "Import from the grid", "MW", [grid_import_mw(results, phase) for phase in periods])
    add("load", "Load of the facility", "MW", [facility_load_mw(results, phase) for phase in periods])
    return found
