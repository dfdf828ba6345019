from __future__ import annotations

import numpy as np
import pytest

from gigasite.climate.months import mean_of_hours
from gigasite.climate.wind import generate_wind_m_s

SOLAR = np.tile(np.arange(24) + 0.5, 365)


def test_monthly_means_are_kept_and_afternoons_are_windier():
    """Afternoon factor 1.25 against 0.75 twelve hours away."""
    monthly = np.linspace(2, 6, 12)
    wind = generate_wind_m_s(monthly, SOLAR, np.random.default_rng(0))
    assert mean_of_hours(wind) == pytest.approx(monthly)
    by_hour = wind.reshape(365, 24).mean(axis=0)
    assert by_hour[14] / by_hour[2] == pytest.approx(1.25 / 0.75, rel=0.15)
    assert wind.min() > 0


def test_cubes_of_wind_are_those_of_a_rayleigh_distribution():
    """Mean cube over cubed mean is 6 / pi = 1.91 for Rayleigh, a tenth more by afternoons, 1 for constant wind."""
    wind = generate_wind_m_s(np.full(12, 5.0), SOLAR, np.random.default_rng(0))
    assert (wind**3).mean() / wind.mean() ** 3 == pytest.approx(2.05, abs=0.25)
