"""Templates and their data."""

import pytest

from gigasite.reports.pages import typesetting

DATA = {
    "title": "#panic(1)", "load": "*x*", "places": [], "winners": [], "cautions": [], "facts": [], "columns": [],
    "cross_pue": [], "cross_cost": [], "options": [], "meanings": [["#a", "$b$"]], "outside": [], "unverified": [],
    "assumptions": [], "versions": [], "seconds": [], "inputs": [],
}  # fmt: skip


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_text_is_never_read_as_markup_and_equal_data_gives_equal_bytes(paper):
    """#panic(1) would stop typst if it were read as code."""
    one = typesetting.typeset("cooling.typ", DATA, {}, heading="[x]", paper=paper)
    assert one.startswith(b"%PDF-")
    assert typesetting.typeset("cooling.typ", DATA, {}, heading="[x]", paper=paper) == one
