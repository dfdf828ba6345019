import numpy as np
import pytest

from gigasite.models import machines


def test_an_air_cooled_chiller_keeps_its_rating_at_its_rating_point(weather_of):
    """35 degC air and 6.67 degC water: 1."""
    assert machines.AirCooledChiller().capacity(weather_of(1, dry_bulb_c=35.0), 6.67) == pytest.approx(1.0, abs=0.02)


def test_a_water_cooled_chiller_keeps_its_rating_at_its_rating_point():
    assert machines.WaterCooledChiller().capacity(np.array([29.4])) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("water_c", [10.0, 20.0])
def test_hot_air_costs_a_chiller_electricity(weather_of, water_c):
    per_heat = machines.AirCooledChiller().electricity(weather_of(3, dry_bulb_c=[25, 35, 45]), water_c)
    assert np.all(np.diff(per_heat) > 0)


def test_warmer_water_saves_a_chiller_electricity():
    chiller = machines.WaterCooledChiller()
    assert chiller.electricity(np.array([28.0]), 20.0) < chiller.electricity(np.array([28.0]), 8.0)


def test_a_tower_cannot_cool_below_its_wet_bulb_plus_approach(weather_of):
    weather = weather_of(3)
    tower = machines.Tower()
    assert np.all(tower.water_c(weather) >= weather.wet_bulb_c + tower.approach - 1e-9)


def test_a_tower_in_the_cold_keeps_its_least_water_temperature(weather_of):
    tower = machines.Tower()
    assert tower.water_c(weather_of(1, dry_bulb_c=-5.0, dew_point_c=-8.0)) == pytest.approx([tower.water_minimum])


def test_more_cycles_save_water(weather_of):
    few, many = (machines.Tower(cycles=n).make_up(weather_of(1)) for n in (3, 8))
    assert few > many


def test_a_dry_cooler_shares_by_temperature(weather_of):
    """Return 50, supply 40, air 37 with 5 K of approach and 0 of recirculation: (50 - 42) / 10 = 0.8."""
    cooler = machines.DryCooler(approach="5 delta_degC", recirculation="0 delta_degC")
    assert cooler.share(weather_of(1, dry_bulb_c=37.0), 50.0, 40.0) == pytest.approx([0.8])


def test_glycol_and_thin_air_take_capacity(weather_of):
    sea, high = weather_of(1, dry_bulb_c=20.0), weather_of(1, dry_bulb_c=20.0, pressure_pa=80_000.0)
    plain, glycol = (machines.DryCooler(glycol_penalty=g) for g in (0.0, 0.1))
    assert glycol.capacity(sea, 50.0, 40.0) == pytest.approx(0.9 * plain.capacity(sea, 50.0, 40.0))
    assert plain.capacity(high, 50.0, 40.0) < plain.capacity(sea, 50.0, 40.0)


def test_thin_air_takes_more_fan_power(weather_of):
    handler = machines.AirHandler()
    assert handler.fans(weather_of(1, pressure_pa=80_000.0)) > handler.fans(weather_of(1))


def test_pumps_by_hand():
    """200 kPa, 10 K, 0.8: 200,000 / (0.8 x 1,000 x 4,186 x 10) = 0.006 per heat."""
    handler = machines.AirHandler(pump_pressure="200 kPa", water_rise="10 delta_degC", pump_efficiency=0.8)
    assert handler.pumps == pytest.approx(0.006, rel=0.02)
