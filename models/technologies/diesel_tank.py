"""A tank of diesel oil: stock for hours in which more is burned than lorries bring."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field

from ..clock import Clock
from ..component import Listed, Terms
from ..given import Given
from ..investment import Candidate, EnergySize, invest
from ..quantities import PerYear, Years, quantity
from .fuel import LARGEST_HEAT_RATE, DieselOil, Rate

DollarsPerLitre: Any = quantity("USD/L")
HeatPerLitre: Any = quantity("MWh/L")
LONGEST_HOURS = 168.0  # a week at the largest burn, for tanks that state no maximum


class DieselTank(DieselOil, Candidate, kind="diesel_tank"):
    """Diesel oil from a tank whose size is chosen, filled by deliveries at a limited rate.

    stock(t) = stock(t-1) + h (delivered - burned); h burned <= stock(t-1), as a step burns what the tank holds when it
    begins; stock <= size. A design day begins with a full tank, to be filled again after it. What is delivered is
    paid; what is burned emits.
    """

    example: ClassVar = {"name": "depot", "energy": {"maximum": "5 GWh"}, "delivery": "12.5 MW", "price": "100 USD/MWh"}
    label: ClassVar = "Diesel tank"

    energy: EnergySize = Field(default_factory=EnergySize)
    """Heat in the full tank: 24 h of 10 MW at 37 % take 649 MWh, which are 65 m3."""
    delivery: Rate
    """Largest rate of delivery over a day: one lorry of 30 m3 a day brings 12.5 MW of heat."""
    life: Annotated[Years, Listed("lifetime", "diesel")]
    """Economic life of the tank."""
    lead_time: Annotated[Years, Listed("lead_time", "diesel")]
    """Time from the decision to service."""
    capex: Annotated[DollarsPerLitre, Listed("tank_capex", "diesel")]
    """Cost of the tank per volume."""
    upkeep: PerYear = 0.0
    """Yearly upkeep over the cost."""
    heating_value: Annotated[HeatPerLitre, Listed("diesel_heating_value", "fuel")]
    """Heat per volume, on the lower heating value."""

    @property
    def at_a_rate(self) -> bool:
        """Always: the stock is followed at every step."""
        return True

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        capex = given.capex / given.heating_value
        tank = invest(
            block, time, given, given.energy, unit="MWh", quantity="energy", bound=LARGEST_HEAT_RATE * LONGEST_HOURS,
            capex=capex, upkeep=given.upkeep * capex,
        )  # fmt: skip
        block.delivered = pyo.Var(time.steps, bounds=(0, self.delivery), units=time.unit("MW"))
        most = LARGEST_HEAT_RATE * max(given.site.largest_mw)
        terms = self.by_hour(block, time, given, most, bought=lambda t: block.delivered[t])
        block.stock = pyo.Var(time.steps, bounds=(0, tank.most), units=time.unit("MWh"))

        anchors = set(time.timeline.anchors.tolist())
        block.carrying = pyo.Set(initialize=[t for t in time.steps if t not in anchors], ordered=True)

        @block.Constraint(block.carrying, doc="stock carries over")
        def carry_over(b: Any, t: int) -> Any:
            return b.stock[t] == b.stock[time.before[t]] + time.hours[t] * (b.delivered[t] - b.drawn[t])

        @block.Constraint(time.steps, doc="what is burned in a step is in the tank before it")
        def burn_limit(b: Any, t: int) -> Any:
            return time.hours[t] * b.drawn[t] <= b.stock[time.before[t]]

        @block.Constraint(time.steps, doc="stock stays within the tank")
        def tank_limit(b: Any, t: int) -> Any:
            return b.stock[t] <= tank.capacity[time.phase[t]]

        @block.Constraint(time.anchors, doc="a design day starts with a full tank")
        def design_level(b: Any, t: int) -> Any:
            return b.stock[t] == tank.capacity[time.phase[t]]

        return Terms(
            into={**terms.into, "capital": tank.capital},
            cost={**tank.cost, **terms.cost},
            capacities=(tank.record,),
            settles=terms.settles,
            settles_hourly=terms.settles_hourly,
        )
