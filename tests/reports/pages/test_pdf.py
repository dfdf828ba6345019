"""The PDF: whole, equal for equal runs, and free of surprises from user text."""

import re

import pytest

from gigasite.models.errors import ReportError, RunDirectoryError
from gigasite.reports.content import plan as content
from gigasite.reports.figures import fonts, style
from gigasite.reports.figures import power as figures
from gigasite.reports.pages import pdf
from gigasite.reports.results import directories, run_directory

from ..printed import text_of

ODD = 'Site #1 *bold* _x_ $y$ [z] \\ @a <b> // `c` = "quoted" #panic(1)'


@pytest.fixture(scope="module")
def document(plan):
    return pdf.render(plan)


def test_the_same_run_gives_the_same_bytes(plan, document):
    assert pdf.render(plan) == document
    assert document.startswith(b"%PDF-")


def test_pdf_is_small(document):
    """2 MB are promised for three phases; two phases must stay well inside."""
    assert len(document) < 2e6


def test_pdf_is_written_from_the_run_directory_alone(plan, document, tmp_path):
    place = run_directory.write(plan, tmp_path / "base")
    assert pdf.write(place) == place / "report.pdf"
    assert (place / "report.pdf").read_bytes() == document
    run_directory.read(place)


def test_no_half_report_of_an_edited_run(plan, tmp_path):
    place = run_directory.write(plan, tmp_path / "base")
    (place / "costs.csv").write_text("nothing")
    with pytest.raises(RunDirectoryError, match=r"costs\.csv: was edited"):
        pdf.write(place)
    assert not (place / "report.pdf").exists()


def test_a_failing_write_keeps_the_old_report(plan, tmp_path, monkeypatch):
    place = run_directory.write(plan, tmp_path / "base")
    (place / "report.pdf").write_bytes(b"old")

    def full(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(directories, "_to_disk", full)
    with pytest.raises(RunDirectoryError, match="No space left"):
        pdf.write(place)
    assert (place / "report.pdf").read_bytes() == b"old"
    assert not list(place.glob(".*"))


def test_user_text_is_never_read_as_markup(plan, plan_with, tmp_path):
    """#panic(1) would stop typst if it were read as code; # and * would vanish if read as markup."""
    assumptions = plan.assumptions.assign(source=ODD)
    odd = plan_with(site=ODD, scenario=ODD, run={**plan.run, "warnings": [ODD]}, assumptions=assumptions)
    flat = re.sub(r"\s+", " ", text_of(pdf.render(odd), tmp_path))
    assert ODD in flat


def test_first_page_answers(document, tmp_path):
    first = text_of(document, tmp_path).split("\f")[0]
    for words in ("600,000", "1,182", "7,865", "interruptible", "synthetic", "What it drinks", "Jul 2028"):
        assert words in first


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_both_papers_are_set(plan, paper):
    assert pdf.render(plan, paper=paper).startswith(b"%PDF-")


def test_a_plain_load_without_compute_weather_or_sources_has_a_report(plan, plan_with):
    keep = ["ac.grid", "ac.pv", "ac.lighting"]
    kpis = plan.kpis[plan.kpis["name"].isin(["annual_cost", "lcoe", "grid_connection"])]
    small = plan_with(
        hourly=plan.hourly[keep], kpis=kpis, assumptions=plan.assumptions[:0], capacities=plan.capacities[:0],
        costs=plan.costs[:0], run={"status": "optimal"},
    )  # fmt: skip
    assert pdf.render(small).startswith(b"%PDF-")


def test_figures_are_equal_for_equal_plans_and_name_their_units(plan):
    for draw in (*pdf.FIGURES.values(), lambda p: figures.dispatch_weeks(p, "2026-01-01")):
        one, two = style.svg(draw(plan)), style.svg(draw(plan))
        assert one == two
        assert re.search(rb"MW|GW|USD/yr|%|PUE", one)
        assert style.TYPEFACE.encode() in one


def test_cost_table_adds_up_to_the_cash_rows(plan):
    """By hand for 2026: 1,571.2 M USD; the penalty of 1,234.5 USD is no cash and stays out."""
    rows = content.cost_rows(plan)
    assert rows[-1] == ["Total", "", "1,571.2", "7,856.0"]
    assert not any("Unserved" in row[1] for row in rows)
    shown = sum(float(row[2].replace(",", "")) for row in rows[:-1])
    assert shown == pytest.approx(1571.2, abs=0.05)


def test_cautions_say_what_is_synthetic_unverified_and_unserved(plan, plan_with):
    kpis = plan.kpis.assign(value=plan.kpis["value"].where(plan.kpis["name"] != "unserved_it", 12.0))
    text = " ".join(content.cautions(plan_with(kpis=kpis)))
    assert "synthetic" in text
    assert "2 of 46 inputs are general knowledge" in text
    assert "IT energy is not served" in text


def test_unverified_inputs_are_listed_apart(plan):
    data = content.content(plan)
    assert [row[1] for row in data["unverified"]] == ["Fixed cost", "System power"]
    assert len(data["assumptions"]) == 44


def test_a_chinese_report_says_the_same_numbers_in_chinese(plan, document, tmp_path):
    """Headings, sentences and figures are Chinese; the numbers of the first page are those of the English one."""
    try:
        fonts.chinese()
    except ReportError as error:
        pytest.skip(str(error))
    chinese = pdf.render(plan, language="zh")
    assert pdf.render(plan, language="zh") == chinese
    assert len(chinese) < 2e6
    first = text_of(chinese, tmp_path).split("\f")[0]
    for words in ("规模与时间", "加速器", "600,000", "1,182", "7,865", "使用前请注意"):
        assert words in first
    assert pdf.render(plan) == document
