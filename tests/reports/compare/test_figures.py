"""Figures of a comparison."""

import pytest

from gigasite.reports.compare import figures as compare_figures
from gigasite.reports.figures import style

from .test_comparing import of_sweep, scaled


def test_bars_are_as_long_as_the_costs(plan, plan_with):
    """Twice the costs, twice the bar: 7,856 and 15,712 M USD."""
    double = plan_with(scenario="double", costs=plan.costs.assign(usd_per_year=2 * plan.costs["usd_per_year"]))
    figure = compare_figures.costs([plan, double])
    rows: dict[float, float] = {}
    for bar in figure.axes[0].patches:
        rows[bar.get_y()] = rows.get(bar.get_y(), 0.0) + bar.get_width()
    assert sorted(rows.values()) == pytest.approx([7.856, 15.712], rel=1e-3) or sorted(rows.values()) == pytest.approx(
        [7856, 15712], rel=1e-3
    )


def test_every_run_is_a_numbered_point(plan, plan_with):
    figure = compare_figures.cost_and_carbon([plan, scaled(plan, plan_with, "co2", 0.5, scenario="clean")])
    assert [text.get_text() for text in figure.axes[0].texts] == ["1", "2"]
    assert b"H100-hour" in style.svg(figure)


def test_one_known_point_is_no_frontier(plan, plan_with):
    unknown = plan_with(scenario="x", kpis=plan.kpis[plan.kpis["name"] != "co2"])
    assert compare_figures.cost_and_carbon([plan, unknown]) is None


def test_the_tornado_reaches_from_the_reference_to_each_end(plan, plan_with):
    """Reference 1.0; 0.9 and 1.2 at the ends: bars of -0.1 and +0.2 from 1.0."""
    path = "grid.utility.energy_price"
    runs = [
        of_sweep(plan, plan_with, 1.0, "unchanged", {}, "base"),
        of_sweep(plan, plan_with, 0.9, "sensitivity", {path: "60 USD/MWh"}, "energy_price_low"),
        of_sweep(plan, plan_with, 1.2, "sensitivity", {path: "90 USD/MWh"}, "energy_price_high"),
    ]
    bars = compare_figures.tornado(runs).axes[0].patches
    assert [bar.get_width() for bar in bars] == pytest.approx([-0.1, 0.2])
    assert {bar.get_x() for bar in bars} == {1.0}
    assert compare_figures.tornado([plan, plan]) is None


def test_trifles_look_like_trifles(plan, plan_with):
    """Costs of 1.000 and 1.001 stand close together on an axis from 0.98 to 1.02."""
    assert compare_figures._around([1.0, 1.001]) == pytest.approx((0.98049, 1.02051))
    assert compare_figures._around([1.0, 3.0]) == pytest.approx((0.85, 3.15))


def test_the_frontier_is_of_decisions(plan, plan_with):
    """A plan, and the two ends of a sensitivity: one point is left, and no frontier; a cap is a decision."""
    swept = [
        plan_with(scenario=name, run={**plan.run, "sweep": {"kind": kind, "changes": {}}})
        for name, kind in (("price_low", "sensitivity"), ("price_high", "sensitivity"), ("cap", "epsilon"))
    ]
    assert compare_figures.cost_and_carbon([plan, *swept[:2]]) is None
    assert compare_figures.cost_and_carbon([plan, *swept]) is not None
