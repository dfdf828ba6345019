"""Fleets that run at part load: power online, what running and starting it takes, and how fast it ramps.

A fleet of many alike units is described by the rated power of those online, a continuous number, so that the equations
stay linear. Whole units at every step are the one exception, on request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.environ as pyo

from .clock import Clock

ByStep = Callable[[Any], Any]
HALF = 0.5  # load at which the straight line of fuel meets the curve of the table


@dataclass(frozen=True)
class Fleet:
    """What a fleet does at every step, as functions of the step.

    Parameters
    ----------
    drawn : callable
        What it draws from its source, as the output that this would give at full load [MW].
    running : callable
        Power that counts as running where hours are permitted [MW].
    started : callable or None
        Rated power started in the step [MW]; None where nothing asks for it.
    """

    drawn: ByStep
    running: ByStep
    started: ByStep | None = None


def idle_share(penalty: float) -> float:
    """Return what a unit online draws whatever its output, over what it draws at full load.

    The efficiency ``eta (1 - penalty (1 - x))`` at load ``x`` [1] is met at full and at half load by the straight line
    ``a + (1 - a) x`` with ``a = penalty / 2 / (1 - penalty / 2)``; engineers call it a Willans line.

    Parameters
    ----------
    penalty : float
        Efficiency lost at part load, extrapolated to no load [1]; negative where part load is more efficient.

    Returns
    -------
    float
        0.081 for a turbine that loses 15 %.

    References
    ----------
    .. [1] `gigasite.models.physics.derating.part_load_efficiency`
    """
    lost = (1.0 - HALF) * penalty
    return HALF / (1.0 - HALF) * (1.0 / (1.0 - lost) - 1.0)


def commit(
    block: Any, time: Clock, availability: Any, capacity: Any, most: float, *, min_load: float, penalty: float,
    counts_starts: bool, unit_size: float | None,
) -> Fleet:  # fmt: skip
    """Let the output of ``block`` come from units online, each between its minimum load and what it can give.

    Parameters
    ----------
    block : Pyomo block
        Has the variable ``output`` [MW].
    availability : indexed parameter
        Power that a unit gives over its rating at every step [1].
    capacity : indexed variable
        Rated power that stands in each phase [MW], at most ``most``.
    min_load : float
        Least output of a unit online over what it can give [1].
    penalty : float
        See `idle_share`.
    counts_starts : bool
        Whether power started is counted.
    unit_size : float or None
        Size of the units [MW] if only whole ones may be online, which takes an integer for every step.
    """
    block.online = pyo.Var(time.steps, bounds=(0, most), units=time.unit("MW"))

    @block.Constraint(time.steps, doc="what is online stands")
    def online_limit(b: Any, t: int) -> Any:
        return b.online[t] <= capacity[time.phase[t]]

    @block.Constraint(time.steps, doc="output stays within what the units online can give")
    def output_limit(b: Any, t: int) -> Any:
        return b.output[t] <= availability[t] * b.online[t]

    @block.Constraint(time.steps, doc="no unit online runs below its minimum load")
    def least_output(b: Any, t: int) -> Any:
        return b.output[t] >= min_load * availability[t] * b.online[t]

    if unit_size is not None:
        _whole(block, time, most, unit_size)
    if counts_starts:
        _starts(block, time, most)
    idle = idle_share(penalty)
    return Fleet(
        drawn=lambda t: idle * availability[t] * block.online[t] + (1 - idle) * block.output[t],
        running=lambda t: block.online[t],
        started=(lambda t: block.started[t]) if counts_starts else None,
    )


def _whole(block: Any, time: Clock, most: float, unit_size: float) -> None:
    block.units_online = pyo.Var(time.steps, within=pyo.NonNegativeIntegers, bounds=(0, int(most / unit_size + 1e-9)))
    unit = time.number(unit_size, "MW")

    @block.Constraint(time.steps, doc="only whole units are online")
    def whole_online(b: Any, t: int) -> Any:
        return b.online[t] == unit * b.units_online[t]


def _starts(block: Any, time: Clock, most: float) -> None:
    block.started = pyo.Var(time.steps, bounds=(0, most), units=time.unit("MW"))

    @block.Constraint(time.steps, doc="what is online now and was not before has started")
    def start(b: Any, t: int) -> Any:
        return b.started[t] >= b.online[t] - b.online[time.before[t]]

    @block.Constraint(time.steps, doc="what has started is online")
    def start_limit(b: Any, t: int) -> Any:
        return b.started[t] <= b.online[t]


def ramp_binds(time: Clock, per_hour: float) -> bool:
    """Return whether a ramp [share of the rating an hour] is slower than some step is long."""
    return bool(np.any(per_hour * time.timeline.hours < 1.0))


def ramp(
    block: Any, time: Clock, availability: Any, capacity: Any, *, per_hour: float, min_load: float, committed: bool
) -> None:
    """Keep the change of ``block.output`` from step to step within the ramp of the units.

    Units that stay online change by the ramp; those that start reach, and those that stop leave, their minimum load
    within one step, or what the ramp allows in it where that is more. What starts while other units stop is less the
    least that these gave.

    Parameters
    ----------
    availability : indexed parameter
        Power that a unit gives over its rating at every step [1].
    capacity : indexed variable
        Rated power that stands in each phase [MW].
    per_hour : float
        Change of a unit over its rating in an hour [1/h].
    min_load : float
        Least output of a unit online over what it can give [1].
    committed : bool
        Whether `commit` put what is online and started on the block: then units ramp, start and stop. Else all that
        stands ramps together.
    """
    reach = np.minimum(1.0, per_hour * time.timeline.hours)
    share = time.series(block, "ramp_share", reach, "")

    def rise(b: Any, t: int) -> Any:
        return b.output[t] - b.output[time.before[t]]

    if not committed:

        @block.Constraint(time.steps, doc="output rises no faster than the ramp")
        def rise_limit(b: Any, t: int) -> Any:
            return rise(b, t) <= share[t] * capacity[time.phase[t]]

        @block.Constraint(time.steps, doc="output falls no faster than the ramp")
        def fall_limit(b: Any, t: int) -> Any:
            return -rise(b, t) <= share[t] * capacity[time.phase[t]]

        return
    step = time.series(block, "start_share", np.maximum(reach, min_load), "")

    @block.Constraint(time.steps, doc="units that stay online rise with the ramp, others to their minimum load")
    def unit_rise_limit(b: Any, t: int) -> Any:
        kept = b.online[t] - b.started[t]
        left = min_load * availability[time.before[t]] * (b.online[time.before[t]] - kept)
        return rise(b, t) <= share[t] * kept + step[t] * b.started[t] - left

    @block.Constraint(time.steps, doc="units that stay online fall with the ramp, others from their minimum load")
    def unit_fall_limit(b: Any, t: int) -> Any:
        kept = b.online[t] - b.started[t]
        came = min_load * availability[t] * b.started[t]
        return -rise(b, t) <= share[t] * kept + step[t] * (b.online[time.before[t]] - kept) - came
