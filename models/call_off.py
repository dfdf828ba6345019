"""Hours in which a utility takes part of a connection back: the hottest ones, those of given windows, or both."""

from __future__ import annotations

from typing import Any

import numpy as np
from pydantic import Field, model_validator

from .component import Floats, Frozen
from .conditions import Conditions
from .hourly import hourly
from .quantities import Fraction, Hours
from .timeline import MONTH_DAYS

HOURS_PER_YEAR = 8760
Window: Any = hourly("", bare=True, high=1.0)
"""One in the hours that are meant, zero in the others."""
MONTH_START = np.concatenate([[0], np.cumsum(MONTH_DAYS)[:-1]]) * 24


def check_window(values: Floats) -> None:
    """Refuse a window that is neither in nor out, or that holds no hour.

    Raises
    ------
    ValueError
        With rule, value and remedy.
    """
    for hour in np.flatnonzero((values != 0.0) & (values != 1.0))[:1]:
        raise ValueError(
            f"within must be 1 in the hours that are meant and 0 in the others, got {values[hour]:g} in hour {hour}."
            " Give windows, or a file of ones and zeros"
        )
    if not values.any():
        raise ValueError("within must hold at least one hour of the year, got none. Widen the windows")


class CallOff(Frozen):
    """Hours in which the utility takes part of the connection back, because its grid is strained.

    They are the hottest hours of the weather, of the whole year or of given windows, whatever suits the plan: the
    optimiser does not choose them.
    """

    share: Fraction
    """Share of the connection that may be called off."""
    hours: Hours | None = Field(default=None, le=HOURS_PER_YEAR)
    """Hours of a year in which it is: those with the highest dry bulb, the earlier of two that are alike; all hours of
    the windows where left out."""
    longest: Hours = Field(default=4.0, le=24.0)
    """Hours of one event; on each design day the hottest ones."""
    within: Window | None = None
    """Hours in which it may happen: `{windows: [{months: [6, 7, 8], hours: [14, 20]}]}`, or a file of ones and zeros;
    any hour where left out."""

    @model_validator(mode="after")
    def _some_hours(self) -> CallOff:
        if self.within is None:
            if self.hours is None:
                raise ValueError("states neither hours nor within. Write hours: 50 h, or the windows of the contract")
            return self
        check_window(self.within.values)
        if self.within.values.size == HOURS_PER_YEAR and self.hours is not None:
            open_to = float(self.within.values.sum())
            if self.hours > open_to:
                raise ValueError(
                    f"hours must fit into the windows, which hold {open_to:g} h a year, got {self.hours:g} h."
                    " Widen the windows, or lower the hours"
                )
        return self

    def remaining(self, weather: Conditions) -> Floats:
        """Return the share of the connection that is left at every hour of whole years."""
        left, open_to = np.ones(len(weather)), self._open_to(weather)
        for year in np.unique(weather.times.year):
            here = np.flatnonzero(weather.times.year == year)
            inside = here[open_to[here]]
            count = len(inside) if self.hours is None else round(self.hours / HOURS_PER_YEAR * len(here))
            left[inside[_hottest(weather.dry_bulb_c[inside], count)]] = 1.0 - self.share
        return left

    def remaining_on_design_day(self, weather: Conditions) -> Floats:
        """Return the share that is left at every hour of a design day, in the windows of its month."""
        left = np.ones(len(weather))
        inside = np.flatnonzero(self._open_to(weather, whole_month=True))
        count = round(self.longest / 24.0 * len(weather))
        left[inside[_hottest(weather.dry_bulb_c[inside], count)]] = 1.0 - self.share
        return left

    def _open_to(self, weather: Conditions, *, whole_month: bool = False) -> Any:
        """Return whether each step lies within the windows; with ``whole_month``, on any day of its month."""
        if self.within is None:
            return np.ones(len(weather), dtype=bool)
        values = self.within.values
        if values.size != HOURS_PER_YEAR:
            return np.broadcast_to(values[: len(weather)] > 0, (len(weather),))
        times = weather.times
        month, hour = times.month.to_numpy() - 1, times.hour.to_numpy()
        if whole_month:
            return np.array([_in_month(values, m, h) for m, h in zip(month, hour, strict=True)], dtype=bool)
        day = np.minimum(times.day.to_numpy(), MONTH_DAYS[month]) - 1  # 29 February is taken as the 28th
        return values[MONTH_START[month] + 24 * day + hour] > 0


def _in_month(values: Floats, month: int, hour: int) -> bool:
    first = MONTH_START[month] + hour
    return bool(values[first : first + 24 * MONTH_DAYS[month] - hour : 24].any())


def _hottest(dry_bulb_c: Floats, count: int) -> Any:
    """Return the places of the hottest values, the first ones among equals."""
    return np.argsort(-dry_bulb_c, kind="stable")[:count]
