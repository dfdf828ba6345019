"""A generator by hand."""

import pyomo.environ as pyo
import pytest
from pyomo.util.check_units import assert_units_consistent, assert_units_equivalent

from gigasite.models.clock import pyomo_unit
from gigasite.models.network import total_cost


def generator(**changes):
    return {
        "kind": "generator", "name": "engines", "technology": "gas_engine", "fuel": "gas", "size": {"fixed": "10 MW"},
        "efficiency": 0.4, "auxiliary_load": 0.05, "forced_outage": 0.0, "heat_derating": "0.01 1/delta_degC",
        "reference_temperature": "35 degC", "altitude_derating": "0.0001 1/m", "reference_altitude": "500 m",
        "capex": "0 USD/MW", "upkeep": "0 USD/MW/year", "running_cost": "5 USD/MWh", "lead_time": "0 years",
        "unit": "3 MW", "life": "20 years", **changes,
    }  # fmt: skip


GAS = {"kind": "natural_gas", "name": "pipeline", "price": "10 USD/MWh"}


def load(power):
    return {"kind": "load", "name": "offices", "demand": f"{power} MW"}


@pytest.mark.parametrize(("power", "status"), [(8.55, "optimal"), (8.56, "infeasible")])
def test_heat_derates_a_generator(tiny, power, status):
    """At 45 degC: 10 x (1 - 0.01 x 10) x 0.95 = 8.55 MW. Without derating 9.5."""
    assert tiny(load(power), generator(), GAS, dry_bulb_c=45.0).status == status


@pytest.mark.parametrize(("power", "status"), [(9.02, "optimal"), (9.03, "infeasible")])
def test_altitude_derates_a_generator(tiny, power, status):
    """At 1,000 m and 30 degC: 10 x (1 - 0.0001 x 500) x 0.95 = 9.025 MW; sea level 9.5."""
    assert tiny(load(power), generator(), GAS, dry_bulb_c=30.0, hottest_c=30.0, elevation_m=1000.0).status == status


def test_forced_outage_is_averaged_over_the_units(tiny):
    """10 x (1 - 0.1) x 0.95 = 8.55 MW."""
    changed = generator(forced_outage=0.1, size={"maximum": "20 MW"}, capex="20000 USD/MW")
    solved = tiny(load(8.55), changed, GAS, dry_bulb_c=20.0, hottest_c=20.0)
    assert solved["engines.power_capacity"] == pytest.approx([10.0])


def test_fuel_and_running_cost_follow_gross_output(tiny):
    """Gross 7.6 / 0.95 = 8 MW x 8,760 h = 70,080 MWh: running 350,400 USD, fuel 70,080 / 0.4 x 10 = 1,752,000 USD."""
    solved = tiny(load(7.6), generator(), GAS)
    assert solved.cost("engines", "running") == pytest.approx([350_400])
    assert solved.cost("pipeline", "fuel") == pytest.approx([1_752_000])
    assert solved.usd == pytest.approx(2_102_400)


def test_no_fuel_no_power(tiny):
    """A generator whose fuel nobody sells stands still; it must not burn fuel that nobody pays for."""
    assert tiny(load(1), generator()).status == "infeasible"


@pytest.mark.parametrize("whole", [True, False])
def test_whole_units_are_integers(tiny, whole):
    """10 MW from units of 3 MW: four units, 12 MW; without whole units 10."""
    changed = generator(size={"maximum": "30 MW"}, whole=whole, auxiliary_load=0, capex="20000 USD/MW")
    solved = tiny(load(10), changed, GAS, dry_bulb_c=20.0, hottest_c=20.0)
    assert solved["engines.power_capacity"] == pytest.approx([12.0 if whole else 10.0])


def test_the_year_stays_within_permitted_hours(tiny, free_grid):
    """100 hours of 10 MW: 1,000 MWh a year, though the grid costs four times as much."""
    solved = tiny(
        load(9), generator(run_hours="100 hours", auxiliary_load=0), GAS, free_grid(energy_price="120 USD/MWh")
    )
    assert solved.year("engines", "ac") == pytest.approx([1000.0])


def test_only_carbon_free_generation_is_spared_the_carbon_account(tiny):
    bearing = tiny(load(5), generator(), GAS)
    free = tiny(load(5), generator(carbon_free=True), GAS)
    assert bearing.year("engines", "carbon_bearing_energy") == pytest.approx([5 * 8760])
    assert "carbon_bearing_energy" not in free.compiled.network.terms["engines"].into


@pytest.mark.parametrize("share", [0.6, 1.0])
def test_recovered_heat_is_bound_by_the_waste_heat(tiny, rest_of, share):
    """8 MW x (1 / 0.4 - 1) = 12 MW of waste heat; 0.6 of it 7.2 MW. What nobody takes is vented."""
    recovering = generator(heat_recovery=share, auxiliary_load=0.0, heat_recovery_capex="0 USD/MW")
    solved = tiny(load(8), recovering, GAS, rest_of("drive_heat", name="sink", least=-12 * share, most=-12 * share))
    assert solved["engines.recovered"] == pytest.approx(12 * share)
    more = rest_of("drive_heat", name="sink", least=-12 * share - 0.1, most=-12 * share - 0.1)
    assert tiny(load(8), recovering, GAS, more).status == "infeasible"


def test_units_of_recovered_heat_are_consistent(tiny_site, rest_of):
    """Its equation is in MW and its cost in USD/MW: an efficiency in place of a power would show."""
    site = tiny_site(load(5), generator(heat_recovery=0.6), GAS, rest_of("drive_heat"))
    network = site.network(audit=True, templates=False)
    for equation in network.model.engines.component_objects(pyo.Constraint):
        assert_units_consistent(equation)
    into = network.terms["engines"].into["drive_heat"]
    assert_units_equivalent(into.at(0), pyomo_unit("MW"))
    assert_units_consistent(total_cost(network))


def test_heat_recovery_is_paid_with_the_generator(tiny, rest_of):
    """10 MW x 1.5 x 0.6 = 9 MW of heat x 150 USD/kW = 1.35 million USD over 20 years; nothing where it is zero."""
    costs = [
        float(
            tiny(load(5), generator(heat_recovery=share, heat_recovery_capex="150 USD/kW"), GAS).cost(
                "engines", "capital"
            )[0]
        )
        for share in (0.0, 0.6)
    ]
    assert costs == pytest.approx([0.0, 1_350_000 / 20])


def test_without_heat_recovery_there_is_no_heat_to_take(tiny):
    assert "drive_heat" not in tiny(load(5), generator(), GAS).compiled.network.terms["engines"].into
