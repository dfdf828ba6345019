"""The command line as a whole: it answers at once, errors are sentences, an interrupt leaves nothing behind."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from gigasite.reports.cli import app

COMMANDS = ("solve", "cooling", "check", "report", "climate", "catalogue", "sites", "init", "serve", "schema")

INTERRUPTED_SOLVE = """
import signal, sys, threading, time, types
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job is started with the interrupt ignored
def study(site, progress, frozen):
    threading.Thread(target=time.sleep, args=(60,)).start()  # a solver that does not hear
    print("solving", flush=True)
    time.sleep(60)
sys.modules["gigasite.sites.study"] = types.SimpleNamespace(study=study)
sys.argv = ["gigasite", "solve", "test.yaml"]
from gigasite.reports.cli import main
main()
"""


@pytest.fixture
def gigasite():
    """Run the program in this process."""
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_help_names_every_command(gigasite):
    answer = gigasite("--help")
    assert answer.exit_code == 0
    assert all(re.search(rf"\b{command}\b", answer.output) for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(gigasite, command):
    assert gigasite(command, "--help").exit_code == 0


def test_help_needs_no_heavy_import():
    """Numpy, pandas or Pyomo at start-up would cost the second in which help is promised."""
    heavy = "'numpy', 'pandas', 'xarray', 'pyomo', 'matplotlib', 'highspy', 'pydantic'"
    script = f"import sys, gigasite.reports.cli; print([name for name in ({heavy}) if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_module_is_the_same_program():
    done = subprocess.run(
        [sys.executable, "-m", "gigasite.reports", "--help"], capture_output=True, text=True, check=True
    )
    assert "gigasite" in done.stdout
    assert "solve" in done.stdout


def test_version_is_that_of_the_distribution(gigasite):
    assert re.fullmatch(r"gigasite \d+\.\d+\.\d+.*\n", gigasite("--version").output)


def test_unknown_option_is_wrong_input(gigasite):
    assert gigasite("solve", "abu_dhabi", "--quickly").exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_ctrl_c_ends_at_once_and_leaves_nothing(tmp_path, small_site):
    """Without the hard exit the program would wait a minute for the thread of the solver."""
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED_SOLVE],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "solving\n"
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    try:
        _, errors = process.communicate(timeout=30)
    finally:
        process.kill()
    assert time.monotonic() - began < 20
    assert process.returncode == 130
    assert "Interrupted" in errors
    assert "Traceback" not in errors
    assert [path.name for path in tmp_path.iterdir()] == [small_site.name]
