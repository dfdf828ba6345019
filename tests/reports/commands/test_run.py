"""``gigasite solve`` and ``gigasite report``, with a study that answers at once."""

import json
import sys
import types

import numpy as np
import pytest
import scipy.sparse as sp
from typer.testing import CliRunner

from gigasite.models.errors import InfeasibleError, SolverError
from gigasite.models.progress import Stage
from gigasite.reports.cli import app
from gigasite.reports.html import page as html
from gigasite.reports.pages import pdf
from gigasite.reports.results import run_directory
from gigasite.solvers.highs import SIMPLEX, solve
from gigasite.solvers.matrix import Matrix


@pytest.fixture
def tiny_lp():
    """Something to solve: one column from 0 to 1, at most a half of it."""
    one = np.ones(1)
    return Matrix(
        a=sp.csc_array(one[None, :]), cost=-one, offset=0.0, lower=0 * one, upper=one, row_lower=-one,
        row_upper=one / 2, integral=np.zeros(1, dtype=bool), rows={},
    )  # fmt: skip


@pytest.fixture
def gigasite(tmp_path, monkeypatch):
    """Run the program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def studied(monkeypatch, plan_with):
    """Put a handmade plan in place of the study; the sites that it was asked for are listed."""
    asked = []

    def study(site, progress, frozen):
        asked.append(site)
        progress(Stage("solve", gap=0.002))
        return plan_with(scenario=site.scenario)

    monkeypatch.setitem(sys.modules, "gigasite.sites.study", types.SimpleNamespace(study=study))
    monkeypatch.setattr(pdf, "render", lambda results, paper="a4", language="en": f"%PDF {paper}".encode())
    monkeypatch.setattr(html, "render", lambda runs: f"<!DOCTYPE html> {runs[0].scenario}")
    return asked


@pytest.fixture
def failing(monkeypatch):
    """Let the study of some scenarios fail."""

    def install(study):
        monkeypatch.setitem(sys.modules, "gigasite.sites.study", types.SimpleNamespace(study=study))

    return install


def left(folder):
    """Names of everything in a folder and below, without the site file."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.name != "test.yaml")


def test_solve_writes_the_run_directory_and_says_where(gigasite, small_site, tmp_path, studied):
    answer = gigasite("solve", "test.yaml")
    assert answer.exit_code == 0, answer.output
    directory = tmp_path / "runs" / "test" / "base"
    assert (directory / "report.pdf").read_bytes() == b"%PDF a4"
    assert (directory / "report.html").read_text() == "<!DOCTYPE html> base"
    assert run_directory.read(directory).site == "Abu Dhabi"
    assert "Run directory: runs/test/base" in answer.output
    assert "Annual cost" in answer.output


def test_run_record_counts_the_seconds_of_reading(gigasite, small_site, tmp_path, studied):
    gigasite("solve", "test.yaml", "--out", "mine")
    assert json.loads((tmp_path / "mine" / "run.json").read_text())["run"]["seconds"]["read"] > 0


def test_progress_goes_to_the_error_stream(gigasite, small_site, studied):
    answer = gigasite("solve", "test.yaml")
    assert "gap 0.2 %" in answer.stderr
    assert "gap 0.2 %" not in answer.stdout.split("Run directory")[0].splitlines()[0]


def test_scenario_has_its_own_run_directory(gigasite, small_site, tmp_path, studied):
    assert gigasite("solve", "test.yaml", "--scenario", "dear").exit_code == 0
    assert (tmp_path / "runs" / "test" / "dear" / "run.json").is_file()
    assert [site.scenario for site in studied] == ["dear"]


def test_method_and_gap_of_the_command_line_hold_and_are_recorded(gigasite, small_site, studied):
    assert gigasite("solve", "test.yaml", "--method", "exact", "--gap", "0.1 %").exit_code == 0
    (site,) = studied
    assert (site.settings.method, site.settings.gap) == ("exact", pytest.approx(0.001))
    assert site.resolved["solve"]["method"] == "exact"
    assert site.resolved["solve"]["gap"] == "0.1 %"


@pytest.mark.parametrize("gap", ["5 MW", "minus one", "-1 %"])
def test_wrong_gap_is_refused(gigasite, small_site, studied, gap):
    answer = gigasite("solve", "test.yaml", f"--gap={gap}")
    assert answer.exit_code == 2
    assert answer.stderr.splitlines()[-1].startswith("--gap: ")


def test_unknown_site_gets_a_suggestion(gigasite, tmp_path, studied):
    answer = gigasite("solve", "abu_dabi")
    assert answer.exit_code == 2
    assert "Did you mean 'abu_dhabi'?" in answer.stderr
    assert left(tmp_path) == []


def test_wrong_site_file_is_told_line_by_line_and_nothing_is_written(gigasite, small_site, tmp_path, studied):
    """Two mistakes give two lines, each with file and line, and no traceback."""
    small_site.write_text(small_site.read_text().replace("60 MW", "-60 MW").replace("24.2 deg", "24.2"))
    answer = gigasite("solve", "test.yaml")
    assert answer.exit_code == 2
    problems = [line for line in answer.stderr.splitlines() if line.startswith("test.yaml:")]
    assert len(problems) == 2
    assert "Traceback" not in answer.output
    assert left(tmp_path) == []
    assert studied == []


def test_infeasible_is_exit_3_and_nothing_is_written(gigasite, small_site, tmp_path, failing):
    def study(site, progress, frozen):
        raise InfeasibleError(["ac is 3 MW short from 2027-01-01.", "A larger offer would do."])

    failing(study)
    answer = gigasite("solve", "test.yaml")
    assert answer.exit_code == 3
    assert answer.stderr.splitlines()[-2:] == ["ac is 3 MW short from 2027-01-01.", "A larger offer would do."]
    assert left(tmp_path) == []


def test_what_the_solver_said_before_it_failed_is_kept_beside_the_run_directory(
    gigasite, small_site, tmp_path, failing, tiny_lp
):
    def study(site, progress, frozen):
        solve(tiny_lp, SIMPLEX)
        raise SolverError("HiGHS failed on the plan.")

    failing(study)
    answer = gigasite("solve", "test.yaml", "--out", "plan")
    assert answer.exit_code == 4
    assert "What the solver said is kept in plan.failed.log." in answer.stderr
    assert "HiGHS" in (tmp_path / "plan.failed.log").read_text(encoding="utf-8")
    assert not (tmp_path / "plan").exists()


def test_interrupt_is_exit_130_and_nothing_is_written(gigasite, small_site, tmp_path, failing):
    def study(site, progress, frozen):
        raise KeyboardInterrupt

    failing(study)
    answer = gigasite("solve", "test.yaml")
    assert answer.exit_code == 130
    assert left(tmp_path) == []


def test_foreign_directory_is_refused_before_the_solve(gigasite, small_site, tmp_path, studied):
    (tmp_path / "thesis").mkdir()
    answer = gigasite("solve", "test.yaml", "--out", "thesis")
    assert answer.exit_code == 2
    assert studied == []


def test_all_scenarios_are_solved_and_compared(gigasite, small_site, tmp_path, studied):
    answer = gigasite("solve", "test.yaml", "--all-scenarios", "--out", "all")
    assert answer.exit_code == 0, answer.output
    assert [site.scenario for site in studied] == ["base", "dear", "late"]
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == ["base", "dear", "late"]
    assert "Last phase of each plan" in answer.stdout


def test_one_scenario_may_fail_and_the_others_are_kept(gigasite, small_site, tmp_path, failing, studied, plan_with):
    """The exit code is that of the worst, 4 here, though the last scenario went well."""

    def study(site, progress, frozen):
        if site.scenario == "base":
            raise SolverError("HiGHS stopped at the time limit.")
        if site.scenario == "dear":
            raise InfeasibleError("ac is short.")
        return plan_with(scenario=site.scenario)

    failing(study)
    answer = gigasite("solve", "test.yaml", "--all-scenarios")
    assert answer.exit_code == 4
    assert "scenario base: HiGHS stopped at the time limit." in answer.stderr
    assert "scenario dear: ac is short." in answer.stderr
    assert [path.name for path in (tmp_path / "runs" / "test").iterdir()] == ["late"]


def test_scenario_and_all_scenarios_exclude_each_other(gigasite, small_site, studied):
    answer = gigasite("solve", "test.yaml", "--scenario", "dear", "--all-scenarios")
    assert answer.exit_code == 2
    assert studied == []


def test_sizes_of_an_earlier_run_are_kept(gigasite, small_site, tmp_path, studied, plan_with):
    plan = plan_with()
    sizes = plan.capacities.iloc[:1].assign(
        phase="2027-01-01", component="utility", kind="grid", quantity="power", value=70.0, unit="MW", added=70.0
    )
    run_directory.write(plan_with(capacities=sizes), tmp_path / "old")
    answer = gigasite("solve", "test.yaml", "--sizes-from", "old", "--scenario", "dear")
    assert answer.exit_code == 0, answer.output
    assert next(iter(studied[0].component("utility").size.fixed.values())) == pytest.approx(70.0)


def test_run_that_gives_the_sizes_is_not_replaced(gigasite, small_site, tmp_path, studied, plan):
    run_directory.write(plan, tmp_path / "runs" / "test" / "base")
    answer = gigasite("solve", "test.yaml", "--sizes-from", "runs/test/base")
    assert answer.exit_code == 2
    assert "--out" in answer.stderr
    assert studied == []


def test_report_shows_a_run_and_writes_its_pdf(gigasite, tmp_path, studied, plan):
    run_directory.write(plan, tmp_path / "run")
    answer = gigasite("report", "run", "--paper", "us-letter")
    assert answer.exit_code == 0
    assert "Annual cost" in answer.stdout
    assert (tmp_path / "run" / "report.pdf").read_bytes() == b"%PDF us-letter"


def test_report_writes_the_page_where_it_is_asked_for(gigasite, tmp_path, studied, plan):
    run_directory.write(plan, tmp_path / "run")
    answer = gigasite("report", "run", "--no-pdf", "--html")
    assert answer.exit_code == 0, answer.output
    assert "Written: run/report.html" in answer.output
    assert (tmp_path / "run" / "report.html").read_text() == "<!DOCTYPE html> base"


def test_report_without_pdf_writes_nothing(gigasite, tmp_path, studied, plan):
    run_directory.write(plan, tmp_path / "run")
    assert gigasite("report", "run", "--no-pdf").exit_code == 0
    assert not (tmp_path / "run" / "report.pdf").exists()


def test_report_of_nothing_is_wrong_input(gigasite):
    assert gigasite("report", "nowhere").exit_code == 2
