"""What a plan emits and drinks, by source, as rows of text."""

from __future__ import annotations

import pandas as pd

from ..language import say
from ..results.results import Results, kpi, phases
from ..words import name_in_words, row, unit_in_words

GRAMS_PER_TONNE = 1e6
KILOGRAMS_PER_TONNE = 1e3
LITRES_PER_M3 = 1e3


def carbon(results: Results) -> list[list[str]]:
    """Return label, unit and one text per phase: tonnes by source, the total, and what an hour and a MWh emit."""
    rows = _by_source(results, "carbon", "t/yr", 1.0)
    total = [kpi(results, phase, "co2") for phase in phases(results)]
    if not any(total):
        return []
    rows.append(_row(say("Together"), total, "t/yr"))
    rows.append(_per(results, say("Per H100-hour"), total, GRAMS_PER_TONNE, "compute_delivered", "g"))
    energy = [_it_energy(results, phase) for phase in phases(results)]
    if any(energy):
        each = [
            KILOGRAMS_PER_TONNE * t / e if t is not None and e else None for t, e in zip(total, energy, strict=True)
        ]
        rows.append(_row(say("Per MWh of IT energy"), each, "kg"))
    return [line for line in rows if line]


def water(results: Results) -> list[list[str]]:
    """Return label, unit and one text per phase: cubic metres by user, peak rate, and what an hour drinks."""
    total = [kpi(results, phase, "water_annual") for phase in phases(results)]
    if not any(total):
        return []
    rows = _by_source(results, "water", "m3/yr", -1.0)
    rows.append(_row(say("Together"), total, "m3/yr"))
    peak = [kpi(results, phase, "water_peak") for phase in phases(results)]
    if any(peak):
        rows.append(_row(say("Highest rate"), peak, "L/s"))
    rows.append(_per(results, say("Per H100-hour"), total, LITRES_PER_M3, "compute_delivered", "L"))
    return [line for line in rows if line]


def _by_source(results: Results, flow: str, unit: str, sign: float) -> list[list[str]]:
    """Return a row for each component whose flow has the sign; none where the run has no such flow."""
    table = results.energy[results.energy["flow"] == flow]
    wide: pd.DataFrame = table.pivot_table(
        index="component", columns="phase", values="value", aggfunc="sum", sort=False
    )
    wide = (sign * wide.reindex(columns=phases(results)).fillna(0.0)).clip(lower=0.0)
    return [
        _row(name_in_words(str(component)), [float(value) for value in values], unit)
        for component, values in zip(wide.index, wide.to_numpy(), strict=True)
        if max(values) >= 0.5
    ]


def _per(results: Results, label: str, total: list[float | None], factor: float, name: str, unit: str) -> list[str]:
    """Return a total per something that a headline figure counts."""
    counts = [kpi(results, phase, name) for phase in phases(results)]
    each = [factor * t / n if t is not None and n else None for t, n in zip(total, counts, strict=True)]
    if max((value for value in each if value is not None), default=0.0) < 0.001:
        return []
    return _row(label, each, unit)


def _it_energy(results: Results, phase: str) -> float:
    table = results.energy
    chosen = table[(table["flow"] == "it_energy") & (table["phase"] == phase)]
    return float(chosen["value"].sum())


def _row(label: str, values: list[float | None] | list[float], unit: str) -> list[str]:
    texts, shown = row(values, unit)
    return [label, unit_in_words(shown), *texts]
