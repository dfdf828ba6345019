from __future__ import annotations

import numpy as np
import pytest

from gigasite.climate.months import MONTH_OF_DAY, mean_of_days, mean_of_hours
from gigasite.climate.temperature import (
    daily_deviation,
    erbs_shape,
    generate_dry_bulb_c,
    pinned,
    pinned_dry_bulb_c,
    typical_spread_k,
)

TMEAN = np.array([3.0, 4, 8, 12, 17, 21, 24, 23, 18, 12, 7, 4])
NOON = np.tile(np.arange(24) + 0.5, 365)


def test_the_day_is_coldest_before_sunrise_and_hottest_in_the_afternoon():
    """Erbs, Klein and Beckman: minimum about 5 h, maximum about 15 h solar time, range 1."""
    shape = erbs_shape(np.linspace(0, 24, 481))
    assert np.linspace(0, 24, 481)[shape.argmin()] == pytest.approx(5, abs=0.7)
    assert np.linspace(0, 24, 481)[shape.argmax()] == pytest.approx(15, abs=0.7)
    assert np.ptp(shape) == pytest.approx(1.0)


def test_spread_grows_with_the_seasons_and_is_widest_in_winter():
    """Half annual range 10.5 K: coldest 0.78 + 0.087 x 10.5 + 0.146 x 10.5 = 3.2 K, warmest 1.7 K; the tropics 0.8."""
    spread = typical_spread_k(TMEAN)
    assert spread[0] == pytest.approx(3.23, abs=0.01)
    assert spread[6] == pytest.approx(1.69, abs=0.01)
    assert typical_spread_k(np.full(12, 27.0)) == pytest.approx(np.full(12, 0.78))


def test_bright_summer_days_are_hot_and_bright_winter_days_cold():
    brightness = np.random.default_rng(5).standard_normal(365)
    draws = [daily_deviation(TMEAN, brightness, True, np.random.default_rng(seed)) for seed in range(40)]
    mean = np.mean(draws, axis=0)
    summer, winter = MONTH_OF_DAY == 6, MONTH_OF_DAY == 0
    assert np.corrcoef(mean[summer], brightness[summer])[0, 1] > 0.5
    assert np.corrcoef(mean[winter], brightness[winter])[0, 1] < -0.5


def test_monthly_maximum_minimum_and_mean_are_kept():
    random = np.random.default_rng(0)
    tmax, tmin = TMEAN + 5, TMEAN - 4.5
    deviation, brightness = random.standard_normal(365), random.standard_normal(365)
    dry = generate_dry_bulb_c(
        (tmax, tmin, TMEAN), typical_spread_k(TMEAN), deviation, brightness, np.full(12, 0.7), erbs_shape(NOON), random
    )
    by_day = dry.reshape(365, 24)
    assert mean_of_hours(dry) == pytest.approx(TMEAN, abs=0.02)
    assert mean_of_days(np.ptp(by_day, axis=1)) == pytest.approx(tmax - tmin, abs=0.3)


def test_a_pinned_tail_meets_its_target_and_leaves_the_rest():
    values = np.random.default_rng(0).standard_normal(8760)
    hot = pinned(values, 0.996, 3.5)
    assert np.quantile(hot, 0.996) == pytest.approx(3.5)
    calm = values <= np.quantile(values, 0.85)
    np.testing.assert_array_equal(hot[calm], values[calm])
    assert (np.argsort(hot) == np.argsort(values)).all()
    assert np.quantile(pinned(values, 0.004, -2.0), 0.004) == pytest.approx(-2.0)


def test_a_target_out_of_reach_stops_at_three_times_the_tail():
    """Root about 1.04, 0.4 % value about 2.65: at most 1.04 + 3 x 1.61 = 5.9."""
    values = np.random.default_rng(0).standard_normal(8760)
    assert 5 < np.quantile(pinned(values, 0.996, 20.0), 0.996) < 7


def test_both_tails_and_the_monthly_means_hold_together():
    """Stretching alone would warm July by about 1 K."""
    random = np.random.default_rng(0)
    dry = np.repeat(TMEAN[MONTH_OF_DAY], 24) + 5 * erbs_shape(NOON) + random.standard_normal(8760)
    dry += np.repeat((TMEAN - mean_of_hours(dry))[MONTH_OF_DAY], 24)
    result = pinned_dry_bulb_c(dry, TMEAN, 34.0, -5.0)
    assert np.quantile(result, [0.004, 0.996]) == pytest.approx([-5.0, 34.0], abs=1e-6)
    assert mean_of_hours(result) == pytest.approx(TMEAN, abs=0.1)
