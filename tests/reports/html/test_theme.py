"""Colours that can be read: contrast as WCAG 2.2 defines it."""

import pytest

from gigasite.reports.figures import style
from gigasite.reports.html import theme as html_theme
from gigasite.reports.html.theme import DARK, LIGHT, contrast

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_of_known_colours():
    """Black on white 21:1; #767676 is the lightest grey that passes AA on white, 4.54:1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", "#777777") == 1


@THEMES
@pytest.mark.parametrize(("text", "ground"), html_theme.TEXT)
def test_text_is_read(theme, text, ground):
    assert contrast(theme[text], theme[ground]) >= html_theme.TEXT_CONTRAST


@THEMES
@pytest.mark.parametrize(("part", "ground"), html_theme.PARTS)
def test_controls_and_focus_are_seen(theme, part, ground):
    assert contrast(theme[part], theme[ground]) >= html_theme.PART_CONTRAST


def test_both_themes_know_the_same_roles():
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("family", style.FAMILIES)
def test_technologies_are_seen_by_night(family):
    colour = style.FAMILIES[family][0]
    day, night = html_theme.both(colour)
    assert day == colour
    assert contrast(night, DARK["page"]) >= html_theme.PART_CONTRAST


def test_ink_stays_ink():
    assert html_theme.both(style.INK) == [LIGHT["ink"], DARK["ink"]]
