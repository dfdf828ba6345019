"""A comparison as a directory."""

import json

import pandas as pd
import pytest

from gigasite.models.errors import RunDirectoryError
from gigasite.reports.compare import comparing as compare
from gigasite.reports.compare import pdf as compare_pdf
from gigasite.reports.results import directories, run_directory

from .test_comparing import scaled


@pytest.fixture(scope="module")
def runs(plan, plan_with, tmp_path_factory):
    """Two runs read back from their directories."""
    folder = tmp_path_factory.mktemp("runs")
    two = [plan, scaled(plan, plan_with, "annual_cost", 1.1, scenario="dear")]
    return [run_directory.read(run_directory.write(each, folder / each.scenario)) for each in two]


def test_a_comparison_is_whole_and_names_its_runs(runs, tmp_path):
    place = compare_pdf.write(runs, tmp_path / "out", title="Two")
    assert {entry.name for entry in place.iterdir()} == {"run.json", "compare.csv", "compare.pdf"}
    record = json.loads((place / "run.json").read_text())
    assert [run["run"] for run in record["runs"]] == ["base", "dear"]
    assert record["runs"][1]["sha256"] == directories.sha256(runs[1].directory / "run.json")
    directories.read_record(place, compare_pdf.COMPARISON)


def test_the_table_reads_back(runs, tmp_path):
    place = compare_pdf.write(runs, tmp_path / "out", title="Two", pdf=False)
    assert not (place / "compare.pdf").exists()
    table = pd.read_csv(place / "compare.csv")
    assert tuple(table.columns) == compare.COLUMNS
    kpis = runs[1].kpis
    again = table[(table["run"] == "dear") & (table["table"] == "kpis")]
    assert again["value"].tolist() == pytest.approx(kpis["value"].tolist())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_equal_runs_give_equal_bytes(runs, language):
    if language == "zh":
        pytest.importorskip("matplotlib")
        _needs_chinese()
    one = compare_pdf.render(runs, title="Two", language=language)
    assert one.startswith(b"%PDF-")
    assert compare_pdf.render(runs, title="Two", language=language) == one


def _needs_chinese() -> None:
    from gigasite.models.errors import ReportError
    from gigasite.reports.figures import fonts

    try:
        fonts.chinese()
    except ReportError as error:
        pytest.skip(str(error))


def test_user_text_is_never_read_as_markup(plan, plan_with):
    odd = "#panic(1) *x* $y$"
    assert compare_pdf.render([plan, plan_with(scenario=odd)], title=odd).startswith(b"%PDF-")


def test_a_plan_is_not_replaced_by_a_comparison(runs):
    with pytest.raises(RunDirectoryError, match="holds a result of kind 'plan'"):
        compare_pdf.check_target(runs[0].directory)


def test_trouble_leaves_no_half_comparison(runs, tmp_path, monkeypatch):
    def failing(*_args, **_keywords):
        raise KeyboardInterrupt

    monkeypatch.setattr(compare_pdf, "render", failing)
    with pytest.raises(KeyboardInterrupt):
        compare_pdf.write(runs, tmp_path / "out", title="Two")
    assert list(tmp_path.iterdir()) == []
