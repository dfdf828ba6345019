"""What happens in each outcome of a phase: a year of weather, and how late the connections come."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gigasite.models.component import Annual, Hourly, Term
from gigasite.models.generation import Generation
from gigasite.models.plan_tables import FOLLOWING

from .curtailment import grid_import
from .tables import Finished, Floats, unserved

COLUMNS = FOLLOWING["outcomes"]
RUNNING_MW = 1e-6


def outcomes(finished: Finished) -> pd.DataFrame:
    """Return the year of every outcome of every phase.

    Sizes are the same in all of them, and so are capital and upkeep; what differs is operation.

    Parameters
    ----------
    finished : Finished

    Returns
    -------
    DataFrame
        ``phase``, ``weather_year``, ``delay`` (both empty where there is only one), ``probability`` [1];
        ``operation_usd``: every cost that depends on the hours or on the bills of a year, unserved work at its value
        included; ``unserved_gpu_h``: reference GPU-hours; ``grid_mwh``: import at the site; ``generator_mwh``;
        ``generator_hours`` in which any generator runs; ``co2_t``. Their means, weighted by probability, are the yearly
        figures of the phase.
    """
    figures = {
        "operation_usd": _operation(finished),
        "unserved_gpu_h": _unserved(finished),
        "grid_mwh": _year(finished, grid_import(finished)),
        "generator_mwh": _year(finished, _generated(finished)),
        "generator_hours": _year(finished, (_generated(finished) > RUNNING_MW).astype(float)),
        "co2_t": _sum(finished, list(finished.compiled.network.flows("carbon").values())),
    }
    number = {ring.name: i for i, ring in enumerate(finished.timeline.rings)}
    rows = [
        (
            phase, outcome.weather, outcome.delay, outcome.probability,
            *(float(values[number[ring.name]]) for values in figures.values()),
        )
        for p, phase in enumerate(finished.timeline.names)
        for outcome, ring in finished.timeline.courses(p)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def of_rings(finished: Finished, term: Term) -> Floats:
    """Return the amount of a term in the year of each ring; shape (rings,)."""
    if isinstance(term, Hourly):
        return _year(finished, finished.series(term))
    return finished.compiled.of_rings(term, finished.solution.x)


def _year(finished: Finished, rate: Floats) -> Floats:
    """Return what an hourly rate adds up to in the year of each ring."""
    timeline = finished.timeline
    sums = np.bincount(timeline.segment_number, rate * timeline.hours * timeline.weight)
    return np.array([sums[i] / ring.outcome.probability for i, ring in enumerate(timeline.rings)])


def _sum(finished: Finished, terms: list[Term]) -> Floats:
    return sum((of_rings(finished, term) for term in terms), np.zeros(len(finished.timeline.rings)))


def _operation(finished: Finished) -> Floats:
    """Return the costs of a year that are no capital and no upkeep [USD]."""
    costs = finished.compiled.network.costs().values()
    return _sum(finished, [each for each in costs if not (isinstance(each, Annual) and each.of_year is None)])


def _unserved(finished: Finished) -> Floats:
    """Return the work that nobody does [GPU-h]."""
    total = np.zeros(len(finished.timeline.rings))
    for term, value in unserved(finished):
        total = total + 1000.0 * of_rings(finished, term) / value
    return total


def _generated(finished: Finished) -> Floats:
    """Return what all generators on the site give at every step [MW]."""
    total = np.zeros(finished.timeline.size)
    for component in finished.site.components:
        if isinstance(component, Generation):
            total = total + np.maximum(finished.flows[component.bus][component.name], 0.0)
    return total
