"""What the report of a cooling comparison says, as plain data: sentences and tables of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..content.plan import assumption_rows
from ..results.results import UNVERIFIED
from ..words import MINUS, NARROW, NOTHING, quantity
from .results import RANKED, REFERENCE, UNFIT, CoolingResults

INSTEAD_OF_RANK = {REFERENCE: "ref.", UNFIT: "unfit"}
ABREAST = 4
"""Places beside each other on a page."""

SCHEMES = ("N", "N+1", "2N")
MEANINGS = {
    "PUE": "facility over IT power, power chain and lighting included: over the year, exceeded in 35 hours (P99.6), and"
    " in the worst hour of the design days",
    "WUE": "water per IT energy, L/kWh",
    "Chiller": "hours of the year in which a chiller runs, for the loop that takes most of the heat",
    "Grid": "power at the connection in the worst hour of year and design days",
    "IT worst, IT P99": "IT power that the given connection carries in the worst hour, and in 99 % of the hours",
    "Cost": "everything but the IT and its own energy: electricity, demand charge and connection of the overhead,"
    " water, cooling plant and power chain, lost work",
}
"""Headings of the tables, explained."""


@dataclass(frozen=True)
class Column:
    """A figure as tables show it.

    Parameters
    ----------
    name : str
        Figure.
    title, unit : str
        Heading, and the unit shown below it.
    factor : float
        From the figure's unit to the shown one.
    decimals : int or None
        None for as many as the largest value of the column asks for.
    """

    name: str
    title: str
    unit: str
    factor: float = 1.0
    decimals: int | None = None


ENERGY = (
    Column("pue_annual", "PUE", "year", decimals=3),
    Column("pue_p99_6", "PUE", "P99.6", decimals=3),
    Column("pue_design", "PUE", "design", decimals=3),
    Column("wue_annual", "WUE", "L/kWh", decimals=2),
    Column("water_peak", "Water", "peak L/s"),
    Column("trim_hours", "Chiller", "h/yr", decimals=0),
)
MONEY = (
    Column("grid_peak", "Grid", "MW"),
    Column("committed_it_worst", "IT worst", "MW"),
    Column("committed_it_p99", "IT P99", "MW"),
    Column("capex", "Capex", "M USD", 1e-6),
    Column("annual_cost", "Cost", "M USD/yr", 1e-6),
    Column("cost_per_it_mwh", "Cost", "USD/MWh", decimals=2),
)
FACTS = (
    Column("electricity_price", "Electricity, mean price", "USD/MWh", decimals=1),
    Column("demand_charge", "Demand charge", "USD/kW/month", decimals=1),
    Column("connection_capex", "Grid connection", "USD/kW", decimals=0),
    Column("water_price", "Water", "USD/m³", decimals=2),
    Column("water_cap", "Water, cap", "million m³/yr", 1e-6, 2),
    Column("water_peak", "Water, largest rate", "L/s", decimals=1),
    Column("cost_of_capital", "Cost of capital, real", "%", 100.0, 1),
    Column("elevation", "Elevation", "m", decimals=0),
    Column("mean_dry_bulb", "Mean dry bulb, today", "°C", decimals=1),
    Column("dry_bulb_n20", "Hottest hour in 20 years, today", "°C", decimals=1),
    Column("dry_bulb_n50", "Hottest hour in 50 years, today", "°C", decimals=1),
    Column("wet_bulb_0_4", "Wet bulb exceeded in 35 h a year, today", "°C", decimals=1),
)


def written(values: Sequence[float | None], column: Column) -> list[str]:
    """Return the values of a column as text with equal decimals."""
    shown = [None if value is None or pd.isna(value) else column.factor * float(value) for value in values]
    largest = max((abs(value) for value in shown if value is not None), default=0.0)
    decimals = column.decimals if column.decimals is not None else 0 if largest >= 1000 else 1 if largest >= 10 else 2
    # Adding zero turns what rounds to minus zero into zero.
    rounded = [None if value is None else round(value, decimals) + 0.0 for value in shown]
    return [NOTHING if value is None else f"{value:,.{decimals}f}".replace("-", MINUS) for value in rounded]


def rank_texts(rows: pd.DataFrame) -> list[str]:
    """Return rank, or what stands in its place."""
    pairs = zip(rows["rank"], rows["standing"], strict=True)
    return [str(rank) if standing == RANKED else INSTEAD_OF_RANK[standing] for rank, standing in pairs]


def option_rows(results: CoolingResults, place: str, columns: Sequence[Column]) -> list[list[str]]:
    """Return rank, option and one text per column, best first, references and what is unfit below."""
    rows = results.of(place)
    texts = [written(list(rows[column.name]), column) for column in columns]
    return [list(cells) for cells in zip(rank_texts(rows), rows["label"], *texts, strict=True)]


def winner(results: CoolingResults, place: str) -> str:
    """Return the sentence that says which option is best at a place and why."""
    return str(results.run["winners"][place])


def _best(results: CoolingResults, place: str) -> pd.Series[Any] | None:
    ranked = results.of(place, RANKED)
    return None if ranked.empty else ranked.iloc[0]


def upgrades(results: CoolingResults, place: str) -> list[str]:
    """Return what the winner is worth against each reference."""
    best, lines = _best(results, place), []
    if best is None:
        return []
    for _, old in results.of(place, REFERENCE).iterrows():
        rate = old["cost_per_it_mwh"] - best["cost_per_it_mwh"]
        yearly = (old["annual_cost"] - best["annual_cost"]) / 1e6
        power = old["grid_peak"] - best["grid_peak"]
        name = old["label"].removesuffix(", for comparison")
        says = "saves" if rate >= 0 else "costs"
        lines.append(
            f"An upgrade from “{name}” to “{best['label']}” {says} {abs(rate):,.2f} USD per MWh of IT,"
            f" {abs(yearly):,.1f} M USD a year, and {'frees' if power >= 0 else 'takes'}"
            f" {quantity(abs(power), 'MW')} at the grid."
        )
    return lines


def heat_wave(results: CoolingResults, place: str) -> str:
    """Return what the heat waves of 20 and 50 years do to the winner."""
    best = _best(results, place)
    if best is None:
        return ""
    sized = int(results.fact(place, "return_period") or 20)
    it_mw = float(results.run["load"]["it_mw"])
    usual, rare = (f"{best[name]:.3f} ({it_mw * best[name]:,.1f} MW)" for name in ("pue_design", "pue_design_50"))
    if sized == 50:
        return f"Heat wave: plant is sized on design days with a return period of 50 years; PUE {usual} on them."
    return f"Heat wave: PUE {usual} on the design days of {sized} years, {rare} on those of 50 years."


def unfit_lines(results: CoolingResults, place: str) -> list[str]:
    """Return why options cannot be had at a place."""
    rows = results.of(place, UNFIT)
    return [f"Unfit: “{label}” {why}." for label, why in zip(rows["label"], rows["why"], strict=True)]


def throttled_lines(results: CoolingResults, place: str) -> list[str]:
    """Return the options whose accelerators work slower in some hours; their costs hold the work that is lost."""
    rows = results.of(place)
    rows = rows[rows["throttled_hours"] > 0]
    return [
        f"Throttled: with “{each['label']}” accelerators work slower, or stop, in {each['throttled_hours']:,.0f} hours"
        f" a year; {100 * each['lost_work']:.2g}{NARROW}% of the work is lost, and counted as a cost."
        for each in rows.to_dict("records")
    ]


def cross_rows(results: CoolingResults, column: Column) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Return option, and for each place the text and whether it costs least there; a dash where it is unfit."""
    table = results.figures[results.figures["standing"] != UNFIT]
    texts: dict[str, dict[str, tuple[str, bool]]] = {}
    for place in results.names:
        rows = table[table["place"] == place]
        best = [rank == "1" for rank in rank_texts(rows)]
        shown = written(list(rows[column.name]), column)
        texts[place] = dict(zip(rows["option"], zip(shown, best, strict=True), strict=True))
    return [
        (label, [texts[place].get(option, (NOTHING, False)) for place in results.names])
        for option, label in results.labels.items()
    ]


def load_line(results: CoolingResults) -> str:
    """Return what is the same for all, in a sentence."""
    load, climate = results.run["load"], results.run["climate"]
    changes = [f"{name.replace('_', ' ')} {value}" for name, value in climate.items() if value != "True"]
    changes += [name.replace("_", " ") for name, value in climate.items() if value == "True"]
    return (
        f"{quantity(load['it_mw'], 'MW')} of IT in every hour of the year ({load['platform']},"
        f" {100 * load['liquid_share']:.3g}{NARROW}% of its heat into the liquid where there is one, water up to"
        f" {load['warmest_water_c']:g}{NARROW}°C); grid connection for committed IT {quantity(load['grid_mw'], 'MW')}"
        + (f"; climate changed: {', '.join(changes)}" if changes else "")
        + "."
    )


def unverified_inputs(results: CoolingResults) -> pd.DataFrame:
    """Return the inputs that nobody checked against a source."""
    marks = results.assumptions["evidence"].astype(str)
    return results.assumptions[marks.str.startswith(UNVERIFIED)]


def cautions(results: CoolingResults) -> list[str]:
    """Return what a reader must know before relying on the comparison; warnings of the places come first."""
    lines = [str(each) for each in results.run["warnings"]]
    special = results.options[results.options["needs"] != ""]
    lines += [
        f"“{label}” needs {needs}: check that the place has it."
        for label, needs in zip(special["label"], special["needs"], strict=True)
    ]
    outside = results.figures[results.figures["outside_hours"] > 0]
    if not outside.empty:
        most = outside["outside_hours"].max()
        lines.append(
            f"{outside['option'].nunique()} of {len(results.labels)} options ask a correlation outside its published"
            f" range, in up to {most:,.0f} hours a year; ranking.csv counts them by option and place."
        )
    unchecked = len(unverified_inputs(results))
    if unchecked:
        lines.append(
            f"{unchecked} of {len(results.assumptions)} inputs are general knowledge that nobody checked against a"
            " source; assumptions.csv marks them."
        )
    return lines


def _heat_rows(results: CoolingResults, place: str) -> list[list[str]]:
    rows = results.of(place)
    more = rows["grid_peak_50"] - rows["grid_peak"]
    columns = [
        written(list(rows["pue_design"]), ENERGY[2]),
        written(list(rows["pue_design_50"]), ENERGY[2]),
        written(list(rows["grid_peak"]), MONEY[0]),
        written(list(rows["grid_peak_50"]), MONEY[0]),
        written(list(more), Column("", "", "", decimals=1)),
    ]
    return [list(cells) for cells in zip(rows["label"], *columns, strict=True)]


def redundancy(results: CoolingResults, place: str) -> pd.DataFrame:
    """Return cost and annual PUE by scheme: index option, columns (name, scheme), in the order of the figures."""
    table = results.sweeps[(results.sweeps["place"] == place) & (results.sweeps["sweep"] == "redundancy")]
    wide = table.pivot_table(index="option", columns=["name", "setting"], values="value")
    return wide.reindex([option for option in results.of(place)["option"] if option in wide.index])


def _redundancy_rows(results: CoolingResults, place: str) -> list[list[str]]:
    wide, labels = redundancy(results, place), results.labels
    if wide.empty:
        return []
    columns = [
        written(list(wide[name, scheme]), column)
        for name, column in (("cost_per_it_mwh", MONEY[5]), ("pue_annual", ENERGY[0]), ("pue_design", ENERGY[2]))
        for scheme in SCHEMES
    ]
    return [list(cells) for cells in zip([labels[option] for option in wide.index], *columns, strict=True)]


def _option_list(results: CoolingResults) -> list[list[str]]:
    rows = []
    for each in results.options.to_dict("records"):
        liquid = f"{each['liquid']}, {_celsius(each['liquid_supply_c'])}" if each["liquid"] else NOTHING
        share = f"{100 * each['liquid_share']:.3g}{NARROW}%" if each["liquid"] else NOTHING
        needs = "shown for comparison" if each["reference"] else each["needs"]
        rows.append([each["label"], liquid, share, f"{each['hall']}, {_celsius(each['hall_supply_c'])}", needs])
    return rows


def _celsius(value: float) -> str:
    return "no water" if pd.isna(value) else f"{value:.3g}{NARROW}°C"


def _facts(results: CoolingResults) -> list[dict[str, Any]]:
    """Return what sets the places apart: name, unit and one text per place, so many places as fit a page."""
    rows = []
    for column in FACTS:
        values = [results.fact(place, column.name) for place in results.names]
        if any(value is not None for value in values):
            rows.append((column.title, column.unit, written(values, column)))
    names = list(results.names.values())
    return [
        {
            "places": names[start : start + ABREAST],
            "rows": [[title, unit, *texts[start : start + ABREAST]] for title, unit, texts in rows],
        }
        for start in range(0, len(names), ABREAST)
    ]


def _grouped(results: CoolingResults, rows: list[tuple[str, list[tuple[str, bool]]]]) -> list[dict[str, Any]]:
    """Cut a cross table into tables of so many places as fit a page."""
    names = list(results.names.values())
    return [
        {
            "places": names[start : start + ABREAST],
            "rows": [[label, cells[start : start + ABREAST]] for label, cells in rows],
        }
        for start in range(0, len(names), ABREAST)
    ]


def _outside(results: CoolingResults) -> list[tuple[str, list[tuple[str, bool]]]]:
    rows = cross_rows(results, Column("outside_hours", "", "", decimals=0))
    return [(label, [(text, False) for text, _ in cells]) for label, cells in rows]


def content(results: CoolingResults) -> dict[str, Any]:
    """Return everything that the report says, as plain data."""
    unchecked, names = unverified_inputs(results), list(results.names.values())
    places = []
    for place, name in results.names.items():
        places.append(
            {
                "key": place,
                "name": name,
                "winner": winner(results, place).removeprefix(f"{name}: "),
                "upgrades": upgrades(results, place),
                "heat_wave": heat_wave(results, place),
                "notes": [*throttled_lines(results, place), *unfit_lines(results, place)],
                "ranked": len(results.of(place, RANKED)),
                "rows": option_rows(results, place, (*ENERGY, *MONEY)),
                "heat": _heat_rows(results, place),
                "redundancy": _redundancy_rows(results, place),
            }
        )
    return {
        "title": f"Cooling options for {names[0] if len(names) == 1 else f'{len(names)} places'}",
        "load": load_line(results),
        "columns": [[column.title, column.unit] for column in (*ENERGY, *MONEY)],
        "places": places,
        "winners": [_winner_row(results, place) for place in results.names],
        "cross_pue": _grouped(results, cross_rows(results, ENERGY[0])),
        "cross_cost": _grouped(results, cross_rows(results, MONEY[5])),
        "cautions": cautions(results),
        "options": _option_list(results),
        "facts": _facts(results),
        "meanings": list(MEANINGS.items()),
        "outside": _grouped(results, _outside(results)),
        "unverified": assumption_rows(unchecked),
        "assumptions": assumption_rows(results.assumptions.drop(index=unchecked.index)),
        "versions": [[str(key), str(value)] for key, value in results.run["versions"].items()],
        "inputs": [[str(name), str(digest)] for name, digest in results.run["inputs"].items()],
        "seconds": [[str(key), quantity(value, "s")] for key, value in results.run["seconds"].items()],
    }


def _winner_row(results: CoolingResults, place: str) -> list[str]:
    """Return place, winner and its headline figures."""
    best = _best(results, place)
    if best is None:
        return [results.names[place], "none fits", *[NOTHING] * 6]
    shown = (ENERGY[0], ENERGY[2], ENERGY[3], MONEY[0], MONEY[4], MONEY[5])
    return [results.names[place], str(best["label"]), *(written([best[column.name]], column)[0] for column in shown)]
