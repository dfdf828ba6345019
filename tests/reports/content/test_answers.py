"""The questions of a decision maker."""

import pytest

from gigasite.reports.content import answers
from gigasite.reports.language import spoken


def told(plan) -> dict[str, list[str]]:
    return {entry["question"]: entry["answer"] for entry in answers.answers(plan)}


def with_kpis(plan, plan_with, **values):
    """Return the plan with headline figures added to its last phase."""
    kpis = plan.kpis.copy()
    for name, (value, unit) in values.items():
        kpis.loc[len(kpis)] = ["2028-07-01", name, value, unit]
    return plan_with(kpis=kpis)


def test_sizes_dates_and_costs_are_told(plan):
    """Investment of 2028: 5 x (5.4 + 1.2 + 0.31 + 0.05) bn USD = 34,800 M USD."""
    found = told(plan)
    assert found["How much, and when"][1] == "From Jul 2028: 600,000 accelerators, 1,000\xa0MW of IT, a peak of" + (
        " 1,182\xa0MW at the grid connection."
    )
    assert "34,800 in Jul 2028" in found["What it costs"][0]
    assert "grid 900\xa0MW" in found["What is built"][0]
    assert "dry cooler 850\xa0MW" in found["What is built"][1]


def test_what_could_go_wrong_is_told_in_numbers(plan, plan_with):
    """900 MW at 500 USD/kW a year are 450 M USD, 5.7 % of the annual cost of 7,865 M USD: it limits the plan."""
    risky = with_kpis(
        plan,
        plan_with,
        delay_cost=(5e8, "USD/month"),
        survival_24h=(0.976, "1"),
        reserve_margin=(-0.031, "1"),
        value_of_grid_capacity=(500.0, "USD/kW/yr"),
    )
    lines = told(risky)["What could go wrong"]
    assert lines == [
        "One order is late before the project starts.",
        "If power for Jul 2028 comes late, it costs 500\xa0M USD/month.",
        "An outage of 24 h is served with a probability of 97.6\xa0%.",
        "Firm capacity is 3.10\xa0% short of the peak on the design days.",
        "The grid connection limits the plan: one more MW would save 0.500\xa0M USD/yr.",
    ]


@pytest.mark.parametrize(("margin", "worth"), [(0.0, 0.0), (0.2, 80.0)])
def test_what_is_no_risk_is_not_told(plan, plan_with, margin, worth):
    """900 MW at 80 USD/kW a year are 72 M USD, less than a per cent of the annual cost."""
    tables = {**plan.tables, "orders": plan.tables["orders"].assign(slack_days=5)}
    calm = with_kpis(plan, plan_with, reserve_margin=(margin, "1"), value_of_grid_capacity=(worth, "USD/kW/yr"))
    assert "What could go wrong" not in told(plan_with(kpis=calm.kpis, tables=tables))


def test_the_same_answers_are_given_in_chinese(plan):
    with spoken("zh"):
        found = told(plan)
    assert found["规模与时间"][1].startswith("自2028年7月起：600,000 个加速器")  # noqa: RUF001
