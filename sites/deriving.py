"""The hourly series of components: what the weather makes of them, before any equation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from gigasite.models.component import Component, Series
from gigasite.models.conditions import Conditions
from gigasite.models.timeline import Timeline


def derive(
    components: Sequence[Component], phases: Timeline, year: Conditions, days: Sequence[Conditions]
) -> Mapping[str, Mapping[str, Series]]:
    """Return the hourly series of every component over all steps: plain arrays, before any equation."""
    found = {}
    for component in components:
        operating = component.derive(year)
        design = [component.derive_on_design_day(day) for day in days]
        found[component.name] = {
            name: Series(
                phases.spread(one.values, np.concatenate([[], *(day[name].values for day in design)])), one.unit
            )
            for name, one in operating.items()
        }
    return found
