import numpy as np
import psychrolib
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gigasite.models.physics import outside, psychrometrics, towers

SEA_LEVEL_PA = 101325.0
DESIGN = {"design_wet_bulb_c": 25.6, "design_approach_k": 3.8, "design_range_k": 5.6, "liquid_to_gas": 1.2}


def test_constant_approach_stops_at_the_minimum():
    np.testing.assert_allclose(towers.leaving_water_c([0.0, 20.0], 5.0, 7.0), [7.0, 25.0])


def test_effectiveness_by_hand():
    """N = 1, R = 0: 1 - exp(-1) = 0.632. R = 1: 1 / 2. R = 0.5: (1 - e^-0.5) / (1 - 0.5 e^-0.5) = 0.5647."""
    np.testing.assert_allclose(towers.effectiveness(1.0, [0.0, 0.5, 1.0]), [0.6321, 0.5647, 0.5], atol=1e-4)


def test_off_design_model_returns_its_design_point():
    assert towers.off_design_approach_k(25.6, 1.0, SEA_LEVEL_PA, **DESIGN) == pytest.approx(3.8, abs=1e-6)


def test_approach_shrinks_in_muggy_air_and_grows_in_cold_air():
    """Saturated enthalpy gets steeper with temperature; a constant approach would give 3.8 K throughout."""
    approach = towers.off_design_approach_k([5.0, 15.0, 25.6, 30.0], 1.0, SEA_LEVEL_PA, **DESIGN)
    assert np.all(np.diff(approach) < 0)
    assert approach[-1] < 3.8 < approach[1]


def test_half_load_about_halves_the_approach():
    half = towers.off_design_approach_k(25.6, 0.5, SEA_LEVEL_PA, **DESIGN)
    assert 1.6 < half < 2.3


def test_fans_follow_the_cube():
    np.testing.assert_allclose(towers.fan_power_kw_per_kw([0.5, 1.0], 0.016), [0.002, 0.016])


def test_evaporation_by_balance_of_heat():
    """Leaving air is saturated and carries q more enthalpy and the evaporated water: both must hold at once."""
    w = psychrometrics.humidity_ratio(10.0, SEA_LEVEL_PA)
    q = 1.2 * 4.186 * 5.5
    litres = towers.evaporation_l_per_kwh(35.0, w, SEA_LEVEL_PA, 5.5, 1.2)
    leaving = psychrometrics.dew_point_c_from_vapour_pressure(
        SEA_LEVEL_PA * (w + litres * q / 3600.0) / (0.621945 + w + litres * q / 3600.0)
    )
    gained = psychrometrics.enthalpy_kj_kg(leaving, w + litres * q / 3600.0) - psychrometrics.enthalpy_kj_kg(35.0, w)
    assert gained == pytest.approx(q, rel=1e-6)


def test_make_up_by_hand():
    """E 1.5, five cycles: E / 4 = 0.375. Drift 0.00005 x 3600 / (4.186 x 5.5) = 0.0078 is part of it: 1.875 in all."""
    assert towers.make_up_l_per_kwh(1.5, 5.5, 0.00005, 5.0) == pytest.approx(1.875)
    assert towers.drift_l_per_kwh(5.5, 0.00005) == pytest.approx(0.00782, abs=1e-5)
    assert towers.make_up_l_per_kwh(1.5, 5.5, 0.005, 15.0) == pytest.approx(1.5 + 0.782, abs=1e-3)


def test_no_concentration_is_refused():
    with pytest.raises(ValueError, match="must be above 1, got 1"):
        towers.blowdown_l_per_kwh(1.5, 0.01, 1.0)


def test_gulf_coast_wet_bulbs_are_reported_outside_the_correlations():
    np.testing.assert_array_equal(outside(towers.TOWER_WET_BULB, [26.0, 30.3]), [False, True])


@given(st.floats(-5.0, 32.0), st.floats(0.0, 10.0))
def test_tower_water_follows_the_wet_bulb(wet_bulb_c, warmer_k):
    cool, warm = towers.leaving_water_c([wet_bulb_c, wet_bulb_c + warmer_k], 5.0, 7.0)
    assert cool <= warm <= cool + warmer_k + 1e-9


@given(st.floats(2.0, 32.0), st.floats(0.1, 1.0), st.floats(70000.0, 103000.0))
def test_off_design_water_is_never_below_the_wet_bulb(wet_bulb_c, load, pressure_pa):
    assert towers.off_design_approach_k(wet_bulb_c, load, pressure_pa, **DESIGN) > 0.0


@given(st.floats(5.0, 45.0), st.floats(0.1, 0.9))
def test_drier_air_evaporates_more(dry_bulb_c, humidity):
    dew = psychrometrics.dew_point_c_from_rh(dry_bulb_c, [humidity, 1.1 * humidity])
    w = psychrometrics.humidity_ratio(dew, SEA_LEVEL_PA)
    dry, moist = towers.evaporation_l_per_kwh(dry_bulb_c, w, SEA_LEVEL_PA, 5.5, 1.2)
    assert dry >= moist > 0.0


@given(st.floats(5.0, 30.0), st.floats(1.0, 20.0), st.floats(70000.0, 103000.0))
def test_tower_water_follows_the_wet_bulb_not_the_dry_bulb(wet_bulb_c, depression_k, pressure_pa):
    """Two states of air with one wet bulb, by psychrolib; a tower driven by the dry bulb would differ by 1 to 20 K."""
    psychrolib.SetUnitSystem(psychrolib.SI)
    dry = np.array([wet_bulb_c, wet_bulb_c + depression_k])
    water = [psychrolib.GetHumRatioFromTWetBulb(float(t), wet_bulb_c, pressure_pa) for t in dry]
    assume(min(water) > 1e-4)  # there is no air drier than dry
    dew = [psychrolib.GetTDewPointFromHumRatio(float(t), w, pressure_pa) for t, w in zip(dry, water, strict=True)]
    found = psychrometrics.wet_bulb_c(dry, dew, pressure_pa)
    np.testing.assert_allclose(towers.leaving_water_c(found, 5.0, 7.0), max(wet_bulb_c + 5.0, 7.0), atol=2e-3)
    approach = towers.off_design_approach_k(found, 1.0, pressure_pa, **DESIGN)
    assert approach[0] == pytest.approx(approach[1], abs=2e-3)


@given(st.floats(30.0, 48.0), st.floats(0.05, 0.20), st.floats(26.0, 33.0), st.floats(0.70, 0.95))
def test_a_desert_evaporates_more_per_kwh_than_the_tropics(desert_c, desert_humidity, tropics_c, tropics_humidity):
    """Dry air also evaporates water to cool itself. All-latent gives 1.47 L/kWh in both."""
    dry = np.array([desert_c, tropics_c])
    dew = psychrometrics.dew_point_c_from_rh(dry, [desert_humidity, tropics_humidity])
    w = psychrometrics.humidity_ratio(dew, SEA_LEVEL_PA)
    desert, tropics = towers.evaporation_l_per_kwh(dry, w, SEA_LEVEL_PA, 5.5, 1.2)
    assert desert > 1.47 > tropics
