import numpy as np
import pytest

from gigasite.solvers.dispatch import dispatch
from gigasite.solvers.highs import OPTIMAL, SIMPLEX, solve
from gigasite.solvers.rounding import rounded


@pytest.fixture(scope="module")
def engines():
    """Engines that are cheaper than the grid, in units of 4 MW."""
    return {
        "kind": "generator", "name": "engines", "technology": "gas_engine", "fuel": "gas", "size": {"maximum": "40 MW"},
        "unit": "4 MW", "forced_outage": 0, "auxiliary_load": 0, "capex": "100 USD/kW", "lead_time": "0 years",
        "heat_derating": "0 1/delta_degC", "altitude_derating": "0 1/m", "upkeep": "0 USD/MW/year",
    }  # fmt: skip


@pytest.fixture(scope="module")
def gas():
    return {"kind": "natural_gas", "name": "pipeline", "price": "1 USD/MWh"}


def engine_sizes(compiled, x):
    return x[compiled.columns.slice(compiled.network.model.find_component("engines.power_added"))]


@pytest.fixture(scope="module")
def plant(tiny_site, free_grid, engines, gas):
    load = {"kind": "load", "name": "offices", "demand": "10 MW"}
    return tiny_site(load, free_grid(), engines, gas).compiled()


def test_sizes_become_whole_units_and_cost_no_less(plant):
    """10 MW of load: 2.5 engines of 4 MW become 3, 12 MW."""
    best = solve(plant.matrix, SIMPLEX)
    assert engine_sizes(plant, best.x) == pytest.approx([10.0])
    answer, notes = rounded(plant, best, 60.0)
    assert (answer.status, notes) == (OPTIMAL, ())
    assert engine_sizes(plant, answer.x) == pytest.approx([12.0])
    assert answer.objective >= best.objective


def test_whole_sizes_are_left_alone(plant):
    """Twelve megawatts are three engines: the very same answer comes back."""
    sizes = plant.columns.slice(plant.network.model.find_component("engines.power_added"))
    stands = plant.columns.slice(plant.network.model.find_component("engines.power_capacity"))
    columns = np.array([sizes.start, stands.start])
    whole = dispatch(plant.matrix.fixed(columns, np.array([12.0, 12.0])))
    assert rounded(plant, whole, 60.0) == (whole, ())


def test_a_limit_below_the_next_unit_is_noted(tiny_site, free_grid, engines, gas):
    """11 MW at most do not hold three engines of 4 MW; the sizes stay as they are, and the plan says so."""
    load = {"kind": "load", "name": "offices", "demand": "10 MW"}
    plant = tiny_site(load, free_grid(), {**engines, "size": {"maximum": "11 MW"}}, gas).compiled()
    best = solve(plant.matrix, SIMPLEX)
    answer, notes = rounded(plant, best, 60.0)
    assert answer is best
    assert len(notes) == 1
    assert "could not be rounded up" in notes[0]
