"""What limits are worth, and what one more MWh costs: shadow prices in words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..language import say
from ..results.hours import hours_of_a_year
from ..results.results import Results, kpi, phases
from ..words import NARROW, day_in_words, number, phase_in_words, quantity

KW_PER_MW = 1000.0
NOTHING_USD_PER_KW = 0.01
"""A value of connection below this (10 USD a MW and year) is the dust of a solver."""
PLANT = ("capital", "upkeep", "connection")
"""What the reasons of costs begin with that a connection costs by its size."""


def prices(results: Results) -> list[str]:
    """Return a sentence for each price that the optimisation found, phase by phase."""
    lines = []
    for phase in phases(results):
        lines += [*_grid(results, phase), *_water(results, phase), *_electricity(results, phase)]
    return lines


def _grid(results: Results, phase: str) -> list[str]:
    worth = kpi(results, phase, "value_of_grid_capacity")
    if worth is None:
        return []
    when = phase_in_words(phase)
    if worth < NOTHING_USD_PER_KW:
        return [say("From {phase}, more grid connection would save nothing: it is nowhere full.", phase=when)]
    text = say(
        "From {phase}, one more MW of grid connection would save {amount}, before its own cost.",
        phase=when,
        amount=quantity(KW_PER_MW * worth, "USD/yr"),
    )
    paid = connection_usd_per_kw(results, phase)
    if paid > 0:
        return [f"{text} {say('A MW of connection itself costs {cost}.', cost=quantity(KW_PER_MW * paid, 'USD/yr'))}"]
    return [text]


def connection_usd_per_kw(results: Results, phase: str) -> float:
    """Return what a kW of grid connection costs a year, without energy and demand charges; 0 where there is none."""
    cost, kinds = results.costs, results.capacities
    grids = kinds.loc[kinds["kind"] == "grid", "component"].unique()
    chosen = cost["component"].isin(grids) & (cost["phase"] == phase) & cost["reason"].str.startswith(PLANT)
    standing = kpi(results, phase, "grid_connection")
    return float(cost.loc[chosen, "usd_per_year"].sum()) / (KW_PER_MW * standing) if standing else 0.0


def _water(results: Results, phase: str) -> list[str]:
    lines, when = [], phase_in_words(phase)
    yearly = kpi(results, phase, "value_of_water")
    if yearly:
        amount = f"{number(yearly)}{NARROW}USD"
        lines.append(
            say(
                "From {phase}, one more m³ under the yearly cap would save {amount} above its price.",
                phase=when,
                amount=amount,
            )
        )
    peak = kpi(results, phase, "value_of_water_peak")
    if peak:
        lines.append(
            say("From {phase}, one more L/s of water would save {amount}.", phase=when, amount=quantity(peak, "USD/yr"))
        )
    return lines


def _electricity(results: Results, phase: str) -> list[str]:
    """Return what one more MWh costs with the sizes as they are: on average, and in the dearest hour."""
    if "price.ac" not in results.hourly:
        return []
    series = results.hourly["price.ac"].sel(phase=phase)
    values = np.asarray(series.values, dtype=float)
    counted = hours_of_a_year(results)
    mean = float(counted @ values / counted.sum())
    dearest = int(values.argmax())
    hour = pd.Timestamp(series["time"].values[dearest])
    text = say(
        "From {phase}, one more MWh costs {mean} on average over the year, with the sizes as they are",
        phase=phase_in_words(phase),
        mean=_rate(mean),
    )
    if values.max() > 1.05 * mean:
        ending = say(
            "; in the dearest hour, on {day} at {clock}, {most}.",
            day=day_in_words(hour),
            clock=f"{hour:%H}:00",
            most=_rate(float(values[dearest])),
        )
        return [f"{text}{ending}"]
    return [say("{sentence}.", sentence=text)]


def _rate(usd_per_mwh: float) -> str:
    return quantity(usd_per_mwh, "USD/MWh")
