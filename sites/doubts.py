"""What a plan asks of correlations outside the range in which they were published, and what else is doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np

from gigasite.models.component import Component
from gigasite.models.conditions import Conditions
from gigasite.models.cooling import CoolingSystem, Ranges
from gigasite.models.physics.ashrae_classes import CLASS_ELEVATION, RECOMMENDED_DEW_POINT_C
from gigasite.models.physics.validity import outside
from gigasite.models.terminals import RearDoor

from .site import Site

HOURS_PER_YEAR = 8760.0
ABOVE_DEW_POINT_K = 2.0  # engineering practice against drops on coils


@runtime_checkable
class Ranged(Protocol):
    """A component that relies on published correlations: cooling systems, stores of ice."""

    def ranges(self, weather: Conditions) -> Ranges:
        """Return the published ranges, each with the values that it is asked for."""


def asked_ranges(components: Sequence[Component], year: Conditions, days: Sequence[Conditions]) -> list[dict[str, Any]]:
    """Return every published range that components rely on, and the hours that lie outside it.

    Parameters
    ----------
    components : sequence of Component
        Those with a method ``ranges`` are asked.
    year : Conditions
        One or more whole years.
    days : sequence of Conditions
        Design days.

    Returns
    -------
    list of dict
        ``component``, ``range``, ``low``, ``high``, ``unit``, ``source``; ``hours`` of an average year and
        ``design_hours`` of all design days outside the range; ``lowest`` and ``highest`` value asked. An hour counts
        whether or not the plan uses the component in it.
    """
    found = []
    for component in components:
        if not isinstance(component, Ranged):
            continue
        of_days = [component.ranges(day) for day in days]
        for i, (validity, values) in enumerate(component.ranges(year)):
            design = np.concatenate([[], *(of_day[i][1] for of_day in of_days)])
            asked = np.concatenate([values, design])
            found.append(
                {
                    "component": component.name,
                    "range": validity.name,
                    "low": validity.low,
                    "high": validity.high,
                    "unit": validity.unit,
                    "source": validity.source,
                    "hours": round(float(outside(validity, values).sum()) * HOURS_PER_YEAR / len(year), 1),
                    "design_hours": int(outside(validity, design).sum()),
                    "lowest": round(float(asked.min()), 3),
                    "highest": round(float(asked.max()), 3),
                }
            )
    return found


def warnings(ranges: Sequence[dict[str, Any]]) -> list[str]:
    """Return one sentence that names every component asked outside a published range; nothing where there is none.

    Parameters
    ----------
    ranges : sequence of dict
        From `asked_ranges`; reports list them under Unverified inputs.
    """
    rows = [row for row in ranges if row["hours"] or row["design_hours"]]
    if not rows:
        return []
    names = ", ".join(dict.fromkeys(row["component"] for row in rows))
    hours = max(row["hours"] for row in rows)
    when = "on design days only" if hours == 0 else f"in up to {hours:,.0f} h of the year"
    return [f"extrapolated beyond published ranges {when}: {names} (ranges in run.json and under Unverified inputs)"]


def doubts(site: Site) -> Iterator[str]:
    """Yield what a site asks of its cooling that may work, but that nobody rated or that needs care.

    Parameters
    ----------
    site : Site
        From `gigasite.sites.read`.
    """
    elevation_m = site.place.elevation_m
    systems = [c for c in site.components if isinstance(c, CoolingSystem)]
    if systems and elevation_m > CLASS_ELEVATION.high:
        yield (
            f"site: its elevation of {elevation_m:,.0f} m lies above the {CLASS_ELEVATION.high:,.0f} m for which ASHRAE"
            " rates IT equipment; coolers and fans are extrapolated"
        )
    lowest = RECOMMENDED_DEW_POINT_C[1] + ABOVE_DEW_POINT_K
    for system in systems:
        if isinstance(system, RearDoor) and system.supply_c < lowest:
            yield (
                f"{system.name}: water of {system.supply_c:g} degC makes doors drip unless the dew point of the hall"
                f" stays below {system.supply_c - ABOVE_DEW_POINT_K:g} degC; ASHRAE recommends up to"
                f" {RECOMMENDED_DEW_POINT_C[1]:g} degC"
            )
