"""Ctrl-C in the middle of a plan, as a shell sends it to the program."""

import json
import os
import signal
import subprocess
import sys

import pytest

SITE = """
site: {name: Small, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01, 2030-01-01], end: 2037-01-01}
power:
  offices: {kind: load, demand: {profile: office_day, peak: 50 MW}}
  solar: {kind: pv_tracking, available: 2027-01-01, size: {maximum: 200 MW}}
  bess: {kind: battery, available: 2027-01-01, power: {maximum: 50 MW}, energy: {maximum: 200 MWh}}
grid:
  utility:
    available: 2027-01-01
    size: {maximum: 100 MW}
    energy_price: {tariff: [{hours: [16, 22], price: 110 USD/MWh}], otherwise: 60 USD/MWh}
    emission: 400 kg/MWh
    carbon_free_share: 0.3
"""
PATIENCE = 60  # seconds after which the program hangs


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to another process")
@pytest.mark.parametrize("method", ["certified", "exact"])
def test_ctrl_c_while_solving_ends_with_130_and_leaves_nothing(tmp_path, method):
    """The solver runs on threads of its own, for minutes after it was asked to stop; the program does not wait."""
    (tmp_path / "small.yaml").write_text(SITE, encoding="utf-8")
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
