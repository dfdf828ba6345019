import numpy as np
import pytest

from gigasite.models.physics import outside, seawater


def test_withdrawal_is_as_published():
    """3600 / (3.99 x 1.025 x 8) = 110 L/kWh at 8 K, 176 at 5 K; published 110 to 180."""
    np.testing.assert_allclose(seawater.withdrawal_l_per_kwh([8.0, 5.0]), [110.0, 176.1], atol=0.1)


def test_lift_power_lies_in_the_published_band():
    """250 kPa, 0.75, 8 K: 110 / 3600 / 1000 x 250 / 0.75 = 0.0102 kW/kW; published 0.010 to 0.025."""
    assert seawater.lift_power_kw_per_kw(8.0, 250.0, 0.75) == pytest.approx(0.01019, abs=1e-4)


def test_gulf_sea_serves_warm_loops_only():
    """34 degC sea, 2.5 K approach: a 50 to 40 degC loop is served whole, a 26 to 18 degC loop not at all."""
    np.testing.assert_allclose(seawater.seawater_share(34.0, [50.0, 26.0], [40.0, 18.0], 2.5), [1.0, 0.0])


def test_a_boiling_sea_is_reported():
    assert outside(seawater.SEA_TEMPERATURE, 40.0)
