"""A folder of runs, a scheduler whose solves are small scripts, and a client that asks as the page does."""

import sys
import time

import pytest

pytest.importorskip("starlette", reason="the extra serve is not installed")

from starlette.testclient import TestClient

from gigasite.reports.serve.app import application
from gigasite.reports.serve.folder import Folder
from gigasite.reports.serve.guard import TOKEN
from gigasite.reports.serve.jobs import OPEN
from gigasite.reports.serve.scheduler import Scheduler
from gigasite.reports.serve.state import Served

HOST = "127.0.0.1:8421"
SITE = """\
site: {name: Small Field, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2023-01-01, starts: [2029-01-01], end: 2034-01-01}
power:
  hall: {kind: load, demand: 1 MW}
grid:
  utility: {size: {maximum: 5 MW}, energy_price: 75 USD/MWh, emission: 400 kg/MWh, carbon_free_share: 30 %}
scenarios:
  dear: {note: Power costs twice as much., grid: {utility: {energy_price: 150 USD/MWh}}}
"""
SLEEPS = "import time; time.sleep(60)"


@pytest.fixture
def site_text():
    return SITE


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "runs")


@pytest.fixture
def scheduler_of(folder):
    """Make schedulers of the folder whose solves are a script; whatever still runs at the end is killed."""
    made = []

    def make(script=SLEEPS):
        one = Scheduler(folder, lambda file, job, target: [sys.executable, "-c", script, str(file), str(target)])
        made.append(one)
        return one

    yield make
    for each in made:
        for child in each._children.values():
            child.kill()
            child.wait()


@pytest.fixture
def until():
    """Let a scheduler work until none of its jobs is open, or something holds."""

    def wait(scheduler, holds=lambda jobs: not any(job.state in OPEN for job in jobs)):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            scheduler.tick()
            if holds(scheduler.jobs()):
                return scheduler.jobs()
            time.sleep(0.02)
        raise AssertionError(scheduler.jobs())

    return wait


@pytest.fixture
def served(folder, scheduler_of):
    return Served(folder, scheduler_of(), "secret")


@pytest.fixture
def client(served):
    """Ask as the page does; the queue stands still."""
    app = application(served, hosts=(HOST,))
    return TestClient(app, base_url=f"http://{HOST}", headers={TOKEN: "secret"}, raise_server_exceptions=False)
