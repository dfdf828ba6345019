"""A site on typical days: which days, how often each counts, and the plan on them.

The days are real ones, the medoids of tsam's hierarchical clusters, with the extremes kept as days of their own. Output
of solar and wind on them is scaled to the means of the year. Stores and waiting work are linked within each day only:
what is charged on one day is not there on another.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel

from gigasite import climate, solvers
from gigasite.models.conditions import Conditions
from gigasite.models.errors import SolverError
from gigasite.models.hourly import HourlyValues
from gigasite.models.network import assemble
from gigasite.models.renewable import Renewable
from gigasite.models.technologies.work import WorkClass
from gigasite.models.timeline import MONTH_DAYS, Cycle, Floats, Integers, Timeline, design_day
from gigasite.sites.deriving import derive
from gigasite.sites.horizon import cycles, facts, timeline
from gigasite.sites.site import Site
from gigasite.sites.tables import Finished
from gigasite.solvers.bound import tightened
from gigasite.solvers.dispatch import SHORT, dispatch
from gigasite.solvers.grow import balances, grown
from gigasite.solvers.highs import Answer
from gigasite.solvers.mend import mended
from gigasite.solvers.phases import link_duals, links
from gigasite.solvers.steps import steps_of

DAY = 24
COOLING = 0.3  # of the load of IT: what cooling adds in the hottest hour, for the choice of days only
LITTLE = 1e-3  # weight of what chooses extremes only
MUCH = 10.0  # weight of profiles and tariffs: days of one kind stay together, so that their means are those of the year
ROUNDS = 3  # of growing, at most: longer windows may fall short once the first are mended
SERIES = ("dry_bulb_c", "dew_point_c", "pressure_pa", "wind_10m_m_s", "ghi_w_m2", "dni_w_m2", "dhi_w_m2")


@dataclass(frozen=True)
class Days:
    """Typical days of a year.

    Parameters
    ----------
    numbers : array of int, shape (n,)
        Day of the year of each, counted from zero, rising.
    counts : array, shape (n,)
        How many days of the year each stands for; in all 365.
    renewables : mapping of str to array, shape (24 n,)
        Availability of each plant on these days, with the mean of the year.
    """

    numbers: Integers
    counts: Floats
    renewables: dict[str, Floats]

    @property
    def hours(self) -> Integers:
        """Hours of the year that the days hold, shape (24 n,)."""
        return (DAY * self.numbers[:, None] + np.arange(DAY)).reshape(-1)


class SeparateDays(Timeline):
    """A timeline in which each day of 24 steps closes into a ring of its own."""

    @cached_property
    def before(self) -> Integers:
        """Step that precedes each step; the first of a day follows its last."""
        return np.roll(np.arange(self.size).reshape(-1, DAY), 1, axis=1).reshape(-1)

    def windows(self, hours: float) -> list[Integers]:
        """Split the operating steps into runs that cross no day."""
        return super().windows(min(hours, DAY))

    def trailing_sum(self, values: Floats, hours: float) -> Floats:
        """Return the sum of values over the hours up to each step, at most a day, round its day."""
        days = np.asarray(values).reshape(-1, DAY)
        back = range(min(DAY, max(1, round(hours))))
        return np.sum([np.roll(days, hour, axis=1) for hour in back], axis=0).reshape(-1)


def choose(site: Site, year: Conditions, count: int) -> Days:
    """Return so many typical days of a year of 8,760 hours.

    Kept as they are: the hottest day, the day on which load and cooling most exceed sun and wind, and the days with
    least sun, least wind and least of both. Where the medoid of a cluster is one of them, another cluster takes its
    place.
    """
    import tsam

    plants = [each for each in site.components if isinstance(each, Renewable)]
    available = {each.name: each.derive(year)["availability"].values for each in plants}
    table = pd.DataFrame(available, index=pd.date_range("2026-01-01", periods=len(year), freq="h"))
    table["heat"] = year.dry_bulb_c
    stated = dict(_hourly(tuple(site.components)))
    table = table.assign(**stated)
    both = np.sum([values / values.mean() for values in available.values()], axis=0) / len(plants)
    heat = (year.dry_bulb_c - year.dry_bulb_c.min()) / np.ptp(year.dry_bulb_c)
    table["both"], table["residual"] = both, 1.0 + COOLING * heat - both
    extremes = tsam.ExtremeConfig(
        method="append", max_value=["heat"], max_period=["residual"], min_period=[*available, "both"]
    )
    kept = len(available) + 3
    if count <= kept:
        raise ValueError(f"{kept} days are kept as they are: ask for more than {kept} days, not {count}")
    for clusters in range(count - kept, count + 1):
        found = tsam.aggregate(
            table,
            clusters,
            cluster=tsam.ClusterConfig(method="hierarchical", representation="medoid"),
            extremes=extremes,
            weights={"both": LITTLE, "residual": LITTLE, **dict.fromkeys(stated, MUCH)},
        )
        if found.n_clusters >= count:
            break
    order = np.argsort(found.clustering.cluster_centers)  # of the year, as its months and hours follow one another
    shape = (found.n_clusters, DAY)
    return Days(
        numbers=np.array(found.clustering.cluster_centers)[order],
        counts=np.array([found.cluster_counts[number] for number in order]),
        renewables={
            name: found.cluster_representatives[name].to_numpy().reshape(shape)[order].reshape(-1) for name in available
        },
    )


def plan_on(site: Site, weather: climate.Weather, days: Days) -> tuple[Finished, dict[str, float]]:
    """Return the exact plan of a site of one outcome on typical days and its design days, and the seconds it took."""
    began = time.perf_counter()
    design = climate.days(site.climate, site.place, weather)
    full = weather.conditions()
    year = Conditions(full.place, full.times[days.hours], **{name: getattr(full, name)[days.hours] for name in SERIES})
    months = np.repeat(np.arange(1, 13), MONTH_DAYS * DAY)[days.hours]
    rings = (
        Cycle(1.0, np.repeat(days.counts, DAY), months),
        *(design_day(day.name, int(day.conditions.times[0].month)) for day in design),
    )
    site = replace(site, components=tuple(cut(each, days.hours) for each in site.components))
    whole = timeline(site, rings)
    phases = SeparateDays(whole.decision, whole.phases, whole.cycles)
    series = derive(site.components, phases, year, [day.conditions for day in design])
    for name, values in days.renewables.items():
        firm = series[name]["availability"]
        scaled = np.where(phases.operating, np.resize(values, phases.size), firm.values)
        series[name]["availability"] = replace(firm, values=scaled)
    compiled = solvers.compile_network(assemble(site.components, series, phases, facts(site, phases)))
    built = time.perf_counter()
    answer = solvers.optimise(compiled, method="exact", whole_racks=False)
    seconds = {"build_s": built - began, "solve_s": time.perf_counter() - built}
    return Finished(site, compiled, answer, year, weather), seconds


def grown_to_year(site: Site, weather: climate.Weather, short: Finished) -> tuple[solvers.Compiled, Answer]:
    """Return every hour compiled, and its exact dispatch at the sizes of the days, grown where hours fall short.

    This is what the certified plan does with sizes that leave no dispatch. The status is "short" where growing does
    not help.
    """
    design = climate.days(site.climate, site.place, weather)
    hottest = [(day.name, int(day.conditions.times[0].month)) for day in design]
    phases = timeline(site, cycles(site, weather.years, hottest))
    series = derive(site.components, phases, weather.conditions(), [day.conditions for day in design])
    compiled = solvers.compile_network(assemble(site.components, series, phases, facts(site, phases)))
    matrix, link = tightened(compiled.matrix), links(compiled)
    x = np.zeros(matrix.a.shape[1])
    x[link.capacity] = short.solution.x[links(short.compiled).capacity]
    price = compiled.matrix.cost - compiled.matrix.a[link.rows].T @ link_duals(matrix, link)
    columns = np.concatenate([link.added, link.capacity])
    for _ in range(ROUNDS):
        sizes = mended(compiled, matrix, link, x, 0.0)
        if sizes is None:
            raise SolverError("the sizes of the days do not meet the design days of the year")
        at_sizes = compiled.matrix.fixed(columns, sizes[columns])
        answer = dispatch(at_sizes, missable=balances(compiled))
        larger = None if answer.status != SHORT else grown(compiled, link, answer.x, price, steps_of(compiled))
        if larger is None:
            break
        x = larger
    return compiled, answer


def _hourly(value: Any, name: str = "input") -> Iterator[tuple[str, Floats]]:
    """Yield every hourly input of a component, however deep it lies."""
    if isinstance(value, HourlyValues) and value.values.size > 1:
        yield name, value.values
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _hourly(each, f"{name} {number}")
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _hourly(getattr(value, field), f"{name} {field}")


def cut(value: Any, hours: Integers) -> Any:
    """Return an input with its hourly values at some hours only, however deep they lie."""
    if isinstance(value, HourlyValues):
        return replace(value, values=value.values[hours]) if value.values.size > 1 else value
    if isinstance(value, tuple):
        return tuple(cut(each, hours) for each in value)
    if isinstance(value, BaseModel):
        here = value.model_copy(update={name: cut(getattr(value, name), hours) for name in type(value).model_fields})
        return _as_in_year(here, value) if isinstance(value, WorkClass) else here
    return value


def _as_in_year(here: WorkClass, in_year: WorkClass) -> WorkClass:
    """Return a class of work with the rate of the year at every hour: its profile is scaled to a plain mean of one."""
    factor = here.profile.values.mean() / in_year.profile.values.mean()
    demand = None if here.demand is None else {day: factor * rate for day, rate in here.demand.items()}
    return here.model_copy(update={"demand": demand, "share": None if here.share is None else factor * here.share})
