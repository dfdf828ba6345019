"""A plain load: power that must be served."""

from __future__ import annotations

from typing import Any, ClassVar

import pyomo.environ as pyo

from ..clock import Clock
from ..component import Component, Hourly, Terms
from ..given import Given
from ..hourly import hourly

Demand: Any = hourly("MW")


class Load(Component, kind="load"):
    """Draws what it is told from one bus; on design days the largest value of the year."""

    example: ClassVar = {"name": "offices", "demand": "60 MW"}
    family: ClassVar = "load"
    label: ClassVar = "Plain load"

    bus: str = "ac"
    """Bus that serves it."""
    demand: Demand
    """Power drawn: a constant, a file or a profile."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        def drawn(t: Any) -> Any:
            return -1 * given.demand[t]

        used = Hourly(lambda t: given.demand[t])
        return Terms(into={self.bus: Hourly(drawn), **({"it_energy": used} if self.bus in ("ac", "it") else {})})
