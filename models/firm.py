"""Firm capacity: what a supplier can be counted on to give on the design days."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.environ as pyo

from .buses import FIRM, FIRM_GRID, firm_account
from .clock import Clock
from .component import Annual, Floats, Term

LARGEST_OVER_SITE = 100.0  # firm capacity that may stand behind a converter; a finite bound for the certificate


def firm_share(time: Clock, availability: Any) -> dict[str, float]:
    """Return the least of an availability on the design days of each phase; of the year where there are none.

    Parameters
    ----------
    availability : indexed parameter
        Power over rating at every step [1].

    Returns
    -------
    dict of str to float
        By phase [1].
    """
    timeline = time.timeline
    counted = ~timeline.operating if np.any(~timeline.operating) else timeline.operating
    steps = np.flatnonzero(counted)
    values = np.array([float(pyo.value(availability[int(t)])) for t in steps])
    phases = timeline.phase_number[steps]
    return {name: _least(values[phases == i]) for i, name in enumerate(timeline.names)}


def _least(values: Floats) -> float:
    return float(values.min()) if values.size else 0.0


def firm_capacity(
    block: Any, time: Clock, availability: Any, capacity: Any, share: float = 1.0, *, name: str = "firm_share"
) -> Annual:
    """Return what the supplier on ``block`` feeds into the account `firm_capacity`.

    Parameters
    ----------
    availability : indexed parameter
        Power over rating at every step [1]; forced outages and derating included. None where it is always 1.
    capacity : indexed variable
        Rated power in each phase [MW].
    share : float
        What is left of it after own use [1].
    name : str
        Of the parameter that is put on the block.
    """
    least = [1.0] * len(time.timeline.names) if availability is None else firm_share(time, availability).values()
    by_phase = time.by_phase(block, name, [share * value for value in least], "")
    return Annual(lambda p: by_phase[p] * capacity[p])


def firm_through(
    block: Any, time: Clock, given: Any, capacity: Any, most: float, *, away: str, to: str, forward: bool
) -> dict[str, Term]:
    """Carry firm capacity through a converter and return what it takes from one account and feeds into the other.

    Of the firm capacity on bus ``away`` as much is carried as the rating allows; the rest is left. Whatever part of it
    comes from grid connections, no more of the others is carried than they give.

    Parameters
    ----------
    block : Pyomo block
        Of the converter.
    given : namespace
        Has ``efficiency`` [1] and the facts of the site.
    capacity : indexed variable
        Rating in each phase [MW], and at ``most`` so much.
    away, to : str
        Bus on which suppliers are firm, and bus that it is carried to.
    forward : bool
        Whether the rating is that of the side of ``to``, else of ``away``.
    """
    behind = LARGEST_OVER_SITE * max(given.site.largest_mw)
    bounds = {"firm": most / (float(pyo.value(given.efficiency)) if forward else 1.0), "firm_left": behind}
    for name, bound in bounds.items():
        for each in (name, f"{name}_of_grid"):
            block.add_component(each, pyo.Var(time.phases, bounds=(0, bound), units=time.unit("MW")))

    @block.Constraint(time.phases, doc="firm capacity stays within the rating of the converter")
    def firm_limit(b: Any, p: str) -> Any:
        return (given.efficiency if forward else 1) * b.firm[p] <= capacity[p]

    @block.Constraint(time.phases, doc="what the grid gives is part of what is carried")
    def firm_grid_limit(b: Any, p: str) -> Any:
        return b.firm_of_grid[p] <= b.firm[p]

    @block.Constraint(time.phases, doc="what the grid leaves is part of what is left")
    def firm_grid_left_limit(b: Any, p: str) -> Any:
        return b.firm_left_of_grid[p] <= b.firm_left[p]

    return {
        firm_account(FIRM, to): Annual(lambda p: given.efficiency * block.firm[p]),
        firm_account(FIRM, away): Annual(lambda p: -1 * block.firm[p] - block.firm_left[p]),
        firm_account(FIRM_GRID, to): Annual(lambda p: given.efficiency * block.firm_of_grid[p]),
        firm_account(FIRM_GRID, away): Annual(lambda p: -1 * block.firm_of_grid[p] - block.firm_left_of_grid[p]),
    }
