"""Water supply: bought at a price, up to a yearly cap and a peak rate."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo

from ..clock import Clock
from ..component import Component, Hourly, Listed, Terms
from ..given import Given
from ..investment import at, by_date
from ..quantities import CubicMetresPerHour, CubicMetresPerYear, DollarsPerCubicMetre

CapByDate: Any = by_date(CubicMetresPerYear, "m3/year")
LARGEST_M3_PER_MWH = 10.0  # three times the make-up of a tower in the driest hour


class WaterSupply(Component, kind="water_supply"):
    """Water at the site; the peak rate holds on design days too."""

    example: ClassVar = {"name": "water", "price": "3 USD/m3", "cap": "500000 m3/year", "peak": "30 L/s"}
    family: ClassVar = "water"
    label: ClassVar = "Water supply"

    bus: str = "water"
    """Bus it feeds."""
    price: Annotated[DollarsPerCubicMetre, Listed("price_desalinated", "water")]
    """Price of water."""
    cap: CapByDate | None = None
    """Most that may be drawn in a year, or from given dates on."""
    peak: CubicMetresPerHour | None = None
    """Largest rate at which it may be drawn, for example 30 L/s."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        largest = max(given.site.largest_mw) * LARGEST_M3_PER_MWH if self.peak is None else self.peak
        block.drawn = pyo.Var(time.steps, bounds=(0, largest), units=time.unit("m**3/hour"))
        if self.cap is not None:
            caps = [at(self.cap, phase.start, largest * 8784.0) for phase in time.timeline.phases]
            limit = time.by_phase(block, "cap", caps, "m**3/year")

            @block.Constraint(time.phases, doc="the year stays within the water cap")
            def cap_limit(b: Any, p: str) -> Any:
                return sum(time.weight[t] * time.hours[t] * b.drawn[t] for t in time.of[p]) <= limit[p]

        return Terms(
            into={self.bus: Hourly(lambda t: block.drawn[t])},
            cost={"water": Hourly(lambda t: given.price * block.drawn[t])},
        )
