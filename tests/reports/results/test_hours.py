"""Weeks worth seeing and the load of the facility."""

import numpy as np
import pandas as pd
import pytest

from gigasite.reports.results import hours


def test_worst_week_has_the_highest_load_that_sun_and_wind_leave(plan):
    """By hand: mean of load less sun and wind over seven days from each day on; the highest one starts the week."""
    _, worst = hours.weeks(plan, "2028-07-01")
    free = plan.hourly["ac.pv"].sel(phase="2028-07-01") + plan.hourly["ac.wind"].sel(phase="2028-07-01")
    left = hours.facility_load_mw(plan, "2028-07-01") - np.asarray(free)
    means = [left[24 * day : 24 * day + 168].mean() for day in range(359)]
    assert worst.hours.start == 24 * int(np.argmax(means))


def test_typical_week_is_near_the_mean_in_load_and_warmth(plan):
    """The year's mean is 28 degC; of the handmade cosine April and October are near it, January and July 9 K off."""
    typical, _ = hours.weeks(plan, "2026-01-01")
    warmth = plan.hourly["weather.dry_bulb"].values
    assert abs(warmth[typical.hours].mean() - warmth.mean()) < 2.0
    assert typical.first.month in {4, 10}


def test_weeks_are_seven_whole_days(plan):
    for week in hours.weeks(plan, "2026-01-01"):
        assert week.hours.stop - week.hours.start == 168
        assert week.first.hour == 0
        assert week.last - week.first == pd.Timedelta(hours=167)


def test_without_weather_the_load_alone_says_what_is_typical(plan, plan_with):
    bare = plan_with(hourly=plan.hourly.drop_vars(["weather.dry_bulb", "weather.wet_bulb"]))
    typical, worst = hours.weeks(bare, "2026-01-01")
    assert (typical.title, worst.title) == hours.WEEK_TITLES
    left = hours.residual_load_mw(bare, "2026-01-01")
    assert left[typical.hours].mean() == pytest.approx(left.mean(), rel=0.01)


def test_facility_load_leaves_out_charging_and_export(plan):
    """Load = power chain + cooling + lighting; with charging it would be 30 MW higher around noon."""
    uses = ["ac.power_chain", "ac.dry_cooler", "ac.air_chiller", "ac.lighting"]
    by_hand = -sum(plan.hourly[name].sel(phase="2026-01-01") for name in uses)
    assert hours.facility_load_mw(plan, "2026-01-01") == pytest.approx(np.asarray(by_hand))


def test_flows_of_a_bus_sum_to_zero(plan):
    assert np.abs(hours.on_bus(plan, "ac", "2028-07-01").sum(axis=1)).max() < 1e-9
    assert hours.on_bus(plan, "hydrogen", "2028-07-01").empty


def test_import_is_what_comes_in_by_wire(plan):
    assert hours.grid_import_mw(plan, "2026-01-01") == pytest.approx(plan.hourly["ac.grid"].sel(phase="2026-01-01"))


def test_a_site_without_grid_or_cooling_has_neither(plan, plan_with):
    bare = plan_with(hourly=plan.hourly[["ac.pv", "ac.lighting"]])
    assert hours.grid_import_mw(bare, "2026-01-01") is None
    assert hours.cooling_power_mw(bare, "2026-01-01") is None
    assert hours.mode_shares(bare, "2026-01-01") == {}


def test_power_of_cooling_is_that_of_coolers_and_chillers(plan):
    by_hand = -sum(plan.hourly[f"ac.{name}"].sel(phase="2026-01-01") for name in ("dry_cooler", "air_chiller"))
    assert hours.cooling_power_mw(plan, "2026-01-01") == pytest.approx(np.asarray(by_hand))


def test_modes_share_the_heat(plan):
    """From 30 degC on the dry coolers take a quarter of the heat and the trim chillers three."""
    shares = hours.mode_shares(plan, "2026-01-01")
    warm = plan.hourly["weather.dry_bulb"].to_numpy() >= 30
    assert shares["trim"][warm] == pytest.approx(0.75)
    assert shares["trim"][~warm] == pytest.approx(0.0)
    assert shares["free"] + shares["trim"] == pytest.approx(1.0)


def test_duration_falls_from_the_highest_to_the_lowest_value():
    """Ten values and one hour without: each stands for a tenth, the first in the middle of the first tenth."""
    share, falling = hours.duration(np.array([3.0, np.nan, *np.arange(9.0)]), np.ones(11))
    assert falling.tolist() == [8, 7, 6, 5, 4, 3, 3, 2, 1, 0]
    assert share[0] == 5.0
    share, falling = hours.duration(np.arange(8760.0), np.ones(8760), points=100)
    assert (falling[0], falling[-1]) == (8759, 0)
    assert 100 <= share.size <= 110


def test_durations_weigh_each_hour_by_what_it_stands_for():
    """Of 4 h the value 10 stands for 3: its middle is at 1.5 of 4, and that of the value 2 at 3.5 of 4."""
    share, falling = hours.duration(np.array([2.0, 10.0]), np.array([1.0, 3.0]))
    assert falling.tolist() == [10.0, 2.0]
    assert share.tolist() == [37.5, 87.5]
