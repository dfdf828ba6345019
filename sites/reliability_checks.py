"""Names in a reserve and in outages that point to nothing on the site, and supply that no reserve can count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gigasite.models.buses import ON_SITE
from gigasite.models.component import Component
from gigasite.models.electric_storage import ElectricStorage
from gigasite.models.generation import Generation
from gigasite.models.renewable import Renewable
from gigasite.models.technologies.converter import Converter
from gigasite.models.technologies.grid import Grid
from gigasite.models.technologies.outage import Outage
from gigasite.models.technologies.ppa import PowerPurchase
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
    if any(isinstance(c, ReserveLimit) for _, c in pairs):
        yield from _out_of_reach(pairs)
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


def _out_of_reach(pairs: Pairs) -> Iterator[Found]:
    """Yield what is firm on a bus from which nothing leads to the site, so that it would count for nothing."""
    reached, ways = set(ON_SITE), [c.firm_way for _, c in pairs if isinstance(c, Converter) and c.firm_way is not None]
    for _ in ways:
        reached |= {away for away, to in ways if to in reached}
    for part, component in pairs:
        on = getattr(component, "bus", "ac")
        if _is_firm(component) and on not in reached:
            yield (
                part.where(("bus",)),
                f"{part.head}: bus must be one from which a converter leads to the site, or it counts for no firm"
                f" capacity in limits.reserve, got '{on}'. Add a converter with source: {on} and bus: ac to section"
                " power, write bus: ac, or remove the reserve",
            )


def _is_firm(component: Component) -> bool:
    """Return whether a component feeds the account of firm capacity."""
    if isinstance(component, ElectricStorage):
        return component.firm_duration is not None
    if isinstance(component, Renewable | PowerPurchase):
        return bool(component.firm > 0)
    return isinstance(component, Generation | Grid)


def _unknown(part: Part, field: str, named: Any, known: Sequence[str], what: str) -> Iterator[Found]:
    for name in named:
        if name not in known:
            hint = nearest(name, known) or (f" Known: {', '.join(known)}." if known else " The site has none.")
            yield (
                part.where((field, name)),
                f"{part.name}: {field} names '{name}', which is no {what} on the site.{hint}",
            )
