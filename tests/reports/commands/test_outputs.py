"""How a run speaks."""

import json

import pytest

from gigasite.models.errors import InfeasibleError, SiteFileError
from gigasite.reports.commands import outputs


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"quiet": True, "as_json": True}, "--quiet and --json exclude each other"),
        ({"quiet": True, "profile": True}, "--profile shows a table"),
        ({"as_json": True, "profile": True}, "--profile shows a table"),
    ],
)
def test_contradictions_are_refused(flags, said):
    with pytest.raises(SiteFileError, match=said):
        outputs.chosen(**{"quiet": False, "as_json": False, "profile": False, **flags})


def test_a_program_reads_each_plan_as_a_line(plan, tmp_path, capsys):
    output = outputs.chosen(quiet=False, as_json=True, profile=False)
    output.present(plan, tmp_path)
    output.compare([plan, plan])
    (line,) = capsys.readouterr().out.splitlines()
    said = json.loads(line)
    assert (said["event"], said["status"], said["scenario"]) == ("plan", "optimal", "base")
    assert said["run_directory"] == str(tmp_path)
    assert len(said["kpis"]) == len(plan.kpis)


def test_a_program_reads_each_failure_as_a_line(capsys):
    outputs.chosen(quiet=False, as_json=True, profile=False).fail(InfeasibleError(["short", "long"]), "dear")
    said = json.loads(capsys.readouterr().out)
    assert said == {"event": "failed", "scenario": "dear", "exit_code": 3, "problems": ["short", "long"]}


def test_quiet_says_nothing_but_errors(plan, tmp_path, capsys):
    output = outputs.chosen(quiet=True, as_json=False, profile=False)
    output.present(plan, tmp_path)
    output.compare([plan, plan])
    assert capsys.readouterr() == ("", "")
    output.fail(InfeasibleError("short"))
    assert capsys.readouterr().err == "short\n"


def test_the_profile_shows_seconds_and_memory_by_stage(plan_with, plan, tmp_path, capsys):
    """0.4 + 1.1 + 2.3 + 0.5 + 41.2 + 0.9 = 46.4 s, 89 % of it solving."""
    weighed = plan_with(run={**plan.run, "memory_mb": {"solve": 1150.0}})
    outputs.chosen(quiet=False, as_json=False, profile=True).present(weighed, tmp_path)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["solve", "41.20", "89", "%", "1,150"] in lines
    assert ["all", "46.40", "1,180"] in lines
