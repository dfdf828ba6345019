"""Bridge power by hand: 10 MW of rented turbines at 30 USD/kW/month, 3.6 million USD a year."""

from datetime import date

import pytest

from gigasite.models.component import Component

BOTH = (date(2026, 1, 1), date(2031, 1, 1))
GAS = {"kind": "natural_gas", "name": "pipe", "price": "10 USD/MWh"}
LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}


def rental(**changes):
    return {
        "kind": "rental", "name": "bridge", "technology": "gas_turbine_aero", "fuel": "gas",
        "size": {"maximum": "30 MW"}, "rental_price": "30 USD/kW/month", "lead_time": "0 years", "efficiency": 0.4,
        "auxiliary_load": 0, "forced_outage": 0, "heat_derating": "0 1/delta_degC", "running_cost": "0 USD/MWh",
        **changes,
    }  # fmt: skip


@pytest.fixture
def grid(free_grid):
    """4 MW at first, all from 2031."""
    return free_grid(size={"maximum": {"2026-01-01": "4 MW", "2031-01-01": "100 MW"}}, energy_price="10 USD/MWh")


def test_rent_is_paid_by_the_year_and_spends_no_capital(tiny):
    """10 MW x 30 USD/kW/month x 12 = 3.6 million USD; there is no capital for a budget to limit."""
    solved = tiny(LOAD, rental(), GAS)
    assert solved.cost("bridge", "rent") == pytest.approx([3_600_000])
    assert "capital" not in solved.compiled.network.terms["bridge"].into
    assert {reason for name, reason in solved.compiled.network.costs() if name == "bridge"} == {"rent", "running"}


def test_what_is_rented_is_given_back_when_the_connection_comes(tiny, grid):
    """6 MW bridge what 4 MW of connection leave; in 2031 they go. Bought plant would stay and be paid for 25 years."""
    solved = tiny(LOAD, rental(), GAS, grid, starts=BOTH, worth=(4.0, 3.0))
    assert solved["bridge.power_capacity"] == pytest.approx([6, 0], abs=1e-6)
    assert solved.cost("bridge", "rent") == pytest.approx([2_160_000, 0], abs=1e-2)


def test_a_contract_is_paid_to_its_end(tiny, grid):
    """Ten years from 2026: 6 MW are rented in both phases."""
    solved = tiny(LOAD, rental(life="10 years"), GAS, grid, starts=BOTH)
    assert solved["bridge.power_capacity"] == pytest.approx([6, 6])


@pytest.mark.parametrize("size", [{"maximum": "30 MW"}, {}, {"maximum": "30 MW", "minimum": "10 MW"}])
def test_nothing_is_rented_after_its_last_day(tiny, free_grid, size):
    """The grid at 1,000 USD/MWh takes over, because it must, and a minimum ends with the contract."""
    dear = free_grid(size={"maximum": {"2031-01-01": "100 MW"}}, energy_price="1000 USD/MWh")
    solved = tiny(LOAD, rental(until="2031-01-01", size=size), GAS, dear, starts=BOTH)
    assert solved["bridge.power_capacity"] == pytest.approx([10, 0], abs=1e-6)


def test_a_fixed_bridge_ends_too(tiny, free_grid):
    grid = free_grid(size={"maximum": {"2031-01-01": "100 MW"}})
    solved = tiny(LOAD, rental(until="2031-01-01", size={"fixed": "12 MW"}), GAS, grid, starts=BOTH)
    assert solved["bridge.power_capacity"] == pytest.approx([12, 0])


def test_its_last_day_begins_a_phase():
    made = Component.from_dict(rental(until="2029-06-01"))
    assert date(2029, 6, 1) in made.dates(date(2026, 1, 1))


def test_it_comes_within_months():
    """A quarter of a year from the decision, 91 days, where bought turbines take two years."""
    made = Component.from_dict({k: v for k, v in rental().items() if k != "lead_time"})
    assert made.ready(date(2026, 1, 1)) == date(2026, 4, 2)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"technology": "fuel_cell_sofc", "rental_price": None}, "rental_price is missing: fuel_cell_sofc lists none"),
        (
            {"size": {"existing": [{"size": "5 MW", "commissioned": "2020-01-01", "life": "30 years"}]}},
            "what is rented is not owned, got size.existing. Remove it; set size.minimum instead",
        ),
    ],
)
def test_what_cannot_be_rented_is_refused(changes, says):
    data = {name: value for name, value in rental(**changes).items() if value is not None}
    with pytest.raises(ValueError, match=says):
        Component.from_dict(data)
