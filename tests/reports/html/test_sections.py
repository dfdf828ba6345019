"""The page as sections: what is empty is left out, sums stay last, every chart has words."""

import pytest

from gigasite.reports.content.plan import content
from gigasite.reports.html import sections as html_sections
from gigasite.reports.html.charts import charts
from gigasite.reports.html.hourly import hourly


@pytest.fixture(scope="module")
def made(plan):
    return html_sections.sections(content(plan), {**charts(plan), "hourly": hourly(plan)})


def blocks(made, kind):
    return [block for section in made for block in section.blocks if block.block == kind]


def test_tables_have_a_heading_for_every_cell(made):
    for table in blocks(made, "table"):
        assert table.caption
        assert {len(row) for row in [*table.rows, *table.total]} <= {len(table.heads)}, table.caption


def test_captions_tell_tables_apart(made):
    captions = [table.caption for table in blocks(made, "table")]
    assert len(set(captions)) == len(captions)


def test_charts_have_words(made):
    shown = blocks(made, "chart")
    assert {chart.key for chart in shown} == {
        "dispatch", "load", "energy", "place", "map", "pue", "sizes", "costs", "cash",
    }  # fmt: skip
    assert all(len(chart.summary) > 40 for chart in shown)


def test_totals_are_no_rows(made):
    tables = {table.caption: table for table in blocks(made, "table")}
    assert tables["Every cost"].total == [["Total", "", "1,571.2", "7,856.0"]]
    assert not any(row[0] == "Total" for table in tables.values() for row in table.rows)


def test_rows_of_one_component_all_name_it(made):
    rows = next(table for table in blocks(made, "table") if table.caption == "Every cost").rows
    assert [row[0] for row in rows if row[1] == "Demand charge"] == ["Grid"]


def test_late_orders_are_marked(made):
    """The transformer of the grid is 366 days late and is the first by date."""
    orders = next(table for table in blocks(made, "table") if table.caption == "Orders by date")
    assert orders.late == (0,)
    assert orders.rows[0][-1].startswith("late by")


def test_what_a_plan_lacks_has_no_section(plan, plan_with):
    bare = plan_with(tables={}, costs=plan.costs[:0], energy=plan.energy[:0], capacities=plan.capacities[:0])
    keys = {s.key for s in html_sections.sections(content(bare), {**charts(bare), "hourly": hourly(bare)})}
    assert {"headlines", "run"} <= keys
    assert not {"money", "orders", "energy"} & keys
