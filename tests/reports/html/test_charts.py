"""What the charts draw, against the tables of the plan."""

import numpy as np
import pytest

from gigasite.reports.figures import chart_data
from gigasite.reports.html import charts as html_charts


@pytest.fixture(scope="module")
def drawn(plan):
    return html_charts.charts(plan)


def test_every_chart_of_a_whole_plan(drawn):
    assert set(drawn) == {"sizes", "costs", "cash", "load", "pue", "energy", "place"}


def test_bars_are_the_tables_in_the_shown_unit(plan, drawn):
    sizes, costs = drawn["sizes"], drawn["costs"]
    table = chart_data.supply_sizes(plan)
    assert [part["values"] for part in sizes["parts"]] == [pytest.approx(row) for row in table.to_numpy().tolist()]
    assert sizes["unit"] == "MW"
    assert costs["unit"] == "M USD/yr"
    assert sum(part["values"][0] for part in costs["parts"]) == pytest.approx(1571.2)
    assert [part["label"] for part, compute in zip(costs["parts"], costs["compute"], strict=True) if compute] == [
        "Accelerators"
    ]


def test_sorted_load_begins_with_the_highest_hour(plan, drawn):
    facility = drawn["load"]["lines"][0]
    uses = ["ac.power_chain", "ac.dry_cooler", "ac.air_chiller", "ac.lighting"]
    load = -sum(plan.hourly[name].sel(phase="2026-01-01") for name in uses)
    assert facility["y"][0] == pytest.approx(float(load.max()), rel=1e-5)
    assert facility["y"][-1] == pytest.approx(float(load.min()), rel=1e-5)
    assert html_charts.read_line(facility)[0] == facility["y"][0]


def test_sorted_lines_weigh_outcomes_by_their_probability(plan, plan_with):
    """Half the steps are an outcome of 90 % with a PUE of 1.1, the others have 1.5: that is the highest 10 %."""
    likely = np.repeat([0.9, 0.1], 4380)
    hourly = plan.hourly.assign_coords(probability=("time", likely)).copy(deep=True)
    hourly["pue"].values[:] = np.where(likely > 0.5, 1.1, 1.5)
    line = html_charts.pue_duration(plan_with(hourly=hourly))["lines"][0]
    assert np.interp([5, 9, 11, 50], line["x"], line["y"]).tolist() == [1.5, 1.5, 1.1, 1.1]


def test_flows_of_the_year_are_the_links(plan, drawn):
    energy = drawn["energy"]
    labels = [node["label"] for node in energy["nodes"]]
    links = energy["phases"][0]
    rows = {
        (labels[a], labels[b]): value
        for a, b, value in zip(links["source"], links["target"], links["value"], strict=True)
    }
    assert rows["Electricity", "Power chain"] == pytest.approx(1563.711, rel=1e-5)
    assert energy["unit"] == "GWh/yr"
    assert rows["Liquid loop", "Dry cooler"] == rows["Accelerators", "Liquid loop"]


def test_the_site_is_where_the_inputs_say(drawn, plan, plan_with):
    assert (drawn["place"]["latitude"], drawn["place"]["longitude"]) == (24.43, 54.65)
    assert html_charts.place(plan_with(assumptions=plan.assumptions[:1])) is None


def test_a_bare_plan_has_no_empty_charts(plan, plan_with):
    bare = plan_with(
        hourly=plan.hourly[["pue"]].isel(time=slice(24)) * float("nan"), capacities=plan.capacities[:0],
        costs=plan.costs[:0], energy=plan.energy[:0], tables={}, assumptions=plan.assumptions[:0],
    )  # fmt: skip
    assert html_charts.charts(bare) == {}
