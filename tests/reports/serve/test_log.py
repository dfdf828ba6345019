"""Progress and problems, read from what `gigasite solve --json` says."""

import io
import json

import pytest

from gigasite.models.errors import InfeasibleError
from gigasite.models.progress import Stage
from gigasite.reports.commands import durations
from gigasite.reports.commands.outputs import Json
from gigasite.reports.commands.progress import JsonProgress
from gigasite.reports.serve.log import read


@pytest.fixture
def log(tmp_path):
    return tmp_path / "log"


def test_log_is_what_the_solve_writes(log, monkeypatch):
    """Written by the program itself, so that both cannot drift apart."""
    monkeypatch.setattr(durations, "remember", lambda *_: None)
    stream = io.StringIO()
    with JsonProgress(stream) as progress:
        progress(Stage("read", note="site, scenario base"))
        progress(Stage("solve", gap=0.02))
        log.write_text(stream.getvalue())
        running = read(log)
        progress(Stage("check", gap=0.0012))
    log.write_text(stream.getvalue())
    assert (running.current, running.gap, list(running.seconds)) == ("solve", 0.02, ["read", "solve"])
    done = read(log)
    assert (done.current, done.gap, list(done.seconds)) == ("", 0.0012, ["read", "solve", "check"])
    assert done.problems == ()


def test_reasons_are_those_that_the_program_gives(log, capsys):
    Json().fail(InfeasibleError(["Water is short by 0.3.", "Raise it."]))
    log.write_text('{"event": "stage", "stage": "read", "seconds": 0}\n' + capsys.readouterr().out)
    assert read(log).problems == ("Water is short by 0.3.", "Raise it.")


def test_line_that_is_still_being_written_is_no_problem(log):
    log.write_text('{"event": "stage", "stage": "read", "seconds": 1.5}\n{"event": "sta')
    assert (read(log).current, read(log).problems) == ("read", ())


def test_plain_lines_are_problems(log):
    log.write_text("Interrupted.\n\n")
    assert read(log).problems == ("Interrupted.",)


def test_fault_of_the_program_is_told_by_its_last_line(log):
    log.write_text("Traceback (most recent call last):\n  File x\nKeyError: 'a'\n")
    (problem,) = read(log).problems
    assert "KeyError: 'a'" in problem
    assert "File x" not in problem


def test_gap_of_the_finished_plan_counts(log):
    log.write_text(json.dumps({"event": "plan", "certified_gap": 0.003}) + "\n")
    assert read(log).gap == 0.003


def test_nothing_said_yet(log):
    assert (read(log).seconds, read(log).gap, read(log).current) == ({}, None, "")
