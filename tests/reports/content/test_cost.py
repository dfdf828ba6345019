"""The waterfall of costs."""

import pytest

from gigasite.reports.content import cost as cost_content
from gigasite.reports.figures import cost as cost_figures
from gigasite.reports.figures import style


def test_steps_add_up_and_small_ones_are_one(plan):
    """2028 in M USD: compute 6,800, shell 450, grid 420, solar 55, cooling 47, gas 41.5; wind and battery 42.5.

    The limit is 0.4 % of 7,856 = 31.4, which wind (20) and the battery (22.5) miss.
    """
    found = {step.family: step.usd_per_year / 1e6 for step in cost_content.steps(plan, "2028-07-01")}
    by_hand = {
        "compute": 6800, "site": 450, "grid": 420, "solar": 55, "cooling": 47, "gas": 41.5, "other": 42.5,
    }  # fmt: skip
    assert found == pytest.approx(by_hand)
    assert list(found) == list(by_hand)


def test_rows_say_the_cost_of_an_hour(plan):
    """6,800 M USD over 10,500 M H100-hours = 0.648 USD; the total 7,856 / 10,500 = 0.748."""
    rows = cost_content.step_rows(plan, "2028-07-01")
    assert rows[0] == ["Accelerators and network", "6,800.0", "0.648", "86.6"]
    assert rows[-1] == ["Total", "7,856.0", "0.748", "100.0"]
    assert len(cost_content.step_heads(plan)) == 4


def test_without_work_there_is_no_cost_of_an_hour(plan, plan_with):
    idle = plan_with(kpis=plan.kpis[plan.kpis["name"] != "compute_delivered"])
    assert cost_content.step_rows(idle, "2028-07-01")[-1] == ["Total", "7,856.0", "100.0"]
    assert len(cost_content.step_heads(idle)) == 3


def test_the_waterfall_ends_at_the_total(plan):
    """The last bar begins at zero and is as long as all steps together: 7,856 M USD."""
    figure = cost_figures.waterfall(plan)
    bars = figure.axes[0].patches
    assert bars[-1].get_width() == pytest.approx(7856)
    assert bars[-1].get_width() == pytest.approx(sum(bar.get_width() for bar in bars[:-1]))
    assert b"USD per H100-hour" in style.svg(figure)


def test_a_plan_that_costs_nothing_has_no_waterfall(plan_with, plan):
    assert cost_figures.waterfall(plan_with(costs=plan.costs[:0])) is None
