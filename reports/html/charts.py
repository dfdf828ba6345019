"""What the charts of the page draw, as JSON knows it; the numbers are those of `chart_data` and `hours`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gigasite.models.buses import bus

from ..figures import style
from ..figures.chart_data import LOSSES, energy_links, owner_parts, supply_sizes, yearly_costs
from ..results.hours import (
    duration,
    facility_load_mw,
    grid_import_mw,
    hours_of_a_year,
    kinds_of,
    on_bus,
    pue_of,
)
from ..results.results import Results, kpi, phases
from ..words import name_in_words, phase_in_words, shown_unit
from .theme import both

READ_AT = (0, 1, 5, 10, 25, 50, 75, 90, 99, 100)
"""Shares of the hours [%] at which the table beside a duration curve reads it."""

BUS_COLOURS = {"ac": "#f2b701", "it": "#e0b84a", "heat_liquid": "#d55e00", "heat_air": "#cc6677", LOSSES: "#8c8c8c"}
"""Colours of the nodes that are no component."""

BUS_NAMES = {
    "ac": "Electricity", "it": "Protected electricity", "heat_liquid": "Liquid loop", "heat_air": "Air loop",
    "gas": "Natural gas", LOSSES: "Losses, and heat not used",
}  # fmt: skip
"""Short names of buses, which stand beside their nodes; others have their label."""


def charts(results: Results) -> dict[str, Any]:
    """Return the data of every chart that the plan has, by name; the hours come apart."""
    found = {
        "sizes": sizes(results),
        "costs": costs(results),
        "cash": cash(results),
        "load": load_duration(results),
        "pue": pue_duration(results),
        "energy": energy(results),
        "place": place(results),
    }
    return {name: data for name, data in found.items() if data is not None}


def sizes(results: Results) -> dict[str, Any] | None:
    """Return the sizes of supply by phase."""
    table = supply_sizes(results)
    return None if table is None else _stacked(results, table, "MW")


def costs(results: Results) -> dict[str, Any] | None:
    """Return the annual cost by component and phase, and which of them are accelerators."""
    table = yearly_costs(results)
    if table is None:
        return None
    kinds = kinds_of(results)
    compute = [style.family(str(name), kinds.get(str(name), "")) == "compute" for name in table.index]
    both_views = any(compute) and not all(compute)
    return {**_stacked(results, table, "USD/yr"), "compute": compute if both_views else None}


def _stacked(results: Results, table: pd.DataFrame, unit: str) -> dict[str, Any]:
    names = [str(name) for name in table.index]
    colours = style.colours(names, kinds_of(results))
    factor, shown = shown_unit(unit, float(table.clip(lower=0).sum().max()))
    return {
        "unit": shown,
        "phases": [phase_in_words(str(phase)) for phase in table.columns],
        "parts": [
            {
                "label": name_in_words(name),
                "colour": both(colours[name]),
                "values": _digits(table.loc[name].to_numpy() * factor),
            }
            for name in names
        ],
    }


def cash(results: Results) -> dict[str, Any] | None:
    """Return the owner's cash flow by year: its parts, its sum and the debt."""
    parts = owner_parts(results)
    if parts is None:
        return None
    table = results.tables["cash_flow"]
    factor, shown = shown_unit("USD/yr", float(parts.abs().sum(axis=1).max()))
    return {
        "unit": shown,
        "years": [int(str(start)[:4]) for start in table["start"]],
        "parts": [
            {
                "label": str(name),
                "colour": both(style.CASH_FLOW[str(name)]),
                "values": _digits(parts[name].to_numpy() * factor),
            }
            for name in parts.columns
        ],
        "owner": _digits(table["equity"].to_numpy() * factor),
        "sum": _digits(table["equity_sum"].to_numpy() * factor),
        "debt": _digits(table["debt"].to_numpy() * factor),
    }


def load_duration(results: Results) -> dict[str, Any] | None:
    """Return the sorted load of the facility and the sorted import, by phase."""
    known = [phase for phase in phases(results) if not on_bus(results, "ac", phase).empty]
    if not known:
        return None
    loads = {phase: facility_load_mw(results, phase) for phase in known}
    factor, shown = shown_unit("MW", max(float(load.max()) for load in loads.values()))
    lines, counted = [], hours_of_a_year(results)
    for phase, load in loads.items():
        lines.append(_line(f"Facility, {phase_in_words(phase)}", load * factor, counted, style.INK, "solid", phase))
        if (imported := grid_import_mw(results, phase)) is not None:
            colour = style.FAMILIES["gas"][0]
            label = f"From the grid, {phase_in_words(phase)}"
            lines.append(_line(label, imported * factor, counted, colour, "dash", phase))
    return {"unit": shown, "axis": f"Power reached or exceeded ({shown})", "zero": True, "lines": lines}


def pue_duration(results: Results) -> dict[str, Any] | None:
    """Return the sorted PUE by phase."""
    known = {phase: series for phase in phases(results) if (series := pue_of(results, phase)) is not None}
    if not known:
        return None
    colour, counted = style.FAMILIES["cooling"][0], hours_of_a_year(results)
    lines = [
        _line(f"PUE, {phase_in_words(phase)}", np.asarray(series.values, dtype=float), counted, colour, "solid", phase)
        for phase, series in known.items()
    ]
    return {"unit": "", "axis": "PUE reached or exceeded", "zero": False, "lines": lines}


def _line(
    label: str, values: NDArray[np.float64], counted: NDArray[np.float64], colour: str, dash: str, phase: str
) -> dict[str, Any]:
    share, falling = duration(values, counted)
    return {
        "label": label, "phase": phase, "colour": both(colour), "dash": dash,
        "x": _digits(share), "y": _digits(falling),
    }  # fmt: skip


def read_line(line: dict[str, Any]) -> list[float]:
    """Return a sorted line at the shares of `READ_AT`."""
    return [float(value) for value in np.interp(READ_AT, line["x"], line["y"])]


def energy(results: Results) -> dict[str, Any] | None:
    """Return the flows of energy of each phase, between nodes that are components or buses."""
    found = [energy_links(results, phase) for phase in phases(results)]
    if not any(found):
        return None
    factor, shown = shown_unit("MWh/yr", max(link.mwh for links in found for link in links))
    kinds = kinds_of(results)
    buses = {link.bus for links in found for link in links}
    names = list(dict.fromkeys(name for links in found for link in links for name in (link.source, link.target)))
    colours = {
        **style.colours([name for name in names if name not in buses], kinds),
        **{name: BUS_COLOURS.get(name) or style.FAMILIES[style.family(name)][0] for name in buses},
    }
    return {
        "unit": shown,
        "nodes": [
            {"label": _node(name) if name in buses else name_in_words(name), "colour": both(colours[name])}
            for name in names
        ],
        "phases": [
            {
                "source": [names.index(link.source) for link in links],
                "target": [names.index(link.target) for link in links],
                "value": _digits(np.array([link.mwh for link in links]) * factor),
            }
            for links in found
        ],
    }


def _node(name: str) -> str:
    label = BUS_NAMES.get(name) or bus(name).label
    return label[0].upper() + label[1:]


def place(results: Results) -> dict[str, Any] | None:
    """Return where the site is and how large it is in the last phase; None where the inputs do not say."""
    rows = results.assumptions[results.assumptions["place"] == "site"].set_index("name")["value"]
    if not {"latitude", "longitude"} <= set(rows.index):
        return None
    return {
        "label": str(results.run.get("name", results.site)),
        "latitude": float(rows["latitude"]),
        "longitude": float(rows["longitude"]),
        "mw": kpi(results, phases(results)[-1], "facility_peak"),
    }


def _digits(values: NDArray[np.float64]) -> list[float | None]:
    """Return values with six significant digits, which is more than a chart shows; None where there is none."""
    return [float(f"{value:.6g}") if np.isfinite(value) else None for value in values.tolist()]
