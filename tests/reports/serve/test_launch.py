"""The server: this computer only, one per folder."""

import os
import re
import signal
import socket
import subprocess
import sys

import pytest

from gigasite.models.errors import RunDirectoryError
from gigasite.reports.serve import launch

HELD = """
import pathlib, sys
from gigasite.reports.serve import launch
from gigasite.reports.serve.folder import Folder
with launch._alone(Folder(pathlib.Path(sys.argv[1])), "http://127.0.0.1:1/"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_listener_is_on_the_loopback_only():
    with launch._listening(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert listener.family is socket.AF_INET


def test_second_server_on_a_folder_says_where_the_first_one_is(folder):
    other = subprocess.Popen(
        [sys.executable, "-c", HELD, str(folder.place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(RunDirectoryError, match=r"served already at http://127\.0\.0\.1:1/"),
            launch._alone(folder, ""),
        ):
            pass
    finally:
        other.kill()
        other.communicate()
    with launch._alone(folder, ""):  # the record outlived its process and counts for nothing
        pass
    assert not (folder.queue / launch.RECORD).exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_ctrl_c_ends_the_server_in_peace(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "gigasite.reports", "serve", "runs", "--port", "0"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    line = process.stdout.readline()
    port = int(re.search(r":(\d+)/", line)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=60) as asked:
        asked.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        assert asked.recv(100).startswith(b"HTTP/1.1 200")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
