from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.timeline import Outcome, Phase, Timeline, design_day, full_year, years_after, years_between

PHASES = (Phase(date(2026, 1, 1), date(2028, 1, 1), 2.0), Phase(date(2028, 1, 1), date(2031, 1, 1), 3.0))


def weather(years):
    """Return years of weather that are equally likely."""
    return tuple(full_year(Outcome(1 / years, str(2001 + n))) for n in range(years))


@pytest.fixture(scope="module")
def two_phases():
    return Timeline(date(2026, 1, 1), PHASES, (full_year(), design_day("hottest day")))


def test_operating_steps_come_first_phase_by_phase(two_phases):
    """2 x 8,760 operating steps, then 2 x 24 of design days."""
    assert two_phases.size == 2 * 8760 + 2 * 24
    assert two_phases.operating.nonzero()[0].tolist() == list(range(2 * 8760))
    assert two_phases.phase_number[[0, 8759, 8760, 17519, 17520, 17544]].tolist() == [0, 0, 1, 1, 0, 1]


@pytest.mark.parametrize("years", [1, 3])
def test_weights_add_up_to_one_year(years):
    """Three years of hours count a third each: 8,760 h in all."""
    line = Timeline(
        date(2026, 1, 1),
        PHASES[:1],
        (*weather(years), design_day("d")),
    )
    assert np.sum(line.weight * line.hours) == pytest.approx(8760.0)


def test_every_cycle_closes_on_itself(two_phases):
    """The first hour of a year follows its last, never the last of another phase or of a design day."""
    assert two_phases.before[[0, 1, 8760, 17520, 17544]].tolist() == [8759, 0, 17519, 17543, 17567]
    same = two_phases.phase_number[two_phases.before] == two_phases.phase_number
    assert same.all()
    assert sorted(two_phases.before) == list(range(two_phases.size))


def test_anchors_are_the_last_steps_of_design_days(two_phases):
    assert two_phases.anchors.tolist() == [17543, 17567]


def test_months_have_their_hours(two_phases):
    """January 744 h, February 672 h."""
    assert np.bincount(two_phases.month[:8760])[[1, 2, 12]].tolist() == [744, 672, 744]


def test_spread_repeats_a_year_in_every_phase(two_phases):
    series = two_phases.spread(np.arange(8760.0), 7.0)
    assert np.array_equal(two_phases.split(series, 1), np.arange(8760.0))
    assert set(series[~two_phases.operating]) == {7.0}


def test_by_phase_follows_the_phase(two_phases):
    assert two_phases.by_phase([5.0, 9.0])[[0, 8760, 17520, 17544]].tolist() == [5, 9, 5, 9]


def test_trailing_sum_runs_round_the_cycle(timeline_of):
    """Half-hour steps 1, 2, 3, 4 over an hour: (1 + 4) / 2, (2 + 1) / 2, (3 + 2) / 2, (4 + 3) / 2."""
    line = timeline_of(4, design_steps=0)
    assert line.trailing_sum(np.array([1.0, 2, 3, 4]), 1.0) == pytest.approx([2.5, 1.5, 2.5, 3.5])


@given(st.integers(1, 30), st.floats(0.5, 40))
def test_trailing_sum_of_ones_is_the_window_or_the_cycle(timeline_of, steps, hours):
    line = timeline_of(steps, design_steps=0)
    count = min(steps, max(1, round(hours / 0.5)))
    assert line.trailing_sum(np.ones(steps), hours) == pytest.approx(0.5 * count)


@given(st.integers(1, 40), st.floats(0.5, 30))
def test_windows_hold_every_operating_step_once(timeline_of, steps, hours):
    line = timeline_of(steps, starts=(date(2026, 1, 1), date(2028, 1, 1)))
    runs = line.windows(hours)
    assert np.concatenate(runs).tolist() == line.operating.nonzero()[0].tolist()
    assert all(len(set(line.phase_number[run])) == 1 for run in runs)


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        (date(2026, 1, 1), 5, date(2031, 1, 1)),
        (date(2025, 1, 1), 3, date(2028, 1, 1)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2026, 1, 1), 1.5, date(2027, 7, 3)),
        (date(2026, 1, 1), 0, date(2026, 1, 1)),
    ],
)
def test_years_go_by_the_calendar(start, years, end):
    """Counted in days of 365.25, five years from 2026 end on 2 January 2031: a day late, and a phase too many."""
    assert years_after(start, years) == end


def test_years_between_are_of_365_25_days():
    assert years_between(date(2024, 1, 1), date(2028, 1, 1)) == 4.0


def test_a_phase_is_named_by_its_start():
    assert PHASES[1].name == "2028-01-01"


def test_years_until_count_from_the_decision(two_phases):
    assert two_phases.years_until(1) == pytest.approx(730 / 365.25)
