from __future__ import annotations

import numpy as np
import pytest

from gigasite.climate.humidity import dew_point_for, generate_dew_point_c, pinned_dew_point_c, typical_dew_spread_k
from gigasite.climate.months import mean_of_hours, persistent_noise
from gigasite.models.physics import psychrometrics

SEA_LEVEL = np.full(8760, 101_325.0)


def test_dew_point_keeps_the_monthly_means_and_stays_below_the_dry_bulb():
    random = np.random.default_rng(0)
    dry = 27 + 4 * np.sin(np.arange(8760) * 2 * np.pi / 24)
    dew = generate_dew_point_c(np.full(12, 21.0), dry, random.standard_normal(365), np.full(12, 1.0), None, random)
    assert mean_of_hours(dew) == pytest.approx(np.full(12, 21.0), abs=0.1)
    assert (dew < dry).all()


def test_dew_point_follows_warm_days_as_far_as_the_correlation_says():
    """Lines between days of persistence 0.62 keep 0.988 of the tie, 0.6 K of hourly noise in 3 K 0.98: 0.9 -> 0.87."""
    random = np.random.default_rng(0)
    deviation = persistent_noise(365, 0.62, random)
    tied = generate_dew_point_c(
        np.full(12, 10.0), np.full(8760, 40.0), deviation, np.full(12, 3.0), np.full(12, 0.9), random
    )
    assert np.corrcoef(tied.reshape(365, 24).mean(axis=1), deviation)[0, 1] == pytest.approx(0.87, abs=0.05)


def test_the_wet_bulb_tail_meets_its_design_value():
    random = np.random.default_rng(0)
    dry = 30 + 5 * random.standard_normal(8760)
    dew = np.minimum(20 + 2 * random.standard_normal(8760), dry - 1)
    wet = psychrometrics.wet_bulb_c(dry, pinned_dew_point_c(dew, dry, SEA_LEVEL, 27.0), SEA_LEVEL)
    assert np.quantile(wet, 0.996) == pytest.approx(27.0, abs=1e-6)


def test_dew_point_for_inverts_the_wet_bulb():
    dry, dew = np.array([45.0, 30.0, 5.0]), np.array([10.0, 29.0, 2.0])
    wet = psychrometrics.wet_bulb_c(dry, dew, SEA_LEVEL[:3])
    assert dew_point_for(dry, wet, SEA_LEVEL[:3]) == pytest.approx(dew, abs=1e-5)


def test_the_tropics_have_the_steadiest_dew_point():
    assert typical_dew_spread_k(np.full(12, 27.0)) == pytest.approx(np.full(12, 0.6))
    assert typical_dew_spread_k(np.linspace(-5, 25, 12)).max() > 5 - 1e-9
