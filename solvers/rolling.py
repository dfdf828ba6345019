"""A fixed design operated without perfect foresight: look two days ahead, keep one, go on.

Every window is an exact programme over the compiled matrix with the sizes fixed. What an operator knows, and no more:

- The weather and demand of the window, call-offs included, which come from weather or contract.
- What was done before: stores carry their level over. The first window starts at the level of the plan, and the last
  returns to it.
- What a store is worth after the window: the dual of the row that carries it over, averaged over the days of the month
  at that hour of the day. Experience tells that; what the coming week brings is not in it.
- Budgets: of yearly, monthly and daily sums that reach beyond the window, the rest of the time is left what the plan
  uses there on an average day of each month. To take more costs twice the dual of the plan, and has to be made up for
  later: in the window that completes the sum it holds.
- Highest values of a month or year, such as billed peaks: those of the plan are the target. To stay below earns
  nothing, to exceed costs the full charge, and what was exceeded once is paid for.

What cannot be met is missed at the price of a shortage, and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from gigasite.models.errors import SolverError
from gigasite.models.network import DOLLARS_PER_MODEL_UNIT
from gigasite.models.progress import Progress, Stage, silent
from gigasite.models.timeline import Timeline

from .dispatch import dispatch, elastic, shifted
from .highs import OPTIMAL, SIMPLEX, solve
from .linear import Floats, Integers
from .matrix import Compiled, Matrix
from .mend import operating_columns
from .parallel import in_parallel
from .phases import Part, split
from .steps import steps_of

LOOK_HOURS, KEEP_HOURS = 48.0, 24.0
SHORTAGE_USD = 10_000.0  # per unit of what is missed, as for a frozen design
OVERDRAFT = 2.0  # times the dual of a sum
LEAST_PRICE = 1e-9
NOISE = 1e-6
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Rolled:
    """A dispatch without perfect foresight.

    Parameters
    ----------
    x : array, shape (columns,)
        Sizes as given, operation as it went.
    missed : mapping
        Equation and what it was missed by in each phase, over the year; empty where everything was met.
    windows : int
    """

    x: Floats
    missed: Mapping[str, Floats]
    windows: int


@dataclass(frozen=True)
class Span:
    """Where each row stands in time.

    Parameters
    ----------
    first : array of int, shape (rows,)
        First operating step of each row, the last of its ring where the row closes it; -1 where it has none.
    count : array of int
        Different steps.
    closes : array of bool
        Whether it joins the end of a ring to its beginning.
    """

    first: Integers
    count: Integers
    closes: Flags


@dataclass(frozen=True)
class Window:
    """Steps [first, kept) are kept, [first, last) are looked at."""

    first: int
    kept: int
    last: int


def roll(
    compiled: Compiled,
    x: Floats,
    duals: Floats,
    *,
    look_hours: float = LOOK_HOURS,
    keep_hours: float = KEEP_HOURS,
    progress: Progress = silent,
) -> Rolled:
    """Dispatch a plan again, window by window.

    Parameters
    ----------
    compiled : Compiled
    x : array, shape (columns,)
        The plan, dispatched with perfect foresight.
    duals : array, shape (rows,)
        Of that dispatch.
    look_hours, keep_hours : float
        How far a window looks ahead, and what is kept of it [h].

    Raises
    ------
    SolverError
        If a window has no answer.
    """
    timeline = compiled.network.time.timeline
    step = steps_of(compiled)
    operating = operating_columns(compiled)
    fixed = np.ones(len(x), dtype=bool)
    fixed[operating] = False
    free = shifted(compiled.matrix, compiled.matrix.a @ np.where(fixed, x, 0.0))
    span = spans(compiled.matrix, np.where(fixed, -1, step), timeline)
    variables = [compiled.columns.slice(variable) for variable in compiled.columns.variables]
    usual = averaged(timeline, x, variables, step)
    price = averaged(timeline, duals[: free.a.shape[0]], free.rows.values(), span.first)
    parts = split(free, np.arange(free.a.shape[0]), operating)
    windows = list(_windows(timeline, look_hours, keep_hours))
    shortage = _shortage(compiled, span)
    told = _Told(progress, len(windows) * len(parts))
    rolled = in_parallel(
        lambda part: _Operator(
            part, step[part.columns], _of(span, part.rows), price[part.rows], shortage[part.rows], usual[part.columns]
        ).run(x[part.columns], windows, told),
        parts,
    )
    found = x.copy()
    for part, values in zip(parts, rolled, strict=True):
        found[part.columns] = values
    found, missed = _settled(compiled, found, step, fixed, shortage)
    return Rolled(found, missed, len(windows))


def spans(matrix: Matrix, step: Integers, timeline: Timeline) -> Span:
    """Return where each row stands in time, by the steps of its columns."""
    rows = matrix.a.shape[0]
    entries = matrix.a.tocoo()
    inside = step[entries.col] >= 0
    pair = np.unique(entries.row[inside].astype(np.int64) * timeline.size + step[entries.col[inside]])
    row, at = pair // timeline.size, pair % timeline.size
    count = np.bincount(row, minlength=rows)
    first, last = np.full(rows, -1), np.full(rows, -1)
    begins = np.flatnonzero(np.diff(row, prepend=-1))
    first[row[begins]] = at[begins]
    last[row[begins]] = at[np.append(begins[1:], len(at)) - 1] if len(at) else 0
    length = np.zeros(timeline.size, dtype=np.int64)
    start = 0
    for _, cycle in timeline.segments:
        length[start : start + len(cycle)] = len(cycle)
        start += len(cycle)
    jump = np.zeros(rows, dtype=np.int64)
    if len(at) > 1:
        np.maximum.at(jump, row[1:], np.where(row[1:] == row[:-1], np.diff(at), 0))
    ring = np.where(first >= 0, length[first], 0)
    # Round a ring the widest hole lies inside the row, not between its last step and its first.
    closes = (2 * jump > ring) & (jump > ring - (last - first))
    return Span(np.where(closes, last, first), count, closes)


def averaged(timeline: Timeline, values: Floats, groups: Iterable[slice], step: Integers) -> Floats:
    """Return values averaged over the days of each month, apart for each hour of the day.

    Parameters
    ----------
    values : array
    groups : iterable of slice
        What is averaged apart: each constraint, each variable.
    step : array of int
        Step of each value; -1 leaves it as it is.
    """
    ring, hour = np.zeros(timeline.size, dtype=np.int64), np.zeros(timeline.size, dtype=np.int64)
    start = 0
    for number, (_, cycle) in enumerate(timeline.segments):
        here = slice(start, start + len(cycle))
        ring[here], hour[here] = number, (np.arange(len(cycle)) * cycle.step_hours % 24.0 * 60.0).astype(np.int64)
        start += len(cycle)
    found = values.copy()
    for where in groups:
        timed = np.flatnonzero(step[where] >= 0)
        if not timed.size:
            continue
        at = step[where][timed]
        code = (ring[at] * 12 + timeline.month[at] - 1) * 1440 + hour[at]
        _, group, size = np.unique(code, return_inverse=True, return_counts=True)
        mean = np.bincount(group, values[where][timed]) / size
        found[where.start + timed] = mean[group]
    return found


def _windows(timeline: Timeline, look: float, keep: float) -> Iterator[Window]:
    start = 0
    for _, cycle in timeline.segments:
        end = start + len(cycle)
        if not cycle.design:
            kept, seen = max(1, round(keep / cycle.step_hours)), max(1, round(look / cycle.step_hours))
            for first in range(start, end, kept):
                yield Window(first, min(first + kept, end), min(first + max(seen, kept), end))
        start = end


def _of(span: Span, rows: Integers) -> Span:
    return Span(span.first[rows], span.count[rows], span.closes[rows])


def _shortage(compiled: Compiled, span: Span) -> Floats:
    """Price of missing each row by one unit [1,000 USD]; zero where it may not be missed.

    Balances and meters may be missed, and whatever adds up more than two steps.
    """
    timeline = compiled.network.time.timeline
    worth = np.array([phase.present_value_years for phase in timeline.phases])
    by_step = worth[timeline.phase_number] * np.where(timeline.operating, timeline.hours * timeline.weight, 1.0)
    price = np.zeros(compiled.matrix.a.shape[0])
    timed = span.first >= 0
    loose = timed & (span.count > 2)
    price[loose] = worth[timeline.phase_number[span.first[loose]]]
    for name, where in compiled.matrix.rows.items():
        if name.startswith(("balance.", "metered.")):
            here = np.flatnonzero(timed[where] & (span.count[where] <= 2)) + where.start
            price[here] = by_step[span.first[here]]
    return price * SHORTAGE_USD / DOLLARS_PER_MODEL_UNIT


class _Told:
    """Counts windows for the progress."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, max(total, 1), 0

    def __call__(self) -> None:
        self._done += 1
        self._progress(Stage("rolling", fraction=min(1.0, self._done / self._total)))


class _Operator:
    """Operates one part of the plan, window after window."""

    def __init__(self, part: Part, step: Integers, span: Span, price: Floats, shortage: Floats, usual: Floats) -> None:
        self.matrix, self.step, self.span = part.matrix, step, span
        self.price, self.shortage, self.usual = price, shortage, usual
        self.by_row = sp.csr_array(part.matrix.a)
        self.shared = np.flatnonzero(step < 0)
        order = np.argsort(step, kind="stable")
        self.ordered, self.sorted_steps = order, step[order]
        self.only_shared = np.flatnonzero((span.first < 0) & (np.diff(self.by_row.indptr) > 0))
        self.floor = part.matrix.lower.copy()
        self.peaks = self._peaks()

    def run(self, plan: Floats, windows: list[Window], told: Callable[[], None]) -> Floats:
        """Return the values of the part's columns as operated."""
        x, done = plan.copy(), np.zeros(len(plan), dtype=bool)
        targets = np.unique(self.by_row[self.peaks][:, self.shared].nonzero()[1]) if self.peaks.size else self.peaks
        self.floor[self.shared[targets]] = np.maximum(self.floor, np.minimum(plan, self.matrix.upper))[
            self.shared[targets]
        ]
        for window in windows:
            columns = self._columns(window.first, window.last)
            if columns.size:
                self._operate(x, done, columns, window)
            told()
        return x

    def _columns(self, first: int, last: int) -> Integers:
        begin, end = np.searchsorted(self.sorted_steps, (first, last))
        return np.asarray(self.ordered[begin:end])

    def _peaks(self) -> Integers:
        """Rows of one step and one column that belongs to none: highest values."""
        alone = np.zeros(self.by_row.shape[1])
        alone[self.shared] = 1.0
        pattern = abs(self.by_row).sign()
        return np.flatnonzero((self.span.count == 1) & (pattern @ alone == 1))

    def _operate(self, x: Floats, done: Flags, columns: Integers, window: Window) -> None:
        active = np.concatenate([columns, self.shared])
        rows = np.union1d(np.unique(self.matrix.a[:, columns].indices), self.only_shared)
        small, price = self._window(rows, active, x, done)
        missable = np.flatnonzero(price > 0)
        loose = elastic(small, missable, price[missable])
        answer = solve(loose, {} if small.integral.any() else SIMPLEX)
        if answer.status != OPTIMAL:
            raise SolverError(
                f"the rolling dispatch ended as {answer.status!r} in the window from step {window.first}. "
                "Solve the site without it."
            )
        kept = self.step[columns] < window.kept
        x[columns[kept]] = answer.x[: len(columns)][kept]
        done[columns[kept]] = True
        self._raise_floors(x, window)

    def _window(self, rows: Integers, active: Integers, x: Floats, done: Flags) -> tuple[Matrix, Floats]:
        """Return the programme of a window, and the price of missing each of its rows; zero where none may be missed.

        The past is put into the limits. The future is left open at a price where a row only carries over, and taken as
        usual where it adds up.
        """
        matrix, part = self.matrix, self.by_row[rows]
        future, past = ~done, done.copy()
        future[active] = past[active] = False
        ahead = abs(part) @ future.astype(float) > 0
        closes, adds = ahead & self.span.closes[rows], self.span.count[rows] > 2
        sums, carries = ahead & adds & ~closes, ahead & ~adds & ~closes
        given = part @ np.where(past, x, 0.0)
        given += np.where(closes, part @ np.where(future, x, 0.0), 0.0)
        given += np.where(sums, part @ np.where(future, self.usual, 0.0), 0.0)
        up, down = part.maximum(0), part.minimum(0)
        low, high = np.where(future, matrix.lower, 0.0), np.where(future, matrix.upper, 0.0)
        least, most = np.where(carries, (up @ low + down @ high, up @ high + down @ low), 0.0)
        inside = sp.csc_array(part[:, active])
        small = Matrix(
            a=inside,
            cost=matrix.cost[active] - inside.T @ np.where(carries, self.price[rows], 0.0),
            offset=0.0,
            lower=self.floor[active],
            upper=matrix.upper[active],
            row_lower=matrix.row_lower[rows] - given - most,
            row_upper=matrix.row_upper[rows] - given - least,
            integral=matrix.integral[active],
            rows={},
        )
        overdrawn = np.maximum(OVERDRAFT * np.abs(self.price[rows]), LEAST_PRICE)
        return small, np.where(sums, overdrawn, self.shortage[rows])

    def _raise_floors(self, x: Floats, window: Window) -> None:
        """Keep the highest values that were reached."""
        first = self.span.first[self.peaks]
        rows = self.peaks[(first >= window.first) & (first < window.kept)]
        if not rows.size:
            return
        part = self.by_row[rows]
        values = x.copy()
        values[self.shared] = 0.0
        given = part @ values
        entries = part[:, self.shared].tocoo()
        row, column, slope = entries.row, self.shared[entries.col], entries.data
        limit = np.where(slope > 0, self.matrix.row_lower[rows][row], self.matrix.row_upper[rows][row])
        with np.errstate(invalid="ignore"):
            least = (limit - given[row]) / slope
        bound = np.isfinite(least)
        np.maximum.at(self.floor, column[bound], np.minimum(least[bound], self.matrix.upper[column[bound]]))


def _settled(
    compiled: Compiled, x: Floats, step: Integers, fixed: Flags, shortage: Floats
) -> tuple[Floats, dict[str, Floats]]:
    """Read meters and bills from the operation, and count what was missed."""
    matrix, timeline = compiled.matrix, compiled.network.time.timeline
    held = np.flatnonzero(fixed | (step >= 0))
    rows = np.flatnonzero(shortage > 0)
    open_columns = np.ones(len(x))
    open_columns[held] = 0.0
    # What the windows kept to within a hair is not asked for again.
    asked = (shortage > 0) | (abs(matrix.a) @ open_columns > 0)
    bills = replace(
        matrix,
        row_lower=np.where(asked, matrix.row_lower, -np.inf),
        row_upper=np.where(asked, matrix.row_upper, np.inf),
    )
    answer = dispatch(elastic(bills.fixed(held, x[held]), rows, shortage[rows]))
    if answer.status != OPTIMAL:
        raise SolverError(f"the bills of the rolling dispatch ended as {answer.status!r}. Solve the site without it.")
    width, count = matrix.a.shape[1], len(rows)
    slack = answer.x[width : width + count] + answer.x[width + count :]
    span = spans(matrix, np.where(fixed, -1, step), timeline)
    missed: dict[str, Floats] = {}
    amounts = np.where(span.count[rows] > 2, 1.0, (timeline.hours * timeline.weight)[span.first[rows]])
    for name, where in matrix.rows.items():
        here = np.flatnonzero((rows >= where.start) & (rows < where.stop) & (slack > NOISE))
        if here.size:
            phase = timeline.phase_number[span.first[rows[here]]]
            sums = np.bincount(phase, (slack * amounts)[here], minlength=len(timeline.phases))
            missed[name] = np.asarray(sums, dtype=float)
    return answer.x[:width], missed
