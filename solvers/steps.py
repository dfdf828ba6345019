"""Where columns stand in time."""

from __future__ import annotations

import numpy as np

from .linear import Integers
from .matrix import Compiled


def steps_of(compiled: Compiled) -> Integers:
    """Return the step of each column, -1 for what belongs to no step; shape (columns,)."""
    found = np.full(compiled.columns.count, -1, dtype=np.int64)
    for variable in compiled.columns.variables:
        members = compiled.columns.members(variable.index_set()).array
        if members.dtype.kind == "i":
            found[compiled.columns.slice(variable)] = members
    return found
