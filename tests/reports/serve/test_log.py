"""Progress and problems, read from the error stream of a solve."""

import io

from rich.console import Console

from gigasite.models.progress import Stage
from gigasite.reports.progress import ProgressDisplay
from gigasite.reports.serve.log import STAGES, read


def test_log_is_what_the_progress_display_writes(tmp_path):
    """Written by the real display, so that both cannot drift apart."""
    stream = io.StringIO()
    with ProgressDisplay(Console(file=stream)) as progress:
        progress(Stage("read", note="site, scenario base"))
        progress(Stage("solve", gap=0.02))
        progress(Stage("solve", gap=0.0012))
        progress(Stage("check"))
    (tmp_path / "log").write_text(stream.getvalue())
    words = read(tmp_path / "log")
    assert [step.name for step in words.steps] == ["read", "solve", "check"]
    assert words.steps[0].note == "site, scenario base"
    assert words.gap_percent == 0.12
    assert words.problems == ()
    assert words.current == "write"


def test_lines_that_are_no_stage_are_problems(tmp_path):
    (tmp_path / "log").write_text("read: 0.1 s  x\nsite.yaml:3 grid: is missing.\n\nsite.yaml:4 other.\n")
    assert read(tmp_path / "log").problems == ("site.yaml:3 grid: is missing.", "site.yaml:4 other.")


def test_fault_of_the_program_is_told_by_its_last_line(tmp_path):
    (tmp_path / "log").write_text("Traceback (most recent call last):\n  File x\nKeyError: 'a'\n")
    (problem,) = read(tmp_path / "log").problems
    assert "KeyError: 'a'" in problem
    assert "File x" not in problem


def test_nothing_said_yet(tmp_path):
    words = read(tmp_path / "none")
    assert (words.steps, words.gap_percent, words.current) == ((), None, STAGES[0])
