"""The tidy tables of a finished plan: capacities, costs and yearly flows, all read off one solution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gigasite.climate import Weather
from gigasite.models.component import Capacity, Hourly, Term
from gigasite.models.conditions import Conditions
from gigasite.models.plan_tables import CORE
from gigasite.models.technologies.work import Work
from gigasite.models.timeline import Timeline
from gigasite.solvers import Compiled, Solution

from .site import Site

Floats = NDArray[np.float64]
COUNTED = {"kGPU": ("GPU", 1000.0)}
ALMOST_NOTHING = 1e-7


@dataclass(frozen=True, eq=False)
class Finished:
    """A solved site: what every table is read from."""

    site: Site
    compiled: Compiled
    solution: Solution
    year: Conditions
    weather: Weather

    @property
    def timeline(self) -> Timeline:
        """The timeline of the plan."""
        return self.compiled.network.time.timeline

    @cached_property
    def family(self) -> dict[str, str]:
        """Family of each component."""
        return {component.name: component.family for component in self.site.components}

    @cached_property
    def purpose(self) -> dict[str, str]:
        """Family that each component's money counts for: a store of cold is part of the cooling."""
        return {c.name: "cooling" if hasattr(c, "loop") else c.family for c in self.site.components}

    def series(self, term: Term) -> Floats:
        """Return an hourly term at every step."""
        return self.compiled.series(term, self.solution.x)

    def yearly(self, term: Term) -> Floats:
        """Return a term's yearly amount in each phase."""
        return self.compiled.yearly(term, self.solution.x)

    @cached_property
    def accounts(self) -> dict[str, Floats]:
        """Yearly amount that flows into each account, by phase."""
        network = self.compiled.network
        zero = np.zeros(len(self.timeline.phases))
        return {
            bus.name: sum((self.yearly(term) for term in network.flows(bus.name).values()), zero)
            for bus in network.buses
            if bus.account
        }

    @cached_property
    def flows(self) -> dict[str, dict[str, Floats]]:
        """Flow of each component into each step bus at every step."""
        network = self.compiled.network
        return {
            bus.name: {name: self.series(term) for name, term in network.flows(bus.name).items()}
            for bus in network.buses
            if not bus.account
        }

    def hourly_account(self, name: str) -> Floats:
        """Return the sum of the hourly terms that flow into an account, at every step."""
        terms = self.compiled.network.flows(name).values()
        return sum((self.series(term) for term in terms if isinstance(term, Hourly)), np.zeros(self.timeline.size))

    def records(self) -> Iterator[tuple[str, Capacity, Floats, Floats]]:
        """Yield component, record, what stands and what is added, by phase."""
        for name, terms in self.compiled.network.terms.items():
            for record in terms.capacities:
                stands = self.solution.x[self.compiled.columns.slice(record.capacity)]
                added = self.solution.x[self.compiled.columns.slice(record.added)]
                yield name, record, stands, added

    def warnings(self) -> list[str]:
        """Return what a reader of the results must know."""
        found = []
        for name, record, stands, _ in self.records():
            limits = [float(v.ub) for v in record.capacity.values()]
            stated = _stated(self.site.component(name), record.quantity)
            if not stated and any(s > 0.999 * u > ALMOST_NOTHING for s, u in zip(stands, limits, strict=True)):
                found.append(
                    f"{name}: its {record.quantity} is at the largest size that was searched. State a maximum."
                )
        for requirement, missed in self.solution.shortage.items():
            amounts = ", ".join(
                f"{p.name}: {m:,.4g}" for p, m in zip(self.timeline.phases, missed, strict=True) if m > 0
            )
            found.append(f"the fixed design is short of {requirement.replace('balance.', '')} ({amounts})")
        return found


def _stated(component: Any, quantity: str) -> bool:
    plants = getattr(component, "plants", {})
    field = plants[quantity].size if quantity in plants else {"power": "size"}.get(quantity, quantity)
    size = getattr(component, field, None) or getattr(component, quantity, None)
    return bool(size is None or size.maximum is not None or size.fixed is not None)


def capacities(finished: Finished) -> pd.DataFrame:
    """Return what stands in each phase, what was added, and what was retired at its start."""
    rows = []
    names = finished.timeline.names
    for component, record, stands, added in finished.records():
        unit, factor = COUNTED.get(record.unit, (record.unit, 1.0))
        kind = finished.site.component(component).kind
        before = 0.0
        for i, phase in enumerate(names):
            retired = max(0.0, before + added[i] - stands[i]) if i else 0.0
            rows.append(
                (phase, component, kind, record.quantity, factor * stands[i], unit, factor * added[i], factor * retired)
            )
            before = stands[i]
    return pd.DataFrame(rows, columns=list(CORE["capacities"]))


def costs(finished: Finished) -> pd.DataFrame:
    """Return every cost by component and reason; times the present-value years they add up to the objective."""
    overnight = {(name, r.reason): added * r.capex_usd_per_unit for name, r, _, added in finished.records()}
    rows = []
    zero = np.zeros(len(finished.timeline.phases))
    for (component, reason), term in finished.compiled.network.costs().items():
        yearly, capex = finished.yearly(term), overnight.get((component, reason), zero)
        cash = reason not in finished.compiled.network.terms[component].penalties
        for i, phase in enumerate(finished.timeline.phases):
            rows.append((phase.name, component, reason, yearly[i], capex[i], phase.present_value_years, cash))
    return pd.DataFrame(rows, columns=list(CORE["costs"]))


def unserved(finished: Finished) -> Iterator[tuple[Term, float]]:
    """Yield what work not done costs, by class of work, and its value [USD per GPU-hour]."""
    for component in finished.site.components:
        if isinstance(component, Work):
            terms = finished.compiled.network.terms[component.name]
            for reason in terms.penalties:
                yield terms.cost[reason], next(float(c.value) for c in component.classes if f"({c.name})" in reason)


def energy(finished: Finished) -> pd.DataFrame:
    """Return the yearly flow of each component into each bus and account."""
    rows = []
    timeline = finished.timeline
    for bus in finished.compiled.network.buses:
        if bus.account and not (bus.unit.endswith("/year") and bus.adds_up):
            continue  # land, capital and firm capacity are amounts of a phase; they do not flow, nor do swings
        unit = bus.unit.removesuffix("/year") if bus.account else bus.energy_unit
        for component, term in finished.compiled.network.flows(bus.name).items():
            for phase, value in zip(timeline.names, finished.yearly(term), strict=True):
                rows.append((phase, component, bus.name, value, f"{unit.replace('**', '')}/year"))
    return pd.DataFrame(rows, columns=list(CORE["energy"]))
