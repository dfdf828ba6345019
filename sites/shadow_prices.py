"""What one more unit of a limit is worth: of the grid connection, of the yearly water, of the rate of water.

Read off the duals of the sizing, in which every size may answer, on design days too. With the first-order method they
are as exact as the certified gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from gigasite.models.network import DOLLARS_PER_MODEL_UNIT
from gigasite.models.technologies.grid import Grid
from gigasite.models.technologies.water_supply import WaterSupply

from .tables import Finished, Floats

AT_LIMIT = 1e-3  # relative; closer than that is at the limit
KILO = 1000.0
M3_H_PER_L_S = 3.6
Found = Iterator[tuple[str, Floats, str]]


def shadow_prices(finished: Finished) -> dict[str, tuple[Floats, str]]:
    """Return the value of each limit by phase, by the name of its headline figure, with its unit.

    Returns
    -------
    dict
        ``value_of_grid_capacity`` [USD/kW/yr], what one more kW of connection saves before its own cost;
        ``value_of_water`` [USD/m3] of a yearly cap and ``value_of_water_peak`` [USD/(L/s)/yr] of a peak rate, above
        the price of the water. Nothing where the sizes were given, or came in whole units.
    """
    if not finished.solution.sizing_duals.size:
        return {}
    found: dict[str, tuple[Floats, str]] = {}
    for component in finished.site.components:
        if isinstance(component, Grid):
            value = _of_connection(finished, component.name)
            before = found.get("value_of_grid_capacity", (np.zeros_like(value), ""))[0]
            found["value_of_grid_capacity"] = (np.maximum(before, value), "USD/kW/yr")
        elif isinstance(component, WaterSupply):
            if component.cap is not None:
                rows = finished.compiled.matrix.rows[f"{component.name}.cap_limit"]
                value = _per_year(finished, -finished.solution.sizing_duals[rows])
                found["value_of_water"] = (np.maximum(value, 0.0), "USD/m3")
            if component.peak is not None:
                worth = _worth_of_limit(finished, f"{component.name}.drawn", "")
                full = _columns(finished, f"{component.name}.drawn")[1] >= (1 - AT_LIMIT) * component.peak
                value = _per_year(finished, _by_phase(finished, np.where(full, worth, 0.0)))
                found["value_of_water_peak"] = (M3_H_PER_L_S * value, "USD/(L/s)/yr")
    return found


def _of_connection(finished: Finished, name: str) -> Floats:
    """Return what one more kW of connection is worth a year, in each phase."""
    compiled = finished.compiled
    rows = compiled.matrix.rows[f"{name}.connection_limit"]
    limit = compiled.matrix.a[rows]
    records = compiled.network.terms[name].capacities
    capacities = [compiled.columns.slice(record.capacity) for record in records]
    # Each row reads import + export - share x capacity <= 0, with one share for all offers that have arrived.
    share = np.max([-np.asarray(limit[:, each].sum(axis=1)).reshape(-1) for each in capacities], axis=0)
    carried = -sum(limit[:, each] @ finished.solution.x[each] for each in capacities)
    _, imported = _columns(finished, f"{name}.imported")
    # At the limit is what the dispatch shows, or what the sizing paid for: the hours of the two need not be the same.
    paid = np.maximum(-finished.solution.sizing_duals[rows], 0.0)
    full = ((imported >= (1 - AT_LIMIT) * carried) | (paid > AT_LIMIT * paid.max(initial=0.0))) & (carried > 0)
    worth = _worth_of_limit(finished, f"{name}.imported", f"{name}.connection_limit")
    return _per_year(finished, _by_phase(finished, np.where(full, share * worth, 0.0))) / KILO


def _worth_of_limit(finished: Finished, variable: str, limit: str) -> Floats:
    """Return what one more unit of an hourly variable would save at every step, its own limit apart.

    The reduced cost without the row that limits it: a first-order method may share the value of a limit between that
    row and the bound of the variable, and both count.
    """
    matrix = finished.compiled.matrix
    duals = finished.solution.sizing_duals[: matrix.a.shape[0]].copy()
    if limit:
        duals[matrix.rows[limit]] = 0.0
    where = _slice(finished, variable)
    reduced = matrix.cost[where] - matrix.a[:, where].T @ duals
    return np.asarray(np.maximum(-reduced, 0.0))


def _by_phase(finished: Finished, worth: Floats) -> Floats:
    sums = np.bincount(finished.timeline.phase_number, worth, minlength=len(finished.timeline.phases))
    return np.asarray(sums, dtype=float)


def _per_year(finished: Finished, worth: Floats) -> Floats:
    """Turn present value in model units into USD a year of each phase."""
    years = np.array([phase.present_value_years for phase in finished.timeline.phases])
    return np.asarray(worth * DOLLARS_PER_MODEL_UNIT / years)


def _slice(finished: Finished, variable: str) -> Any:
    return finished.compiled.columns.slice(finished.compiled.network.model.find_component(variable))


def _columns(finished: Finished, variable: str) -> tuple[Any, Floats]:
    where = _slice(finished, variable)
    return where, finished.solution.x[where]
