"""Published limits of ASHRAE TC 9.9 and what altitude leaves of them."""

import numpy as np
import pytest

from gigasite.models.physics import ashrae_classes, dry_coolers, psychrometrics, water_loops
from gigasite.models.physics.ashrae_classes import AIR_CLASSES, FACILITY_WATER_C, allowable_air_c


@pytest.mark.parametrize(
    ("place", "elevation_m", "published"),
    [("Singapore", 15.0, 35.0), ("Riyadh", 612.0, 35.0), ("Nairobi", 1795.0, 32.0), ("Addis Ababa", 2355.0, 30.2)],
)
def test_a_class_a2_hall_is_limited_by_altitude(place, elevation_m, published):
    """35 - (1795 - 900) / 300 = 32.02; 35 - (2355 - 900) / 300 = 30.15. Without derating 35 everywhere."""
    assert allowable_air_c("A2", elevation_m) == pytest.approx(published, abs=0.051)


@pytest.mark.parametrize(
    ("air_class", "at_1950_m"), [("A1", 28.5), ("A2", 31.5), ("A3", 34.0), ("A4", 36.6), ("H1", 22.9)]
)
def test_every_class_is_derated_at_its_own_rate(air_class, at_1950_m):
    """1,050 m above 900: 3.5 K at 300 m/K, 6 at 175 (also IBM, Power E1050), 8.4 at 125; H1 2.1 at 500, unverified."""
    assert allowable_air_c(air_class, 1950.0) == pytest.approx(at_1950_m)


def test_air_classes_are_as_published():
    """Allowable A1 15-32, A2 10-35, A3 5-40, A4 5-45, H1 5-25 degC; recommended 18-27, H1 18-22; dew points 17-24."""
    allowable = {"A1": (15, 32), "A2": (10, 35), "A3": (5, 40), "A4": (5, 45), "H1": (5, 25)}
    assert {name: limits.allowable_c for name, limits in AIR_CLASSES.items()} == allowable
    assert {limits.recommended_c for name, limits in AIR_CLASSES.items() if name != "H1"} == {(18, 27)}
    assert AIR_CLASSES["H1"].recommended_c == (18, 22)
    assert [AIR_CLASSES[name].dew_point_max_c for name in ("A1", "A2", "A3", "A4")] == [17, 21, 24, 24]
    assert ashrae_classes.RECOMMENDED_DEW_POINT_C == (-9, 15)


def test_facility_water_classes_are_as_published():
    """W17, W27, W32, W40, W45; no class below 2 degC."""
    assert FACILITY_WATER_C == {"W17": 17, "W27": 27, "W32": 32, "W40": 40, "W45": 45}
    assert ashrae_classes.COLDEST_FACILITY_WATER_C == 2


def test_w45_feeds_plates_of_s50():
    """45 degC and an exchanger of 2 to 5 K: 47 to 50 degC at the rack, the limit of the S50 coolant class."""
    np.testing.assert_allclose(water_loops.coolant_c(FACILITY_WATER_C["W45"], [2.0, 5.0]), [47.0, 50.0])


def test_gulf_air_leaves_no_room_for_w17():
    """Dubai's 0.4 % dew point is 29.2 degC: an unconditioned hall would wet every pipe below 31.2 degC."""
    assert water_loops.condensation_floor_c(29.2) == pytest.approx(31.2)
    assert water_loops.condensation_floor_c(29.2) > FACILITY_WATER_C["W27"]


def test_altitude_takes_from_plant_and_hall_alike():
    """Nairobi keeps 0.84 of a dry cooler, Addis Ababa 0.80, while their halls lose 3 and 5 K."""
    elevations = np.array([1795.0, 2355.0])
    capacity = dry_coolers.altitude_factor(psychrometrics.standard_pressure_pa(elevations))
    np.testing.assert_allclose(capacity, [0.84, 0.80], atol=0.006)
    np.testing.assert_allclose(35.0 - allowable_air_c("A2", elevations), [3.0, 4.85], atol=0.02)
