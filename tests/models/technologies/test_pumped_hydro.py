import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.hourly import HourlyValues


def test_pumped_hydro_is_free_to_cycle(tiny, free_grid):
    """kind "pumped_hydro" at 0.81, basins used to 0.9 of 6.1728 MWh = 5.5556: half an hour of 10 MW through 0.9.

    8,760 cycles a year, far more than any battery includes.
    """
    basins = {
        "kind": "pumped_hydro", "name": "basins", "power": {"fixed": "20 MW"}, "energy": {"fixed": "6.172839506 MWh"},
        "round_trip": 0.81, "loss": "0 1/hour", "depth": 0.9, "lead_time": "0 years",
    }  # fmt: skip
    price = HourlyValues(np.array([10.0, 100.0]), "USD/MWh")
    load = {"kind": "load", "name": "offices", "demand": "12 MW"}
    solved = tiny(load, basins, free_grid(energy_price=price), steps=2)
    assert solved["basins.discharge"][:2] == pytest.approx([0, 10])


def test_pumped_hydro_costs_what_its_row_says():
    """1,200 USD/kW + 13.3 h x 60 USD/kWh = 2,000 USD/kW, the published total."""
    basins = Component.from_dict({"kind": "pumped_hydro", "name": "basins"})
    assert basins.capex_power + 800 / 60 * basins.capex_energy == pytest.approx(2.0e6)
