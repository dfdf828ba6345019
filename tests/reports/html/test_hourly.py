"""The hours of the page are those of the plan."""

import numpy as np
import pytest
import xarray as xr

from gigasite.reports.html import hourly as html_hourly


@pytest.fixture(scope="module")
def hourly(plan):
    return html_hourly.hourly(plan)


def test_every_series_comes_back_within_a_part_in_130_000_of_its_range(plan, hourly):
    for place, phase in enumerate(plan.hourly["phase"].values.tolist()):
        read = html_hourly.unpack(hourly["packed"][place], hourly["count"])
        stored = dict(zip(hourly["names"], read, strict=True))
        for name, series in plan.hourly.data_vars.items():
            wanted = (series.sel(phase=phase) if "phase" in series.dims else series).to_numpy()
            assert np.abs(stored[name] - wanted).max() <= np.ptp(wanted) / 131_000


def test_missing_values_constants_and_extremes_survive():
    """A wrap-around of the differences must not show: neighbours at both ends of the range are 65,534 steps apart."""
    given = [np.array([np.nan, -1e9, 1e9, -1e9, np.nan]), np.full(5, 7.5), np.full(5, np.nan), np.zeros(5)]
    for one, again in zip(given, html_hourly.unpack(html_hourly.pack(given), 5), strict=True):
        assert again == pytest.approx(one, abs=2e4, nan_ok=True)
    assert html_hourly.unpack(html_hourly.pack(given), 5)[1].tolist() == [7.5] * 5


def test_every_series_is_in_one_view(plan, hourly):
    shown = [one["name"] for group in hourly["groups"] for one in group["series"]]
    assert sorted(shown) == sorted(map(str, plan.hourly.data_vars))


def test_flows_of_a_bus_are_stacked_in_the_order_and_colours_of_the_pdf(hourly):
    first = hourly["groups"][0]
    assert (first["key"], first["stacked"], first["unit"]) == ("bus:ac|MW", True, "MW")
    assert [one["label"] for one in first["series"]][:3] == ["Grid", "Grid export", "Gas engines"]
    assert first["series"][0]["colour"][0] == "#5d6d7e"


def test_series_of_unlike_units_are_not_in_one_view(hourly):
    views = {group["key"]: [one["name"] for one in group["series"]] for group in hourly["groups"]}
    assert views["stored|MWh"] == ["battery.stored"]
    assert views["weather|degC"] == ["weather.dry_bulb", "weather.wet_bulb"]
    assert views["modes|MW"] == ["dry_cooler.heat_free", "dry_cooler.heat_trim"]


def test_the_map_offers_what_the_plan_has(plan, plan_with, hourly):
    assert [measure["title"] for measure in hourly["measures"]] == [
        "PUE", "Outdoor dry bulb", "Electricity for cooling", "Share of the heat, mode free",
        "Share of the heat, mode trim", "Import from the grid", "Load of the facility",
    ]  # fmt: skip
    bare = html_hourly.hourly(plan_with(hourly=plan.hourly[["ac.pv", "ac.lighting"]]))
    assert [measure["title"] for measure in bare["measures"]] == ["Load of the facility"]


def test_hours_begin_where_the_first_step_begins(hourly):
    """Time stamps are centres of hours: 00:30 stands for 00:00 to 01:00."""
    assert np.datetime64(hourly["start"], "ms") == np.datetime64("2026-01-01T00:00")
    assert (hourly["step"], hourly["count"]) == (3_600_000, 8760)


def test_one_year_is_one_outcome_without_a_name(hourly):
    assert hourly["outcomes"] == [{"title": "", "first": 0, "count": 8760}]


def test_years_of_several_outcomes_are_told_apart(plan, plan_with):
    """Two years follow one another along ``time``, which then repeats."""
    twice = xr.concat(
        [plan.hourly, plan.hourly], dim="time", data_vars="minimal", coords="minimal", join="outer", compat="equals"
    )
    chance = np.repeat([0.75, 0.25], 8760)
    twice = twice.assign_coords(probability=("time", chance), delay=("time", np.repeat(["0 years", "2 years"], 8760)))
    assert html_hourly.outcomes(plan_with(hourly=twice)) == [
        {"title": "delay 0 years, probability 75 %", "first": 0, "count": 8760},
        {"title": "delay 2 years, probability 25 %", "first": 8760, "count": 8760},
    ]


def test_views_can_be_left_out_to_save_space(plan, hourly):
    small = html_hourly.hourly(plan, leave_out=("price", "stored"))
    assert {group["key"] for group in hourly["groups"]} - {group["key"] for group in small["groups"]} == {
        "price|USD/MWh", "stored|MWh",
    }  # fmt: skip
    assert "price.ac" not in small["names"]
    assert small["measures"] == hourly["measures"]
