"""The investor's view, against the plan's own annuities and by hand."""

from datetime import date

import numpy as np
import pytest

from gigasite.models.finance import annuity_factor, net_present_value, salvage_share
from gigasite.models.investor import Investor
from gigasite.sites.cash_flow import COLUMNS, _elapsed, cash_flow, returns
from gigasite.sites.kpis import kpis
from gigasite.sites.tables import costs

PLAIN = {"tax": 0.0, "debt_share": 0.0, "interest": 0.06, "return_on_equity": 0.06}


@pytest.fixture(scope="module")
def flow(invested):
    return cash_flow(invested, Investor())


def figures(finished, **changes):
    return returns(finished, Investor(**{**PLAIN, **changes})).set_index("name")["value"]


def test_the_time_between_two_days_is_whole_where_the_calendar_is():
    assert _elapsed(date(2027, 1, 1), date(2037, 1, 1)) == 10.0
    assert _elapsed(date(2025, 6, 30), date(2026, 7, 1)) == pytest.approx(1 + 1 / 365)
    assert _elapsed(date(2027, 7, 1), date(2027, 7, 1)) == 0.0


def test_without_tax_and_debt_power_breaks_even_at_its_levelised_cost(plain):
    """One cost of capital of 6 % for all, and the same for the owner: the cash flow is worth the annuities.

    With payments in the middle of the year and plant paid at its start the price would be 2.9 % lower.
    """
    lcoe = kpis(plain).query("name == 'lcoe'")["value"].iloc[0]
    assert figures(plain)["break_even_per_mwh"] == pytest.approx(lcoe, rel=1e-3)


def test_without_tax_and_debt_a_gpu_hour_breaks_even_at_the_cost_of_the_plan(invested):
    """Assets at their own rates, 8.5 % and 6 %, lie between the two prices; the partner's work is sold too."""
    headline = kpis(invested).pivot(index="name", columns="phase", values="value")
    partner = 100.0 * 8760.0
    sold = headline.loc["compute_delivered"].to_numpy() + partner
    worth = np.array([annuity_factor(0.06, 3) ** -1, 1.06**-3 * annuity_factor(0.06, 7) ** -1])
    plan = (headline.loc["annual_cost"].to_numpy() * worth).sum() / (sold * worth).sum()
    low, high = (figures(invested, return_on_equity=rate)["break_even_per_gpu_hour"] for rate in (0.06, 0.085))
    assert low < plan < high


def test_tax_raises_the_price(plain):
    assert figures(plain, tax=0.26)["break_even_per_mwh"] > figures(plain)["break_even_per_mwh"]


def test_at_the_break_even_price_the_owner_earns_what_it_asks(invested):
    found = returns(invested, Investor()).set_index("name")["value"]
    assert found["price"] == found["break_even_per_gpu_hour"]
    assert found["equity_irr"] == pytest.approx(0.115, abs=1e-6)
    assert found["net_present_value"] == pytest.approx(0.0, abs=1.0)


def test_a_higher_price_earns_more(invested):
    found = returns(invested, Investor(price="2.35 USD/H100/hour")).set_index("name")["value"]
    assert found["price"] == pytest.approx(2.35)
    assert found["net_present_value"] > 0
    assert found["payback"] < 3


def test_a_site_without_work_sells_energy_and_has_no_price_per_gpu_hour(plain):
    table = returns(plain, Investor(price="2 USD/H100/hour")).set_index("name")
    assert np.isnan(table.loc["break_even_per_gpu_hour", "value"])
    assert table.loc["price", "unit"] == "USD/MWh"
    assert table.loc["price", "value"] == pytest.approx(table.loc["break_even_per_it_mwh", "value"])


def test_years_hold_what_happens_in_them(flow, invested):
    """Ten years; phases of 2027 and 2030; accelerators of five years are bought again in 2032 and 2035."""
    assert list(flow.columns) == list(COLUMNS)
    assert flow["start"].tolist() == [f"{year}-01-01" for year in range(2027, 2037)]
    bought = flow.set_index("start")["capex"]
    table = costs(invested)
    phase = table.groupby("phase")["usd_capex"].sum()
    gpus = table[table["component"] == "gpu"].groupby("phase")["usd_capex"].sum()
    expected = {
        "2027-01-01": phase["2027-01-01"], "2030-01-01": phase["2030-01-01"],
        "2032-01-01": gpus["2027-01-01"], "2035-01-01": gpus["2030-01-01"],
    }  # fmt: skip
    assert bought[bought > 1.0].to_dict() == pytest.approx(expected)


def test_running_costs_are_the_cash_rows_of_the_cost_table(flow, invested):
    table = costs(invested)
    running = table[table["cash"] & ~table["reason"].str.startswith("capital")]
    by_phase = running.groupby("phase")["usd_per_year"].sum()
    by_year = flow[["energy", "fuel", "upkeep", "other"]].sum(axis=1).to_numpy()
    assert by_year == pytest.approx([by_phase["2027-01-01"]] * 3 + [by_phase["2030-01-01"]] * 7, rel=1e-9)
    fuel = table[table["component"] == "pipeline"].groupby("phase")["usd_per_year"].sum()
    assert flow["fuel"].to_numpy() == pytest.approx([fuel["2027-01-01"]] * 3 + [fuel["2030-01-01"]] * 7)


def test_the_owners_money_is_what_is_left(flow):
    left = (
        flow["revenue"] - flow["energy"] - flow["fuel"] - flow["upkeep"] - flow["other"] - flow["interest"]
        - flow["redemption"] - flow["tax"] - flow["capex"] + flow["borrowed"] + flow["resale"]
    )  # fmt: skip
    assert flow["equity"].to_numpy() == pytest.approx(left.to_numpy(), abs=1e-3)
    assert flow["equity_sum"].iloc[-1] == pytest.approx(left.sum())


def test_every_loan_is_redeemed_by_the_end(flow):
    assert flow["debt"].iloc[-1] == pytest.approx(0.0, abs=1.0)
    assert flow["borrowed"].sum() == pytest.approx(0.6 * flow["capex"].sum())
    assert flow["redemption"].sum() == pytest.approx(flow["borrowed"].sum())


def test_what_is_left_at_the_end_is_sold_for_its_remaining_annuities(flow, invested):
    """Plant of 2027 is ten years old, of 2030 seven; accelerators of 2027, renewed in 2032, are used up on the day.

    Those of 2030 were renewed in 2035 and are two years old. To take the used-up ones for new would add 67 MUSD.
    """
    expected = 0.0
    for name, record, _, added in invested.records():
        for usd, age in zip(record.capex_usd_per_unit * added, (10.0, 7.0), strict=True):
            if (name, age) != ("gpu", 10.0):
                expected += usd * salvage_share(record.cost_of_capital, record.life_years, age)
    assert flow["resale"].iloc[-1] == pytest.approx(expected, rel=1e-6)
    assert flow["resale"].iloc[:-1].to_numpy() == pytest.approx(np.zeros(9))


def test_depreciation_writes_off_what_is_bought_less_what_is_left(flow):
    """Plant in use is written off in equal parts: nothing is written off twice."""
    assert 0 < flow["depreciation"].sum() <= flow["capex"].sum()


def test_the_present_value_of_the_table_at_year_ends_is_near_that_of_the_days(flow):
    """A reader who discounts the equity column, purchases at the start and the rest at the end of each year."""
    spent = (flow["capex"] - flow["borrowed"]).to_numpy()
    rest = flow["equity"].to_numpy() + spent
    years = np.arange(10.0)
    worth = net_present_value(0.115, np.concatenate([years, years + 1]), np.concatenate([-spent, rest]))
    assert worth == pytest.approx(0.0, abs=1.0)
