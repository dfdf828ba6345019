"""What a report says, as plain data: sentences, tables of text, provenance. Layout is left to the PDF and the HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from gigasite.models.plan_tables import COLUMNS

from ..figures import style
from ..language import say, word
from ..results.hours import kinds_of
from ..results.results import Results, kpi, phases, unverified, verified
from ..words import (
    MINUS,
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
from . import benchmark as benchmark_content
from . import climate as climate_content
from . import cost as cost_content
from . import emission as emission_content
from . import phase as phase_content
from . import price as price_content
from . import project as project_content
from . import reliability as reliability_content
from .answers import answers, shown

GROUPS: dict[str, tuple[str, ...]] = {
    "Compute": ("accelerators", "it_capacity", "compute_delivered", "unserved_it"),
    "Power": ("facility_peak", "grid_connection", "grid_energy", "renewable_share", "cfe_share"),
    "Reliability": (
        *("firm_capacity", "reserve_margin", "survival_24h", "expected_unserved"),
        *("swing", "swing_held"),
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
    *("pue_annual", "co2"),
)
"""Headline figures of the first page."""

TILES = ("accelerators", "facility_peak", "annual_cost", "co2")
"""Headline figures set large on top of the first page."""

WORTH_A_LINE_USD = 500.0
WORTH_A_LINE = 2e-5
"""Annual costs below this, or below this share of the largest component, in every phase are in the total only."""


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
    groups = [{"title": say(title), "rows": headline_rows(results, names)} for title, names in every.items()]
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
    worth_a_line = max(WORTH_A_LINE_USD, WORTH_A_LINE * max(map(abs, size.values())))
    rows, last = [], ""
    for component, reason in sorted(lines, key=lambda line: (-abs(size[line[0]]), line[0], -max(lines[line]), line[1])):
        values = lines[component, reason]
        if max(map(abs, values)) >= worth_a_line:
            name = name_in_words(component)
            rows.append([name if name != last else "", name_in_words(reason), *map(millions, values)])
            last = name
    totals = table.groupby("phase")["usd_per_year"].sum().reindex(phases(results)).fillna(0.0)
    return [*rows, [say("Total"), "", *(millions(value) for value in totals)]]


def cautions(results: Results) -> list[str]:
    """Return what a reader must know before relying on the plan; the run's own warnings come first."""
    lines = [*project_content.late_orders(results), *map(_opening, results.run.get("warnings", []))]
    climate = results.run.get("climate", {})
    if climate.get("kind") == "synthetic":
        lines.append(say("The weather year is synthetic: made from monthly statistics, not measured."))
    for phase in phases(results):
        short = kpi(results, phase, "unserved_it") or 0.0
        if short > 0:
            amount = quantity(short, "MWh/yr")
            lines.append(
                say("From {phase}, {amount} of IT energy is not served.", phase=phase_in_words(phase), amount=amount)
            )
    unchecked = len(unverified(results))
    if unchecked:
        lines.append(
            say(
                "{unchecked} of {count} inputs are general knowledge that nobody checked against a source; they are"
                " listed under Unverified inputs.",
                unchecked=unchecked,
                count=len(results.assumptions),
            )
        )
    lines += project_content.missing_tables(results)
    return lines


def _opening(warning: object) -> str:
    text = str(warning)
    return f"{text[:1].upper()}{text[1:]}"


def status_line(results: Results) -> str:
    """Return how good the plan is known to be, in one line."""
    gap, status = results.run.get("certified_gap"), str(results.run.get("status", "unknown"))
    if gap is None:
        return say("Status: {status}", status=word(status))
    return say(
        "Status: {status}, cost proven to be within {gap} % of the least possible",
        status=word(status),
        gap=f"{100 * float(gap):.2g}",
    )


def provenance(results: Results) -> list[dict[str, Any]]:
    """Return how the plan came to be: groups of name and value."""
    run = results.run
    gap = run.get("certified_gap")
    error = run.get("aggregation_error")
    solution = {
        say("Status"): str(run.get("status", "unknown")),
        say("Objective of the sizing"): quantity(run.get("sizing_objective_usd"), "USD"),
        say("Objective of the dispatch"): quantity(run.get("dispatch_objective_usd"), "USD"),
        say("Certified gap"): NOTHING if gap is None else f"{100 * float(gap):.3g} %",
        say("Error of the aggregation"): NOTHING if error is None else f"{100 * float(error):.3g} %",
        say("Peak memory"): quantity(run.get("peak_memory_mb"), "MB"),
    }
    model = {name_in_words(str(key)): number(value) for key, value in run.get("model", {}).items()}
    seconds = {name_in_words(str(key)): quantity(value, "s") for key, value in run.get("seconds", {}).items()}
    groups: list[tuple[str, Mapping[str, str]]] = [
        (say("Climate"), {name_in_words(str(key)): _plainly(value) for key, value in run.get("climate", {}).items()}),
        (say("Solution"), solution),
        (say("Model"), model),
        (say("Time by stage"), seconds),
        (say("Versions"), {str(key): str(value) for key, value in run.get("versions", {}).items()}),
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


def outside_ranges(results: Results) -> list[list[str]]:
    """Return component, range, published and asked values, hours a year outside and source, where any hour is outside.

    Runs of releases that did not count these hours have none.
    """
    rows = []
    for each in results.run.get("ranges", []):
        if each["hours"] or each["design_hours"]:
            unit = unit_in_words(str(each["unit"]))
            published, asked = (
                f"{_span(float(each[low]), float(each[high]))} {unit}".strip()
                for low, high in (("low", "high"), ("lowest", "highest"))
            )
            names = name_in_words(str(each["component"])), name_in_words(str(each["range"]))
            rows.append([*names, published, asked, f"{each['hours']:,.0f}", str(each["source"])])
    return rows


def _span(low: float, high: float) -> str:
    first, last = (f"{value:.3g}".replace("-", MINUS) for value in (low, high))
    return first if first == last else say("{low} to {high}", low=first, high=last)


def tiles(results: Results) -> list[list[str]]:
    """Return label, number and unit of the figures set large, for the last phase."""
    last, found = phases(results)[-1], []
    for name in TILES:
        text = shown(results, last, name)
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
        "curtailment": reliability_content.curtailment(results),
        "outages": reliability_content.outages(results),
        "lasting": reliability_content.lasting(results),
        "survival": reliability_content.survival(results),
        "flexibility": reliability_content.flexibility(results),
        "place": climate_content.place(results),
        "weather": climate_content.weather(results),
        "compute": phase_content.compute(results),
        "cooling": phase_content.cooling(results),
        "supply": phase_content.supply(results),
        "steps": cost_content.step_rows(results, phases(results)[-1]),
        "step_heads": cost_content.step_heads(results),
        "carbon": emission_content.carbon(results),
        "water": emission_content.water(results),
        "reliability": headline_rows(results, GROUPS["Reliability"]),
        "prices": price_content.prices(results),
        "benchmarks": benchmark_content.rows(results),
        "provenance": provenance(results),
        "inputs": [[str(name), str(digest)] for name, digest in results.run.get("inputs", {}).items()],
        "notes": [str(note) for note in results.run.get("notes", [])],
        "assumptions": assumption_rows(checked),
        "unverified": assumption_rows(unchecked),
        "ranges": outside_ranges(results),
    }
