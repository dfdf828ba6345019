"""The cheapest remedy of a site without a plan: what could be allowed is tried on a few days of the year."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from pydantic import BaseModel

from gigasite import solvers
from gigasite.climate import DesignDay
from gigasite.models.component import Component, Floats
from gigasite.models.conditions import Conditions
from gigasite.models.cooling import CoolingSystem
from gigasite.models.errors import InfeasibleError, SolverError
from gigasite.models.hourly import HourlyValues
from gigasite.models.network import assemble
from gigasite.models.technologies.limits import CapitalLimit, CarbonFreeTarget, CarbonLimit, LandLimit
from gigasite.models.technologies.outage import Outage
from gigasite.models.technologies.water_supply import WaterSupply
from gigasite.models.timeline import MONTH_DAYS, Cycle, Timeline
from gigasite.solvers.explain import Unmet

from .deriving import derive
from .horizon import cycles, facts, timeline
from .parts import KINDS
from .relaxing import eased
from .site import Site

SECONDS = 20.0
"""Time for all that is tried; what it does not reach is named."""
GAP = 0.01
"""Gap of what is tried: what differs by less is not told apart."""
LIFTING = "lifting the limit alone"
DAY = 21
"""Day of each month that stands for it."""
FIRST_HOURS = 24 * (np.concatenate([[0], np.cumsum(MONTH_DAYS)[:-1]]) + DAY - 1)
HOURS = (FIRST_HOURS[:, None] + np.arange(24)).reshape(-1)

DRY: dict[str, dict[str, str]] = {
    "heat_liquid": {"cold_plate_dry_cooler": "dry coolers for the liquid loop"},
    "heat_air": {
        "air_cooled_chiller": "air-cooled chillers for the halls",
        "hall_dry_cooler": "dry coolers for the halls",
    },
}
"""Cooling without water."""
POWER: dict[tuple[str, ...], str] = {
    ("pv_tracking",): "photovoltaics",
    ("pv_tracking", "battery"): "photovoltaics with a battery",
    ("wind", "battery"): "wind with a battery",
}
ELECTRICITY = ("ac", "it", "gas")
METERED: dict[type[Component], str] = {LandLimit: "land", CapitalLimit: "capital"}
"""Limits that are lifted as a whole, with the account that they meter."""
STORES: dict[tuple[str, ...], str] = {("battery",): "a battery"}


@dataclass(frozen=True)
class Remedy:
    """Something that could be allowed: what it is called, and the components of the site with it."""

    label: str
    components: tuple[Component, ...]


def advised(site: Site, year: Conditions, years: Sequence[int], days: Sequence[DesignDay], error: Unmet) -> str:
    """Say which remedy is the cheapest, tried on the 21st of every month and the design days.

    Parameters
    ----------
    site : Site
    year : Conditions
        The weather of every hour.
    years : sequence of int
        Years of weather.
    days : sequence of DesignDay
    error : Unmet
        What is short.

    Returns
    -------
    str
        A sentence, also where remedies are known but a few days cannot tell; empty where none is known.
    """
    lifted, remedies = _lifted(site, error), _remedies(site, error)
    if lifted is None and not remedies:
        return ""
    if len(years) > 1:
        return "No remedy was tried: a few days cannot stand for several years of weather."
    if any(isinstance(c, Outage) for c in site.components):
        return "No remedy was tried: a few days cannot stand for the outages of the site."
    tried = remedies if lifted is None else [Remedy(LIFTING, lifted), *remedies]
    found: dict[str, float] = {}
    useless, unanswered, untried = [], [], []
    start = time.perf_counter()
    for remedy in tried:
        left = SECONDS - (time.perf_counter() - start)
        if left <= 0:
            untried.append(remedy.label)
            continue
        try:
            found[remedy.label] = _cost(replace(site, components=remedy.components), year, years, days, left)
        except InfeasibleError:
            useless.append(remedy.label)
        except SolverError:
            unanswered.append(remedy.label)
    return _sentence(found, useless, unanswered, untried)


def _sentence(found: dict[str, float], useless: list[str], unanswered: list[str], untried: list[str]) -> str:
    reference = found.pop(LIFTING, None)
    head = f"Tried on the {DAY}st of every month and the design days: "
    parts = []
    if found:
        label = min(found, key=lambda name: found[name])
        more = (
            f"costs {100 * (found[label] / reference - 1):+.1f} % compared with lifting the limit"
            if reference is not None
            else f"makes a plan of {found[label] / 1e6:,.0f} M USD of present value"
        )
        parts.append(f"the cheapest remedy is to allow {label}, which {more}")
        if others := [name for name in found if name != label]:
            parts.append(f"{_listed(others)} would do too")
    elif reference is not None:
        parts.append(f"{LIFTING} makes a plan of {reference / 1e6:,.0f} M USD of present value")
    if useless:
        parts.append(f"{_listed(useless)} would not be enough")
    if unanswered:
        parts.append(f"the solver gave no answer on {_listed(unanswered)}")
    if untried:
        parts.append(f"no time was left for {_listed(untried)}")
    return head + "; ".join(parts) + "."


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _remedies(site: Site, error: Unmet) -> list[Remedy]:
    """Return what could be allowed against the largest shortage."""
    if not error.short:
        return []
    owner, _, requirement = error.short[0].rpartition(".")
    there = {c.kind for c in site.components}
    limited = next((c for c in site.components if c.name == owner), None)
    if isinstance(limited, WaterSupply) or requirement == "water":
        return list(_dry(site, there))
    carbon = isinstance(limited, CarbonFreeTarget) or _is_of(CarbonLimit, "carbon", site, error)
    if carbon or requirement in ELECTRICITY:
        kinds: dict[tuple[str, ...], str] = POWER if carbon else {**POWER, **STORES}
        added = [
            Remedy(label, (*site.components, *(_made(kind) for kind in each if kind not in there)))
            for each, label in kinds.items()
            if any(kind not in there for kind in each)
        ]
        return added if carbon else [*added, *(Remedy(*each) for each in eased(site))]
    return []


def _dry(site: Site, there: set[str]) -> Iterator[Remedy]:
    for loop, kinds in DRY.items():
        wet = [c for c in site.components if isinstance(c, CoolingSystem) and c.loop == loop]
        for kind, label in kinds.items() if wet else ():
            if kind not in there:
                supply = KINDS[kind].model_fields.get("supply")
                given = {"supply": f"{wet[0].supply_c} degC"} if supply is not None and supply.is_required() else {}
                yield Remedy(label, (*site.components, _made(kind, given)))


def _made(kind: str, given: dict[str, str] | None = None) -> Component:
    """Return a component with all that the catalogue says of its kind, and no limit of its size."""
    return KINDS[kind].model_validate({"name": f"remedy_{kind}", **(given or {})})


def _is_of(kind: type[Component], account: str, site: Site, error: Unmet) -> bool:
    """Return whether what is short is the account that a limit of a kind meters."""
    short = error.short[0] if error.short else ""
    return any(short == f"metered.{c.name}_{account}" for c in site.components if isinstance(c, kind))


def _lifted(site: Site, error: Unmet) -> tuple[Component, ...] | None:
    """Return the components without the limit that is short; None where it is none that somebody set."""
    owner = error.short[0].rpartition(".")[0] if error.short else ""
    carbon = _is_of(CarbonLimit, "carbon", site, error)
    gone = tuple(kind for kind, account in METERED.items() if _is_of(kind, account, site, error))
    found: list[Component] = []
    for c in site.components:
        if (isinstance(c, WaterSupply) and c.name == owner) or (isinstance(c, CarbonLimit) and carbon):
            found.append(c.model_copy(update={"cap": None}))
        elif not ((isinstance(c, CarbonFreeTarget) and c.name == owner) or isinstance(c, gone)):
            found.append(c)
    return tuple(found) if found != list(site.components) else None


def _cost(site: Site, year: Conditions, years: Sequence[int], days: Sequence[DesignDay], seconds: float) -> float:
    """Return the present value of the plan on a few days [USD].

    Raises
    ------
    InfeasibleError
        If there is none.
    SolverError
        If the solver fails, or the time is not enough.
    """
    compiled = on_few_days(site, year, years, days)
    return solvers.optimise(compiled, method="exact", gap=GAP, seconds=seconds, whole_racks=False).dispatch_usd


def on_few_days(site: Site, year: Conditions, years: Sequence[int], days: Sequence[DesignDay]) -> Any:
    """Return the compiled network of a site on a day of each month, each for 365/12 days, and the design days."""
    series = {f.name: getattr(year, f.name) for f in fields(year)}
    short = Conditions(
        year.place,
        year.times[HOURS],
        **{name: value[HOURS] for name, value in series.items() if isinstance(value, np.ndarray)},
    )
    months = np.repeat(np.arange(1, 13), 24)
    known = cycles(site, years, [(day.name, int(day.conditions.times[0].month)) for day in days])
    phases: Timeline = timeline(site, tuple(each if each.design else _short(each, months) for each in known))
    components = [_cut(each) for each in site.components]
    derived = derive(components, phases, short, [day.conditions for day in days])
    return solvers.compile_network(assemble(components, derived, phases, facts(site, phases)))


def _short(cycle: Cycle, months: Any) -> Cycle:
    weights: Floats = np.full(HOURS.size, cycle.outcome.probability * 8760.0 / HOURS.size)
    return Cycle(1.0, weights, months, outcome=cycle.outcome)


def _cut(value: Any) -> Any:
    """Return a value with every hourly series in it cut to the few days."""
    if isinstance(value, HourlyValues):
        return replace(value, values=value.values[HOURS]) if value.values.size > 1 else value
    if isinstance(value, BaseModel):
        cut = {name: _cut(getattr(value, name)) for name in type(value).model_fields}
        return value.model_copy(update={k: v for k, v in cut.items() if v is not getattr(value, k)})
    if isinstance(value, tuple):
        cut_each = tuple(_cut(each) for each in value)
        return cut_each if any(a is not b for a, b in zip(cut_each, value, strict=True)) else value
    return value
