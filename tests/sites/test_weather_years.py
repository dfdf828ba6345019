"""A site under two weather years at once: one set of sizes, every hour of both, each year counting half."""

import numpy as np
import pandas as pd
import pytest

from gigasite import climate
from gigasite.models.conditions import Place
from gigasite.sites import read
from gigasite.sites.study import study

PLACE = Place(24.2, 54.75, 40.0, 4.0)
SITE = """
site: {name: Test, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {file: years.csv}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2033-01-01}
power:
  offices: {kind: load, demand: {profile: office_day, peak: 50 MW}}
  solar: {kind: pv_tracking, available: 2027-01-01, size: {fixed: 60 MW}}
  turbines: {kind: wind, available: 2027-01-01, size: {fixed: 20 MW}}
  bess: {kind: battery, available: 2027-01-01, power: {fixed: 10 MW}, energy: {fixed: 40 MWh}}
grid:
  utility:
    available: 2027-01-01
    size: {fixed: 60 MW}
    energy_price: {tariff: [{hours: [16, 22], price: 110 USD/MWh}], otherwise: 60 USD/MWh}
    emission: 400 kg/MWh
    carbon_free_share: 0.3
solve: {gap: 0.02}
"""
COLUMNS = ("dry_bulb_c", "dew_point_c", "pressure_pa", "wind_10m_m_s", "ghi_w_m2", "dni_w_m2", "dhi_w_m2")


@pytest.fixture(scope="module")
def two_years(tmp_path_factory):
    """A bright synthetic year, then one with half the light and two thirds of the wind."""
    folder = tmp_path_factory.mktemp("years")
    section = climate.ClimateSection.model_validate({"normals": "abu_dhabi"})
    usual = climate.load(section, PLACE, folder).conditions()
    found = []
    for year, light, wind in ((2021, 1.0, 1.0), (2022, 0.5, 2 / 3)):
        table = pd.DataFrame({name: getattr(usual, name) for name in COLUMNS})
        table[["ghi_w_m2", "dni_w_m2", "dhi_w_m2"]] *= light
        table["wind_10m_m_s"] *= wind
        labels = pd.date_range(f"{year}-01-01 00:30", periods=8760, freq="h")
        table.insert(0, "time_centre", labels.strftime("%Y-%m-%dT%H:%M"))
        found.append(table)
    head = "# latitude_deg: 24.2\n# longitude_deg: 54.75\n# elevation_m: 40\n# utc_offset_h: 4\n"
    (folder / "years.csv").write_text(head + pd.concat(found).round(4).to_csv(index=False), encoding="utf-8")
    (folder / "test.yaml").write_text(SITE, encoding="utf-8")
    return study(read(folder / "test.yaml"))


@pytest.mark.slow
def test_both_years_are_operated_and_count_half(two_years):
    """Energy of a year is the mean of both; counting each in full would double it."""
    hours = two_years.hourly.isel(phase=0)
    assert hours.sizes["time"] == 2 * 8760
    assert hours["weather_year"].to_numpy()[[0, 8759, 8760, -1]].tolist() == ["2021", "2021", "2022", "2022"]
    assert "delay" not in hours.coords
    energy = two_years.energy[two_years.energy["flow"] == "ac"].set_index("component")["value"]
    for name in ("offices", "solar", "turbines", "utility"):
        assert energy[name] == pytest.approx(float(hours[f"ac.{name}"].sum()) / 2, rel=1e-6)


@pytest.mark.slow
def test_each_year_has_its_own_sun_and_wind_and_the_same_demand(two_years):
    """Half the light gives 45 to 60 % of the energy (cooler modules, less clipping); demand repeats."""
    hours = two_years.hourly.isel(phase=0)
    solar, wind, demand = (hours[f"ac.{name}"].to_numpy().reshape(2, -1) for name in ("solar", "turbines", "offices"))
    assert 0.45 < solar[1].sum() / solar[0].sum() < 0.60
    assert wind[1].sum() < 0.6 * wind[0].sum()
    assert np.allclose(demand[0], demand[1])
