"""What photovoltaic and wind plants share: output up to what the weather allows."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field

from .clock import Clock
from .component import Floats, Hourly, Listed, Series, Terms
from .conditions import Conditions
from .given import Given
from .investment import Candidate, PowerSize, invest
from .quantities import DollarsPerMegawatt, DollarsPerMegawattYear, Fraction, HectaresPerMegawatt, PerYear

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
    """Loss of output a year; half a life's loss is taken off the average year."""
    land: Annotated[HectaresPerMegawatt, Listed("land")]
    """Land per rated power."""
    firm: Fraction = 0.0
    """Output that counts on design days, over rated power."""

    @abstractmethod
    def availability(self, weather: Conditions) -> Floats:
        """Return the output of new plant over its rated power at every hour."""

    def derive(self, weather: Conditions) -> dict[str, Series]:
        aged = 1.0 - self.degradation * self.life / 2.0
        return {"availability": Series(aged * self.availability(weather), "")}

    def derive_on_design_day(self, weather: Conditions) -> dict[str, Series]:
        return {"availability": Series(0.0 * weather.dry_bulb_c + self.firm, "")}

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        asset = invest(
            block, time, given, given.size, unit="MW", capex=given.capex, upkeep=given.upkeep, bound=LARGEST_OVER_SITE
        )
        block.output = pyo.Var(time.steps, bounds=(0, asset.most), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="output stays within what the weather allows")
        def weather_limit(b: Any, t: int) -> Any:
            return b.output[t] <= given.availability[t] * asset.capacity[time.phase[t]]

        produced = Hourly(lambda t: block.output[t])
        return Terms(
            into={
                self.bus: produced,
                "renewable_energy": produced,
                "land": asset.per_unit(given.land),
                "capital": asset.capital,
            },
            cost=asset.cost,
            capacities=(asset.record,),
        )
