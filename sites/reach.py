"""Whether the weather of the design days lets the cooling of each loop reach its temperature at all.

Size does not help there: a free mode takes the share of the heat that the weather allows, however large it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gigasite.climate import DesignDay
from gigasite.models.component import Component, Floats
from gigasite.models.conditions import Conditions
from gigasite.models.cooling import CoolingSystem, Mode
from gigasite.models.errors import SiteFileError
from gigasite.models.investment import Size
from gigasite.models.technologies.accelerators import Accelerators
from gigasite.models.technologies.water_supply import WaterSupply

from .document import Problems, overlaid, read_document
from .parts import SWITCHED_OFF_BY_NULL, Part
from .site import BASE, Site

TOLERANCE = 1e-6
LOOPS = {"heat_liquid": "liquid", "heat_air": "air"}


def check_reach(site: Site, days: Sequence[DesignDay]) -> None:
    """Refuse a site with a loop that nothing can keep at its temperature on some hour of a design day.

    Parameters
    ----------
    site : Site
        From `gigasite.sites.read`.
    days : sequence of DesignDay
        From `gigasite.climate.days`.

    Raises
    ------
    SiteFileError
        Naming file, line, system, hour and remedy; all loops at once.
    """
    found = list(_unreached(site, days))
    if not found:
        return
    path = next(iter(site.inputs), None)
    problems = Problems(f"{site.key}.yaml" if path is None else path.name)
    document = None if path is None else read_document(path, Problems(path.name))
    if document is not None and site.scenario != BASE:
        document = overlaid(document, site.scenario, SWITCHED_OFF_BY_NULL, Problems(problems.file))
    for part, sentence in found:
        problems.add(None if document is None else document.line(part.path), sentence)
    problems.raise_if_any()
    raise SiteFileError([sentence for _, sentence in found])


def _unreached(site: Site, days: Sequence[DesignDay]) -> Iterator[tuple[Part, str]]:
    """Yield a loop's first system, and why no system of the loop is enough."""
    for loop, label in LOOPS.items():
        systems = [c for c in site.components if isinstance(c, CoolingSystem) and c.loop == loop]
        if not systems or not _heated(site, loop):
            continue
        for day in days:
            shares = {system.name: reach(system, day.conditions, _dry(site, day)) for system in systems}
            best = np.max(list(shares.values()), axis=0)
            if best.min() >= 1.0 - TOLERANCE:
                continue
            hour = int(np.lexsort((-day.conditions.dry_bulb_c, best.round(6)))[0])  # the hottest of the worst hours
            part = next(part for part in site.parts if part.name == systems[0].name)
            yield part, _sentence(day, hour, label, systems, {name: share[hour] for name, share in shares.items()})
            break


def _heated(site: Site, loop: str) -> bool:
    """Return whether platforms give heat to a loop."""
    platforms = [c for c in site.components if isinstance(c, Accelerators)]
    return any(c.liquid_share > 0 for c in platforms) if loop == "heat_liquid" else bool(platforms)


def _dry(site: Site, day: DesignDay) -> bool:
    """Return whether no water may be drawn on a day."""
    month = int(day.conditions.times[0].month)
    supplies = [c for c in site.components if isinstance(c, WaterSupply)]
    return bool(supplies) and all(_without(each, month) for each in supplies)


def _without(supply: WaterSupply, month: int) -> bool:
    capped = supply.cap is not None and min(supply.cap.values()) <= 0
    return capped or supply.peak == 0 or any(month in r.months and r.peak == 0 for r in supply.restrictions)


def reach(system: CoolingSystem, weather: Conditions, dry: bool = False) -> Floats:
    """Return the share of a loop's heat that a system could take if it were large enough, shape (n,) [1].

    Parameters
    ----------
    system : CoolingSystem
    weather : Conditions
    dry : bool
        Whether there is no water.
    """
    modes = {name: mode for name, mode in system.modes(weather).items() if _bought(system, name)}
    found = [_share(mode, dry) for mode in modes.values()]
    return np.asarray(np.max(found, axis=0)) if found else np.zeros(len(weather))


def _share(mode: Mode, dry: bool) -> Floats:
    share = np.ones_like(mode.capacity) if mode.share is None else mode.share
    possible = (mode.capacity > 0) & ((mode.water <= 0) | (not dry))
    return np.where(possible, share, 0.0)


def _bought(system: CoolingSystem, mode: str) -> bool:
    """Return whether every plant that a mode needs may be bought, or stands."""
    sizes = [getattr(system, plant.size) for plant in system.plants.values() if mode in plant.modes]
    return all(_some(size) for size in sizes)


def _some(size: Size[float, dict[object, float]]) -> bool:
    limit = size.fixed if size.fixed is not None else size.maximum
    return limit is None or max(limit.values()) > 0 or bool(size.existing)


def _sentence(day: DesignDay, hour: int, label: str, systems: Sequence[Component], shares: dict[str, float]) -> str:
    air = day.conditions
    told = [_told(system, shares[system.name]) for system in systems if isinstance(system, CoolingSystem)]
    return (
        f"{' and '.join(told)} on the {day.name.replace('_', '-')} design day at {air.times[hour]:%H:%M}"
        f" ({air.dry_bulb_c[hour]:.1f} degC, wet bulb {air.wet_bulb_c[hour]:.1f} degC), and nothing else cools the"
        f" {label} loop. Raise the temperature, allow a trim chiller (trim_size), set throttle: true, or add a chiller"
    )


def _told(system: CoolingSystem, share: float) -> str:
    head = f"{system.kind} '{system.name}'"
    asked = f"must send water of {system.supply_c:g} degC"
    return f"{head}: {asked}, but it takes {100 * share:.0f} % of the heat at most"
