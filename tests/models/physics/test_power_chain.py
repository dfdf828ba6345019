import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.physics import outside, power_chain


def test_suggested_chain_by_hand():
    """1 / (0.97 x 0.985) + 0.002 = 1.0486; a transformer of 0.99 makes it 1.0592."""
    assert power_chain.input_kw_per_kw(0.97, 0.985, 1.0, 0.002) == pytest.approx(1.04862, abs=1e-5)
    assert power_chain.input_kw_per_kw(0.97, 0.985, 0.99, 0.002) == pytest.approx(1.04862 / 0.99, abs=1e-5)


def test_indoor_heat_leaves_out_the_transformer():
    assert power_chain.indoor_heat_kw_per_kw(0.97, 0.985, 0.002) == pytest.approx(0.04862, abs=1e-5)


def test_a_2n_pair_loses_half_a_point_to_a_point():
    """Published: each unit at 40 to 50 % load costs 0.5 to 1 point against 97 %; quadratic loss alone would gain."""
    loss = 0.97 - power_chain.part_load_efficiency([0.4, 0.5], 0.97)
    assert np.all(loss >= -0.001)
    assert power_chain.part_load_efficiency(1.0, 0.97) == pytest.approx(0.97)


def test_very_low_load_is_reported():
    assert outside(power_chain.UPS_LOAD, 0.05)


@given(st.floats(0.05, 1.0), st.floats(0.85, 0.995))
def test_efficiency_lies_between_zero_and_one(load, efficiency):
    assert 0.0 < power_chain.part_load_efficiency(load, efficiency) < 1.0
