"""What earlier runs took: in a cache that may be missing, foreign or read-only."""

import json

import pytest

from gigasite.reports.commands import durations


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(durations.platformdirs, "user_cache_path", lambda name: tmp_path / name)
    return tmp_path / "gigasite" / "durations.json"


def test_a_run_of_the_same_size_is_the_estimate_of_the_next(cache):
    """30, 40 and 90 s: the median is 40; a model that is a quarter larger takes a quarter longer."""
    for seconds in (30.0, 90.0, 40.0):
        durations.remember(200_000, {"solve": seconds, "build": 3.0})
    assert durations.estimate(200_000, "solve") == pytest.approx(40.0)
    assert durations.estimate(250_000, "solve") == pytest.approx(50.0)
    assert durations.estimate(200_000, "write") is None
    assert [path.name for path in cache.parent.iterdir()] == ["durations.json"]


def test_another_size_says_nothing():
    durations.remember(200_000, {"solve": 30.0})
    assert durations.estimate(400_000, "solve") is None


def test_only_the_last_runs_are_kept(cache):
    for number in range(durations.KEPT + 5):
        durations.remember(10_000 + number, {"solve": 1.0})
    kept = json.loads(cache.read_text())
    assert len(kept) == durations.KEPT
    assert kept[-1]["size"] == 10_000 + durations.KEPT + 4


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '[{"size": 5}]', '{"a": 1}', '[{"size": 0, "seconds": {"solve": 1}}]']
)
def test_a_foreign_file_says_nothing_and_is_replaced(cache, text):
    cache.parent.mkdir()
    cache.write_text(text)
    assert durations.estimate(10_000, "solve") is None
    durations.remember(10_000, {"solve": 2.0})
    assert durations.estimate(10_000, "solve") == 2.0


def test_a_cache_that_cannot_be_written_is_no_trouble(cache):
    """A file stands where the folder would be."""
    cache.parent.write_text("")
    durations.remember(10_000, {"solve": 2.0})
    assert durations.estimate(10_000, "solve") is None
