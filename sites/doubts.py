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
    """Return one sentence for each component that is asked outside a range, about its worst one.

    Parameters
    ----------
    ranges : sequence of dict
        From `asked_ranges`.
    """
    found = []
    for name in dict.fromkeys(row["component"] for row in ranges):
        rows = [row for row in ranges if row["component"] == name and (row["hours"] or row["design_hours"])]
        if rows:
            worst = max(rows, key=lambda row: (row["hours"], row["design_hours"]))
            more = {row["range"] for row in rows} - {worst["range"]}
            found.append(_sentence(worst, len(more)))
    return found


def _sentence(row: dict[str, Any], more: int) -> str:
    low, high = f"{row['lowest']:.3g}", f"{row['highest']:.3g}"
    asked = low if low == high else f"{low} to {high}"
    when = f"{row['hours']:,.0f} h of the year" if row["hours"] else f"{row['design_hours']} h of the design days"
    besides = "" if more == 0 else f", and of {more} more" if more > 1 else ", and of one more"
    return (
        f"{row['component']}: {when} lie outside the published range of {row['range']}"
        f" (asked {asked}, published {row['low']:g} to {row['high']:g} {row['unit']}){besides}"
    )


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
