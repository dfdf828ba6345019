"""What a solve returns, verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from .linear import Floats


@dataclass(frozen=True)
class Solution:
    """A verified solution.

    Parameters
    ----------
    x : array, shape (columns,)
    duals : array, shape (rows,)
        Of the dispatch, in 1,000 USD of present value per unit.
    sizing_usd, dispatch_usd, bound_usd : float
        Cost of the certified plan, of the plan that is reported (sizes rounded), and the bound below the optimum.
    gap : float
        Certified gap of the reported plan [1].
    method : str
        ``certified``, ``exact``, ``branch and bound`` or ``frozen design``.
    shortage : mapping
        Bus and what it was not supplied over all phases, for a frozen design.
    seconds : mapping
        ``solve`` and ``check``.
    sizing_duals : array, shape (rows,)
        Of the sizing, in the same units: what one more unit in a row is worth when sizes may change, on design days
        too. Empty where sizes were not chosen or come in whole units.
    checks : mapping
        What `gigasite.solvers.verify.Checks` says of the dispatch: residuals, complementarity and the gap of its own
        duals. Empty for a frozen design.
    warnings : tuple of str
        Where rounding to whole racks and units misses the gap, and by how much.
    sizes_from : str
        Name of the like plan whose sizes were kept; empty where they were chosen.
    """

    x: Floats
    duals: Floats
    sizing_usd: float
    dispatch_usd: float
    bound_usd: float
    gap: float
    method: str
    shortage: Mapping[str, Floats] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    sizing_duals: Floats = field(default_factory=lambda: np.empty(0))
    checks: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    sizes_from: str = ""
