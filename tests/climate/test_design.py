from __future__ import annotations

import pytest

from gigasite import climate
from gigasite.climate.design import TEMPERATURES
from gigasite.models.errors import WeatherError

SOUND = climate.DesignValues(-8.3, 35.6, 25.2, 26.8, 32.8, 29.4, 39.9, 41.0, "Memphis")


def test_contradicting_values_are_refused_all_at_once():
    """n = 20 years below the 0.4 % value, and a coincident wet bulb above its dry bulb."""
    with pytest.raises(WeatherError) as caught:
        climate.DesignValues(-8.3, 35.6, 36.2, 26.8, 32.8, 29.4, 35.0, 41.0, "Memphis")
    assert len(caught.value.problems) == 2
    assert "dry_bulb_n20_c must not be below dry_bulb_0_4_c, got 35 and 35.6 degC" in str(caught.value)
    with pytest.raises(WeatherError, match="dry_bulb_n20_c must be a temperature"):
        SOUND.with_overrides(dry_bulb_n20_c=float("nan"))


def test_overrides_are_marked():
    changed = SOUND.with_overrides(dry_bulb_n20_c=40.5)
    assert changed.dry_bulb_n20_c == 40.5
    assert changed.filled == ("dry_bulb_n20_c",)
    assert "replaced by the site file: dry_bulb_n20_c" in changed.note
    assert SOUND.with_overrides() is SOUND
    with pytest.raises(WeatherError, match="unknown name hot"):
        SOUND.with_overrides(hot=40.0)


def test_estimates_from_a_year_are_all_marked(greensboro):
    """Greensboro's year: 0.4 % dry bulb 33.3 degC; so 33.7 published, 38.6 in 20 years, 39.6 in 50."""
    design = climate.estimated(greensboro.conditions(), "a file")
    assert design.dry_bulb_0_4_c == pytest.approx(33.7, abs=0.05)
    assert design.dry_bulb_n20_c == pytest.approx(design.dry_bulb_0_4_c + 4.9)
    assert design.dry_bulb_n50_c == pytest.approx(design.dry_bulb_n20_c + 1.0)
    assert design.wet_bulb_extreme_c == pytest.approx(design.wet_bulb_0_4_c + 3.9)
    assert design.filled == TEMPERATURES


def test_the_fifty_year_wet_bulb_follows_the_dry_bulb():
    """Memphis: 41.0 - 39.9 = 1.1 K more dry bulb, 3.9 / 4.9 of it more wet bulb: 30.276. Without the rule 29.4."""
    assert SOUND.wet_bulb_peak_c(20) == 29.4
    assert SOUND.wet_bulb_peak_c(50) == pytest.approx(30.276, abs=1e-3)
