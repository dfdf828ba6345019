"""Tables of the terminal."""

import pytest
from rich.console import Console

from gigasite.reports.commands import tables


def printed(table) -> str:
    console = Console(width=160, record=True, quiet=False, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    console.print(table)
    console.file.close()
    return console.export_text()


def test_summary_puts_phases_side_by_side(plan):
    text = printed(tables.summary(plan))
    line = next(line for line in text.splitlines() if "Annual cost" in line)
    assert line.split() == ["Annual", "cost", "M", "USD/yr", "1,573", "7,865"]
    assert "within 0.21 %" in text
    assert "! The weather year is synthetic" in text


def test_comparison_shows_the_change_from_the_first_plan(plan, plan_with):
    """Cost +10 %, the carbon-free share 41.2 % -> 51.2 % is +10 points, not +24 %."""
    kpis = plan.kpis.copy()
    kpis.loc[kpis["name"] == "annual_cost", "value"] *= 1.1
    kpis.loc[kpis["name"] == "cfe_share", "value"] += 0.1
    text = printed(tables.comparison([plan, plan_with(scenario="dry", kpis=kpis)]))
    assert "8,652 (+10.0 %)" in text
    assert "51.2 (+10.0 pt)" in text
    assert "1.113  " in text


def test_a_figure_that_one_plan_lacks_is_a_dash(plan, plan_with):
    kpis = plan.kpis[plan.kpis["name"] != "wue_annual"]
    text = printed(tables.comparison([plan, plan_with(scenario="dry", kpis=kpis)]))
    assert "–" in next(line for line in text.splitlines() if "WUE" in line)  # noqa: RUF001


@pytest.mark.parametrize("name", ["[bold]x[/bold]", "a [/] b"])
def test_brackets_in_names_are_printed(plan_with, name):
    assert name in printed(tables.summary(plan_with(site=name)))
    assert name in printed(tables.comparison([plan_with(scenario=name)]))


def test_inputs_show_value_unit_source_and_evidence(plan):
    text = printed(tables.inputs(plan.assumptions))
    line = next(line for line in text.splitlines() if "System power" in line)
    for words in ("compute.gb200", "1.83 kW/GPU", "trade press", "general knowledge, not verified"):
        assert words in line


def test_catalogue_lists_any_table(plan):
    text = printed(tables.catalogue(plan.capacities.assign(unit="m**3/h"), title="Sizes"))
    assert "Sizes" in text
    assert "m³/h" in text
    assert "600,000" in text
