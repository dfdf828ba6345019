"""What a comparison says."""

from gigasite.reports.compare import content as compare_content

from .test_comparing import of_sweep, scaled


def test_the_best_is_named_with_its_figure(plan, plan_with):
    """412 kt x 5 against half of it."""
    lines = compare_content.best([plan, scaled(plan, plan_with, "co2", 0.5, scenario="clean")])
    assert [line.replace("\xa0", " ") for line in lines] == [
        "CO₂ emissions: least with clean (1,031 kt/yr), against 2,062 kt/yr with base."
    ]


def test_equal_plans_are_said_to_be_equal(plan, plan_with):
    lines = compare_content.best([plan, plan_with(scenario="same")])
    assert lines == ["No headline figure differs by more than one per cent."]


def test_differences_of_one_per_cent_are_highlighted(plan, plan_with):
    """+0.5 % is not, +2 % is; a share is by points: 41.2 to 42.5 % is +1.3."""
    near = scaled(plan, plan_with, "annual_cost", 1.005)
    far = scaled(plan, plan_with, "annual_cost", 1.02)
    column = [*compare_content._known([plan])].index("annual_cost") + 1
    marks = [row[column]["notable"] for row in compare_content.overview([plan, near, far])]
    assert marks == [False, False, True]
    assert compare_content.notable("cfe_share", 0.425, 0.412)
    assert compare_content.change("cfe_share", 0.425, 0.412) == "+1.3 pt"
    assert compare_content.notable("co2", None, 5.0)


def test_more_runs_than_fit_go_on_in_further_tables(plan, plan_with):
    """Seven runs: five and two. Every part is compared with the first run of all."""
    runs = [plan, *(scaled(plan, plan_with, "lcoe", 1 + n / 10, scenario=f"s{n}") for n in range(1, 7))]
    data = compare_content.compared(runs, "Many")
    assert [len(part["names"]) for part in data["figures_by_group"]] == [5, 2]
    (money,) = [group for group in data["figures_by_group"][1]["groups"] if group["title"] == "Money"]
    (row,) = [row for row in money["rows"] if row["label"] == "Cost of electricity"]
    assert [cell["change"] for cell in row["cells"]] == ["+50.0 %", "+60.0 %"]


def test_sizes_that_only_one_run_has_are_zero_in_the_others(plan, plan_with):
    without = plan_with(scenario="still", capacities=plan.capacities[plan.capacities["component"] != "wind"])
    (row,) = [row for row in compare_content.sizes([plan, without], [plan, without]) if row["label"][0] == "Wind"]
    assert [cell["text"] for cell in row["cells"]] == ["200", "0"]
    assert [cell["notable"] for cell in row["cells"]] == [False, True]


def test_costs_add_up(plan):
    *parts, total = compare_content.costs([plan, plan], [plan])
    shown = sum(float(row["cells"][0]["text"].replace(",", "")) for row in parts)
    assert abs(shown - float(total["cells"][0]["text"].replace(",", ""))) < 0.5


def test_swings_are_told_with_both_ends(plan, plan_with):
    """From 1.0: 0.9 is 10 % less, and the other end had no plan."""
    runs = [
        of_sweep(plan, plan_with, 1.0, "unchanged", {}, "base"),
        of_sweep(plan, plan_with, 0.9, "sensitivity", {"grid.utility.energy_price": "60 USD/MWh"}, "energy_price_low"),
    ]
    assert compare_content.compared(runs, "x")["swings"] == [
        ["Utility, Energy price", "60 USD/MWh", "0.900 (−10.0 %)", "–", "–"]  # noqa: RUF001
    ]


def test_what_holds_for_one_run_alone_is_told_with_its_name(plan, plan_with):
    other = plan_with(scenario="odd", run={**plan.run, "warnings": ["the wind is strong"]})
    lines = compare_content.compared([plan, other], "x")["cautions"]
    assert "odd: The wind is strong" in lines
    assert "The weather year is synthetic: made from monthly statistics, not measured." in lines
    assert any(line.startswith("base: The grid offer") for line in lines)
