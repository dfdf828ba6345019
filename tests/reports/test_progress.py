"""Progress on the terminal."""

import contextlib
import io

from rich.console import Console

from gigasite.models.progress import Stage, silent
from gigasite.reports.progress import ProgressDisplay


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
