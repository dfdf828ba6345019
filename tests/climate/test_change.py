from __future__ import annotations

import numpy as np
import pytest

from gigasite import climate
from gigasite.climate.change import hot_year_rise_k, warmed_design
from gigasite.models.physics import psychrometrics


def test_warming_moves_every_hour_and_the_design_values(abu_dhabi):
    """Dry bulb +1.5 K at constant dew point: the humidity ratio stays, the wet bulb rises by roughly a third."""
    before, after = abu_dhabi.conditions(), climate.warmed(abu_dhabi, 1.5, 0.0).conditions()
    np.testing.assert_allclose(after.dry_bulb_c - before.dry_bulb_c, 1.5)
    np.testing.assert_allclose(after.humidity_ratio, before.humidity_ratio)
    assert (after.wet_bulb_c - before.wet_bulb_c).mean() == pytest.approx(0.5, abs=0.2)
    design = climate.warmed(abu_dhabi, 1.5, 0.0).design
    assert design.dry_bulb_n20_c == pytest.approx(48.9 + 1.5)
    assert 23.2 + 0.2 < design.coincident_wet_bulb_c < 23.2 + 0.8
    assert abu_dhabi.design.dry_bulb_n20_c == 48.9


def test_warming_is_noted(abu_dhabi):
    weather = climate.warmed(abu_dhabi, 1.5, 1.0)
    assert "warming: dry bulb +1.5 K, dew point +1 K" in weather.notes[-1]
    assert "warming +1.5 K" in weather.design.note


def test_a_wetter_warming_raises_the_wet_bulb_as_much():
    """Dry bulb and dew point both +2 K: the wet bulb goes up by about 2 K too."""
    design = climate.design_values("singapore")
    both = warmed_design(design, 2.0, 2.0, 101_325.0)
    assert both.wet_bulb_extreme_c - design.wet_bulb_extreme_c == pytest.approx(2.0, abs=0.1)


def test_cooling_air_below_its_dew_point_stops_there(greensboro):
    cooler = climate.warmed(greensboro, -2.0, 0.0).conditions()
    assert (cooler.dew_point_c <= cooler.dry_bulb_c).all()


def test_a_hot_year_is_half_a_kelvin_hotter_and_1_3_at_its_tail(abu_dhabi):
    """Ranks are kept, so the 0.4 % value moves by exactly 1.3 K, and the base makes up the mean of 0.5 K."""
    before, after = abu_dhabi.conditions(), climate.hot_year(abu_dhabi).conditions()
    assert after.dry_bulb_c.mean() - before.dry_bulb_c.mean() == pytest.approx(0.5)
    hot = np.quantile(after.dry_bulb_c, 0.996) - np.quantile(before.dry_bulb_c, 0.996)
    assert hot == pytest.approx(1.3, abs=1e-3)
    np.testing.assert_array_equal(after.dew_point_c, before.dew_point_c)
    assert climate.hot_year(abu_dhabi).design == abu_dhabi.design


def test_hotter_hours_rise_more():
    dry = np.sort(np.random.default_rng(0).standard_normal(8760))
    assert (np.diff(hot_year_rise_k(dry)) >= 0).all()


def test_the_moisture_of_the_design_point_is_kept():
    """48.9 degC with 23.2 degC wet bulb plus 1 K: same dew point before and after."""
    design = climate.design_values("abu_dhabi")
    after = warmed_design(design, 1.0, 0.0, 101_000.0)
    ratios = []
    for point in (design, after):
        dry, wet = point.dry_bulb_0_4_c, point.coincident_wet_bulb_c
        saturated = psychrometrics.humidity_ratio(wet, 101_000.0)
        ratios.append(((2501 - 2.326 * wet) * saturated - 1.006 * (dry - wet)) / (2501 + 1.86 * dry - 4.186 * wet))
    assert ratios[0] == pytest.approx(ratios[1], rel=1e-6)
