"""A real scheduler with two real workers, all processes of this machine, none of which reads the site's folder."""

import json
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

pytest.importorskip("distributed", reason="Dask is not installed: pip install 'gigasite[cluster]'")

PRICES = (60, 65, 70, 80, 90)


def _start(*words, cwd):
    command = [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]]
    with (cwd / f"{words[0]}.log").open("a") as log:
        return subprocess.Popen(command, cwd=cwd, stdout=log, stderr=log)


def _eventually(check, seconds=300.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(0.2)
    raise AssertionError("nothing happened in time")


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers: its address, and the workers."""
    place = tmp_path / "cluster"
    place.mkdir()
    file = place / "scheduler.json"
    listening = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file)
    running = [_start("dask_scheduler", *listening, cwd=place)]
    try:
        _eventually(file.is_file)
        joining = ("--scheduler-file", file, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        running += [_start("dask_worker", *joining, "--name", name, cwd=place) for name in ("one", "two")]
        yield json.loads(file.read_text())["address"], running[1:]
    finally:
        for process in running:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_nothing_is_lost_when_a_worker_is_killed(cluster, small_site, tmp_path):
    """Five prices on two workers; one is killed as soon as the first run is back, while it works on another.

    By hand: 60 MW all year at 60 to 90 USD/MWh; each cost differs from the first by 525,600 MWh x the price step.
    """
    address, workers = cluster
    listed = ", ".join(f"{price} USD/MWh" for price in PRICES)
    plan = tmp_path / "plan.yaml"
    plan.write_text(f"sites: [test.yaml]\nunchanged: false\ngrid: {{grid.utility.energy_price: [{listed}]}}\n")
    command = [sys.executable, "-m", "gigasite.reports", "sweep", "plan.yaml", "--scheduler", address, "--out", "out"]
    sweep = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    _eventually(lambda: list(tmp_path.glob("out/*/*/*/run.json")))
    os.kill(workers[0].pid, signal.SIGKILL)
    _, told = sweep.communicate(timeout=600)
    assert sweep.returncode == 0, told
    table = pd.read_csv(tmp_path / "out" / "sweep.csv")
    assert list(table["status"]) == ["done"] * len(PRICES)
    costs = table["annual_cost [USD/yr]"]
    assert (costs - costs[0]).tolist() == pytest.approx([525_600 * (price - 60) for price in PRICES], rel=1e-6)
    assert "Traceback" not in told
