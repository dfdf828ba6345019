"""Names in a reserve and in outages that point to nothing on the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gigasite.models.component import Component
from gigasite.models.generation import Generation
from gigasite.models.technologies.grid import Grid
from gigasite.models.technologies.outage import Outage
from gigasite.models.technologies.reserve import ReserveLimit

from .parts import Part
from .sentences import nearest

Found = tuple[tuple[Any, ...], str]
Pairs = Sequence[tuple[Part, Component]]


def reliability_contradictions(pairs: Pairs) -> Iterator[Found]:
    """Yield what a reserve or an outage names that is not there, or needs and does not find.

    Yields
    ------
    (place, sentence)
        Keys that lead to the place in the file; rule, value and remedy.
    """
    generators = {c.name: c for _, c in pairs if isinstance(c, Generation)}
    grids = [c for _, c in pairs if isinstance(c, Grid)]
    fuels = sorted({c.fuel for c in generators.values() if c.fuel is not None})
    for part, component in pairs:
        if isinstance(component, ReserveLimit):
            yield from _unknown(part, "units", component.units, sorted(generators), "generator")
            if component.grid_counts and not grids:
                yield part.where(("grid_counts",)), "reserve: grid_counts needs a grid connection, got none. Remove it"
        if isinstance(component, Outage):
            yield from _unknown(part, "machines", component.machines, sorted(generators), "generator")
            yield from _unknown(part, "fuel_stock", component.fuel_stock, fuels, "fuel that a generator burns")
            if not grids:
                yield part.path, "outage: only a grid connection can fail, got none. Remove the outage"


def _unknown(part: Part, field: str, named: Any, known: Sequence[str], what: str) -> Iterator[Found]:
    for name in named:
        if name not in known:
            hint = nearest(name, known) or (f" Known: {', '.join(known)}." if known else " The site has none.")
            yield (
                part.where((field, name)),
                f"{part.name}: {field} names '{name}', which is no {what} on the site.{hint}",
            )
