"""``gigasite report``."""

import pytest
from typer.testing import CliRunner

from gigasite.models.errors import ReportError
from gigasite.reports.cli import app
from gigasite.reports.cooling import directory as cooling_directory
from gigasite.reports.figures import fonts
from gigasite.reports.results import run_directory


@pytest.fixture
def place(plan, plan_with, tmp_path):
    """A run of two days."""
    return run_directory.write(plan_with(hourly=plan.hourly.isel(time=slice(48))), tmp_path / "base")


def report(*arguments):
    return CliRunner().invoke(app, ["report", *map(str, arguments)])


def test_csv_and_excel_are_written_on_request(place):
    pytest.importorskip("xlsxwriter")
    (place / "hourly.csv").unlink()
    done = report(place, "--no-pdf", "--csv", "--excel")
    assert done.exit_code == 0, done.output
    assert (place / "hourly.csv").is_file()
    assert (place / "tables.xlsx").is_file()
    assert not (place / "report.pdf").exists()


def test_a_missing_font_is_told_and_leaves_no_report(place, monkeypatch):
    def none():
        raise ReportError("--language zh: no font with Chinese letters")

    monkeypatch.setattr(fonts, "chinese", none)
    done = report(place, "--language", "zh")
    assert done.exit_code == 2
    assert "no font with Chinese letters" in done.output
    assert not (place / "report.pdf").exists()


@pytest.mark.parametrize("name", ["costs.csv", "hourly.nc", "site.yaml"])
def test_an_edited_run_has_no_report_of_any_kind(place, name):
    with (place / name).open("ab") as stream:
        stream.write(b"\n")
    done = report(place, "--csv", "--excel", "--html")
    assert done.exit_code == 2
    assert f"{name}: was edited after the run" in done.output
    assert "Solve the site again" in done.output
    assert not any((place / made).exists() for made in ("report.pdf", "report.html", "tables.xlsx"))


def test_a_run_of_a_later_format_asks_for_a_later_release(place):
    text = (place / "run.json").read_text().replace('"format": 1', '"format": 2')
    (place / "run.json").write_text(text)
    done = report(place)
    assert done.exit_code == 2
    assert "written in format 2, this program reads format 1. Use the release of gigasite that wrote it" in done.output


def test_a_comparison_of_cooling_says_what_it_has(cooled, tmp_path):
    cooling = cooling_directory.write(cooled, tmp_path / "cooling")
    done = report(cooling, "--excel")
    assert done.exit_code == 2
    assert "Leave out --html, --csv, --excel and --language" in done.output
