"""What a plan asks of its project, by hand from the handmade plan."""

import numpy as np
import pytest

from gigasite.reports.content import plan as content
from gigasite.reports.content import project as project_content
from gigasite.reports.pages import pdf


def changed(plan, plan_with, **tables):
    return plan_with(tables={**plan.tables, **tables})


def test_late_orders_stand_first_among_the_cautions(plan):
    """The transformer takes two years and is needed one year after the decision."""
    assert content.cautions(plan)[0] == plan.run["critical_path"]


def test_orders_in_time_need_no_caution(plan, plan_with):
    orders = plan.tables["orders"].assign(slack_days=5)
    assert project_content.late_orders(changed(plan, plan_with, orders=orders)) == []


def test_late_orders_of_later_phases_are_counted_apart(plan, plan_with):
    """Two of the four orders are for the second phase."""
    orders = plan.tables["orders"].assign(slack_days=[5, 5, -1, -9])
    (line,) = project_content.late_orders(changed(plan, plan_with, orders=orders))
    assert line.startswith("2 orders for Jul 2028 and after would have been due before the decision")


def test_orders_come_by_date_and_late_ones_are_marked(plan):
    rows = project_content.orders(plan)["rows"]
    assert [row["cells"][0] for row in rows] == ["2024-01-01", "2025-07-02", "2026-12-31", "2027-10-01"]
    assert [row["late"] for row in rows] == [True, False, False, False]
    first, solar, engines, racks = (row["cells"] for row in rows)
    assert first[1:] == ["2026", "Grid", "Transformer", "180\xa0MW", "2.0 to 3.0", "late by 366\xa0days"]
    assert solar[3:] == ["", "220\xa0MW", "0.5", "182\xa0days"]
    assert engines[4] == "240\xa0MW in 13"
    assert racks[4] == "480,000\xa0GPU"


def test_lead_times_that_nobody_checked_are_counted(plan):
    assert project_content.orders(plan)["note"].startswith("2 of 4 lead times")


def test_the_cash_flow_of_each_year_adds_up_to_the_owners_part(plan):
    """Each row as shown, in million USD with one decimal: its parts add up to the last but one column."""

    def shown(text):
        return float(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))

    found = project_content.money(plan)
    assert "Other" not in found["heads"]
    for row in found["rows"]:
        *parts, owner = map(shown, row[1 : found["heads"].index("To owner") + 1])
        assert sum(parts) == pytest.approx(owner, abs=0.5)
    assert shown(found["rows"][0][-2]) == pytest.approx(4000 + 4200 - 100 - 3 - 60 - 250 - 900 - 500 - 7000)
    assert found["rows"][2][-1] == found["rows"][3][-2]


def test_figures_that_do_not_exist_are_left_out_and_endless_payback_is_never(plan):
    figures = dict(project_content.money(plan)["figures"])
    assert figures["Return on the owner's money"] == "17.1\xa0% a year"
    assert figures["Time until the owner's money is back"] == "never"
    assert "The same per MWh of IT energy" not in figures


def test_a_given_price_says_what_it_earns_and_where_it_breaks_even(plan):
    (line,) = project_content.earnings(plan)
    for words in ("Sold at 2.40", "1,200", "17.1\xa0% a year", "never pays back", "breaks even at 1.90"):
        assert words in line


def test_the_break_even_price_is_called_so(plan, plan_with):
    table = plan.tables["returns"]
    value = table["value"].where(~table["name"].isin(["price", "payback"]), [1.9, *[np.nan] * 6, 7.25])
    (line,) = project_content.earnings(changed(plan, plan_with, returns=table.assign(value=value)))
    assert line.startswith("Sold at 1.90\xa0USD/GPU-h it breaks even")
    assert line.endswith("pays back after 7.2\xa0years.")


def test_sources_add_up_to_the_cost_of_electricity(plan):
    """40.234 + 15 + 6 = 61.234 as in the headline; the pipeline costs nothing and has no line."""
    own, system = project_content.sources(plan)
    assert system["rows"][-1] == ["Cost of electricity", "61.23", "61.23"]
    assert [row[0] for row in own["rows"]] == ["Grid", "PV", "Battery"]
    assert own["rows"][0][1:] == ["80.47", "80.47"]


def test_delay_says_what_a_month_costs_and_why(plan):
    """90 + 6 + 4 = 100 M USD a month, five times as much in the second phase; no line for what costs nothing."""
    found = project_content.delay(plan)
    assert found["sentences"][0] == (
        "Each month by which power for 2026 comes late costs 100.0 M USD, 90 % of it idle accelerators."
    )
    assert found["rows"][-1] == ["Total", "100.0", "500.0"]
    assert len(found["rows"]) == 4


def test_embodied_carbon_is_what_is_added_and_names_what_has_no_number(plan):
    """132 + 4 x 132 = 660 kt; over its life 5 x 4.4 = 22 kt/yr in the last phase."""
    (line,) = project_content.embodied(plan)
    assert "660\xa0kt of CO₂, the largest part PV (100 %); what stands from Jul 2028 takes 22.0\xa0kt/yr" in line
    assert line.endswith("Not counted, for want of a number: wind.")


def test_a_run_of_an_earlier_release_has_a_report_without_these_pages(plan, plan_with):
    earlier = plan_with(tables={})
    data = content.content(earlier)
    assert (data["orders"], data["money"], data["delay"], data["sources"]) == (None, None, None, [])
    assert "earlier release" in " ".join(data["cautions"])
    assert pdf.render(earlier).startswith(b"%PDF-")
