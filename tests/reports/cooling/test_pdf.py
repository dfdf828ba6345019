"""The PDF and the charts of a comparison."""

import re

import pytest

from gigasite.reports.cooling import directory as cooling_directory
from gigasite.reports.cooling import pdf as cooling_pdf

from ..printed import text_of

ODD = 'Place #1 *bold* _x_ $y$ [z] \\ @a <b> // `c` = "quoted" #panic(1)'


@pytest.fixture(scope="module")
def document(cooled):
    return cooling_pdf.render(cooled)


def test_the_same_comparison_gives_the_same_bytes(cooled, document):
    assert cooling_pdf.render(cooled) == document
    assert document.startswith(b"%PDF-")


def test_pdf_is_written_from_the_directory_alone(cooled, document, tmp_path):
    place = cooling_directory.write(cooled, tmp_path / "c")
    assert cooling_pdf.write(place).read_bytes() == document
    cooling_directory.read(place)


def test_first_page_answers(document, tmp_path):
    first = text_of(document, tmp_path).split("\f")[0]
    for words in ("dry wins", "towers win", "saves 60.00", "Heat wave", "the year is short", "30.00"):
        assert words in first


def test_report_says_what_was_assumed(document, tmp_path):
    whole = text_of(document, tmp_path)
    for words in ("What was assumed", "shown for comparison", "40 °C", "Unverified inputs", "outside its published"):
        assert words in whole.replace("\N{NO-BREAK SPACE}", " ")


def test_user_text_is_never_read_as_markup(cooled, cooled_with, tmp_path):
    odd = cooled_with(run={**cooled.run, "places": {"hot": ODD}, "warnings": [ODD]})
    assert ODD in re.sub(r"\s+", " ", text_of(cooling_pdf.render(odd), tmp_path))


def test_comparison_without_sweeps_has_a_report(cooled, cooled_with):
    assert cooling_pdf.render(cooled_with(sweeps=cooled.sweeps[:0]), paper="us-letter").startswith(b"%PDF-")


def test_every_chart_is_there_as_svg_and_png_and_serves_the_pdf(cooled, document):
    """Two places with five figures each, in two formats."""
    drawn = cooling_pdf.charts(cooled)
    assert len(drawn) == 20
    assert drawn["costs-hot.png"].startswith(b"\x89PNG")
    assert drawn["sweeps-cool.svg"].startswith(b"<?xml")
    assert cooling_pdf.render(cooled, drawn=drawn) == document
