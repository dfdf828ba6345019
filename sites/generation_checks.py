"""Checks of generators and their fuel: dates that leave them nothing to do, and supplies that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gigasite.models.component import Component
from gigasite.models.generation import Generation
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
