"""What a connection lets through: its size, what is called off, what the host grid has room for, and ramps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyomo.environ as pyo

from .clock import Clock
from .investment import Asset, at


def limit_exchange(
    block: Any, time: Clock, assets: Sequence[Asset], carries: float, there: Sequence[Any], left: Sequence[Any]
) -> None:
    """Keep import and export within what is connected, and import within what is left when called off.

    Parameters
    ----------
    block : Pyomo block
        Has the variables ``imported`` and ``exported`` [MW].
    assets : sequence of Asset
        What is connected, by step of the connection.
    carries : float
        Power that a unit of connection carries: the power factor [1].
    there : sequence
        For each asset one at the steps at which it is in service, zero before it arrives; None where that is certain.
    left : sequence
        For each asset the share that is left at every step while it is called off [1]; None where it is firm.
    """

    def carried(t: Any, shares: Sequence[Sequence[Any]]) -> Any:
        parts = []
        for asset, *given in zip(assets, *shares, strict=True):
            part = asset.capacity[time.phase[t]]
            for share in given:
                part = part if share is None else share[t] * part
            parts.append(part)
        return carries * sum(parts)

    @block.Constraint(time.steps, doc="import and export stay within the connection")
    def connection_limit(b: Any, t: int) -> Any:
        return b.imported[t] + b.exported[t] <= carried(t, (there,))

    if all(share is None for share in left):
        return

    @block.Constraint(time.steps, doc="called off, import stays within what is left")
    def called_off(b: Any, t: int) -> Any:
        return b.imported[t] <= carried(t, (there, left))


def limit_total(
    block: Any, time: Clock, assets: Sequence[Asset], name: str, limit: Mapping[date, float], sign: float, doc: str
) -> None:
    """Keep all that is connected at most (sign 1) or at least (sign -1) at values by date [MW]."""
    rows = {}
    for each in time.timeline.phases:
        total = sum([asset.capacity[each.name] for asset in assets])
        rows[each.name] = sign * total <= sign * time.number(at(limit, each.start), "MW")
    block.add_component(name, pyo.Constraint(time.phases, rule=rows, doc=doc))


def limit_ramp(block: Any, time: Clock, ramp_mw_per_hour: float) -> None:
    """Limit how fast the exchange with the grid rises and falls from step to step."""
    ramp = time.number(ramp_mw_per_hour, "MW/hour")

    def change(b: Any, t: int) -> Any:
        before = time.before[t]
        return b.imported[t] - b.exported[t] - b.imported[before] + b.exported[before]

    @block.Constraint(time.steps, doc="the exchange rises no faster than its ramp")
    def rise(b: Any, t: int) -> Any:
        return change(b, t) <= ramp * time.hours[t]

    @block.Constraint(time.steps, doc="the exchange falls no faster than its ramp")
    def fall(b: Any, t: int) -> Any:
        return -1 * change(b, t) <= ramp * time.hours[t]
