from __future__ import annotations

import numpy as np
import pytest

from gigasite import climate


@pytest.fixture(scope="module")
def days(abu_dhabi):
    return climate.design_days(abu_dhabi, abu_dhabi.design)


def test_the_dry_bulb_day_peaks_at_the_twenty_year_value_with_its_wet_bulb(days):
    """Abu Dhabi: 48.9 degC with 23.2 degC wet bulb. 48.9 with the extreme wet bulb of 33.8 would be air nobody met."""
    dry = days[0].conditions
    assert days[0].name == "dry_bulb"
    assert dry.dry_bulb_c.max() == 48.9
    assert dry.wet_bulb_c[dry.dry_bulb_c.argmax()] == pytest.approx(23.2, abs=1e-6)
    assert dry.times[dry.dry_bulb_c.argmax()].hour in (14, 15, 16)
    assert "n = 20 years" in days[0].source
    assert "412170" in days[0].source


def test_the_wet_bulb_day_peaks_at_the_extreme_wet_bulb(days):
    wet = days[1].conditions
    assert days[1].name == "wet_bulb"
    assert wet.wet_bulb_c.max() == pytest.approx(33.8, abs=1e-6)
    assert wet.dry_bulb_c.max() == 35.3


def test_a_longer_return_period_is_hotter(abu_dhabi):
    """n = 50 years: 49.5 degC."""
    day, _ = climate.design_days(abu_dhabi, abu_dhabi.design, return_period=50)
    assert day.conditions.dry_bulb_c.max() == 49.5


def test_the_days_have_the_hottest_months_range_and_a_clear_sky(days, abu_dhabi):
    """August is Abu Dhabi's hottest month (41.8 degC); noon of a clear day there: 850 to 1000 W/m2."""
    dry, year = days[0].conditions, abu_dhabi.conditions()
    august = year.dry_bulb_c[year.times.month == 8].reshape(31, 24)
    assert np.ptp(dry.dry_bulb_c) == pytest.approx(np.ptp(august, axis=1).mean())
    assert (dry.times.month == 8).all()
    assert 850 < dry.ghi_w_m2.max() < 1000
    assert len(dry) == 24


def test_moisture_is_constant_unless_the_night_is_saturated(days):
    dry, wet = days[0].conditions, days[1].conditions
    assert np.ptp(dry.dew_point_c) < 1e-9
    assert (wet.dew_point_c <= wet.dry_bulb_c).all()
    assert np.ptp(wet.dew_point_c[wet.dew_point_c < wet.dry_bulb_c]) < 1e-9


def test_a_dry_bulb_below_the_extreme_wet_bulb_is_raised_and_said():
    """Abilene: extreme wet bulb 31.9 above the coincident dry bulb 31.7: 31.7 + (31.9 - 24.1) = 39.5 degC instead."""
    normals, design = climate.normals("abilene"), climate.design_values("abilene")
    weather = climate.generate(normals.place, normals, design)
    _, day = climate.design_days(weather, design)
    assert day.conditions.dry_bulb_c.max() == pytest.approx(39.5)
    assert day.conditions.wet_bulb_c.max() == pytest.approx(31.9, abs=1e-6)
    assert "as at the 0.4 % wet bulb" in day.source


def test_a_longer_return_period_is_more_humid(abu_dhabi):
    """33.8 degC is the highest wet bulb of the record. The dry bulb rises by 0.6 K from 20 to 50 years, the wet bulb by
    3.9 / 4.9 of it: 34.28 degC. The rule is said, since nobody published the value.
    """
    _, day = climate.design_days(abu_dhabi, abu_dhabi.design, return_period=50)
    assert day.conditions.wet_bulb_c.max() == pytest.approx(33.8 + 0.6 * 3.9 / 4.9, abs=1e-6)
    assert "extreme wet bulb + 0.48 K for n = 50 years (rule)" in day.source


@pytest.mark.parametrize("return_period", [20, 50])
def test_warming_moves_both_days(abu_dhabi, return_period):
    """2 K more dry bulb at the same moisture: the dry day peaks 2 K higher, wet bulbs by a sixth to a half of it."""
    warm = climate.warmed(abu_dhabi, 2.0, 0.0)
    now = climate.design_days(abu_dhabi, abu_dhabi.design, return_period=return_period)
    later = climate.design_days(warm, warm.design, return_period=return_period)
    peaks = [[day.conditions.dry_bulb_c.max() for day in days] for days in (now, later)]
    assert peaks[1] == pytest.approx([peak + 2.0 for peak in peaks[0]])
    for before, after in zip(now, later, strict=True):
        assert 0.33 <= after.conditions.wet_bulb_c.max() - before.conditions.wet_bulb_c.max() <= 1.0


@pytest.mark.parametrize("key", climate.places())
def test_every_shipped_place_has_two_possible_days(key):
    normals, design = climate.normals(key), climate.design_values(key)
    weather = climate.generate(normals.place, normals, design)
    for years in (20, 50):
        dry, wet = climate.design_days(weather, design, return_period=years)
        assert dry.conditions.dry_bulb_c.max() == getattr(design, f"dry_bulb_n{years}_c")
        assert wet.conditions.wet_bulb_c.max() == pytest.approx(design.wet_bulb_peak_c(years), abs=1e-6)
