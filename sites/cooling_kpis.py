"""Headline figures of cooling that only some sites have: drained water, bought cold, throttling, trim, reserve."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gigasite.models.component import Component
from gigasite.models.cooling import CoolingSystem

from .tables import Finished, Floats

ACCOUNTS = {
    "water_discharged": ("waste_water", "m3/yr"),
    "sea_water": ("sea_water", "m3/yr"),
    "upstream_energy": ("upstream_energy", "MWh/yr"),
}
MECHANICAL = ("trim", "chiller")
"""Modes in which a compressor takes heat that a free mode of the same system might have taken."""
FORCED = "warm"
"""Mode whose water is too warm for full work; no free mode in the sense of `MECHANICAL`."""
DUST = 1e-5  # MW or kH100: what the simplex leaves in an hour in which nothing happens


def cooling_kpis(finished: Finished) -> dict[str, tuple[Floats, str]]:
    """Return the figures that mean something on this site, by name, with their units.

    ``water_discharged`` blowdown and bleed; ``sea_water`` drawn and returned; ``upstream_energy`` electricity used
    elsewhere for bought cold; ``throttled_work`` and ``throttled_hours`` work lost, and hours in which it is, because
    water is too warm; ``trim_hours`` hours in which a compressor takes heat in a system with a free mode;
    ``ride_through`` minutes for which the reserve of cold stores carries the peak heat of their loop.
    """
    found = {
        name: (finished.accounts[account], unit)
        for name, (account, unit) in ACCOUNTS.items()
        if account in finished.accounts
    }
    systems = [c for c in finished.site.components if isinstance(c, CoolingSystem)]
    return {**found, **_throttled(finished, systems), **_trim(finished, systems), **_reserve(finished)}


def _throttled(finished: Finished, systems: list[CoolingSystem]) -> dict[str, tuple[Floats, str]]:
    flows = finished.compiled.network.flows("work")
    terms = [flows[system.name] for system in systems if system.name in flows]
    if not terms:
        return {}
    lost = np.sum([-finished.yearly(term) for term in terms], axis=0)
    slowed = np.sum([-finished.series(term) for term in terms], axis=0)
    return {"throttled_work": (1000.0 * lost, "GPU-h/yr"), "throttled_hours": (_hours(finished, slowed > DUST), "h/yr")}


def _trim(finished: Finished, systems: list[CoolingSystem]) -> dict[str, tuple[Floats, str]]:
    heats = [heat for system in systems for heat in _mechanical(finished, system)]
    if not heats:
        return {}
    return {"trim_hours": (_hours(finished, np.max(heats, axis=0) > DUST), "h/yr")}


def _mechanical(finished: Finished, system: CoolingSystem) -> Iterator[Floats]:
    """Yield the heat that compressors of a system with a free mode take at every step [MW]."""
    modes = {mode for plant in system.plants.values() for mode in plant.modes}
    if not modes - {*MECHANICAL, FORCED}:
        return
    block = finished.compiled.network.model.component(system.name)
    for mode in MECHANICAL:
        if mode in modes:
            yield finished.solution.x[finished.compiled.columns.slice(block.component(f"heat_{mode}"))]


def _hours(finished: Finished, when: Floats) -> Floats:
    """Return the hours of an average year in which something happens, by phase."""
    timeline = finished.timeline
    hours = when * timeline.hours * timeline.weight
    return np.asarray(np.bincount(timeline.phase_number, hours, minlength=len(timeline.phases)), dtype=float)


def _reserve(finished: Finished) -> dict[str, tuple[Floats, str]]:
    """Return the shortest time for which the reserve of a loop's stores would carry its peak heat."""
    stores = [c for c in finished.site.components if c.family == "storage" and _loop(c).startswith("heat_")]
    minutes = [
        60.0 * _reserved(finished, [c for c in stores if _loop(c) == loop]) / peak
        for loop in dict.fromkeys(map(_loop, stores))
        if (peak := _peak_heat(finished, loop)).min() > DUST
    ]
    return {"ride_through": (np.min(minutes, axis=0), "min")} if minutes else {}


def _loop(component: Component) -> str:
    return str(getattr(component, "loop", ""))


def _reserved(finished: Finished, stores: list[Component]) -> Floats:
    """Return the cold that stores keep back [MWh]: their full power for the time that they state, by phase."""
    total = np.zeros(len(finished.timeline.phases))
    for name, record, stands, _ in finished.records():
        store = next((c for c in stores if c.name == name), None)
        if store is not None and record.quantity == "power":
            total = total + float(getattr(store, "ride_through", 0.0)) * stands
    return total


def _peak_heat(finished: Finished, loop: str) -> Floats:
    """Return the largest heat that flows into a loop, stores apart, in year and design days [MW]."""
    flows = finished.flows.get(loop, {})
    sources = [np.maximum(flow, 0.0) for name, flow in flows.items() if finished.family[name] != "storage"]
    heat, timeline = np.sum(sources, axis=0), finished.timeline
    return np.array([heat[timeline.phase_number == p].max() for p in range(len(timeline.phases))])
