"""Cost of electricity by source: what each supply component costs, over what it delivers and over what is consumed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gigasite.models.plan_tables import FOLLOWING

from .kpis import SUPPLY
from .tables import Finished, Floats, costs

LEAST_MWH = 1.0  # a year; less is what the simplex leaves behind
COLUMNS = FOLLOWING["levelised"]


def levelised_costs(finished: Finished) -> pd.DataFrame:
    """Return the levelised cost of every supply component in every phase.

    Parameters
    ----------
    finished : Finished

    Returns
    -------
    DataFrame
        ``phase``, ``component``, ``kind``; ``usd_per_year``: its cash costs, a generator's with the fuel that it burns;
        ``mwh_per_year``: electricity delivered to the bus that it feeds, a battery's by discharging;
        ``usd_per_mwh``: one over the other, missing where nothing is delivered; a battery's is the cost of shifting,
        without the energy that charges it; ``system_usd_per_mwh``: the cost over all consumption of IT and its
        overhead. The last column adds up to the headline ``lcoe``.
    """
    names = list(finished.timeline.names)
    spent = _spent(finished)
    consumed = _consumed(finished)
    rows = []
    for component, usd in spent.items():
        mwh = _delivered(finished, component)
        own, system = _ratio(usd, mwh), _ratio(usd, consumed)
        kind = finished.site.component(component).kind
        rows += [(p, component, kind, usd[i], mwh[i], own[i], system[i]) for i, p in enumerate(names)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _consumed(finished: Finished) -> Floats:
    zero = np.zeros(len(finished.timeline.phases))
    return finished.accounts.get("it_energy", zero) + finished.accounts.get("overhead_energy", zero)


def _spent(finished: Finished) -> dict[str, Floats]:
    """Return the yearly cash costs of each supply component; fuel goes to those that burn it."""
    table = costs(finished)
    table = table[table["cash"] & table["component"].map(finished.purpose).isin(SUPPLY)]
    by_phase = table.pivot_table(index="component", columns="phase", values="usd_per_year", aggfunc="sum", sort=False)
    by_phase = by_phase.reindex(columns=list(finished.timeline.names))
    spent = {str(name): row.to_numpy(dtype=float) for name, row in by_phase.iterrows()}
    for fuel in [name for name in spent if finished.family[name] == "fuel"]:
        spent = _burned(finished, fuel, spent)
    return spent


def _burned(finished: Finished, fuel: str, spent: dict[str, Floats]) -> dict[str, Floats]:
    """Move the cost of a fuel to the components that burn it, by what they burn; none burned, it stays."""
    bus = str(getattr(finished.site.component(fuel), "bus", ""))
    flows = finished.compiled.network.flows(bus)
    burned = {name: -finished.yearly(term) for name, term in flows.items() if finished.family[name] != "fuel"}
    burned = {name: np.maximum(each, 0.0) for name, each in burned.items() if name in spent}
    total = sum(burned.values(), np.zeros(len(finished.timeline.phases)))
    moved = {name: spent[fuel] * np.nan_to_num(_ratio(each, total)) for name, each in burned.items()}
    left = spent[fuel] - sum(moved.values(), np.zeros_like(total))
    return {**spent, **{name: spent[name] + usd for name, usd in moved.items()}, fuel: left}


def _delivered(finished: Finished, component: str) -> Floats:
    """Return the yearly electricity that a component puts on the bus, of the steps in which it gives."""
    zero = np.zeros(len(finished.timeline.phases))
    bus = str(getattr(finished.site.component(component), "bus", ""))
    flow = finished.flows.get(bus, {}).get(component)
    if flow is None or finished.family[component] == "fuel":
        return zero
    timeline = finished.timeline
    mwh = np.maximum(flow, 0.0) * timeline.hours * timeline.weight
    return np.asarray(np.bincount(timeline.phase_number, mwh, minlength=len(zero)), dtype=float)


def _ratio(top: Floats, bottom: Floats) -> Floats:
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > LEAST_MWH)
