"""When the grid fails: windows that are given, and windows that are drawn by chance from a seed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, Field, field_validator, model_validator

from .component import Frozen
from .quantities import Hours
from .timeline import MONTH_DAYS, Timeline

HOURS_PER_YEAR = 8760
MONTH_START = np.concatenate([[0], np.cumsum(MONTH_DAYS)[:-1]])
WHOLE = 1e-9


def _in_hours(value: Any) -> Any:
    """Read a bare number as hours, as the name of the field says."""
    return f"{value} hour" if isinstance(value, int | float) and not isinstance(value, bool) else value


Duration: Any = Annotated[Hours, Field(gt=0.0, le=HOURS_PER_YEAR), BeforeValidator(_in_hours)]


def hour_of_year(text: str) -> int:
    """Return the hour of a year of 365 days at which 'MM-DD hh' begins, 0 to 8,759.

    Raises
    ------
    ValueError
        If there is no such hour.
    """
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2}) (\d{1,2})(?::00)?", text.strip())
    if found is None:
        raise ValueError(f"must be a month, a day and an hour, got {text!r}. Write it as '07-14 15'")
    month, day, hour = (int(part) for part in found.groups())
    if not 1 <= month <= 12 or not 1 <= day <= MONTH_DAYS[month - 1] or hour > 23:
        raise ValueError(
            f"must be an hour of a year of 365 days, got {text!r}. Months run from 01 to 12, hours from 00 to 23"
        )
    return int(24 * (MONTH_START[month - 1] + day - 1) + hour)


def named(hour: int) -> str:
    """Return an hour of the year as 'MM-DD hh'."""
    month = int(np.searchsorted(MONTH_START, hour // 24, side="right"))
    return f"{month:02d}-{hour // 24 - MONTH_START[month - 1] + 1:02d} {hour % 24:02d}"


class Window(Frozen):
    """Hours of the year in which the grid gives nothing."""

    start: str
    """First hour, as month, day and hour of the site's clock: '07-14 15' is 14 July, 15:00 to 16:00."""
    hours: Duration
    """How long it lasts."""

    @field_validator("start")
    @classmethod
    def _an_hour(cls, text: str) -> str:
        return named(hour_of_year(text))

    @model_validator(mode="after")
    def _within_the_year(self) -> Window:
        if self.last > HOURS_PER_YEAR:
            raise ValueError(
                f"must end within the year, got {self.hours:g} h from {self.start}. Shorten it, or split it at new year"
            )
        return self

    @property
    def first(self) -> int:
        """First hour of the year, from 0."""
        return hour_of_year(self.start)

    @property
    def last(self) -> int:
        """First hour after it; a part of an hour counts whole."""
        return self.first + math.ceil(float(self.hours) - WHOLE)

    @property
    def label(self) -> str:
        """What an explanation calls it."""
        return f"outage of {self.hours:g} h from {self.start}:00"


class Sample(Frozen):
    """Windows drawn by chance: the same seed gives the same windows on every machine.

    Durations are exponential with the stated mean, -mean x ln(1 - u), rounded up to whole hours and cut at `longest`;
    starts are uniform over the hours of the year. A draw that would touch an earlier one or run past the year's end is
    drawn again.
    """

    seed: int = Field(ge=0)
    """Seed of the draws."""
    number: int = Field(ge=1, le=1000)
    """Windows a year."""
    mean: Duration
    """Mean duration before it is rounded and cut."""
    longest: Duration = 72.0
    """Longest duration."""

    @model_validator(mode="after")
    def _fits(self) -> Sample:
        if self.number * (self.longest + 2) > HOURS_PER_YEAR / 2:
            raise ValueError(
                f"windows must fit into half of the year, got {self.number} of up to {self.longest:g} h."
                " Lower number or longest"
            )
        return self

    def windows(self) -> tuple[Window, ...]:
        """Return the windows in the order of the year."""
        draws = np.random.Generator(np.random.PCG64(self.seed))
        taken = np.zeros(HOURS_PER_YEAR + 2, dtype=bool)
        found: list[tuple[int, int]] = []
        while len(found) < self.number:
            hours = min(math.ceil(-self.mean * math.log1p(-draws.random())) or 1, math.ceil(self.longest))
            first = int(draws.random() * HOURS_PER_YEAR)
            if first + hours <= HOURS_PER_YEAR and not taken[first : first + hours + 2].any():
                taken[first + 1 : first + hours + 1] = True  # place 0 stands before the year
                found.append((first, hours))
        return tuple(Window(start=named(first), hours=float(hours)) for first, hours in sorted(found))


def overlaps(windows: Sequence[Window]) -> Iterator[str]:
    """Yield a sentence for each pair of neighbours that share an hour."""
    ordered = sorted(windows, key=lambda window: window.first)
    for one, other in pairwise(ordered):
        if other.first < one.last:
            yield f"windows must not overlap, got {one.label} and {other.label}. Join them"


@dataclass(frozen=True)
class Run:
    """A window on a timeline: its steps in one outcome of a phase."""

    window: Window
    phase: str
    steps: tuple[int, ...]

    @property
    def label(self) -> str:
        """What an explanation calls it."""
        return self.window.label


def runs(timeline: Timeline, windows: Sequence[Window]) -> list[Run]:
    """Return the steps of every window in every phase and outcome, with its year of weather.

    Design days have no outages. A timeline that holds less than a year counts its hours from the start of January.

    Raises
    ------
    ValueError
        If a window lies beyond the hours that the timeline holds.
    """
    found = []
    for ring in timeline.rings:
        step_hours = float(timeline.hours[ring.steps[0]])
        for window in windows:
            begin, end = (round(hour / step_hours) for hour in (window.first, window.last))
            if end > len(ring.steps):
                hours = len(ring.steps) * step_hours
                raise ValueError(f"{window.label} must lie within the {hours:g} hours of the timeline. Move it")
            found.append(Run(window, timeline.names[ring.phase], tuple(ring.steps[begin:end].tolist())))
    return found
