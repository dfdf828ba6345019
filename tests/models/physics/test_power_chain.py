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


def test_part_load_by_hand():
    """97 %: L = 0.030928. At 0.5: 0.5 / (0.5 + L (0.3 + 0.15 + 0.1)) = 0.96710; quadratic loss alone would gain."""
    assert power_chain.part_load_efficiency(0.5, 0.97) == pytest.approx(0.96710, abs=1e-5)
    assert power_chain.part_load_efficiency(1.0, 0.97) == pytest.approx(0.97)


@pytest.mark.parametrize(
    "load", [pytest.param(0.5, marks=pytest.mark.xfail(strict=True, reason="the curve loses 0.29 points there")), 0.4]
)
def test_a_2n_pair_loses_half_a_point_to_a_point(load):
    """Rule of thumb, not verified: 0.5 to 1 point for each unit at 40 to 50 % load."""
    assert 0.005 <= 0.97 - power_chain.part_load_efficiency(load, 0.97) <= 0.010


def test_transformer_by_hand():
    """98.5 %: L = 0.015228. At 0.5: 0.5 / (0.5 + L (0.2 + 0.8 x 0.25)) = 0.98796. Half load is the best."""
    found = power_chain.transformer_efficiency([0.4, 0.5, 0.6, 1.0], 0.985)
    assert found[1] == pytest.approx(0.98796, abs=1e-5)
    assert found[3] == pytest.approx(0.985)
    assert found.argmax() == 1


@pytest.mark.parametrize(
    ("scheme", "needed", "installed"), [("N", 4, 4), ("N+1", 4, 5), ("N+2", 4, 6), ("2N", 4, 8), ("3N", 1, 3)]
)
def test_redundant_units_share_the_load(scheme, needed, installed):
    assert power_chain.installed_units(scheme, needed) == installed
    np.testing.assert_allclose(
        power_chain.redundant_load_fraction([0.5, 1.0], scheme, needed), [0.5 * needed / installed, needed / installed]
    )


def test_a_2n_pair_runs_below_half_load():
    assert power_chain.redundant_load_fraction(0.9, "2N") == pytest.approx(0.45)


@pytest.mark.parametrize("scheme", ["", "n", "2N+1", "N+", "0N", "2", "N-1"])
def test_an_unreadable_scheme_is_refused(scheme):
    with pytest.raises(ValueError, match=r"redundancy must be N, N\+1, 2N or alike"):
        power_chain.installed_units(scheme, 1)


def test_no_needed_unit_is_refused():
    with pytest.raises(ValueError, match="must be at least 1, got 0"):
        power_chain.installed_units("2N", 0)


def test_very_low_load_is_reported():
    assert outside(power_chain.UPS_LOAD, 0.05)
    assert outside(power_chain.TRANSFORMER_LOAD, 0.04)


@given(st.floats(0.05, 1.0), st.floats(0.85, 0.995))
def test_efficiency_lies_between_zero_and_one(load, efficiency):
    assert 0.0 < power_chain.part_load_efficiency(load, efficiency) < 1.0
