"""What the report of a comparison says."""

import numpy as np

from gigasite.reports.cooling import content as cooling_content
from gigasite.reports.cooling.content import Column


def test_upgrade_is_the_difference_to_the_reference(cooled):
    """By hand: 100 - 40 = 60 USD/MWh, x 876,000 MWh = 52.56 M USD a year; 200 - 130 = 70 MW."""
    (line,) = cooling_content.upgrades(cooled, "hot")
    assert "saves 60.00 USD per MWh of IT, 52.6 M USD a year, and frees 70.0\N{NO-BREAK SPACE}MW" in line
    assert "Hall of 2015" in line


def test_reference_that_is_better_says_what_the_upgrade_costs(cooled, cooled_with):
    figures = cooled.figures.copy()
    figures.loc[figures["option"] == "old", ["cost_per_it_mwh", "annual_cost", "grid_peak"]] = [10.0, 8.76e6, 101.0]
    (line,) = cooling_content.upgrades(cooled_with(figures=figures), "cool")
    assert "costs 20.00 USD per MWh" in line
    assert "takes 11.0" in line


def test_heat_wave_compares_return_periods_unless_plant_is_sized_on_the_longer(cooled):
    first = cooling_content.heat_wave(cooled, "hot")
    assert "PUE 1.300 (130.0 MW) on the design days of 20 years, 1.310 (131.0 MW)" in first
    assert "return period of 50 years; PUE 1.120 (112.0 MW)" in cooling_content.heat_wave(cooled, "cool")


def test_place_where_nothing_fits_has_no_upgrade(cooled, cooled_with):
    figures = cooled.figures.assign(standing="unfit", why="no water")
    nothing = cooled_with(figures=figures)
    assert cooling_content.upgrades(nothing, "hot") == []
    assert cooling_content.heat_wave(nothing, "hot") == ""
    assert cooling_content.content(nothing)["winners"][0][1] == "none fits"


def test_best_comes_first_and_references_say_what_they_are(cooled):
    rows = cooling_content.option_rows(cooled, "hot", cooling_content.ENERGY[:1])
    assert rows == [
        ["1", "Dry coolers [new]", "1.150"],
        ["ref.", "Hall of 2015", "1.700"],
        ["unfit", "Wet towers", "1.120"],
    ]
    (line,) = cooling_content.unfit_lines(cooled, "hot")
    assert "needs 2,000,000 m3 of water a year, the cap is 1,000" in line


def test_throttled_hours_and_lost_work_are_said(cooled):
    (line,) = cooling_content.throttled_lines(cooled, "hot")
    assert "690 hours a year; 0.39\N{NO-BREAK SPACE}% of the work is lost" in line
    assert cooling_content.throttled_lines(cooled, "cool") == []


def test_cross_table_marks_the_cheapest_and_leaves_out_what_is_unfit(cooled):
    rows = dict(cooling_content.cross_rows(cooled, cooling_content.MONEY[-1]))
    assert rows["Wet towers"] == [("\N{EN DASH}", False), ("30.00", True)]
    assert rows["Dry coolers [new]"] == [("40.00", True), ("31.50", False)]


def test_decimals_follow_the_largest_value_and_zero_has_no_sign():
    column = Column("x", "", "")
    assert cooling_content.written([1234.5, 2.0, None, np.nan], column)[:2] == ["1,234", "2"]
    assert cooling_content.written([0.001, 2.0], column) == ["0.00", "2.00"]
    assert cooling_content.written([-0.001], column) == ["0.00"]
    assert cooling_content.written([-3.0], column) == ["\N{MINUS SIGN}3.00"]


def test_load_line_says_what_was_changed(cooled, cooled_with):
    assert cooling_content.load_line(cooled).endswith("climate changed: warming 2 K, hot year.")
    plain = cooled_with(run={**cooled.run, "climate": {}})
    assert "changed" not in cooling_content.load_line(plain)


def test_cautions_count_what_is_outside_and_unverified(cooled):
    text = "\n".join(cooling_content.cautions(cooled))
    assert "hot: the year is short" in text
    assert "“Wet towers” needs water: check that the place has it." in text
    assert "1 of 3 options ask a correlation outside its published range, in up to 12 hours" in text
    assert "1 of 2 inputs are general knowledge" in text


def test_redundancy_follows_the_order_of_the_figures(cooled):
    wide = cooling_content.redundancy(cooled, "hot")
    assert list(wide.index) == ["dry", "old"]
    assert wide["cost_per_it_mwh"].loc["dry"].to_dict() == {"2N": 42.0, "N": 40.0, "N+1": 41.0}


def test_many_places_are_cut_into_tables_that_fit_a_page(cooled, cooled_with):
    """Nine places in tables of four: 4, 4 and 1."""
    many = {f"p{number}": f"Place {number}" for number in range(9)}
    winners = dict.fromkeys(many, "x")
    wide = cooled_with(run={**cooled.run, "places": many, "winners": winners})
    groups = cooling_content.content(wide)["cross_pue"]
    assert [len(group["places"]) for group in groups] == [4, 4, 1]
    assert [len(cells) for _, cells in groups[2]["rows"]] == [1, 1, 1]
