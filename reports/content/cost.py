"""What a plan costs, in steps from its parts to the total: a year, and an H100-hour."""

from __future__ import annotations

from dataclasses import dataclass

from ..figures import style
from ..language import say
from ..results.hours import kinds_of
from ..results.results import Results, kpi, phases
from ..words import millions, number

SMALL = 0.004
"""Steps below this share of the total are one step, Other."""


@dataclass(frozen=True)
class Step:
    """A part of the cost.

    Parameters
    ----------
    name : str
        Name for people.
    family : str
        Whose colour it has.
    usd_per_year : float
        Negative where it earns.
    """

    name: str
    family: str
    usd_per_year: float


def steps(results: Results, phase: str) -> list[Step]:
    """Return the cash costs of a phase by family, largest first, small ones as one."""
    cash = results.costs[results.costs["cash"] & (results.costs["phase"] == phase)]
    kinds, sums = kinds_of(results), dict[str, float]()
    for component, usd in zip(cash["component"].astype(str), cash["usd_per_year"].astype(float), strict=True):
        kin = style.family(component, kinds.get(component, ""))
        sums[kin] = sums.get(kin, 0.0) + usd
    limit = SMALL * sum(map(abs, sums.values()))
    small = sum(usd for kin, usd in sums.items() if abs(usd) < limit or kin == "other")
    kept = {kin: usd for kin, usd in sums.items() if abs(usd) >= limit and kin != "other"}
    found = [Step(family_in_words(kin), kin, usd) for kin, usd in sorted(kept.items(), key=lambda pair: -pair[1])]
    return [*found, Step(family_in_words("other"), "other", small)] if small else found


def step_rows(results: Results, phase: str) -> list[list[str]]:
    """Return part, million USD a year, USD per H100-hour where there is work, and per cent; the total last."""
    parts = steps(results, phase)
    total = sum(part.usd_per_year for part in parts)
    if not total:
        return []
    work = kpi(results, phase, "compute_delivered")
    lines = [(part.name, part.usd_per_year) for part in parts] + [(say("Total"), total)]
    return [
        [
            name,
            millions(usd),
            *([number(usd / work, 2) if abs(usd / work) < 0.1 else f"{usd / work:.3f}"] if work else []),
            f"{100 * usd / total:.1f}",
        ]
        for name, usd in lines
    ]


def step_heads(results: Results) -> list[str]:
    """Return the headings of `step_rows`."""
    work = kpi(results, phases(results)[-1], "compute_delivered")
    return [say("Part"), say("M USD/yr"), *([say("USD per H100-hour")] if work else []), "%"]


def family_in_words(kin: str) -> str:
    """Return what a family of components is called where it stands for its cost."""
    return {
        "nuclear": say("Nuclear power"),
        "geothermal": say("Geothermal power"),
        "hydro": say("Hydropower"),
        "grid": say("Grid: connection and energy"),
        "diesel": say("Diesel sets"),
        "fuel_cell": say("Fuel cells and hydrogen"),
        "gas": say("Gas engines and turbines"),
        "fuel": say("Fuel"),
        "wind": say("Wind"),
        "solar": say("Solar"),
        "storage": say("Stores of electricity"),
        "cooling": say("Cooling"),
        "compute": say("Accelerators and network"),
        "power_chain": say("Power chain"),
        "site": say("Buildings and land"),
        "water": say("Water"),
        "unserved": say("Work done elsewhere"),
        "carbon": say("Price of carbon"),
    }.get(kin, say("Other"))
