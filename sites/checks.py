"""Checks of a whole site, before anything is solved.

`contradictions` finds what is wrong with the file; `shortfalls` what no plan could meet, as far as arithmetic shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from gigasite.models.buses import BUSES
from gigasite.models.component import Component
from gigasite.models.conditions import Place
from gigasite.models.errors import InfeasibleError
from gigasite.models.hourly import HourlyValues
from gigasite.models.investment import Candidate, Size, at
from gigasite.models.technologies.accelerators import Accelerators
from gigasite.models.technologies.grid import Grid
from gigasite.models.technologies.load import Load
from gigasite.models.technologies.power_chain import PowerChain
from gigasite.models.technologies.work import Work, WorkClass

from .cooling_checks import cooling_contradictions
from .flows import OPTIONAL, draws, feeds, remedy
from .generation_checks import generation_contradictions
from .parts import Part
from .reliability_checks import reliability_contradictions
from .sections import Goal, Phases
from .sentences import nearest
from .site import Site
from .swings import swing_contradictions, swing_shortfall

Found = tuple[tuple[Any, ...], str]
TOLERANCE = 1e-9


def contradictions(
    parts: Sequence[Part],
    components: Sequence[Component],
    phases: Phases,
    goal: Goal,
    place: Place | None = None,
) -> Iterator[Found]:
    """Yield what contradicts itself or cannot work, with its place in the file.

    Parameters
    ----------
    parts, components : sequence
        The same things, as the file gives them and as checked components.
    phases : Phases
        Decision, starts and end.
    goal : {"least_cost", "most_compute"}
        What the optimiser is asked.
    place : Place, optional
        The site, for what depends on its elevation.

    Yields
    ------
    (place, sentence)
        Keys that lead to the place in the file; rule, value and remedy.
    """
    pairs = list(zip(parts, components, strict=True))
    yield from _buses(pairs)
    yield from cooling_contradictions(pairs, place)
    yield from generation_contradictions(pairs, phases)
    yield from reliability_contradictions(pairs)
    yield from swing_contradictions(pairs)
    yield from _work(pairs, goal)
    for part, component in pairs:
        if isinstance(component, Candidate):
            yield from _late_sizes(part, component, phases)
            yield from _dates_after_the_end(part, component, phases)
    yield from _not_ready(pairs, phases)


def _buses(pairs: Sequence[tuple[Part, Component]]) -> Iterator[Found]:
    """Every bus that is drawn from needs a supply; every bus with an unknown name that is fed needs a use."""
    fed = {bus for _, component in pairs for bus in feeds(component)}
    drawn = {bus for _, component in pairs for bus in draws(component)}
    missing: dict[str, list[Part]] = {}
    for part, component in pairs:
        for bus in draws(component):
            if bus not in fed and bus not in OPTIONAL:
                missing.setdefault(bus, []).append(part)
        for bus in feeds(component):
            if bus not in BUSES and bus not in drawn:
                yield (
                    part.path,
                    f"{part.head}: feeds bus '{bus}', from which nothing draws."
                    + (nearest(bus, BUSES) or " Name a bus that something draws from."),
                )
    for bus, users in missing.items():
        heads = " and ".join(part.head for part in users)
        yield users[0].path, f"{heads}: {remedy(bus, plural=len(users) > 1)}"


def _work(pairs: Sequence[tuple[Part, Component]], goal: Goal) -> Iterator[Found]:
    works = [(part, c) for part, c in pairs if isinstance(c, Work)]
    platforms = [c for _, c in pairs if isinstance(c, Accelerators)]
    if goal == "most_compute" and not works:
        yield (
            ("compute", "goal"),
            "compute: goal most_compute needs work. Add compute.work with shares of what can run",
        )
    for part, work in works:
        shared = [(i, one) for i, one in enumerate(work.classes) if one.share is not None]
        total = sum(float(one.share or 0.0) for _, one in shared)
        first = part.where(("classes", shared[0][0])) if shared else part.path
        if total > 1 + TOLERANCE:
            yield first, f"work: shares must not add up to more than 100 %, got {100 * total:g} %. Lower one of them"
        settled = any(_limit(size, "fixed") or _limit(size, "minimum") for c in platforms for size in c.sizes())
        if shared and goal == "least_cost" and platforms and not settled:
            yield (
                first,
                "work: a share of what can run needs a size, but goal least_cost would build nothing."
                " Give a platform a fixed size or a minimum, state a demand, or set goal: most_compute",
            )
        if goal == "most_compute" and not shared:
            yield (
                part.path,
                "work: goal most_compute needs work that grows with the accelerators, got demands only."
                " State a share for a class",
            )


def _limit(size: Size[Any, Any], name: str) -> dict[date, float]:
    return getattr(size, name) or {}


def standing(size: Size[Any, Any], day: date) -> float:
    """Return the existing size on a day."""
    return sum(
        float(each.size)
        for each in size.existing
        if each.commissioned <= day < each.commissioned + timedelta(days=round(each.life * 365.25))
    )


def _fields(component: Candidate) -> Iterator[tuple[str, Size[Any, Any]]]:
    for name in type(component).model_fields:
        if isinstance(value := getattr(component, name), Size):
            yield name, value


def _late_sizes(part: Part, component: Candidate, phases: Phases) -> Iterator[Found]:
    """Yield sizes that are required before they can be delivered."""
    ready = component.ready(phases.decision)
    for field, size in _fields(component):
        for name in ("fixed", "minimum"):
            limit = _limit(size, name)
            days = sorted({phases.starts[0], *(day for day in limit if phases.starts[0] < day < phases.end)})
            late = [day for day in days if day < ready and at(limit, day) > standing(size, day) + TOLERANCE]
            if late:
                yield (
                    part.where((field, name)),
                    f"{part.head}: {part.label((field,))} is required from {late[0]} but cannot be in service before"
                    f" {ready} (decision {phases.decision}{_lead(component)}). Decide earlier, require it later,"
                    f" or state available: {late[0]} where a contract says so",
                )
                break


def _lead(component: Candidate) -> str:
    return "" if component.available else f" plus a lead time of {component.lead_time:.3g} years"


def _dates_after_the_end(part: Part, component: Candidate, phases: Phases) -> Iterator[Found]:
    for field, size in _fields(component):
        for name in ("fixed", "minimum", "maximum"):
            for day in _limit(size, name):
                if day >= phases.end:
                    yield (
                        part.where((field, name)),
                        f"{part.head}: {part.label((field, name))} changes on {day}, after the end of the plan"
                        f" on {phases.end}. Correct the date, or move the end",
                    )


def _not_ready(pairs: Sequence[tuple[Part, Component]], phases: Phases) -> Iterator[Found]:
    """Yield what is needed at the first start but comes later: supply, power chain, building, cooling."""
    start = phases.starts[0]
    needed = {bus for _, component in pairs if _due(component, pairs, start) for bus in draws(component)}
    # What is due draws power, which draws more: the chain feeds IT from the grid, cooling draws power too. What only
    # some suppliers of a bus draw is no need: another of them may stand in.
    for _ in range(3):
        drawn = [[set(draws(c)) for _, c in pairs if bus in feeds(c)] for bus in needed]
        needed = needed.union(*(set.intersection(*each) for each in drawn if each))
    for bus in sorted(needed):
        suppliers = [(part, c) for part, c in pairs if bus in feeds(c)]
        candidates = [(part, c) for part, c in suppliers if isinstance(c, Candidate)]
        if not suppliers or len(candidates) < len(suppliers):
            continue
        first = min((c.ready(phases.decision), i) for i, (_, c) in enumerate(candidates))
        part, component = candidates[first[1]]
        if first[0] > start and not any(standing(s, start) > 0 for _, c in candidates for s in c.sizes()):
            what = "a grid offer" if isinstance(component, Grid) else "service"
            yield (
                part.path,
                f"{part.head}: nothing gives {_plainly(bus)} at the first start {start}; the first to come is"
                f" {part.head} with {what} on {first[0]}. Start later, decide earlier, add a supply that is ready,"
                f" or state available: {start} where a contract says so",
            )


def _plainly(bus: str) -> str:
    labels = {
        "heat_liquid": "cooling of the liquid loop",
        "heat_air": "cooling of the air loop",
        "floor_space": "floor space",
        "ac": "electricity",
        "it": "protected power",
    }
    return labels.get(bus, BUSES[bus].label if bus in BUSES else f"bus '{bus}'")


def _due(component: Component, pairs: Sequence[tuple[Part, Component]], start: date) -> bool:
    """Return whether a component draws something at the first start whatever the optimiser chooses."""
    if isinstance(component, Accelerators):
        if any(at(_limit(size, name), start) > 0 for size in component.sizes() for name in ("fixed", "minimum")):
            return True
        works = [c for _, c in pairs if isinstance(c, Work)]
        return any(_least_rate(one, start) > 0 for work in works for one in work.classes)
    return component.family == "load"


def _least_rate(one: WorkClass, day: date) -> float:
    """Return the work rate of a class that must be served here [kH100]."""
    partner = one.partner.maximum_share if one.partner is not None else 0.0
    return float(at(one.demand or {}, day) * max(0.0, 1.0 - partner - one.unserved_share))


def shortfalls(site: Site, shown: str) -> None:
    """Refuse a site that asks for more than its limits allow.

    Raises
    ------
    InfeasibleError
        Naming requirement, date, amount and remedy; all at once.
    """
    days = sorted({*site.starts, *_dates(site)})
    found: dict[str, str] = {}
    for day in days:
        for key, sentence in (
            *_compute_shortfall(site, day),
            *_power_shortfall(site, day),
            *_headroom_shortfall(site, day),
            *swing_shortfall(site, day, _least_work(site, day)),
        ):
            found.setdefault(key, f"{shown}: {sentence}")
    if found:
        raise InfeasibleError(list(found.values()))


def _dates(site: Site) -> set[date]:
    changes = {when for c in site.components if isinstance(c, Candidate) for when in c.dates(site.decision)}
    changes |= {day for c in site.components if isinstance(c, Work) for one in c.classes for day in _days(one)}
    return {day for day in changes if site.starts[0] < day < site.end}


def _days(one: WorkClass) -> tuple[date, ...]:
    return tuple(one.demand) if one.demand is not None else ()


def _most(component: Candidate, size: Size[Any, Any], day: date, decision: date) -> float:
    """Return the largest size that may stand on a day; infinite where nothing limits it."""
    limit = size.fixed if size.fixed is not None else size.maximum
    allowed = float("inf") if limit is None else at(limit, day)
    return allowed if day >= component.ready(decision) else min(allowed, standing(size, day))


def _least_work(site: Site, day: date) -> float:
    """Return the work rate that must be served here [kH100]."""
    return sum(_least_rate(one, day) for c in site.components if isinstance(c, Work) for one in c.classes)


def _compute_shortfall(site: Site, day: date) -> Iterator[tuple[str, str]]:
    asked = _least_work(site, day)
    most = sum(
        _most(c, c.size, day, site.decision) * c.speed * c.availability
        for c in site.components
        if isinstance(c, Accelerators)
    )
    if asked > most * (1 + TOLERANCE):
        yield (
            "compute",
            f"work asks for {1000 * asked:,.0f} H100 from {day}, but the accelerators that may stand then do"
            f" {1000 * most:,.0f} H100 at most: {1000 * (asked - most):,.0f} H100 short. Raise size.maximum of a"
            " platform, lower the demand, or let a partner serve more of it",
        )


def _power_shortfall(site: Site, day: date) -> Iterator[tuple[str, str]]:
    """Compare the least power on a design day with the most that may be connected or built."""
    asked, most = _least_power(site, day), 0.0
    for c in site.components:
        if "ac" not in feeds(c) and (c.family != "storage" or hasattr(c, "loop")):  # cold is no electricity
            continue
        if not isinstance(c, Candidate):
            return
        if isinstance(c, Grid):
            most += c.most_mw(day, site.decision, firm=True)
            continue
        share = float(getattr(c, "firm", 1.0))
        rated = _most(c, c.sizes()[0], day, site.decision)
        most += rated * share if share > 0 else 0.0
    if asked > most * (1 + TOLERANCE):
        yield (
            "ac",
            f"electricity: the site needs at least {asked:,.1f} MW on a design day from {day}, but grid, generators and"
            f" storage may give {most:,.1f} MW at most: {asked - most:,.1f} MW short. Raise an offer or size.maximum,"
            " bring a supply forward, or lower the demand" + _headrooms(site, day),
        )


def _headrooms(site: Site, day: date) -> str:
    """Return what the host grids have room for, where that is limited."""
    rooms = [(c.name, at(c.headroom, day)) for c in site.components if isinstance(c, Grid) and c.headroom is not None]
    return "".join(f"; the host grid of '{name}' has headroom for {room:,.1f} MW" for name, room in rooms)


def _headroom_shortfall(site: Site, day: date) -> Iterator[tuple[str, str]]:
    """Compare what a connection must be with what the host grid can connect, and with what it offers."""
    for c in site.components:
        if not isinstance(c, Grid):
            continue
        asked = max(at(_limit(c.size, "fixed"), day), at(_limit(c.size, "minimum"), day))
        taken = (max(at(_limit(o.taken, "fixed"), day), at(_limit(o.taken, "minimum"), day)) for o in c.offers)
        asked = max(asked, sum(taken))
        room = float("inf") if c.headroom is None else at(c.headroom, day)
        if asked > room * (1 + TOLERANCE):
            yield (
                f"headroom {c.name}",
                f"grid '{c.name}': {asked:,.1f} MW are asked for from {day}, but the host grid has headroom for"
                f" {room:,.1f} MW: {asked - room:,.1f} MW short. Ask for less, later, or supply the rest on the site",
            )
        offered = c.sizes()[0].maximum if c.offers else None
        if offered is not None and asked > at(offered, day) * (1 + TOLERANCE) and asked <= room:
            yield (
                f"offers {c.name}",
                f"grid '{c.name}': {asked:,.1f} MW are asked for from {day}, but its offers add up to"
                f" {at(offered, day):,.1f} MW then: {asked - at(offered, day):,.1f} MW short. Lower the size, or add an"
                " offer",
            )


def _peak_mw(load: Load) -> float:
    demand: HourlyValues = load.demand
    return demand.on_design_day


def _least_power(site: Site, day: date) -> float:
    """Return power that is drawn on a design day whatever the optimiser chooses, cooling left out [MW]."""
    loads = sum(_peak_mw(c) for c in site.components if isinstance(c, Load) and c.bus == "ac")
    platforms = [c for c in site.components if isinstance(c, Accelerators)]
    chains = [c for c in site.components if isinstance(c, PowerChain)]
    if not platforms:
        return float(loads)
    asked = _least_work(site, day)
    frugal = min(c.facility_mw(1.0) / (c.speed * c.availability) for c in platforms)
    sized = sum(
        c.facility_mw(max(at(_limit(c.size, "fixed"), day), at(_limit(c.size, "minimum"), day))) for c in platforms
    )
    efficiency = min((c.efficiency for c in chains), default=1.0)
    return float(loads + max(asked * frugal, sized) / efficiency)
