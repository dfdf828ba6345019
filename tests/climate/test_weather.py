from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gigasite import climate
from gigasite.climate.checks import year_labels
from gigasite.climate.weather import VARIABLES, dataset, distance_remark
from gigasite.models.errors import WeatherError

ABOUT = climate.Provenance("test", "none", "measured")


def test_conditions_carry_the_dataset_and_the_clock_of_the_place(plain_frame, place):
    weather = climate.Weather(dataset(plain_frame), place, ABOUT)
    air = weather.conditions()
    assert air.times[0] == pd.Timestamp("2001-01-01 00:30+04:00")
    assert air.place == place
    for name, (heading, unit, _) in VARIABLES.items():
        np.testing.assert_array_equal(getattr(air, heading), plain_frame[heading])
        assert weather.data[name].attrs["units"] == unit
    assert weather.conditions() is air


def test_impossible_weather_cannot_be_made(plain_frame, place):
    plain_frame.iloc[3, 0] = 70.0
    with pytest.raises(WeatherError, match="test: dry_bulb_c must lie between"):
        climate.Weather(dataset(plain_frame), place, ABOUT)
    with pytest.raises(WeatherError, match="the weather has no ghi"):
        climate.Weather(dataset(plain_frame).drop_vars("ghi"), place, ABOUT)


def test_one_year_can_be_taken_from_several(plain_frame, place):
    labels = year_labels([2019, 2020])
    both = pd.concat([plain_frame, plain_frame + 1]).set_axis(labels)
    both["dew_point_c"] = 10.0
    weather = climate.Weather(dataset(both), place, ABOUT)
    assert weather.years == (2019, 2020)
    second = weather.year(2020)
    assert second.years == (2020,)
    assert second.conditions().dry_bulb_c[0] == 21.0
    with pytest.raises(WeatherError, match=r"no year 2021. Choose one of 2019, 2020"):
        weather.year(2021)


def test_a_changed_series_makes_a_new_weather_and_is_noted(plain_frame, place):
    weather = climate.Weather(dataset(plain_frame), place, ABOUT)
    windy = weather.with_series(note="windier", wind_10m=np.full(8760, 9.0))
    assert windy.conditions().wind_10m_m_s[0] == 9.0
    assert weather.conditions().wind_10m_m_s[0] == 4.0
    assert windy.notes == ("windier",)
    assert windy.data["wind_10m"].attrs["units"] == "m s-1"


def test_warnings_name_the_source(plain_frame, place):
    weather = climate.Weather(dataset(plain_frame), place, ABOUT, remarks=("first",))
    assert weather.warnings[0] == "first"
    assert all(warning.startswith("test: ") for warning in weather.warnings[1:])
    assert len(weather.warnings) > 1


def test_no_remark_on_a_station_next_door(place):
    assert distance_remark("x", place, place) == ()
