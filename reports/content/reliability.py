"""What a plan says of reliability, as plain data: outages, survival, curtailment and calls to stand back."""

from __future__ import annotations

import numpy as np

from ..language import say
from ..results.results import Results, phases
from ..words import NARROW, NOTHING, number, phase_in_words, row

FLEXIBILITY: dict[str, str] = {
    "interruptible": "Connected, may be called off",
    "gained": "Of it: gained before a firm offer could give it",
    "gained_mw_years": "Gained over the phase",
    "hours": "Called off",
    "called_off": "Energy that the contract takes back",
    "less_import": "Imported less than usual",
    "from_storage": "Made up by storage",
    "from_generators": "Made up by generators",
    "from_renewables": "Made up by solar and wind",
    "less_it": "Made up by work that waits or is dropped",
    "less_cooling": "Made up by cooling",
    "from_elsewhere": "Made up elsewhere",
    "cost": "Cost of what storage and generators make up",
    "cost_per_mw": "The same per MW gained",
}
"""Figures of a connection that may be called off and what reports call them."""

TOLD_HOURS = (1, 4, 8, 12, 24, 48, 72)
"""Lengths of outages that the report tells, of those in the table."""
LEAST_TOLD = 1e-3
LIKELY = 0.9


def curtailment(results: Results) -> list[list[str]]:
    """Return what a little curtailment frees of the grid: by phase and share of the year's import, as text."""
    table = results.tables.get("curtailment")
    if table is None:
        return []
    return [
        [
            phase_in_words(str(row["phase"])),
            f"{100 * row['share']:g}{NARROW}%",
            number(row["grid_mw"]),
            number(row["freed_mw"]),
            number(row["hours"]),
            number(row["longest_h"]),
            f"{100 * row['mean_depth']:.0f}{NARROW}%",
        ]
        for row in table[table["freed_mw"] > 0].to_dict("records")
    ]


def outages(results: Results) -> list[list[str]]:
    """Return how the plan rides through each outage that it knows: phase, window, energy by source, work, as text."""
    table = results.tables.get("outages")
    if table is None:
        return []
    energy = ("load_mwh", "storage_mwh", "generator_mwh", "renewable_mwh")
    return [
        [
            phase_in_words(str(each["phase"])),
            str(each["window"]),
            *(number(each[name] if abs(each[name]) >= LEAST_TOLD else 0.0) for name in energy),
            f"{100 * each['work_done']:.0f}{NARROW}%" if np.isfinite(each["work_done"]) else NOTHING,
        ]
        for each in table.to_dict("records")
    ]


def lasting(results: Results) -> list[str]:
    """Return how long an outage may last that is likely to be served to its end, a sentence for each phase."""
    table = results.tables.get("survival")
    if table is None or table.empty:
        return []
    longest = table["hours"].max()
    lines = []
    for phase in phases(results):
        curve = table[table["phase"] == phase].sort_values("hours")
        short = curve[curve["survival"] < LIKELY]["hours"]
        served = float(short.min() - 1) if len(short) else float(longest)
        lines.append(
            say(
                "From {phase}, an outage of up to {hours} h is served to its end with a probability of 90 % or more.",
                phase=phase_in_words(phase),
                hours=f"{served:.0f}",
            )
        )
    return lines


def survival(results: Results) -> list[list[str]]:
    """Return how likely outages of some lengths are served: length, and one text per phase."""
    table = results.tables.get("survival")
    if table is None or table.empty:
        return []
    likely = table.set_index(["hours", "phase"])["survival"]
    return [
        [
            f"{hours}{NARROW}h",
            "%",
            *(
                f"{100 * likely[hours, phase]:.2f}" if (hours, phase) in likely else NOTHING
                for phase in phases(results)
            ),
        ]
        for hours in TOLD_HOURS
    ]


def flexibility(results: Results) -> list[list[str]]:
    """Return what a connection that may be called off gives and costs: figure, unit, and one text per phase."""
    table = results.tables.get("flexibility")
    if table is None or table.empty:
        return []
    known = table.set_index(["name", "phase"])["value"]
    units = dict(zip(table["name"], table["unit"], strict=True))
    rows = []
    for name, label in FLEXIBILITY.items():
        values = [float(known[name, phase]) if (name, phase) in known else None for phase in phases(results)]
        if any(value is not None and abs(value) >= LEAST_TOLD for value in values):
            texts, unit = row(values, units[name])
            rows.append([say(label), unit, *texts])
    return rows
