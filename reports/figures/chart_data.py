"""The tables behind the charts. The PDF draws them with matplotlib and the page with Plotly, so both show the same."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..content.project import FLOWS, owner_flow
from ..results.hours import kinds_of
from ..results.results import Results, phases
from . import style

ENERGY_UNITS = {"MWh/year", "MWh/yr"}
BALANCED = 1e-3
"""Share of what flows through a bus within which its year must add up to zero; an account that gathers does not."""

LOSSES = "losses"


@dataclass(frozen=True)
class Link:
    """Energy that goes from a component or bus to another in a year.

    Parameters
    ----------
    source, target : str
        Names; those of buses are in ``energy.csv`` as flows.
    bus : str
        The flow that it belongs to, or `LOSSES`.
    mwh : float
        Energy [MWh/yr], positive.
    """

    source: str
    target: str
    bus: str
    mwh: float


def supply_sizes(results: Results) -> pd.DataFrame | None:
    """Return the power of supply and storage [MW], a row per component in stacking order and a column per phase."""
    table = results.capacities
    table = table[(table["unit"] == "MW") & (table["value"] > 0)]
    table = table[[style.family(c, k) in style.SUPPLY for c, k in zip(table["component"], table["kind"], strict=True)]]
    if table.empty:
        return None
    sizes = table.pivot_table(index="component", columns="phase", values="value", aggfunc="max")
    names = style.order(map(str, sizes.index), kinds_of(results))
    return sizes.reindex(index=names, columns=phases(results)).fillna(0.0)


def yearly_costs(results: Results) -> pd.DataFrame | None:
    """Return the annual cost in cash [USD/yr], a row per component in stacking order and a column per phase."""
    cash = results.costs[results.costs["cash"]]
    table = cash.pivot_table(index="component", columns="phase", values="usd_per_year", aggfunc="sum").fillna(0.0)
    table = table[(table.abs() > 0).any(axis=1)]
    if table.empty:
        return None
    names = style.order(map(str, table.index), kinds_of(results))
    return table.reindex(index=names, columns=phases(results)).fillna(0.0)


def owner_parts(results: Results) -> pd.DataFrame | None:
    """Return the parts of the owner's cash flow that are not zero [USD], a row per year and a column per part.

    Plant, loans and resale are one: what the owner pays for plant out of its own pocket.
    """
    table = results.tables.get("cash_flow")
    if table is None or table.empty:
        return None
    flows = {title: owner_flow(table, sign, columns) for title, sign, columns in FLOWS}
    flows["Plant less loans"] = flows.pop("Plant") + flows.pop("Loans") + flows.pop("Resale")
    return pd.DataFrame({title: flow for title, flow in flows.items() if flow.abs().max() > 0})


def energy_links(results: Results, phase: str) -> list[Link]:
    """Return how energy goes from component to bus to component in a year, largest first.

    Each bus of ``energy.csv`` that balances over the year is a node, and so is each component. What goes into a
    component and does not come out again, though something does, goes to `LOSSES`: the heat of an engine, say. The
    net of the year counts, so a store shows its losses only.
    """
    table = results.energy
    table = table[(table["phase"] == phase) & table["unit"].isin(ENERGY_UNITS)]
    links: list[Link] = []
    into: dict[str, float] = {}
    out: dict[str, float] = {}
    for bus, rows in table.groupby("flow", sort=False):
        through = float(rows["value"].abs().sum())
        if through == 0 or abs(float(rows["value"].sum())) > BALANCED * through:
            continue
        for component, mwh in zip(map(str, rows["component"]), map(float, rows["value"]), strict=True):
            if mwh > 0:
                links.append(Link(component, str(bus), str(bus), mwh))
                out[component] = out.get(component, 0.0) + mwh
            elif mwh < 0:
                links.append(Link(str(bus), component, str(bus), -mwh))
                into[component] = into.get(component, 0.0) - mwh
    for component, given in out.items():
        lost = into.get(component, 0.0) - given
        if lost > 0:
            links.append(Link(component, LOSSES, LOSSES, lost))
    largest = max((link.mwh for link in links), default=0.0)
    return sorted(
        (link for link in links if link.mwh > BALANCED * largest),
        key=lambda link: (-link.mwh, link.source, link.target),
    )
