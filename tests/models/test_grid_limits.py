"""What a connection lets through, by hand."""

from datetime import date

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.hourly import HourlyValues

ENGINE = {
    "kind": "generator", "name": "engine", "technology": "gas_engine", "fuel": "gas", "size": {"fixed": "200 MW"},
    "auxiliary_load": 0, "forced_outage": 0, "capex": "0 USD/MW", "upkeep": "0 USD/MW/year", "efficiency": 0.5,
    "running_cost": "100 USD/MWh", "lead_time": "0 years", "reference_temperature": "50 degC",
}  # fmt: skip
GAS = {"kind": "natural_gas", "name": "gas", "price": "5 USD/MWh"}
LOAD = {"kind": "load", "name": "offices", "demand": "80 MW"}


def test_apparent_power_limits_the_connection(tiny, free_grid):
    """100 MVA at a power factor of 0.8 carry 80 MW; 99 MVA carry 79.2, and nothing else makes power."""
    grid = free_grid(size={"fixed": "100 MVA"}, power_factor=0.8)
    assert tiny(LOAD, grid)["grid.imported"] == pytest.approx(80.0)
    assert tiny(LOAD, {**grid, "size": {"fixed": "99 MVA"}}).status == "infeasible"


def test_no_more_is_connected_than_the_host_grid_has_room_for(tiny, free_grid):
    """A maximum of 100 MW, headroom for 30 MW and from 2031 for 60: the engine makes the rest of 80 MW."""
    room = {date(2026, 1, 1): "30 MW", date(2031, 1, 1): "60 MW"}
    grid = free_grid(size={"maximum": "100 MW"}, headroom=room)
    solved = tiny(LOAD, grid, ENGINE, GAS, starts=(date(2026, 1, 1), date(2031, 1, 1)))
    assert solved["grid.imported"][:6] == pytest.approx([30, 30, 30, 60, 60, 60])


def test_import_changes_no_faster_than_the_ramp(tiny, free_grid):
    """Half hours of 10, 10 and 40 MW: at 20 MW/h import rises and falls by 10 MW a step, 10, 20, 30 in a ring.

    The step of 40 MW needs 10 MW of engine; before it 10 MW cannot be left without an export. As MW a step the limit
    of 20 would give 30 MW at once.
    """
    load = {**LOAD, "demand": HourlyValues(np.array([10.0, 20.0, 40.0]), "MW")}
    solved = tiny(load, free_grid(ramp="20 MW/hour"), ENGINE, GAS, design_steps=0)
    imported = solved["grid.imported"]
    assert np.all(np.abs(imported - np.roll(imported, 1)) <= 10 + 1e-9)
    assert imported == pytest.approx([10, 20, 20])
    assert solved["engine.output"] == pytest.approx([0, 0, 20])


def test_a_load_that_swings_faster_than_the_ramp_needs_a_battery(tiny, free_grid):
    """Training that swings between 20 and 40 MW: the exchange may change by 10 MW a step, from 25 to 35.

    A battery takes 5 MW and gives 5; without losses and other costs nothing less would do.
    """
    load = {**LOAD, "demand": HourlyValues(np.array([20.0, 40.0, 20.0, 40.0]), "MW")}
    battery = {
        "kind": "battery", "name": "bess", "power": {"maximum": "50 MW"}, "energy": {"maximum": "500 MWh"},
        "lead_time": "0 years", "available": date(2026, 1, 1),
    }  # fmt: skip
    grid = free_grid(ramp="20 MW/hour", size={"fixed": "60 MW"})
    solved = tiny(load, grid, battery, steps=4, design_steps=0)
    imported = solved["grid.imported"]
    assert np.all(np.abs(imported - np.roll(imported, 1)) <= 10 + 1e-6)
    assert solved["bess.power_capacity"][0] == pytest.approx(5.0, abs=0.6)
    assert tiny(load, grid, steps=4, design_steps=0).status == "infeasible"


def test_a_ramp_faster_than_any_change_adds_no_equation(tiny_site, free_grid):
    """100 MW within half an hour: 400 MW/h never binds."""
    assert not hasattr(tiny_site(LOAD, free_grid(ramp="400 MW/hour")).network().model.grid, "rise")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"power_factor": 0}, "power_factor must be above zero, got 0"),
        ({"losses": 1}, "remaining share after losses must be above zero, got 0"),
        ({"ramp": "0 MW/hour"}, "ramp must be above zero, got 0 MW/h. Leave it out"),
        ({"power_factor": 1.2}, "must lie between 0 and 1"),
    ],
)
def test_limits_that_cannot_be_are_refused(changes, says, free_grid):
    with pytest.raises(ValueError, match=says):
        Component.from_dict(free_grid(**changes))
