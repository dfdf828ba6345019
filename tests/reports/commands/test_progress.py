"""Progress on the terminal."""

import contextlib
import io
import json

import pytest
from rich.console import Console

from gigasite.models.progress import Stage, silent
from gigasite.reports.commands import durations
from gigasite.reports.commands.progress import JsonProgress, NoProgress, ProgressDisplay


@pytest.fixture(autouse=True)
def remembered(monkeypatch):
    """Earlier runs of a million unknowns took 40 s to solve; what is remembered is listed, nothing is written."""
    kept = []
    known = {(1_000_000, "solve"): 40.0}
    monkeypatch.setattr(durations, "estimate", lambda size, stage: known.get((size, stage)))
    monkeypatch.setattr(durations, "remember", lambda size, seconds: kept.append((size, dict(seconds))))
    return kept


def test_a_pipe_gets_one_line_per_finished_stage():
    out = io.StringIO()
    with ProgressDisplay(Console(file=out, force_terminal=False)) as progress:
        for gap in (0.1, 0.0021):
            progress(Stage("solve", gap=gap, note="[first order]"))
        progress(Stage("check", fraction=0.5))
    lines = out.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == ["solve", "check"]
    assert lines[0].endswith("gap 0.21 %, [first order]")


def test_a_terminal_shows_stage_and_gap():
    out = io.StringIO()
    with ProgressDisplay(Console(file=out, force_terminal=True, width=100)) as progress:
        progress(Stage("solve", gap=0.0021))
    assert "solve" in out.getvalue()
    assert "gap 0.21 %" in out.getvalue()


def test_an_interrupted_stage_is_not_called_finished():
    out = io.StringIO()
    progress = ProgressDisplay(Console(file=out, force_terminal=False))
    with contextlib.suppress(KeyboardInterrupt), progress:
        progress(Stage("solve"))
        raise KeyboardInterrupt
    assert out.getvalue() == ""


def test_silence_says_nothing(capsys):
    silent(Stage("solve"))
    assert capsys.readouterr() == ("", "")


def test_a_terminal_shows_what_earlier_runs_of_that_size_took():
    out = io.StringIO()
    with ProgressDisplay(Console(file=out, force_terminal=True, width=100)) as progress:
        progress(Stage("solve", size=1_000_000))
        progress(Stage("solve", gap=0.01))
        progress._bars.refresh()
    assert "usually 40 s" in out.getvalue()


def test_a_run_that_ends_well_is_remembered_with_its_stages(remembered):
    for display in (ProgressDisplay(Console(file=io.StringIO())), JsonProgress(io.StringIO()), NoProgress()):
        with display as progress:
            progress(Stage("load"))
            progress(Stage("solve", size=7))
            progress(Stage("check"))
    assert [size for size, _ in remembered] == [7, 7, 7]
    assert all(list(seconds) == ["load", "solve", "check"] for _, seconds in remembered)


def test_an_interrupted_run_is_not_remembered(remembered):
    with contextlib.suppress(KeyboardInterrupt), NoProgress() as progress:
        progress(Stage("solve", size=7))
        raise KeyboardInterrupt
    assert remembered == []


def test_programs_get_a_line_per_stage_and_one_at_the_end():
    """The second line of the same stage follows at once, and is left out."""
    out = io.StringIO()
    with JsonProgress(out) as progress:
        progress(Stage("read"))
        progress(Stage("solve", size=1_000_000, note="1,000,000 unknowns"))
        progress(Stage("solve", gap=0.5))
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["stage", "stage", "done"]
    assert lines[1]["stage"] == "solve"
    assert lines[1]["expected_seconds"] == 40.0
    assert lines[1]["note"] == "1,000,000 unknowns"
    assert list(lines[2]["seconds"]) == ["read", "solve"]
