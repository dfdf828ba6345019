"""Swing limit: power that may rise and fall within seconds at the connection; storage holds the rest back."""

from __future__ import annotations

from typing import Any, ClassVar

import pyomo.environ as pyo

from ..clock import Clock
from ..component import Component, Hourly, Terms
from ..given import Given
from ..investment import PowerByDate, at


class SwingLimit(Component, kind="swing_limit"):
    """What the grid operator, or a plant of engines, accepts of power that rises and falls within seconds.

    At every step the swing of the accelerators = accepted + what stores and UPS hold for it, accepted <= limit. The
    swing counts as IT power, from compute to communication or checkpoint; cooling does not follow within seconds.
    Generators do not follow either, and hold nothing.
    """

    example: ClassVar = {"name": "swing", "limit": "10 MW"}
    family: ClassVar = "limit"
    label: ClassVar = "Swing limit"

    limit: PowerByDate
    """Largest rise or fall within seconds that is accepted, or limits from given dates on; any before the first."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        phases = time.timeline.phases
        most = max(given.site.largest_mw)  # nothing swings by more than the site draws
        limits = [at(self.limit, phase.start, most) for phase in phases]
        limit = time.by_phase(block, "limits", limits, "MW")
        block.accepted = pyo.Var(time.steps, bounds=(0, max(limits)), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="swings that reach the grid stay within what it accepts")
        def accepted_limit(b: Any, t: int) -> Any:
            return b.accepted[t] <= limit[time.phase[t]]

        return Terms(into={"swing": Hourly(lambda t: block.accepted[t])}, settles_hourly=("swing",))
