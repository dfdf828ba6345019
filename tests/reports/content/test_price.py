"""Shadow prices in words."""

import pytest

from gigasite.reports.content import price as price_content


def with_kpi(plan, plan_with, name, value, unit):
    kpis = plan.kpis.copy()
    kpis.loc[len(kpis)] = ["2026-01-01", name, value, unit]
    return plan_with(kpis=kpis)


def test_more_connection_is_told_beside_its_own_cost(plan, plan_with):
    """1,367 USD/kW a year are 1.37 M USD a MW; the connection costs 4e6 / 180 MW = 22,222 USD a MW."""
    lines = price_content.prices(with_kpi(plan, plan_with, "value_of_grid_capacity", 1367.0, "USD/kW/yr"))
    assert lines[0].replace("\xa0", " ") == (
        "From 2026, one more MW of grid connection would save 1.37 M USD/yr, before its own cost."
        " A MW of connection itself costs 22,222 USD/yr."
    )


def test_a_connection_that_is_nowhere_full_is_told(plan, plan_with):
    lines = price_content.prices(with_kpi(plan, plan_with, "value_of_grid_capacity", 0.0, "USD/kW/yr"))
    assert "nowhere full" in lines[0]


@pytest.mark.parametrize(
    ("name", "value", "unit", "words"),
    [
        ("value_of_water", 3.5, "USD/m3", "one more m³ under the yearly cap would save 3.50 USD above its price"),
        ("value_of_water_peak", 2e5, "USD/(L/s)/yr", "one more L/s of water would save 0.200 M USD/yr"),
    ],
)
def test_water_is_told_where_it_is_short(plan, plan_with, name, value, unit, words):
    assert any(
        words in line.replace("\xa0", " ")
        for line in price_content.prices(with_kpi(plan, plan_with, name, value, unit))
    )
    assert not any("water" in line for line in price_content.prices(plan))


def test_the_mean_and_the_dearest_hour_of_electricity_are_told(plan):
    """70 USD/MWh, and 95 while the engines run."""
    share = float((plan.hourly["ac.gas_engines"].sel(phase="2026-01-01") > 0).mean())
    line = price_content.prices(plan)[0].replace("\xa0", " ")
    assert f"costs {70 + 25 * share:.1f} USD/MWh on average" in line
    assert line.endswith("95.0 USD/MWh.")


def test_a_price_that_hardly_moves_has_no_dearest_hour(plan, plan_with):
    flat = plan.hourly.assign({"price.ac": plan.hourly["price.ac"] * 0 + 80.0})
    assert price_content.prices(plan_with(hourly=flat))[0].endswith("with the sizes as they are.")
