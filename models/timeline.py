"""Time as an object that answers; no component asks whether it holds full years, typical days or design days.

A *phase* is a period [start, next start) of the plan. Each phase has its *operating* steps (one or more years, with
weights that add up to one year) and its *design* steps (days of weight zero that size plant and connection).
Steps are numbered 0, 1, 2 ... over all phases: operating steps first, design steps after them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DAYS_PER_YEAR = 365.25


def years_between(start: date, end: date) -> float:
    """Return the time from ``start`` to ``end`` in years of 365.25 days."""
    return (end - start).days / DAYS_PER_YEAR


def years_after(start: date, years: float) -> date:
    """Return the day so many years after ``start``; whole years go by the calendar, whatever its leap days.

    A life of five years that begins on 1 January 2026 ends on 1 January 2031, although 1,826 days are 4.9993 years of
    365.25 days.
    """
    whole = int(years + 1e-9)
    first = date(start.year + whole, start.month, min(start.day, 28) if start.month == 2 else start.day)
    return first + timedelta(days=round((years - whole) * DAYS_PER_YEAR))


@dataclass(frozen=True)
class Phase:
    """A period of the plan in which nothing is added or taken away.

    Parameters
    ----------
    start, end : date
        The period is [start, end).
    present_value_years : float
        Sum of the discount factors of its years [year]: what one USD a year through the phase is worth at the
        decision date.
    """

    start: date
    end: date
    present_value_years: float

    @property
    def name(self) -> str:
        """ISO start date."""
        return self.start.isoformat()


@dataclass(frozen=True)
class Cycle:
    """Steps that follow one another and close into a ring: a year, a typical period or a design day.

    Parameters
    ----------
    step_hours : float
        Length of each step [h].
    weights : array, shape (n,)
        How often each step stands for an operating step of the year; zeros on a design day.
    months : array of int, shape (n,)
        Billing month 1 to 12 of each step.
    name : str
        "year", or the name of the design day.
    """

    step_hours: float
    weights: Floats
    months: Integers
    name: str = "year"

    @property
    def design(self) -> bool:
        """True for a day that sizes plant but costs nothing."""
        return self.name != "year"

    def __len__(self) -> int:
        return len(self.weights)


MONTH_DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def full_year(years: int = 1) -> Cycle:
    """Return every hour of ``years`` years of 8,760 hours; each counts 1/years."""
    months = np.tile(np.repeat(np.arange(1, 13), MONTH_DAYS * 24), years)
    return Cycle(1.0, np.full(8760 * years, 1.0 / years), months)


def design_day(name: str, month: int = 7) -> Cycle:
    """Return the 24 hours of a design day, of weight zero."""
    return Cycle(1.0, np.zeros(24), np.full(24, month), name)


@dataclass(frozen=True)
class Timeline:
    """Every step of every phase, and what is known of it.

    Parameters
    ----------
    decision : date
        Lead times count from here.
    phases : sequence of Phase
        In order of time, without gaps.
    cycles : sequence of Cycle
        The same for every phase; operating cycles first.
    """

    decision: date
    phases: tuple[Phase, ...]
    cycles: tuple[Cycle, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the phases."""
        return tuple(phase.name for phase in self.phases)

    @cached_property
    def segments(self) -> list[tuple[int, Cycle]]:
        """Return (phase number, cycle) in the order of the steps."""
        numbers = range(len(self.phases))
        operating = [(p, c) for p in numbers for c in self.cycles if not c.design]
        return operating + [(p, c) for p in numbers for c in self.cycles if c.design]

    @cached_property
    def size(self) -> int:
        """Number of steps."""
        return sum(len(cycle) for _, cycle in self.segments)

    @cached_property
    def phase_number(self) -> Integers:
        """Number of the phase of each step."""
        return np.concatenate([np.full(len(c), p) for p, c in self.segments])

    @cached_property
    def hours(self) -> Floats:
        """Length of each step [h]."""
        return np.concatenate([np.full(len(c), c.step_hours) for _, c in self.segments])

    @cached_property
    def weight(self) -> Floats:
        """How often each step happens in a year [1/year]."""
        return np.concatenate([c.weights for _, c in self.segments])

    @cached_property
    def month(self) -> Integers:
        """Billing month, 1 to 12, of each step."""
        return np.concatenate([c.months for _, c in self.segments])

    @cached_property
    def operating(self) -> NDArray[np.bool_]:
        """True where a step belongs to the year, False on design days."""
        return np.concatenate([np.full(len(c), not c.design) for _, c in self.segments])

    @cached_property
    def before(self) -> Integers:
        """Step that precedes each step; the first of a cycle follows its last."""
        starts = np.cumsum([0] + [len(c) for _, c in self.segments])
        return np.concatenate(
            [np.roll(np.arange(first, first + len(c)), 1) for first, (_, c) in zip(starts, self.segments, strict=False)]
        )

    @cached_property
    def anchors(self) -> Integers:
        """Last steps of the design days: there a store must hold its stated level."""
        ends = np.cumsum([len(c) for _, c in self.segments]) - 1
        return np.array([end for end, (_, c) in zip(ends, self.segments, strict=True) if c.design], dtype=int)

    def windows(self, hours: float) -> list[Integers]:
        """Split the operating steps into runs of ``hours`` hours that cross no cycle; the last may be shorter."""
        runs: list[Integers] = []
        first = 0
        for _, cycle in self.segments:
            steps = np.arange(first, first + len(cycle))
            length = max(1, round(hours / cycle.step_hours))
            if not cycle.design:
                runs += np.split(steps, range(length, len(cycle), length))
            first += len(cycle)
        return runs

    def trailing_sum(self, values: Floats, hours: float) -> Floats:
        """Return the sum of values x step hours over the ``hours`` hours up to each step, round its cycle."""
        total, first = np.empty(self.size), 0
        for _, cycle in self.segments:
            here = values[first : first + len(cycle)] * cycle.step_hours
            count = min(len(cycle), max(1, round(hours / cycle.step_hours)))
            ring = np.concatenate([here[-count:], here])
            sums = np.cumsum(ring)
            total[first : first + len(cycle)] = sums[count:] - sums[:-count]
            first += len(cycle)
        return total

    def spread(self, operating: Any, design: Any) -> Floats:
        """Repeat a series of one phase over all phases.

        Parameters
        ----------
        operating, design : float or array
            Values on the operating steps of one phase, and on its design steps.

        Returns
        -------
        array, shape (size,)
        """
        count_operating = sum(len(c) for c in self.cycles if not c.design)
        count_design = sum(len(c) for c in self.cycles if c.design)
        one = np.broadcast_to(np.asarray(operating, dtype=float), (count_operating,))
        two = np.broadcast_to(np.asarray(design, dtype=float), (count_design,))
        return np.concatenate([np.tile(one, len(self.phases)), np.tile(two, len(self.phases))])

    def by_phase(self, values: Sequence[float]) -> Floats:
        """Give every step the value of its phase; shape (size,)."""
        return np.asarray(values, dtype=float)[self.phase_number]

    def split(self, series: Floats, phase: int) -> Floats:
        """Return the operating part of ``series`` in one phase."""
        return np.asarray(series[(self.phase_number == phase) & self.operating])

    def years_until(self, phase: int) -> float:
        """Return the years from the decision to the start of a phase."""
        return years_between(self.decision, self.phases[phase].start)
