"""Split a phase into its outcomes: what ties them together is only that they share sizes.

Each outcome is given sizes of its own, which it pays for with its probability. What all of them cost together is not
more than the cost of the plan, and their duals put together bound it from below: no dual of the equation between the
copies is needed where the years are alike. The mean of the sizes is the proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from gigasite.models.timeline import Ring

from .linear import Integers
from .matrix import Compiled
from .phases import Part, joined, part_of
from .steps import steps_of


def by_ring(parts: list[Part], compiled: Compiled, operating: Integers) -> list[Part]:
    """Return parts in which no two outcomes share a column that no hour touches.

    Parameters
    ----------
    parts : list of Part
    compiled : Compiled
    operating : array of int
        Columns of operating steps, and those of yearly amounts that depend on them.
    """
    timeline = compiled.network.time.timeline
    if len(timeline.rings) == len(timeline.phases):
        return parts
    number_of_step = np.full(timeline.size, -1)
    for number, each in enumerate(timeline.rings):
        number_of_step[each.steps] = number
    step = steps_of(compiled)
    ring = np.where(step >= 0, number_of_step[step], -1)
    hourly = np.zeros(len(step), dtype=bool)
    hourly[operating] = True
    return [each for part in parts for each in _apart(part, ring[part.columns], hourly[part.columns], timeline.rings)]


def _apart(part: Part, ring: Integers, hourly: NDArray[np.bool_], rings: Sequence[Ring]) -> list[Part]:
    """Split one part; ``ring`` is the number of the ring that a column stands in, -1 where it stands in none."""
    here = np.flatnonzero(hourly)
    of_ring = _ring_of(part.matrix.a[:, here], ring[here])
    numbers = np.unique(of_ring)
    phases = {rings[number].phase for number in numbers}
    if len(numbers) < 2 or (numbers < 0).any() or len(phases) > 1:  # small phases are kept in one part
        return [part]
    by_row = sp.csr_array(part.matrix.a)
    touched = np.diff(by_row[:, here].indptr) > 0
    shared_columns, shared_rows = np.flatnonzero(~hourly), np.flatnonzero(~touched)
    found = []
    for number in numbers:
        own = here[of_ring == number]
        rows = np.concatenate([np.unique(part.matrix.a[:, own].indices), shared_rows])
        columns = np.concatenate([own, shared_columns])
        share = np.concatenate([np.ones(len(own)), np.full(len(shared_columns), rings[number].outcome.probability)])
        small = part_of(part.matrix, by_row[rows][:, columns], rows, columns)
        small = replace(small, cost=small.cost * share)
        found.append(Part(part.rows[rows], part.columns[columns], small, share))
    return found


def _ring_of(a: sp.csc_array, ring: Integers) -> Integers:
    """Return for each column the ring that its rows join it to; -1 for all where rows join two rings, or none."""
    _, label = joined(a)
    least, most = np.full(label.max(initial=0) + 1, np.iinfo(np.int64).max), np.full(label.max(initial=0) + 1, -1)
    known = ring >= 0
    np.minimum.at(least, label[known], ring[known])
    np.maximum.at(most, label[known], ring[known])
    return np.where((least == most)[label].all(), most[label], -1) if len(ring) else ring
