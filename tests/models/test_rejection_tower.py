"""Rejectors to wet towers, per heat of the water: no fans or pumps of the load."""

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.machines import Tower, WaterCooledChiller, WaterLoop
from gigasite.models.rejection_tower import chilled_by_tower, free_by_tower

CHILLED = WaterLoop(supply_c=18.0, return_c=26.0)


def test_a_tower_rejects_the_heat_of_the_compressor_too(weather_of):
    """Per heat: e = 1 / COP of the chiller, fans and pumps of 0.028 and the make-up on 1 + e."""
    weather, chiller, tower = weather_of(3), WaterCooledChiller(), Tower()
    e = chiller.electricity(tower.water_c(weather), 18.0)
    mode = chilled_by_tower(chiller, tower, weather, 18.0, 1.0)
    assert mode.electricity == pytest.approx(e + 0.028 * (1 + e))
    assert mode.water == pytest.approx((1 + e) * tower.make_up(weather))
    assert mode.side["waste_water"] == pytest.approx((1 + e) * tower.blowdown(weather))
    assert mode.share is None


def test_free_cooling_by_hand(weather_of):
    """Wet bulb w: (26 - w - 5 - 2.2) / 8; fans and pumps of 0.028, and no compressor."""
    weather = weather_of(1, dry_bulb_c=20.0, dew_point_c=7.0)
    mode = free_by_tower(Tower(), 2.2, weather, CHILLED)
    assert mode.share == pytest.approx((18.8 - weather.wet_bulb_c) / 8.0)
    assert mode.electricity == pytest.approx([0.028])
    assert mode.water == pytest.approx(Tower().make_up(weather))


def test_spare_cells_save_fans_and_not_pumps(weather_of):
    """Five cells for four: 0.8^1.5 = 0.716 of 0.016 and all of 0.012."""
    loop = WaterLoop(18.0, 26.0, load=0.8)
    assert free_by_tower(Tower(), 2.2, weather_of(1), loop).electricity == pytest.approx([0.8**1.5 * 0.016 + 0.012])


def test_towers_and_trim_chillers_are_bought_apart():
    racks = Component.from_dict({"kind": "cold_plate_tower", "name": "racks", "supply": "32 degC"})
    assert {name: plant.modes for name, plant in racks.rejectors.items()} == {"free": ("free",), "trim": ("trim",)}


def test_humid_heat_slows_racks_on_towers_without_trim(weather_of):
    """Wet bulb w at 31 degC and a dew point of 30: water of w + 5 + 2.2, 2 % of work lost a kelvin above 32 degC."""
    racks = Component.from_dict({"kind": "cold_plate_tower", "name": "racks", "supply": "32 degC", "throttle": True})
    weather = weather_of(1, dry_bulb_c=31.0, dew_point_c=30.0)
    warm = racks.rejected(weather, racks.water)["warm"]
    assert warm.slowed == pytest.approx(0.02 * (weather.wet_bulb_c + 7.2 - 32.0))
    assert np.all(warm.slowed > 0.09)


def test_an_economiser_shares_the_towers_of_the_chillers():
    """Its heat counts within the chillers' plant, whose towers it uses; its exchangers stand indoors."""
    plant = Component.from_dict({"kind": "water_cooled_economiser", "name": "plant"})
    assert plant.rejectors["chiller"].modes == ("economiser", "chiller")
    assert not plant.rejectors["economiser"].weathered


def test_every_rejector_with_a_tower_settles_its_blowdown():
    for kind in ("cold_plate_tower", "water_cooled_chiller", "water_cooled_economiser"):
        cls = Component.kinds[kind]
        assert cls.evaporates
        assert "waste_water" in cls.side_buses
