from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from gigasite import climate
from gigasite.climate.checks import year_labels
from gigasite.climate.weather import dataset
from gigasite.models.errors import WeatherError


@pytest.fixture
def write_table(tmp_path, plain_frame):
    def write(*, time="time_centre", comments="", **columns):
        table = plain_frame.assign(**columns).rename_axis(time)
        path = tmp_path / "a.csv"
        path.write_text(comments + table.to_csv())
        return path

    return write


@pytest.mark.parametrize(("write", "name"), [(climate.write_csv, "a.csv"), (climate.write_netcdf, "a.nc")])
def test_what_is_written_is_read_back(greensboro, tmp_path, write, name):
    path = tmp_path / name
    write(greensboro, path)
    again = climate.read(path)
    assert again.place == greensboro.place
    assert again.provenance.source == greensboro.provenance.source
    assert again.provenance.kind == "typical"
    assert again.provenance.sha256 != greensboro.provenance.sha256
    for variable in greensboro.data:
        np.testing.assert_allclose(again.data[variable], greensboro.data[variable], rtol=1e-9)
    assert again.notes == ()


@pytest.mark.parametrize(("write", "name"), [(climate.write_csv, "a.csv"), (climate.write_netcdf, "a.nc")])
def test_several_years_are_read_back_as_several(plain_frame, place, tmp_path, write, name):
    """2019 and 2020; the 29 February that was dropped is no gap."""
    both = pd.concat([plain_frame, plain_frame]).set_axis(year_labels([2019, 2020]))
    weather = climate.Weather(dataset(both), place, climate.Provenance("test", "none", "measured"))
    write(weather, tmp_path / name)
    assert climate.read(tmp_path / name).years == (2019, 2020)
    assert climate.read(tmp_path / name).year(2020).data.sizes["time"] == 8760


def test_a_place_may_be_passed_or_stated(write_table, place):
    assert climate.read(write_table(), place).place == place
    with pytest.raises(WeatherError, match="does not say latitude_deg"):
        climate.read(write_table())
    with pytest.raises(WeatherError, match="in numbers"):
        climate.read(write_table(comments="# latitude_deg: north\n"), place)


def test_a_plain_file_counts_as_measured_with_unknown_licence(write_table, place):
    provenance = climate.read(write_table(), place).provenance
    assert (provenance.kind, provenance.licence) == ("measured", "not stated in the file")
    with pytest.raises(WeatherError, match="kind must be one of typical, measured, synthetic, got 'guess'"):
        climate.read(write_table(comments="# kind: guess\n"), place)


def test_relative_humidity_replaces_the_dew_point(write_table, place, tmp_path):
    """20 degC and 50 %: dew point 9.3 degC (psychrometric chart)."""
    path = write_table(relative_humidity_percent=50.0)
    path.write_text(path.read_text().replace("dew_point_c", "x", 1))
    with pytest.raises(WeatherError, match="unknown headings x"):
        climate.read(path, place)
    table = pd.read_csv(path).drop(columns="x")
    table.to_csv(path, index=False)
    weather = climate.read(path, place)
    assert weather.conditions().dew_point_c[0] == pytest.approx(9.27, abs=0.05)
    assert "the dew point was computed from relative humidity" in weather.notes
    table.assign(relative_humidity_percent=0.0).to_csv(path, index=False)
    with pytest.raises(WeatherError, match="must lie above 0 and at 100 at most, got 0 in row 1"):
        climate.read(path, place)


def test_pressure_may_be_left_out_and_is_said(write_table, place):
    path = write_table()
    pd.read_csv(path).drop(columns="pressure_pa").to_csv(path, index=False)
    weather = climate.read(path, place)
    assert weather.conditions().pressure_pa[0] == pytest.approx(101_001, abs=1)
    assert "the file has no pressure: 101001 Pa of the standard atmosphere" in weather.notes


def test_every_wrong_heading_is_named_at_once(write_table, place):
    path = write_table(time="when")
    path.write_text(path.read_text().replace("ghi_w_m2", "ghi", 1))
    with pytest.raises(WeatherError) as caught:
        climate.read(path, place)
    assert len(caught.value.problems) == 3
    assert "the heading ghi_w_m2 is missing" in str(caught.value)
    assert "exactly one of time_start, time_centre, time_end" in str(caught.value)


def test_words_among_numbers_and_times_are_named(write_table, place):
    path = write_table()
    lines = path.read_text().splitlines()
    lines[5] = lines[5].replace("10.0", "damp")
    path.write_text("\n".join(lines))
    with pytest.raises(WeatherError, match="dew_point_c must be a number, got 'damp' in row 5"):
        climate.read(path, place)
    lines[5] = "yesterday" + lines[6][19:]
    path.write_text("\n".join(lines))
    with pytest.raises(WeatherError, match="times must be ISO 8601"):
        climate.read(path, place)


def test_netcdf_units_are_checked(greensboro, tmp_path):
    """Kelvin would pass for a hot degree Celsius nowhere, but millibar for Pascal would be refused without a reason."""
    path = tmp_path / "a.nc"
    climate.write_netcdf(greensboro, path)
    with xr.open_dataset(path) as opened:
        data = opened.load()
    data["dry_bulb"].attrs["units"] = "K"
    del data["ghi"]
    data.to_netcdf(path, engine="h5netcdf")
    with pytest.raises(WeatherError) as caught:
        climate.read(path)
    assert len(caught.value.problems) == 2
    assert "dry_bulb must be in degC, got 'K'" in str(caught.value)


def test_files_that_are_no_tables_are_refused(tmp_path, place):
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WeatherError, match="not a CSV table"):
        climate.read(tmp_path / "a.csv", place)
    (tmp_path / "a.nc").write_bytes(b"no")
    with pytest.raises(WeatherError, match="not a NetCDF file"):
        climate.read(tmp_path / "a.nc", place)
