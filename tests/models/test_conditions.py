from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gigasite.models.conditions import Conditions, Place
from gigasite.models.errors import WeatherError

PLACE = Place(24.4, 54.65, 27.0, 4.0)


def conditions(n: int = 3, **changes) -> Conditions:
    series = {
        "dry_bulb_c": np.full(n, 35.0),
        "dew_point_c": np.full(n, 20.0),
        "pressure_pa": np.full(n, 101_325.0),
        "wind_10m_m_s": np.full(n, 4.0),
        "ghi_w_m2": np.full(n, 500.0),
        "dni_w_m2": np.full(n, 400.0),
        "dhi_w_m2": np.full(n, 200.0),
    }
    times = pd.date_range("2001-07-01 00:30", periods=n, freq="h", tz=PLACE.timezone)
    return Conditions(**{"place": PLACE, "times": times, **series, **changes})


def test_moist_air_follows_from_dry_bulb_dew_point_and_pressure():
    """Psychrometric chart, 35 degC and 20 degC dew point at sea level: 14.7 g/kg, wet bulb 24.1 degC, 1.136 kg/m3.

    Density by hand: (p - e) / (287.04 T) + e / (461.5 T) = (101325 - 2339)/88453 + 2339/142210 = 1.1356.
    """
    air = conditions()
    assert air.humidity_ratio == pytest.approx([0.0147] * 3, abs=1e-4)
    assert air.wet_bulb_c == pytest.approx([24.1] * 3, abs=0.2)
    assert air.air_density_kg_m3 == pytest.approx([1.1356] * 3, rel=1e-3)
    assert air.wet_bulb_c is air.wet_bulb_c


def test_series_cannot_be_written_to_and_do_not_follow_their_source():
    """A caller that keeps its array and changes it must not change the weather of others."""
    mine = np.full(3, 35.0)
    air = conditions(dry_bulb_c=mine)
    mine[0] = 99.0
    assert air.dry_bulb_c[0] == 35.0
    for series in (air.dry_bulb_c, air.wet_bulb_c, air.humidity_ratio):
        with pytest.raises(ValueError, match="read-only"):
            series[0] = 1.0


def test_every_problem_of_the_series_is_named_at_once():
    """One short series and one gap: two sentences, not one error after the other."""
    with pytest.raises(WeatherError) as caught:
        conditions(ghi_w_m2=np.zeros(2), wind_10m_m_s=np.array([1.0, np.nan, 2.0]))
    assert len(caught.value.problems) == 2
    assert "ghi_w_m2 must have shape (3,)" in str(caught.value)
    assert "wind_10m_m_s must be finite, got nan in interval 1" in str(caught.value)


@pytest.mark.parametrize("tz", [None, "Asia/Dubai"])
def test_times_without_a_fixed_offset_are_refused(tz):
    """A region may have daylight saving time, in which an hour is missing and another comes twice."""
    with pytest.raises(WeatherError, match="fixed offset"):
        conditions(times=pd.date_range("2001-07-01", periods=3, freq="h", tz=tz))


def test_times_that_go_back_are_refused():
    with pytest.raises(WeatherError, match="must increase"):
        conditions(times=pd.date_range("2001-07-01", periods=3, freq="h", tz=PLACE.timezone)[::-1])


def test_impossible_places_are_refused_with_every_value():
    with pytest.raises(WeatherError) as caught:
        Place(95.0, 200.0, float("nan"), 4.0)
    assert [problem.split(" must")[0] for problem in caught.value.problems] == [
        "place: latitude_deg",
        "place: longitude_deg",
        "place: elevation_m",
    ]


def test_half_hour_clocks_are_kept():
    """India stands 5.5 h before UTC."""
    assert Place(19.0, 72.8, 9.0, 5.5).timezone.utcoffset(None) == pd.Timedelta("5h30min")


def test_length_is_the_number_of_intervals():
    assert len(conditions(5)) == 5
