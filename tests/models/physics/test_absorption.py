import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.physics import absorption, outside


def test_rated_machine_by_hand():
    """COP 0.74: 1 / 0.74 = 1.351 of drive heat, 2.351 for the tower; COP_el 14.1: 0.0709 of electricity."""
    assert absorption.drive_heat_kw_per_kw(absorption.SINGLE_EFFECT_COP) == pytest.approx(1.3514, abs=1e-4)
    assert absorption.tower_heat_kw_per_kw(absorption.SINGLE_EFFECT_COP) == pytest.approx(2.3514, abs=1e-4)
    assert absorption.tower_heat_kw_per_kw(absorption.DOUBLE_EFFECT_COP) == pytest.approx(1.7042, abs=1e-4)
    assert absorption.electricity_kw_per_kw(14.1) == pytest.approx(0.07092, abs=1e-5)


def test_the_tower_takes_about_2_4_times_the_cold():
    """Published for 0.70 to 0.75: about 2.4."""
    assert np.all(np.abs(absorption.tower_heat_kw_per_kw([0.70, 0.75]) - 2.4) < 0.08)


def test_rack_heat_cannot_drive_a_machine():
    """Racks return 45 to 65 degC, the hottest published example 70; engine jackets give 88."""
    np.testing.assert_array_equal(absorption.can_drive([45.0, 55.0, 65.0, 70.0, 88.0]), [False] * 4 + [True])
    assert absorption.can_drive(75.0, lowest_c=72.0)


def test_hours_outside_the_constant_cop_are_reported():
    np.testing.assert_array_equal(outside(absorption.DRIVE_WATER, [75.0, 88.0, 98.0]), [True, False, True])
    np.testing.assert_array_equal(outside(absorption.TOWER_WATER, [18.0, 30.0, 33.0]), [True, False, True])


def test_characteristic_equation_by_hand():
    """75/65, 27/35, 18/15 degC: D = 70 - 77.5 + 29.7 = 22.2 K; cold 0.42 x 22.2 + 0.9 = 10.22, drive 13.32: 0.767.

    The machine is rated 10 kW.
    """
    capacity, cop = absorption.off_design(70.0, 31.0, 16.5)
    assert capacity == pytest.approx(1.022, abs=1e-3)
    assert cop == pytest.approx(0.7675, abs=1e-4)


def test_one_kelvin_of_cooling_water_takes_a_tenth():
    """2.5 x 0.42 / 10 = 0.105 per K; 0.042 per K of drive water. The COP hardly moves, which allows a constant one."""
    capacity, cop = absorption.off_design([70.0, 70.0, 71.0], [31.0, 32.0, 31.0], 16.5)
    np.testing.assert_allclose(np.diff(capacity), [-0.105, 0.147])
    assert np.ptp(cop) < 0.01


def test_too_cool_drive_water_gives_nothing():
    """55 degC from racks and 35 degC tower water: D = 55 - 87.5 + 29.7 = -2.8 K, cold below 0; no COP of 0/0 either."""
    capacity, cop = absorption.off_design(55.0, 35.0, 16.5)
    assert capacity == 0.0
    assert cop == 0.0


@given(st.floats(40.0, 100.0), st.floats(20.0, 40.0), st.floats(5.0, 20.0), st.floats(0.0, 10.0))
def test_warmer_cooling_water_never_helps(hot_c, cooling_c, chilled_c, warmer_k):
    capacity, cop = absorption.off_design(hot_c, [cooling_c, cooling_c + warmer_k], chilled_c)
    assert capacity[1] <= capacity[0] + 1e-12
    assert cop[1] <= cop[0] + 1e-12
    assert np.all((cop >= 0.0) & (cop < 0.42 / 0.51))
