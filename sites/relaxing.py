"""What of a site's own limits could be eased where electricity is short: land, money, lateral, grid connection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gigasite.models.component import Component
from gigasite.models.grid_offers import Offer
from gigasite.models.investment import ALWAYS, Size
from gigasite.models.technologies.grid import Grid
from gigasite.models.technologies.limits import CapitalLimit, LandLimit
from gigasite.models.technologies.pipeline import GasPipeline

from .site import Site

TIMES = 2.0
"""How much larger a connection or a lateral is tried."""


def eased(site: Site) -> Iterator[tuple[str, tuple[Component, ...]]]:
    """Yield what could be eased, a limit at a time: what it is called, and the components of the site with it."""
    for component in site.components:
        for label, changed in _eased(component, site):
            yield label, tuple(x for c in site.components if (x := changed if c is component else c) is not None)


def _eased(component: Component, site: Site) -> Iterator[tuple[str, Component | None]]:
    if isinstance(component, LandLimit):
        yield "more land than the limit", None
    elif isinstance(component, CapitalLimit):
        yield "more capital than the limit", None
    elif isinstance(component, GasPipeline) and _states(component.size):
        yield f"twice the gas lateral '{component.name}'", component.model_copy(update={"size": _twice(component.size)})
    elif isinstance(component, Grid):
        if _states(component.size) or component.offers or component.headroom:
            yield f"twice the grid connection '{component.name}'", _larger(component)
        start = site.starts[0]
        if any(start < day < site.end for day in component.dates(site.decision)):
            yield f"the grid connection '{component.name}' whole from {start}", _sooner(component, site)


def _states(size: Size[Any, Any]) -> bool:
    return size.fixed is not None or size.maximum is not None


def _twice(size: Size[Any, Any]) -> Size[Any, Any]:
    """Return a size that may be twice as large; a fixed one may then be anything up to it, and no less than it was."""
    most = size.fixed if size.fixed is not None else size.maximum
    least = size.fixed if size.fixed is not None else size.minimum
    return size.model_copy(update={"fixed": None, "minimum": least, "maximum": _scaled(most)})


def _scaled(limit: Any) -> Any:
    return None if limit is None else {day: TIMES * value for day, value in limit.items()}


def _larger(grid: Grid) -> Grid:
    offers = tuple(offer.model_copy(update={"power": TIMES * offer.power}) for offer in grid.offers)
    return grid.model_copy(update={"size": _twice(grid.size), "headroom": _scaled(grid.headroom), "offers": offers})


def _sooner(grid: Grid, site: Site) -> Grid:
    """Return the connection with all that ever comes of it there from the first start on, without any delay."""
    start = site.starts[0]

    def at_once(limit: Any) -> Any:
        return None if limit is None else {ALWAYS: max(limit.values())}

    def offer_at_once(offer: Offer) -> Offer:
        return offer.model_copy(update={"available": start, "lead_time": None, "delay": None})

    size = grid.size.model_copy(update={"fixed": at_once(grid.size.fixed), "maximum": at_once(grid.size.maximum)})
    return grid.model_copy(
        update={
            "size": size,
            "headroom": at_once(grid.headroom),
            "offers": tuple(offer_at_once(offer) for offer in grid.offers),
            "delay": None,
            "available": None if grid.offers else start,
        }
    )
