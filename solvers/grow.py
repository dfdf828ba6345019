"""Sizes that are a little too small for some days: grown as little as those days need.

A first-order answer misses its equations by little in the mean, but by a per cent in a few hours, and a store that
falls short in one outage leaves no dispatch at all. With what cannot be supplied missed at a price, every hour of the
year still gets a dispatch. Where it falls short, the days around are solved once more, exactly, with the sizes free to
grow at their cost and the rest of the year as it is. The dispatch of the rest and those days together is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import scipy.sparse as sp

from .dispatch import MISSED, elastic, shifted
from .highs import OPTIMAL, SIMPLEX, solve
from .linear import Floats, Integers
from .matrix import Compiled, Matrix
from .phases import Links

AROUND_STEPS = 24  # before and after the hours that fall short
LONGEST_STEPS = 240
NOISE = 1e-6
ROOM = 1e-6  # relative, so that what just suffices suffices in the dispatch too


def grown(compiled: Compiled, link: Links, x: Floats, cost: Floats, step: Integers) -> Floats | None:
    """Return sizes that leave a dispatch, where those given leave none; None where growing does not help.

    Parameters
    ----------
    compiled : Compiled
    link : Links
    x : array, shape (columns,)
        Sizes, and a dispatch that misses some balances; see `dispatch`.
    cost : array, shape (columns,)
        Cost of one more unit of each capacity, its share of what is added included.
    step : array of int, shape (columns,)
        Step of each column, -1 where it has none.
    """
    found = x.copy()
    for more in _grown(compiled, link, found, x, cost, step, _hours(compiled.matrix, balances(compiled), x, step)):
        if more is None:
            return None
        found[link.capacity] = more
    return found


def ready(compiled: Compiled, link: Links, x: Floats, cost: Floats, step: Integers) -> Floats:
    """Return sizes that serve every event, such as an outage, with the rest of the year as it is.

    The first-order method misses events by more than other hours: they weigh next to nothing in the year.

    Parameters
    ----------
    compiled, link, cost, step
        As in `grown`.
    x : array, shape (columns,)
        Sizes, and a dispatch that is not exact.
    """
    found = x.copy()
    for more in _grown(compiled, link, found, x, cost, step, event_steps(compiled)):
        if more is not None:
            found[link.capacity] = more
    return found


def event_steps(compiled: Compiled) -> Integers:
    """Return the steps of the year that are looked at by themselves: outages."""
    events = [steps for terms in compiled.network.terms.values() for steps in terms.events.values()]
    return np.array(sorted({step for steps in events for step in steps}), dtype=np.int64)


def _grown(
    compiled: Compiled, link: Links, found: Floats, x: Floats, cost: Floats, step: Integers, hours: Integers
) -> Iterator[Floats | None]:
    """Yield the capacities that each run of days around some hours needs, or None; ``found`` may grow meanwhile."""
    by_row = sp.csr_array(compiled.matrix.a)
    for first, last in _windows(hours, compiled):
        inside = (step >= first) & (step < last)
        yield _window(compiled.matrix, by_row, link.capacity, found, x, cost, inside, step)


def balances(compiled: Compiled) -> Integers:
    """Return the rows that a dispatch may miss at a price."""
    names = [name for name in compiled.matrix.rows if name.startswith(("balance.", "metered."))]
    rows = [np.arange(compiled.matrix.rows[name].start, compiled.matrix.rows[name].stop) for name in names]
    return np.concatenate([np.empty(0, dtype=np.int64), *rows])


def _hours(matrix: Matrix, rows: Integers, x: Floats, step: Integers) -> Integers:
    """Return the steps in which rows fall short."""
    part = sp.csr_array(matrix.a)[rows]
    activity = part @ x
    missed = np.maximum(matrix.row_lower[rows] - activity, activity - matrix.row_upper[rows])
    found = step[part[missed > NOISE * (1.0 + abs(part) @ np.abs(x))].indices]
    return np.unique(found[found >= 0])


def _windows(hours: Integers, compiled: Compiled) -> list[tuple[int, int]]:
    """Return runs of steps around hours that fall short, none across the end of a ring."""
    timeline = compiled.network.time.timeline
    found: list[tuple[int, int]] = []
    start = 0
    for _, cycle in timeline.segments:
        end = start + len(cycle)
        for hour in hours[(hours >= start) & (hours < end)].tolist():
            first, last = max(start, hour - AROUND_STEPS), min(end, hour + AROUND_STEPS + 1)
            if (
                found
                and start <= found[-1][1]
                and first <= found[-1][1]
                and last - found[-1][0] <= LONGEST_STEPS
                and found[-1][0] >= start
            ):
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        start = end
    return found


def _window(
    matrix: Matrix, by_row: sp.csr_array, capacity: Integers, sizes: Floats, x: Floats, cost: Floats,
    inside: np.ndarray, step: Integers,
) -> Floats | None:  # fmt: skip
    """Return the capacities that the hours of a window need, with the other hours as they are."""
    hourly = np.flatnonzero(inside)
    reached = np.unique(matrix.a[:, hourly].indices)
    touched = np.unique(by_row[reached].indices)
    sized = np.intersect1d(capacity, touched)
    shared = np.setdiff1d(touched[step[touched] < 0], sized)
    shared = shared[matrix.lower[shared] < matrix.upper[shared]]
    active = np.concatenate([hourly, sized, shared])
    # Rows in which the shared columns meet other hours must go on holding there.
    rows = np.union1d(reached, np.unique(matrix.a[:, shared].indices)) if shared.size else reached
    part = by_row[rows]
    others = x.copy()
    others[active] = 0.0
    given, before = part @ others, part @ x
    within = np.zeros(matrix.a.shape[0], dtype=bool)
    within[reached] = True
    # What another hour misses already is not asked for here.
    low = np.where(within[rows], matrix.row_lower[rows], np.minimum(matrix.row_lower[rows], before))
    high = np.where(within[rows], matrix.row_upper[rows], np.maximum(matrix.row_upper[rows], before))
    lower, upper, price = matrix.lower.copy(), matrix.upper.copy(), matrix.cost.copy()
    lower[sized] = np.minimum(sizes[sized], upper[sized])
    price[sized] = np.maximum(cost[sized], 1e-9)
    small = shifted(
        replace(
            matrix, a=sp.csc_array(part[:, active]), cost=price[active], lower=lower[active], upper=upper[active],
            row_lower=low, row_upper=high, integral=np.zeros(len(active), dtype=bool), rows={},
        ),
        given,
    )  # fmt: skip
    # What other hours leave behind may not be exact: rows shared with them may be missed, at a price above any other.
    outside = np.zeros(matrix.a.shape[1], dtype=bool)
    outside[step >= 0] = True
    outside[hourly] = False
    edge = np.flatnonzero(np.diff(part[:, outside].indptr) > 0)
    answer = solve(elastic(small, edge, np.full(len(edge), MISSED)), SIMPLEX)
    if answer.status != OPTIMAL:
        return None
    found = sizes[capacity].copy()
    order = np.argsort(capacity)
    where = order[np.searchsorted(capacity[order], sized)]
    grown_to = answer.x[len(hourly) : len(hourly) + len(sized)]
    found[where] = np.maximum(found[where], grown_to * (1 + ROOM) * (grown_to > sizes[sized] + NOISE))
    return found
