"""Survival by hand, against a simulation, and in its limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from gigasite.models.reliability import Store, Units, expected_unserved, simulated, states, survival


def flat(mw, hours):
    return np.full(hours, float(mw))


def test_the_published_case_of_one_generator_and_a_battery():
    """0.98 available, 0.9 starts, lasts 20 h at 0.99 an hour, 4 h from 400 kWh: 0.99^20 x 0.9 x 0.98 = 0.721394.

    Source: REopt.jl test/runtests.jl, backup reliability. Failing after the hour instead of before gives 0.7287.
    """
    one = Units(1, 0.1, availability=0.98, start_failure=0.1, mean_time_to_failure_h=100)
    curve = survival(flat(0.1, 24), [one], Store(0.4, 0.4, 0.1))
    assert curve[-1] == pytest.approx(0.721394, abs=5e-7)
    assert curve[-1] == pytest.approx(0.99**20 * 0.9 * 0.98, rel=1e-9)


def test_the_battery_alone_lasts_its_hours():
    """400 kWh under 100 kW: four hours for certain, then nothing."""
    assert survival(flat(0.1, 6), [], Store(0.4, 0.4, 0.1)) == pytest.approx([1, 1, 1, 1, 0, 0])


def test_a_battery_of_too_little_power_serves_nothing():
    assert survival(flat(0.1, 2), [], Store(0.4, 0.4, 0.09)) == pytest.approx([0, 0])


def test_losses_shorten_what_a_battery_lasts():
    """400 kWh x 0.9 = 360 kWh out: three hours of 100 kW, not four."""
    assert survival(flat(0.1, 5), [], Store(0.4, 0.4, 0.1, 0.9)) == pytest.approx([1, 1, 1, 0, 0], abs=1e-9)


@pytest.mark.parametrize("needed", [8, 9, 10])
def test_k_of_n_units_are_binomial(needed):
    """Ten units of 1 MW that never fail: P(at least k run) = 1 - B(k - 1; 10, 0.95 x 0.98)."""
    fleet = Units(10, 1.0, availability=0.95, start_failure=0.02)
    expected = binom.sf(needed - 1, 10, 0.95 * 0.98)
    assert survival(flat(needed, 3), [fleet]) == pytest.approx([expected] * 3)


def test_each_unit_must_last_by_itself():
    """Without spare and store, n units last t hours with (start x stay^t)^n."""
    fleet = Units(3, 1.0, availability=0.99, mean_time_to_failure_h=50)
    hours = np.arange(1, 11)
    assert survival(flat(3.0, 10), [fleet]) == pytest.approx((0.99 * 0.98**hours) ** 3)


def test_two_families_serve_together():
    """2 MW from one unit of 1 MW and one of 2 MW: the larger must run, the smaller need not."""
    small, large = Units(1, 1.0, availability=0.9), Units(1, 2.0, availability=0.8)
    assert survival(flat(2.0, 1), [small, large]) == pytest.approx([0.8])
    assert survival(flat(3.0, 1), [small, large]) == pytest.approx([0.72])


def test_stored_fuel_ends():
    """10 MWh of electricity in the tank: ten hours of 1 MW, twelve with 2 MWh in the store."""
    engine = Units(1, 1.0)
    assert survival(flat(1.0, 14), [engine], fuel_mwh=10.0).sum() == pytest.approx(10)
    assert survival(flat(1.0, 14), [engine], Store(2.0, 2.0, 1.0), fuel_mwh=10.0).sum() == pytest.approx(12)


def test_surplus_charges_the_store():
    """A unit of 2 MW under 1, 1, 3, 3 MW: an empty store takes 1 MWh twice and gives 1 MWh twice."""
    load = np.array([1.0, 1.0, 3.0, 3.0, 3.0])
    assert survival(load, [Units(1, 2.0)], Store(0.0, 4.0, 1.0)) == pytest.approx([1, 1, 1, 1, 0])


def test_a_simulation_agrees():
    """Five units of which four are needed and a store of two unit hours: 4,000 outages, three standard errors."""
    units = [Units(5, 1.0, availability=0.97, start_failure=0.02, mean_time_to_failure_h=60)]
    store, load = Store(2.0, 2.0, 1.0, 0.95), 4.0 + 0.3 * np.sin(np.arange(36))
    curve = survival(load, units, store)
    drawn = simulated(load, units, store, runs=4000, seed=1)
    assert np.abs(curve - drawn).max() < 3 * np.sqrt(0.25 / 4000)


def test_a_simulation_knows_fuel_and_power_limits():
    """Certain units: the curve is exact, 10 h of fuel; a store of too little power serves nothing."""
    assert simulated(flat(1.0, 14), [Units(1, 1.0)], fuel_mwh=10.0, runs=10).sum() == pytest.approx(10)
    assert simulated(flat(0.1, 2), [], Store(0.4, 0.4, 0.09), runs=10) == pytest.approx([0, 0])


@pytest.mark.parametrize("how", [survival, simulated])
def test_units_stop_when_their_own_fuel_ends(how):
    """2 MW from the pipe and 1 MW for three hours: 3 MW are served for three hours, 2 MW on."""
    pair = [Units(1, 2.0), Units(1, 1.0, lasts_h=3)]
    assert how(flat(3.0, 5), pair) == pytest.approx([1, 1, 1, 0, 0])
    assert how(flat(2.0, 5), pair) == pytest.approx([1] * 5)


def test_states_are_counted():
    """0, 1, 2 of two units times 0, 1 of one."""
    assert states([Units(2, 1.0, 0.9), Units(1, 1.0, 0.9), Units(0, 1.0)], 24) == 6


def test_a_thousand_units_are_counted_without_loss():
    """1,000 units of which 900 are needed through 72 h, against the binomial of the last hour.

    Power that is lost never returns, so the last hour decides.
    """
    fleet = Units(1000, 1.0, availability=0.99, start_failure=0.01, mean_time_to_failure_h=1100)
    expected = binom.sf(899, 1000, fleet.start * fleet.stay**72)
    assert survival(flat(900, 72), [fleet])[-1] == pytest.approx(expected, abs=1e-9)


@given(st.floats(0.5, 1.0), st.floats(0.0, 0.3), st.floats(2.0, 2000.0), st.floats(0.0, 5.0))
def test_survival_is_a_probability_that_falls(availability, start_failure, hours, energy):
    units = Units(3, 1.0, availability, start_failure, hours)
    curve = survival(flat(2.5, 24), [units], Store(energy, 5.0, 3.0))
    assert np.all(np.diff(curve) <= 1e-12)
    assert 0 <= curve[-1] <= curve[0] <= 1 + 1e-12


def test_what_is_expected_to_be_unserved_is_probability_times_load():
    """Survived with 1, 0.5, 0.25: 10 x 0 + 10 x 0.5 + 20 x 0.75 = 20 MWh."""
    assert expected_unserved(np.array([10.0, 10.0, 20.0]), np.array([1.0, 0.5, 0.25])) == pytest.approx(20.0)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"mean_time_to_failure_h": 0.0}, "at least 1 hour, got 0"),
        ({"availability": 1.2}, "availability must lie between 0 and 1"),
        ({"start_failure": -0.1}, "start_failure must lie between 0 and 1"),
        ({"count": -1}, "must not be negative"),
    ],
)
def test_units_that_cannot_be_are_refused(data, said):
    with pytest.raises(ValueError, match=said):
        Units(**{"count": 1, "power_mw": 1.0, **data})


@pytest.mark.parametrize(
    ("data", "said"),
    [((2.0, 1.0, 1.0), "between 0 and its 1 MWh, got 2"), ((1.0, 1.0, 1.0, 0.0), "efficiency of a store")],
)
def test_a_store_that_cannot_be_is_refused(data, said):
    with pytest.raises(ValueError, match=said):
        Store(*data)


def test_a_store_that_cannot_be_charged_only_empties():
    """One unit of 3 MW, then a need of 5: the 2 MW of surplus fill an empty store of 4 MWh, if it may be charged.

    1 MW is needed for an hour, then 5 MW: 2 MWh of surplus serve the 2 MW that are short.
    """
    units = [Units(1, 3.0)]
    assert survival([1.0, 5.0], units, Store(0, 4, 4)) == pytest.approx([1.0, 1.0])
    assert survival([1.0, 5.0], units, Store(0, 4, 4, charge_mw=0.0)) == pytest.approx([1.0, 0.0])
