"""What stores of electricity share: power and energy apart, a balance of what is stored, levels on design days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

import pyomo.environ as pyo
from pydantic import Field, model_validator

from .buses import FIRM, firm_account
from .clock import Clock
from .component import Annual, Hourly, Listed, Term, Terms
from .given import Given
from .investment import Asset, Candidate, EnergySize, PowerSize, invest
from .quantities import (
    DollarsPerMegawatt,
    DollarsPerMegawattHour,
    Fraction,
    HectaresPerMegawattHour,
    Hours,
    PerHour,
    PerYear,
)


class ElectricStorage(Candidate):
    """Takes electricity and gives it back later; one machine, which both directions share, and a store.

    stored(t) = (1 - loss x h) stored(t-1) + h (efficiency x charge - discharge / efficiency), where the efficiency each
    way is the root of the round trip. With `swing_duration` d it may hold power for swings of training:
    charge + discharge + held <= power, stored >= d x held / efficiency, and room for d x held x efficiency is left.
    """

    family: ClassVar = "storage"
    machine: ClassVar[str] = "machine"
    answers_in_seconds: ClassVar[bool] = True

    bus: str = "ac"
    """Bus it works on."""
    power: PowerSize = Field(default_factory=PowerSize)
    """Power in and out."""
    energy: EnergySize = Field(default_factory=EnergySize)
    """Energy that can be stored, when new."""
    duration: Hours | None = None
    """Energy over power, where the product fixes it, for example 4 hours; both are free where left out."""
    firm_duration: Hours | None = Field(default=None, gt=0.0)
    """Time for which firm power must last, from full; where left out it counts for no firm capacity."""
    swing_duration: Hours | None = Field(default=None, gt=0.0)
    """Time for which it carries swings of training up or down, for example 1 minute; it then holds power and energy
    back for them. No swings where left out."""
    longest: Annotated[Hours, Listed("longest_duration")]
    """Energy that is searched where it states no maximum, over the largest power of the site."""
    round_trip: Annotated[Fraction, Listed("round_trip_efficiency")]
    """Energy returned over energy taken, both at its bus."""
    loss: Annotated[PerHour, Listed("self_discharge")]
    """Stored energy lost an hour."""
    depth: Annotated[Fraction, Listed("depth_of_discharge")]
    """Share of the energy that may be used."""
    capex_power: Annotated[DollarsPerMegawatt, Listed("capex_power")]
    """Cost per power."""
    capex_energy: Annotated[DollarsPerMegawattHour, Listed("capex_energy")]
    """Cost per energy."""
    upkeep: Annotated[PerYear, Listed("fixed_om")]
    """Yearly upkeep over the cost."""
    land: Annotated[HectaresPerMegawattHour, Listed("land")]
    """Land per energy."""

    @model_validator(mode="after")
    def _works(self) -> Self:
        if self.round_trip <= 0:
            raise ValueError("round_trip must lie above 0, got 0: a store that returns nothing. Remove the component")
        if self.duration is not None and self.duration <= 0:
            raise ValueError(
                f"duration must lie above 0 hours, got {self.duration:g}. Remove it to leave both sizes free"
            )
        if self.swing_duration is not None and not self.answers_in_seconds:
            raise ValueError(
                f"swing_duration does not belong to {self.kind}: swings of training come and go within seconds, and its"
                " machines take longer. Remove it, and state it on a battery"
            )
        return self

    def usable(self, given: Given) -> Any:
        """Return the share of the energy, when new, that can be used on average over its life [1]."""
        return given.depth

    def ageing(self, block: Any, time: Clock, given: Given, machine: Asset, store: Asset) -> Mapping[str, Term]:
        """Write what use and age do to the store, and return what that costs."""
        return {}

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        """Write the variables and equations on ``block`` and return the terms."""
        machine = invest(
            block, time, given, given.power, unit="MW", capex=given.capex_power, upkeep=given.upkeep * given.capex_power
        )
        store = invest(
            block, time, given, given.energy, unit="MWh", quantity="energy", bound=self.longest,
            capex=given.capex_energy, upkeep=given.upkeep * given.capex_energy,
        )  # fmt: skip
        swings = self.swing_duration is not None
        swing = time.number(self.swing_duration, "hour") if self.swing_duration is not None else None
        if swings:
            block.held = pyo.Var(time.steps, bounds=(0, machine.most), units=time.unit("MW"))
        _flows(block, time, machine, f"{self.machine}_limit", swings)
        _store(block, time, given, store, self.usable(given), swing)
        if self.duration is not None:
            _fixed_duration(block, time, time.number(self.duration, "hour"), machine, store)
        ageing = self.ageing(block, time, given, machine, store)
        further: dict[str, Term] = {"swing": Hourly(lambda t: block.held[t])} if swings else {}
        if self.firm_duration is not None:
            _holds(
                block,
                time,
                time.number(self.firm_duration, "hour"),
                machine,
                store,
                given.round_trip**0.5 * self.usable(given),
            )
            further[firm_account(FIRM, self.bus)] = Annual(lambda p: block.firm[p])
        return Terms(
            into={
                self.bus: Hourly(lambda t: block.discharge[t] - block.charge[t]),
                **further,
                "land": store.per_unit(given.land),
                "capital": machine.with_capital(store),
            },
            cost={**machine.cost, **store.cost, **ageing},
            capacities=(machine.record, store.record),
        )


def _flows(block: Any, time: Clock, machine: Asset, name: str, swings: bool) -> None:
    block.charge = pyo.Var(time.steps, bounds=(0, machine.most), units=time.unit("MW"))
    block.discharge = pyo.Var(time.steps, bounds=(0, machine.most), units=time.unit("MW"))

    def limit(b: Any, t: int) -> Any:
        held = b.held[t] if swings else 0
        return b.charge[t] + b.discharge[t] + held <= machine.capacity[time.phase[t]]

    doc = "charging and discharging share the power" + (" with what is held for swings" if swings else "")
    block.add_component(name, pyo.Constraint(time.steps, rule=limit, doc=doc))


def _store(block: Any, time: Clock, given: Given, store: Asset, usable: Any, swing: Any) -> None:
    one_way = given.round_trip**0.5
    block.stored = pyo.Var(time.steps, bounds=(0, store.most), units=time.unit("MWh"))

    @block.Constraint(time.steps, doc="stored energy carries over, less losses")
    def carry_over(b: Any, t: int) -> Any:
        kept = (1 - given.loss * time.hours[t]) * b.stored[time.before[t]]
        return b.stored[t] == kept + time.hours[t] * (one_way * b.charge[t] - b.discharge[t] / one_way)

    @block.Constraint(time.steps, doc="stored energy stays within what can be used")
    def energy_limit(b: Any, t: int) -> Any:
        room = 0 if swing is None else one_way * swing * b.held[t]
        return b.stored[t] + room <= usable * store.capacity[time.phase[t]]

    if swing is not None:

        @block.Constraint(time.steps, doc="a swing up is carried by what is stored")
        def swing_energy(b: Any, t: int) -> Any:
            return swing * b.held[t] <= one_way * b.stored[t]

    @block.Constraint(time.anchors, doc="a design day starts and ends at its stated level")
    def design_level(b: Any, t: int) -> Any:
        return b.stored[t] == given.site.design_charge * usable * store.capacity[time.phase[t]]


def _holds(block: Any, time: Clock, duration: Any, machine: Asset, store: Asset, usable: Any) -> None:
    """Add what the store can hold for a duration."""
    block.firm = pyo.Var(time.phases, bounds=(0, machine.most), units=time.unit("MW"))

    @block.Constraint(time.phases, doc="firm power stays within the machine")
    def firm_power_limit(b: Any, p: str) -> Any:
        return b.firm[p] <= machine.capacity[p]

    @block.Constraint(time.phases, doc="firm power lasts for its duration")
    def firm_energy_limit(b: Any, p: str) -> Any:
        return duration * b.firm[p] <= usable * store.capacity[p]


def _fixed_duration(block: Any, time: Clock, duration: Any, machine: Asset, store: Asset) -> None:
    @block.Constraint(time.phases, doc="energy is so many hours of power")
    def fixed_duration(b: Any, p: str) -> Any:
        return store.capacity[p] == duration * machine.capacity[p]
