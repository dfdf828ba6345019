"""What perfect foresight is worth to a plan: the same sizes, operated by someone who sees two days ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from gigasite.models.plan_tables import FOLLOWING
from gigasite.models.progress import Progress, silent
from gigasite.solvers.rolling import KEEP_HOURS, LOOK_HOURS, roll

from .tables import Finished, Floats

COLUMNS = FOLLOWING["foresight"]


@dataclass(frozen=True)
class Foresight:
    """What operating without perfect foresight costs.

    Parameters
    ----------
    table : DataFrame
        ``phase``, ``perfect_usd_per_year``, ``rolling_usd_per_year``, their difference ``worth_usd_per_year`` and its
        share of the first, ``worth_share`` [1].
    missed : mapping
        Requirement and what it was short of in each phase over the year; their price is in no cost.
    windows : int
    """

    table: pd.DataFrame
    missed: Mapping[str, Floats]
    windows: int

    @property
    def sentence(self) -> str:
        """What a reader should know, in a sentence."""
        worth, share = self.table["worth_usd_per_year"], self.table["worth_share"]
        by_phase = "; ".join(
            f"from {phase} {usd / 1e6:,.3g} M USD a year ({100 * part:.2g} %)"
            for phase, usd, part in zip(self.table["phase"], worth, share, strict=True)
        )
        text = (
            f"Operated {LOOK_HOURS:.0f} hours ahead, {KEEP_HOURS:.0f} at a time, instead of with perfect foresight,"
            f" the plan costs more: {by_phase}"
        )
        if not self.missed:
            return text
        short = ", ".join(f"{_plain(name)} by {amount.sum():,.3g}" for name, amount in self.missed.items())
        return f"{text}; and it falls short over the year: {short}, which these costs leave out"

    def record(self) -> dict[str, Any]:
        """Return what ``run.json`` says of it."""
        return {
            "look_hours": LOOK_HOURS,
            "keep_hours": KEEP_HOURS,
            "windows": self.windows,
            "worth_usd_per_year": dict(zip(self.table["phase"], self.table["worth_usd_per_year"], strict=True)),
            "missed": {_plain(name): amount.tolist() for name, amount in self.missed.items()},
        }


def foresight(finished: Finished, progress: Progress = silent) -> Foresight:
    """Operate a finished plan window by window, and compare.

    Parameters
    ----------
    finished : Finished
        Its sizes stay; see `gigasite.solvers.rolling` for what the operator knows.

    Raises
    ------
    SolverError
        If a window has no answer.
    """
    solution = finished.solution
    rolled = roll(finished.compiled, solution.x, solution.duals, progress=progress)
    perfect, operated = _yearly(finished, solution.x), _yearly(finished, rolled.x)
    worth = operated - perfect
    share = worth / np.maximum(np.abs(perfect), 1.0)
    table = pd.DataFrame(
        zip(finished.timeline.names, perfect, operated, worth, share, strict=True), columns=list(COLUMNS)
    )
    return Foresight(table, rolled.missed, rolled.windows)


def nothing() -> pd.DataFrame:
    """Return the table of a plan for which nobody asked."""
    return pd.DataFrame(columns=list(COLUMNS))


def _yearly(finished: Finished, x: Floats) -> Floats:
    """Return all costs of a dispatch by phase [USD/year]."""
    none = np.zeros(len(finished.timeline.names))
    costs = finished.compiled.network.costs().values()
    return np.asarray(sum((finished.compiled.yearly(term, x) for term in costs), none))


def _plain(name: str) -> str:
    return name.removeprefix("balance.").removeprefix("metered.")
