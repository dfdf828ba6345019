"""Round sizes up to whole racks and units, mend the rest, and dispatch again."""

from __future__ import annotations

import numpy as np

from .certified import mended
from .dispatch import dispatch
from .highs import OPTIMAL, Answer
from .linear import Floats
from .matrix import Compiled
from .phases import links

ALMOST = 1e-6  # of a unit: less above a whole number is noise
MORE = (1e-6, 5e-4, 5e-3, 2e-2)  # a rack more draws more power: by how much the rest may have to grow


def rounded(compiled: Compiled, answer: Answer, seconds: float) -> tuple[Answer, tuple[str, ...]]:
    """Return the dispatch of the plan with whole racks and units, and a note where it could not be rounded."""
    lower, upper = compiled.matrix.lower.copy(), compiled.matrix.upper.copy()
    changed = False
    for terms in compiled.network.terms.values():
        for record in terms.capacities:
            if record.unit_size is None:
                continue
            added = compiled.columns.slice(record.added)
            stands = compiled.columns.slice(record.capacity)
            free = lower[stands] < upper[stands]
            whole = np.ceil(answer.x[added] / record.unit_size - ALMOST) * record.unit_size
            whole = np.where(free, whole, answer.x[added])
            changed |= bool(np.any(np.abs(whole - answer.x[added]) > ALMOST * record.unit_size))
            lower[added] = upper[added] = np.maximum(whole, 0.0)
    if not changed:
        return answer, ()
    return _again(compiled, answer, lower, upper, seconds)


def _again(
    compiled: Compiled, answer: Answer, lower: Floats, upper: Floats, seconds: float
) -> tuple[Answer, tuple[str, ...]]:
    link = links(compiled)
    columns = np.concatenate([link.added, link.capacity])
    for more in MORE:
        sizes = mended(compiled, compiled.matrix, link, answer.x, more, lower=lower, upper=upper)
        if sizes is None:
            break
        plan = dispatch(compiled.matrix.fixed(columns, sizes[columns]), seconds=seconds)
        if plan.status == OPTIMAL:
            return plan, ()
    note = "sizes could not be rounded up to whole racks and units within the limits; they are reported as optimised"
    return answer, (note,)
