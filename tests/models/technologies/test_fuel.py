"""Fuel by hand: 10 MW at 40 % burns 25 MW, 219,000 MWh a year on the lower heating value."""

from datetime import date

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.errors import SiteFileError
from gigasite.models.hourly import HourlyValues

MWH_PER_MMBTU = 0.29307107


@pytest.fixture
def burning(tiny):
    def solve(fuel, bus, **changes):
        engine = {
            "kind": "generator", "name": "engine", "technology": "diesel", "fuel": bus, "size": {"fixed": "20 MW"},
            "efficiency": 0.4, "auxiliary_load": 0, "forced_outage": 0, "running_cost": "0 USD/MWh",
            "capex": "0 USD/MW", "upkeep": "0 USD/MW/year", "lead_time": "0 years",
        }  # fmt: skip
        return tiny(engine, fuel, {"kind": "load", "name": "offices", "demand": "10 MW"}, **changes)

    return solve


def test_price_on_the_higher_heating_value_is_converted(burning):
    """4 USD/MMBtu over 0.29307 = 13.649 USD/MWh, x 1.108 = 15.123 on the lower value: 3.312 M USD, not 2.989."""
    gas = {"kind": "natural_gas", "name": "gas", "price": "4 USD/MMBtu", "higher_over_lower": 1.108}
    quoted_high = burning({**gas, "price_on_higher_heating_value": True}, "gas")
    quoted_low = burning(gas, "gas")
    assert quoted_low.usd == pytest.approx(4 / MWH_PER_MMBTU * 219_000, rel=1e-6)
    assert quoted_high.usd == pytest.approx(1.108 * 4 / MWH_PER_MMBTU * 219_000, rel=1e-6)


def test_fuel_emits(burning):
    """219,000 MWh x 0.267 t/MWh = 58,473 t."""
    solved = burning({"kind": "diesel_oil", "name": "tank", "emission": "267 kg/MWh"}, "diesel_oil")
    assert solved.year("tank", "carbon") == pytest.approx([58_473])


@pytest.mark.parametrize(("supply", "status"), [("219000 MWh/year", "optimal"), ("218000 MWh/year", "infeasible")])
def test_supply_limits_the_year(burning, supply, status):
    assert burning({"kind": "natural_gas", "name": "gas", "supply": supply}, "gas").status == status


def test_prices_change_with_the_phases(burning):
    """219,000 MWh at 10, then at 20 USD/MWh; before the first date the first price holds."""
    prices = {"2026-06-01": "10 USD/MWh", "2031-01-01": "20 USD/MWh"}
    gas = {"kind": "natural_gas", "name": "gas", "price": prices}
    solved = burning(gas, "gas", starts=(date(2026, 1, 1), date(2031, 1, 1)))
    assert solved.cost("gas", "fuel") == pytest.approx([2_190_000, 4_380_000])


@pytest.mark.parametrize(("high", "factor"), [(False, 1.0), (True, 1.1)])
def test_hourly_prices_meet_what_is_burned_in_the_hour(burning, free_grid, high, factor):
    """25 MW at 10, 20 and 60 USD/MWh, a third of the year each: 30 on average, 10 % more where quoted on the HHV."""
    price = HourlyValues(np.array([10.0, 20.0, 60.0]), "USD/MWh")
    gas = {"kind": "natural_gas", "name": "gas", "hourly_price": price, "price_on_higher_heating_value": high}
    solved = burning({**gas, "higher_over_lower": 1.1}, "gas", steps=3)
    assert solved.cost("gas", "fuel") == pytest.approx([25 * 8760 * 30 * factor])


@pytest.mark.parametrize(("peak", "status"), [("25 MW", "optimal"), ("24.9 MW", "infeasible")])
def test_a_peak_limits_the_rate(burning, peak, status):
    assert burning({"kind": "natural_gas", "name": "gas", "peak": peak}, "gas").status == status


@pytest.mark.parametrize(("supply", "status"), [("219000 MWh/year", "optimal"), ("218000 MWh/year", "infeasible")])
def test_supply_limits_the_year_with_a_peak_too(burning, supply, status):
    gas = {"kind": "natural_gas", "name": "gas", "peak": "100 MW", "supply": supply}
    assert burning(gas, "gas").status == status


def test_a_rate_costs_and_emits_as_much_as_a_year(burning):
    plain = {"kind": "natural_gas", "name": "gas", "price": "10 USD/MWh"}
    by_year, by_hour = burning(plain, "gas"), burning({**plain, "peak": "100 MW"}, "gas")
    assert by_hour.usd == pytest.approx(by_year.usd)
    assert by_hour.year("gas", "carbon") == pytest.approx(by_year.year("gas", "carbon"))


def test_supplies_by_the_year_and_by_the_hour_do_not_share_a_bus(tiny_site):
    """One at a rate would have to follow all that is burned, and the other could bring nothing."""
    fuels = [
        {"kind": "natural_gas", "name": "pipe", "peak": "10 MW"},
        {"kind": "natural_gas", "name": "lng"},
    ]
    with pytest.raises(SiteFileError, match="component 'lng': bus 'gas' is supplied by the hour, by 'pipe'"):
        tiny_site(*fuels).network()


def test_two_supplies_at_a_rate_add_up(burning, tiny):
    """15 MW of cheap gas and 10 MW of dear gas: 15 x 10 + 10 x 30 USD/h."""
    cheap = {"kind": "natural_gas", "name": "pipe", "peak": "15 MW", "price": "10 USD/MWh"}
    dear = {"kind": "natural_gas", "name": "lng", "peak": "15 MW", "price": "30 USD/MWh"}
    engine = {
        "kind": "generator", "name": "engine", "technology": "diesel", "fuel": "gas", "size": {"fixed": "20 MW"},
        "efficiency": 0.4, "auxiliary_load": 0, "forced_outage": 0, "running_cost": "0 USD/MWh",
        "capex": "0 USD/MW", "upkeep": "0 USD/MW/year", "lead_time": "0 years",
    }  # fmt: skip
    solved = tiny(engine, cheap, dear, {"kind": "load", "name": "offices", "demand": "10 MW"})
    assert solved.usd == pytest.approx(8760 * (15 * 10 + 10 * 30))


def test_hydrogen_is_delivered_by_heat(burning):
    """5.25 USD/kg over 33.33 kWh/kg = 157.5 USD/MWh."""
    solved = burning({"kind": "hydrogen", "name": "trailers"}, "hydrogen_fuel")
    assert solved.cost("trailers", "fuel") == pytest.approx([219_000 * 157.5])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"price": "4 USD/MMBtu", "hourly_price": "4 USD/MMBtu"}, "give either a price or an hourly_price, got both"),
        ({"price": {}}, "price must hold a price, got none"),
        ({"peak": "0 MW"}, "must be more than 0 MW, got 0 MW. Remove the fuel"),
    ],
)
def test_fuel_that_contradicts_itself_is_refused(changes, says):
    with pytest.raises(ValueError, match=says):
        Component.from_dict({"kind": "natural_gas", "name": "gas", **changes})
