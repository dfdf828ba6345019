"""How likely the critical load is served when the grid fails without warning, told after the solve."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from gigasite.models.buses import FIRM, firm_account
from gigasite.models.catalogue import lookup
from gigasite.models.component import Component, Hourly
from gigasite.models.electric_storage import ElectricStorage
from gigasite.models.generation import Generation
from gigasite.models.plan_tables import FOLLOWING
from gigasite.models.reliability import Store, Units, expected_unserved, simulated, states, survival
from gigasite.models.technologies.outage import Machine, Outage

from .converters import firm_mw, way
from .tables import ALMOST_NOTHING, Finished, Floats

LONGEST_H = 72
STARTS = 24
"""Outages that are looked at, spread over the year: every 365 hours, so that each hour of the day starts one."""
TOLD_APART = 2000
"""States of the units up to which the chain is followed exactly; beyond, outages are drawn."""
COLUMNS = FOLLOWING["survival"]


def outage_of(finished: Finished) -> Outage | None:
    """Return the outages that the site states; None where it states none."""
    return next((c for c in finished.site.components if isinstance(c, Outage)), None)


def survival_table(finished: Finished) -> pd.DataFrame:
    """Return how likely the critical load is served through outages of 1 to 72 hours.

    The mean over 24 outages that begin without warning, spread over the year of each outcome. The load is the critical
    share of what IT, cooling, power chain and lighting draw then; stores hold what the plan left in them; generators
    serve in whole units, derated as on the design days, as far as the stored fuel lasts. What stands behind a converter
    has its efficiency, and by power its share of what the converter carries. Solar and wind plants count for nothing.

    Returns
    -------
    DataFrame
        ``phase``, ``hours``, ``survival`` [1], ``unserved_mwh``: energy that such an outage is expected to leave
        unserved. Empty where the site states no outage.
    """
    outage = outage_of(finished)
    rows = []
    for number, phase in enumerate(finished.timeline.names):
        if outage is None:
            break
        curve, lost = _curves(finished, outage, number, LONGEST_H)
        rows += [(phase, hour + 1, curve[hour], lost[hour]) for hour in range(LONGEST_H)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def survival_kpis(finished: Finished) -> dict[str, tuple[Floats, str]]:
    """Return the headline figures by phase: ``survival_24h`` [1] and ``expected_unserved`` [MWh/yr].

    What is expected to stay unserved is summed over the windows of a year, as if each came without warning.
    """
    outage = outage_of(finished)
    if outage is None:
        return {}
    hours = [math.ceil(window.hours) for window in outage.all_windows()]
    likely, unserved = [], []
    for number in range(len(finished.timeline.names)):
        curve, lost = _curves(finished, outage, number, max(24, *hours))
        likely.append(curve[23])
        unserved.append(sum(lost[each - 1] for each in hours))
    return {"survival_24h": (np.array(likely), "1"), "expected_unserved": (np.array(unserved), "MWh/yr")}


def firm_kpis(finished: Finished) -> dict[str, tuple[Floats, str]]:
    """Return the headline figures by phase: ``firm_capacity`` [MW] and ``reserve_margin`` [1].

    The margin is firm capacity over the largest power of IT and its overhead on the design days, less one; see
    `gigasite.models.technologies.reserve`. Nothing where nothing is firm or there are no design days.
    """
    timeline = finished.timeline
    drawn = finished.hourly_account("it_energy") + finished.hourly_account("overhead_energy")
    peak = np.zeros(len(timeline.names))
    np.maximum.at(peak, timeline.phase_number[~timeline.operating], drawn[~timeline.operating])
    if "firm_capacity" not in finished.accounts or not np.any(peak > ALMOST_NOTHING):
        return {}
    firm = firm_mw(finished)
    over = np.divide(firm, peak, out=np.full_like(peak, np.nan), where=peak > ALMOST_NOTHING)
    return {"firm_capacity": (firm, "MW"), "reserve_margin": (over - 1.0, "1")}


def _curves(finished: Finished, outage: Outage, phase: int, hours: int) -> tuple[Floats, Floats]:
    """Return survival, and the energy expected to stay unserved, by the length of the outage; both shape (hours,)."""
    every = float(outage.critical) * critical_load(finished)
    rings = [ring for ring in finished.timeline.rings if ring.phase == phase]
    most_mw = max(float(every[ring.steps].max(initial=0.0)) for ring in rings)
    units, fuel_mwh = fleet(finished, outage, phase, most_mw)
    levels = list(stores(finished, phase))
    few = states(units, hours) <= TOLD_APART
    curves, lost = np.zeros(hours), np.zeros(hours)
    for ring in rings:
        load, share = every[ring.steps], ring.outcome.probability / STARTS
        for start in range(0, 365 * STARTS, 365):
            needed = load[(start + np.arange(hours)) % len(load)]
            before = ring.steps[start % len(load) - 1]
            store = merged([(each, float(level[before])) for each, level in levels])
            one = (survival if few else simulated)(needed, units, store, fuel_mwh=fuel_mwh)
            curves += share * one
            lost += share * np.array([expected_unserved(needed[: n + 1], one[: n + 1]) for n in range(hours)])
    return curves, lost


def critical_load(finished: Finished) -> Floats:
    """Return what IT and its overhead draw at every step [MW]."""
    return finished.hourly_account("it_energy") + finished.hourly_account("overhead_energy")


def fleet(finished: Finished, outage: Outage, phase: int, most_mw: float) -> tuple[list[Units], float]:
    """Return the units of every generator in a phase, and the electricity that their stored fuel gives [MWh].

    Where some generators burn stored fuel and others do not, the stock limits how long the former last at the whole
    load, and the electricity is infinite.
    """
    found = list(_generators(finished, phase))
    stored = [c.fuel in outage.fuel_stock for c, _, _ in found]
    units, electricity = [], 0.0
    for (c, count, power), limited in zip(found, stored, strict=True):
        burned = _given_out(outage, c, [other for other, _, _ in found]) if limited else math.inf
        mwh = burned * way(finished, c.bus, phase).efficiency
        electricity += mwh
        alone = not all(stored) and limited
        lasts = math.floor(mwh / min(most_mw, count * power) + 1e-9) if alone and most_mw > 0 else math.inf
        units.append(_units(c, outage.machines.get(c.name, Machine()), count, power, lasts))
    return units, electricity if found and all(stored) else math.inf


def _generators(finished: Finished, phase: int) -> Iterator[tuple[Generation, int, float]]:
    """Yield each generator that stands, its number of units, and the power of one, derated [MW]."""
    for name, _record, stands, _added in finished.records():
        c = finished.site.component(name)
        if isinstance(c, Generation) and stands[phase] > ALMOST_NOTHING:
            there = way(finished, c.bus, phase)
            account = firm_account(FIRM, c.bus)
            firm = float(finished.yearly(finished.compiled.network.terms[name].into[account])[phase])
            count = max(1, round(stands[phase] / c.unit))
            sent_out = firm / max(1e-9, 1.0 - c.forced_outage)
            arriving = min(sent_out * there.efficiency, there.out_mw * _share(finished, c, phase))
            if arriving > 0:
                yield c, count, arriving / count


def _given_out(outage: Outage, one: Generation, others: Sequence[Generation]) -> float:
    """Return the electricity from a generator's part of the stock of its fuel [MWh]."""
    sharing = sum(other.fuel == one.fuel for other in others)
    return float(outage.fuel_stock[str(one.fuel)] / sharing * (one.efficiency or 0.0))


def _share(finished: Finished, one: Component, phase: int) -> float:
    """Return the part of what a converter carries that one generator or store has: by power, of all there."""
    found = {
        name: max(0.0, float(stands[phase]))
        for name, record, stands, _ in finished.records()
        if record.quantity == "power" and _serves(finished.site.component(name), one)
    }
    total = sum(found.values())
    return found[one.name] / total if total > 0 else 0.0


def _serves(component: Component, beside: Component) -> bool:
    on = (str(getattr(each, "bus", "")) for each in (component, beside))
    return isinstance(component, Generation | ElectricStorage) and next(on) == next(on)


def _units(c: Generation, machine: Machine, count: int, power_mw: float, lasts_h: float) -> Units:
    def known(stated: float | None, parameter: str) -> float:
        return float(stated) if stated is not None else lookup(c.technology, parameter).value

    return Units(
        count=count,
        power_mw=power_mw,
        availability=1.0 - c.forced_outage if machine.availability is None else machine.availability,
        start_failure=known(machine.start_failure, "start_failure"),
        mean_time_to_failure_h=known(machine.mean_time_to_failure, "mean_time_to_failure"),
        lasts_h=lasts_h,
    )


def stores(finished: Finished, phase: int) -> Iterator[tuple[Store, Floats]]:
    """Yield each store of electricity in a phase, full, and what is stored at every step [MWh].

    Behind a converter it has the losses of both, and its share, by power, of what the converter carries either way.
    """
    network = finished.compiled.network
    sizes = {(name, record.quantity): stands[phase] for name, record, stands, _ in finished.records()}
    for c in finished.site.components:
        if not isinstance(c, ElectricStorage):
            continue
        power, there = max(0.0, sizes[c.name, "power"]), way(finished, c.bus, phase)
        share = _share(finished, c, phase)
        if power * share * there.out_mw <= 0:
            continue
        block = network.model.component(c.name)
        energy = float(c.usable(c)) * max(0.0, sizes[c.name, "energy"])
        stored = finished.series(Hourly(lambda t, block=block: block.stored[t]))  # type: ignore[misc]
        store = Store(
            energy,
            energy,
            min(power * there.efficiency, there.out_mw * share),
            float(c.round_trip) ** 0.5 * there.efficiency,
            charge_mw=min(power / there.efficiency, there.back_mw * share),
        )
        yield store, np.clip(stored, 0.0, energy)


def merged(found: Sequence[tuple[Store, float]]) -> Store:
    """Return stores as one that holds so much; its efficiency is that of the energy [MWh] in each."""
    capacity = sum(store.capacity_mwh for store, _ in found)
    if capacity <= 0:
        return Store()
    efficiency = sum(store.efficiency * store.capacity_mwh for store, _ in found) / capacity
    return Store(
        sum(level for _, level in found),
        capacity,
        sum(store.power_mw for store, _ in found),
        min(1.0, efficiency),
        charge_mw=sum(store.largest_charge_mw for store, _ in found),
    )
