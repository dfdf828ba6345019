import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.finance import (
    annuity_factor,
    internal_rate_of_return,
    levelised_cost,
    loan_balance,
    net_present_value,
    payback_years,
    present_value_years,
    present_worth_factor,
    salvage_share,
)

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


def test_what_is_paid_in_a_year_falls_at_its_end():
    """Four years from the decision at 10 %: 1/1.1 + 1/1.21 + 1/1.331 + 1/1.4641 = 3.16987; in mid-year 3.3246."""
    assert present_value_years(0.1, BASE, BASE, date(2030, 1, 1)) == pytest.approx(3.16987, rel=1e-5)


def test_time_before_the_phase_is_discounted():
    """The same years, 8 years later: 3.16987 / 1.1^8 = 1.47878."""
    later = present_value_years(0.1, BASE, date(2034, 1, 1), date(2038, 1, 1))
    assert later == pytest.approx(1.47878, rel=1e-5)


@given(st.floats(0.0, 0.3), st.integers(1, 60))
def test_annuities_of_a_life_are_worth_the_investment(rate, quarters):
    """Plant paid by annuities weighs in a plan what it costs, not a half year's interest more: a factor of 1.

    Of any length: 1,461 days are four years, a life of a quarter of that is one.
    """
    end = BASE + timedelta(days=1461 * quarters)
    worth = present_value_years(rate, BASE, BASE, end)
    assert annuity_factor(rate, 4.0 * quarters) * worth == pytest.approx(1.0, rel=1e-9)


def test_annuities_of_part_of_a_year_are_worth_their_part_of_the_investment():
    """At 6 % over 2.5 years: 0.06 / (1 - 1.06^-2.5) a year; 913.125 days are taken as 913."""
    worth = present_value_years(0.06, BASE, BASE, BASE + timedelta(days=913))
    assert annuity_factor(0.06, 913 / 365.25) * worth == pytest.approx(1.0, rel=1e-12)


@given(st.integers(1, 12_000), st.integers(0, 4_000))
def test_without_discount_a_phase_is_worth_its_length(days, offset):
    start = BASE + timedelta(days=offset)
    assert present_value_years(0.0, BASE, start, start + timedelta(days=days)) == pytest.approx(days / 365.25)


@given(st.floats(0.0, 0.2), st.integers(1, 5000), st.integers(1, 5000))
def test_a_horizon_is_worth_its_phases(rate, first, second):
    """Cut on any day, the parts add up: an offer that splits a phase changes no cost."""
    cut, end = BASE + timedelta(days=first), BASE + timedelta(days=first + second)
    parts = present_value_years(rate, BASE, BASE, cut) + present_value_years(rate, BASE, cut, end)
    assert parts == pytest.approx(present_value_years(rate, BASE, BASE, end), rel=1e-9)


def test_salvage_is_what_is_left_to_pay():
    """10 %, 2 years: annuity 1 / (1/1.1 + 1/1.21) = 0.57619; after one year 0.57619/1.1 = 0.52381 is left."""
    assert salvage_share(0.10, 2.0, 1.0) == pytest.approx(0.52381, abs=1e-5)
    assert salvage_share(0.0, 10.0, 4.0) == pytest.approx(0.6)
    assert salvage_share(0.07, 5.0, 12.0) == pytest.approx(salvage_share(0.07, 5.0, 2.0))


@pytest.mark.parametrize("days", [3652, 3653, 1826, 1827])
def test_nothing_is_left_on_the_day_on_which_a_life_ends(days):
    """2027 to 2037 are 3,653 days, 10.0014 years: plant of five years is used up, not replaced and a day old.

    Counted as replaced, its whole price would be left.
    """
    assert salvage_share(0.06, 5.0, days / 365.25) == 0.0
    assert salvage_share(0.06, 5.0, 0.0) == pytest.approx(1.0)
    assert salvage_share(0.06, 5.0, 5.5) == pytest.approx(salvage_share(0.06, 5.0, 0.5))


def test_present_value_of_two_payments_by_hand():
    """-100 now and 121 in two years at 10 %: 121 / 1.21 - 100 = 0."""
    assert net_present_value(0.1, [0.0, 2.0], [-100.0, 121.0]) == pytest.approx(0.0)


def test_internal_rate_of_known_flows():
    """-100, then 60 and 60: 1.1307 solves 100 x^2 = 60 x + 60, so 13.07 %."""
    rate = internal_rate_of_return(np.array([0.0, 1.0, 2.0]), np.array([-100.0, 60.0, 60.0]))
    assert rate == pytest.approx((0.6 + (0.36 + 2.4) ** 0.5) / 2 - 1, rel=1e-9)


def test_internal_rate_of_an_annuity_is_its_rate():
    amounts = np.array([-1.0, *[annuity_factor(0.0624, 25)] * 25])
    assert internal_rate_of_return(np.arange(26.0), amounts) == pytest.approx(0.0624, rel=1e-9)


@pytest.mark.parametrize("amounts", [[1.0, 2.0, 3.0], [-100.0, 230.0, -132.0], [0.0, 0.0, 0.0]])
def test_flows_with_no_root_or_with_two_have_no_internal_rate(amounts):
    """-100, 230, -132 is worth nothing at 10 % and at 20 %; either would be misleading."""
    assert math.isnan(internal_rate_of_return(np.arange(3.0), np.array(amounts)))


def test_a_second_investment_leaves_one_internal_rate():
    """-100, 160, -40, 40: signs change three times, but only 25.4 % makes it worth nothing."""
    amounts = np.array([-100.0, 160.0, -40.0, 40.0])
    rate = internal_rate_of_return(np.arange(4.0), amounts)
    roots = np.roots(amounts)
    real = roots[np.isclose(roots.imag, 0) & (roots.real > 0.1)].real
    assert rate == pytest.approx(real[0] - 1, rel=1e-9)
    assert len(real) == 1


def test_payback_on_a_straight_line():
    """-100, then 40 a year: after two years 20 are missing, half of the third year's 40."""
    assert payback_years(np.arange(4.0), np.array([-100.0, 40.0, 40.0, 40.0])) == pytest.approx(2.5)


def test_payback_counts_only_what_stays():
    """Positive after one year, negative again when the replacement is paid: the second crossing counts."""
    amounts = np.array([-50.0, 60.0, -40.0, 60.0])
    assert payback_years(np.arange(4.0), amounts) == pytest.approx(2.5)
    assert payback_years(np.arange(2.0), np.array([-50.0, 20.0])) == math.inf
    assert payback_years(np.arange(2.0), np.array([0.0, 20.0])) == 0.0


def test_balance_of_a_loan_by_hand():
    """10 % over two years, 0.57619 a year: after one year 1.1 - 0.57619 = 0.52381 is left."""
    assert loan_balance(0.1, 2.0, np.array([0.0, 1.0, 2.0, 5.0])) == pytest.approx([1.0, 0.52381, 0.0, 0.0], abs=1e-5)


def test_a_loan_without_interest_is_redeemed_in_equal_parts():
    assert loan_balance(0.0, 4.0, np.array([0.0, 1.0, 3.0])) == pytest.approx([1.0, 0.75, 0.25])


def test_levelised_cost_of_a_plant_by_hand():
    """100 USD at 10 % over 2 years: annuity 57.619; 5 USD a year besides, 10 MWh a year: 6.2619 USD/MWh."""
    assert levelised_cost(0.10, 100.0, np.full(2, 5.0), np.full(2, 10.0)) == pytest.approx(6.2619, abs=1e-4)


def test_levelised_cost_weighs_early_energy_more():
    """10 then 5 MWh: 100 / (10 / 1.1 + 5 / 1.21) = 7.5625; undiscounted 6.667."""
    assert levelised_cost(0.10, 100.0, np.zeros(2), np.array([10.0, 5.0])) == pytest.approx(7.5625, abs=1e-4)


def test_no_energy_has_no_levelised_cost():
    with pytest.raises(ValueError, match="needs energy"):
        levelised_cost(0.10, 100.0, np.zeros(2), np.zeros(2))
