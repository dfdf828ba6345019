from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gigasite.climate.checks import calendar_problems, year_labels
from gigasite.climate.hours import tidy, typical_labels, whole_years
from gigasite.models.conditions import Place
from gigasite.models.errors import WeatherError

GULF = Place(24.4, 54.65, 27.0, 4.0)


def frame(index: pd.DatetimeIndex) -> pd.DataFrame:
    return pd.DataFrame({"value": np.arange(len(index), dtype=float)}, index=index)


@pytest.mark.parametrize(("label", "minute"), [("start", 0), ("centre", 30), ("end", 60)])
def test_every_label_convention_ends_at_the_same_centres(label, minute):
    """The first hour of the year is named 00:00, 00:30 or 01:00; its centre is 00:30."""
    index = year_labels([2001]) + pd.Timedelta(minutes=minute - 30)
    rows, notes = whole_years(frame(index), GULF, label)
    assert calendar_problems(rows.index) == []
    assert rows["value"].iloc[0] == 0.0
    assert notes == ()


def test_29_february_is_dropped_and_said():
    """2004 has 8,784 hours; 28 February ends with hour 59 x 24 - 1 = 1415, 1 March begins with 1440."""
    index = pd.date_range("2004-01-01 00:30", periods=8784, freq="h")
    rows, notes = whole_years(frame(index), GULF, "centre")
    assert len(rows) == 8760
    assert list(rows["value"].iloc[1415:1417]) == [1415.0, 1440.0]
    assert notes == ("29 February was dropped from 2004",)


def test_half_hours_are_averaged_and_said():
    """Values 0 and 1 make 0.5; 17,520 half hours make 8,760 hours."""
    index = pd.date_range("2001-01-01", periods=17_520, freq="30min")
    rows, notes = whole_years(frame(index), GULF, "start")
    assert len(rows) == 8760
    assert list(rows["value"].iloc[:2]) == [0.5, 2.5]
    assert notes == ("steps of 30 minutes were averaged to hours",)


def test_an_hour_that_lacks_a_half_stays_missing():
    """The mean of the half that is there would pass for the hour."""
    index = pd.date_range("2001-01-01", periods=17_520, freq="30min").delete(100)
    rows, _ = whole_years(frame(index), GULF, "start")
    assert "1 are missing, the first is 2001-01-03 02:30" in calendar_problems(rows.index)[0]


def test_a_utc_year_is_turned_to_the_local_clock():
    """At UTC+4 the UTC year begins at 04:00; its last four hours become the first ones."""
    index = pd.date_range("2001-01-01", periods=8760, freq="h", tz="UTC")
    rows, notes = whole_years(frame(index), GULF, "start")
    assert calendar_problems(rows.index) == []
    assert list(rows["value"].iloc[[0, 3, 4]]) == [8756.0, 8759.0, 0.0]
    assert "4 hours were moved from the end to the beginning" in notes[0]


def test_a_utc_year_is_turned_westwards_too():
    """At UTC-6 it begins on 31 December at 18:00; the first six hours become the last ones."""
    index = pd.date_range("2001-01-01", periods=8760, freq="h", tz="UTC")
    rows, notes = whole_years(frame(index), Place(35.1, -90.0, 81.0, -6.0), "start")
    assert calendar_problems(rows.index) == []
    assert list(rows["value"].iloc[[0, -1]]) == [6.0, 5.0]
    assert "6 hours were moved from the beginning to the end" in notes[0]


def test_a_year_with_a_gap_is_not_turned():
    """Turning would hide the gap at another hour."""
    index = pd.date_range("2001-01-01", periods=8760, freq="h", tz="UTC").delete(4000)
    rows, _ = whole_years(frame(index), GULF, "start")
    assert calendar_problems(rows.index)


@pytest.mark.parametrize(
    ("index", "words"),
    [
        (pd.DatetimeIndex(["2001-01-01", "2001-01-01 01:00", "2001-01-01 01:00"]), "1 rows repeat a time"),
        (pd.DatetimeIndex(["2001-01-02", "2001-01-01", "2001-01-03"]), "2001-01-01 00:00:00 comes after a later one"),
        (pd.date_range("2001-01-01", periods=9, freq="3h"), "a whole fraction of it, got 0 days 03:00:00"),
        (pd.date_range("2001-01-01", periods=9, freq="25min"), "a whole fraction of it"),
        (pd.DatetimeIndex(["2001-01-01"]), "got 1 rows"),
    ],
)
def test_rows_that_are_no_hours_are_refused(index, words):
    with pytest.raises(WeatherError, match=words):
        whole_years(frame(index), GULF, "start")


def test_months_of_several_years_get_the_labels_of_one():
    month, day, hour = (pd.Series(values) for values in ([1, 2], [31, 28], [23, 0]))
    assert list(typical_labels(month, day, hour)) == [pd.Timestamp("2001-01-31 23:00"), pd.Timestamp("2001-02-28")]
    leap = typical_labels(*(pd.Series([value]) for value in (2, 29, 5)))
    assert leap[0] == pd.Timestamp("2004-02-29 05:00")


def test_traces_of_rounding_are_removed_and_said(plain_frame):
    """0.4 K above the dry bulb is rounding, 0.6 K is not; -3 W/m2 at night is an instrument, -30 is not."""
    for row, (dew, ghi) in enumerate([(20.4, -3.0), (20.6, -30.0)]):
        plain_frame.iloc[row, 1] = dew
        plain_frame.iloc[row, 4] = ghi
    clean, notes = tidy(plain_frame)
    assert list(clean["dew_point_c"].iloc[:2]) == [20.0, 20.6]
    assert list(clean["ghi_w_m2"].iloc[:2]) == [0.0, -30.0]
    assert "up to 0.4 K above the dry bulb in 1 hours" in notes[0]
    assert "ghi_w_m2 was below zero, at least -3, in 1 hours" in notes[1]
