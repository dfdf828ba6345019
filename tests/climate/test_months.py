from __future__ import annotations

import numpy as np
import pytest

from gigasite.climate.months import (
    MONTH_OF_HOUR,
    daily,
    hourly,
    mean_of_days,
    mean_of_hours,
    persistent_noise,
    standardised,
)

MONTHLY = np.array([3.0, 4, 8, 12, 17, 21, 24, 23, 18, 12, 7, 4])


def test_the_daily_course_keeps_every_monthly_mean():
    """Straight lines between mid-months would cut the peak of July by about 0.4 K."""
    assert mean_of_days(daily(MONTHLY)) == pytest.approx(MONTHLY, abs=1e-3)


def test_december_joins_january_without_a_step():
    course = daily(MONTHLY)
    assert abs(course[0] - course[-1]) < 0.1


def test_hours_lie_between_the_middles_of_the_days():
    """Noon of day d is the daily mean; half an hour later 1/48 of the way to the next day."""
    days = np.arange(365.0)
    assert hourly(days)[12 + 24] == pytest.approx(1 + 0.5 / 24)


def test_monthly_means_of_hours_count_every_day():
    assert mean_of_hours(MONTH_OF_HOUR.astype(float)) == pytest.approx(np.arange(12))


def test_noise_has_unit_variance_and_the_persistence_asked_for():
    """20,000 values: standard error of the correlation about 0.006."""
    noise = persistent_noise(20_000, 0.62, np.random.default_rng(1))
    assert np.corrcoef(noise[1:], noise[:-1])[0, 1] == pytest.approx(0.62, abs=0.02)
    assert noise.std() == pytest.approx(1.0, abs=0.03)
    assert noise.mean() == pytest.approx(0.0, abs=0.05)


def test_standardised_values_have_mean_zero_and_deviation_one():
    values = standardised(np.array([1.0, 2.0, 6.0]))
    assert (values.mean(), values.std()) == pytest.approx((0.0, 1.0))
    assert list(standardised(np.ones(3))) == [0.0, 0.0, 0.0]
