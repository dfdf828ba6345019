from __future__ import annotations

import hashlib

import pytest

from gigasite import climate
from gigasite.models.conditions import Place
from gigasite.models.errors import WeatherError


def test_the_kind_is_told_from_the_content_if_the_name_does_not(tmp_path, write_epw, plain_frame, greensboro_path):
    odd = tmp_path / "weather.data"
    odd.write_bytes(write_epw(plain_frame).read_bytes())
    assert climate.read(odd).provenance.source.startswith("EPW")
    odd.write_bytes(greensboro_path.read_bytes())
    assert climate.read(odd).provenance.source.startswith("TMY3")


def test_unknown_kinds_and_missing_files_are_refused(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    with pytest.raises(WeatherError, match="unknown kind of weather file"):
        climate.read(tmp_path / "a.xlsx")
    with pytest.raises(WeatherError, match="cannot be read"):
        climate.read(tmp_path / "none.epw")


def test_the_checksum_is_that_of_the_file(greensboro, greensboro_path):
    assert greensboro.provenance.sha256 == hashlib.sha256(greensboro_path.read_bytes()).hexdigest()


def test_a_station_far_from_the_site_is_noticed(greensboro_path):
    """0.4 degrees away is near, 1 degree or 200 m higher is not; the weather keeps its own place."""
    near = climate.read(greensboro_path, Place(36.5, -79.95, 273.0, -5.0))
    assert near.warnings == ()
    for site in (Place(37.1, -79.95, 273.0, -5.0), Place(36.1, -79.95, 473.0, -5.0)):
        weather = climate.read(greensboro_path, site)
        assert "Check that the station stands for the site" in weather.warnings[0]
        assert weather.place.latitude_deg == 36.1
