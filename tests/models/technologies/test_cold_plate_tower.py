import numpy as np
import pytest

from gigasite.models.component import Component

TOWERS = {
    "kind": "cold_plate_tower", "name": "towers", "supply": "32 degC", "rise": "10 delta_degC",
    "free_size": {"maximum": "90 MW"}, "lead_time": "0 years",
}  # fmt: skip


@pytest.fixture
def cooling(tiny, free_grid, rest_of):
    def solve(**changes):
        racks = rest_of("heat_liquid", name="racks", least=10, most=10)
        return tiny(TOWERS, racks, free_grid(), {"kind": "water_supply", "name": "well"}, **changes)

    return solve


def test_towers_draw_their_make_up(cooling):
    """Latent heat 0.68 kWh/kg: 1.47 L/kWh if all heat evaporated; hot dry air and blowdown can double it."""
    solved = cooling()
    per_heat = solved["well.drawn"] / 10.0
    assert np.all(np.diff(per_heat[:3]) > 0)
    assert np.all((per_heat > 1.3) & (per_heat < 3.0))


def test_dry_air_needs_no_trim_chiller_and_humid_air_does(cooling):
    """Dew point 12 degC leaves towers far below 32 degC; at 30 degC of dew point and 31 of air they cannot reach it."""
    assert cooling()["towers.heat_trim"][:3] == pytest.approx(0.0, abs=1e-6)
    humid = cooling(dry_bulb_c=31.0, weather={"dew_point_c": 30.0})
    assert np.all(humid["towers.heat_trim"][:3] > 0.1)


def test_share_is_the_reachable_part_of_the_rise(weather_of):
    """(return - tower water - exchanger approach) / rise, between 0 and 1."""
    towers = Component.from_dict(TOWERS)
    weather = weather_of(3, dry_bulb_c=31.0, dew_point_c=30.0)
    by_hand = (42.0 - towers.tower.water_c(weather) - towers.exchanger_approach) / 10.0
    assert towers.modes(weather)["free"].share == pytest.approx(np.clip(by_hand, 0, 1))


def test_the_trim_chiller_evaporates_its_own_heat_too(weather_of):
    """Its compressor's heat goes to the tower: more water per heat than the free mode."""
    modes = Component.from_dict(TOWERS).modes(weather_of(3))
    assert np.all(modes["trim"].water > modes["free"].water)
