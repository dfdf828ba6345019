"""Hydrogen by hand: half-hour steps, 0.6 into the store, 0.5 out of it."""

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.hourly import HourlyValues

CHEAP_AND_DEAR = HourlyValues(np.array([10.0, 100.0]), "USD/MWh")
LOAD = {"kind": "load", "name": "offices", "demand": "3 MW"}


def hydrogen(**changes):
    return {
        "kind": "hydrogen_storage", "name": "hydrogen", "fuel_cell": {"fixed": "20 MW"},
        "electrolyser": {"fixed": "20 MW"}, "energy": {"fixed": "10 MWh"}, "electrolysis": 0.6, "conversion": 0.5,
        "compression": 0.1, "water": "0.4 L/kWh", "lead_time": "0 years", "running_cost": "0 USD/MWh", **changes,
    }  # fmt: skip


def test_hydrogen_carries_power_with_a_loss_each_way(tiny, free_grid):
    """Serve 1.5 MWh: 1.5 / 0.5 = 3 MWh of hydrogen, 3 / 0.6 = 5 MWh into the electrolyser: 10 MW for half an hour.

    Compressors draw 0.1 x 6 MW besides: 10.6 MW. Water 0.4 L/kWh x 6 MW = 2.4 m3/h. Round trip 0.3 without compression.
    """
    solved = tiny(LOAD, hydrogen(), free_grid(energy_price=CHEAP_AND_DEAR), steps=2, rest=("water",))
    assert solved["hydrogen.charge"][:2] == pytest.approx([10, 0])
    assert solved["hydrogen.stored"][:2] == pytest.approx([3, 0])
    assert solved["hydrogen.discharge"][:2] == pytest.approx([0, 3])
    assert solved.flow("hydrogen", "ac")[:2] == pytest.approx([-10.6, 3])
    assert solved.flow("hydrogen", "water")[:2] == pytest.approx([-2.4, 0])


@pytest.mark.parametrize(
    ("part", "size", "served"), [("fuel_cell", "2 MW", 2.0), ("electrolyser", "5 MW", 1.5), ("energy", "1 MWh", 1.0)]
)
def test_each_size_limits_what_is_served(tiny, free_grid, part, size, served):
    """2 MW; 5 x 0.6 x 0.5 = 1.5 MW; 1 MWh x 0.5 over half an hour = 1 MW."""
    small = hydrogen(**{part: {"fixed": size}})
    solved = tiny(LOAD, small, free_grid(energy_price=CHEAP_AND_DEAR), steps=2, rest=("water",))
    assert solved["hydrogen.discharge"][1] == pytest.approx(served)


def test_each_part_is_paid_over_its_own_life(tiny, free_grid):
    """At no interest: 20 x 1,000 / 25 = 800; 10 x 300 / 30 = 100; 20 x 500 / 10 = 1,000 USD a year."""
    paid = hydrogen(
        capex_electrolyser="1000 USD/MW", capex_energy="300 USD/MWh", capex_fuel_cell="500 USD/MW",
        electrolyser_life="25 years", life="30 years", fuel_cell_life="10 years", upkeep_energy="0.02 1/year",
        upkeep_fuel_cell="3 USD/MW/year", upkeep_electrolyser="4 USD/MW/year", land="0.1 ha/MWh",
        land_electrolyser="0.2 ha/MW", land_fuel_cell="0.3 ha/MW",
    )  # fmt: skip
    solved = tiny(LOAD, paid, free_grid(), steps=2, rest=("water",))
    cost = {
        part: float(solved.cost("hydrogen", f"capital ({part})")[0]) for part in ("electrolyser", "fuel_cell", "energy")
    }
    assert cost == pytest.approx({"electrolyser": 800, "fuel_cell": 1000, "energy": 100})
    keep = {
        part: float(solved.cost("hydrogen", f"upkeep ({part})")[0]) for part in ("electrolyser", "fuel_cell", "energy")
    }
    assert keep == pytest.approx({"electrolyser": 80, "fuel_cell": 60, "energy": 60})
    assert solved.year("hydrogen", "land") == pytest.approx([1 + 4 + 6])
    assert solved.year("hydrogen", "capital") == pytest.approx([20_000 + 3_000 + 10_000])


def test_a_design_day_starts_and_ends_at_its_stated_level(tiny, free_grid):
    solved = tiny(LOAD, hydrogen(), free_grid(), steps=2, rest=("water",), site={"design_charge": 0.3})
    assert solved["hydrogen.stored"][3] == pytest.approx(3.0)


@pytest.mark.parametrize("name", ["electrolysis", "conversion"])
@pytest.mark.parametrize(("value", "message"), [(1.2, "between 0 and 1"), (0.0, "above 0")])
def test_impossible_efficiencies_are_refused(name, value, message):
    with pytest.raises(ValueError, match=message):
        Component.from_dict(hydrogen(**{name: value}))
