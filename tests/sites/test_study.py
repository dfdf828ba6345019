"""A small site from file to plan: what holds between its tables, its hours and its run."""

import json

import pytest
from ruamel.yaml import YAML

from gigasite.models.errors import InfeasibleError
from gigasite.sites import read
from gigasite.sites.study import study

RUN = {
    "status", "method", "sizing_objective_usd", "dispatch_objective_usd", "bound_usd", "certified_gap",
    "aggregation_error", "seconds", "model", "memory_mb", "peak_memory_mb", "versions", "inputs", "climate", "warnings",
    "notes", "foresight",
}  # fmt: skip


def test_the_run_says_how_the_plan_came_about(small):
    site, plan, _ = small
    assert set(plan.run) >= RUN
    assert set(plan.run["seconds"]) == {"climate", "build", "load", "solve", "check", "tables"}
    assert set(plan.run["memory_mb"]) == set(plan.run["seconds"])
    assert plan.tables["foresight"].empty  # nobody asked
    assert set(plan.run["model"]) == {"rows", "columns", "nonzeros"}
    assert (plan.run["status"], plan.run["method"]) == ("optimal", "certified")
    assert list(plan.run["inputs"]) == ["test.yaml"]
    assert (plan.site, plan.scenario) == (site.key, "base")
    json.dumps(plan.run)


def test_the_bound_lies_below_the_plan_within_the_gap(small):
    run = small[1].run
    assert run["bound_usd"] <= run["dispatch_objective_usd"]
    assert run["certified_gap"] == pytest.approx(1 - run["bound_usd"] / run["dispatch_objective_usd"])
    assert run["certified_gap"] <= 0.02


def test_every_stage_is_told_in_order(small):
    names = [stage.name for stage in small[2]]
    assert list(dict.fromkeys(names)) == ["climate", "build", "load", "solve", "check", "tables"]
    seconds = [stage.elapsed_seconds for stage in small[2]]
    assert seconds[0] < seconds[-1]


def test_the_resolved_site_file_can_be_read_again(small, tmp_path):
    """It gives the same components with the same values, the scenario and the catalogue written out."""
    site, plan, _ = small
    path = tmp_path / "test.yaml"
    path.write_text(plan.site_yaml, encoding="utf-8")
    again = read(path)
    assert [each.name for each in again.components] == [each.name for each in site.components]
    assert again.component("solar") == site.component("solar")
    assert again.component("bess") == site.component("bess")
    assert YAML(typ="safe").load(plan.site_yaml) == YAML(typ="safe").load(study_text(again))


def study_text(site):
    from io import StringIO

    text = StringIO()
    YAML().dump(dict(site.resolved), text)
    return text.getvalue()


def test_assumptions_carry_their_source(small):
    table = small[1].assumptions
    assert {"place", "name", "value", "unit", "source", "evidence"} <= set(table.columns)
    assert not table["source"].isna().any()


def test_a_load_that_no_hour_can_serve_gives_no_plan(site, texts):
    """The battery counts as 50 MW of supply when the file is read; on a whole design day its 1 MWh serves nothing."""
    bess = "  bess: {kind: battery, available: 2027-01-01, power: {maximum: 50 MW}, energy: {maximum: 1 MWh}}\n"
    text = texts["head"] + texts["load"].replace("60 MW", "120 MW") + bess + texts["grid"]
    with pytest.raises(InfeasibleError, match="electricity at the point of common coupling: short by"):
        study(site(text))


@pytest.mark.slow
def test_a_campus_works_within_its_rules(campus):
    """2,000 H100 all year: 17.52 M H100-hours, by at least 2,000 / 2.528 / 0.96 = 824.1 accelerators."""
    kpis = campus[1].kpis.set_index("name")["value"]
    assert kpis["compute_delivered"] == pytest.approx(2000 * 8760, rel=1e-6)
    assert kpis["accelerators"] == pytest.approx(864)  # the next whole number of racks of 72
    assert 1.0 < kpis["pue_annual"] < kpis["pue_p99_6"] <= kpis["pue_design"] * 1.05
