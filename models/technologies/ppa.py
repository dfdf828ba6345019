"""Power purchase agreement: electricity of another's plant at a price, for a term."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, ClassVar, Literal, Self

import numpy as np
import pyomo.environ as pyo
from pydantic import Field, model_validator

from ..buses import FIRM, firm_account
from ..clock import Clock, parameter
from ..component import Annual, Capacity, Component, Floats, Hourly, Series, Term, Terms
from ..conditions import Conditions
from ..given import Given
from ..hourly import hourly, repeated
from ..investment import Asset, Candidate, PowerSize, at
from ..quantities import DollarsPerMegawattHour, Fraction, TonnesPerMegawattHour, Years
from ..templates import values
from ..timeline import years_between

LARGEST_OVER_SITE = 12.0  # as for plant on the site
ROUNDING = 1e-6  # sizes of a finished run repeat to so many digits
Share: Any = hourly("", bare=True, design="min", high=1.0)


class PowerPurchase(Candidate, kind="ppa"):
    """Delivers what a plant produces, or the same power at every hour, from its start to its end.

    delivered(t) <= availability(t) x size; what is not taken is spilled. Cost of a year: price x produced energy with
    take-or-pay, else price x delivered energy. The size grows by date at most; it ends as a whole.

    Delivery is to `bus`. A plant next door delivers to `ac`. One that delivers over the public grid uses the wires to
    the site: let the grid connection and the contract feed a bus of their own (`bus: wires` on both) and add a
    `converter` with `source: wires`, `efficiency: 1` and the size of the connection; import and delivery then share it.
    The grid's demand charge counts what the grid supplies, not what the contract delivers.
    """

    example: ClassVar = {
        "name": "solar_contract", "size": {"maximum": "100 MW"}, "shape": "pay_as_produced", "plant": "pv_tracking",
        "price": "35 USD/MWh", "start": "2026-01-01", "end": "2041-01-01", "renewable": True,
    }  # fmt: skip
    variants: ClassVar = {
        "baseload": {
            "shape": "baseload", "plant": None, "start": "2031-01-01", "firm": 1.0, "renewable": False,
        },
        "as_taken": {
            "plant": None, "profile": 0.4, "take_or_pay": False, "end": "2031-01-01", "carbon_free": False,
            "emission": "400 kg/MWh",
        },
    }  # fmt: skip
    family: ClassVar = "generation"
    label: ClassVar = "Power purchase agreement"

    bus: str = "ac"
    """Bus to which it delivers."""
    size: PowerSize = Field(default_factory=PowerSize)
    """Contracted power, or what the optimiser may contract, from given dates on."""
    start: date
    """First day of delivery."""
    end: date
    """Day after the last day of delivery."""
    price: DollarsPerMegawattHour
    """Price of energy, delivered."""
    shape: Literal["pay_as_produced", "baseload"]
    """Whether it delivers what a plant produces, or the contracted power at every hour."""
    plant: Literal["pv_tracking", "pv_fixed", "wind"] | None = None
    """Plant whose course it follows: of catalogue design, aged by half its life, in the weather of the site."""
    profile: Share | None = None
    """Course of its output over the contracted power, from a file, instead of a plant."""
    take_or_pay: bool = True
    """Whether everything that is produced is paid for, taken or not."""
    firm: Fraction = 0.0
    """Delivery that counts on design days and as firm capacity, over the contracted power: 1 for a baseload contract
    that is backed at all hours; nothing where left out, as for plant on the site."""
    renewable: bool
    """Whether what it delivers counts as renewable."""
    carbon_free: bool = True
    """Whether what it delivers counts as carbon-free."""
    emission: TonnesPerMegawattHour = 0.0
    """CO2 per energy delivered."""
    life: Years | None = None
    """Left out: the term follows from start and end."""
    lead_time: Years | None = None
    """Left out: delivery begins at the start."""

    @model_validator(mode="after")
    def _is_a_contract(self) -> Self:
        problems = []
        if self.end <= self.start:
            problems.append(f"end must come after start, got {self.end} and {self.start}. Correct the dates")
        for name in ("life", "lead_time", "available", "cost_of_capital"):
            if getattr(self, name) is not None:
                problems.append(f"{name} does not belong to a contract: state start, end and price. Remove it")
        named = [name for name in ("plant", "profile") if getattr(self, name) is not None]
        if self.shape == "baseload" and named:
            problems.append(f"{named[0]} belongs to shape pay_as_produced. Remove it, or change the shape")
        if self.shape == "pay_as_produced" and len(named) != 1:
            got = " and ".join(named) or "neither"
            problems.append(f"shape pay_as_produced needs either a plant or a profile, got {got}")
        problems += self._size_problems()
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _size_problems(self) -> list[str]:
        found = []
        if self.size.existing:
            found.append(
                "size.existing does not belong to a contract: one that runs has a start in the past. Remove it"
            )
        for name in ("fixed", "maximum"):
            limits = sorted((getattr(self.size, name) or {}).items())
            values = [value for day, value in limits if day < self.end]
            if any(later < earlier * (1 - ROUNDING) for earlier, later in pairwise(values)):
                found.append(
                    f"size.{name} must not fall within the term. Write two contracts, the shorter for the rest"
                )
        return found

    def ready(self, decision: date) -> date:
        return self.start

    def dates(self, decision: date) -> set[date]:
        return {*super().dates(decision), self.end}

    def derive(self, weather: Conditions) -> dict[str, Series]:
        return {"availability": Series(self._course(weather), "")}

    def derive_on_design_day(self, weather: Conditions) -> dict[str, Series]:
        return {"availability": Series(np.full(len(weather), self.firm), "")}

    def _course(self, weather: Conditions) -> Floats:
        """Return output over contracted power at every hour."""
        if self.plant is not None:
            plant = Component.from_dict({"kind": self.plant, "name": "plant"})
            return plant.derive(weather)["availability"].values
        if self.profile is not None:
            return repeated(self.profile.values, len(weather))
        return np.ones(len(weather))

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        asset = _contract(block, time, given, self)
        block.delivered = pyo.Var(time.steps, bounds=(0, asset.most), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="delivery stays within what is produced")
        def delivery_limit(b: Any, t: int) -> Any:
            return b.delivered[t] <= given.availability[t] * asset.capacity[time.phase[t]]

        delivered = Hourly(lambda t: block.delivered[t])
        into: dict[str, Term] = {self.bus: delivered}
        if self.firm > 0:
            into[firm_account(FIRM, self.bus)] = Annual(lambda p: given.firm * asset.capacity[p])
        if self.renewable:
            into["renewable_energy"] = delivered
        if not self.carbon_free:
            into["carbon_bearing_energy"] = delivered
        if self.emission > 0:
            into["carbon"] = Hourly(lambda t: given.emission * block.delivered[t])
        cost: Term = Hourly(lambda t: given.price * block.delivered[t])
        if self.take_or_pay:
            produced = _full_load_hours(block, time, given)
            cost = time.expected(lambda r: given.price * produced[r] * asset.capacity[time.phase_of[r]])
        return Terms(into=into, cost={"energy": cost}, capacities=(asset.record,))


def _full_load_hours(block: Any, time: Clock, given: Given) -> Any:
    """Return the hours a year at contracted power that hold what is produced, by ring."""
    line = time.timeline
    amounts = line.weight * line.hours * values(given.availability)
    hours = np.array([amounts[ring.steps].sum() / ring.outcome.probability for ring in line.rings])
    return parameter(block, "full_load_hours", time.rings, hours, "hour/year", audit=time.audit)


def _contract(block: Any, time: Clock, given: Given, contract: PowerPurchase) -> Asset:
    """Put the contracted power on ``block``: it may grow from phase to phase within the term, and has no capital."""
    phases, size = time.timeline.phases, contract.size
    names = time.timeline.names
    runs = [contract.start <= phase.start < contract.end for phase in phases]
    alive = np.array([[q == p or (q < p and runs[q] and runs[p]) for p in range(len(runs))] for q in range(len(runs))])
    low, high = {}, {}
    for phase, on, largest in zip(phases, runs, given.site.largest_mw, strict=True):
        asked = size.fixed if size.fixed is not None else size.minimum or {}
        most = size.fixed if size.fixed is not None else size.maximum
        low[phase.name] = at(asked, phase.start) if on else 0.0
        high[phase.name] = (LARGEST_OVER_SITE * largest if most is None else at(most, phase.start)) if on else 0.0
    unit = time.unit("MW")
    block.power_added = pyo.Var(time.phases, bounds=lambda _, p: (0, high[p]), units=unit)
    block.power_capacity = pyo.Var(time.phases, bounds=lambda _, p: (low[p], high[p]), units=unit)
    number = {name: i for i, name in enumerate(names)}

    def stands(p: str) -> Any:
        return block.power_capacity[p] == sum(block.power_added[q] for q in number if alive[number[q], number[p]])

    doc = "what is contracted was agreed and has not ended"
    block.power_carried = pyo.Constraint(time.phases, rule={p: stands(p) for p in names}, doc=doc)
    record = Capacity(
        quantity="power", unit="MW", capacity=block.power_capacity, added=block.power_added,
        carried=block.power_carried, existing=np.zeros(len(phases)), alive=alive, capex_usd_per_unit=0.0,
        life_years=years_between(contract.start, contract.end), cost_of_capital=given.site.cost_of_capital,
    )  # fmt: skip
    return Asset(capacity=block.power_capacity, cost={}, record=record, capital=Annual(lambda p: 0.0))
