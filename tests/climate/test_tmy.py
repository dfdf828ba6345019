from __future__ import annotations

import pandas as pd
import pytest

from gigasite import climate
from gigasite.models.errors import WeatherError


def test_greensboro_is_read_with_units_and_centres(greensboro):
    """First row of the file: 01:00, 10.0 degC, dew 6.1 degC, 993 mbar, 6.2 m/s; its hour began at 00:00."""
    air = greensboro.conditions()
    assert air.times[0] == pd.Timestamp("2001-01-01 00:30-05:00")
    assert (air.dry_bulb_c[0], air.dew_point_c[0], air.pressure_pa[0], air.wind_10m_m_s[0]) == (
        10.0,
        6.1,
        99_300.0,
        6.2,
    )
    assert greensboro.place.elevation_m == 273.0
    assert greensboro.provenance.kind == "typical"


def test_tmy3_irradiance_closes_at_the_centre_of_the_hour(greensboro):
    """Labels taken for hour starts would leave a gap of 4.9 % of the global irradiation."""
    assert greensboro.warnings == ()


def test_tmy2_tenths_become_units(miami_path):
    """Miami: mean 24.3 degC, 4.3 m/s, 1017 mbar. Read as they stand the numbers would be 243, 43 and 1017."""
    weather = climate.read(miami_path)
    air = weather.conditions()
    assert air.dry_bulb_c.mean() == pytest.approx(24.3, abs=0.1)
    assert air.wind_10m_m_s.mean() == pytest.approx(4.34, abs=0.05)
    assert air.pressure_pa.mean() == pytest.approx(101_744, abs=5)
    assert weather.place.latitude_deg == pytest.approx(25.8)
    assert weather.place.longitude_deg == pytest.approx(-80.27, abs=0.01)
    assert weather.warnings == ()


def test_damaged_files_are_refused_by_name(tmp_path, greensboro_path):
    lines = greensboro_path.read_text().splitlines()
    broken = tmp_path / "a.csv"
    broken.write_text("\n".join([lines[0], lines[1], "x" + lines[2]]))
    with pytest.raises(WeatherError, match="not a TMY3 file"):
        climate.read(broken)
    (tmp_path / "a.tm2").write_text("nothing\n")
    with pytest.raises(WeatherError, match="not a TMY2 file"):
        climate.read(tmp_path / "a.tm2")
