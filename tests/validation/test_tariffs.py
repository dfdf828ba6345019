"""Tariff cases of REopt.jl, and a small campus whose every bill is added up by hand.

REopt.jl (Apache-2.0), test/runtests.jl: no_techs, tiered_tou_demand and coincident_peak; the figures follow in closed
form, as each docstring shows.
"""

import numpy as np
import pytest

from gigasite.models.hourly import HourlyValues
from gigasite.models.timeline import MONTH_DAYS

YEAR = np.repeat(np.arange(1, 13), MONTH_DAYS * 24)


@pytest.fixture
def year(tiny, free_grid):
    """Solve a flat load, or one by the hour, on all 8,760 hours of a year with a grid alone."""

    def solve(demand, **changes):
        load = {"kind": "load", "name": "campus", "demand": demand}
        return tiny(load, free_grid(**changes), steps=8760, step_hours=1.0, months=YEAR, design_steps=0)

    return solve


def hours(*steps):
    """Return a window of hours, counted from one as REopt does."""
    values = np.zeros(8760)
    values[[step - 1 for step in steps]] = 1.0
    return HourlyValues(values, "")


def test_no_techs(year):
    """10,000 kWh x 0.10 USD = 1,000.0; 10,000 / 8,760 h = 1.14155 kW x 10 USD x 12 months = 136.99 USD."""
    flat = HourlyValues(np.full(8760, 10.0 / 8760), "MW")
    solved = year(flat, energy_price="0.10 USD/kWh", demand_charges=[{"rate": "10 USD/kW/month"}])
    assert solved.cost("grid", "energy")[0] == pytest.approx(1000.0, abs=0.01)
    assert solved.cost("grid", "demand charge (1)")[0] == pytest.approx(136.99, abs=0.005)


def test_tiered_tou_demand(year):
    """1 GWh / 8,760 h = 114.155 kW; nothing up to 50 kW, then 12: (114.155 - 50) x 12 x 12 = 9,238.36 USD.

    All of it at the second rate would be 16,438.36.
    """
    flat = HourlyValues(np.full(8760, 1000.0 / 8760), "MW")
    tiers = [{"up_to": "50 kW", "rate": "0 USD/kW/month"}, {"rate": "12 USD/kW/month"}]
    solved = year(flat, demand_charges=[{"tiers": tiers, "within": hours(*range(1, 8761))}])
    assert solved.cost("grid", "demand charge (1)")[0] == pytest.approx(9238.36, abs=0.01)


@pytest.mark.parametrize("kind", ["coincident", "annual"])
def test_coincident_peak(year, kind):
    """1 kW flat: 10 USD/kW in steps 1, 2 and 100, 5 USD/kW in 6,000 and 7,000: 10 + 5 = 15 USD.

    REopt bills the highest of the steps, which is `annual` here, utilities their mean, which is `coincident`.
    """
    charges = [
        {"kind": kind, "rate": "10 USD/kW/year", "within": hours(1, 2, 100)},
        {"kind": kind, "rate": "5 USD/kW/year", "within": hours(6000, 7000)},
    ]
    solved = year("1 kW", demand_charges=charges)
    bills = [solved.cost("grid", f"demand charge ({number})")[0] for number in (1, 2)]
    assert bills == [pytest.approx(10.0), pytest.approx(5.0)]
    assert sum(bills) == pytest.approx(15.0)


def test_a_campus_pays_every_charge_at_once(year):
    """50 MW at night, 80 MW from 16 to 20, all year; the bill of one year, line by line.

    Energy: 20 h x 50 + 4 h x 80 = 1,320 MWh a day, 481,800 a year, with 2 % of loss 491,633 at the meter, at 60 USD.
    Demand at the meter: 80 / 0.98 = 81.633 MW, 50 / 0.98 = 51.020 MW.
    Monthly, 16 to 20: 81.633 x 12,000 x 12. Annual, 0 to 16: 51.020 x 30,000. Tiers: beyond 40 GWh a month 5 USD/MWh;
    a month of 31 days draws 41,755 MWh, one of 30 days 40,408, February 37,714: 7 x 1,755.10 + 4 x 408.16.
    Fixed 5,000 x 12. Standby 100 MW x 2,000 x 12.
    """
    day = np.full(24, 50.0)
    day[16:20] = 80.0
    evening, night = np.tile(day > 50, 365).astype(float), np.tile(np.arange(24) < 16, 365).astype(float)
    solved = year(
        HourlyValues(np.tile(day, 365), "MW"),
        energy_price="60 USD/MWh",
        losses="2 %",
        fixed_charge="5000 USD/month",
        standby_charge="2 USD/kW/month",
        demand_charges=[
            {"label": "evening", "rate": "12 USD/kW/month", "within": HourlyValues(evening, "")},
            {"label": "night", "kind": "annual", "rate": "30 USD/kW/year", "within": HourlyValues(night, "")},
        ],
        energy_tiers={"tiers": [{"up_to": "40 GWh", "rate": "0 USD/MWh"}, {"rate": "5 USD/MWh"}]},
    )
    bill = {
        "energy": 481_800 / 0.98 * 60,
        "demand charge (evening)": 80 / 0.98 * 12_000 * 12,
        "demand charge (night)": 50 / 0.98 * 30_000,
        "energy tiers": 5 * (7 * (31 * 1320 / 0.98 - 40_000) + 4 * (30 * 1320 / 0.98 - 40_000)),
        "fixed charge": 60_000,
        "standby": 100 * 2_000 * 12,
    }
    for reason, usd in bill.items():
        assert solved.cost("grid", reason)[0] == pytest.approx(usd, rel=1e-6), reason
    assert solved.usd == pytest.approx(sum(bill.values()), rel=1e-6)
