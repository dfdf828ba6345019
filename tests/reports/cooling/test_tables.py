"""The comparison on the terminal."""

import io

import pytest
from rich.console import Console

from gigasite.reports.cooling import tables as cooling_tables


def printed(results, width: int) -> str:
    console = Console(width=width, file=io.StringIO())
    console.print(cooling_tables.summary(results))
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 100, 160])
def test_every_figure_is_readable_at_every_width(cooled, width):
    """Nothing is cut off: a table too wide would end in an ellipsis, or run over the edge."""
    text = printed(cooled, width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    for shown in ("1.150", "1.250", "1.300", "130.0", "76.9", "80.0", "60.0", "40.00", "92.0"):
        assert shown in text


def test_narrow_terminal_has_two_tables_of_a_place_and_a_wide_one_has_one(cooled):
    assert "Hot Field: grid and money" in printed(cooled, 80)
    assert "grid and money" not in printed(cooled, 160)


def test_answers_stand_below_the_table_and_warnings_last(cooled):
    lines = printed(cooled, 160).splitlines()
    order = ["Hot Field: dry wins.", "An upgrade from", "Heat wave", "Unfit", "USD per MWh of IT", "! hot: the year"]
    places = [next(n for n, line in enumerate(lines) if line.strip().startswith(text)) for text in order]
    assert places == sorted(places)
    assert lines[-1].startswith("!")


def test_brackets_in_names_are_printed(cooled):
    assert "Dry coolers [new]" in printed(cooled, 160)


def test_one_place_needs_no_cross_table(cooled, cooled_with):
    alone = cooled_with(run={**cooled.run, "places": {"hot": "Hot Field"}})
    assert "costs least at the place" in printed(cooled, 160)
    assert "costs least at the place" not in printed(alone, 160)


def test_more_places_than_fit_are_stacked(cooled, cooled_with):
    """At 80 columns about four places fit beside the options; nine need three tables for each figure."""
    many = {f"place_{number}": f"Place {number}" for number in range(9)}
    wide = cooled_with(run={**cooled.run, "places": many, "winners": dict.fromkeys(many, "x")})
    text = printed(wide, 80)
    assert all(f"place_{number}" in text for number in range(9))
    assert max(map(len, text.splitlines())) <= 80
