"""The questions that a decision maker asks of a plan, each with its answer in sentences."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..figures import style
from ..language import listed, say
from ..results.hours import kinds_of
from ..results.results import Results, kpi, phases
from ..words import name_in_words, phase_in_words, quantity, row, unit_in_words
from . import price as price_content
from . import project as project_content

MATERIAL = 0.01
"""A limit is told where its value times all of it is more than this share of the annual cost."""


def answers(results: Results) -> list[dict[str, Any]]:
    """Return the questions a decision maker asks, each with its answer in sentences."""
    last = phases(results)[-1]
    asked = [
        (say("How much, and when"), _how_much(results)),
        (say("What is built"), _what_is_built(results, last)),
        (say("What it costs"), _what_it_costs(results, last)),
        (say("What it must earn"), project_content.earnings(results)),
        (say("What it emits"), [*_what_it_emits(results, last), *project_content.embodied(results)]),
        (say("What it drinks"), _what_it_drinks(results, last)),
        (say("What could go wrong"), _what_could_go_wrong(results, last)),
    ]
    return [{"question": question, "answer": lines} for question, lines in asked if lines]


def shown(results: Results, phase: str, name: str) -> str | None:
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
        accelerators, it, peak = (shown(results, phase, n) for n in ("accelerators", "it_capacity", "facility_peak"))
        if accelerators and accelerators != "0":
            parts.append(say("{count} accelerators", count=accelerators))
        if it:
            parts.append(say("{power} of IT", power=it))
        if peak:
            parts.append(say("a peak of {power} at the grid connection", power=peak))
        if parts:
            lines.append(say("From {phase}: {parts}.", phase=phase_in_words(phase), parts=listed(parts)))
    return lines


def _what_is_built(results: Results, phase: str) -> list[str]:
    kinds, table = kinds_of(results), results.capacities
    rows = table[(table["phase"] == phase) & (table["value"] > 0)]
    supply, cooling = [], []
    for component in style.order(map(str, rows["component"].unique()), kinds):
        kin = style.family(component, kinds[component])
        sizes = rows[rows["component"] == component]
        texts = [quantity(float(v), str(u)) for v, u in zip(sizes["value"], sizes["unit"], strict=True)]
        text = f"{name_in_words(component, opening=False)} {' / '.join(unit_in_words(text) for text in texts)}"
        if kin in style.SUPPLY:
            supply.append(text)
        elif kin == "cooling":
            # Coils, trim chillers and exchangers of a system stand side by side: its largest part says how big it is.
            largest = sizes.sort_values("value").iloc[-1]
            size = quantity(float(largest["value"]), str(largest["unit"]))
            cooling.append(f"{name_in_words(component, opening=False)} {unit_in_words(size)}")
    when, lines = phase_in_words(phase), []
    if supply:
        lines.append(say("Supply by {phase}: {parts}.", phase=when, parts=listed(supply)))
    if cooling:
        lines.append(say("Cooling by {phase}: {parts}.", phase=when, parts=listed(cooling)))
    return lines


def _what_it_costs(results: Results, last: str) -> list[str]:
    lines, names = [], ("capex_it", "capex_facility", "capex_power", "capex_grid")
    invested = {phase: sum(kpi(results, phase, name) or 0.0 for name in names) for phase in phases(results)}
    if any(invested.values()):
        texts, unit = row(list(invested.values()), "USD")
        each = [
            say("{amount} in {phase}", amount=text, phase=phase_in_words(phase))
            for phase, text in zip(invested, texts, strict=True)
        ]
        lines.append(say("Investment ({unit}): {parts}.", unit=unit, parts=listed(each)))
    yearly, hour, energy = (shown(results, last, name) for name in ("annual_cost", "cost_per_gpu_hour", "lcoe"))
    parts = [say("{amount} from {phase}", amount=yearly, phase=phase_in_words(last))] if yearly else []
    parts += [say("{price} an H100-hour, everything included", price=hour)] if hour else []
    parts += [say("electricity at {price}", price=energy)] if energy else []
    return [*lines, *_sentence(parts)]


def _what_it_emits(results: Results, last: str) -> list[str]:
    co2, free, renewable = (shown(results, last, name) for name in ("co2", "cfe_share", "renewable_share"))
    parts = [say("{mass} of CO₂ from {phase}", mass=co2, phase=phase_in_words(last))] if co2 else []
    parts += [say("{share} renewable over the year", share=renewable)] if renewable else []
    parts += [say("{share} carbon-free hour by hour", share=free)] if free else []
    return _sentence(parts)


def _what_it_drinks(results: Results, last: str) -> list[str]:
    rate, peak = (shown(results, last, name) for name in ("wue_annual", "water_peak"))
    parts = []
    amount = shown(results, last, "water_annual")
    if amount:
        parts.append(say("{amount} from {phase}", amount=amount, phase=phase_in_words(last)))
    parts += [say("at most {rate}", rate=peak)] if peak else []
    parts += [say("{rate} of IT energy", rate=rate)] if rate else []
    return _sentence(parts)


def _what_could_go_wrong(results: Results, last: str) -> list[str]:
    """Return what most endangers the plan in numbers: time, outages, a short connection."""
    lines = []
    orders = results.tables.get("orders")
    late = 0 if orders is None else int((orders["slack_days"] < 0).sum())
    if late:
        lines.append(
            say("One order is late before the project starts.")
            if late == 1
            else say("{count} orders are late before the project starts.", count=late)
        )
    month = shown(results, last, "delay_cost")
    if month and kpi(results, last, "delay_cost"):
        lines.append(
            say("If power for {phase} comes late, it costs {amount}.", phase=phase_in_words(last), amount=month)
        )
    served = shown(results, last, "survival_24h")
    if served:
        lines.append(say("An outage of 24 h is served with a probability of {share}.", share=served))
    margin = kpi(results, last, "reserve_margin")
    if margin is not None and margin < 0:
        lines.append(
            say(
                "Firm capacity is {share} short of the peak on the design days.",
                share=quantity(-margin, "1", name="cfe_share"),
            )
        )
    worth = kpi(results, last, "value_of_grid_capacity") or 0.0
    at_stake = price_content.KW_PER_MW * worth * (kpi(results, last, "grid_connection") or 0.0)
    if at_stake > MATERIAL * (kpi(results, last, "annual_cost") or 0.0) and at_stake > 0:
        lines.append(
            say(
                "The grid connection limits the plan: one more MW would save {amount}.",
                amount=quantity(price_content.KW_PER_MW * worth, "USD/yr"),
            )
        )
    return lines


def _sentence(parts: list[str]) -> list[str]:
    text = say("; ").join(part for part in parts if part)
    return [say("{sentence}.", sentence=f"{text[0].upper()}{text[1:]}")] if text else []
