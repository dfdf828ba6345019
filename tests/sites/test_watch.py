"""Seconds and memory by stage."""

from gigasite.models.progress import Stage
from gigasite.sites.watch import Watch, peak_memory_mb


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


def test_memory_counts_what_is_held():
    """40 MB more are held while they are touched; in bytes or KiB taken for each other it would be a thousand times off."""
    before = peak_memory_mb()
    held = bytearray(b"1" * int(max(40, 2 * before)) * 1024**2)
    assert 20 < peak_memory_mb() - before < 20 * len(held) / 1024**2
