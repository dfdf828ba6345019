"""What the benchmark scripts share."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from measuring import Measurement, in_turns, medians, report


@pytest.fixture
def script(tmp_path: Path):
    """Write a script and return its path."""

    def written(text: str) -> str:
        path = tmp_path / "script.py"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def test_a_process_of_its_own_has_its_threads_and_answers_with_its_last_line(script, monkeypatch):
    monkeypatch.setenv("GIGASITE_THREADS", "7")
    path = script(
        "import json, os, sys\nprint('log')\nprint(json.dumps([sys.argv[1], os.environ['GIGASITE_THREADS']]))"
    )
    assert Measurement(path, ["word"], threads=2).run() == ["word", "2"]
    assert Measurement(path, ["word"]).run() == ["word", "7"]


def test_what_fails_or_lasts_too_long_says_so(script):
    assert Measurement(script("raise SystemExit('no plan')"), []).run() == "no plan"
    assert Measurement(script("import time\ntime.sleep(60)"), []).run(0.01) == "not within 0 s"


def test_what_failed_once_is_not_tried_again_and_what_was_found_stays(script, tmp_path):
    """The script counts its runs in a file and fails from the second on: one run, two tries."""
    count = tmp_path / "count"
    path = script(
        f"from pathlib import Path\nc = Path({str(count)!r})\nn = len(c.read_text()) if c.exists() else 0\n"
        "c.write_text('x' * (n + 1))\nif n: raise SystemExit('worn out')\nprint('{\"seconds\": 3.0}')"
    )
    found = in_turns({"way": Measurement(path, [])}, repeats=4)
    assert found == {"way": {"runs": 1, "seconds": 3.0, "remark": "worn out"}}
    assert len(count.read_text()) == 2


def test_medians_of_numbers_and_the_first_of_words():
    """The median of 1, 10 and 4 is 4, their mean 5."""
    runs = [{"s": 1, "said": "a"}, {"s": 10, "said": "b"}, {"s": 4, "said": "c"}]
    assert medians(runs) == {"s": 4, "said": "a"}
    assert medians([]) == {}


def test_the_table_has_a_column_each_and_the_csv_says_on_which_machine(tmp_path, capsys):
    rows = [{"way": "a", "s": 1.25, "remark": ""}, {"way": "b", "s": None, "remark": "not within 5 s"}]
    report(rows, tmp_path / "found.csv", index="way")
    printed = capsys.readouterr().out
    assert "1.25" in printed
    assert "b: remark: not within 5 s" in printed
    written = pd.read_csv(tmp_path / "found.csv")
    assert list(written["way"]) == ["a", "b"]
    assert written["versions"].str.contains("highspy").all()


def test_each_scenario_has_a_table_of_its_own(tmp_path, capsys):
    """Only the second has seconds: the table of the first has no such row."""
    rows = [{"scenario": "dry", "way": "a", "usd": 7.0}, {"scenario": "wet", "way": "a", "s": 2.0}]
    report(rows, tmp_path / "found.csv", index="way", by="scenario")
    dry, wet = capsys.readouterr().out.split("\ndry\n")[1].split("\nwet\n")
    assert [line.split() for line in dry.strip().splitlines()] == [["way", "a"], ["usd", "7"]]
    assert [line.split() for line in wet.strip().splitlines()] == [["way", "a"], ["s", "2"]]
