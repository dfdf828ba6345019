"""The tables of a comparison."""

from gigasite.reports.cooling.results import tidy


def test_tidy_table_has_every_figure_of_every_place_and_option_in_order(cooled):
    """6 pairs of place and option x 18 figures = 108 rows; the first pair comes first with all its figures."""
    table = tidy(cooled)
    assert len(table) == 108
    assert list(table["option"][:18]) == ["dry"] * 18
    assert list(table["name"][:3]) == ["pue_annual", "pue_p99_6", "pue_design"]
    row = table[(table["place"] == "cool") & (table["option"] == "tower") & (table["name"] == "wue_annual")]
    assert row[["value", "unit"]].values.tolist() == [[1.5, "L/kWh"]]


def test_figures_of_a_place_may_be_asked_by_standing(cooled):
    assert list(cooled.of("hot")["option"]) == ["dry", "old", "tower"]
    assert list(cooled.of("hot", "ranked")["option"]) == ["dry"]


def test_fact_that_nobody_knows_is_none(cooled):
    assert cooled.fact("hot", "electricity_price") == 75.0
    assert cooled.fact("hot", "cost_of_capital") is None


def test_names_and_labels_keep_their_order(cooled):
    assert list(cooled.names) == ["hot", "cool"]
    assert list(cooled.labels) == ["dry", "tower", "old"]
