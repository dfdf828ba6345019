"""A month of delay, by hand from the plan."""

import numpy as np
import pytest

from gigasite.models.finance import annuity_factor
from gigasite.sites.delay import COLUMNS, delay_costs, delay_kpis
from gigasite.sites.kpis import kpis
from gigasite.sites.tables import capacities, costs


@pytest.fixture(scope="module")
def months(invested):
    return delay_costs(invested).pivot(index="phase", columns="reason", values="usd_per_month")


def test_the_table_is_tidy(invested):
    assert list(delay_costs(invested).columns) == list(COLUMNS)


def test_idle_accelerators_cost_their_annuity(invested, months):
    """GPUs added x price x annuity factor at 8.5 % over 5 years / 12; not those that work already."""
    gpu = invested.site.component("gpu")
    added = capacities(invested).query("component == 'gpu'")["added"].to_numpy()
    by_hand = added / 1000 * gpu.capex * annuity_factor(0.085, 5.0) / 12
    assert months["idle accelerators"].to_numpy() == pytest.approx(by_hand, rel=1e-9)


def test_building_and_cooling_stand_idle_at_their_annuity(invested, months):
    """Every capital row of the first phase is an annuity; twelve months of delay cost a year of it."""
    table = costs(invested)
    family = table["component"].map(invested.family)
    first = (table["phase"] == "2027-01-01") & table["reason"].str.startswith("capital")
    plant = table[first & family.isin(["facility", "cooling"])]["usd_per_year"].sum()
    rest = table[first & family.isin(["grid", "renewable", "storage", "generation"])]["usd_per_year"].sum()
    rest += table[(table["phase"] == "2027-01-01") & (table["reason"] == "rent")]["usd_per_year"].sum()
    rest += 0.5 * 8760 * 50  # the contract is paid for whether it is taken or not
    assert 12 * months.loc["2027-01-01", "idle building and plant"] == pytest.approx(plant, rel=1e-9)
    assert 12 * months.loc["2027-01-01", "idle supply"] == pytest.approx(rest, rel=1e-9)


def test_in_the_first_phase_a_month_costs_the_value_of_its_work_less_what_is_not_bought(invested, months):
    """Work is worth more than it costs here: idle + upkeep + margin = value of the work - running costs.

    Done here: 2,000 H100 at once and nine tenths of 1,000, at 2.35 USD an hour. All of it is new.
    """
    table = costs(invested)
    running = table[
        (table["phase"] == "2027-01-01")
        & table["cash"]
        & ~table["reason"].str.match("capital|upkeep|partner|rent")
        & (table["component"] != "contract")
    ]["usd_per_year"].sum()
    by_hand = (2900.0 * 8760.0 * 2.35 - running) / 12
    assert months.loc["2027-01-01", "margin not earned"] > 0
    assert months.loc["2027-01-01"].sum() == pytest.approx(by_hand, rel=1e-6)


def test_in_a_later_phase_only_what_is_new_waits(invested):
    work = {name: (values, unit) for name, (values, unit) in delay_kpis(invested).items()}
    values, unit = work["delay_work"]
    stands = capacities(invested).query("component == 'gpu'")
    share = (stands["added"] / stands["value"]).to_numpy()
    done = kpis(invested).query("name == 'compute_delivered'")["value"].to_numpy()
    assert unit == "GPU-h/month"
    assert share[0] == pytest.approx(1.0)
    assert 0 < share[1] < 1
    assert values == pytest.approx(done * share / 12, rel=1e-9)


def test_the_headlines_are_sums_of_the_reasons(invested, months):
    figures = delay_kpis(invested)
    assert figures["delay_cost"][1] == figures["delay_idle_cost"][1] == "USD/month"
    assert figures["delay_cost"][0] == pytest.approx(months.sum(axis=1).to_numpy())
    idle = months.drop(columns="margin not earned").sum(axis=1).to_numpy()
    assert figures["delay_idle_cost"][0] == pytest.approx(idle)


def test_without_work_a_month_costs_what_stands_idle(plain):
    """The value of a plain load is unknown, so that no margin is counted; the second phase adds nothing."""
    months = delay_costs(plain).pivot(index="phase", columns="reason", values="usd_per_month")
    assert months["margin not earned"].to_numpy() == pytest.approx([0.0, 0.0])
    spent = costs(plain)
    first = spent[(spent["phase"] == "2027-01-01") & spent["reason"].str.match("capital|upkeep")]["usd_per_year"].sum()
    assert months.sum(axis=1).to_numpy() == pytest.approx([first / 12, 0.0], abs=1e-3)


def test_work_that_is_worth_less_than_it_costs_earns_no_margin(invested, monkeypatch):
    """At a thousandth of its value the work would lose money; a delay must not look like a gain."""
    monkeypatch.setattr("gigasite.sites.delay._value", lambda finished: np.zeros(2))
    months = delay_costs(invested).pivot(index="phase", columns="reason", values="usd_per_month")
    assert months["margin not earned"].to_numpy() == pytest.approx([0.0, 0.0])
    assert (months.sum(axis=1) > 0).all()
