import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.physics import economisers


def test_waterside_share_by_hand():
    """Chilled water 26 to 18 degC, exchanger 2 K: tower water at 16 takes all, at 20 half, at 24 none."""
    np.testing.assert_allclose(economisers.waterside_share([10.0, 16.0, 20.0, 24.0], 26.0, 18.0, 2.0), [1, 1, 0.5, 0])


def test_muggy_and_icy_air_stays_outside():
    allowed = economisers.outside_air_allowed(
        [20.0, 20.0, -30.0, 20.0],
        [10.0, 18.0, -35.0, -12.0],
        dew_point_low_c=-9.0,
        dew_point_high_c=15.0,
        lowest_c=-20.0,
    )
    np.testing.assert_array_equal(allowed, [True, False, False, False])


def test_airside_share_by_hand():
    """Supply 25, return 37 degC: 20 degC air takes all (mixed), 31 degC half, 40 degC nothing; banned air nothing."""
    share = economisers.airside_share([20.0, 31.0, 40.0, 20.0], 37.0, 25.0, [True, True, True, False])
    np.testing.assert_allclose(share, [1.0, 0.5, 0.0, 0.0])


@given(st.floats(0.0, 45.0), st.floats(0.0, 10.0))
def test_hotter_air_never_raises_the_free_share(dry_bulb_c, hotter_k):
    cool, hot = economisers.airside_share([dry_bulb_c, dry_bulb_c + hotter_k], 37.0, 25.0, True)
    assert hot <= cool
