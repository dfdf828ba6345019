"""Battery: shifts electricity in time."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field

from ..clock import Clock
from ..component import Hourly, Listed, Terms
from ..given import Given
from ..investment import Candidate, EnergySize, PowerSize, invest
from ..quantities import (
    DollarsPerMegawatt,
    DollarsPerMegawattHour,
    Fraction,
    HectaresPerMegawattHour,
    Number,
    PerHour,
    PerYear,
)

LONGEST_HOURS = 48.0  # energy that states no maximum: two days at the largest power of the site


class Battery(Candidate, kind="battery"):
    """Lithium battery with power and energy apart; it pays a calendar annuity, and no wear within its included cycles.

    stored(t) = (1 - loss x h) stored(t-1) + h (efficiency x charge - discharge / efficiency), where the efficiency each
    way is the root of the round trip. Usable energy is the average over its life of what fade leaves.
    """

    example: ClassVar = {"name": "bess", "power": {"maximum": "50 MW"}, "energy": {"maximum": "0.2 GWh"}}
    family: ClassVar = "storage"
    label: ClassVar = "Battery"

    technology: str = "battery_lfp"
    """Row of the catalogue."""
    bus: str = "ac"
    """Bus it works on."""
    power: PowerSize = Field(default_factory=PowerSize)
    """Power of the inverter."""
    energy: EnergySize = Field(default_factory=EnergySize)
    """Energy of the new cells."""
    round_trip: Annotated[Fraction, Listed("round_trip_efficiency")]
    """Energy returned over energy taken, alternating current to alternating current."""
    loss: Annotated[PerHour, Listed("self_discharge")]
    """Stored energy lost an hour."""
    depth: Annotated[Fraction, Listed("depth_of_discharge")]
    """Share of the energy that may be used."""
    fade: Annotated[PerYear, Listed("fade")]
    """Energy lost a year by ageing."""
    cycle_life: Annotated[Number, Listed("cycle_life")]
    """Full cycles that the cells bear over their life."""
    capex_power: Annotated[DollarsPerMegawatt, Listed("capex_power")]
    """Cost of the inverter."""
    capex_energy: Annotated[DollarsPerMegawattHour, Listed("capex_energy")]
    """Cost of the cells."""
    upkeep: Annotated[PerYear, Listed("fixed_om")]
    """Yearly upkeep over the cost."""
    land: Annotated[HectaresPerMegawattHour, Listed("land")]
    """Land per energy."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        inverter = invest(
            block, time, given, given.power, unit="MW", capex=given.capex_power, upkeep=given.upkeep * given.capex_power
        )
        cells = invest(
            block, time, given, given.energy, unit="MWh", quantity="energy", bound=LONGEST_HOURS,
            capex=given.capex_energy, upkeep=given.upkeep * given.capex_energy,
        )  # fmt: skip
        _flows(block, time, given, inverter)
        _store(block, time, given, cells)
        return Terms(
            into={
                self.bus: Hourly(lambda t: block.discharge[t] - block.charge[t]),
                "land": cells.per_unit(given.land),
                "capital": inverter.with_capital(cells),
            },
            cost={**inverter.cost, **cells.cost},
            capacities=(inverter.record, cells.record),
        )


def _flows(block: Any, time: Clock, given: Given, inverter: Any) -> None:
    block.charge = pyo.Var(time.steps, bounds=(0, inverter.most), units=time.unit("MW"))
    block.discharge = pyo.Var(time.steps, bounds=(0, inverter.most), units=time.unit("MW"))

    @block.Constraint(time.steps, doc="charging and discharging share the inverter")
    def inverter_limit(b: Any, t: int) -> Any:
        return b.charge[t] + b.discharge[t] <= inverter.capacity[time.phase[t]]


def _store(block: Any, time: Clock, given: Given, cells: Any) -> None:
    one_way = given.round_trip**0.5
    usable = given.depth * (1 - given.fade * given.life / 2)
    block.stored = pyo.Var(time.steps, bounds=(0, cells.most), units=time.unit("MWh"))

    @block.Constraint(time.steps, doc="stored energy carries over, less losses")
    def carry_over(b: Any, t: int) -> Any:
        kept = (1 - given.loss * time.hours[t]) * b.stored[time.before[t]]
        return b.stored[t] == kept + time.hours[t] * (one_way * b.charge[t] - b.discharge[t] / one_way)

    @block.Constraint(time.steps, doc="stored energy stays within the aged cells")
    def energy_limit(b: Any, t: int) -> Any:
        return b.stored[t] <= usable * cells.capacity[time.phase[t]]

    @block.Constraint(time.anchors, doc="a design day starts and ends at its stated level")
    def design_level(b: Any, t: int) -> Any:
        return b.stored[t] == given.site.design_charge * usable * cells.capacity[time.phase[t]]

    @block.Constraint(time.phases, doc="the year stays within the included cycles")
    def cycle_limit(b: Any, p: str) -> Any:
        yearly = sum(time.weight[t] * time.hours[t] * b.discharge[t] for t in time.of[p])
        return yearly <= given.cycle_life / given.life * cells.capacity[p]
