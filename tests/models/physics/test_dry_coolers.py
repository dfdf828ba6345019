import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.physics import dry_coolers, psychrometrics

SEA_LEVEL_PA = 101325.0


def test_dry_share_by_hand():
    """50 to 40 degC water, 8 K approach: all at 32 degC air, half at 37, none at 42. A size could not change that."""
    np.testing.assert_allclose(
        dry_coolers.dry_share([25.0, 32.0, 37.0, 42.0, 48.0], 50.0, 40.0, 8.0), [1, 1, 0.5, 0, 0]
    )


def test_recirculation_counts_as_hotter_air():
    assert dry_coolers.dry_share(35.0, 50.0, 40.0, 8.0, 2.0) == dry_coolers.dry_share(37.0, 50.0, 40.0, 8.0)


def test_return_must_be_warmer_than_supply():
    with pytest.raises(ValueError, match="must be warmer"):
        dry_coolers.dry_share(30.0, 40.0, 40.0, 8.0)


def test_altitude_factors_of_three_cities():
    """Published for exponent 0.8: Riyadh 0.94, Nairobi 0.84, Addis Ababa 0.80."""
    pressure = psychrometrics.standard_pressure_pa([612.0, 1795.0, 2355.0])
    np.testing.assert_allclose(dry_coolers.altitude_factor(pressure), [0.94, 0.84, 0.80], atol=0.006)


def test_capacity_by_hand():
    """Rated at 18 K: 50 degC water in 41 degC air drives 9 K = half; in 20 degC air the rating holds."""
    fraction = dry_coolers.capacity_fraction([20.0, 41.0, 52.0], SEA_LEVEL_PA, water_c=50.0, design_difference_k=18.0)
    np.testing.assert_allclose(fraction, [1.0, 0.5, 0.0])


def test_fan_power_by_hand():
    """Twice the difference: speed 0.5^1.3 = 0.406, power 0.025 x 0.0669 = 0.00167. Floor: 0.025 x 0.2^3 = 0.0002."""
    power = dry_coolers.fan_power_kw_per_kw(
        [-40.0, 14.0, 32.0, 55.0], water_c=50.0, design_difference_k=18.0, design_power_kw_per_kw=0.025
    )
    np.testing.assert_allclose(power, [0.0002, 0.001674, 0.025, 0.025], atol=5e-6)


@pytest.mark.parametrize(("wetted", "published"), [(False, 2642), (True, 0)])
def test_hours_that_need_trim_in_riyadh_are_as_published(weather_year, wetted, published):
    """Air + 8 K above 40 degC water: 2,642 h in another typical year of Riyadh, none with 0.75 pads."""
    year = weather_year("riyadh_TMYx2009-2023")
    air = year["dry_bulb_c"]
    if wetted:
        wet_bulb = psychrometrics.wet_bulb_c(air, year["dew_point_c"], year["pressure_pa"])
        air = dry_coolers.precooled_air_c(air, wet_bulb, 0.75)
    hours = int((dry_coolers.dry_share(air, 50.0, 40.0, 8.0) < 1.0).sum())
    assert hours == pytest.approx(published, rel=0.15, abs=20)


def test_pads_cool_hot_dry_air_by_hand():
    """45 degC with 22 degC wet bulb, 0.75: 45 - 17.25 = 27.75 degC."""
    assert dry_coolers.precooled_air_c(45.0, 22.0, 0.75) == pytest.approx(27.75)


def test_adiabatic_water_by_hand():
    """W_sat(22) = 0.016668, W = 0.008: 0.75 x 0.008668 x 3600 / (1.006 x 12) x 1.25 = 2.423 L/kWh."""
    litres = dry_coolers.adiabatic_water_l_per_kwh(
        22.0, 0.008, SEA_LEVEL_PA, effectiveness=0.75, air_rise_k=12.0, bleed=0.25
    )
    assert litres == pytest.approx(2.423, abs=0.002)


@given(st.floats(0.0, 40.0), st.floats(70000.0, 103000.0))
def test_adiabatic_equals_dry_at_saturation(dry_bulb_c, pressure_pa):
    wet_bulb = psychrometrics.wet_bulb_c(dry_bulb_c, dry_bulb_c, pressure_pa)
    assert dry_coolers.precooled_air_c(dry_bulb_c, wet_bulb, 0.8) == pytest.approx(dry_bulb_c, abs=1e-6)
    w = psychrometrics.humidity_ratio(dry_bulb_c, pressure_pa)
    litres = dry_coolers.adiabatic_water_l_per_kwh(
        wet_bulb, w, pressure_pa, effectiveness=0.8, air_rise_k=12.0, bleed=0.25
    )
    assert litres == pytest.approx(0.0, abs=1e-6)


@given(st.floats(-20.0, 55.0), st.floats(0.0, 10.0))
def test_hotter_air_never_lowers_fan_power_nor_raises_share_or_capacity(dry_bulb_c, hotter_k):
    air = np.array([dry_bulb_c, dry_bulb_c + hotter_k])
    fan = dry_coolers.fan_power_kw_per_kw(air, water_c=50.0, design_difference_k=18.0, design_power_kw_per_kw=0.025)
    share = dry_coolers.dry_share(air, 50.0, 40.0, 8.0)
    size = dry_coolers.capacity_fraction(air, SEA_LEVEL_PA, water_c=50.0, design_difference_k=18.0)
    assert fan[1] >= fan[0]
    assert share[1] <= share[0]
    assert size[1] <= size[0]


@given(st.floats(-20.0, 55.0), st.floats(15.0, 45.0), st.floats(4.0, 15.0), st.floats(0.0, 15.0))
def test_a_warmer_loop_never_needs_more_trim(dry_bulb_c, supply_c, rise_k, warmer_k):
    supply = np.array([supply_c, supply_c + warmer_k])
    cool, warm = dry_coolers.dry_share(dry_bulb_c, supply + rise_k, supply, 8.0)
    assert warm >= cool - 1e-12


@given(st.floats(0.0, 2900.0), st.floats(50.0, 1500.0), st.floats(20.0, 48.0))
def test_altitude_lowers_capacity(elevation_m, higher_m, dry_bulb_c):
    """Addis Ababa keeps 0.80 of sea level; a model without pressure keeps 1."""
    pressure = psychrometrics.standard_pressure_pa([elevation_m, elevation_m + higher_m])
    low, high = dry_coolers.capacity_fraction(dry_bulb_c, pressure, water_c=50.0, design_difference_k=18.0)
    assert 0.0 < high < low
