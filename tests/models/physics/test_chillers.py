import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.physics import chillers, outside
from gigasite.models.physics.chillers import air_cooled_capacity_fraction, chiller_cop

AIR_COOLED = {
    "carnot_fraction": 0.45,
    "evaporator_approach_k": 2.5,
    "condenser_approach_k": 13.0,
    "cop_max": 14.0,
    "minimum_lift_k": 10.0,
}
WATER_COOLED = AIR_COOLED | {"carnot_fraction": 0.58, "evaporator_approach_k": 1.5, "condenser_approach_k": 7.0}


def test_cop_by_hand():
    """18 degC water, 35 degC air: T_e = 288.65 K, T_c = 321.15 K; 0.45 x 288.65 / 32.5 = 3.997."""
    assert chiller_cop(35.0, 18.0, **AIR_COOLED) == pytest.approx(3.997, abs=1e-3)


def test_capacity_at_the_rating_is_one():
    assert air_cooled_capacity_fraction(35.0, 6.67) == pytest.approx(1.0)


def test_capacity_by_hand():
    """10 degC water: 1 + 0.0294 x 3.33 = 1.0979. 46 degC air: 1 - 0.0112 x 11 - 0.0084 x 6 = 0.8264."""
    np.testing.assert_allclose(air_cooled_capacity_fraction([35.0, 46.0], [10.0, 6.67]), [1.0979, 0.8264], atol=5e-5)


def test_warm_water_gains_at_most_26_percent():
    """0.0294 x (30 - 6.67) would credit 69 %, which no catalogue shows."""
    assert air_cooled_capacity_fraction(35.0, 30.0) == pytest.approx(1.26)


def test_low_lift_is_capped():
    """Free of the limits, 30 degC water and 15 degC air would give a COP of 100 and more."""
    assert chiller_cop(15.0, 30.0, **AIR_COOLED) == pytest.approx(0.45 * 300.65 / 10.0)
    assert chiller_cop(15.0, 40.0, **(AIR_COOLED | {"carnot_fraction": 0.6})) == 14.0


def test_condenser_water_above_rating_costs_one_percent_per_kelvin():
    np.testing.assert_allclose(chillers.water_cooled_capacity_fraction([20.0, 29.4, 34.4]), [1.0, 1.0, 0.95])


def test_gulf_hours_are_reported_outside_the_fits():
    assert outside(chillers.AIR_COOLED_LEAVING_WATER, 18.0)
    np.testing.assert_array_equal(outside(chillers.AIR_COOLED_AIR, [20.0, 45.0, 52.0]), [True, False, True])


@given(st.floats(-10.0, 55.0), st.floats(4.0, 40.0), st.floats(0.0, 10.0))
def test_hotter_air_never_raises_cop_or_capacity(dry_bulb_c, leaving_water_c, hotter_k):
    air = np.array([dry_bulb_c, dry_bulb_c + hotter_k])
    cool, hot = chiller_cop(air, leaving_water_c, **AIR_COOLED)
    assert hot <= cool
    small, large = air_cooled_capacity_fraction(air[::-1], leaving_water_c)
    assert small <= large


@given(st.floats(-10.0, 55.0), st.floats(4.0, 40.0), st.floats(0.0, 10.0))
def test_warmer_water_never_lowers_cop(dry_bulb_c, leaving_water_c, warmer_k):
    cold, warm = chiller_cop(dry_bulb_c, [leaving_water_c, leaving_water_c + warmer_k], **AIR_COOLED)
    assert warm >= cold


def test_series_arrays_and_numbers_agree():
    air = [30.0, 45.0]
    array = chiller_cop(air, 18.0, **AIR_COOLED)
    np.testing.assert_array_equal(chiller_cop(pd.Series(air), 18.0, **AIR_COOLED), array)
    assert chiller_cop(45.0, 18.0, **AIR_COOLED) == array[1]
