"""A tank by hand: engines of 40 % serve 8 MW for two half hours on 10 MWh of oil each, then rest for two."""

import numpy as np
import pytest

from gigasite.models.hourly import HourlyValues

ENGINE = {
    "kind": "generator", "name": "engine", "technology": "diesel", "fuel": "diesel_oil", "size": {"fixed": "20 MW"},
    "efficiency": 0.4, "auxiliary_load": 0, "forced_outage": 0, "running_cost": "0 USD/MWh", "capex": "0 USD/MW",
    "upkeep": "0 USD/MW/year", "lead_time": "0 years",
}  # fmt: skip


def depot(**changes):
    return {
        "kind": "diesel_tank", "name": "depot", "energy": {"maximum": "100 MWh"}, "delivery": "12 MW",
        "price": "100 USD/MWh", "capex": "0.8 USD/L", "heating_value": "10 kWh/L", "life": "20 years",
        "lead_time": "0 years", **changes,
    }  # fmt: skip


def load(*mw):
    return {"kind": "load", "name": "offices", "demand": HourlyValues(np.array(mw, dtype=float), "MW", 0.0)}


@pytest.mark.parametrize(("delivery", "stock"), [("10 MW", 15.0), ("12 MW", 14.0), ("20 MW", 10.0)])
def test_stock_bridges_what_lorries_do_not_bring_in_time(tiny, delivery, stock):
    """The second half hour needs 10 MWh in the tank, of which 5, 6 or 10 MWh came during the first."""
    solved = tiny(load(8, 8, 0, 0), ENGINE, depot(delivery=delivery), steps=4, design_steps=0)
    assert solved["depot.energy_capacity"] == pytest.approx([stock])


def test_deliveries_below_the_mean_burn_are_not_enough(tiny):
    assert tiny(load(8, 8, 0, 0), ENGINE, depot(delivery="9.9 MW"), steps=4, design_steps=0).status == "infeasible"


def test_the_tank_is_paid_by_volume_and_the_oil_by_heat(tiny):
    """14 MWh / 10 kWh/L = 1,400 L x 0.8 USD over 20 years = 56 USD a year; 10 MW x 8,760 h x 100 USD/MWh of oil."""
    solved = tiny(load(8, 8, 0, 0), ENGINE, depot(), steps=4, design_steps=0)
    assert solved.cost("depot", "capital (energy)") == pytest.approx([56.0])
    assert solved.cost("depot", "fuel") == pytest.approx([8_760_000])


def test_oil_is_paid_when_it_is_delivered(tiny):
    """Cheap while the engines rest: 12 MW then at 50 USD/MWh, and the other 8 MW at 150."""
    price = HourlyValues(np.array([150.0, 150.0, 50.0, 50.0]), "USD/MWh")
    data = depot(hourly_price=price, energy={"fixed": "100 MWh"})
    del data["price"]
    solved = tiny(load(8, 8, 0, 0), ENGINE, data, steps=4, design_steps=0)
    assert solved.cost("depot", "fuel") == pytest.approx([(12 * 50 + 8 * 150) / 2 * 8760])


@pytest.mark.parametrize(("tank", "status"), [("14 MWh", "optimal"), ("13.9 MWh", "infeasible")])
def test_a_design_day_begins_with_a_full_tank(tiny, tank, status):
    """Two half hours at 8 MW burn 20 MWh; 14 in the tank and 6 that come after the first let the second burn 10.

    If the day had to end as full as it began, 12 MW of deliveries would never be enough.
    """
    solved = tiny(load(8, 8, 0, 0), ENGINE, depot(energy={"fixed": tank}), steps=4)
    assert solved.status == status
