"""Sizes the optimiser chooses: built in phases, carried over, retired, and paid by annuities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

import numpy as np
import pyomo.environ as pyo
from pydantic import BeforeValidator, WithJsonSchema, model_validator

from .clock import Clock
from .component import Annual, Capacity, Component, Floats, Frozen, Listed, Term
from .finance import annuity_factor
from .quantities import Fraction, MegawattHours, Megawatts, Years
from .timeline import Outcome, Timeline, years_after

ALWAYS = date.min
Q = TypeVar("Q")
D = TypeVar("D")


def _dated(value: Any) -> Any:
    return value if isinstance(value, Mapping) else {ALWAYS: value}


def by_date(quantity: Any, unit: str) -> Any:
    """Return a type that holds one value, or values from given dates on."""
    schema = {
        "anyOf": [
            {"type": "string", "examples": [f"1 {unit}"]},
            {"type": "object", "additionalProperties": {"type": "string"}, "examples": [{"2028-01-01": f"1 {unit}"}]},
        ]
    }
    return Annotated[dict[date, quantity], BeforeValidator(_dated), WithJsonSchema(schema)]


def at(values: Mapping[date, float], when: date, before: float = 0.0) -> float:
    """Return the value that holds at ``when``: the latest that has begun, else ``before``.

    What is offered, asked for or built from a date on is nothing before it; a limit or a cap is none before it, so that
    callers give a bound that never binds as ``before``.
    """
    begun = [day for day in values if day <= when]
    return values[max(begun)] if begun else before


class Existing(Frozen, Generic[Q]):
    """Plant that stands already; its capital is sunk."""

    size: Q
    """Size that stands."""
    commissioned: date
    """Date on which it went into service."""
    life: Years
    """Life from that date; it is retired at its end."""


class Size(Frozen, Generic[Q, D]):
    """What may be built: a fixed size, or limits between which the optimiser chooses."""

    fixed: D | None = None
    """The size, or sizes from given dates on; none before the first."""
    minimum: D | None = None
    """Least size, or least sizes from given dates on; none before the first."""
    maximum: D | None = None
    """Largest size, or largest sizes from given dates on; nothing may stand before the first."""
    existing: tuple[Existing[Q], ...] = ()
    """Plant that stands already and counts towards the size."""

    @model_validator(mode="after")
    def _consistent(self) -> Size[Q, D]:
        if self.fixed is not None and (self.minimum is not None or self.maximum is not None):
            raise ValueError("give either a fixed size or a minimum and maximum, not both")
        for day, low in (self.minimum or {}).items():  # type: ignore[union-attr]
            high = at(self.maximum, day, np.inf) if self.maximum is not None else np.inf  # type: ignore[arg-type]
            if low > high:
                raise ValueError(f"the minimum {low:g} lies above the maximum {high:g}. Lower the minimum")
        return self

    def dates(self) -> set[date]:
        """Return the dates on which the limits change."""
        limits = (self.fixed, self.minimum, self.maximum)
        return {day for limit in limits if limit is not None for day in limit if day != ALWAYS}  # type: ignore[attr-defined]


PowerByDate: Any = by_date(Megawatts, "MW")
EnergyByDate: Any = by_date(MegawattHours, "MWh")
PowerSize = Size[Megawatts, PowerByDate]
EnergySize = Size[MegawattHours, EnergyByDate]


class Candidate(Component):
    """A component whose size is chosen, with the fields that all of them share."""

    life: Annotated[Years, Listed("lifetime")]
    """Economic life; capital is paid over it and the plant is retired at its end."""
    lead_time: Annotated[Years, Listed("lead_time")]
    """Time from the decision to service."""
    available: date | None = None
    """First date of service where a contract states one; it takes the place of the lead time."""
    cost_of_capital: Fraction | None = None
    """Real cost of capital of this asset; the site's own where left out."""

    def ready(self, decision: date) -> date:
        """Return the first date of service."""
        return self.available or years_after(decision, self.lead_time)

    def sizes(self) -> list[Size[Any, Any]]:
        """Return every size of the component."""
        return [value for name in type(self).model_fields if isinstance(value := getattr(self, name), Size)]

    def dates(self, decision: date) -> set[date]:
        """Return the dates on which what is possible changes."""
        changes = {day for size in self.sizes() for day in size.dates()}
        return changes | {self.ready(decision)}

    def causes(self, decision: date) -> list[list[Outcome]]:
        """Return what is uncertain about its dates: by cause, the outcomes; causes know nothing of one another."""
        return []


@dataclass(frozen=True)
class Asset:
    """A size in the model: its capacity by phase, its costs and its record for the report."""

    capacity: Any
    cost: Mapping[str, Term]
    record: Capacity
    capital: Annual

    @property
    def most(self) -> float:
        """Largest capacity that any phase allows."""
        return max(float(limit.ub) for limit in self.capacity.values())

    def per_unit(self, amount: Any) -> Annual:
        """Return an amount in proportion to what stands, for example land."""
        return Annual(lambda p: amount * self.capacity[p])

    def with_capital(self, other: Asset) -> Annual:
        """Return the capital spent on this asset and another of the same component."""
        return Annual(lambda p: self.capital.at(p) + other.capital.at(p))


def invest(
    block: Any,
    time: Clock,
    given: Any,
    size: Any,
    *,
    unit: str,
    capex: Any,
    upkeep: Any,
    quantity: str = "power",
    bound: float = 2.0,
    unit_size: float | None = None,
    whole: bool = False,
) -> Asset:
    """Put a size on ``block``: what is added in each phase and what stands, within its limits.

    Parameters
    ----------
    size : namespace of a Size
    unit : str
        Unit of the size, for example "MW".
    capex, upkeep : float
        Overnight cost [USD/unit] and fixed cost [USD/unit/year].
    quantity : str
        What the size measures; heads its variables where a component has several.
    bound : float
        Largest sensible size as a multiple of the largest power on the site, where no maximum is given.
    unit_size : float or None
        Size of one unit; what is added comes in whole units if ``whole``.
    """
    facts, phases = given.site, time.timeline.phases
    standing, alive = _standing(size, time.timeline), _alive(time.timeline, _plain(given.life))
    ready = given.available or years_after(facts.decision, _plain(given.lead_time))
    low, high = _limits(size, time.timeline, [bound * largest for largest in facts.largest_mw])
    room = {p.name: (0.0, h if p.start >= ready else 0.0) for p, h in zip(phases, high, strict=True)}
    limits = {p.name: (a, b) for p, a, b in zip(phases, low, high, strict=True)}
    pint = time.unit(unit)
    added = pyo.Var(time.phases, bounds=lambda _, p: room[p], units=pint)
    capacity = pyo.Var(time.phases, bounds=lambda _, p: limits[p], units=pint)
    number = {name: i for i, name in enumerate(time.timeline.names)}
    block.add_component(f"{quantity}_added", added)
    block.add_component(f"{quantity}_capacity", capacity)

    def stands(p: str) -> Any:
        built = sum(added[q] for q in number if alive[number[q], number[p]])
        return capacity[p] == time.number(standing[number[p]], unit) + built

    doc = "what stands is what was built and not retired"
    carried = pyo.Constraint(time.phases, rule={p: stands(p) for p in number}, doc=doc)
    block.add_component(f"{quantity}_carried", carried)
    if whole and unit_size:
        _whole_units(block, time, quantity, added, unit_size, room, unit)
    rate = facts.cost_of_capital if given.cost_of_capital is None else _plain(given.cost_of_capital)
    factor = time.number(annuity_factor(rate, _plain(given.life)), "1/year")

    def yearly_capital(p: str) -> Any:
        return factor * capex * sum(added[q] for q in number if alive[number[q], number[p]])

    reason = "capital" if quantity == "power" else f"capital ({quantity})"
    keep = "upkeep" if quantity == "power" else f"upkeep ({quantity})"
    return Asset(
        capacity=capacity,
        cost={reason: Annual(yearly_capital), keep: Annual(lambda p: upkeep * capacity[p])},
        record=Capacity(
            quantity=quantity,
            unit=unit,
            capacity=capacity,
            added=added,
            carried=carried,
            existing=standing,
            alive=alive,
            capex_usd_per_unit=_plain(capex),
            life_years=_plain(given.life),
            cost_of_capital=rate,
            unit_size=unit_size,
            reason=reason,
        ),
        capital=Annual(lambda p: capex * added[p]),
    )


def _plain(value: Any) -> float:
    """Return the number of a quantity, without the unit that an audit puts on."""
    return float(pyo.value(value))


def _standing(size: Any, timeline: Timeline) -> Floats:
    """Existing size at the start of each phase."""
    return np.array(
        [
            sum(
                _plain(each.size)
                for each in size.existing
                if each.commissioned <= phase.start < years_after(each.commissioned, _plain(each.life))
            )
            for phase in timeline.phases
        ]
    )


def _alive(timeline: Timeline, life: float) -> Any:
    """Whether what was built in phase q (row) stands in phase p (column).

    A life that ends within a phase continues as like-for-like replacement to the end of that phase.
    """
    starts = [phase.start for phase in timeline.phases]
    return np.array([[q == p or q < p < years_after(q, life) for p in starts] for q in starts])


def _limits(size: Any, timeline: Timeline, largest: list[float]) -> tuple[list[float], list[float]]:
    low, high = [], []
    for phase, most in zip(timeline.phases, largest, strict=True):
        if size.fixed is not None:
            value = at(size.fixed, phase.start)
            low.append(value)
            high.append(value)
        else:
            low.append(at(size.minimum, phase.start) if size.minimum is not None else 0.0)
            high.append(at(size.maximum, phase.start) if size.maximum is not None else most)
    return low, high


def _whole_units(block: Any, time: Clock, quantity: str, added: Any, unit_size: float, room: Any, unit: str) -> None:
    most = {p: int(high // unit_size) for p, (_, high) in room.items()}
    count = pyo.Var(time.phases, within=pyo.NonNegativeIntegers, bounds=lambda _, p: (0, most[p]))
    block.add_component(f"{quantity}_units", count)
    doc = "only whole units are added"
    equations = {p: added[p] == time.number(unit_size, unit) * count[p] for p in room}
    block.add_component(f"{quantity}_whole", pyo.Constraint(time.phases, rule=equations, doc=doc))
