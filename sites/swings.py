"""Swings of training on a site: what cannot be, told before the solve; what swings and what is held, after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np

from gigasite.models.component import Component
from gigasite.models.electric_storage import ElectricStorage
from gigasite.models.investment import at
from gigasite.models.technologies.accelerators import Accelerators
from gigasite.models.technologies.power_chain import PowerChain
from gigasite.models.technologies.swing_limit import SwingLimit

from .parts import Part
from .site import Site
from .tables import Finished, Floats

Found = tuple[tuple[Any, ...], str]
TOLERANCE = 1e-9


def steadies(component: Component) -> bool:
    """Return whether a component may hold power back for swings."""
    stored = isinstance(component, ElectricStorage) and component.swing_duration is not None
    return stored or (isinstance(component, PowerChain) and component.swing_share > 0)


def swing_contradictions(pairs: Sequence[tuple[Part, Component]]) -> Iterator[Found]:
    """Yield limits without anything that swings, and what is held for swings that nobody limits.

    Yields
    ------
    (place, sentence)
        Keys that lead to the place in the file; rule, value and remedy.
    """
    limited = any(isinstance(c, SwingLimit) for _, c in pairs)
    swinging = any(isinstance(c, Accelerators) and c.swing > 0 for _, c in pairs)
    for part, component in pairs:
        if isinstance(component, SwingLimit) and not swinging:
            yield part.where(("limit",)), "limits: swing needs accelerators that swing, got none. Remove it"
        if steadies(component) and not limited:
            field = "swing_share" if isinstance(component, PowerChain) else "swing_duration"
            yield (
                part.where((field,)),
                f"{part.head}: {field} acts only where swings are limited, got no limit. State limits.swing, for"
                " example 10 MW, or remove it",
            )


def swing_shortfall(site: Site, day: date, least_work: float) -> Iterator[tuple[str, str]]:
    """Compare the least swing on a design day with what is accepted, where nothing holds the rest.

    Parameters
    ----------
    site : Site
    day : date
    least_work : float
        Work rate that must be served here [thousand H100-equivalents].

    Yields
    ------
    (key, sentence)
    """
    limits = [c for c in site.components if isinstance(c, SwingLimit)]
    platforms = [c for c in site.components if isinstance(c, Accelerators)]
    if not limits or not platforms or any(steadies(c) for c in site.components):
        return
    accepted = sum(at(c.limit, day, np.inf) for c in limits)
    frugal = min(c.swing * c.facility_mw(1.0) / (c.speed * c.availability) for c in platforms)
    sized = sum(c.swing * c.facility_mw(_least(c, day)) for c in platforms)
    asked = max(least_work * frugal, sized)
    if asked > accepted * (1 + TOLERANCE):
        yield (
            "swing",
            f"swing: the accelerators swing by at least {asked:,.1f} MW on a design day from {day}, but limits.swing"
            f" accepts {accepted:,.1f} MW and nothing holds the rest: {asked - accepted:,.1f} MW short. State"
            " swing_duration: 1 minute on a battery, or swing_share on the power chain, or raise the limit",
        )


def _least(platform: Accelerators, day: date) -> float:
    return max(at(platform.size.fixed or {}, day), at(platform.size.minimum or {}, day))


def swing_kpis(finished: Finished) -> dict[str, tuple[Floats, str]]:
    """Return the headline figures by phase: largest `swing` of the accelerators, and `swing_held` of it [MW].

    Held is what exceeds the limit; more may be held where it costs nothing. Nothing where no limit is stated.
    """
    limits = [c for c in finished.site.components if isinstance(c, SwingLimit)]
    if not limits:
        return {}
    timeline, swing = finished.timeline, np.zeros(finished.timeline.size)
    for name, term in finished.compiled.network.flows("swing").items():
        if isinstance(finished.site.component(name), Accelerators):
            swing -= finished.series(term)
    largest = np.zeros(len(timeline.phases))
    np.maximum.at(largest, timeline.phase_number, swing)
    accepted = np.array([sum(at(c.limit, phase.start, np.inf) for c in limits) for phase in timeline.phases])
    return {"swing": (largest, "MW"), "swing_held": (np.maximum(largest - accepted, 0.0), "MW")}
