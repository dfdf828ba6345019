"""Whole units at every hour at fixed sizes, against branch and bound over everything."""

from dataclasses import replace

import numpy as np
import pytest

from gigasite.solvers import commit
from gigasite.solvers.commit import committed
from gigasite.solvers.counts import uncounted
from gigasite.solvers.dispatch import dispatch
from gigasite.solvers.highs import OPTIMAL, solve
from gigasite.solvers.phases import links
from gigasite.solvers.steps import steps_of


@pytest.fixture(scope="module")
def plant(week):
    """A week of 5 to 15 MW with engines of 4 MW, at least half loaded, whose starts cost; grid by day is dear."""
    engines = {
        "kind": "generator", "name": "engines", "technology": "gas_engine", "fuel": "gas", "size": {"fixed": "12 MW"},
        "unit": "4 MW", "forced_outage": 0, "auxiliary_load": 0, "capex": "100 USD/kW", "lead_time": "0 years",
        "heat_derating": "0 1/delta_degC", "altitude_derating": "0 1/m", "upkeep": "0 USD/MW/year", "whole": True,
        "part_load": True, "min_load": 0.5, "start_cost": "30 USD/MW",
    }  # fmt: skip
    gas = {"kind": "natural_gas", "name": "pipeline", "price": "12 USD/MMBtu"}
    return week(engines, gas)


@pytest.fixture(scope="module")
def relaxed(plant):
    """Sizes and a dispatch in which any power may be online."""
    simple = uncounted(plant)
    answer = solve(simple.compiled.matrix, {})
    return replace(answer, x=simple.counted(answer.x))


@pytest.fixture(scope="module")
def best(plant, relaxed):
    """Branch and bound over every hour at once, at the same sizes."""
    link = links(plant)
    columns = np.concatenate([link.added, link.capacity])
    return solve(plant.matrix.fixed(columns, relaxed.x[columns]), {"mip_rel_gap": 1e-6}, seconds=60.0)


def hourly(plant):
    return np.flatnonzero(plant.matrix.integral & (steps_of(plant) >= 0))


def test_some_engine_is_partly_online_where_it_need_not_be_whole(plant, relaxed):
    online = relaxed.x[hourly(plant)]
    assert np.abs(online - np.round(online)).max() > 0.1


def test_blocks_come_close_to_branch_and_bound_over_everything(plant, relaxed, best, monkeypatch):
    monkeypatch.setattr(commit, "BLOCK_STEPS", 48)
    found = committed(plant, relaxed, target=-np.inf, gap=1e-4, seconds=60.0)
    online = found.x[hourly(plant)]
    assert found.status == OPTIMAL
    assert online == pytest.approx(np.round(online), abs=1e-9)
    assert found.objective >= relaxed.objective
    assert best.objective * (1 - 1e-5) <= found.objective <= best.objective * 1.005


def test_units_rounded_up_do_where_their_cost_is_good_enough(plant, relaxed, monkeypatch):
    """No block is solved: a block would fail this test."""
    monkeypatch.setattr(commit, "_Blocks", None)
    found = committed(plant, relaxed, target=np.inf, gap=1e-4, seconds=60.0)
    assert found.status == OPTIMAL
    assert np.all(found.x[hourly(plant)] >= relaxed.x[hourly(plant)] - 1e-5)


def test_the_answer_is_an_exact_dispatch_at_its_whole_units(plant, relaxed):
    found = committed(plant, relaxed, target=-np.inf, gap=1e-4, seconds=60.0)
    link = links(plant)
    columns = np.concatenate([link.added, link.capacity, np.flatnonzero(plant.matrix.integral)])
    simple = replace(plant.matrix, integral=np.zeros_like(plant.matrix.integral))
    assert dispatch(simple.fixed(columns, found.x[columns])).objective == pytest.approx(found.objective, rel=1e-7)


def test_units_rounded_up_stand_where_a_block_has_no_answer(plant, relaxed, monkeypatch):
    """The same as where they are good enough."""
    good = committed(plant, relaxed, target=np.inf, gap=1e-4, seconds=60.0)
    monkeypatch.setattr(commit._Blocks, "_solve", lambda *_: False)
    late = committed(plant, relaxed, target=-np.inf, gap=1e-4, seconds=60.0)
    assert late.status == good.status == OPTIMAL
    assert late.objective == pytest.approx(good.objective)
