from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.timeline import (
    Cycle,
    Outcome,
    Phase,
    Timeline,
    design_day,
    full_year,
    joint,
    years_after,
    years_between,
)

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


LATE = [
    Outcome(0.6, delay="on time", arrivals={"wire": date(2026, 1, 1)}),
    Outcome(0.3, delay="2 years late", arrivals={"wire": date(2028, 1, 1)}),
    Outcome(0.1, delay="5 years late", arrivals={"wire": date(2031, 1, 1)}),
]
DRY_AND_WET = [Outcome(0.5, "dry"), Outcome(0.5, "wet")]


def ring_of(outcome, name="year"):
    """Four steps of a year, or two of a design day, in an outcome."""
    count = 4 if name == "year" else 2
    weight = 2190.0 * outcome.probability if name == "year" else 0.0
    return Cycle(1.0, np.full(count, weight), np.full(count, 7), name, outcome)


@pytest.fixture(scope="module")
def uncertain():
    """Two phases, from 2026 and 2028, three delays and two years of weather."""
    years = [ring_of(outcome) for outcome in joint([LATE, DRY_AND_WET])]
    return Timeline(date(2026, 1, 1), PHASES, (*years, *(ring_of(outcome, "hot") for outcome in joint([LATE]))))


def test_causes_that_know_nothing_of_one_another_multiply():
    """0.6 x 0.5; weather runs fastest."""
    found = joint([LATE, DRY_AND_WET])
    assert [outcome.name for outcome in found[:3]] == ["dry, on time", "wet, on time", "dry, 2 years late"]
    assert [outcome.probability for outcome in found] == pytest.approx([0.3, 0.3, 0.15, 0.15, 0.05, 0.05])
    assert found[3].arrivals == {"wire": date(2028, 1, 1)}


def test_outcomes_that_do_not_differ_in_a_phase_are_operated_once(uncertain):
    """Until 2028 both delays are alike, from then on those up to two years: 2 x 2 rings of 0.3 and 0.2, 0.45 and 0.05.

    Six rings in every phase would give the same plan at three halves of the size.
    """
    chances = [(ring.phase, round(ring.outcome.probability, 9)) for ring in uncertain.rings]
    assert chances == [(0, 0.3), (0, 0.3), (0, 0.2), (0, 0.2), (1, 0.45), (1, 0.45), (1, 0.05), (1, 0.05)]
    assert uncertain.rings[2].name == "2026-01-01 (dry, 2 years late or 5 years late)"
    assert uncertain.size == 8 * 4 + 4 * 2
    assert np.sum(uncertain.weight * uncertain.hours) == pytest.approx(2 * 8760)


def test_what_has_arrived_is_told_for_every_step(uncertain):
    """Two of four rings at first, and in the last phase all but those that are five years late; days likewise."""
    assert uncertain.arrived("wire")[::4].tolist() == [1, 1, 0, 0, 1, 1, 0, 0, 1, 1]
    assert uncertain.arrived("wire")[32::2].tolist() == [1, 0, 1, 0]
    assert uncertain.arrived("other").sum() == 0


def test_every_outcome_has_its_hours_in_every_phase(uncertain):
    """Six years of four steps; from 2028 on the second delay shares the ring of the first."""
    number = np.arange(float(uncertain.size))
    assert uncertain.split(number, 1)[::4].tolist() == [16, 20, 16, 20, 24, 28]
    assert [outcome.delay for outcome, _ in uncertain.courses(1)][::2] == ["on time", "2 years late", "5 years late"]
    assert np.bincount(np.repeat(np.arange(3), 8), uncertain.hours_a_year) == pytest.approx([5256, 2628, 876])


def test_spread_repeats_the_weather_for_every_delay(uncertain):
    """Dry 1, wet 2; the three delays have the same weather."""
    series = uncertain.spread([1.0] * 4 + [2.0] * 4, 9.0)
    assert series[:32:4].tolist() == [1, 2] * 4
    assert set(series[32:]) == {9.0}
    with pytest.raises(ValueError, match="5 values do not repeat"):
        uncertain.spread(np.ones(5), 9.0)


def test_rings_close_within_their_outcome(uncertain):
    """The first step of each follows its own last."""
    assert uncertain.before[[0, 4, 28]].tolist() == [3, 7, 31]
