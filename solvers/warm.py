"""A plan that differs from another one only in numbers: its sizes and its duals come first.

Duals of one programme bound every other programme of the same shape, and the basis in which simplex left one dispatch
is close to that of the next. Where the sizes of the other plan, dispatched exactly, are certified almost as closely as
there, they are the plan. Where they are not, they are chosen anew, and only the dispatch begins where the other ended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .bases import Bases
from .bound import tightened
from .certified import Proposal, proven
from .cuts import Operation
from .dispatch import dispatch
from .highs import OPTIMAL
from .linear import Floats
from .matrix import Compiled
from .mend import at_sizes, mended, operating_columns
from .phases import links
from .whole import Family, bound_of_whole, is_whole, least_units

FURTHER = 0.2  # of the gap asked for: sizes that lie no further from the bound than this, against where they come from


@dataclass(frozen=True)
class Start:
    """What a plan leaves to others of the same shape.

    Parameters
    ----------
    rows : mapping
        Name of each constraint and its rows.
    x : array, shape (columns,)
        With its sizes.
    duals : tuple of array, each of shape (rows,)
        What is known to bound the plan.
    bases : Bases
        Where simplex left its dispatch.
    gap, asked : float
        Its certified gap, and the one that was asked for [1].
    name : str
        What it is called.
    """

    rows: Mapping[str, slice]
    x: Floats
    duals: tuple[Floats, ...]
    bases: Bases
    gap: float
    asked: float
    name: str

    def fits(self, compiled: Compiled) -> bool:
        """Whether a programme has the same rows and columns."""
        return compiled.matrix.a.shape[1] == len(self.x) and dict(compiled.matrix.rows) == dict(self.rows)


class Memory:
    """What plans that are made one after the other leave to those that follow.

    Parameters
    ----------
    start : Start or None
        Of the last plan whose sizes were chosen.
    name : str
        What the next plan is called.
    """

    def __init__(self, name: str = "") -> None:
        self.start: Start | None = None
        self.name = name

    def fitting(self, compiled: Compiled) -> Start | None:
        """Return the start, if a programme has its rows and columns."""
        return self.start if self.start is not None and self.start.fits(compiled) else None


def warmed(
    compiled: Compiled,
    start: Start,
    *,
    gap: float,
    seconds: float,
    units: Sequence[Family] = (),
    tick: Callable[[float], None] | None = None,
) -> Proposal | None:
    """Return the plan with the sizes of another; None where they are not certified closely enough.

    That is within the gap asked for, or as closely as there where whole units kept the other plan from it, and in both
    cases not much less closely than there.

    Parameters
    ----------
    compiled : Compiled
    start : Start
        Of a programme with the same rows and columns.
    units : sequence of Family
        What is to be whole.
    gap : float
        Certified relative gap asked for [1].
    seconds : float
        Time limit [s].
    tick : callable or None
        Told the elapsed seconds a few times a second.
    """
    matrix, link = tightened(compiled.matrix), links(compiled)
    sizes = mended(compiled, matrix, link, start.x, 0.0)
    if sizes is None:
        return None
    answer = dispatch(at_sizes(compiled, sizes), seconds=seconds, tick=tick, bases=start.bases)
    if answer.status != OPTIMAL:
        return None
    operation = Operation.of(matrix, operating_columns(compiled))
    known = [*start.duals, answer.duals]
    found = proven(Proposal(answer, -np.inf, sizes=answer.x), operation, known)
    missed = bool(units) and start.gap > start.asked and gap >= start.asked
    close = min(max(gap, start.gap) if missed else gap, start.gap + FURTHER * gap)
    if found.gap > close and is_whole(units, answer.x):
        least = least_units(compiled.matrix, units, answer.x)
        found = replace(found, bound=max(found.bound, bound_of_whole(compiled, least, known)))
    return found if found.gap <= close else None
