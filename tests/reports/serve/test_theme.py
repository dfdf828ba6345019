"""Colours of the pages can be read."""

import pytest

from gigasite.reports.html.theme import TEXT_CONTRAST, contrast
from gigasite.reports.serve.theme import BY_DAY, BY_NIGHT, TEXT, style_sheet


@pytest.mark.parametrize("colours", [BY_DAY, BY_NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_read_on_its_ground(colours, text, ground):
    assert contrast(colours[text], colours[ground]) >= TEXT_CONTRAST


def test_style_sheet_has_every_colour_that_the_pages_use():
    import re
    from pathlib import Path

    import gigasite.reports.serve.app as app

    used = set(re.findall(r"var\(--([a-z-]+)\)", (Path(app.STATIC) / "page.css").read_text()))
    defined = set(re.findall(r"--([a-z-]+):", style_sheet() + (Path(app.STATIC) / "page.css").read_text()))
    assert used <= defined
