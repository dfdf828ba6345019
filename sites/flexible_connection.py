"""What a connection that may be called off gives and costs: MW that come early, hours and energy ridden through."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyomo.environ as pyo
from numpy.typing import NDArray

from gigasite.models.call_off import CallOff
from gigasite.models.plan_tables import FOLLOWING
from gigasite.models.technologies.grid import Grid
from gigasite.models.timeline import Integers, years_between

from .levelised import levelised_costs
from .tables import Finished, Floats

Flags = NDArray[np.bool_]
COLUMNS = FOLLOWING["flexibility"]
SOURCES = {"storage": "from_storage", "generation": "from_generators", "renewable": "from_renewables"}
LESS = {"facility": "less_it", "cooling": "less_cooling"}
ELSEWHERE = "from_elsewhere"


def flexibility_table(finished: Finished) -> pd.DataFrame:
    """Return what connections that may be called off give, and what riding through costs, by phase.

    Energy is compared with the usual: in each hour that is called off, what flows then less the mean of the same hour
    of the day in the same month without calls. What is imported less equals what the sources add, since both are
    differences of one balance.

    Parameters
    ----------
    finished : Finished

    Returns
    -------
    DataFrame
        ``phase``, ``name``, ``value``, ``unit``; empty where nothing may be called off. ``interruptible``: MW of
        the offers with a call-off; ``gained``: what of all that stands no firm offer could give by then, at most
        ``interruptible`` [MW]; ``gained_mw_years``: times the length of the phase; ``hours`` a year called off;
        ``called_off``: energy that the contract takes back in them [MWh/yr]; ``less_import`` and, adding up to it,
        ``from_storage``, ``from_generators``, ``from_renewables``, ``less_it`` (work that waits or is dropped, with the
        losses of its power chain), ``less_cooling`` and ``from_elsewhere`` [MWh/yr]; ``cost``: what storage and
        generators add, each at its levelised cost [USD/yr]; ``cost_per_mw``: over the MW gained [USD/MW/yr].
    """
    connections = [c for c in finished.site.components if isinstance(c, Grid) and any(_calls(c))]
    if not connections:
        return pd.DataFrame([], columns=list(COLUMNS))
    timeline = finished.timeline
    size = np.zeros(len(timeline.phases))
    interruptible, gained, taken_back = size, size, np.zeros(timeline.size)
    for each in connections:
        stands = _stands(finished, each)
        off = sum((mw for mw, call in zip(stands, _calls(each), strict=True) if call is not None), size)
        interruptible = interruptible + off
        gained = gained + np.clip(sum(stands, size) - _firm_by_then(finished, each), 0.0, off)
        taken_back = taken_back + _taken_back(finished, each, stands)
    called = timeline.operating & (taken_back > 0)
    length = np.array([years_between(phase.start, phase.end) for phase in timeline.phases])
    hours = timeline.weight * timeline.hours * called
    added = {
        name: _by_phase(finished, hours * _beyond_usual(finished, flow, called))
        for name, flow in finished.flows.get("ac", {}).items()
    }
    figures = {
        "interruptible": (interruptible, "MW"),
        "gained": (gained, "MW"),
        "gained_mw_years": (gained * length, "MW yr"),
        "hours": (_by_phase(finished, hours), "h/yr"),
        "called_off": (_by_phase(finished, hours * taken_back), "MWh/yr"),
        **_ridden_through(finished, added),
    }
    usd = _cost(finished, added)
    figures["cost"] = (usd, "USD/yr")
    figures["cost_per_mw"] = (np.divide(usd, gained, out=np.full_like(usd, np.nan), where=gained > 0), "USD/MW/yr")
    rows = [
        (phase, name, float(values[i]), unit)
        for i, phase in enumerate(timeline.names)
        for name, (values, unit) in figures.items()
        if interruptible[i] > 0 and np.isfinite(values[i])
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _calls(grid: Grid) -> list[CallOff | None]:
    return [offer.call_off for offer in grid.offers] or [grid.call_off]


def _stands(finished: Finished, grid: Grid) -> list[Floats]:
    """Return what stands of each offer in each phase [MW]."""
    return [stands for name, _, stands, _ in finished.records() if name == grid.name]


def _firm_by_then(finished: Finished, grid: Grid) -> Floats:
    """Return what the firm offers could give in each phase [MW]."""
    decision = finished.site.decision
    firm = [
        (offer.ready(decision, grid.delay, grid.lead_time), offer.power)
        for offer in grid.offers
        if offer.call_off is None
    ]
    return np.array(
        [sum(mw for day, mw in firm if day <= phase.start) for phase in finished.timeline.phases], dtype=float
    )


def _taken_back(finished: Finished, grid: Grid, stands: list[Floats]) -> Floats:
    """Return the power that is called off at every step [MW]."""
    block = finished.compiled.network.model.component(grid.name)
    names = [f"remaining_{number}" for number in range(1, len(grid.offers) + 1)] or ["remaining"]
    total = np.zeros(finished.timeline.size)
    for name, mw, call in zip(names, stands, _calls(grid), strict=True):
        if call is not None:
            left = block.component(f"given_{name}")
            share = np.array([float(pyo.value(left[t])) for t in range(finished.timeline.size)])
            total += (1.0 - share) * finished.timeline.by_phase(list(mw))
    return total


def _beyond_usual(finished: Finished, flow: Floats, called: Flags) -> Floats:
    """Return a flow less its mean in the same hour of the day and month without calls; in other hours of no meaning."""
    timeline = finished.timeline
    day = np.concatenate([np.arange(len(cycle)) * cycle.step_hours % 24.0 for _, cycle in timeline.segments])
    hour = np.floor(day).astype(int)
    alike = (timeline.phase_number * 13 + timeline.month) * 24 + hour
    usual = _mean(flow, timeline.weight, alike, timeline.operating & ~called)
    # A month whose every day is called off in an hour has no usual of its own: that of the year stands in.
    year = timeline.phase_number * 24 + hour
    anyway = _mean(flow, timeline.weight, year, timeline.operating & ~called)
    return flow - np.where(np.isfinite(usual), usual, np.nan_to_num(anyway))


def _mean(values: Floats, weight: Floats, group: Integers, chosen: Flags) -> Floats:
    """Return the mean of the chosen steps of each group, at every step; not a number where none is chosen."""
    count = int(group.max()) + 1
    total = np.bincount(group[chosen], weight[chosen] * values[chosen], minlength=count)
    over = np.bincount(group[chosen], weight[chosen], minlength=count)
    return np.asarray(np.divide(total, over, out=np.full(count, np.nan), where=over > 0)[group])


def _by_phase(finished: Finished, amounts: Floats) -> Floats:
    timeline = finished.timeline
    return np.asarray(np.bincount(timeline.phase_number, amounts, minlength=len(timeline.phases)), dtype=float)


def _ridden_through(finished: Finished, added: dict[str, Floats]) -> dict[str, tuple[Floats, str]]:
    """Return what is imported less, and what makes up for it, by kind of source [MWh/yr]."""
    zero = np.zeros(len(finished.timeline.phases))
    names = ("less_import", *SOURCES.values(), *LESS.values(), ELSEWHERE)
    found = dict.fromkeys(names, zero)
    for component, mwh in added.items():
        family = finished.family[component]
        if family == "grid":
            found["less_import"] = found["less_import"] - mwh
        else:
            name = SOURCES.get(family) or LESS.get(family, ELSEWHERE)
            found[name] = found[name] + mwh
    return {name: (mwh, "MWh/yr") for name, mwh in found.items()}


def _cost(finished: Finished, added: dict[str, Floats]) -> Floats:
    """Return what storage and generators cost for what they add, each at its levelised cost [USD/yr]."""
    rates = levelised_costs(finished).pivot_table(index="component", columns="phase", values="usd_per_mwh")
    rates = rates.reindex(columns=list(finished.timeline.names))
    total = np.zeros(len(finished.timeline.phases))
    for component, mwh in added.items():
        if finished.family[component] in ("storage", "generation") and component in rates.index:
            total += np.maximum(mwh, 0.0) * np.nan_to_num(rates.loc[component].to_numpy(dtype=float))
    return total
