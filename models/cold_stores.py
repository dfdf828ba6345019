"""What stores of cold share: a level that carries over, a reserve for outages, and stated levels on design days.

A store of cold puts heat into a loop while it charges, for coolers to take, and takes heat out while it discharges.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import pyomo.environ as pyo
from pydantic import Field

from .clock import Clock
from .component import Listed
from .given import Given
from .investment import Asset, Candidate, EnergySize, PowerSize
from .quantities import DollarsPerMegawatt, Fraction, Hours, PerHour, PerYear

LONGEST_HOURS = 24.0  # cold that states no maximum: a day at the largest power of the site


class ColdStore(Candidate):
    """A tank that holds cold. A kind adds what charging takes."""

    family: ClassVar = "storage"

    loop: Literal["heat_air", "heat_liquid"]
    """Loop whose heat it takes in time: heat_air or heat_liquid."""
    bus: str = "ac"
    """Bus that drives it."""
    power: PowerSize = Field(default_factory=PowerSize)
    """Heat that it can take while it discharges."""
    energy: EnergySize = Field(default_factory=EnergySize)
    """Cold that it can hold."""
    minimum: Annotated[Fraction, Listed("min_charge")]
    """Share of the cold that cannot be used."""
    loss: Annotated[PerHour, Listed("loss")]
    """Stored cold lost an hour."""
    ride_through: Hours = 0.0
    """Time for which it could give its full power at the end of any step, design days included."""
    capex_power: Annotated[DollarsPerMegawatt, Listed("capex_power")]
    """Cost of pumps, pipes and exchangers per heat."""
    upkeep: Annotated[PerYear, Listed("fixed_om")]
    """Yearly upkeep over the cost."""


def keep(block: Any, time: Clock, given: Given, power: Asset, tank: Asset) -> None:
    """Write the level of a store whose ``charge`` and ``discharge`` are on ``block``.

    stored(t) = (1 - loss x h) stored(t-1) + h (charge - discharge), between minimum x energy + ride_through x power
    and energy. A design day starts and ends at its stated level between these two.

    Parameters
    ----------
    block : pyomo.environ.Block
    time : Clock
    given : namespace
        Fields of a `ColdStore`.
    power, tank : Asset
        Heat that it can take [MW], and cold that it can hold [MWh].
    """
    block.stored = pyo.Var(time.steps, bounds=(0, tank.most), units=time.unit("MWh"))

    def reserve(t: Any) -> Any:
        p = time.phase[t]
        return given.minimum * tank.capacity[p] + given.ride_through * power.capacity[p]

    @block.Constraint(time.steps, doc="stored cold carries over, less losses")
    def carry_over(b: Any, t: Any) -> Any:
        kept = (1 - given.loss * time.hours[t]) * b.stored[time.before[t]]
        return b.stored[t] == kept + time.hours[t] * (b.charge[t] - b.discharge[t])

    @block.Constraint(time.steps, doc="stored cold stays within the tank")
    def energy_limit(b: Any, t: Any) -> Any:
        return b.stored[t] <= tank.capacity[time.phase[t]]

    @block.Constraint(time.steps, doc="what is left gives full power for the stated time")
    def reserve_limit(b: Any, t: Any) -> Any:
        return b.stored[t] >= reserve(t)

    @block.Constraint(time.anchors, doc="a design day starts and ends at its stated level")
    def design_level(b: Any, t: Any) -> Any:
        level = given.site.design_charge
        return b.stored[t] == level * tank.capacity[time.phase[t]] + (1 - level) * reserve(t)
