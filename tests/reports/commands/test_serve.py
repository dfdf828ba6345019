"""``gigasite serve`` on the command line."""

import socket

import pytest
from typer.testing import CliRunner

from gigasite.reports.cli import app
from gigasite.reports.commands import serve as commands_serve


@pytest.fixture
def gigasite():
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_help_says_that_only_this_computer_is_answered(gigasite):
    answer = gigasite("serve", "--help")
    assert answer.exit_code == 0
    assert "this computer only" in " ".join(answer.output.split())


def test_other_addresses_cannot_be_asked_for(gigasite):
    assert gigasite("serve", "--host", "0.0.0.0").exit_code == 2


def test_missing_extra_is_said_in_one_line(gigasite, monkeypatch):
    monkeypatch.setattr(commands_serve, "find_spec", lambda name: None)
    answer = gigasite("serve")
    assert answer.exit_code == 2
    assert answer.stderr.count("\n") == 1
    assert "pip install 'gigasite[serve]'" in answer.stderr


def test_port_that_is_taken_is_told_with_a_remedy(gigasite, tmp_path):
    pytest.importorskip("starlette")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = gigasite("serve", tmp_path / "runs", "--port", taken.getsockname()[1])
    assert answer.exit_code == 2
    assert "Give another port, or 0" in answer.stderr


def test_file_instead_of_a_folder_is_refused(gigasite, tmp_path):
    pytest.importorskip("starlette")
    (tmp_path / "runs").write_text("")
    answer = gigasite("serve", tmp_path / "runs")
    assert answer.exit_code == 2
    assert "is a file" in answer.stderr
