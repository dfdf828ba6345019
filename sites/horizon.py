"""When the phases begin and end, and how large anything on the site can sensibly be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from gigasite.models.errors import SiteFileError
from gigasite.models.finance import present_value_years
from gigasite.models.given import SiteFacts
from gigasite.models.investment import Candidate, Size, at
from gigasite.models.technologies.accelerators import Accelerators
from gigasite.models.technologies.load import Load
from gigasite.models.technologies.work import Work
from gigasite.models.timeline import Cycle, Outcome, Phase, Timeline, design_day, full_year, joint

from .site import Site

OVER_IT = 2.0  # cooling, losses and charging at most double what IT draws
BUSY = 4.0  # work rate over its mean, when waiting work is caught up


def cycles(site: Site, years: Sequence[int], days: Sequence[tuple[str, int]]) -> tuple[Cycle, ...]:
    """Return a year for each delay and year of weather, which are equally likely, and each design day for each delay.

    Parameters
    ----------
    site : Site
    years : sequence of int
        Years of weather.
    days : sequence of (str, int)
        Name and month of the design days.
    """
    delays = [cause for c in site.components if isinstance(c, Candidate) for cause in c.causes(site.decision)]
    weather = [Outcome(1.0 / len(years), str(year) if len(years) > 1 else "") for year in years]
    operating = [full_year(outcome) for outcome in joint([*delays, weather])]
    design = [design_day(name, month, outcome) for outcome in joint(delays) for name, month in days]
    return (*operating, *design)


def timeline(site: Site, cycles: tuple[Cycle, ...]) -> Timeline:
    """Return the phases: the stated starts, split where an offer or a delivery changes what is possible."""
    days = sorted({*site.starts, *change_dates(site)})
    rate = site.money.discount_rate
    phases = tuple(
        Phase(start, end, present_value_years(rate, site.decision, start, end))
        for start, end in zip(days, [*days[1:], site.end], strict=True)
    )
    return Timeline(site.decision, phases, cycles)


def change_dates(site: Site) -> set[date]:
    """Return the dates within the horizon on which what is possible changes."""
    changes = {day for c in site.components if isinstance(c, Candidate) for day in c.dates(site.decision)}
    return {day for day in changes if site.starts[0] < day < site.end}


def facts(site: Site, phases: Timeline) -> SiteFacts:
    """Return what every component may know of the site, with a finite bound for every size.

    Raises
    ------
    SiteFileError
        If nothing on the site limits how large it can be.
    """
    starts = [phase.start for phase in phases.phases]
    largest = tuple(_largest_mw(site, start) for start in starts)
    if any(math.isinf(value) for value in largest):
        raise SiteFileError(
            f"{site.key}: nothing limits the size of the site. "
            "State a maximum size of the platforms, or of the grid connection."
        )
    work = tuple(_largest_work(site, start, mw) for start, mw in zip(starts, largest, strict=True))
    rates = [c.speed / (c.power * c.network_overhead * c.liquid_share) for c in _platforms(site) if c.liquid_share > 0]
    return SiteFacts(site.decision, site.money.cost_of_capital, largest, work, max(rates, default=0.0))


def _platforms(site: Site) -> list[Accelerators]:
    return [c for c in site.components if isinstance(c, Accelerators)]


def _demand(site: Site, start: date) -> float:
    """Work demanded [thousand H100-equivalents]; infinite where it is a share of what is built."""
    classes = [one for c in site.components if isinstance(c, Work) for one in c.classes]
    if not classes or any(one.demand is None for one in classes):
        return math.inf
    return sum(at(one.demand or {}, start) for one in classes)


def _most(size: Size[float, dict[date, float]], start: date) -> float:
    limit = size.fixed if size.fixed is not None else size.maximum
    return math.inf if limit is None else at(limit, start)


def _largest_mw(site: Site, start: date) -> float:
    loads = sum(float(c.demand.values.max()) for c in site.components if isinstance(c, Load))
    needed = _demand(site, start)
    it = 0.0
    for each in _platforms(site):
        enough = needed / (each.speed * each.availability)
        it += each.facility_mw(min(_most(each.size, start), enough))
    if math.isinf(it):
        it = _supply_mw(site, start)
    return OVER_IT * (it + loads)


def _supply_mw(site: Site, start: date) -> float:
    """Largest power that the grid and the generators can bring; infinite where one of them has no limit."""
    found = [c for c in site.components if isinstance(c, Candidate) and c.family in ("grid", "generation")]
    return sum(max((_most(size, start) for size in c.sizes()), default=0.0) for c in found) or math.inf


def _largest_work(site: Site, start: date, largest_mw: float) -> float:
    rates = [each.speed / (each.power * each.network_overhead) for each in _platforms(site)]
    built = max(rates, default=0.0) * largest_mw
    needed = _demand(site, start)
    return max(built, BUSY * needed if math.isfinite(needed) else 0.0)
