"""How a plan rides through the outages that it knows, solved on a whole year: 5 MW, a battery, engines and a tank."""

import numpy as np
import pytest

from gigasite.reports.content.reliability import lasting, outages
from gigasite.reports.pages import pdf
from gigasite.reports.results import run_directory
from gigasite.sites import read
from gigasite.sites.study import study

TEXT = """
site: {name: Test, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
power:
  offices: {kind: load, demand: 5 MW}
  bess: {kind: battery, available: 2027-01-01, power: {fixed: 3 MW}, energy: {fixed: 12 MWh}}
  engines:
    {kind: generator, technology: diesel, fuel: diesel_oil, available: 2027-01-01, size: {fixed: 4 MW}, unit: 2 MW,
     efficiency: 0.4}
  diesel: {kind: diesel_oil}
limits:
  outage:
    windows: [{start: 01-20 03, hours: 2}, {start: 07-14 15, hours: 4}, {start: 11-02 20, hours: 8}]
    fuel_stock: {diesel_oil: 90 MWh}
grid:
  utility:
    {available: 2027-01-01, size: {maximum: 8 MW}, energy_price: 60 USD/MWh, emission: 400 kg/MWh,
     carbon_free_share: 0.3}
solve: {gap: 0.02}
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    path = tmp_path_factory.mktemp("dark") / "dark.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return study(read(path))


def test_each_window_is_served_without_the_grid(plan):
    """2, 4 and 8 h of 5 MW: 10, 20 and 40 MWh from battery and engines; there is no work, so none of it goes on."""
    table = plan.tables["outages"]
    assert table["hours"].tolist() == [2.0, 4.0, 8.0]
    assert table["load_mwh"].to_numpy() == pytest.approx([10.0, 20.0, 40.0])
    served = table["storage_mwh"] + table["generator_mwh"] + table["renewable_mwh"]
    assert served.to_numpy() == pytest.approx(table["load_mwh"].to_numpy(), abs=1e-4)
    assert table["work_done"].isna().all()


def test_fuel_stays_within_the_tank_and_the_battery_within_its_cells(plan):
    """90 MWh of heat at 0.4 are 36 MWh; the battery gives what is left of 40 MWh, and never more than its 12."""
    table = plan.tables["outages"]
    assert table["generator_mwh"].max() <= 36.0 + 1e-3
    assert table["storage_mwh"].max() <= 12.0
    assert table["storage_mwh"].iloc[2] >= 4.0 - 1e-3


def test_a_surprise_finds_the_battery_empty(plan):
    """4 MW of engines do not carry 5 MW, and the battery is filled for the windows that are known only: few starts are
    served even for an hour, and 36 + 12 MWh never outlast 10 h of 5 MW."""
    survived = plan.tables["survival"].set_index("hours")["survival"]
    assert survived[1] < 0.2
    assert survived[10] == 0.0
    assert np.all(np.diff(survived.to_numpy()) <= 1e-9)


@pytest.mark.slow
def test_the_report_tells_of_them(plan, tmp_path):
    """The same run as people read it: three windows, how long a surprise is served, and a PDF that can be set."""
    assert [row[1] for row in outages(plan)] == plan.tables["outages"]["window"].tolist()
    assert len(lasting(plan)) == 1
    folder = run_directory.write(plan, tmp_path / "run")
    assert pdf.write(folder).stat().st_size > 10_000
