import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.physics import evaporative, psychrometrics

SEA_LEVEL_PA = 101325.0


def test_direct_supply_keeps_the_wet_bulb():
    """Evaporation into air moves along the wet-bulb line: supply air has the outdoor wet bulb, within 0.1 K."""
    w = psychrometrics.humidity_ratio(10.0, SEA_LEVEL_PA)
    wet_bulb = psychrometrics.wet_bulb_c(38.0, 10.0, SEA_LEVEL_PA)
    supply_c, supply_w = evaporative.direct_supply(38.0, wet_bulb, w, SEA_LEVEL_PA, 0.9)
    vapour_pa = SEA_LEVEL_PA * supply_w / (0.621945 + supply_w)
    dew = psychrometrics.dew_point_c_from_vapour_pressure(vapour_pa)
    assert psychrometrics.wet_bulb_c(supply_c, dew, SEA_LEVEL_PA) == pytest.approx(wet_bulb, abs=0.1)


def test_direct_water_by_hand():
    """5 g/kg at 12 K: 3600 / (1.006 x 12) x 0.005 x 1.25 = 1.864 L/kWh."""
    assert evaporative.direct_water_l_per_kwh(0.008, 0.013, 12.0, 0.25) == pytest.approx(1.864, abs=1e-3)


def test_indirect_share_by_hand():
    """Return 37, supply 25 degC, e 0.72: wet bulb 22 gives 0.72 x 15 / 12 = 0.90; dry bulb 40 gives nothing."""
    assert evaporative.indirect_share(37.0, 25.0, 22.0, 0.72) == pytest.approx(0.90)
    assert evaporative.indirect_share(37.0, 25.0, 40.0, 0.68) == 0.0
    assert evaporative.indirect_supply_c(37.0, 22.0, 0.72) == pytest.approx(26.2)


def test_indirect_water_is_all_latent():
    assert evaporative.indirect_water_l_per_kwh(0.0) == pytest.approx(1.475, abs=1e-3)


def test_return_air_must_be_warmer():
    with pytest.raises(ValueError, match="must be warmer"):
        evaporative.indirect_share(25.0, 25.0, 20.0, 0.7)


@given(st.floats(0.0, 45.0))
def test_direct_cooling_does_nothing_in_saturated_air(dry_bulb_c):
    w = psychrometrics.humidity_ratio(dry_bulb_c, SEA_LEVEL_PA)
    wet_bulb = psychrometrics.wet_bulb_c(dry_bulb_c, dry_bulb_c, SEA_LEVEL_PA)
    np.testing.assert_allclose(
        evaporative.direct_supply(dry_bulb_c, wet_bulb, w, SEA_LEVEL_PA, 0.9), (dry_bulb_c, w), atol=1e-6
    )
