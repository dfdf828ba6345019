"""Numbers and names as people write them."""

import math

import pytest

from gigasite.reports import words


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1234567.8, "1,234,568"), (61.234, "61.2"), (0.0712345, "0.0712"), (-5.5, "−5.50"), (999.6, "1,000")],  # noqa: RUF001
)
def test_numbers_show_three_digits_and_separators(value, text):
    assert words.number(value) == text


@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_an_undefined_number_is_a_dash_not_a_zero(value):
    assert words.number(value) == words.NOTHING


def test_a_row_is_in_one_unit_with_equal_decimals():
    """180 MW beside 12,000 MW: the largest decides, 0.18 and 12.00 GW; alone, 180 MW stays 180 MW."""
    assert words.row([180.0, 12_000.0], "MW") == (["0.18", "12.00"], "GW")
    assert words.row([180.0, None], "MW") == (["180", words.NOTHING], "MW")
    assert words.row([1.573e9, 3.9e10], "USD/yr") == (["1,573", "39,000"], "M USD/yr")
    assert words.row([60.0, 300.0], "MW") == (["60", "300"], "MW")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1.573e9, "USD/yr", "1,573 M USD/yr"),
        (2.7e10, "USD", "27.0 bn USD"),
        (250.0, "USD", "250 USD"),
        (2_061_728.0, "t/yr", "2,062 kt/yr"),
        (530_429.0, "m3/yr", "0.530 million m³/yr"),
        (1.2e7, "MWh/yr", "12.0 TWh/yr"),
    ],
)
def test_quantities_choose_a_readable_unit(value, unit, text):
    assert words.quantity(value, unit).replace(words.NARROW, " ") == text


def test_shares_are_percentages_and_counts_are_whole():
    assert words.quantity(0.3831, "1", name="cfe_share").replace(words.NARROW, " ") == "38.3 %"
    assert words.quantity(599_999.6, "1", name="accelerators") == "600,000"
    assert words.quantity(1.1, "1", name="pue_annual") == "1.100"


@pytest.mark.parametrize(
    ("name", "text"),
    [("gas_engines", "Gas engines"), ("pv", "PV"), ("it_load", "IT load"), ("gb200_hall", "GB200 hall")],
)
def test_names_read_as_words(name, text):
    assert words.name_in_words(name) == text


@pytest.mark.parametrize(
    ("phase", "text"), [("2026-01-01", "2026"), ("2028-07-01", "Jul 2028"), ("2028-07-15", "15 Jul 2028"), ("x", "x")]
)
def test_phases_read_as_dates(phase, text):
    assert words.phase_in_words(phase) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(2025, "2025"), ("1234567", "1,234,567"), (12345.0, "12,345"), ("glycol", "glycol"), (True, "True")],
)
def test_years_have_no_separator_and_words_stay(value, text):
    assert words.value_in_words(value) == text


@pytest.mark.parametrize(("unit", "text"), [("m**3/hour", "m³/hour"), ("delta_degC", "K"), ("1", ""), ("degC", "°C")])
def test_units_read_as_people_write_them(unit, text):
    assert words.unit_in_words(unit) == text
