"""A grid connection by hand."""

from datetime import date

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.hourly import HourlyValues

FLAT = {"kind": "load", "name": "offices", "demand": HourlyValues(np.full(12, 10.0 / 8760), "MW")}
MONTHS = range(1, 13)


def test_flat_load_pays_energy_and_demand(tiny, free_grid):
    """10,000 kWh x 0.10 USD = 1,000 USD; 10,000 / 8,760 = 1.1416 kW x 10 USD x 12 = 136.99 USD."""
    grid = free_grid(energy_price="0.10 USD/kWh", demand_charge="10 USD/kW/month")
    solved = tiny(FLAT, grid, steps=12, months=MONTHS)
    assert solved.cost("grid", "energy") == pytest.approx([1000.0])
    assert solved.cost("grid", "demand charge") == pytest.approx([136.986], abs=1e-3)


def test_each_month_pays_its_own_peak(tiny, free_grid):
    """Peaks 1..12 MW: 78 MW-months x 1,000 USD; the year's peak in every month would be 144."""
    load = {**FLAT, "demand": HourlyValues(np.arange(1.0, 13.0), "MW")}
    solved = tiny(load, free_grid(demand_charge="1 USD/kW/month"), steps=12, months=MONTHS)
    assert solved.cost("grid", "demand charge") == pytest.approx([78_000])


def test_design_days_pay_no_demand_charge(tiny, free_grid, rest_of):
    """Only the year is billed: 6 MW for three months of the year's steps in July, one peak, 6 x 1,000."""
    load = {**FLAT, "demand": "6 MW"}
    solved = tiny(load, free_grid(demand_charge="1 USD/kW/month"))
    assert solved.cost("grid", "demand charge") == pytest.approx([6_000])


def engine(**changes):
    return {
        "kind": "generator", "name": "engine", "technology": "gas_engine", "fuel": "gas", "size": {"fixed": "30 MW"},
        "auxiliary_load": 0, "forced_outage": 0, "capex": "0 USD/MW", "upkeep": "0 USD/MW/year", "efficiency": 0.5,
        "running_cost": "20 USD/MWh", "lead_time": "0 years", "reference_temperature": "50 degC", **changes,
    }  # fmt: skip


GAS = {"kind": "natural_gas", "name": "gas", "price": "5 USD/MWh"}


def test_surplus_is_exported_up_to_the_limit(tiny, free_grid):
    """An engine at 20 + 5 / 0.5 = 30 USD/MWh sells at 50, up to 3 MW: 3 x 50 x 8,760 = 1,314,000 USD earned."""
    grid = free_grid(export_limit="3 MW", export_price="50 USD/MWh")
    solved = tiny({**FLAT, "demand": "10 MW"}, grid, engine(), GAS)
    assert solved["grid.exported"][:3] == pytest.approx(3.0)
    assert solved.cost("grid", "export") == pytest.approx([-1_314_000])
    assert solved.usd == pytest.approx((13 * 30 - 3 * 50) * 8760)


def test_import_and_export_share_the_connection(tiny, free_grid):
    """Export above the import price, capped at 3 MW: buying and selling at once would need 3 + 13 MW of connection."""
    grid = free_grid(size={"fixed": "11 MW"}, export_limit="3 MW", export_price="120 USD/MWh")
    solved = tiny({**FLAT, "demand": "10 MW"}, grid)
    assert np.all(solved["grid.imported"] + solved["grid.exported"] <= 11 + 1e-9)


def test_export_above_the_import_price_is_refused_unless_capped(free_grid):
    with pytest.raises(ValueError, match="State an export_limit"):
        Component.from_dict(free_grid(export_price="120 USD/MWh"))


def test_offers_by_date_limit_the_connection(tiny, free_grid):
    """5 MW from 2026, 10 from 2031: the engine fills 3 of 8 MW until then. No lead time counts."""
    offers = {"maximum": {date(2026, 1, 1): "5 MW", date(2031, 1, 1): "10 MW"}}
    grid = free_grid(size=offers, lead_time="4 years", energy_price="10 USD/MWh")
    starts = (date(2026, 1, 1), date(2031, 1, 1))
    solved = tiny({**FLAT, "demand": "8 MW"}, grid, engine(), GAS, starts=starts)
    assert solved["grid.imported"][:6] == pytest.approx([5, 5, 5, 8, 8, 8])


def test_imports_carry_the_grids_carbon(tiny, free_grid):
    """10 MW x 8,760 h: 0.5 t/MWh gives 43,800 t; three quarters of the energy are not carbon-free."""
    solved = tiny({**FLAT, "demand": "10 MW"}, free_grid())
    assert solved.year("grid", "carbon") == pytest.approx([43_800])
    assert solved.year("grid", "carbon_bearing_energy") == pytest.approx([0.75 * 87_600])


def test_a_connection_is_paid_by_annuity(tiny, free_grid):
    """10 MW x 40,000 USD over 40 years at no interest: 10,000 USD a year; upkeep 1 %: 4,000."""
    grid = free_grid(size={"maximum": "50 MW"}, capex="40000 USD/MW", life="40 years", upkeep="0.01 1/year")
    solved = tiny({**FLAT, "demand": "10 MW"}, grid)
    assert solved.cost("grid", "capital") == pytest.approx([10_000])
    assert solved.cost("grid", "upkeep") == pytest.approx([4_000])
