"""Water supply: bought at a price, up to yearly caps and peak rates; what is drained is paid for too."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import numpy as np
import pyomo.environ as pyo
from pydantic import Field, model_validator

from ..clock import Clock
from ..component import Component, Floats, Frozen, Hourly, Listed, Terms
from ..given import Given
from ..investment import at, by_date
from ..quantities import CubicMetresPerHour, CubicMetresPerYear, DollarsPerCubicMetre
from ..timeline import Timeline

CapByDate: Any = by_date(CubicMetresPerYear, "m3/year")
LARGEST_M3_PER_MWH = 10.0  # three times the make-up of a tower in the driest hour


class Restriction(Frozen):
    """Less water in some months, for example through a dry summer."""

    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = Field(min_length=1)
    """Months in which it holds, 1 to 12."""
    peak: CubicMetresPerHour | None = None
    """Largest rate in these months, design days in them included."""
    cap: CubicMetresPerYear | None = None
    """Most that may be drawn in these months of a year, all of them together."""

    @model_validator(mode="after")
    def _restricts(self) -> Restriction:
        if self.peak is None and self.cap is None:
            raise ValueError("a restriction needs a peak or a cap. State one of them, or remove it")
        return self


class WaterSupply(Component, kind="water_supply"):
    """Water at the site, and the disposal of what cooling drains: blowdown of towers, bleed of pads.

    Peak rates hold on design days too. Discharge = all that flows into the account `waste_water`.
    """

    example: ClassVar = {
        "name": "water", "price": "3 USD/m3", "cap": "500000 m3/year", "peak": "30 L/s",
        "discharge_cap": "90000 m3/year",
        "restrictions": [{"months": [6, 7, 8], "peak": "20 L/s", "cap": "100000 m3/year"}],
    }  # fmt: skip
    family: ClassVar = "water"
    label: ClassVar = "Water supply"

    bus: str = "water"
    """Bus it feeds."""
    price: Annotated[DollarsPerCubicMetre, Listed("price_desalinated", "water")]
    """Price of water."""
    cap: CapByDate | None = None
    """Most that may be drawn in a year, or from given dates on, with no cap before the first; zero for a site without
    water."""
    peak: CubicMetresPerHour | None = None
    """Largest rate at which it may be drawn, for example 30 L/s."""
    restrictions: tuple[Restriction, ...] = ()
    """Seasons with less water."""
    discharge_price: Annotated[DollarsPerCubicMetre, Listed("discharge_price", "water")]
    """Price of disposing of drained water."""
    discharge_cap: CapByDate | None = None
    """Most that may be drained in a year, or from given dates on; no cap before the first."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        largest = max(given.site.largest_mw) * LARGEST_M3_PER_MWH
        block.drawn = pyo.Var(
            time.steps, bounds=(0, largest if self.peak is None else self.peak), units=time.unit("m**3/hour")
        )
        if self.cap is not None:
            caps = [at(self.cap, phase.start, largest * 8784.0) for phase in time.timeline.phases]
            limit = time.by_phase(block, "cap", caps, "m**3/year")

            @block.Constraint(time.rings, doc="the year stays within the water cap")
            def cap_limit(b: Any, r: str) -> Any:
                return time.over_year(r, lambda t: b.drawn[t]) <= time.chance[r] * limit[time.phase_of[r]]

        self._restrict(block, time, largest)
        caps = [at(self.discharge_cap or {}, p.start, largest * 8784.0) for p in time.timeline.phases]
        most = {ring.name: caps[ring.phase] for ring in time.timeline.rings}
        block.discharged = pyo.Var(time.rings, bounds=lambda _, r: (0, most[r]), units=time.unit("m**3/year"))
        return Terms(
            into={self.bus: Hourly(lambda t: block.drawn[t])},
            cost={
                "water": Hourly(lambda t: given.price * block.drawn[t]),
                "discharge": time.expected(lambda r: given.discharge_price * block.discharged[r]),
            },
            meters={"waste_water": time.expected(lambda r: block.discharged[r])},
        )

    def _restrict(self, block: Any, time: Clock, largest: float) -> None:
        """Keep rates and amounts within the restrictions of the season."""
        if any(each.peak is not None for each in self.restrictions):
            rates = time.series(block, "restricted", self._rates(time.timeline, largest), "m**3/hour")

            @block.Constraint(time.steps, doc="the rate stays within the season's restriction")
            def season_peak(b: Any, t: int) -> Any:
                return b.drawn[t] <= rates[t]

        for number, each in enumerate(self.restrictions):
            if each.cap is not None:
                _cap_season(block, time, number, each)

    def _rates(self, timeline: Timeline, largest: float) -> Floats:
        """Return the largest rate that the restrictions leave at every step [m3/h]."""
        rates = np.full(timeline.size, largest)
        for each in self.restrictions:
            if each.peak is not None:
                rates = np.where(np.isin(timeline.month, each.months), np.minimum(rates, each.peak), rates)
        return rates


def _cap_season(block: Any, time: Clock, number: int, restriction: Restriction) -> None:
    """Keep what is drawn in some months of each year, in every outcome, within a cap."""
    timeline = time.timeline
    here = np.isin(timeline.month, restriction.months)
    steps = {ring.name: ring.steps[here[ring.steps]].tolist() for ring in timeline.rings}
    if not any(steps.values()):  # a timeline without these months has nothing to limit
        return
    cap = time.number(restriction.cap or 0.0, "m**3/year")
    season = pyo.Set(time.rings, initialize=steps, ordered=True)
    block.add_component(f"season_{number}", season)

    def limit(b: Any, r: str) -> Any:
        return sum(time.weight[t] * time.hours[t] * b.drawn[t] for t in season[r]) <= time.chance[r] * cap

    doc = "the season stays within its water cap"
    block.add_component(f"season_{number}_cap", pyo.Constraint(time.rings, rule=limit, doc=doc))
