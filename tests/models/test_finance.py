from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.finance import annuity_factor, present_value_years, present_worth_factor, salvage_share

BASE = date(2026, 1, 1)


def test_annuity_of_a_loan_by_hand():
    """10 % over 2 years: 1 / (1/1.1 + 1/1.21) = 0.576190."""
    assert annuity_factor(0.1, 2) == pytest.approx(0.576190, abs=1e-6)


def test_annuity_without_interest_is_straight_line():
    assert annuity_factor(0.0, 20) == 0.05


@given(st.floats(0.001, 0.3), st.integers(1, 60))
def test_annuity_pays_back_the_investment(rate, years):
    """The payments are worth the investment: factor x sum (1 + r)^-n = 1."""
    worth = sum((1 + rate) ** -n for n in range(1, years + 1))
    assert annuity_factor(rate, years) * worth == pytest.approx(1.0, rel=1e-9)


@pytest.mark.parametrize("years", [0, -1])
def test_a_life_of_nothing_is_refused(years):
    with pytest.raises(ValueError, match="longer than zero"):
        annuity_factor(0.07, years)


def test_present_worth_factor_in_closed_form():
    """Escalation 1.66 %, discount 6.24 %, 25 years: g (1 - g^25) / (1 - g) with g = 1.0166 / 1.0624, about 14.8."""
    g = 1.0166 / 1.0624
    assert present_worth_factor(0.0166, 0.0624, 25) == pytest.approx(g * (1 - g**25) / (1 - g), rel=1e-12)


def test_present_worth_factor_of_equal_rates_is_the_number_of_years():
    assert present_worth_factor(0.05, 0.05, 25) == pytest.approx(25.0)


def test_payments_fall_in_the_middle_of_the_year():
    """One year from the decision at 10 %: 1 / 1.1^0.5 = 0.9535; at the year's end 0.9091."""
    assert present_value_years(0.1, BASE, BASE, date(2027, 1, 1)) == pytest.approx(1.1**-0.5, rel=1e-3)


def test_time_before_the_phase_is_discounted():
    """The same year, 10 years later: 0.9535 / 1.1^10."""
    later = present_value_years(0.1, BASE, date(2036, 1, 1), date(2037, 1, 1))
    assert later == pytest.approx(1.1**-10.5, rel=5e-3)


@given(st.integers(1, 12_000), st.integers(0, 4_000))
def test_without_discount_a_phase_is_worth_its_length(days, offset):
    start = BASE + timedelta(days=offset)
    assert present_value_years(0.0, BASE, start, start + timedelta(days=days)) == pytest.approx(days / 365.25)


@given(st.floats(0.0, 0.2), st.integers(1, 20), st.integers(1, 20))
def test_a_horizon_is_worth_its_phases(rate, first, second):
    """Split at whole years of 365.25 days the parts add up; four years at a time make these whole days."""
    cut, end = BASE + timedelta(days=1461 * first), BASE + timedelta(days=1461 * (first + second))
    parts = present_value_years(rate, BASE, BASE, cut) + present_value_years(rate, BASE, cut, end)
    assert parts == pytest.approx(present_value_years(rate, BASE, BASE, end), rel=1e-9)


def test_salvage_is_what_is_left_to_pay():
    """10 %, 2 years: annuity 1 / (1/1.1 + 1/1.21) = 0.57619; after one year 0.57619/1.1 = 0.52381 is left."""
    assert salvage_share(0.10, 2.0, 1.0) == pytest.approx(0.52381, abs=1e-5)
    assert salvage_share(0.0, 10.0, 4.0) == pytest.approx(0.6)
    assert salvage_share(0.07, 5.0, 12.0) == pytest.approx(salvage_share(0.07, 5.0, 2.0))
