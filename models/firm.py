"""Firm capacity: what a supplier can be counted on to give on the design days."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.environ as pyo

from .clock import Clock
from .component import Annual, Floats


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
