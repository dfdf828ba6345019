"""Every shipped site is a plan that exists: read, and solved on twelve days instead of a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel

from gigasite import climate, solvers
from gigasite.climate import shipped as places
from gigasite.models.conditions import Conditions
from gigasite.models.hourly import HourlyValues
from gigasite.models.investment import Candidate, at
from gigasite.models.network import assemble
from gigasite.models.timeline import MONTH_DAYS, Cycle, design_day
from gigasite.sites import Site, read, scenarios, shipped
from gigasite.sites.deriving import derive
from gigasite.sites.horizon import facts, timeline
from gigasite.sites.kpis import kpis
from gigasite.sites.tables import Finished

MOST_GAP = 0.015  # sizes are rounded up to whole racks and units, which weighs on small sites
DAY = 20  # the 21st of each month
FAST = ("frankfurt", "johannesburg", "riyadh", "sao_paulo")  # cool, high, hot and dry, mild; the others are slow
WET = {"cold_plate_tower", "cold_plate_adiabatic", "immersion_tower", "water_cooled_chiller", "water_cooled_economiser"}
SERIES = ("dry_bulb_c", "dew_point_c", "pressure_pa", "wind_10m_m_s", "ghi_w_m2", "dni_w_m2", "dhi_w_m2")

every_site = [pytest.param(name, marks=() if name in FAST else pytest.mark.slow) for name in shipped()]
every_scenario = [
    pytest.param(name, each, marks=pytest.mark.slow) for name in shipped() for each in scenarios(name) if each != "base"
]


@dataclass(frozen=True)
class Reduced:
    """A site solved on twelve days."""

    site: Site
    finished: Finished

    def kpi(self, name: str) -> Any:
        """Values by phase."""
        return kpis(self.finished).set_index(["name", "phase"])["value"].loc[name].to_numpy()


def twelve_days() -> Any:
    """Hours of the year on the 21st of each month, shape (288,)."""
    first = np.concatenate([[0], np.cumsum(MONTH_DAYS)[:-1]]) + DAY
    return np.concatenate([np.arange(24 * day, 24 * day + 24) for day in first])


def cut(value: Any, hours: Any) -> Any:
    """Return an input with its hourly values at the given hours only, however deep they lie."""
    if isinstance(value, HourlyValues):
        return replace(value, values=value.values[hours]) if value.values.size > 1 else value
    if isinstance(value, tuple):
        return tuple(cut(each, hours) for each in value)
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: cut(getattr(value, name), hours) for name in type(value).model_fields})
    return value


def solved(name: str, scenario: str | None = None) -> Reduced:
    """Solve a shipped site on twelve days, each of which stands for 365/12, and on both design days."""
    whole = read(name, scenario)
    hours = twelve_days()
    site = replace(whole, components=tuple(cut(each, hours) for each in whole.components))
    weather = climate.load(site.climate, site.place, site.folder)
    days = climate.days(site.climate, site.place, weather)
    full = weather.conditions()
    year = Conditions(full.place, full.times[hours], **{each: getattr(full, each)[hours] for each in SERIES})
    cycle = Cycle(1.0, np.full(288, 8760 / 288), np.repeat(np.arange(1, 13), 24))
    phases = timeline(site, (cycle, *(design_day(day.name, day.conditions.times[0].month) for day in days)))
    series = derive(site.components, phases, year, [day.conditions for day in days])
    compiled = solvers.compile_network(assemble(site.components, series, phases, facts(site, phases)))
    # An infeasible site raises here, and so does an answer that does not pass the checks.
    answer = solvers.optimise(compiled, most_compute=site.goal == "most_compute", gap=site.settings.gap)
    return Reduced(site, Finished(site, compiled, answer, year, weather))


@pytest.fixture(scope="module")
def plan() -> Callable[[str], Reduced]:
    """Solve a site once for all tests."""
    return lru_cache(solved)


def offers(site: Site, starts: list[date]) -> Any:
    """What the grid offers in each phase [MW]."""
    grid: Any = site.component("utility")
    return np.array([at(grid.size.maximum, start) for start in starts])


def test_the_days_are_one_of_each_month() -> None:
    """21 January begins after 20 days, 21 December 11 days before the end of the year."""
    hours = twelve_days()
    assert (hours.size, hours[0], hours[-1]) == (288, 20 * 24, (365 - 10) * 24 - 1)


@pytest.mark.parametrize("name", shipped())
def test_every_site_reads_and_knows_its_climate(name: str) -> None:
    site = read(name)
    assert site.climate.normals in places.places()
    assert site.note


@pytest.mark.parametrize("name", shipped())
def test_the_climate_is_that_of_the_place(name: str) -> None:
    """A degree of latitude is 111 km; Ain Sokhna lies furthest from its station, 106 km, and Olkaria 321 m above it."""
    site = read(name)
    station = places.normals(str(site.climate.normals)).place
    north = 111.0 * (site.place.latitude_deg - station.latitude_deg)
    east = 111.0 * (site.place.longitude_deg - station.longitude_deg) * np.cos(np.radians(station.latitude_deg))
    assert np.hypot(north, east) < 120
    assert abs(site.place.elevation_m - station.elevation_m) < 350
    assert site.place.utc_offset_h == station.utc_offset_h


@pytest.mark.parametrize("name", every_site)
def test_every_site_has_a_plan_that_keeps_its_rules(name: str, plan: Callable[[str], Reduced]) -> None:
    """Optimal and checked, or `solved` would have raised; PUE, water and grid are those of the plan."""
    reduced = plan(name)
    site, answer = reduced.site, reduced.finished.solution
    assert answer.method == "certified"
    assert answer.bound_usd <= answer.dispatch_usd * (1 + 1e-6)
    assert answer.gap < MOST_GAP
    assert set(answer.seconds) == {"solve", "check"}
    for figure in ("pue_annual", "pue_design"):
        assert all(1.03 < value < 1.6 for value in reduced.kpi(figure))
    starts = [phase.start for phase in reduced.finished.timeline.phases]
    assert all(reduced.kpi("grid_connection") <= offers(site, starts) + 1e-6)
    assert all(reduced.kpi("unserved_it") == 0)


@pytest.mark.parametrize("name", every_site)
def test_only_wet_cooling_drinks(name: str, plan: Callable[[str], Reduced]) -> None:
    """Dry coolers and air-cooled chillers take no water in any hour."""
    reduced = plan(name)
    wet = {each.name for each in reduced.site.components if each.kind in WET}
    flows = reduced.finished.compiled.network.flows("water")
    drinkers = {who for who, flow in flows.items() if reduced.finished.series(flow).min() < -1e-6}
    assert drinkers <= wet


@pytest.mark.parametrize("name", every_site)
def test_no_lead_time_splits_a_phase(name: str) -> None:
    """Offers and deliveries begin with the phases that the file states."""
    site = read(name)
    days = {day for each in site.components if isinstance(each, Candidate) for day in each.dates(site.decision)}
    assert {day for day in days if site.starts[0] < day < site.end} <= set(site.starts)


@pytest.mark.parametrize(("name", "scenario"), every_scenario)
def test_every_scenario_has_a_plan(name: str, scenario: str) -> None:
    """An infeasible scenario raises; one that costs nothing is none."""
    assert solved(name, scenario).finished.solution.dispatch_usd > 0


@pytest.mark.slow
def test_climates_and_rules_show_in_the_plans(plan: Callable[[str], Reduced]) -> None:
    """Riyadh is hot and dry: towers; REDATA allows Fortaleza 0.05 L/kWh; Copenhagen is cooler than Abu Dhabi."""
    assert plan("riyadh").kpi("water_peak").max() > 0
    assert all(plan("fortaleza").kpi("wue_annual") <= 0.0505)
    assert plan("copenhagen").kpi("pue_annual")[0] < plan("abu_dhabi").kpi("pue_annual")[0]
