import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.catalogue import lookup
from gigasite.models.finance import annuity_factor, levelised_cost, salvage_share
from gigasite.models.investor import Investor, Purchase, Venture, break_even_price, statement

PLAIN = {"tax": 0.0, "debt_share": 0.0, "interest": 0.05, "tenor": "10 year", "return_on_equity": 0.1}


def investor(**changes):
    return Investor(**{**PLAIN, **changes})


def venture(*purchases, years=4, running=0.0, sold=1.0):
    edges = np.arange(years + 1.0)
    return Venture(edges, purchases, np.full(years, running), np.full(years, sold))


def test_what_is_left_out_comes_from_the_catalogue():
    made = Investor()
    assert made.tax == pytest.approx(0.26)
    assert made.debt_share == pytest.approx(lookup("investor", "debt_share").value / 100)
    assert made.tenor == 10.0
    assert made.price is None
    assert made.resale == 1.0


def test_a_price_is_held_per_thousand_accelerators():
    """2.35 USD for an H100-hour is 2,350 USD for a thousand of them."""
    assert Investor(price="2.35 USD/H100/hour").price == pytest.approx(2350.0)


def test_a_loan_needs_time():
    with pytest.raises(ValueError, match="greater than 0"):
        Investor(tenor="0 year")


@given(st.floats(0.0, 0.2), st.integers(1, 30))
def test_without_tax_and_debt_the_break_even_price_is_the_annuity(rate, life):
    """Bought for 100, sold one unit a year over its life: the price is 100 x annuity factor."""
    made = venture(Purchase(0.0, life, life, 100.0), years=life)
    price = break_even_price(investor(return_on_equity=rate), made)
    assert price == pytest.approx(100 * annuity_factor(rate, life), rel=1e-9)


def test_resale_at_the_remaining_annuities_leaves_the_price():
    """Plant of eight years that is retired after four and sold for what is left to pay costs the same annuity."""
    left = 100 * salvage_share(0.1, 8.0, 4.0)
    price = break_even_price(investor(), venture(Purchase(0.0, 4.0, 8.0, 100.0, left)))
    assert price == pytest.approx(100 * annuity_factor(0.1, 8.0), rel=1e-9)
    none = break_even_price(investor(resale=0.0), venture(Purchase(0.0, 4.0, 8.0, 100.0, left)))
    assert none == pytest.approx(100 * annuity_factor(0.1, 4.0), rel=1e-9)


@given(st.floats(0.0, 0.9))
def test_without_tax_a_loan_at_the_owners_own_rate_changes_nothing(share):
    """Modigliani and Miller: at one rate for both, the price does not depend on who pays."""
    made = venture(Purchase(0.0, 4.0, 4.0, 100.0), running=7.0)
    price = break_even_price(investor(debt_share=share, interest=0.1), made)
    assert price == pytest.approx(100 * annuity_factor(0.1, 4.0) + 7.0, rel=1e-9)


def test_without_tax_and_debt_the_break_even_price_is_the_levelised_cost():
    """Output that fades by 2 % a year, upkeep of 2: one formula for both, by root and in closed form."""
    sold = 0.98 ** np.arange(1.0, 21.0)
    made = Venture(np.arange(21.0), [Purchase(0.0, 20.0, 20.0, 125.0)], np.full(20, 2.0), sold)
    price = break_even_price(investor(return_on_equity=0.07), made)
    assert price == pytest.approx(levelised_cost(0.07, 125.0, np.full(20, 2.0), sold), rel=1e-9)


def test_cheap_debt_lowers_the_price():
    made = venture(Purchase(0.0, 4.0, 4.0, 100.0))
    assert break_even_price(investor(debt_share=0.6), made) < break_even_price(investor(), made)


def test_two_years_by_hand():
    """Bought for 100 with 50 borrowed at 10 % over two years; one unit at 80 a year, 10 to run, taxed at 25 %.

    Loan: 50 x 0.57619 = 28.8095 a year; interest 5 then 2.6190; redeemed 23.8095 then 26.1905.
    Profit: 80 - 10 - 50 - 5 = 15, then 17.3810; tax 3.75, then 4.3452.
    Owner: -50; 80 - 10 - 3.75 - 28.8095 = 37.4405; 80 - 10 - 4.3452 - 28.8095 = 36.8452.
    """
    one = investor(tax=0.25, debt_share=0.5, interest=0.1)
    found = statement(one, venture(Purchase(0.0, 2.0, 2.0, 100.0), years=2, running=10.0), 80.0)
    assert found.interest == pytest.approx([5.0, 2.6190], abs=1e-4)
    assert found.redemption == pytest.approx([23.8095, 26.1905], abs=1e-4)
    assert found.debt == pytest.approx([26.1905, 0.0], abs=1e-4)
    assert found.taxable == pytest.approx([15.0, 17.3810], abs=1e-4)
    assert found.tax == pytest.approx([3.75, 4.3452], abs=1e-4)
    assert found.equity == pytest.approx([37.4405 - 50.0, 36.8452], abs=1e-4)
    assert found.worth(0.1) == pytest.approx(-50 + 37.4405 / 1.1 + 36.8452 / 1.21, abs=1e-3)
    assert found.payback == pytest.approx(1 + (50 - 37.4405) / 36.8452, abs=1e-4)


def test_tax_on_a_plain_annuity_in_closed_form():
    """Price p, straight line D = I/n: p - t (p - D) = I x a, so p = (I a - t I/n) / (1 - t)."""
    price = break_even_price(investor(tax=0.26), venture(Purchase(0.0, 4.0, 4.0, 100.0)))
    assert price == pytest.approx((100 * annuity_factor(0.1, 4.0) - 0.26 * 25.0) / 0.74, rel=1e-9)


def test_losses_are_carried_forward():
    """Sales of 0, 60, 60 on plant of 90 over three years: losses of 30 then profits of 30 and 30; tax only on 30."""
    made = Venture(np.arange(4.0), [Purchase(0.0, 3.0, 3.0, 90.0)], np.zeros(3), np.array([0.0, 1.0, 1.0]))
    assert statement(investor(tax=0.25), made, 60.0).tax == pytest.approx([0.0, 0.0, 7.5])


def test_a_gain_on_resale_is_taxed():
    """Sold after two of four years for 70, book value 50: the gain of 20 is profit."""
    found = statement(investor(tax=0.5), venture(Purchase(0.0, 2.0, 4.0, 100.0, 70.0), years=2), 25.0)
    assert found.taxable == pytest.approx([0.0, 20.0])
    assert found.equity == pytest.approx([25.0 - 100.0, 25.0 + 70.0 - 10.0])


def test_a_loan_is_redeemed_when_its_plant_is_sold():
    """Nothing is owed after the horizon: the balance of a loan of ten years ends at zero with the plant, after four."""
    found = statement(investor(debt_share=0.6), venture(Purchase(0.0, 4.0, 12.0, 100.0, 70.0)), 20.0)
    assert found.debt[2] > 0
    assert found.debt[3] == pytest.approx(0.0, abs=1e-9)
    assert found.redemption.sum() == pytest.approx(60.0)
    assert found.borrowed.sum() == pytest.approx(60.0)


def test_a_loan_outlives_no_plant():
    found = statement(investor(debt_share=0.6), venture(Purchase(0.0, 2.0, 2.0, 100.0)), 20.0)
    assert found.debt[1:] == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)


def test_replacement_within_the_horizon_is_paid_when_it_happens():
    found = statement(investor(), venture(Purchase(0.0, 2.0, 2.0, 100.0), Purchase(2.0, 4.0, 2.0, 100.0)), 0.0)
    assert found.capex == pytest.approx([100.0, 0.0, 100.0, 0.0])
    assert found.depreciation == pytest.approx([50.0] * 4)


def test_plant_bought_within_a_year_is_depreciated_from_then_on():
    found = statement(investor(), venture(Purchase(0.5, 4.0, 4.0, 80.0)), 0.0)
    assert found.depreciation == pytest.approx([10.0, 20.0, 20.0, 20.0])
    assert found.capex == pytest.approx([80.0, 0.0, 0.0, 0.0])


def test_income_that_exceeds_every_cost_makes_the_price_negative():
    """Exports of 50 a year and nothing bought: the owner could pay 50 for every unit that it gives away."""
    assert break_even_price(investor(), venture(running=-50.0)) == pytest.approx(-50.0)


def test_what_sells_nothing_has_no_price():
    assert math.isnan(break_even_price(investor(), venture(Purchase(0.0, 4.0, 4.0, 1.0), sold=0.0)))
    assert math.isnan(break_even_price(investor(tax=1.0), venture(Purchase(0.0, 4.0, 4.0, 1.0))))


@given(st.floats(0.0, 0.5), st.floats(0.0, 0.8), st.floats(0.02, 0.2), st.floats(-5.0, 40.0))
def test_at_the_break_even_price_the_owner_earns_what_it_asks(tax, share, rate, running):
    made = venture(Purchase(0.0, 3.0, 3.0, 100.0), Purchase(3.0, 4.0, 3.0, 100.0, 60.0), running=running)
    one = investor(tax=tax, debt_share=share, return_on_equity=rate)
    found = statement(one, made, break_even_price(one, made))
    assert found.worth(rate) == pytest.approx(0.0, abs=1e-6)
    assert found.amounts.sum() == pytest.approx(found.equity.sum())
