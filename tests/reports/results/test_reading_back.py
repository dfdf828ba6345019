"""Another program reads a run back, with the standard library and xarray alone, and adds up the totals."""

import csv
import json
from collections import defaultdict

import pytest
import xarray as xr

from gigasite import sites
from gigasite.reports.results import run_directory
from gigasite.sites.study import study


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A real plan: a load of 60 MW on the grid or on photovoltaics, in two phases."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "small.yaml").write_text(
        """
site: {name: Small, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2024-01-01, starts: [2027-01-01, 2030-01-01], end: 2037-01-01}
power:
  offices: {kind: load, demand: 60 MW}
  solar: {kind: pv_tracking, size: {maximum: 200 MW}}
grid:
  utility:
    size: {maximum: {2027-01-01: 100 MW}}
    energy_price: 75 USD/MWh
    emission: 400 kg/MWh
    carbon_free_share: 30 %
""",
        encoding="utf-8",
    )
    return run_directory.write(study(sites.read(folder / "small.yaml")), folder / "run")


def rows(place, name: str) -> list[dict[str, str]]:
    with (place / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_costs_times_years_are_the_objective(place):
    record = json.loads((place / "run.json").read_text(encoding="utf-8"))
    assert record["format"] == 1
    total = sum(float(row["usd_per_year"]) * float(row["present_value_years"]) for row in rows(place, "costs.csv"))
    assert total == pytest.approx(record["run"]["dispatch_objective_usd"], rel=1e-6)


def test_investment_and_annual_cost_are_those_of_the_headlines(place):
    capex, annual, told = defaultdict(float), defaultdict(float), defaultdict(dict)
    for row in rows(place, "costs.csv"):
        capex[row["phase"]] += float(row["usd_capex"])
        annual[row["phase"]] += float(row["usd_per_year"]) if row["cash"] == "True" else 0.0
    for row in rows(place, "kpis.csv"):
        told[row["phase"]][row["name"]] = float(row["value"])
    for phase, headlines in told.items():
        assert sum(value for name, value in headlines.items() if name.startswith("capex_")) == pytest.approx(
            capex[phase]
        )
        assert headlines["annual_cost"] == pytest.approx(annual[phase])


def test_hourly_series_open_with_units_and_add_up_to_the_energy_of_the_year(place):
    """The steps are hours; every bus is in balance."""
    energy = {(row["phase"], row["component"], row["flow"]): float(row["value"]) for row in rows(place, "energy.csv")}
    with xr.open_dataset(place / "hourly.nc") as hourly:
        assert all({"units", "long_name"} <= set(series.attrs) for series in hourly.data_vars.values())
        assert str(hourly["time"].dtype).startswith("datetime64")
        for phase in map(str, hourly["phase"].values):
            flows = [series.sel(phase=phase) for series in hourly.data_vars.values() if series.attrs.get("bus") == "ac"]
            assert float(abs(sum(flows)).max()) < 1e-4
            for series in flows:
                key = phase, series.attrs["component"], "ac"
                assert float(series.sum()) == pytest.approx(energy[key], rel=1e-6, abs=1.0)


def test_wide_csv_says_the_same_as_netcdf(place):
    table = rows(place, "hourly.csv")
    with xr.open_dataset(place / "hourly.nc") as hourly:
        assert len(table) == hourly.sizes["phase"] * hourly.sizes["time"]
        column = next(name for name in table[0] if name.startswith("ac.solar"))
        assert column == f"ac.solar [{hourly['ac.solar'].attrs['units']}]"
        values = [float(row[column]) for row in table]
        assert values == hourly["ac.solar"].values.reshape(-1).tolist()
