"""What a little curtailment buys, by hand on load duration curves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.sites.curtailment import SHARES, capped, longest_run


def test_the_cap_by_hand():
    """Import 10, 8, 6, 6 MW an hour each, 30 MWh; 10 % is 3 MWh: cutting to 8 takes 2, the last 1 from two hours.

    The cap is 7.5 MW: 2.5 + 0.5 = 3 MWh. Cutting 10 % of the power instead would give 9.
    """
    assert capped(np.array([6.0, 10.0, 6.0, 8.0]), np.ones(4), 0.1) == pytest.approx(7.5)


def test_steps_count_by_their_hours():
    """10 MW for 1 h and 5 MW for 8 h, 50 MWh: 2 % is 1 MWh of the first hour, 9 MW."""
    assert capped(np.array([10.0, 5.0]), np.array([1.0, 8.0]), 0.02) == pytest.approx(9.0)


def test_a_flat_load_frees_what_it_gives_up():
    """A load that never varies gives up 1 % of its power for 1 % of its energy, and is cut all year."""
    assert capped(np.full(8760, 100.0), np.ones(8760), 0.01) == pytest.approx(99.0)


def test_a_short_peak_frees_much():
    """100 MW but for 50 h at 150: 2,500 of 878,500 MWh, 0.285 %, frees all 50 MW; 0.25 % frees 43.9."""
    load = np.full(8760, 100.0)
    load[4000:4050] = 150.0
    assert capped(load, np.ones(8760), 2500 / load.sum()) == pytest.approx(100.0)
    assert 150 - capped(load, np.ones(8760), 0.0025) == pytest.approx(0.0025 * load.sum() / 50)


@pytest.mark.parametrize(("share", "cap"), [(0.0, 10.0), (1.0, 0.0)])
def test_nothing_and_everything(share, cap):
    assert capped(np.array([10.0, 4.0]), np.ones(2), share) == pytest.approx(cap)


def test_no_import_needs_no_grid():
    assert capped(np.zeros(5), np.ones(5), 0.01) == 0.0


@given(st.lists(st.floats(0.0, 1000.0), min_size=2, max_size=40), st.floats(0.0, 1.0))
def test_the_cap_cuts_the_share_of_the_energy(values, share):
    power, hours = np.array(values), np.linspace(0.5, 3.0, len(values))
    cap = capped(power, hours, share)
    cut = np.sum(hours * np.maximum(power - cap, 0.0))
    assert cut == pytest.approx(share * np.sum(hours * power), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("share", [-0.1, 1.01])
def test_a_share_beyond_all_is_refused(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        capped(np.ones(3), np.ones(3), share)


def test_the_longest_run_is_counted():
    assert longest_run(np.array([0, 1, 1, 0, 1, 1, 1, 0])) == 3
    assert longest_run(np.zeros(3)) == 0


def test_the_shares_are_those_of_the_published_question():
    assert SHARES == (0.0025, 0.005, 0.01)
