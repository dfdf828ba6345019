"""Ctrl-C in the middle of a plan, as a shell sends it to the program."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SITE = Path(__file__).parents[1] / "small.yaml"
PATIENCE = 60  # seconds after which the program hangs


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to another process")
@pytest.mark.parametrize("method", ["certified", "exact"])
def test_ctrl_c_while_solving_ends_with_130_and_leaves_nothing(tmp_path, method):
    """The solver runs on threads of its own, for minutes after it was asked to stop; the program does not wait."""
    shutil.copy(SITE, tmp_path)
    words = ["-m", "gigasite.reports", "solve", "small.yaml", "--out", "mine", "--json", "--method", method]
    program = subprocess.Popen(
        [sys.executable, *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        for line in program.stderr:
            if json.loads(line).get("stage") == "solve":
                break
        program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=PATIENCE)
    finally:
        program.kill()
        program.wait()
    assert program.returncode == 130
    assert "Interrupted" in said
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["small.yaml"]
