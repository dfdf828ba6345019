"""Weeks worth seeing and the load of the facility."""

import numpy as np
import pandas as pd
import pytest

from gigasite.reports import hours


def test_hottest_week_follows_the_weather_not_the_calendar(plan, plan_with):
    """North: July and January. The same weather shifted by half a year, as in the south: January and July."""
    hot, cool = hours.weeks(plan, "2026-01-01")
    assert (hot.first.month, cool.first.month) == (7, 1)
    south = plan.hourly.assign({"weather.dry_bulb": plan.hourly["weather.dry_bulb"].roll(time=4368)})
    hot, cool = hours.weeks(plan_with(hourly=south), "2026-01-01")
    assert (hot.first.month, cool.first.month) == (1, 7)


def test_weeks_are_seven_whole_days(plan):
    for week in hours.weeks(plan, "2026-01-01"):
        assert week.hours.stop - week.hours.start == 168
        assert week.first.hour == 0
        assert week.last - week.first == pd.Timedelta(hours=167)


def test_without_weather_the_titles_speak_of_load(plan, plan_with):
    bare = plan_with(hourly=plan.hourly.drop_vars(["weather.dry_bulb", "weather.wet_bulb"]))
    assert [week.title for week in hours.weeks(bare, "2026-01-01")] == ["Week of highest load", "Week of lowest load"]


def test_facility_load_leaves_out_charging_and_export(plan):
    """Load = power chain + cooling + lighting; with charging it would be 30 MW higher around noon."""
    uses = ["ac.power_chain", "ac.dry_cooler", "ac.air_chiller", "ac.lighting"]
    by_hand = -sum(plan.hourly[name].sel(phase="2026-01-01") for name in uses)
    assert hours.facility_load_mw(plan, "2026-01-01") == pytest.approx(np.asarray(by_hand))


def test_flows_of_a_bus_sum_to_zero(plan):
    assert np.abs(hours.on_bus(plan, "ac", "2028-07-01").sum(axis=1)).max() < 1e-9
    assert hours.on_bus(plan, "hydrogen", "2028-07-01").empty
