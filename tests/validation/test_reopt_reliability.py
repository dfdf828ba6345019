"""Published cases of reliability: REopt.jl `test/runtests.jl`, Apache-2.0, with the sums done by hand."""

import numpy as np
import pytest

from gigasite.models.errors import InfeasibleError
from gigasite.models.reliability import Store, Units, simulated, survival
from gigasite.solvers.explain import explain

BACKUP = Units(1, 0.1, availability=0.98, start_failure=0.1, mean_time_to_failure_h=100)


def test_backup_survival_of_a_day():
    """100 kW, 400 kWh, one generator: it must start and last 20 of 24 hours: 0.99^20 x 0.9 x 0.98."""
    curve = survival(np.full(24, 0.1), [BACKUP], Store(0.4, 0.4, 0.1))
    assert curve[-1] == pytest.approx(0.721394, abs=1e-6)


def test_drawn_outages_agree_with_the_chain():
    """40,000 draws: the standard error of 0.721 is 0.0022."""
    curve = simulated(np.full(24, 0.1), [BACKUP], Store(0.4, 0.4, 0.1), runs=40_000, seed=2)
    assert curve[-1] == pytest.approx(0.721394, abs=0.007)


def test_off_grid_with_reserve_is_short_in_every_hour(tiny_site):
    """100 kW flat on one fixed generator of 100 kW with 10 % reserve: 110 kW are needed, 10 kW short in every hour."""
    load = {"kind": "load", "name": "village", "demand": "100 kW"}
    engine = {
        "kind": "generator", "name": "engine", "technology": "diesel", "fuel": "diesel_oil",
        "size": {"fixed": "100 kW"}, "auxiliary_load": 0.0, "forced_outage": 0.0,
        "heat_derating": "0 1/delta_degC", "altitude_derating": "0 1/m",
        "lead_time": "0 year",
    }  # fmt: skip
    tank = {"kind": "diesel_oil", "name": "tank"}
    reserve = {"kind": "reserve_limit", "name": "reserve", "margin": "10 %"}
    small = {"largest_mw": (1.0,), "largest_kh100": (1.0,)}
    assert tiny_site(load, engine, tank, site=small).solve().status == "optimal"
    short = tiny_site(load, engine, tank, reserve, site=small)
    assert short.solve().status == "infeasible"
    error = explain(short.compiled())
    assert isinstance(error, InfeasibleError)
    assert len(error.problems) == 1
    assert "the reserve of firm capacity: short by 10 kW in every hour" in error.problems[0]
