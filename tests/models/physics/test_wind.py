import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.physics import libraries, outside, wind


def test_power_law_by_hand():
    """6 m/s at 10 m, 110 m hub, 0.143: 6 x 11^0.143 = 8.45 m/s."""
    assert wind.hub_wind_power_law_m_s(6.0, 110.0, 0.143) == pytest.approx(8.454, abs=1e-3)


def test_log_law_by_hand():
    """Roughness 0.03 m: 6 x ln(110 / 0.03) / ln(10 / 0.03) = 6 x 8.2070 / 5.8091 = 8.477 m/s."""
    assert wind.hub_wind_log_law_m_s(6.0, 110.0, 0.03) == pytest.approx(8.477, abs=1e-3)


@pytest.mark.parametrize("turbine", [wind.ONSHORE_TURBINE, wind.OFFSHORE_TURBINE])
def test_default_turbines_reach_their_rating_and_stop_in_a_storm(turbine):
    still, rated, storm = wind.availability([0.0, 15.0, 40.0], 1.225, turbine)
    assert (still, storm) == (0.0, 0.0)
    assert rated == pytest.approx(1.0, abs=1e-6)


def test_density_correction_agrees_with_windpowerlib():
    from windpowerlib import power_output

    speeds, output = wind.power_curve(wind.ONSHORE_TURBINE)
    hub = pd.Series(np.linspace(0.0, 20.0, 81))
    for density in (0.9, 1.05, 1.225, 1.3):
        with libraries.quiet():
            expected = power_output.power_curve_density_correction(
                hub, speeds, output, pd.Series(density, index=hub.index)
            )
        np.testing.assert_allclose(wind.availability(hub, density, wind.ONSHORE_TURBINE), expected, atol=0.012)


def test_cut_out_depends_on_the_wind_and_not_on_the_density():
    """The curve ends at 22.5 m/s. Shifting the whole curve in thin air would let it run at 23.5 m/s."""
    np.testing.assert_array_equal(wind.availability([22.0, 23.5], 1.0, wind.ONSHORE_TURBINE), [1.0, 0.0])
    assert wind.availability(22.0, 1.3, wind.ONSHORE_TURBINE) == 1.0


def test_losses_scale_output():
    assert wind.availability(15.0, 1.225, wind.ONSHORE_TURBINE, losses=0.12) == pytest.approx(0.88)


def test_thin_air_yields_less():
    """Addis Ababa, about 0.92 kg/m3: at 8 m/s a good fifth less."""
    thin, thick = wind.availability(8.0, [0.92, 1.225], wind.ONSHORE_TURBINE)
    assert 0.65 < thin / thick < 0.80


def test_an_unknown_turbine_is_answered_with_its_family():
    with pytest.raises(
        ValueError, match=r"no power curve for turbine 'V126/1'. Known: V126/3000, V126/3300, V126/3450"
    ):
        wind.availability(8.0, 1.225, "V126/1")


def test_default_turbines_are_packaged():
    assert {wind.ONSHORE_TURBINE, wind.OFFSHORE_TURBINE} <= set(wind.turbines())


def test_low_hubs_are_reported():
    assert outside(wind.HUB_HEIGHT, 30.0)


@given(st.floats(0.0, 40.0), st.floats(0.7, 1.35))
def test_output_lies_between_zero_and_rating(hub_wind_m_s, density):
    assert 0.0 <= wind.availability(hub_wind_m_s, density, wind.ONSHORE_TURBINE) <= 1.0
