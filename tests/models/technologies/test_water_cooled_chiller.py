import numpy as np
import pytest

from gigasite.models.component import Component

PLANT = {"kind": "water_cooled_chiller", "name": "plant", "lead_time": "0 years"}


def test_hall_fans_pumps_compressors_and_towers_add_up(tiny, free_grid, rest_of):
    """m of fans and pumps, e = 1 / COP, t = 0.028 of the tower on 1 + e: per heat m + (1 + m) (e + (1 + e) t)."""
    it, well = rest_of("heat_air", name="it", least=10, most=10), rest_of("water", name="well")
    solved = tiny(PLANT, it, well, free_grid())
    plant, weather = Component.from_dict(PLANT), solved.tiny.weather
    m = plant.air_handler.fans(weather) + plant.air_handler.pumps
    e = plant.chiller.electricity(weather.wet_bulb_c + 5.0, 18.0)
    by_hand = m + (1 + m) * (e + (1 + e) * (0.016 + 0.012))
    assert -solved.flow("plant", "ac")[:3] == pytest.approx(10 * by_hand, rel=1e-5)


def test_water_grows_with_the_heat_of_the_compressor(weather_of):
    """Make-up = (1 + m) (1 + 1 / COP) x that of the tower; heat of the hall alone would be 10 to 20 % less."""
    plant, weather = Component.from_dict(PLANT), weather_of(1)
    mode, tower = plant.modes(weather)["chiller"], plant.tower.make_up(weather)
    m = plant.air_handler.fans(weather) + plant.air_handler.pumps
    e = plant.chiller.electricity(plant.tower.water_c(weather), 18.0)
    assert mode.water == pytest.approx((1 + m) * (1 + e) * tower)
    assert np.all(mode.side["waste_water"] < 0.25 * mode.water)


def test_humid_air_costs_electricity(weather_of):
    """35 degC at a dew point of 28 instead of 12: tower water 10 K warmer."""
    dry, humid = (weather_of(1, dry_bulb_c=35.0, dew_point_c=d) for d in (12.0, 28.0))
    plant = Component.from_dict(PLANT)
    assert plant.modes(humid)["chiller"].electricity > plant.modes(dry)["chiller"].electricity
