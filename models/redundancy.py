"""Units beyond need: what N, N+1 and 2N cost, and the load that is left to each unit."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .component import Frozen
from .quantities import Number

Redundancy = Literal["N", "N+1", "2N"]


class Redundant(Frozen):
    """A block of equal units that share their load, some of them beyond need.

    The size is what is installed; what may be used is installed / `spare`. With N both are the same.
    """

    redundancy: Redundancy = "N"
    """Units beyond need in each block of plant: `N`, `N+1` or `2N`; all of them run, at part load."""
    modules: Number = Field(default=4.0, ge=1.0)
    """Units that a block needs; `N+1` adds one to them."""

    @property
    def spare(self) -> float:
        """What is bought over what is needed [1]."""
        factors = {"N": 1.0, "N+1": (self.modules + 1.0) / self.modules, "2N": 2.0}
        return float(factors[self.redundancy])

    @property
    def load(self) -> float:
        """Load of each unit while all of them run, over its rating [1]."""
        return 1.0 / self.spare
