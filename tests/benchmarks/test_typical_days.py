"""The days that stand for a year."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from typical_days import DAY, Days, SeparateDays, choose, cut, grown_to_year, plan_on

from gigasite import climate
from gigasite.models.hourly import HourlyValues
from gigasite.models.technologies.work import WorkClass
from gigasite.models.timeline import Cycle, Phase, design_day
from gigasite.sites import read
from gigasite.solvers.dispatch import HAIR

SITE = """
site: {name: Small, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01, 2030-01-01], end: 2037-01-01}
power:
  campus: {kind: load, demand: 10 MW}
  solar: {kind: pv_fixed, available: 2027-01-01, size: {maximum: 50 MW}}
  wind: {kind: wind, available: 2027-01-01, size: {maximum: 50 MW}}
  bess: {kind: battery, available: 2027-01-01, power: {maximum: 20 MW}, energy: {maximum: 80 MWh}}
grid:
  utility:
    available: 2027-01-01
    size: {maximum: 20 MW}
    energy_price: {tariff: [{hours: [16, 22], price: 150 USD/MWh}], otherwise: 60 USD/MWh}
    emission: 400 kg/MWh
    carbon_free_share: 0.3
"""


SERVED = """
site: {name: Served, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
compute:
  platforms: {gpu: {technology: gb300_nvl72, available: 2027-01-01, liquid_share: 0.0}}
  building: null
  work: {inference: {demand: 5000 H100, profile: {profile: online_service}}}
cooling:
  hall: {kind: air_cooled_chiller, available: 2027-01-01}
grid:
  utility:
    available: 2027-01-01
    size: {maximum: 20 MW}
    energy_price: 60 USD/MWh
    emission: 400 kg/MWh
    carbon_free_share: 0.3
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory):
    """A load with sun, wind, a battery and a grid."""
    path = tmp_path_factory.mktemp("days") / "small.yaml"
    path.write_text(SITE, encoding="utf-8")
    return read(path)


@pytest.fixture(scope="module")
def year(site):
    """Its weather."""
    return climate.load(site.climate, site.place, site.folder).conditions()


def days_of(counts: list[int]) -> SeparateDays:
    """Return a phase of typical days and a design day."""
    hours = np.repeat(counts, DAY).astype(float)
    cycle = Cycle(1.0, hours, np.full(len(hours), 1))
    phase = Phase(date(2027, 1, 1), date(2030, 1, 1), 2.5)
    return SeparateDays(date(2025, 1, 1), (phase,), (cycle, design_day("hot")))


def test_each_day_closes_into_a_ring_of_its_own():
    """Hour 0 follows hour 23 of its own day; in one ring of two days it would follow hour 47."""
    before = days_of([200, 165]).before
    assert [before[0], before[24], before[47], before[48]] == [23, 47, 46, 71]


def test_no_window_and_no_sum_crosses_a_day():
    """Two days of ones and twos: three hours add up to 3 and 6, and a window of two days is cut in two."""
    time = days_of([200, 165])
    values = np.repeat([1.0, 2.0, 0.0], DAY)
    assert time.trailing_sum(values, 3.0) == pytest.approx(3 * values)
    assert time.trailing_sum(values, 48.0) == pytest.approx(24 * values)
    assert [run[0] for run in time.windows(48.0)] == [0, 24]


def test_days_count_as_a_year_and_keep_its_extremes_and_means(site, year):
    pytest.importorskip("tsam", reason="typical days are chosen with tsam: pip install tsam")
    days = choose(site, year, 12)
    assert len(days.numbers) == 12
    assert (np.diff(days.numbers) > 0).all()
    assert days.counts.sum() == pytest.approx(365)
    assert int(year.dry_bulb_c.argmax()) // DAY in days.numbers
    for name, values in days.renewables.items():
        every = site.component(name).derive(year)["availability"].values
        assert int(every.reshape(-1, DAY).sum(axis=1).argmin()) in days.numbers
        assert np.average(values, weights=np.repeat(days.counts, DAY)) == pytest.approx(every.mean(), rel=1e-3)


def test_fewer_days_than_are_kept_are_refused(site, year):
    pytest.importorskip("tsam", reason="typical days are chosen with tsam: pip install tsam")
    with pytest.raises(ValueError, match="more than 5 days"):
        choose(site, year, 5)


def test_a_plan_of_days_is_a_plan_of_the_site(site):
    """The load is the same on every day: 10 MW come to 87.6 GWh a year, whatever the days."""
    weather = climate.load(site.climate, site.place, site.folder)
    plants = {name: np.tile(np.linspace(0.0, 0.5, DAY), 2) for name in ("solar", "wind")}
    found, seconds = plan_on(site, weather, Days(np.array([20, 200]), np.array([165.0, 200.0]), plants))
    drawn = found.yearly(found.compiled.network.flows("ac")["campus"])
    assert -1.0 * drawn == pytest.approx([87_600.0, 87_600.0])
    output = found.series(found.compiled.network.flows("ac")["solar"])[: 2 * DAY]
    size = found.solution.x[found.compiled.columns.slice(found.compiled.network.terms["solar"].capacities[0].capacity)]
    assert (output <= size[0] * plants["solar"] * (1 + 2 * HAIR) + 2 * HAIR).all()  # the room that a dispatch has
    assert set(seconds) == {"build_s", "solve_s"}


def test_work_on_the_days_arrives_as_in_the_year():
    """1 on half of the days and 3 on the others, mean 2. On a day of threes alone, scaled to one, 10 become 15."""
    profile = HourlyValues(np.repeat([1.0, 3.0], DAY), "")
    one = WorkClass(name="batch", demand="10000 H100", profile=profile)
    only_threes = cut(one, np.arange(DAY, 2 * DAY))
    assert list(only_threes.demand.values()) == pytest.approx([15.0])
    assert (only_threes.profile.values == 3.0).all()


def test_sizes_of_days_that_fall_short_grow_to_a_plan_of_the_year(tmp_path):
    """A weekend alone has a peak of 0.9 of a weekday's: the year asks for 1 / 0.9 times the accelerators."""
    path = tmp_path / "served.yaml"
    path.write_text(SERVED, encoding="utf-8")
    site = read(path)
    weather = climate.load(site.climate, site.place, site.folder)
    short, _ = plan_on(site, weather, Days(np.array([5, 6]), np.array([165.0, 200.0]), {}))
    first = short.compiled.network.terms["gpu"].capacities[0].capacity
    built = short.solution.x[short.compiled.columns.slice(first)]
    compiled, answer = grown_to_year(site, weather, short)
    grown = compiled.network.terms["gpu"].capacities[0].capacity
    assert answer.status == "optimal"
    assert answer.x[compiled.columns.slice(grown)] == pytest.approx(built / 0.9, rel=1e-3)
