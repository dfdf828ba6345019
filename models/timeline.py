"""Time as an object that answers; no component asks whether it holds full years, typical days or design days.

A *phase* is a period [start, next start) of the plan. An *outcome* is a course that it may take, with a probability: a
year of weather, and how late what was promised arrives. Sizes are chosen before it is known, operation after. Each
phase has its *operating* steps, a *ring* of one year for each outcome that differs in it, with weights that add up to
one year, and its *design* steps (days of weight zero that size plant and connection), which every delay repeats.
Steps are numbered 0, 1, 2 ... over all phases: operating steps first, design steps after them.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, reduce
from itertools import product
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
class Outcome:
    """A course that a phase may take.

    Parameters
    ----------
    probability : float
        How likely it is [1].
    weather : str
        Its year of weather; empty where there is only one.
    delay : str
        How late what was promised arrives, in words; empty where that is certain.
    arrivals : mapping of str to date
        By the name of each promise whose date is uncertain: when it is kept.
    """

    probability: float = 1.0
    weather: str = ""
    delay: str = ""
    arrivals: Mapping[str, date] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Weather and delay in words; empty where both are certain."""
        return ", ".join(part for part in (self.weather, self.delay) if part)

    def arrived(self, day: date) -> frozenset[str]:
        """Return the promises that are kept on a day."""
        return frozenset(name for name, arrival in self.arrivals.items() if arrival <= day)


def joint(causes: Sequence[Sequence[Outcome]]) -> tuple[Outcome, ...]:
    """Return the outcomes of several causes that know nothing of one another; those of the last run fastest."""
    return tuple(reduce(_both, each, Outcome()) for each in product(*causes))


def _both(one: Outcome, other: Outcome) -> Outcome:
    return Outcome(
        one.probability * other.probability,
        one.weather + other.weather,
        ", ".join(part for part in (one.delay, other.delay) if part),
        {**one.arrivals, **other.arrivals},
    )


def _merged(alike: Sequence[Outcome], *, certain: bool) -> Outcome:
    """Return the outcome of several that do not differ in a phase; ``certain`` where it has no other."""
    total = math.fsum(outcome.probability for outcome in alike)
    delays = "" if certain else " or ".join(outcome.delay for outcome in alike)
    return replace(alike[0], probability=total, delay=delays)


@dataclass(frozen=True)
class Cycle:
    """Steps that follow one another and close into a ring: a year, a typical period or a design day.

    Parameters
    ----------
    step_hours : float
        Length of each step [h].
    weights : array, shape (n,)
        How often each step stands for an operating step of the year, times the probability of the outcome; zeros on a
        design day.
    months : array of int, shape (n,)
        Billing month 1 to 12 of each step.
    name : str
        "year", or the name of the design day.
    outcome : Outcome
        In which it happens.
    """

    step_hours: float
    weights: Floats
    months: Integers
    name: str = "year"
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def design(self) -> bool:
        """True for a day that sizes plant but costs nothing."""
        return self.name != "year"

    def __len__(self) -> int:
        return len(self.weights)


@dataclass(frozen=True)
class Ring:
    """The year of one outcome in one phase; what closes, is billed and is limited by the year.

    Parameters
    ----------
    name : str
        That of the phase, with the outcome where the phase has several.
    phase : int
        Number of the phase.
    outcome : Outcome
    steps : array of int
    """

    name: str
    phase: int
    outcome: Outcome
    steps: Integers


MONTH_DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def full_year(outcome: Outcome | None = None) -> Cycle:
    """Return every hour of a year of 8,760 hours; each counts with the probability of its outcome."""
    of = outcome or Outcome()
    return Cycle(1.0, np.full(8760, of.probability), np.repeat(np.arange(1, 13), MONTH_DAYS * 24), outcome=of)


def design_day(name: str, month: int = 7, outcome: Outcome | None = None) -> Cycle:
    """Return the 24 hours of a design day, of weight zero."""
    return Cycle(1.0, np.zeros(24), np.full(24, month), name, outcome or Outcome())


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
        The same for every phase; operating cycles first. Cycles of outcomes that do not differ in a phase, because the
        same promises are kept in it, are taken once there, with their weights added up: the best operation is the same.
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
        return [(p, self._taken_once(members)) for p, members in self._members]

    @cached_property
    def _members(self) -> list[tuple[int, list[int]]]:
        """Phase number of each segment, and the numbers of the cycles that it stands for."""
        found = []
        for design in (False, True):
            for p, phase in enumerate(self.phases):
                alike: dict[Hashable, list[int]] = {}
                for number, cycle in enumerate(self.cycles):
                    if cycle.design is design:
                        alike.setdefault(_state(number, cycle, phase.start), []).append(number)
                found += [(p, members) for members in alike.values()]
        return found

    def _taken_once(self, members: Sequence[int]) -> Cycle:
        cycles = [self.cycles[number] for number in members]
        one = cycles[0]
        if len(cycles) == 1:
            return one
        others = [c for c in self.cycles if (c.name, c.outcome.weather) == (one.name, one.outcome.weather)]
        outcome = _merged([cycle.outcome for cycle in cycles], certain=len(cycles) == len(others))
        return replace(one, weights=np.sum([cycle.weights for cycle in cycles], axis=0), outcome=outcome)

    @cached_property
    def starts(self) -> Integers:
        """First step of each segment."""
        return np.cumsum([0] + [len(cycle) for _, cycle in self.segments])[:-1]

    @cached_property
    def segment_number(self) -> Integers:
        """Number of the segment of each step; on operating steps that of the ring."""
        return np.concatenate([np.full(len(c), number) for number, (_, c) in enumerate(self.segments)])

    @cached_property
    def rings(self) -> tuple[Ring, ...]:
        """The years of all outcomes in all phases."""
        operating = [(p, c, first) for (p, c), first in zip(self.segments, self.starts, strict=True) if not c.design]
        several = {p for p, _, _ in operating if [q for q, _, _ in operating].count(p) > 1}
        return tuple(
            Ring(
                f"{self.names[p]} ({c.outcome.name or number})" if p in several else self.names[p],
                p, c.outcome, np.arange(first, first + len(c)),
            )
            for number, (p, c, first) in enumerate(operating)
        )  # fmt: skip

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
        return np.concatenate(
            [np.roll(np.arange(n, n + len(c)), 1) for n, (_, c) in zip(self.starts, self.segments, strict=True)]
        )

    @cached_property
    def anchors(self) -> Integers:
        """Last steps of the design days: there a store must hold its stated level."""
        days = [(n, c) for n, (_, c) in zip(self.starts, self.segments, strict=True) if c.design]
        return np.array([first + len(c) - 1 for first, c in days], dtype=int)

    def windows(self, hours: float) -> list[Integers]:
        """Split the operating steps into runs of ``hours`` hours that cross no cycle; the last may be shorter."""
        runs: list[Integers] = []
        for ring in self.rings:
            length = max(1, round(hours / self.hours[ring.steps[0]]))
            runs += np.split(ring.steps, range(length, len(ring.steps), length))
        return runs

    def trailing_sum(self, values: Floats, hours: float) -> Floats:
        """Return the sum of values x step hours over the ``hours`` hours up to each step, round its cycle."""
        total = np.empty(self.size)
        for first, (_, cycle) in zip(self.starts, self.segments, strict=True):
            here = values[first : first + len(cycle)] * cycle.step_hours
            count = min(len(cycle), max(1, round(hours / cycle.step_hours)))
            ring = np.concatenate([here[-count:], here])
            sums = np.cumsum(ring)
            total[first : first + len(cycle)] = sums[count:] - sums[:-count]
        return total

    def spread(self, operating: Any, design: Any) -> Floats:
        """Repeat a series of one phase over all phases.

        Parameters
        ----------
        operating, design : float or array
            Values on the operating steps of one phase, and on its design steps, cycle after cycle. What is given for
            the first cycles only, such as the weather of the first delay, is repeated for the others.

        Returns
        -------
        array, shape (size,)
        """
        found = []
        for given, wanted in ((operating, False), (design, True)):
            lengths = [len(cycle) if cycle.design is wanted else 0 for cycle in self.cycles]
            first = np.cumsum([0, *lengths])
            values = _repeated(np.asarray(given, dtype=float), int(first[-1]))
            members = [numbers[0] for _, numbers in self._members if self.cycles[numbers[0]].design is wanted]
            found += [values[first[number] : first[number + 1]] for number in members]
        return np.concatenate(found)

    def by_phase(self, values: Sequence[float]) -> Floats:
        """Give every step the value of its phase; shape (size,)."""
        return np.asarray(values, dtype=float)[self.phase_number]

    def courses(self, phase: int) -> list[tuple[Outcome, Ring]]:
        """Return every outcome and the ring that it shares with those alike in a phase, in the order of the cycles."""
        numbers = [members for p, members in self._members if not self.cycles[members[0]].design]
        shared = {n: ring for ns, ring in zip(numbers, self.rings, strict=True) if ring.phase == phase for n in ns}
        return [(cycle.outcome, shared[n]) for n, cycle in enumerate(self.cycles) if not cycle.design]

    def split(self, series: Floats, phase: int) -> Floats:
        """Return the operating part of ``series`` in one phase, all outcomes in the order of the cycles."""
        return np.concatenate([series[ring.steps] for _, ring in self.courses(phase)])

    @cached_property
    def hours_a_year(self) -> Floats:
        """How many hours of a year each value of `split` stands for; in all 8,760."""
        return np.concatenate([c.weights * c.step_hours for c in self.cycles if not c.design])

    def arrived(self, promise: str) -> Floats:
        """Return one at the steps at which a promise is kept, zero before."""
        kept = [promise in cycle.outcome.arrived(self.phases[p].start) for p, cycle in self.segments]
        return np.array(kept, dtype=float)[self.segment_number]

    def chance(self, promise: str) -> Floats:
        """Return the probability that a promise is kept, by phase; shape (phases,)."""
        found = np.zeros(len(self.phases))
        for ring in self.rings:
            kept = promise in ring.outcome.arrived(self.phases[ring.phase].start)
            found[ring.phase] += ring.outcome.probability * kept
        return found

    def years_until(self, phase: int) -> float:
        """Return the years from the decision to the start of a phase."""
        return years_between(self.decision, self.phases[phase].start)


def _repeated(values: Floats, count: int) -> Floats:
    """Repeat a constant or a series of some cycles over all of them."""
    if values.ndim == 0 or not count:
        return np.full(count, values if values.ndim == 0 else 0.0)
    if count % len(values):
        raise ValueError(f"{len(values):,} values do not repeat to {count:,} steps")
    return np.tile(values, count // len(values))


def _state(number: int, cycle: Cycle, day: date) -> Hashable:
    """Return what tells a cycle from the others in a phase: two of the same state are operated alike."""
    outcome = cycle.outcome
    return (cycle.name, outcome.weather, outcome.arrived(day)) if outcome.arrivals else number
