"""What a report says, as plain data: sentences, tables of text, provenance. Layout is left to the PDF and the HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from . import project_content, style
from .hours import kinds_of, on_bus
from .results import COLUMNS, Results, kpi, phases, unverified, verified
from .words import (
    NARROW,
    NOTHING,
    headline,
    millions,
    name_in_words,
    number,
    phase_in_words,
    quantity,
    row,
    unit_in_words,
    value_in_words,
)

GROUPS: dict[str, tuple[str, ...]] = {
    "Compute": ("accelerators", "it_capacity", "compute_delivered", "unserved_it"),
    "Power": ("facility_peak", "grid_connection", "grid_energy", "renewable_share", "cfe_share"),
    "Reliability": (
        *("firm_capacity", "reserve_margin", "survival_24h", "expected_unserved"),
        *("grid_freed_by_0_25_percent", "grid_freed_by_0_5_percent", "grid_freed_by_1_percent"),
    ),
    "Cooling and water": ("pue_annual", "pue_p99_6", "pue_design", "wue_annual", "water_annual", "water_peak"),
    "Money": (
        *("annual_cost", "cost_per_gpu_hour", "lcoe"),
        *("capex_it", "capex_facility", "capex_power", "capex_grid", "salvage"),
        *("delay_cost", "delay_idle_cost", "delay_work"),
    ),
    "Climate": ("co2", "embodied_carbon", "embodied_carbon_per_year"),
    "Grid ratios": ("grid_to_datacentre_ratio_facility", "grid_to_datacentre_ratio_all_in"),
}
"""Headline figures as reports group them; what is in no group comes last, under Other."""

FIRST_PAGE = (
    *("accelerators", "it_capacity", "facility_peak", "grid_connection", "annual_cost", "cost_per_gpu_hour", "lcoe"),
    *("pue_annual", "co2", "cfe_share", "wue_annual"),
)
"""Headline figures of the first page."""

TILES = ("accelerators", "facility_peak", "annual_cost", "co2")
"""Headline figures set large on top of the first page."""

WORTH_A_LINE_USD = 500.0
"""Annual costs below this in every phase are in the total only."""


def headline_rows(results: Results, names: tuple[str, ...]) -> list[list[str]]:
    """Return label, unit and one text per phase for every headline figure that the plan has."""
    units = dict(zip(results.kpis["name"], results.kpis["unit"], strict=True))
    rows = []
    for name in names:
        if name in units:
            texts, unit = row([kpi(results, phase, name) for phase in phases(results)], units[name], name=name)
            rows.append([headline(name), unit, *texts])
    return rows


def headline_groups(results: Results) -> list[dict[str, Any]]:
    """Return every headline figure by group; a name that is in no group comes under Other."""
    grouped = {name for names in GROUPS.values() for name in names}
    other = tuple(name for name in results.kpis["name"].unique() if name not in grouped)
    every = {**GROUPS, "Other": other}
    groups = [{"title": title, "rows": headline_rows(results, names)} for title, names in every.items()]
    return [group for group in groups if group["rows"]]


def capacity_rows(results: Results) -> list[list[str]]:
    """Return component, quantity, unit and one text per phase, for every size that is not zero throughout."""
    kinds, table, rows = kinds_of(results), results.capacities, []
    for component in style.order(map(str, table["component"].unique()), kinds):
        of_component = table[table["component"] == component]
        for (what, unit), sizes in of_component.groupby(["quantity", "unit"], sort=False):
            by_phase = sizes.set_index("phase")["value"]
            values = [float(by_phase[phase]) if phase in by_phase else None for phase in phases(results)]
            if any(values):
                texts, shown = row(values, str(unit))
                rows.append([name_in_words(component), name_in_words(str(what)), unit_in_words(shown), *texts])
    return rows


def cost_rows(results: Results) -> list[list[str]]:
    """Return component, reason and million USD a year per phase, largest component first and the total last."""
    table = results.costs[results.costs["cash"]]
    if table.empty:
        return []
    place = {phase: position for position, phase in enumerate(phases(results))}
    lines: dict[tuple[str, str], list[float]] = {}
    for line in table.to_dict("records"):
        values = lines.setdefault((line["component"], line["reason"]), [0.0] * len(place))
        values[place[line["phase"]]] += line["usd_per_year"]
    size: dict[str, float] = {}
    for (component, _), values in lines.items():
        size[component] = size.get(component, 0.0) + max(values, key=abs)
    rows, last = [], ""
    for component, reason in sorted(lines, key=lambda line: (-abs(size[line[0]]), line[0], -max(lines[line]), line[1])):
        values = lines[component, reason]
        if max(map(abs, values)) >= WORTH_A_LINE_USD:
            name = name_in_words(component)
            rows.append([name if name != last else "", name_in_words(reason), *map(millions, values)])
            last = name
    totals = table.groupby("phase")["usd_per_year"].sum().reindex(phases(results)).fillna(0.0)
    return [*rows, ["Total", "", *(millions(value) for value in totals)]]


def answers(results: Results) -> list[dict[str, Any]]:
    """Return the questions a decision maker asks, each with its answer in sentences."""
    last = phases(results)[-1]
    asked = [
        ("How much, and when", _how_much(results)),
        ("What is built", _what_is_built(results, last)),
        ("What it costs", _what_it_costs(results, last)),
        ("What it must earn", project_content.earnings(results)),
        ("What it emits", [*_what_it_emits(results, last), *project_content.embodied(results)]),
        ("What it drinks", _what_it_drinks(results, last)),
    ]
    return [{"question": question, "answer": lines} for question, lines in asked if lines]


def _shown(results: Results, phase: str, name: str) -> str | None:
    """Return a headline figure with its unit, or None if the plan does not have it or it is undefined."""
    value = kpi(results, phase, name)
    if value is None or pd.isna(value):
        return None
    unit = str(results.kpis.loc[results.kpis["name"] == name, "unit"].iloc[0])
    return quantity(value, unit, name=name)


def _how_much(results: Results) -> list[str]:
    lines = []
    for phase in phases(results):
        parts = []
        accelerators, it, peak = (_shown(results, phase, n) for n in ("accelerators", "it_capacity", "facility_peak"))
        if accelerators and accelerators != "0":
            parts.append(f"{accelerators} accelerators")
        if it:
            parts.append(f"{it} of IT")
        if peak:
            parts.append(f"a peak of {peak} at the grid connection")
        if parts:
            lines.append(f"From {phase_in_words(phase)}: {', '.join(parts)}.")
    return lines


def _what_is_built(results: Results, phase: str) -> list[str]:
    kinds, table = kinds_of(results), results.capacities
    rows = table[(table["phase"] == phase) & (table["value"] > 0)]
    groups: dict[str, list[str]] = {"Supply": [], "Cooling": []}
    for component in style.order(map(str, rows["component"].unique()), kinds):
        kin = style.family(component, kinds[component])
        sizes = rows[rows["component"] == component]
        texts = [quantity(float(v), str(u)) for v, u in zip(sizes["value"], sizes["unit"], strict=True)]
        text = f"{name_in_words(component, opening=False)} {' / '.join(unit_in_words(text) for text in texts)}"
        if kin in style.SUPPLY:
            groups["Supply"].append(text)
        elif kin == "cooling":
            groups["Cooling"].append(text)
    when = phase_in_words(phase)
    return [f"{title} by {when}: {', '.join(texts)}." for title, texts in groups.items() if texts]


def _what_it_costs(results: Results, last: str) -> list[str]:
    lines, names = [], ("capex_it", "capex_facility", "capex_power", "capex_grid")
    invested = {phase: sum(kpi(results, phase, name) or 0.0 for name in names) for phase in phases(results)}
    if any(invested.values()):
        texts, unit = row(list(invested.values()), "USD")
        each = ", ".join(f"{text} in {phase_in_words(phase)}" for phase, text in zip(invested, texts, strict=True))
        lines.append(f"Investment ({unit}): {each}.")
    yearly, hour, energy = (_shown(results, last, name) for name in ("annual_cost", "cost_per_gpu_hour", "lcoe"))
    parts = [f"{yearly} from {phase_in_words(last)}" if yearly else "", f"{hour}, everything included" if hour else ""]
    parts.append(f"electricity at {energy}" if energy else "")
    return [*lines, *_sentence(parts)]


def _what_it_emits(results: Results, last: str) -> list[str]:
    co2, free, renewable = (_shown(results, last, name) for name in ("co2", "cfe_share", "renewable_share"))
    parts = [
        f"{co2} of CO₂ from {phase_in_words(last)}" if co2 else "",
        f"{renewable} renewable over the year" if renewable else "",
        f"{free} carbon-free hour by hour" if free else "",
    ]
    return _sentence(parts)


def _what_it_drinks(results: Results, last: str) -> list[str]:
    rate, peak = (_shown(results, last, name) for name in ("wue_annual", "water_peak"))
    parts = [f"at most {peak}" if peak else "", f"{rate} of IT energy" if rate else ""]
    per_kwh, it = kpi(results, last, "wue_annual"), on_bus(results, "it", last)
    if per_kwh is not None and not it.empty:
        # L/kWh is m3/MWh, and the steps are hours.
        cubic_metres = per_kwh * float(it.clip(lower=0).to_numpy().sum())
        parts.insert(0, f"{quantity(cubic_metres, 'm3/yr')} from {phase_in_words(last)}")
    return _sentence(parts)


def _sentence(parts: list[str]) -> list[str]:
    text = "; ".join(part for part in parts if part)
    return [f"{text[0].upper()}{text[1:]}."] if text else []


def cautions(results: Results) -> list[str]:
    """Return what a reader must know before relying on the plan; the run's own warnings come first."""
    lines = [*project_content.late_orders(results), *(str(warning) for warning in results.run.get("warnings", []))]
    climate = results.run.get("climate", {})
    if climate.get("kind") == "synthetic":
        lines.append("The weather year is synthetic: made from monthly statistics, not measured.")
    for phase in phases(results):
        short = kpi(results, phase, "unserved_it") or 0.0
        if short > 0:
            lines.append(f"From {phase_in_words(phase)}, {quantity(short, 'MWh/yr')} of IT energy is not served.")
    unchecked = len(unverified(results))
    if unchecked:
        lines.append(
            f"{unchecked} of {len(results.assumptions)} inputs are general knowledge that nobody checked against "
            "a source; they are listed under Unverified inputs."
        )
    lines += project_content.missing_tables(results)
    return lines


def status_line(results: Results) -> str:
    """Return how good the plan is known to be, in one line."""
    gap, status = results.run.get("certified_gap"), str(results.run.get("status", "unknown"))
    if gap is None:
        return f"Status: {status}"
    return f"Status: {status}, cost proven to be within {100 * float(gap):.2g} % of the least possible"


def provenance(results: Results) -> list[dict[str, Any]]:
    """Return how the plan came to be: groups of name and value."""
    run = results.run
    gap = run.get("certified_gap")
    error = run.get("aggregation_error")
    solution = {
        "Status": str(run.get("status", "unknown")),
        "Objective of the sizing": quantity(run.get("sizing_objective_usd"), "USD"),
        "Objective of the dispatch": quantity(run.get("dispatch_objective_usd"), "USD"),
        "Certified gap": NOTHING if gap is None else f"{100 * float(gap):.3g} %",
        "Error of the aggregation": NOTHING if error is None else f"{100 * float(error):.3g} %",
        "Peak memory": quantity(run.get("peak_memory_mb"), "MB"),
    }
    model = {name_in_words(str(key)): number(value) for key, value in run.get("model", {}).items()}
    seconds = {name_in_words(str(key)): quantity(value, "s") for key, value in run.get("seconds", {}).items()}
    groups: list[tuple[str, Mapping[str, str]]] = [
        ("Climate", {name_in_words(str(key)): _plainly(value) for key, value in run.get("climate", {}).items()}),
        ("Solution", solution),
        ("Model", model),
        ("Time by stage", seconds),
        ("Versions", {str(key): str(value) for key, value in run.get("versions", {}).items()}),
    ]
    return [{"title": title, "rows": [list(pair) for pair in rows.items()]} for title, rows in groups if rows]


def _plainly(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_plainly(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_plainly, value))
    return value_in_words(value)


def assumption_rows(table: pd.DataFrame) -> list[list[str]]:
    """Return place, name, value with unit, source and evidence as text."""
    rows = []
    for place, name, value, unit, source, evidence in table[list(COLUMNS["assumptions"])].itertuples(index=False):
        shown = f"{value_in_words(value)} {unit_in_words(str(unit))}".strip()
        rows.append([str(place), name_in_words(str(name)), shown, str(source), str(evidence)])
    return rows


def tiles(results: Results) -> list[list[str]]:
    """Return label, number and unit of the figures set large, for the last phase."""
    last, found = phases(results)[-1], []
    for name in TILES:
        text = _shown(results, last, name)
        if text is not None:
            amount, _, unit = text.partition(NARROW)
            found.append([headline(name), amount, unit])
    return found


def content(results: Results) -> dict[str, Any]:
    """Return everything that a report of one run says, as plain data."""
    unchecked = unverified(results)
    checked = verified(results)
    return {
        "site": results.run.get("name", results.site),
        "scenario": results.scenario,
        "status": status_line(results),
        "phases": [phase_in_words(phase) for phase in phases(results)],
        "answers": answers(results),
        "cautions": cautions(results),
        "tiles": tiles(results),
        "first": headline_rows(results, FIRST_PAGE),
        "headlines": headline_groups(results),
        "capacities": capacity_rows(results),
        "costs": cost_rows(results),
        "sources": project_content.sources(results),
        "orders": project_content.orders(results),
        "money": project_content.money(results),
        "delay": project_content.delay(results),
        "curtailment": project_content.curtailment(results),
        "survival": project_content.survival(results),
        "provenance": provenance(results),
        "inputs": [[str(name), str(digest)] for name, digest in results.run.get("inputs", {}).items()],
        "notes": [str(note) for note in results.run.get("notes", [])],
        "assumptions": assumption_rows(checked),
        "unverified": assumption_rows(unchecked),
    }
