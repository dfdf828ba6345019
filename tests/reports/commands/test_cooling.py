"""``gigasite cooling``, in a real place."""

import json
import os

import pytest
from typer.testing import CliRunner

from gigasite.reports.cli import app
from gigasite.reports.cooling import directory as cooling_directory
from gigasite.reports.results import run_directory

CHOSEN = [word for name in ("air_cooled_chiller", "cold_plate_dry", "cold_plate_tower") for word in ("--option", name)]


def run(*words):
    """Run the program in this process."""
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def gigasite(tmp_path, monkeypatch):
    """Run the program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return run


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """Folder and answer of one comparison."""
    folder, before = tmp_path_factory.mktemp("cooling"), os.getcwd()  # noqa: PTH109
    os.chdir(folder)
    try:
        return folder, run("cooling", "memphis", *CHOSEN, "--it", "200 MW", "--grid", "0.25 GW", "--warming", "1 K")
    finally:
        os.chdir(before)


def test_answer_has_every_option_the_winner_and_where_it_is_written(compared):
    _, answer = compared
    assert answer.exit_code == 0, answer.output
    for words in ("Air-cooled chillers", "Cold plates on wet towers", "cost least", "Heat wave", "warming 1 K"):
        assert words in answer.stdout
    assert "Directory: runs/cooling/memphis" in answer.stdout
    assert "compare: " in answer.stderr


def test_directory_is_whole(compared):
    folder, _ = compared
    place = folder / "runs" / "cooling" / "memphis"
    results = cooling_directory.read(place)
    assert results.run["load"]["it_mw"] == 200
    assert results.run["load"]["grid_mw"] == 250
    assert len(results.figures) == 3
    assert (place / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert (place / "costs-memphis.svg").is_file()
    assert json.loads((place / "run.json").read_text())["kind"] == "cooling"
    assert [each.name for each in place.parent.iterdir()] == ["memphis"]


def test_report_recognises_a_comparison_and_writes_its_pdf_anew(compared):
    folder, _ = compared
    place = folder / "runs" / "cooling" / "memphis"
    before = (place / "report.pdf").read_bytes()
    (place / "report.pdf").unlink()
    answer = run("report", place)
    assert answer.exit_code == 0, answer.output
    assert "cost least" in answer.stdout
    assert (place / "report.pdf").read_bytes() == before


def test_comparison_takes_the_place_of_an_earlier_one(gigasite, tmp_path):
    words = ("cooling", "memphis", "--option", "air_cooled_chiller", "--no-pdf", "--out", "mine")
    assert gigasite(*words).exit_code == 0
    (tmp_path / "mine" / "old.txt").write_text("old")
    assert gigasite(*words).exit_code == 0
    assert not (tmp_path / "mine" / "old.txt").exists()
    assert not (tmp_path / "mine" / "report.pdf").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("memphis", "--option", "cold_plate_dri"), "Did you mean 'cold_plate_dry'?"),
        (("memphis", "--option", "zzz"), "Known options: air_cooled_chiller"),
        (("memphiss",), "Did you mean 'memphis'?"),
        (("memphis", "memphis"), "given twice"),
        (
            ("memphis", "--it", "100"),
            "--it: expected a quantity in MW, got '100'. Write a number and its unit, such as '100 MW'.",
        ),
        (("memphis", "--it", "100 MWh"), "--it: expected a quantity in MW, got '100 MWh'."),
        (("memphis", "--it", "0 MW"), "--it: must be more than zero"),
        (("memphis", "--grid", "-5 MW"), "--grid: must not be negative"),
        (("memphis", "--warming", "2 MW"), "--warming: expected a quantity in K, got '2 MW'"),
        (("memphis", "--warming", "90 K"), "must lie between -5 and 10 K"),
        (("memphis", "--platform", "abacus"), "--platform: 'abacus' is no platform"),
        (("memphis", "--options", "absent.yaml"), "absent.yaml: cannot be read"),
        (("memphis", "--all", "--option", "cold_plate_dry"), "exclude each other"),
        (("memphis", "--option", "cold_plate_dry", "--option", "cold_plate_dry"), "is given twice"),
        (("memphis", "--return-period", "30"), "30"),
    ],
)
def test_wrong_input_is_said_and_nothing_is_written(gigasite, tmp_path, words, said):
    answer = gigasite("cooling", *words)
    assert answer.exit_code == 2, answer.output
    assert said in answer.stderr
    assert "Traceback" not in answer.output
    assert list(tmp_path.iterdir()) == []


def test_all_wrong_quantities_are_said_at_once(gigasite):
    answer = gigasite("cooling", "memphis", "--it", "100", "--grid", "5 K", "--warming", "1")
    assert [line.split(":")[0] for line in answer.stderr.splitlines()] == ["--it", "--grid", "--warming"]


def test_wrong_options_file_is_told_line_by_line(gigasite, tmp_path):
    (tmp_path / "mine.yaml").write_text("a:\n  label: A\n  hall: {kind: air_cooled_chillr}\n")
    answer = gigasite("cooling", "memphis", "--options", "mine.yaml")
    assert answer.exit_code == 2
    assert "mine.yaml:3" in answer.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize("foreign", ["photos", "plan"])
def test_foreign_directory_is_refused_before_anything_is_computed(gigasite, tmp_path, plan, foreign):
    if foreign == "plan":
        run_directory.write(plan, tmp_path / foreign)
    else:
        (tmp_path / foreign).mkdir()
    answer = gigasite("cooling", "memphis", *CHOSEN, "--out", foreign)
    assert answer.exit_code == 2
    assert foreign in answer.stderr
    assert "climate: " not in answer.stderr


def test_folder_is_named_after_the_first_site(gigasite, tmp_path, monkeypatch, cooled):
    from gigasite.reports.commands import cooling as commands_cooling

    asked = []
    monkeypatch.setattr(commands_cooling, "_compare", lambda request, target, paper: asked.append(target) or cooled)
    gigasite("cooling", "memphis", "paris", "cairo", "--no-pdf")
    assert asked == [tmp_path / "runs" / "cooling" / "memphis_and_2_more"]
