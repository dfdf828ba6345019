"""Checks of plant: dates that leave generators nothing to do, supplies that do not fit, two inverters in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gigasite.models.component import Component
from gigasite.models.electric_storage import ElectricStorage
from gigasite.models.generation import Generation
from gigasite.models.technologies.converter import Converter
from gigasite.models.technologies.fuel import Fuel

from .parts import Part
from .sections import Phases

Found = tuple[tuple[Any, ...], str]
Pairs = Sequence[tuple[Part, Component]]


def generation_contradictions(pairs: Pairs, phases: Phases) -> Iterator[Found]:
    """Yield what contradicts itself among generators, rented ones and fuels, with its place in the file."""
    for part, component in pairs:
        if isinstance(component, Generation):
            yield from _idle_dates(part, component, phases)
    yield from _mixed_supplies(pairs)
    yield from _two_inverters(pairs)


def _idle_dates(part: Part, plant: Generation, phases: Phases) -> Iterator[Found]:
    """Yield dates that end a service before it begins, or that the plan does not reach."""
    first = phases.starts[0] if plant.size.existing else max(plant.ready(phases.decision), phases.starts[0])
    ends = {
        "backup_from": "Set run_hours where it is backup from the start, or correct the date",
        "until": "Remove it, rent it earlier, or correct the date",
    }
    for field, remedy in ends.items():
        day = getattr(plant, field, None)
        if day is None:
            continue
        if day <= first:
            yield (
                part.where((field,)),
                f"{part.head}: {field} must come after its first day of service on {first}, got {day}. {remedy}",
            )
        elif day >= phases.end:
            yield (
                part.where((field,)),
                f"{part.head}: {field} is {day}, after the end of the plan on {phases.end}. Correct the date, or move"
                " the end",
            )


def _mixed_supplies(pairs: Pairs) -> Iterator[Found]:
    """Yield supplies by the year on a bus that another supplies at a rate, which follows all that is burned there."""
    fuels = [(part, c) for part, c in pairs if isinstance(c, Fuel)]
    rated = {c.bus: part for part, c in fuels if c.at_a_rate}
    for part, fuel in fuels:
        if fuel.bus in rated and not fuel.at_a_rate:
            yield (
                part.path,
                f"{part.head}: bus '{fuel.bus}' is supplied at a rate by {rated[fuel.bus].head}, so that every supply"
                " of it must be, got one by the year. State its peak, or give it a bus of its own",
            )


def _two_inverters(pairs: Pairs) -> Iterator[Found]:
    """Yield plant with an inverter of its own on a bus of direct current, whose converter is one too."""
    inverters = {c.source: part for part, c in pairs if isinstance(c, Converter) and c.efficiency < 1}
    for part, plant in pairs:
        bus = str(getattr(plant, "bus", ""))
        if bus not in inverters:
            continue
        twice = (
            f"on bus '{bus}', where {inverters[bus].head} is the inverter: it would be paid for and lose energy twice"
        )
        if getattr(plant, "inverter", False):
            yield part.where(("inverter",)), f"{part.head}: inverter must be false {twice}. Write inverter: false"
        elif isinstance(plant, ElectricStorage) and not {"capex_power", "round_trip"} <= set(part.data):
            row = getattr(plant, "technology", "")
            direct = getattr(plant, "direct", "")
            if row == direct:
                continue
            remedy = f"Write technology: {direct}" if direct else "Put it on bus ac"
            yield (
                part.where(("technology",)),
                f"{part.head}: technology must be one without an inverter {twice}, got {row}. {remedy}, or state"
                " capex_power and round_trip without one",
            )
