"""How the plan rides through the outages that its site states: load, what serves it, and work that goes on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gigasite.models.plan_tables import FOLLOWING

from .survival import outage_of
from .tables import Finished, Floats

COLUMNS = FOLLOWING["outages"]
FAMILIES = {"storage_mwh": "storage", "generator_mwh": "generation", "renewable_mwh": "renewable"}


def outage_table(finished: Finished) -> pd.DataFrame:
    """Return each window in which the grid gives nothing, in every phase.

    Returns
    -------
    DataFrame
        ``phase``; ``window``: when it begins and how long it lasts, in words; ``hours``; ``load_mwh``: what IT,
        cooling, power chain and lighting draw in it; ``storage_mwh`` (given less taken), ``generator_mwh`` and
        ``renewable_mwh``: what serves it at the point of common coupling; ``work_done``: work done, here or by a
        partner, over work that arrives in it [1], not a number on a site without work. Means over the years of
        weather. Empty where no outage is stated.
    """
    outage = outage_of(finished)
    if outage is None:
        return pd.DataFrame([], columns=list(COLUMNS))
    timeline = finished.timeline
    load = finished.hourly_account("it_energy") + finished.hourly_account("overhead_energy")
    served = {name: _given(finished, family) for name, family in FAMILIES.items()}
    done, due = finished.hourly_account("done_work"), finished.hourly_account("due_work")
    rows = []
    for number, phase in enumerate(timeline.names):
        for window, steps in finished.compiled.network.terms[outage.name].events.items():
            here = np.array([step for step in steps if timeline.phase_number[step] == number], dtype=int)
            amounts = (timeline.weight * timeline.hours)[here]
            arrived = float(amounts @ due[here])
            rows.append(
                (
                    phase, window, float(amounts.sum()), float(amounts @ load[here]),
                    *(float(amounts @ flow[here]) for flow in served.values()),
                    float(amounts @ done[here]) / arrived if arrived > 0 else np.nan,
                )
            )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _given(finished: Finished, family: str) -> Floats:
    """Return what a family gives to the point of common coupling at every step, less what it takes [MW]."""
    flows = finished.flows.get("ac", {})
    return sum(
        (flow for name, flow in flows.items() if finished.family[name] == family), np.zeros(finished.timeline.size)
    )
