"""Published figures of money, compute and power, computed by the product."""

import numpy as np
import pytest

from gigasite.models.catalogue import lookup
from gigasite.models.finance import annuity_factor, internal_rate_of_return, present_worth_factor
from gigasite.models.investor import Investor, Purchase, Venture, break_even_price, statement

HOURS = 8760.0
PLAIN = {"tax": 0.0, "debt_share": 0.0, "interest": 0.05, "tenor": "10 year"}


def value(technology, parameter):
    return lookup(technology, parameter).value


def test_present_worth_factor_of_commercial_electricity():
    """REopt.jl: 25 years, escalation 1.66 %, discount 6.24 %; in closed form g (1 - g^25) / (1 - g), g = 1.0166/1.0624.

    g = 0.956890, g^25 = 0.33226: 0.956890 x 0.66774 / 0.043110 = 14.82. Discounting from the first day on gives 15.49.
    """
    g = 1.0166 / 1.0624
    found = present_worth_factor(0.0166, 0.0624, 25)
    assert found == pytest.approx(g * (1 - g**25) / (1 - g), rel=1e-12)
    assert found == pytest.approx(14.82, abs=0.01)


def test_a_flat_load_pays_energy_and_demand(tiny, free_grid):
    """REopt.jl, no_techs: 10,000 kWh a year at 0.10 USD/kWh = 1,000; 1.1416 kW x 10 USD x 12 months = 136.99."""
    load = {"kind": "load", "name": "site", "demand": f"{10 / HOURS} MW"}
    grid = free_grid(energy_price="100 USD/MWh", demand_charge="10 USD/kW/month")
    solved = tiny(load, grid, steps=12, months=list(range(1, 13)))
    assert solved.cost("grid", "energy") == pytest.approx([1000.0], abs=0.01)
    assert solved.cost("grid", "demand charge") == pytest.approx([136.99], abs=0.01)


def test_a_cash_flow_without_tax_is_its_annuity():
    """25 years at 6.24 %: the price that earns 6.24 % on 1,000 is 1,000 x 0.0624 / (1 - 1.0624^-25) = 79.99 a year."""
    made = Venture(np.arange(26.0), [Purchase(0.0, 25.0, 25.0, 1000.0)], np.zeros(25), np.ones(25))
    price = break_even_price(Investor(**PLAIN, return_on_equity=0.0624), made)
    assert price == pytest.approx(1000 * 0.0624 / (1 - 1.0624**-25), rel=1e-9)
    found = statement(Investor(**PLAIN, return_on_equity=0.0624), made, price)
    assert found.irr == pytest.approx(0.0624, rel=1e-6)


@pytest.mark.parametrize(
    ("amounts", "rate"),
    [
        ([-100, 39, 59, 55, 20], 0.2809),
        ([-100, 100, 0, 7], 0.0621),
        ([-1000, 300, 300, 300, 300, 300], 0.1524),
    ],
)
def test_internal_rate_of_published_flows(amounts, rate):
    """Examples in the documentation of numpy-financial (irr), and five payments of 300 for 1,000 (tables: 15.24 %)."""
    found = internal_rate_of_return(np.arange(len(amounts)), np.array(amounts, dtype=float))
    assert found == pytest.approx(rate, abs=5e-5)


def test_tax_at_the_commercial_rate_in_closed_form():
    """26 % (REopt.jl) on 25 equal years: p = (I a - t I/n) / (1 - t) = (79.99 - 10.4) / 0.74 = 94.0 per 1,000."""
    made = Venture(np.arange(26.0), [Purchase(0.0, 25.0, 25.0, 1000.0)], np.zeros(25), np.ones(25))
    price = break_even_price(Investor(**{**PLAIN, "tax": 0.26}, return_on_equity=0.0624), made)
    by_hand = (1000 * annuity_factor(0.0624, 25) - 0.26 * 40.0) / 0.74
    assert price == pytest.approx(by_hand, rel=1e-9)
    assert by_hand == pytest.approx(94.0, abs=0.1)


def test_training_of_deepseek_v3_takes_eight_weeks(tiny):
    """2.788 million H800 hours on 2,048 of them: 1,361 h = 56.7 days; an H800 works as fast as an H100.

    All are in service and at work. With the catalogue's 4 % in repair it would be 59 days.
    """
    platform = {
        "kind": "accelerators", "name": "gpus", "technology": "h100_sxm", "size": {"fixed": "2048 GPU"},
        "availability": 1.0, "lead_time": "0 years",
    }  # fmt: skip
    demand = {"kind": "work", "name": "work", "classes": [{"name": "training", "share": 1.0}]}
    solved = tiny(platform, demand, rest=("it", "heat_air"), steps=4, design_steps=0)
    hours_a_day = 1000 * solved.year("gpus", "work")[0] / 365
    assert 55 <= 2.788e6 / hours_a_day <= 57


def test_peak_power_of_an_h100_at_the_facility():
    """Epoch AI 2025: 0.7 kW x 1.53 (server) x 1.14 (IT) x 1.4 (facility) = 1.71 kW."""
    chain = (
        value("h100_sxm", "chip_power")
        * value("it", "server_over_gpu_power")
        * value("it", "it_over_server_power")
        * value("it", "facility_over_it_peak")
    )
    assert chain == pytest.approx(1.71, abs=0.005)
    share = value("h100_sxm", "chip_power") / chain
    assert share == pytest.approx(value("it", "gpu_share_of_facility_peak"), abs=0.005)


def test_cloudmatrix_does_less_per_watt_than_nvl72():
    """559 kW for 300 PFLOPS against 145 kW for 180: (559/300) / (145/180) = 2.31; published 2.2 to 2.5.

    By the catalogue: an NVL72 at the top of its range, 2.01 kW x 72 = 145 kW.
    """
    cloudmatrix = value("ascend_910c_cm384", "it_power") / value("ascend_910c_cm384", "speed_bf16")
    nvl72 = lookup("gb200_nvl72", "it_power").high / value("gb200_nvl72", "speed_bf16")
    assert 384 * value("ascend_910c_cm384", "it_power") == pytest.approx(559, abs=1)
    assert 2.2 <= cloudmatrix / nvl72 <= 2.5


def test_energy_of_data_centres_of_the_world(tiny, rest_of):
    """IEA: 950 TWh in 2030; 130 GW, a load of 83 % of it through the year, is 945 TWh: 130 x 8.76 x 0.83."""
    solved = tiny(
        {"kind": "load", "name": "world", "demand": f"{0.83 * 130} GW"},
        rest_of("ac", most=2e5),
        steps=4,
        design_steps=0,
    )
    assert -solved.year("world", "ac")[0] / 1e6 == pytest.approx(950, rel=0.01)


def test_a_building_costs_seven_to_fifteen_million_a_megawatt():
    """Cushman & Wakefield 2025: 9.3 to 15.0 M USD/MW, mean 11.7, without chips."""
    entry = lookup("data_centre", "capex_us")
    assert (entry.low, entry.value, entry.high) == (9300, 11700, 15000)
    assert 7000 <= value("data_centre", "capex") <= 15000


@pytest.mark.parametrize("platform", ["gb200_nvl72", "gb300_nvl72", "h100_sxm"])
def test_with_chips_a_megawatt_costs_thirty_to_fifty_million(platform):
    """Announced projects: 30 to 50 M USD/MW with chips; never to be mixed with the cost of the building.

    GB300: 55,000 USD / (1.97 kW x 1.14) = 24.5 M USD/MW of IT, and 10.8 for the building.
    """
    chips = value(platform, "capex") / (value(platform, "it_power") * value("it", "it_over_server_power"))
    assert 30e3 <= chips + value("data_centre", "capex") <= 50e3


def test_the_claimed_share_of_the_grid_on_both_denominators():
    """MIT Technology Review: 125 M USD of grid per 1 bn of data centre; 1.46 M USD/MW on 11.7, 4.75 on 38 all in."""
    ratio = value("grid", "claimed_capex_ratio")
    assert ratio * 11.7 == pytest.approx(1.46, abs=0.005)
    assert ratio * 38.0 == pytest.approx(4.75, abs=0.005)
