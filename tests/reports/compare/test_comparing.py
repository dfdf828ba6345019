"""Plans side by side as numbers."""

import pandas as pd
import pytest

from gigasite.reports.compare import comparing as compare


def scaled(plan, plan_with, name: str, factor: float, **changes):
    """Return the plan with one headline figure multiplied."""
    kpis = plan.kpis.copy()
    kpis.loc[kpis["name"] == name, "value"] *= factor
    return plan_with(kpis=kpis, **changes)


def of_sweep(plan, plan_with, cost: float, kind: str, changes: dict, scenario: str):
    """Return the plan as a run of a sweep, with another cost of an H100-hour."""
    kpis = plan.kpis.copy()
    kpis.loc[kpis["name"] == "cost_per_gpu_hour", "value"] = cost
    return plan_with(kpis=kpis, scenario=scenario, run={**plan.run, "sweep": {"kind": kind, "changes": changes}})


def test_runs_are_called_by_what_tells_them_apart(plan, plan_with):
    assert compare.labels([plan, plan_with(scenario="dry")]) == ["base", "dry"]
    assert compare.labels([plan, plan_with(site="Riyadh")]) == ["Abu Dhabi, base", "Riyadh, base"]
    assert compare.labels([plan, plan]) == ["base (1)", "base (2)"]


def test_the_table_holds_every_figure_and_its_difference(plan, plan_with):
    """Annual cost of 2028 is 7,865 M USD; a tenth more is 786.5 M USD more."""
    table = compare.table([plan, scaled(plan, plan_with, "annual_cost", 1.1, scenario="dear")])
    assert tuple(table.columns) == compare.COLUMNS
    assert len(table) == 2 * (len(plan.kpis) + len(plan.capacities) + len(plan.costs))
    row = table[(table["run"] == "dear") & (table["name"] == "annual_cost") & (table["phase"] == "2028-07-01")].iloc[0]
    assert row["difference"] == pytest.approx(786.5e6)
    assert (table.loc[table["run"] == "base", "difference"] == 0).all()


def test_last_phases_are_compared_where_their_dates_differ(plan, plan_with):
    """A site whose last phase begins a year later is still compared with the last phase of the first."""
    later = {"2028-07-01": "2029-07-01"}
    kpis = plan.kpis.replace({"phase": later})
    capacities, costs = plan.capacities.replace({"phase": later}), plan.costs.replace({"phase": later})
    other = plan_with(scenario="later", kpis=kpis, capacities=capacities, costs=costs)
    table = compare.table([plan, other])
    rows = table[(table["run"] == "later") & (table["phase"] == "2029-07-01")]
    assert (rows["difference"] == 0).all()


def test_what_only_one_run_has_has_no_difference(plan, plan_with):
    kpis = plan.kpis.copy()
    kpis.loc[len(kpis)] = ["2028-07-01", "trim_hours", 5.0, "h/yr"]
    table = compare.table([plan, plan_with(kpis=kpis, scenario="other")])
    assert pd.isna(table.loc[table["name"] == "trim_hours", "difference"]).all()


def test_the_frontier_holds_what_no_other_beats():
    """(2, 2) is beaten by (1, 2); (3, 1) is dearer but cleaner; (4, 1) is only dearer."""
    assert compare.frontier([(2.0, 2.0), (3.0, 1.0), (1.0, 2.0), (4.0, 1.0)]) == [2, 1]


def test_cost_and_carbon_are_of_an_hour_where_there_is_work(plan, plan_with):
    """2,061,728 t over 10.5e9 H100-hours are 196.4 g; without work a year counts."""
    assert compare.carbon(plan) == pytest.approx(196.36, abs=0.01)
    assert compare.cost(plan) == 0.7491
    idle = plan_with(kpis=plan.kpis[~plan.kpis["name"].isin(["compute_delivered", "cost_per_gpu_hour"])])
    assert compare.carbon(idle) == pytest.approx(2_061_728)
    assert compare.cost(idle) == pytest.approx(7.865e9)


def test_a_sensitivity_moves_the_cost_the_widest_first(plan, plan_with):
    """The price of energy moves 1.0 by 0.2, the one of plant by 0.05; another site does not count."""
    price, plant = "grid.utility.energy_price", "power.solar.capex"
    runs = [
        of_sweep(plan, plan_with, 1.0, "unchanged", {}, "base"),
        of_sweep(plan, plan_with, 0.97, "sensitivity", {plant: "600 USD/kW"}, "capex_low"),
        of_sweep(plan, plan_with, 1.05, "sensitivity", {plant: "800 USD/kW"}, "capex_high"),
        of_sweep(plan, plan_with, 1.2, "sensitivity", {price: "90 USD/MWh"}, "energy_price_high"),
        of_sweep(plan, plan_with, 0.9, "sensitivity", {price: "60 USD/MWh"}, "energy_price_low"),
    ]
    found = compare.swings(runs)
    assert [swing.path for swing in found] == [price, plant]
    assert found[0].low == ("60 USD/MWh", 0.9)
    assert found[0].high == ("90 USD/MWh", 1.2)
    assert compare.middle(runs) is runs[0]
    assert compare.input_in_words(price) == "Utility, Energy price"


def test_plans_of_no_sweep_have_no_swings(plan):
    assert compare.swings([plan, plan]) == []
