"""Sea water by hand: water at 32 degC, 42 when it returns, 2 K over the plates."""

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.machines import WaterLoop
from gigasite.models.physics.validity import outside
from gigasite.models.rejection_sea import OnSeawater, sea_by_month

BY_MONTH = [f"{t} degC" for t in (22, 21, 22, 25, 29, 32, 33, 34, 33, 31, 28, 24)]


def sea(**changes):
    usual = {
        "free_size": {}, "trim_size": {}, "exchanger_approach": "2 delta_degC", "discharge_rise": "8 delta_degC",
        "lift_pressure": "300 kPa", "pump_efficiency": 0.75,
    }  # fmt: skip
    return OnSeawater.model_validate({**usual, **changes})


@pytest.mark.parametrize(("sea_c", "share"), [(30, 1.0), (33, 0.7), (36, 0.4), (41, 0.0)])
def test_free_share_falls_with_the_sea(weather_of, sea_c, share):
    """(42 - 33 - 2) / 10 = 0.7: a Gulf summer sea does most for water of 32 degC, and all for water of 40."""
    modes = sea(sea_temperature=f"{sea_c} degC").rejected(weather_of(2), WaterLoop(32.0, 42.0))
    assert modes["free"].share == pytest.approx(share)


def test_water_drawn_and_lifted_follow_the_permitted_rise(weather_of):
    """3,600 / (3.99 x 1.025 x 8) = 110 L/kWh; x 300 kPa / 0.75 = 0.0122 kW/kW. At 4 K both double."""
    wide, narrow = (
        sea(sea_temperature="20 degC", discharge_rise=f"{k} delta_degC").rejected(weather_of(1), WaterLoop(32.0, 42.0))
        for k in (8, 4)
    )
    assert wide["free"].side["sea_water"] == pytest.approx(110.03, rel=1e-3)
    assert wide["free"].electricity == pytest.approx(0.012226, rel=1e-3)
    assert narrow["free"].electricity == pytest.approx(2 * wide["free"].electricity)


def test_a_warm_sea_needs_more_water_for_the_same_heat(weather_of):
    """At 36 degC plates leave 42 - 2 - 36 = 4 K of the permitted 8: twice the water, half the capacity of the works."""
    free = sea(sea_temperature="36 degC").rejected(weather_of(1), WaterLoop(32.0, 42.0))["free"]
    assert free.side["sea_water"] == pytest.approx(220.06, rel=1e-3)
    assert free.capacity == pytest.approx(0.5)


def test_the_exchanger_is_shut_below_a_tenth_of_the_permitted_rise(weather_of):
    """At 39.5 degC 0.5 K is left; the share by temperature, 0.05, would take 16 times the water."""
    free = sea(sea_temperature="39.5 degC").rejected(weather_of(1), WaterLoop(32.0, 42.0))["free"]
    assert free.share == pytest.approx(0.0)
    assert free.capacity == pytest.approx(0.0)


def test_the_chiller_puts_its_own_heat_into_the_sea_too(weather_of):
    """(1 + 1 / COP) x 110 L/kWh; a tower's chiller counts the same way."""
    system, weather = sea(sea_temperature="33 degC"), weather_of(1)
    trim = system.rejected(weather, WaterLoop(18.0, 26.0))["trim"]
    per_heat = system.chiller.electricity(np.array([33.0]), 18.0)
    assert trim.side["sea_water"] == pytest.approx((1 + per_heat) * 110.03, rel=1e-3)
    assert trim.passed == pytest.approx(1 + per_heat)
    assert 0.12 < per_heat[0] < 0.18


def test_twelve_temperatures_are_those_of_the_months(weather_of):
    """The weather of June: the sixth, 32 degC. Counting from zero would give 33."""
    assert sea(sea_temperature=BY_MONTH).sea_c(weather_of(2)) == pytest.approx(32.0)


def test_a_sea_that_nobody_measured_follows_the_monthly_air(weather_of):
    """7 + 0.75 x 36 = 34 degC in a Gulf August whose hours lie between 30 and 42; one number all month."""
    weather = weather_of(3, dry_bulb_c=[30.0, 36.0, 42.0])
    assert sea_by_month(weather, 7.0, 0.75) == pytest.approx([34.0, 34.0, 34.0])
    assert sea(sea_base="7 degC", sea_slope=0.75).sea_c(weather) == pytest.approx(34.0)


def test_the_sea_does_not_freeze(weather_of):
    """7 + 0.75 x -20 = -8 degC would be ice."""
    assert sea_by_month(weather_of(1, dry_bulb_c=-20.0, dew_point_c=-22.0), 7.0, 0.75) == pytest.approx(-1.8)


def test_a_sea_beyond_the_range_is_reported(weather_of):
    ranges = sea(sea_temperature="38 degC").rejector_ranges(weather_of(2), WaterLoop(32.0, 42.0))
    assert outside(*ranges[0]).all()


def test_eleven_temperatures_are_refused():
    with pytest.raises(ValueError, match="one temperature or twelve, from January on, got 11"):
        sea(sea_temperature=BY_MONTH[:11])


def test_both_modes_share_the_intake(weather_of):
    """Free heat of 1 needs works of 1 and chilled heat 1 + 1 / COP: not two intakes."""
    system = Component.from_dict({"kind": "cold_plate_seawater", **Component.kinds["cold_plate_seawater"].example})
    assert system.plants["free"].modes == ("free", "trim")
    series = system.derive(weather_of(1))
    passed = system.modes(weather_of(1))["trim"].passed
    assert series["trim_crowding"].values == pytest.approx(series["free_rating"].values * passed)
