"""An exchanger by hand: hall air from 37 to 25 degC, effectiveness 0.68 dry and 0.72 sprayed."""

import numpy as np
import pytest

from gigasite.models.component import Component

HALL = {"kind": "indirect_evaporative", "name": "hall", "lead_time": "0 years"}


@pytest.fixture
def at(weather_of):
    return lambda t, dew: Component.from_dict(HALL).modes(weather_of(1, dry_bulb_c=t, dew_point_c=dew))


def test_dry_share_follows_the_dry_bulb(at):
    """0.68 x (37 - 30) / 12 = 0.397."""
    assert at(30.0, 12.0)["dry"].share == pytest.approx([0.68 * 7 / 12])


def test_sprayed_share_follows_the_wet_bulb(at):
    """45 degC, wet bulb 21.69: 0.72 x (37 - 21.69) / 12 = 0.919, where the dry mode can do nothing."""
    modes = at(45.0, 8.0)
    assert modes["wet"].share == pytest.approx([0.919], abs=2e-3)
    assert modes["dry"].share == pytest.approx([0.0])


def test_a_unit_that_reaches_half_of_the_way_takes_half_of_its_heat(at):
    """Capacity = share x density / 1.2, less the heat of its own fans of 0.07."""
    mode = at(30.0, 12.0)["dry"]
    assert mode.capacity == pytest.approx(mode.share * 1.178 / 1.2 / 1.07, rel=5e-3)


def test_only_spray_uses_water(at):
    """3600 / 2440 x 1.2 x 1.07 = 1.894 L/kWh."""
    modes = at(30.0, 12.0)
    assert modes["wet"].water == pytest.approx([1.894], abs=1e-3)
    assert modes["dry"].water == modes["chiller"].water == pytest.approx([0.0])


def test_dry_and_sprayed_cells_split_one_flow(tiny, free_grid, rest_of):
    """30 degC: dry reaches 0.397, sprayed all. Water for 5 MW of sprayed heat leaves half of the flow to dry cells:
    0.397 x 5 = 1.98 MW; without sharing the flow they would take 3.97.
    """
    it = rest_of("heat_air", name="it", least=10, most=10)
    well = rest_of("water", name="well", most=5 * 1.8938, least=0)
    size = {"outdoor_size": {"fixed": "90 MW"}}
    solved = tiny({**HALL, **size}, it, well, free_grid(), dry_bulb_c=30.0, hottest_c=30.0)
    assert solved["hall.heat_wet"][:3] == pytest.approx(5.0, abs=2e-3)
    assert solved["hall.heat_dry"][:3] == pytest.approx(5 * 0.68 * 7 / 12, abs=2e-3)
    assert np.all(solved["hall.heat_chiller"][:3] > 3.0)
