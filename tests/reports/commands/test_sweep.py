"""``gigasite sweep``: with plans made by hand in this process, and for real with processes that are killed."""

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from contextlib import contextmanager

import pandas as pd
import pytest
from typer.testing import CliRunner

from gigasite.models.errors import InfeasibleError, SolverError
from gigasite.reports.cli import app
from gigasite.reports.commands import sweep as commands_sweep
from gigasite.reports.results import directories, run_directory
from gigasite.reports.sweep import work as sweep_work

PLAN = """
sites: [test.yaml]
scenarios: [base, dear]
sensitivity: {grid.utility.emission: {low: 300 kg/MWh, high: 500 kg/MWh}}
"""
NAMES = [
    f"test/{scenario}/{change}"
    for scenario in ("base", "dear")
    for change in ("unchanged", "emission_low", "emission_high")
]


class Here:
    """Makes each job in this process, at once."""

    places = 1

    def submit(self, job, place):
        future = Future()
        try:
            future.set_result(sweep_work.work(job))
        except BaseException as error:
            future.set_exception(error)
        return future

    def verdict(self, error):
        raise error


@pytest.fixture
def gigasite(tmp_path, monkeypatch, small_site):
    """Run the program beside a plan; jobs are made in this process."""

    @contextmanager
    def pool(jobs, workers, scheduler):
        yield Here()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(commands_sweep, "_pool", pool)
    (tmp_path / "plan.yaml").write_text(PLAN)
    return lambda *words: CliRunner().invoke(app, ["sweep", "plan.yaml", *map(str, words)])


KPIS = "phase,name,value,unit\n2027-01-01,annual_cost,4e7,USD/yr\n2027-01-01,lcoe,76.5,USD/MWh\n"


@pytest.fixture
def studied(monkeypatch):
    """Put files made by hand in place of the study; returns what was asked for, and fails where told to."""
    asked, failing = [], {}

    def files(job, begun, log):
        asked.append(job.draft.scenario)
        if job.draft.scenario in failing:
            log.write_text(f"HiGHS on {job.name}")
            raise failing[job.draft.scenario]
        sweep = {**job.record, "key": job.key}
        run = {"seconds": {"solve": 1.0}, "sweep": sweep, "dispatch_objective_usd": 3e8, "certified_gap": 0.001}
        record = {"program": "gigasite", "kind": "plan", "format": 1, "site": "x", "scenario": "y", "run": run}
        names = (*run_directory.PLAN.files, *run_directory.PLAN.later)
        return {**dict.fromkeys(names, b""), "kpis.csv": KPIS.encode(), "run.json": json.dumps(record).encode()}

    monkeypatch.setattr(sweep_work, "_files", files)
    return asked, failing


def _index(tmp_path):
    return json.loads((tmp_path / "runs" / "sweeps" / "plan" / "sweep.json").read_text())["runs"]


def test_every_run_is_a_run_directory_and_in_the_index(gigasite, studied, tmp_path):
    answer = gigasite()
    assert answer.exit_code == 0, answer.output
    assert [each["run"] for each in _index(tmp_path)] == NAMES
    assert {each["status"] for each in _index(tmp_path)} == {"done"}
    place = tmp_path / "runs" / "sweeps" / "plan" / "test" / "dear" / "emission_low"
    record = directories.read_record(place, run_directory.PLAN)
    assert record["run"]["sweep"]["changes"] == {"grid.utility.emission": "300 kg/MWh"}
    assert "6 done, 0 failed, 0 open" in answer.output


def test_summary_has_changes_and_figures_with_units(gigasite, studied, tmp_path):
    gigasite()
    table = pd.read_csv(tmp_path / "runs" / "sweeps" / "plan" / "sweep.csv")
    assert list(table["run"]) == NAMES
    assert list(table["grid.utility.emission"].dropna()[:2]) == ["300 kg/MWh", "500 kg/MWh"]
    assert table["lcoe [USD/MWh]"].tolist() == [76.5] * 6
    tornado = pd.read_csv(tmp_path / "runs" / "sweeps" / "plan" / "tornado.csv")
    assert list(tornado["scenario"]) == ["base", "dear"]
    assert tornado["swing"].tolist() == [0.0, 0.0]  # every plan is the same handmade one


def test_failures_stop_nothing_and_are_explained(gigasite, studied, tmp_path):
    _, failing = studied
    failing |= {
        "dear": InfeasibleError(["ac is 3 MW short from 2027-01-01.", "A larger offer would do."]),
        "dear, emission_high": SolverError("HiGHS stopped at the time limit."),
        "emission_low": ZeroDivisionError("division by zero"),
    }
    answer = gigasite()
    assert answer.exit_code == 4
    found = {each["run"]: each for each in _index(tmp_path)}
    infeasible = found["test/dear/unchanged"]
    assert (infeasible["status"], infeasible["exit_code"]) == ("failed", 3)
    kept = "What the solver said is kept in test/dear/unchanged.failed.log beside sweep.json."
    assert infeasible["explanation"] == ["ac is 3 MW short from 2027-01-01.", "A larger offer would do.", kept]
    log = tmp_path / "runs" / "sweeps" / "plan" / "test" / "dear" / "unchanged.failed.log"
    assert log.read_text() == "HiGHS on test/dear/unchanged"
    assert found["test/dear/emission_high"]["exit_code"] == 4
    assert "ZeroDivisionError: division by zero" in found["test/base/emission_low"]["explanation"][0]
    assert sum(each["status"] == "done" for each in found.values()) == 3
    assert "test/dear/unchanged: ac is 3 MW short from 2027-01-01." in answer.stderr
    assert "Traceback" not in answer.output


def test_nothing_runs_twice(gigasite, studied, tmp_path):
    asked, failing = studied
    failing["dear"] = InfeasibleError("ac is short.")
    gigasite()
    assert len(asked) == 6
    assert gigasite().exit_code == 3
    assert len(asked) == 6


@pytest.fixture
def remembered(monkeypatch):
    """Put a study that fails in place of the real one; returns the memory and its name that each was given."""
    found = []

    def study(site, memory=None):
        found.append((memory, memory and memory.name))
        raise SolverError("enough")

    monkeypatch.setattr(importlib.import_module("gigasite.sites.study"), "study", study)
    sweep_work._memory.cache_clear()
    return found


def test_runs_of_a_sweep_share_what_a_process_remembers(gigasite, remembered, tmp_path):
    """Each is known by its own name; a sweep elsewhere, with runs of the same names, begins with nothing."""
    gigasite()
    assert [name for _, name in remembered] == NAMES
    assert len({id(memory) for memory, _ in remembered}) == 1
    gigasite("--out", tmp_path / "elsewhere")
    assert len({id(memory) for memory, _ in remembered}) == 2
    assert remembered[0][0] is not remembered[-1][0]


def test_cold_runs_remember_nothing(gigasite, remembered):
    gigasite("--cold")
    assert [memory for memory, _ in remembered] == [None] * 6


def test_failed_runs_are_made_again_on_request(gigasite, studied, tmp_path):
    asked, failing = studied
    failing["dear"] = SolverError("HiGHS stopped at the time limit.")
    gigasite()
    failing.clear()
    log = tmp_path / "runs" / "sweeps" / "plan" / "test" / "dear" / "unchanged.failed.log"
    assert log.is_file()
    assert gigasite("--retry-failed").exit_code == 0
    assert asked[6:] == ["dear"]
    assert not log.exists()


def test_interrupted_sweep_goes_on_where_it_stopped(gigasite, studied, tmp_path):
    asked, failing = studied
    failing["dear"] = KeyboardInterrupt()
    assert gigasite().exit_code == 130
    assert [each["status"] for each in _index(tmp_path)] == ["done"] * 3 + ["open"] * 3
    failing.clear()
    assert gigasite().exit_code == 0
    assert asked[3:] == ["dear", "dear", *asked[5:]]
    assert len(asked) == 7


def test_plan_without_index_is_found_by_its_key(gigasite, studied, tmp_path):
    """The index knows nothing and a run was renamed: its inputs are the same, so it is done."""
    asked, _ = studied
    gigasite()
    place = tmp_path / "runs" / "sweeps" / "plan"
    (place / "test" / "base" / "unchanged").rename(place / "test" / "base" / "first")
    (place / "sweep.json").write_text('{"program": "gigasite", "kind": "sweep", "format": 1, "runs": []}')
    gigasite()
    assert len(asked) == 6
    assert _index(tmp_path)[0]["directory"] == "test/base/first"


def test_changed_input_runs_again_alone(gigasite, studied, tmp_path):
    asked, _ = studied
    gigasite()
    (tmp_path / "plan.yaml").write_text(PLAN.replace("500 kg/MWh", "600 kg/MWh"))
    assert gigasite().exit_code == 0
    assert sorted(asked[6:]) == ["dear, emission_high", "emission_high"]


def test_edited_run_is_made_again(gigasite, studied, tmp_path):
    asked, _ = studied
    gigasite()
    with (tmp_path / "runs" / "sweeps" / "plan" / "test" / "base" / "unchanged" / "kpis.csv").open("a") as kpis:
        kpis.write("2030-01-01,lcoe,1,USD/MWh\n")
    gigasite()
    assert asked[6:] == ["base"]


def test_list_shows_what_would_run_and_writes_nothing(gigasite, studied, tmp_path):
    answer = gigasite("--list")
    assert answer.exit_code == 0
    assert all(name in answer.output for name in NAMES)
    assert "6 runs: 0 done, 0 failed, 6 open." in answer.output
    assert studied[0] == []
    assert not (tmp_path / "runs").exists()


def test_foreign_folder_is_refused_before_anything_is_solved(gigasite, studied, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.tex").write_text("")
    answer = gigasite("--out", "thesis")
    assert answer.exit_code == 2
    assert "holds chapter.tex and no sweep.json" in answer.stderr
    assert studied[0] == []


def test_wrong_plan_is_told_with_its_line(gigasite, studied, tmp_path):
    (tmp_path / "plan.yaml").write_text("sites: [test.yaml]\ngrid: {grid.utility.energy_price: [5 MW]}\n")
    answer = gigasite()
    assert answer.exit_code == 2
    assert answer.stderr.startswith(
        "plan.yaml:2 grid 'utility': energy_price must be a quantity in USD/MWh, got '5 MW'."
    )
    assert not (tmp_path / "runs").exists()


def test_two_sweeps_do_not_work_in_one_folder(gigasite, studied, tmp_path):
    from gigasite.reports.sweep.directory import held

    with held(tmp_path / "runs" / "sweeps" / "plan"):
        answer = gigasite()
    assert answer.exit_code == 2
    assert "another sweep works there" in answer.stderr
    assert studied[0] == []


def _finished(tmp_path):
    return sorted(path.parent.name for path in tmp_path.glob("out/*/*/[!.]*/run.json"))


@pytest.mark.slow
@pytest.mark.parametrize(("end", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)], ids=["killed", "ctrl-c"])
def test_sweep_that_ends_early_loses_nothing_and_goes_on(small_site, tmp_path, end, code):
    """Three prices, one after the other; the end comes when the first is done, then the same command makes the others.

    What was there is not touched, and no process of the first sweep goes on.
    """
    prices = "[60 USD/MWh, 70 USD/MWh, 80 USD/MWh]"
    plan = f"sites: [test.yaml]\nunchanged: false\ngrid: {{grid.utility.energy_price: {prices}}}\n"
    (tmp_path / "plan.yaml").write_text(plan)
    command = [sys.executable, "-m", "gigasite.reports", "sweep", "plan.yaml", "--workers", "1", "--out", "out"]
    first = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not _finished(tmp_path):
        time.sleep(0.05)
        assert first.poll() is None, first.stderr.read()
    os.killpg(first.pid, end) if end == signal.SIGINT else first.kill()
    _, told = first.communicate(timeout=60)  # which waits until every process that holds the error stream has ended
    assert first.returncode == code
    assert "Traceback" not in told
    kept = {name: (tmp_path / "out/test/base" / name / "run.json").stat().st_ino for name in _finished(tmp_path)}
    assert 1 <= len(kept) < 3
    second = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert second.returncode == 0, second.stderr
    assert len(_finished(tmp_path)) == 3
    assert all((tmp_path / "out/test/base" / name / "run.json").stat().st_ino == place for name, place in kept.items())
    assert f"/{3 - len(kept)} " in second.stderr
