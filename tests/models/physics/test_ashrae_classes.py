import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.physics import ashrae_classes, outside
from gigasite.models.physics.ashrae_classes import AIR_CLASSES, FACILITY_WATER_C


def test_derating_by_hand():
    """A2 at 1,500 m: 35 - 600 / 300 = 33 degC; up to 900 m nothing is taken, and nothing is given below the sea."""
    np.testing.assert_allclose(ashrae_classes.allowable_air_c("A2", [-100.0, 0.0, 900.0, 1500.0]), [35, 35, 35, 33])


def test_water_class_names_are_their_limits():
    assert {name: f"W{limit:g}" for name, limit in FACILITY_WATER_C.items()} == {
        name: name for name in FACILITY_WATER_C
    }
    assert ashrae_classes.facility_water_max_c("W45") == 45.0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ashrae_classes.allowable_air_c("B1", 0.0), "air class must be one of A1, A2, A3, A4, H1, got 'B1'"),
        (lambda: ashrae_classes.facility_water_max_c("W+"), r"must be one of W17, W27, W32, W40, W45, got 'W\+'"),
    ],
)
def test_an_unknown_class_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_recommended_lies_within_allowable():
    for limits in AIR_CLASSES.values():
        low, high = limits.recommended_c
        assert limits.allowable_c[0] <= low < high <= limits.allowable_c[1]


def test_tables_cannot_be_changed():
    with pytest.raises(TypeError):
        FACILITY_WATER_C["W50"] = 50.0


def test_la_paz_is_reported_above_the_classes():
    np.testing.assert_array_equal(outside(ashrae_classes.CLASS_ELEVATION, [2355.0, 3640.0]), [False, True])


@given(st.sampled_from(sorted(AIR_CLASSES)), st.floats(0.0, 3000.0), st.floats(0.0, 1000.0))
def test_higher_is_never_allowed_hotter(air_class, elevation_m, higher_m):
    low, high = ashrae_classes.allowable_air_c(air_class, [elevation_m, elevation_m + higher_m])
    assert high <= low
