"""Fuel by hand: 10 MW at 40 % burns 25 MW, 219,000 MWh a year on the lower heating value."""

import pytest

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
