"""A grid connection by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
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


OFF = {"call_off": {"share": "30 %", "hours": "50 h", "longest": "4 h"}}


def test_the_hottest_hours_are_called_off(free_grid, weather_of):
    """17,520 half hours of a rising year: the last 100 are the hottest 50 h. Taken by count of steps it would be 50."""
    year = weather_of(17_520, dry_bulb_c=np.linspace(10.0, 45.0, 17_520))
    year = replace(year, times=pd.date_range("2001-01-01 00:15", periods=17_520, freq="30min", tz=year.times.tz))
    grid = Component.from_dict(free_grid(**OFF))
    remaining = grid.derive(year)["remaining"].values
    assert remaining[-100:] == pytest.approx(0.7)
    assert remaining[:-100] == pytest.approx(1.0)


def test_each_of_several_years_has_its_hours(free_grid, weather_of):
    """Two years, the second 1 K hotter: 50 h in each, not 100 h in the second."""
    heat = np.concatenate([np.linspace(10.0, 45.0, 8760), np.linspace(11.0, 46.0, 8760)])
    labels = [pd.date_range(f"{y}-01-01 00:30", periods=8760, freq="h", tz="Etc/GMT-4") for y in (2001, 2002)]
    years = weather_of(17_520, dry_bulb_c=heat)
    zone = years.times.tz
    years = replace(years, times=labels[0].append(labels[1]).tz_convert(zone))
    remaining = Component.from_dict(free_grid(**OFF)).derive(years)["remaining"].values
    assert (remaining < 1).reshape(2, -1).sum(axis=1).tolist() == [50, 50]


def test_equally_hot_hours_are_called_off_in_order_of_time(free_grid, weather_of):
    day = weather_of(24, dry_bulb_c=[30.0] * 10 + [40.0] * 8 + [30.0] * 6)
    remaining = Component.from_dict(free_grid(**OFF)).derive_on_design_day(day)["remaining"].values
    assert np.flatnonzero(remaining < 1).tolist() == [10, 11, 12, 13]


def test_a_grid_without_call_off_derives_nothing(free_grid, weather_of):
    grid = Component.from_dict(free_grid())
    assert grid.derive(weather_of(3)) == grid.derive_on_design_day(weather_of(2)) == {}


def test_called_off_power_comes_from_elsewhere(tiny, free_grid):
    """10 MW of connection, all day called off by 30 % on the design day: 7 MW are left, an engine gives 3 of 10 MW.
    The year of three half hours has none of the 50 h. Without the engine the design day cannot be met.
    """
    grid = free_grid(size={"fixed": "10 MW"}, call_off={"share": "30 %", "hours": "50 h", "longest": "24 h"})
    load = {**FLAT, "demand": "10 MW"}
    solved = tiny(load, grid, engine(size={"fixed": "3 MW"}), GAS)
    assert solved["grid.imported"][3:] == pytest.approx([7, 7])
    assert solved["engine.output"][3:] == pytest.approx([3, 3])
    assert tiny(load, grid, engine(size={"fixed": "2.9 MW"}), GAS).status == "infeasible"
    assert tiny(load, grid).status == "infeasible"


def test_export_goes_on_while_called_off(tiny, free_grid):
    """The connection still carries 10 MW outwards, though only 7 inwards."""
    off = {"share": "100 %", "hours": "50 h", "longest": "24 h"}
    grid = free_grid(size={"fixed": "10 MW"}, export_limit="10 MW", export_price="50 USD/MWh", call_off=off)
    solved = tiny({**FLAT, "demand": "10 MW"}, grid, engine(), GAS)
    assert solved["grid.imported"][3:] == pytest.approx([0, 0])
    assert solved["grid.exported"][:3] == pytest.approx(10.0)


def test_losses_lie_between_the_meter_and_the_site(tiny, free_grid):
    """9.5 MW at the site are 10 MW at the meter, where energy, carbon and the connection are counted."""
    grid = free_grid(losses="5 %", size={"fixed": "10 MW"})
    solved = tiny({**FLAT, "demand": "9.5 MW"}, grid)
    assert solved["grid.imported"] == pytest.approx(10.0)
    assert solved.cost("grid", "energy") == pytest.approx([10 * 8760 * 100])
    assert solved.year("grid", "carbon") == pytest.approx([43_800])
    assert tiny({**FLAT, "demand": "9.6 MW"}, grid).status == "infeasible"


def test_exports_lose_on_their_way_too(tiny, free_grid):
    """An engine sells 3 MW at the meter: it gives 3 / 0.75 = 4 MW besides the load of 10."""
    grid = free_grid(losses="25 %", export_limit="3 MW", export_price="90 USD/MWh")
    solved = tiny({**FLAT, "demand": "10 MW"}, grid, engine(), GAS)
    assert solved["grid.exported"][:3] == pytest.approx(3.0)
    assert solved["engine.output"][:3] == pytest.approx(14.0)
    assert solved.cost("grid", "export") == pytest.approx([-3 * 90 * 8760])


def test_a_fixed_charge_runs_from_the_first_date_of_service(tiny, free_grid):
    """5,000 USD x 12, from 2031 on."""
    grid = free_grid(size={"maximum": {date(2031, 1, 1): "20 MW"}}, fixed_charge="5000 USD/month")
    starts = (date(2026, 1, 1), date(2031, 1, 1))
    solved = tiny({**FLAT, "demand": "10 MW"}, grid, engine(), GAS, starts=starts)
    assert solved.cost("grid", "fixed charge") == pytest.approx([0, 60_000])


def test_standby_is_paid_on_what_is_connected(tiny, free_grid):
    """30 MW of which 10 are used: 30 x 2,000 x 12 = 720,000 USD."""
    grid = free_grid(size={"fixed": "30 MW"}, standby_charge="2 USD/kW/month")
    assert tiny({**FLAT, "demand": "10 MW"}, grid).cost("grid", "standby") == pytest.approx([720_000])


def test_a_connection_is_no_larger_than_its_standby_charge_allows(tiny, free_grid):
    """Free to build up to 30 MW, but paid by the month: 10 MW are connected."""
    grid = free_grid(size={"maximum": "30 MW"}, standby_charge="2 USD/kW/month")
    assert tiny({**FLAT, "demand": "10 MW"}, grid).cost("grid", "standby") == pytest.approx([240_000])


def test_a_price_of_energy_is_no_charge_on_power(free_grid):
    """USD/MWh and USD/MW/month measure the same: 12 USD/MWh would pass as 8.77 USD/kW/month."""
    for field in ("demand_charge", "standby_charge"):
        with pytest.raises(ValueError, match="must be a charge on power such as '12 USD/kW/month', got '12 USD/MWh'"):
            Component.from_dict(free_grid(**{field: "12 USD/MWh"}))


def test_emission_and_carbon_free_share_hold_hour_by_hour(tiny, free_grid):
    """Steps of 1, 2 and 3 MW at 0.1, 0.2 and 0.6 t/MWh: 2.3 / 3 x 8,760 t; of the energy 0.9, 0.5 and 0 are clean.

    The mean factor of 0.3 t/MWh on the mean of 2 MW would give 5,256 t instead of 6,716.
    """
    grid = free_grid(
        emission=HourlyValues(np.array([0.1, 0.2, 0.6]), "t/MWh"),
        carbon_free_share=HourlyValues(np.array([0.9, 0.5, 0.0]), ""),
        renewable_share=HourlyValues(np.array([0.3, 0.0, 0.0]), ""),
    )
    solved = tiny({**FLAT, "demand": HourlyValues(np.array([1.0, 2.0, 3.0]), "MW")}, grid)
    assert solved.year("grid", "carbon") == pytest.approx([2.3 / 3 * 8760])
    assert solved.year("grid", "carbon_bearing_energy") == pytest.approx([(0.1 + 1.0 + 3.0) / 3 * 8760])
    assert solved.year("grid", "renewable_energy") == pytest.approx([0.3 / 3 * 8760])
