"""Windows of outages: what may be written, what is drawn, and which steps they are."""

import math
from datetime import date

import pytest
from pydantic import ValidationError

from gigasite.models.outages import Sample, Window, hour_of_year, named, overlaps, runs
from gigasite.models.timeline import Outcome, Phase, Timeline, design_day, full_year


def weather(years):
    """Return years of weather that are equally likely."""
    return tuple(full_year(Outcome(1 / years, str(2001 + n))) for n in range(years))


def test_an_hour_of_the_year_is_found_by_its_date():
    """14 July: 181 days of January to June + 13 days = 194 x 24 + 15 = 4,671."""
    assert hour_of_year("07-14 15") == 4671
    assert (hour_of_year("01-01 00"), hour_of_year("12-31 23")) == (0, 8759)


@pytest.mark.parametrize("hour", [0, 743, 744, 4671, 8759])
def test_naming_an_hour_and_finding_it_are_inverse(hour):
    assert hour_of_year(named(hour)) == hour


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"start": "02-29 00", "hours": 4}, "an hour of a year of 365 days, got '02-29 00'"),
        ({"start": "07-14 24", "hours": 4}, "hours from 00 to 23"),
        ({"start": "13-01 00", "hours": 4}, "Months run from 01 to 12"),
        ({"start": "2027-07-14", "hours": 4}, "a month, a day and an hour"),
        ({"start": "12-31 22", "hours": 4}, "end within the year, got 4 h from 12-31 22"),
        ({"start": "01-01 00", "hours": 9000}, "less than or equal to 8760"),
        ({"start": "01-01 00", "hours": 0}, "greater than 0"),
        ({"start": "01-01 00", "hours": "4 MW"}, "expected a quantity in hour"),
    ],
)
def test_a_window_that_cannot_be_is_refused(data, said):
    with pytest.raises(ValidationError, match=said):
        Window(**data)


def test_a_part_of_an_hour_counts_whole():
    assert Window(start="01-01 10", hours="90 min").last == 12


def test_overlapping_windows_are_named():
    windows = (Window(start="01-01 10", hours=4), Window(start="01-01 13", hours=1))
    assert list(overlaps(windows)) == [
        "windows must not overlap, got outage of 4 h from 01-01 10:00 and outage of 1 h from 01-01 13:00. Join them"
    ]
    assert not list(overlaps((windows[0], Window(start="01-01 14", hours=1))))


def test_a_seed_gives_the_same_windows():
    one = Sample(seed=7, number=24, mean=4)
    assert one.windows() == Sample(seed=7, number=24, mean=4).windows()
    assert one.windows() != Sample(seed=8, number=24, mean=4).windows()
    assert len(one.windows()) == 24
    assert not list(overlaps(one.windows()))


def test_durations_are_exponential_rounded_up():
    """Mean 4 h: P(one hour) = 1 - exp(-1/4) = 0.221 and the mean of whole hours is 1 / 0.221 = 4.52; 100 x 5 draws."""
    hours = [w.hours for seed in range(5) for w in Sample(seed=seed, number=50, mean=4, longest=48).windows()]
    chance = 1 - math.exp(-1 / 4)
    assert sum(hours) / len(hours) == pytest.approx(1 / chance, rel=0.15)
    assert sum(h == 1 for h in hours) / len(hours) == pytest.approx(chance, abs=0.07)


def test_no_draw_is_longer_than_the_longest():
    assert max(w.hours for w in Sample(seed=1, number=40, mean=20, longest=6).windows()) == 6


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"seed": 1, "number": 0, "mean": 4}, "greater than or equal to 1"),
        ({"seed": 1, "number": 400, "mean": 4, "longest": 24}, "fit into half of the year"),
        ({"seed": 1, "number": 2, "mean": 0}, "greater than 0"),
        ({"seed": -1, "number": 2, "mean": 4}, "greater than or equal to 0"),
    ],
)
def test_a_sample_that_cannot_be_is_refused(data, said):
    with pytest.raises(ValidationError, match=said):
        Sample(**data)


def two_phases(years=1):
    phases = (Phase(date(2027, 1, 1), date(2028, 1, 1), 1.0), Phase(date(2028, 1, 1), date(2029, 1, 1), 1.0))
    return Timeline(
        date(2026, 1, 1),
        phases,
        (*weather(years), design_day("hottest day")),
    )


def test_a_window_happens_in_every_phase_and_year_of_weather():
    """Two phases of two years each: steps 0 to 17,519 and 17,520 to 35,039."""
    found = runs(two_phases(2), [Window(start="01-01 02", hours=2)])
    assert [run.steps for run in found] == [(2, 3), (8762, 8763), (17522, 17523), (26282, 26283)]
    assert [run.phase for run in found] == ["2027-01-01"] * 2 + ["2028-01-01"] * 2


def test_steps_of_half_an_hour_count_twice(timeline_of):
    found = runs(timeline_of(6), [Window(start="01-01 01", hours=1)])
    assert [run.steps for run in found] == [(2, 3)]


def test_a_window_beyond_the_timeline_is_refused(timeline_of):
    with pytest.raises(ValueError, match=r"outage of 1 h from 07-14 15:00 must lie within the 1.5 hours"):
        runs(timeline_of(3), [Window(start="07-14 15", hours=1)])
