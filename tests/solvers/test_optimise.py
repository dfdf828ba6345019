"""The door of the solvers: least cost, most compute, whole units."""

import sys

import numpy as np
import pytest

from gigasite.models.errors import SolverError
from gigasite.solvers import optimise
from gigasite.solvers.highs import SIMPLEX, solve

LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}


@pytest.fixture(scope="module")
def plant(week):
    return week()


@pytest.fixture(scope="module")
def engines():
    """Engines with free gas, in units of 4 MW, at 100 USD/kW over 10 years without interest: 10,000 USD/MW a year."""
    return {
        "kind": "generator", "name": "engines", "technology": "gas_engine", "fuel": "gas", "size": {"maximum": "40 MW"},
        "unit": "4 MW", "forced_outage": 0, "auxiliary_load": 0, "capex": "100 USD/kW", "lead_time": "0 years",
        "heat_derating": "0 1/delta_degC", "altitude_derating": "0 1/m", "upkeep": "0 USD/MW/year", "life": "10 years",
        "running_cost": "0 USD/MWh",
    }  # fmt: skip


GAS = {"kind": "natural_gas", "name": "pipeline", "price": "0 USD/MWh"}


def size(compiled, x, name):
    return x[compiled.columns.slice(compiled.network.model.find_component(name))]


def test_least_cost_by_hand(tiny_site, free_grid):
    """10 MW x 8,760 h at 60 USD/MWh from the cheaper of two grids: 5.256 M USD."""
    plant = tiny_site(LOAD, free_grid(energy_price="60 USD/MWh"), free_grid(name="dear")).compiled()
    found = optimise(plant)
    assert found.dispatch_usd == pytest.approx(10 * 8760 * 60)
    assert found.bound_usd <= found.dispatch_usd
    assert found.gap <= 0.005


def test_exact_and_certified_agree_within_the_gap(plant):
    """Both against simplex; the exact method has no gap at all."""
    best = 1000.0 * solve(plant.matrix, SIMPLEX).objective
    exact, certified = optimise(plant, method="exact"), optimise(plant, gap=0.005)
    assert (exact.method, certified.method) == ("exact", "certified")
    assert exact.dispatch_usd == pytest.approx(best, rel=1e-6)
    assert best * (1 - 1e-6) <= certified.dispatch_usd <= best * 1.00505
    assert certified.bound_usd <= best * (1 + 1e-6)


def test_every_stage_is_told(plant):
    told = []
    optimise(plant, method="exact", progress=told.append)
    names = [stage.name for stage in told]
    assert names[0] == "solve"
    assert names[-1] == "check"


def test_whole_units_by_branch_and_bound(tiny_site, free_grid, engines):
    """10 MW need 2.5 engines of 4 MW: three cost 120,000 USD a year.

    Two, with 2 MW of grid at 100 USD/MWh, cost 1.83 M.
    """
    plant = tiny_site(LOAD, free_grid(), {**engines, "whole": True}, GAS).compiled()
    found = optimise(plant, gap=1e-6)
    assert found.method == "branch and bound"
    assert size(plant, found.x, "engines.power_added") == pytest.approx([12.0])
    assert found.dispatch_usd == pytest.approx(120_000)
    assert found.bound_usd <= found.dispatch_usd + 1.0


def test_sizes_are_rounded_up_unless_told_not_to(tiny_site, free_grid, engines):
    plant = tiny_site(LOAD, free_grid(), engines, GAS).compiled()
    as_found, whole = optimise(plant, whole_racks=False), optimise(plant)
    assert size(plant, as_found.x, "engines.power_added") == pytest.approx([10.0], rel=2e-3)
    assert size(plant, whole.x, "engines.power_added") == pytest.approx([12.0])
    assert whole.dispatch_usd >= as_found.dispatch_usd


@pytest.fixture
def campus(tiny_site, free_grid):
    """Accelerators of 0.5 kW without idle power, fed and cooled for nothing, that take what work they can."""

    def build(connection_mw):
        chips = {
            "kind": "accelerators", "name": "gpus", "technology": "h100_sxm", "power": "0.5 kW/GPU",
            "speed": "1 H100/GPU", "network_overhead": 1.0, "availability": 1.0, "active_share": 1.0, "idle_share": 0.0,
            "rack": "1 GPU",
            "capex": "1 USD/GPU", "upkeep": "0 1/year", "lead_time": "0 years",
        }  # fmt: skip
        work = {"kind": "work", "name": "work", "classes": [{"name": "jobs", "share": 1.0}]}
        grid = free_grid(bus="it", size={"maximum": f"{connection_mw} MW"})
        return tiny_site(chips, work, grid, rest=("heat_liquid", "heat_air", "floor_space")).compiled()

    return build


def test_most_compute_fills_the_grid_connection(campus):
    """5 MW at 0.5 kW each are 10,000 accelerators: 10 kH100 x 8,760 h of work; 99.5 % of it is kept."""
    plant = campus(5)
    found = optimise(plant, most_compute=True)
    work = sum(plant.yearly(term, found.x) for term in plant.network.flows("work").values())
    assert work[0] == pytest.approx(10 * 8760, rel=6e-3)
    assert work[0] <= 10 * 8760 * (1 + 1e-6)


def test_least_cost_without_a_demand_builds_nothing(campus):
    """The same site asked for least cost does no work at all."""
    plant = campus(5)
    found = optimise(plant, gap=1.0)
    work = sum(plant.yearly(term, found.x) for term in plant.network.flows("work").values())
    assert work[0] == pytest.approx(0.0, abs=100.0)


def test_most_compute_without_work_is_refused(plant):
    with pytest.raises(SolverError, match="nothing on the site works"):
        optimise(plant, most_compute=True)


@pytest.fixture
def unbranched(monkeypatch):
    """Take the way of large plans for small ones too."""
    monkeypatch.setattr(sys.modules["gigasite.solvers.optimise"], "BRANCHED", 0)  # its door has the same name


DRIVEN = {"unit": "4 MW", "whole": True, "life": "20 years"}
FUEL = {"kind": "natural_gas", "name": "pipeline", "price": "3 USD/MMBtu"}


def test_whole_units_from_the_certified_plan_cost_what_branch_and_bound_finds(week, engines, unbranched):
    """Engines beside a grid that is dear by day: the same cost as the exact method, within the gap for whole units."""
    plant = week({**engines, **DRIVEN}, FUEL)
    exact, found = optimise(plant, method="exact", gap=1e-4), optimise(plant, gap=0.02)
    count = size(plant, found.x, "engines.power_units")
    assert (exact.method, found.method) == ("branch and bound", "certified")
    assert count.sum() > 0
    assert count == pytest.approx(np.round(count), abs=1e-6)
    assert size(plant, found.x, "engines.power_added") == pytest.approx(4 * count)
    assert found.bound_usd <= exact.dispatch_usd * (1 + 1e-4)
    assert exact.bound_usd * (1 - 1e-6) <= found.dispatch_usd
    assert found.gap <= 0.04 or "more than asked for" in found.warnings[0]


def test_whole_units_online_at_every_hour(week, engines, unbranched):
    """With part load and starts; no hour has half an engine, and the answer keeps every equation of the counts."""
    starting = {"part_load": True, "min_load": 0.5, "start_cost": "30 USD/MW"}
    plant = week({**engines, **DRIVEN, **starting, "size": {"fixed": "12 MW"}}, FUEL)
    found = optimise(plant, gap=0.02)
    online, power = (size(plant, found.x, f"engines.{name}") for name in ("units_online", "online"))
    assert online == pytest.approx(np.round(online), abs=1e-6)
    assert power == pytest.approx(4 * online, abs=1e-5)
    assert found.bound_usd <= found.dispatch_usd


def test_a_whole_offer_is_taken_or_left(tiny_site, free_grid, engines, unbranched):
    """8 MW whole at 10 MW of load, the rest by free engines: never a part of the offer."""
    offers = [{"power": "8 MW", "available": "2026-01-01", "capex": "10 USD/kW", "whole": True}]
    grid = free_grid(offers=offers, size={}, capex="10 USD/kW", energy_price="1 USD/MWh")
    plant = tiny_site(LOAD, grid, engines, GAS).compiled()
    found = optimise(plant, gap=0.5)
    assert min(abs(size(plant, found.x, "grid.offer_1_capacity")[0] - each) for each in (0.0, 8.0)) < 1e-6
