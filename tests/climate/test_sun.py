from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gigasite.climate import sun
from gigasite.climate.checks import year_labels
from gigasite.models.conditions import Place

ABU_DHABI = Place(24.4, 54.65, 27.0, 4.0)
DAY = pd.date_range("2001-06-21 00:30", periods=24, freq="h", tz=ABU_DHABI.timezone)


def test_the_midsummer_sun_stands_almost_overhead_at_the_tropic():
    """24.4 N, declination 23.4: zenith 1 degree at solar noon, cosine 0.9998; half an hour off at most 0.99."""
    cosine = sun.cos_zenith(ABU_DHABI, DAY)
    assert cosine.max() > 0.99
    assert cosine[0] == 0.0


def test_solar_noon_follows_longitude_and_clock():
    """54.65 E on the clock of 60 E: 21.4 min late, and 2 min by the equation of time in June: 12:30 is 12:07 solar."""
    assert sun.solar_hour(ABU_DHABI, DAY)[12] == pytest.approx(12 + 7 / 60, abs=0.05)


def test_clear_sky_is_below_the_sun_above_the_atmosphere():
    """1361 W/m2 times 0.968 at aphelion: 1,318; a clear desert noon has 0.7 to 0.8 of it."""
    sky = sun.clear_sky(ABU_DHABI, DAY)
    outside = sun.extra_radiation(DAY)
    assert outside[12] == pytest.approx(1318, abs=10)
    assert 0.65 < sky["ghi"].max() / outside[12] < 0.85
    assert sky["ghi"].iloc[0] == 0.0
    closure = sky["dni"] * sun.cos_zenith(ABU_DHABI, DAY) + sky["dhi"] - sky["ghi"]
    assert abs(closure).max() < 25


def test_haze_dims_the_sky():
    hazy = sun.clear_sky(ABU_DHABI, DAY, np.full(24, 6.0))
    clear = sun.clear_sky(ABU_DHABI, DAY, np.full(24, 2.0))
    assert hazy["ghi"].max() < clear["ghi"].max()


def test_turbidity_is_smooth_through_the_turn_of_the_year():
    times = year_labels([2001]).tz_localize(ABU_DHABI.timezone)
    turbidity = sun.linke_turbidity(ABU_DHABI, times)
    assert abs(np.diff(turbidity)).max() < 0.1
    assert abs(turbidity[0] - turbidity[-1]) < 0.1
    assert 2 < turbidity.min() < turbidity.max() < 9
