"""A screening curve with a published optimum: the expansion example of PyPSA.

Load 1000 - 1000 z MW over z in [0, 1], 1,001 points. Coal costs 2 USD/MWh and 15 USD/MW for every hour that it stands,
gas 12 and 10, shedding 1,012 and nothing. Coal pays for itself where it runs more than (15 - 10) / (12 - 2) = 0.5 of
the time: 500 MW. Gas does above 10 / (1012 - 12) = 0.01: up to 990 MW, 490 MW of it gas; the last 10 MW are shed. The
published mean cost is 14,706.194 USD for every hour.
"""

import numpy as np
import pytest

from gigasite.models.hourly import HourlyValues

POINTS = 1001
HOURS = 8760.0
ROWS = {"coal": (2.0, 15.0), "gas_plant": (12.0, 10.0), "shedding": (1012.0, 0.0)}


def plant(name, running, standing):
    """Return a plant whose costs are those of the example: a fixed one for every hour, and one by energy."""
    return {
        "kind": "generator", "name": name, "technology": "geothermal", "size": {"maximum": "2000 MW"},
        "capex": "0 USD/MW", "upkeep": f"{standing * HOURS} USD/MW/year", "running_cost": f"{running} USD/MWh",
        "auxiliary_load": 0, "forced_outage": 0, "heat_derating": "0 1/delta_degC", "altitude_derating": "0 1/m",
        "capacity_factor": 1.0, "lead_time": "0 years", "ramp": "1 1/minute",
    }  # fmt: skip


@pytest.fixture(scope="module")
def screened(tiny):
    demand = HourlyValues(1000.0 - 1000.0 * np.linspace(0.0, 1.0, POINTS), "MW", 1000.0)
    load = {"kind": "load", "name": "demand", "demand": demand}
    plants = [plant(name, *costs) for name, costs in ROWS.items()]
    return tiny(load, *plants, steps=POINTS, step_hours=1.0, design_steps=0)


def test_coal_gas_and_shedding_share_the_load_as_published(screened):
    sizes = [float(screened[f"{name}.power_capacity"][0]) for name in ("coal", "gas_plant")]
    assert sizes == pytest.approx([500.0, 490.0])
    assert screened.flow("shedding", "ac").max() == pytest.approx(10.0)


def test_the_mean_cost_is_the_published_one(screened):
    assert screened.usd / HOURS == pytest.approx(14_706.194, abs=1e-3)


def test_plants_run_in_the_order_of_their_running_cost(screened):
    """Coal runs at its size wherever gas runs at all, and gas wherever load is shed."""
    coal, gas, shed = (screened.flow(name, "ac") for name in ROWS)
    assert np.all(coal[gas > 1e-6] > 500 - 1e-6)
    assert np.all(gas[shed > 1e-6] > 490 - 1e-6)
