"""``gigasite compare``."""

import pytest
from typer.testing import CliRunner

from gigasite.reports.cli import app
from gigasite.reports.results import run_directory


@pytest.fixture(scope="module")
def folder(plan, plan_with, tmp_path_factory):
    """Two runs of two days each, below one folder, and something that is no run."""
    place = tmp_path_factory.mktemp("runs")
    hourly = plan.hourly.isel(time=slice(48))
    for scenario in ("base", "dry"):
        run_directory.write(plan_with(scenario=scenario, hourly=hourly), place / "runs" / scenario)
    (place / "runs" / ".base.partial-0").mkdir()
    (place / "runs" / ".base.partial-0" / "run.json").write_text("{}")
    return place


def compare(*arguments):
    return CliRunner().invoke(app, ["compare", *map(str, arguments)])


def test_two_runs_are_compared_and_written(folder, tmp_path):
    done = compare(folder / "runs" / "base", folder / "runs" / "dry", "--no-pdf", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "dry" in done.output
    assert (tmp_path / "out" / "compare.csv").is_file()


def test_a_folder_stands_for_the_runs_in_it(folder, tmp_path):
    done = compare(folder / "runs", "--no-pdf", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "run.json").read_text().count('"scenario"') == 2


def test_every_broken_run_is_named_and_nothing_is_written(folder, tmp_path):
    done = compare(folder / "runs" / "base", tmp_path / "no", tmp_path / "neither", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "no: no such run directory" in done.output
    assert "neither: no such run directory" in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("names", [("base",), ("base", "base")])
def test_one_run_is_no_comparison(folder, names):
    done = compare(*(folder / "runs" / name for name in names))
    assert done.exit_code == 2
    assert "Name another run" in done.output or "named more than once" in done.output


def test_a_plan_in_the_way_is_not_replaced(folder):
    done = compare(folder / "runs" / "base", folder / "runs" / "dry", "--out", folder / "runs" / "dry")
    assert done.exit_code == 2
    assert run_directory.read(folder / "runs" / "dry").scenario == "dry"
