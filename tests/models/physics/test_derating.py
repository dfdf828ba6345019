import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.physics import derating, outside

FRAME = {"loss_per_k": 0.008, "reference_c": 15.0, "loss_per_m": 0.0001, "reference_m": 0.0}


def test_frame_turbine_in_a_gulf_summer():
    """45 degC: 1 - 0.008 x 30 = 0.76, a published -24 %."""
    assert derating.ambient_fraction(45.0, 0.008, 15.0) == pytest.approx(0.76)


def test_cold_air_is_not_credited():
    assert derating.ambient_fraction(-10.0, 0.008, 15.0) == 1.0


def test_heat_and_altitude_multiply():
    """35 degC at 2,355 m: 0.84 x 0.7645 = 0.642; adding the losses would give 0.6045."""
    assert derating.power_fraction(35.0, 2355.0, **FRAME) == pytest.approx(0.84 * 0.7645)


def test_part_load_by_hand():
    """0.41 x (1 - 0.15 x 0.5) = 0.379."""
    assert derating.part_load_efficiency(0.5, 0.41, 0.15) == pytest.approx(0.37925)


def test_extreme_heat_is_reported():
    np.testing.assert_array_equal(outside(derating.DERATED_AIR, [45.0, 53.0]), [False, True])


@given(st.floats(-30.0, 60.0), st.floats(0.0, 4000.0), st.floats(0.0, 20.0), st.floats(0.0, 1000.0))
def test_hotter_or_higher_never_gives_more(dry_bulb_c, elevation_m, hotter_k, higher_m):
    base = derating.power_fraction(dry_bulb_c, elevation_m, **FRAME)
    worse = derating.power_fraction(dry_bulb_c + hotter_k, elevation_m + higher_m, **FRAME)
    assert 0.0 <= worse <= base <= 1.0
