"""Fonts of the system."""

import pytest

from gigasite.models.errors import ReportError
from gigasite.reports.figures import fonts


@pytest.fixture
def installed(monkeypatch):
    """A function that says which font files the system has."""

    def install(*paths):
        fonts.chinese.cache_clear()
        monkeypatch.setattr("matplotlib.font_manager.findSystemFonts", lambda: list(paths))

    yield install
    fonts.chinese.cache_clear()


def test_the_best_font_is_taken(installed):
    installed("/x/wqy-microhei.ttc", "/y/NotoSerifCJK-Regular.ttc", "/y/DejaVuSans.ttf")
    assert fonts.chinese().family == "Noto Serif CJK SC"
    assert str(fonts.chinese().path) == "/y/NotoSerifCJK-Regular.ttc"


def test_a_system_without_chinese_letters_is_told_how_to_get_them(installed):
    installed("/y/DejaVuSans.ttf")
    with pytest.raises(ReportError, match=r"--language zh: no font .*apt-get install fonts-noto-cjk") as caught:
        fonts.chinese()
    assert caught.value.exit_code == 2
