from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gigasite.climate.checks import calendar_problems, hard_problems, plausibility_warnings, year_labels


def test_a_plain_year_is_possible(plain_frame):
    assert hard_problems(plain_frame) == []


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("dry_bulb_c", 99.9, "dry_bulb_c must lie between -70 and 60, got 99.9 at 05 Jan 04:30"),
        ("pressure_pa", 999999.0, "pressure_pa must lie between"),
        ("ghi_w_m2", 9999.0, "ghi_w_m2 must lie between 0 and 1500, got 9999 at 05 Jan 04:30"),
        ("wind_10m_m_s", -1.0, "wind_10m_m_s must lie between"),
        ("dni_w_m2", np.nan, "dni_w_m2 must be a number, got nan at 05 Jan 04:30"),
        ("dew_point_c", 25.0, "the dew point must not be above the dry bulb (excess in K), got 5 at 05 Jan 04:30"),
    ],
)
def test_an_impossible_hour_is_named_with_its_value(plain_frame, column, value, words):
    """Hour 100 of the year is 5 January, 04:00 to 05:00."""
    plain_frame.iloc[100, plain_frame.columns.get_loc(column)] = value
    (problem,) = hard_problems(plain_frame)
    assert words in problem


def test_all_problems_come_at_once(plain_frame):
    plain_frame.iloc[5, 0] = 80.0
    plain_frame.iloc[6, 4] = np.nan
    assert len(hard_problems(plain_frame.iloc[:-1])) == 3


def test_a_missing_hour_is_named(plain_frame):
    """8,759 rows: a year that is shifted by one hour from then on if nobody notices."""
    (problem,) = calendar_problems(plain_frame.index.delete(4000))
    assert "got 8759 rows; 1 are missing, the first is 2001-06-16 16:30" in problem


def test_a_doubled_hour_is_named(plain_frame):
    index = plain_frame.index.insert(10, plain_frame.index[10])
    assert "1 hours appear twice, the first is 2001-01-01 10:30" in calendar_problems(index)[0]


def test_labels_on_the_full_hour_and_empty_years_are_refused(plain_frame):
    assert "not hour centres" in calendar_problems(plain_frame.index - pd.Timedelta("30min"))[0]
    assert calendar_problems(plain_frame.index[:0]) == ["there are no rows. A year has 8760 hours."]


def test_years_have_no_29_february():
    assert len(year_labels([2003, 2004])) == 2 * 8760


def test_the_real_year_of_greensboro_is_plausible(greensboro):
    assert plausibility_warnings(greensboro.conditions()) == []


def test_pressure_reduced_to_sea_level_is_noticed(greensboro):
    """Greensboro lies at 273 m: standard 98,090 Pa; 101,325 is 3.3 % more, above the 3 % limit."""
    air = greensboro.conditions()
    (warning,) = plausibility_warnings(replace(air, pressure_pa=np.full(8760, 101_325.0)))
    assert "+3.3% from that of 273 m" in warning


def test_radiation_labelled_half_an_hour_late_is_noticed_and_explained(greensboro):
    """Moving the labels by an hour puts the sun elsewhere: global no longer is direct plus diffuse."""
    air = greensboro.conditions()
    (warning,) = plausibility_warnings(replace(air, times=air.times + pd.Timedelta("30min")))
    assert "With the sun at the start of the hour they agree to 0." in warning


def test_too_much_and_too_little_radiation_are_noticed(greensboro):
    """Clear-sky index of Greensboro about 0.75: times 1.6 = 1.2 > 1.08; a fifth of the direct: ratio 0.19 < 0.3."""
    air = greensboro.conditions()
    bright = replace(air, ghi_w_m2=air.ghi_w_m2 * 1.6, dni_w_m2=air.dni_w_m2 * 1.6, dhi_w_m2=air.dhi_w_m2 * 1.6)
    (warning,) = plausibility_warnings(bright)
    assert "times that of a clear sky (limit 1.08)" in warning
    dull = plausibility_warnings(replace(air, dni_w_m2=air.dni_w_m2 * 0.2))
    assert any("annual direct normal is 0.19 times global" in warning for warning in dull)
    dark = replace(air, ghi_w_m2=np.zeros(8760), dni_w_m2=np.zeros(8760), dhi_w_m2=np.zeros(8760))
    assert any("no global irradiance" in warning for warning in plausibility_warnings(dark))


def test_a_clear_sky_in_humid_air_is_noticed(greensboro):
    """Index 0.75 x 1.15 = 0.86 > 0.82 with a dew point 1 K below the dry bulb (94 % relative humidity)."""
    air = greensboro.conditions()
    humid = replace(
        air,
        dew_point_c=air.dry_bulb_c - 1,
        ghi_w_m2=air.ghi_w_m2 * 1.15,
        dni_w_m2=air.dni_w_m2 * 1.15,
        dhi_w_m2=air.dhi_w_m2 * 1.15,
    )
    (warning,) = plausibility_warnings(humid)
    assert "the sky is clearer (index 0.8" in warning
