"""Survival and curtailment read off a solved site: 10 MW beside a grid of 14 MW, engines, a battery and a tank."""

import numpy as np
import pytest

from gigasite.models.progress import silent
from gigasite.models.reliability import Store, survival
from gigasite.sites import read
from gigasite.sites.curtailment import curtailment_kpis, curtailment_table
from gigasite.sites.kpis import kpis
from gigasite.sites.study import Watch, finished
from gigasite.sites.survival import (
    critical_load,
    firm_kpis,
    fleet,
    merged,
    outage_of,
    stores,
    survival_kpis,
    survival_table,
)

TEXT = """
site: {name: Test, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
power:
  offices: {kind: load, demand: {profile: office_day, peak: 10 MW}}
  bess: {kind: battery, available: 2027-01-01, power: {fixed: 4 MW}, energy: {fixed: 8 MWh}, firm_duration: 4 h}
  engines:
    {kind: generator, technology: diesel, fuel: diesel_oil, available: 2027-01-01, size: {fixed: 12 MW}, unit: 3 MW,
     efficiency: 0.4}
  tank: {kind: diesel_oil}
limits:
  reserve: {margin: 10 %, largest_unit: 3 MW, grid_counts: true}
  outage:
    windows: [{start: 07-14 15, hours: 4}, {start: 12-01 02, hours: 6}]
    fuel_stock: {diesel_oil: 200 MWh}
    machines: {engines: {availability: 99 %, start_failure: 1 %, mean_time_to_failure: 500 h}}
grid:
  utility:
    {available: 2027-01-01, size: {maximum: 14 MW}, energy_price: 60 USD/MWh, emission: 400 kg/MWh,
     carbon_free_share: 0.3}
solve: {gap: 0.02}
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    path = tmp_path_factory.mktemp("reliable") / "reliable.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return finished(read(path), Watch(silent))[0]


def _imported(done):
    return done.series(done.compiled.network.terms["utility"].into["imported_energy"])


def test_the_grid_gives_nothing_in_the_windows(done):
    """Hours 4,671 to 4,674 and 8,018 to 8,023; the hours before and after are served by the grid as usual."""
    imported = _imported(done)
    dark = [*range(4671, 4675), *range(8018, 8024)]
    assert imported[dark] == pytest.approx(np.zeros(10), abs=1e-6)
    assert imported[[4669, 8026]].min() > 1.0


def test_the_load_is_served_through_the_windows(done):
    load = done.timeline.split(critical_load(done), 0)
    given = done.flows["ac"]["engines"] + done.flows["ac"]["bess"]
    assert given[4671:4675] == pytest.approx(load[4671:4675], abs=1e-5)


def test_firm_capacity_covers_peak_without_the_grid(done):
    """Engines and battery alone carry the peak of 10 MW."""
    account = done.accounts
    assert account["firm_capacity"][0] - account["firm_grid"][0] >= 10.0 - 1e-6


def test_the_fleet_counts_whole_units_and_the_stored_fuel(done):
    """Four units of 3 MW, derated in heat; 200 MWh of heat at 0.4 give 80 MWh."""
    (units,), electricity = fleet(done, outage_of(done), 0, 10.0)
    assert (units.count, units.availability, units.mean_time_to_failure_h) == (4, 0.99, 500)
    assert 2.4 < units.power_mw <= 3.0
    assert electricity == pytest.approx(80.0)


def test_the_battery_holds_what_the_plan_left_in_it(done):
    ((store, stored),) = list(stores(done, 0))
    assert store.power_mw == pytest.approx(4.0)
    assert store.capacity_mwh < 8.0
    assert np.all((stored >= 0) & (stored <= store.capacity_mwh + 1e-9))


def test_stores_add_up():
    """4 MWh at 0.9 and 12 MWh at 0.5: 16 MWh at (3.6 + 6) / 16 = 0.6, holding 5."""
    both = merged([(Store(4, 4, 1, 0.9), 2.0), (Store(12, 12, 3, 0.5), 3.0)])
    assert (both.energy_mwh, both.capacity_mwh, both.power_mw) == (5.0, 16.0, 4.0)
    assert both.efficiency == pytest.approx(0.6)
    assert merged([]) == Store()


def test_the_table_is_the_mean_over_starts(done):
    """The curve of one start by itself lies within what 24 of them average to; the last hours outlast the fuel."""
    table = survival_table(done)
    assert list(table["hours"]) == list(range(1, 73))
    assert np.all(np.diff(table["survival"]) <= 1e-12)
    (units,), electricity = fleet(done, outage_of(done), 0, 10.0)
    load = done.timeline.split(critical_load(done), 0)
    one = survival(load[:72], [units], merged([(s, level[-1]) for s, level in stores(done, 0)]), fuel_mwh=electricity)
    assert 0 < one[0] <= 1
    assert table["survival"].iloc[0] > 0.9
    assert table["survival"].iloc[-1] < 0.05
    assert np.all(np.diff(table["unserved_mwh"]) >= 0)


def test_headline_figures_follow_from_the_table(done):
    """Two windows of 4 and 6 hours: their energies add up."""
    table, found = survival_table(done), survival_kpis(done)
    assert found["survival_24h"][0] == pytest.approx([table["survival"][23]])
    lost = table["unserved_mwh"]
    assert found["expected_unserved"][0] == pytest.approx([lost[3] + lost[5]])
    assert found["expected_unserved"][1] == "MWh/yr"


def test_the_reserve_margin_is_firm_capacity_over_the_peak(done):
    """The largest draw on the design days is 10 MW."""
    found = firm_kpis(done)
    assert found["firm_capacity"][0] == pytest.approx(done.accounts["firm_capacity"])
    assert found["reserve_margin"][0] == pytest.approx(done.accounts["firm_capacity"] / 10.0 - 1.0)


def test_every_figure_stands_among_the_headlines(done):
    names = set(kpis(done)["name"])
    assert {"firm_capacity", "reserve_margin", "survival_24h", "expected_unserved"} <= names
    assert {f"grid_freed_by_{share}_percent" for share in ("0_25", "0_5", "1")} <= names


def test_a_site_without_outages_has_no_survival(small):
    from types import SimpleNamespace

    bare = SimpleNamespace(site=small[0], timeline=SimpleNamespace(names=("2027-01-01",)))
    assert survival_kpis(bare) == {}
    assert survival_table(bare).empty


def test_curtailment_frees_grid(done):
    """Each cap cuts its share of the year's import; a larger share frees more."""
    table, imported = curtailment_table(done), _imported(done)[:8760]
    for row in table.itertuples():
        assert np.maximum(imported - row.grid_mw, 0).sum() == pytest.approx(row.share * imported.sum(), rel=1e-3)
        assert row.grid_mw + row.freed_mw == pytest.approx(imported.max(), rel=1e-6)
    assert np.all(np.diff(table["freed_mw"]) > 0)
    assert curtailment_kpis(done)["grid_freed_by_0_5_percent"][0] == pytest.approx([table["freed_mw"][1]])
