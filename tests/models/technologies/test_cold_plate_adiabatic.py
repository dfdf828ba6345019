"""Adiabatic coolers by hand: water of 40 degC, 10 K warmer when it returns, 10 K of approach with recirculation."""

import numpy as np
import pytest

from gigasite.models.component import Component

RACKS = {
    "kind": "cold_plate_adiabatic", "name": "coils", "supply": "40 degC", "rise": "10 delta_degC",
    "free_size": {"maximum": "90 MW"}, "lead_time": "0 years",
}  # fmt: skip


@pytest.fixture
def cooling(tiny, free_grid, rest_of):
    def solve(**changes):
        racks = rest_of("heat_liquid", name="racks", least=10, most=10)
        return tiny(RACKS, racks, free_grid(), {"kind": "water_supply", "name": "well"}, **changes)

    return solve


def test_cool_air_leaves_the_pads_dry(cooling):
    """25 degC + 10 < 40: dry coils take everything and no water is drawn."""
    solved = cooling(dry_bulb_c=25.0)
    assert solved["coils.heat_dry"][:3] == pytest.approx(10.0)
    assert solved["well.drawn"][:3] == pytest.approx(0.0, abs=1e-6)


def test_desert_heat_needs_water_and_no_trim_chiller(cooling):
    """45 degC at a dew point of 12: 45 - 0.75 x 21.9 = 28.6 degC behind the pads, + 10 < 40. Dry: 55 > 50."""
    solved = cooling(dry_bulb_c=45.0)
    assert solved["coils.heat_wet"][:3] == pytest.approx(10.0, rel=2e-3)
    assert np.all(solved["well.drawn"][:3] > 10.0)
    assert solved["coils.trim_capacity"] == pytest.approx([0.0], abs=0.02)


def test_water_by_hand(weather_of):
    """45 degC, dew point 12: 0.75 x (W_sat(23.12) - W) = 0.75 x (17.87 - 8.73) g/kg in
    3600 / (1.006 x 12) = 298.2 kg/kWh of air, with 25 % of bleed and 1.2 % of pumps: 2.59 L/kWh.
    """
    wet = Component.from_dict(RACKS).modes(weather_of(1, dry_bulb_c=45.0))["wet"]
    assert wet.water == pytest.approx([0.75 * 9.14e-3 * 298.2 * 1.25 * 1.012], rel=2e-3)


def test_the_coil_is_bought_once(cooling):
    """Dry and wet are modes of one plant: 10 MW cost one coil, whichever way they run."""
    plants = Component.from_dict(RACKS).plants
    assert set(plants) == {"distribution", "free", "trim"}
    assert plants["free"].modes == ("dry", "wet")
