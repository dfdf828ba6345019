import numpy as np
import pytest

from gigasite.models import machines

LOOP = machines.WaterLoop(supply_c=40.0, return_c=50.0)


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
    assert cooler.mode(weather_of(1, dry_bulb_c=37.0), LOOP).share == pytest.approx([0.8])


def test_glycol_and_thin_air_take_capacity(weather_of):
    sea, high = weather_of(1, dry_bulb_c=20.0), weather_of(1, dry_bulb_c=20.0, pressure_pa=80_000.0)
    plain, glycol = (machines.DryCooler(glycol_penalty=g) for g in (0.0, 0.1))
    assert glycol.mode(sea, LOOP).capacity == pytest.approx(0.9 * plain.mode(sea, LOOP).capacity)
    assert plain.mode(high, LOOP).capacity < plain.mode(sea, LOOP).capacity


def test_thin_air_takes_more_fan_power(weather_of):
    handler = machines.AirHandler()
    assert handler.fans(weather_of(1, pressure_pa=80_000.0)) > handler.fans(weather_of(1))


def test_pumps_by_hand():
    """200 kPa, 10 K, 0.8: 200,000 / (0.8 x 1,000 x 4,186 x 10) = 0.006 per heat."""
    handler = machines.AirHandler(pump_pressure="200 kPa", water_rise="10 delta_degC", pump_efficiency=0.8)
    assert handler.pumps == pytest.approx(0.006, rel=0.02)


def test_spare_units_at_part_speed_save_fan_power(weather_of):
    """Five cells do the work of four, each at 0.8 of its speed: 0.8^2.5 over 0.8 = 0.7155 of the power per heat."""
    shared = machines.WaterLoop(40.0, 50.0, load=0.8)
    cooler, hot = machines.DryCooler(), weather_of(1, dry_bulb_c=40.0)
    alone, spread = cooler.mode(hot, LOOP).electricity, cooler.mode(hot, shared).electricity
    assert spread == pytest.approx(0.8**1.5 * alone)


def test_wet_pads_reach_colder_water_than_dry_ones(weather_of):
    """45 degC and a dew point of 12: pads of 0.75 take three quarters of the way to the wet bulb."""
    weather = weather_of(1, dry_bulb_c=45.0, dew_point_c=12.0)
    coil = machines.WettedAir()
    gained = coil.dry().reached_c(weather) - coil.reached_c(weather)
    assert gained == pytest.approx(0.75 * (45.0 - weather.wet_bulb_c))


def test_pads_use_no_water_in_saturated_air(weather_of):
    weather = weather_of(1, dry_bulb_c=25.0, dew_point_c=25.0)
    wet, dry = machines.WettedAir().mode(weather, LOOP), machines.WettedAir().dry().mode(weather, LOOP)
    assert wet.water == pytest.approx([0.0], abs=1e-3)
    assert wet.electricity == pytest.approx(dry.electricity, rel=1e-3)


def test_blowdown_is_part_of_the_make_up(weather_of):
    """At 5 cycles a quarter of what evaporates is drained, less drift: a fifth of the make-up."""
    tower = machines.Tower(drift="0 %", cycles=5)
    weather = weather_of(2)
    assert tower.blowdown(weather) == pytest.approx(0.2 * tower.make_up(weather))


def test_a_condenser_gets_no_colder_water_than_it_may_have():
    chiller = machines.WaterCooledChiller(condenser_water_minimum="13 degC")
    assert chiller.electricity(np.array([5.0]), 8.0) == chiller.electricity(np.array([13.0]), 8.0)
