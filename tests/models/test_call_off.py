"""Hours that a utility may call off: hottest, in windows, on dates."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gigasite.models.call_off import CallOff
from gigasite.models.hourly import HourlyValues

SUMMER_AFTERNOONS = np.zeros(8760)
for _day in range(181, 243):  # July and August
    SUMMER_AFTERNOONS[24 * _day + 14 : 24 * _day + 20] = 1.0


def year_of(weather_of, dry_bulb_c):
    made = weather_of(8760, dry_bulb_c=dry_bulb_c)
    times = pd.date_range("2001-01-01 00:30", periods=8760, freq="h", tz=made.times.tz)
    return replace(made, times=times)


def within(values):
    return HourlyValues(np.asarray(values, dtype=float), "")


def test_every_hour_of_the_windows_is_called_off_where_no_hours_are_stated(weather_of):
    """62 days x 6 h = 372 h; as the hottest hours of the year they would lie in December, when this year is hottest."""
    off = CallOff(share=0.4, within=within(SUMMER_AFTERNOONS))
    left = off.remaining(year_of(weather_of, np.linspace(0.0, 40.0, 8760)))
    assert np.array_equal(left < 1, SUMMER_AFTERNOONS > 0)
    assert left.min() == pytest.approx(0.6)


def test_the_hottest_hours_of_the_windows_are_called_off(weather_of):
    """Heat rises through the year: of 372 h the last 6 are those of 31 August from 14 to 20."""
    off = CallOff(share=1.0, hours="6 h", within=within(SUMMER_AFTERNOONS))
    left = off.remaining(year_of(weather_of, np.linspace(0.0, 40.0, 8760)))
    assert np.flatnonzero(left < 1).tolist() == list(range(24 * 242 + 14, 24 * 242 + 20))


def test_half_hours_fall_into_the_hours_of_the_windows(weather_of):
    """17,520 half hours: twice the 372 steps; by position in the list it would be January to June."""
    made = weather_of(17_520, dry_bulb_c=20.0)
    times = pd.date_range("2001-01-01 00:15", periods=17_520, freq="30min", tz=made.times.tz)
    left = CallOff(share=0.4, within=within(SUMMER_AFTERNOONS)).remaining(replace(made, times=times))
    assert np.array_equal(left < 1, np.repeat(SUMMER_AFTERNOONS, 2) > 0)


def test_a_design_day_loses_the_hottest_hours_of_the_windows_of_its_month(weather_of):
    """21 July is hottest from 12 on; the windows open at 14, so that 4 h go from 14 to 18. In June there is none."""
    heat = np.concatenate([np.full(12, 30.0), np.linspace(45.0, 35.0, 12)])
    off = CallOff(share=0.5, hours="50 h", within=within(SUMMER_AFTERNOONS))
    found = {}
    for month in (6, 7):
        made = weather_of(24, dry_bulb_c=heat)
        times = pd.date_range(f"2001-{month:02d}-21 00:30", periods=24, freq="h", tz=made.times.tz)
        found[month] = np.flatnonzero(off.remaining_on_design_day(replace(made, times=times)) < 1).tolist()
    assert found == {6: [], 7: [14, 15, 16, 17]}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"share": 0.3}, "states neither hours nor within. Write hours: 50 h"),
        (
            {"share": 0.3, "within": within(np.zeros(8760))},
            "at least one hour of the year, got none. Widen the windows",
        ),
        ({"share": 0.3, "within": within(np.full(8760, 0.5))}, "got 0.5 in hour 0. Give windows"),
        (
            {"share": 0.3, "hours": "400 h", "within": within(SUMMER_AFTERNOONS)},
            "which hold 372 h a year, got 400 h. Widen the windows, or lower the hours",
        ),
        ({"share": 1.3, "hours": "50 h"}, "must lie between 0 and 1"),
        ({"share": 0.3, "hours": "9000 h"}, "less than or equal to 8760"),
    ],
)
def test_a_call_off_that_cannot_be_is_refused(data, says):
    with pytest.raises(ValueError, match=says):
        CallOff(**data)
