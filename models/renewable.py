"""What photovoltaic and wind plants share: output up to what the weather allows."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

import pyomo.environ as pyo
from pydantic import Field, model_validator

from .ageing import mean_age
from .buses import FIRM, firm_account
from .clock import Clock
from .component import Annual, Floats, Hourly, Listed, Series, Terms
from .conditions import Conditions
from .given import Given
from .investment import Asset, Candidate, PowerSize, invest
from .quantities import DollarsPerMegawatt, DollarsPerMegawattYear, Fraction, HectaresPerMegawatt, PerYear
from .timeline import Phase, years_after, years_between

LARGEST_OVER_SITE = 12.0  # a plant of 8 % capacity factor would still meet the whole load on average


class Renewable(Candidate):
    """A plant whose output the weather limits; what is not used is curtailed at no cost."""

    family: ClassVar = "renewable"

    bus: str = "ac"
    """Bus it feeds."""
    size: PowerSize = Field(default_factory=PowerSize)
    """Rated alternating-current power."""
    capex: Annotated[DollarsPerMegawatt, Listed("capex")]
    """Cost per rated power."""
    upkeep: Annotated[DollarsPerMegawattYear, Listed("fixed_om")]
    """Yearly upkeep per rated power."""
    degradation: Annotated[PerYear, Listed("degradation")]
    """Loss of output a year, of the output when new."""
    ageing: Literal["average", "by_age"] = "average"
    """What the loss counts from: half a life in every year, or the mean age in each phase of what was built when."""
    land: Annotated[HectaresPerMegawatt, Listed("land")]
    """Land per rated power."""
    firm: Fraction = 0.0
    """Output that counts on design days, over rated power."""

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.degradation * self.life >= 1:
            raise ValueError(
                f"degradation must leave some output at the end of the life, got {self.degradation:g} 1/year over"
                f" {self.life:g} years. Lower degradation or life"
            )
        return self

    @abstractmethod
    def availability(self, weather: Conditions) -> Floats:
        """Return the output of new plant over its rated power at every hour."""

    @property
    def largest_output(self) -> float:
        """Largest output over rated power [1]."""
        return 1.0

    def cost_per_power(self, given: Given) -> Any:
        """Return the cost per rated power [USD/MW]."""
        return given.capex

    def derive(self, weather: Conditions) -> dict[str, Series]:
        aged = 1.0 - self.degradation * self.life / 2.0 if self.ageing == "average" else 1.0
        return {"availability": Series(aged * self.availability(weather), "")}

    def derive_on_design_day(self, weather: Conditions) -> dict[str, Series]:
        return {"availability": Series(0.0 * weather.dry_bulb_c + self.firm, "")}

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        asset = invest(
            block, time, given, given.size, unit="MW", capex=self.cost_per_power(given), upkeep=given.upkeep,
            bound=LARGEST_OVER_SITE,
        )  # fmt: skip
        rated = asset.capacity if self.ageing == "average" else self._aged(block, time, asset)
        most = self.largest_output * asset.most
        block.output = pyo.Var(time.steps, bounds=(0, most), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="output stays within what the weather allows")
        def weather_limit(b: Any, t: int) -> Any:
            return b.output[t] <= given.availability[t] * rated[time.phase[t]]

        produced = Hourly(lambda t: block.output[t])
        return Terms(
            into={
                self.bus: produced,
                "renewable_energy": produced,
                firm_account(FIRM, self.bus): Annual(lambda p: self.firm * rated[p]),
                "land": asset.per_unit(given.land),
                "capital": asset.capital,
            },
            cost=asset.cost,
            capacities=(asset.record,),
        )

    def _aged(self, block: Any, time: Clock, asset: Asset) -> Any:
        """Add what stands in each phase, counted in new plant; it ties the phases to one another."""
        phases, alive = time.timeline.phases, asset.record.alive
        left = {
            (q.name, p.name): self._left(q.start, p, self.life)
            for i, q in enumerate(phases)
            for j, p in enumerate(phases)
            if alive[i, j]
        }
        old = {
            p.name: sum(each.size * self._left(each.commissioned, p, each.life) for each in self._standing(p))
            for p in phases
        }
        block.as_new = pyo.Var(time.phases, bounds=(0, asset.most), units=time.unit("MW"))

        def counts(p: str) -> Any:
            built = sum(left[q.name, p] * asset.record.added[q.name] for q in phases if (q.name, p) in left)
            return block.as_new[p] == time.number(old[p], "MW") + built

        doc = "older plant counts for less than new plant"
        block.aged = pyo.Constraint(time.phases, rule={p.name: counts(p.name) for p in phases}, doc=doc)
        return block.as_new

    def _left(self, built: date, phase: Phase, life: float) -> float:
        """Return the share of its output that plant gives on average in a phase [1]."""
        return 1.0 - float(self.degradation) * mean_age(
            years_between(built, phase.start), years_between(built, phase.end), life
        )

    def _standing(self, phase: Phase) -> Iterator[Any]:
        """Yield the existing plant that stands in a phase."""
        for each in self.size.existing:
            if each.commissioned <= phase.start < years_after(each.commissioned, each.life):
                yield each
