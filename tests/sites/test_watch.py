"""Seconds and memory by stage."""

from pathlib import Path

import pytest

from gigasite.models.progress import Stage
from gigasite.sites.watch import Watch, peak_memory_mb

STATUS = Path("/proc/self/status")


def test_a_stage_is_told_timed_and_weighed():
    told = []
    watch = Watch(told.append)
    assert watch.stage("build", lambda: 7) == 7
    assert told[0].name == "build"
    assert list(watch.seconds) == list(watch.memory_mb) == ["build"]
    assert watch.memory_mb["build"] > 10


def test_the_solver_counts_its_own_seconds():
    """Memory of a stage is that at its end: of solve when check begins, of check when the solver is done."""
    told = []
    watch = Watch(told.append)
    for name in ("solve", "solve", "check"):
        watch.tell(Stage(name, gap=0.01))
    watch.solved({"solve": 3.0, "check": 0.1})
    assert watch.seconds == {"solve": 3.0, "check": 0.1}
    assert set(watch.memory_mb) == {"solve", "check"}
    assert [stage.gap for stage in told] == [0.01] * 3


@pytest.mark.skipif(not STATUS.is_file(), reason="the system does not say what a process holds")
def test_memory_is_in_megabytes():
    """The same as the system's own count in KiB; bytes taken for KiB would be a thousand times off."""
    peak = next(line.split()[1] for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    assert peak_memory_mb() == pytest.approx(int(peak) / 1024, rel=0.1)
