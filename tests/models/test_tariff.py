"""Every kind of charge by hand, on half hours that stand for a month each."""

import numpy as np
import pytest

from gigasite.models.hourly import HourlyValues
from gigasite.models.tariff import DemandCharge, EnergyTiers
from gigasite.models.timeline import Outcome

MONTHS = range(1, 13)
RISING = HourlyValues(np.arange(1.0, 13.0), "MW")  # 1 MW in January to 12 MW in December


@pytest.fixture
def billed(tiny, free_grid):
    """Return the charges of a load in twelve steps, one a month, by reason."""

    def bill(demand=RISING, **changes):
        load = {"kind": "load", "name": "offices", "demand": demand}
        solved = tiny(load, free_grid(**changes), steps=12, months=MONTHS)
        return lambda reason: solved.cost("grid", reason)[0]

    return bill


def charge(**fields):
    return {"demand_charges": [fields]}


def only(*steps):
    values = np.zeros(12)
    values[list(steps)] = 1.0
    return HourlyValues(values, "")


def test_a_monthly_charge_counts_each_months_peak(billed):
    """1 + 2 + ... + 12 = 78 MW-months x 1,000 USD; the year's peak in every month would be 144,000."""
    assert billed(**charge(rate="1 USD/kW/month"))("demand charge (1)") == pytest.approx(78_000)


def test_a_rate_by_the_year_is_twelve_times_one_by_the_month(billed):
    """12 USD/kW/year = 1 USD/kW/month."""
    assert billed(**charge(rate="12 USD/kW/year"))("demand charge (1)") == pytest.approx(78_000)


def test_an_annual_charge_counts_the_years_peak(billed):
    """12 MW x 30,000 USD/MW = 360,000 USD."""
    assert billed(**charge(kind="annual", rate="30 USD/kW/year"))("demand charge (1)") == pytest.approx(360_000)


def test_only_the_hours_of_the_window_count(billed):
    """March, 3 MW, and July, 7 MW: 10 MW-months; the year's peak among them is 7 MW."""
    of_months = charge(rate="1 USD/kW/month", within=only(2, 6))
    of_year = charge(kind="annual", rate="12 USD/kW/year", within=only(2, 6))
    assert billed(**of_months)("demand charge (1)") == pytest.approx(10_000)
    assert billed(**of_year)("demand charge (1)") == pytest.approx(7 * 12_000)


def test_a_coincident_charge_counts_the_mean_of_the_utilitys_peaks(billed):
    """(3 + 7) / 2 = 5 MW x 40,000 USD/MW; their highest would cost 280,000."""
    peaks = charge(kind="coincident", label="4CP", rate="40 USD/kW/year", within=only(2, 6))
    assert billed(**peaks)("demand charge (4CP)") == pytest.approx(200_000)


def test_tiers_charge_each_block_at_its_rate(billed):
    """Up to 5 MW 1, up to 10 MW 2, beyond 4 USD/kW: 1 to 5 in the first months, then 7, 9, 11, 13, 15, 19 and 23.

    15 + 55 + 42 = 112 thousand USD; the whole demand at the rate of its last block would cost 187.
    """
    tiers = [
        {"up_to": "5 MW", "rate": "1 USD/kW/month"},
        {"up_to": "10 MW", "rate": "2 USD/kW/month"},
        {"rate": "4 USD/kW/month"},
    ]
    assert billed(**charge(tiers=tiers))("demand charge (1)") == pytest.approx(112_000)


def test_a_ratchet_bills_a_share_of_the_year_before(billed):
    """80 % of 12 MW = 9.6 MW in every month, 10, 11 and 12 MW in the last three: 9 x 9.6 + 33 = 119.4 thousand USD."""
    ratchet = charge(rate="1 USD/kW/month", ratchet={"share": "80 %"})
    assert billed(**ratchet)("demand charge (1)") == pytest.approx(119_400)


def test_a_short_ratchet_forgets(billed):
    """50 % of the two months before. January: 6 of December; February: 6 of December; March on: their own, 3 to 12.

    6 + 6 + 75 = 87 thousand USD; eleven months back would give 6 MW until June.
    """
    ratchet = charge(rate="1 USD/kW/month", ratchet={"share": "50 %", "months": 2})
    assert billed(**ratchet)("demand charge (1)") == pytest.approx(87_000)


def test_several_charges_add_up_under_their_names(billed):
    """Labels that repeat are told apart by number."""
    many = [{"label": "peak", "rate": "1 USD/kW/month"}] * 2
    bill = billed(demand_charges=many, demand_charge="1 USD/kW/month")
    assert [bill(r) for r in ("demand charge", "demand charge (peak)", "demand charge (peak, 2)")] == [
        pytest.approx(78_000)
    ] * 3


def test_an_engine_shaves_the_ratcheted_peak(tiny, free_grid):
    """11 months of 4 MW, one of 12, at 20,000 USD/MW and month with a ratchet of 80 %.

    An engine at 300 USD/MWh, 200 above the grid, costs 200 x 730 h = 146,000 USD for each MW that it shaves. That
    saves (1 + 11 x 0.8) x 20,000 = 196,000 down to 5 MW, where 80 % of the peak meets the 4 MW of the other months,
    and 20,000 below. Without the ratchet it would not run.
    """
    load = {"kind": "load", "name": "offices", "demand": HourlyValues(np.array([4.0] * 11 + [12.0]), "MW")}
    engine = {
        "kind": "generator", "name": "engine", "technology": "gas_engine", "fuel": "gas", "size": {"fixed": "30 MW"},
        "auxiliary_load": 0, "forced_outage": 0, "capex": "0 USD/MW", "upkeep": "0 USD/MW/year", "efficiency": 0.5,
        "running_cost": "290 USD/MWh", "lead_time": "0 years", "reference_temperature": "50 degC",
    }  # fmt: skip
    gas = {"kind": "natural_gas", "name": "gas", "price": "5 USD/MWh"}
    grid = free_grid(demand_charges=[{"rate": "20 USD/kW/month", "ratchet": {"share": "80 %"}}])
    solved = tiny(load, grid, engine, gas, steps=12, months=MONTHS)
    assert solved["grid.imported"][:12] == pytest.approx([4.0] * 11 + [5.0])
    assert solved.cost("grid", "demand charge (1)") == pytest.approx([(5 + 11 * 4) * 20_000])


def test_energy_tiers_start_anew_every_month(billed):
    """730 h a month: January to December draw 730 to 8,760 MWh. Beyond 3,650 MWh, the fifth of them, 10 USD/MWh more:
    730 x (1 + 2 + ... + 7) x 10 = 204,400 USD.
    """
    tiers = [{"up_to": "3650 MWh", "rate": "0 USD/MWh"}, {"rate": "10 USD/MWh"}]
    assert billed(energy_tiers={"tiers": tiers})("energy tiers") == pytest.approx(204_400)


def test_energy_tiers_of_a_year_count_the_year(billed):
    """78 x 730 = 56,940 MWh; 6,940 MWh above 50 GWh at 10 USD/MWh."""
    tiers = [{"up_to": "50 GWh", "rate": "0 USD/MWh"}, {"rate": "10 USD/MWh"}]
    assert billed(energy_tiers={"every": "year", "tiers": tiers})("energy tiers") == pytest.approx(69_400)


def test_an_hour_of_a_window_is_billed_every_year_of_several(tiny, free_grid):
    """Two years of six steps: the window of the first six repeats; step 3 of the second year has the peak of 10 MW."""
    demand = HourlyValues(np.array([1, 1, 1, 5, 1, 1, 9, 1, 1, 10, 1, 1.0]), "MW")
    window = HourlyValues(np.array([0, 0, 0, 1, 0, 0.0]), "")
    grid = free_grid(demand_charges=[{"kind": "annual", "rate": "12 USD/kW/year", "within": window}])
    solved = tiny({"kind": "load", "name": "offices", "demand": demand}, grid, steps=12)
    assert solved.cost("grid", "demand charge (1)") == pytest.approx([120_000])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "either a rate or tiers"),
        ({"rate": "1 USD/kW/month", "tiers": [{"rate": "1 USD/kW/month"}]}, "either a rate or tiers"),
        ({"tiers": [{"up_to": "5 MW", "rate": "1 USD/kW/month"}]}, "the last must not: it has no end"),
        ({"tiers": [{"rate": "1 USD/kW/month"}] * 2}, "all tiers but the last must state up_to"),
        (
            {
                "tiers": [
                    {"up_to": "9 MW", "rate": "1 USD/kW/month"},
                    {"up_to": "5 MW", "rate": "2 USD/kW/month"},
                    {"rate": "3 USD/kW/month"},
                ]
            },
            "up_to must lie above 9 MW, got 5 MW. Sort them",
        ),
        (
            {"tiers": [{"up_to": "9 MW", "rate": "3 USD/kW/month"}, {"rate": "1 USD/kW/month"}]},
            "that of the tier before, 3 USD/kW/month, got 1: .* add 18000 USD/month to fixed_charge.* Else state one",
        ),
        ({"kind": "coincident", "rate": "1 USD/kW/month"}, "a coincident charge needs within"),
        (
            {"kind": "annual", "rate": "1 USD/kW/month", "ratchet": {"share": 0.8}},
            "but the charge is annual",
        ),
        ({"rate": "1 USD/kW/month", "ratchet": {"share": "110 %"}}, r"between 0 and 1 \(0 % and 100 %\), got 1.1"),
        ({"rate": "1 USD/kW/month", "ratchet": {"share": 0.8, "months": 12}}, "less than or equal to 11"),
        ({"rate": "1 USD/kW/month", "within": HourlyValues(np.zeros(8760), "")}, "at least one hour of the year"),
        ({"rate": "5 USD/MWh"}, "must be a charge on power such as '12 USD/kW/month', got '5 USD/MWh'"),
        ({"rate": "5 USD"}, "expected a quantity in USD/MW/month, got '5 USD'"),
    ],
)
def test_a_demand_charge_that_cannot_be_is_refused(data, says):
    with pytest.raises(ValueError, match=says):
        DemandCharge.model_validate(data)


@pytest.mark.parametrize(
    ("every", "fixed"), [("month", r"add 10000 USD/month to fixed_charge"), ("year", r"add 833\.3333333 USD/month")]
)
def test_energy_that_gets_cheaper_by_the_block_is_refused_with_the_charge_that_does_the_same(every, fixed):
    """1 GWh at 20 instead of 10 USD/MWh: 10,000 USD more in a period, a twelfth of it a month where that is a year."""
    tiers = [{"up_to": "1 GWh", "rate": "20 USD/MWh"}, {"rate": "10 USD/MWh"}]
    with pytest.raises(ValueError, match=f"20 USD/MWh, got 10: the plan would fill the cheap block first.*{fixed}"):
        EnergyTiers.model_validate({"every": every, "tiers": tiers})


def test_no_fixed_charge_is_named_where_the_last_rate_costs_more():
    """1 GWh at 5, 0.1 GWh at 20, then 10 USD/MWh: -5,000 + 1,000 USD, and a charge of less than nothing is none."""
    tiers = [
        {"up_to": "1 GWh", "rate": "5 USD/MWh"}, {"up_to": "1.1 GWh", "rate": "20 USD/MWh"}, {"rate": "10 USD/MWh"},
    ]  # fmt: skip
    with pytest.raises(ValueError, match=r"as a bill never does\. State one rate between the two"):
        EnergyTiers.model_validate({"tiers": tiers})


def test_the_fixed_charge_that_is_named_gives_the_same_bill(billed):
    """Months of 730 to 8,760 MWh, all beyond 700: 700 MWh at 8 and the rest at 5 USD/MWh cost

    5 x 56,940 + 12 x (8 - 5) x 700 = 309,900 USD, as do 5 USD/MWh and 2,100 USD a month.
    """
    cost = billed(energy_tiers={"tiers": [{"rate": "5 USD/MWh"}]}, fixed_charge="2100 USD/month")
    by_hand = sum(700 * 8 + (730 * month - 700) * 5 for month in range(1, 13))
    assert cost("energy tiers") + cost("fixed charge") == pytest.approx(by_hand)


TWO_YEARS = (Outcome(0.5, "2021"), Outcome(0.5, "2022"))
UNEVEN = (Outcome(0.25, "2021"), Outcome(0.75, "2022"))


@pytest.fixture
def billed_twice(tiny, free_grid):
    """Return the charges of a load of 4 MW in one outcome and 10 MW in the other, by reason."""

    def bill(outcomes=TWO_YEARS, **changes):
        demand = HourlyValues(np.array([4.0] * 12 + [10.0] * 12), "MW")
        load = {"kind": "load", "name": "offices", "demand": demand}
        solved = tiny(load, free_grid(**changes), steps=12, months=MONTHS, outcomes=outcomes)
        return lambda reason: solved.cost("grid", reason)[0]

    return bill


def test_the_demand_charge_of_two_years_is_their_mean(billed_twice):
    """12 months x 1,000 USD/MW x (4 + 10) / 2 MW = 84,000 USD; the highest of both years would cost 120,000.

    Where the first is three times less likely: 12,000 x (4 / 4 + 3 x 10 / 4) = 102,000 USD.
    """
    assert billed_twice(demand_charge="1 USD/kW/month")("demand charge") == pytest.approx(84_000)
    assert billed_twice(UNEVEN, demand_charge="1 USD/kW/month")("demand charge") == pytest.approx(102_000)
    every_year = charge(kind="annual", rate="12 USD/kW/year")
    assert billed_twice(UNEVEN, **every_year)("demand charge (1)") == pytest.approx(102_000)


def test_a_coincident_charge_of_two_outcomes_is_their_mean(billed_twice):
    """One peak hour: 40,000 USD/MW x (4 / 4 + 3 x 10 / 4) MW = 340,000 USD."""
    peak = HourlyValues(np.array([0.0, 1.0, *[0.0] * 10]), "")
    peaks = charge(kind="coincident", rate="40 USD/kW/year", within=peak)
    assert billed_twice(UNEVEN, **peaks)("demand charge (1)") == pytest.approx(340_000)


def test_energy_tiers_begin_anew_in_each_outcome(billed_twice):
    """4 and 10 MW x 8,760 h against blocks of 50 GWh: 0 and 37.6 GWh at 10 USD/MWh, the mean 188,000 USD.

    The mean energy, 61.32 GWh, would owe 113,200.
    """
    tiers = {"every": "year", "tiers": [{"up_to": "50 GWh", "rate": "0 USD/MWh"}, {"rate": "10 USD/MWh"}]}
    assert billed_twice(energy_tiers=tiers)("energy tiers") == pytest.approx(188_000)


def test_a_ratchet_reaches_no_other_outcome(billed_twice):
    """Both outcomes are flat: 1,000 USD/MW x 12 x (4 + 10) / 2; were they one year, 4 MW would be billed as 10."""
    ratchet = charge(rate="1 USD/kW/month", ratchet={"share": "100 %"})
    assert billed_twice(**ratchet)("demand charge (1)") == pytest.approx(84_000)
