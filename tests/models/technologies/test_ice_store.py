"""Ice by hand: half-hour steps; a cool one at night prices and a hot, dear one."""

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.hourly import HourlyValues
from gigasite.models.physics.validity import outside

CHEAP_AND_DEAR = HourlyValues(np.array([10.0, 1000.0]), "USD/MWh")
ICE = {
    "kind": "ice_store", "name": "ice", "power": {"fixed": "10 MW"}, "energy": {"fixed": "10 MWh"}, "minimum": 0.0,
    "ice_making": {"fixed": "60 MW"}, "loss": "0 1/hour", "pump_power": 0.0, "brine": "-5 degC",
    "lead_time": "0 years", "air_handler": {"fan_pressure": "0 Pa", "pump_pressure": "0 Pa"},
}  # fmt: skip
CHILLERS = {
    "kind": "air_cooled_chiller", "name": "chillers", "chiller_size": {"fixed": "60 MW"}, "lead_time": "0 years",
    "air_handler_size": {"fixed": "60 MW"}, "air_handler": {"fan_pressure": "0 Pa", "pump_pressure": "0 Pa"},
}  # fmt: skip


def test_ice_costs_a_third_more_electricity_than_chilled_water(weather_of):
    """Air 25 degC, brine -5 against water 6.67: lifts of 45.5 and 33.8 K, (265.65 / 45.5) / (277.3 / 33.8) = 0.71."""
    weather = weather_of(1, dry_bulb_c=25.0)
    ice = Component.from_dict(ICE)
    ratio = ice.chiller.electricity(weather, 6.67) / ice.making(weather).electricity
    assert ratio == pytest.approx(0.711, abs=2e-3)


def test_a_chiller_makes_less_ice_than_cold_water(weather_of):
    """At 35 degC and -5 degC of brine: 1 - 0.0294 x 11.67 = 0.657 of its rating."""
    assert Component.from_dict(ICE).making(weather_of(1, dry_bulb_c=35.0)).capacity == pytest.approx(0.657, abs=1e-3)


def test_ice_made_when_power_is_cheap_cools_when_it_is_dear(tiny, free_grid, rest_of):
    """5 MWh for 10 MW of heat over half an hour, at 100 times the price."""
    hall = rest_of("heat_air", name="hall", least=10, most=10)
    solved = tiny(ICE, CHILLERS, hall, free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["ice.charge"][:2] == pytest.approx([10, 0])
    assert solved["ice.discharge"][:2] == pytest.approx([0, 10])
    assert solved["chillers.heat_chiller"][1] == pytest.approx(0.0, abs=1e-6)


def test_making_ice_draws_power_by_the_weather(tiny, free_grid, rest_of):
    """Electricity over cold is 1 / COP of brine at that hour's air, counted in the PUE."""
    hall = rest_of("heat_air", name="hall", least=10, most=10)
    solved = tiny(
        ICE, CHILLERS, hall, free_grid(energy_price=CHEAP_AND_DEAR), steps=2, dry_bulb_c=[25.0, 45.0]
    )  # fmt: skip
    per_cold = 45.5 / (0.45 * 265.65)
    assert solved.flow("ice", "ac")[0] == pytest.approx(-10 * per_cold, rel=1e-3)
    assert solved.flow("ice", "overhead_energy")[0] == pytest.approx(10 * per_cold, rel=1e-3)


def test_melting_moves_air_and_water_through_the_hall(tiny, free_grid, rest_of):
    """Fans and pumps of the air handlers draw some 5 % of the heat; cold does not jump out of the tank."""
    usual = {key: value for key, value in ICE.items() if key != "air_handler"}
    hall = rest_of("heat_air", name="hall", least=10, most=10)
    solved = tiny(usual, CHILLERS, hall, free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    drawn = -solved.flow("ice", "ac")[1]
    assert 0.3 < drawn < 0.9
    assert -solved.flow("ice", "heat_air")[1] == pytest.approx(solved["ice.discharge"][1] - drawn)


def test_ice_needs_no_other_cooler(tiny, free_grid, rest_of):
    """Unlike a tank of water it makes its own cold: 3 MW in both half hours through one that charges as it melts."""
    hall = rest_of("heat_air", name="hall", least=3, most=3)
    assert tiny(ICE, hall, free_grid(), steps=2).status == "optimal"


def test_water_does_not_freeze_above_zero():
    with pytest.raises(ValueError, match="must be below 0 degC"):
        Component.from_dict({**ICE, "brine": "1 degC"})


def test_brine_beyond_practice_is_reported(weather_of):
    ranges = Component.from_dict({**ICE, "brine": "-9 degC"}).ranges(weather_of(1))
    assert outside(*ranges[0]).all()
