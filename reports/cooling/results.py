"""What every report of a cooling comparison reads: its tables, whether just computed or read back from a directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

COLUMNS: dict[str, tuple[str, ...]] = {
    "costs": ("place", "option", "reason", "usd_per_year"),
    "sweeps": ("place", "option", "sweep", "setting", "name", "value", "unit"),
    "overhead": ("place", "option", "percent_of_hours", "facility_over_it"),
    "options": (
        *("option", "label", "liquid", "liquid_supply_c", "hall", "hall_supply_c", "liquid_share"),
        *("needs", "reference"),
    ),
    "places": ("place", "name", "value", "unit"),
    "assumptions": ("place", "name", "value", "unit", "source", "evidence"),
}
"""Columns of each table that is written as it is, in order."""

LEADING = ("place", "option", "label", "rank", "standing", "why")
"""Columns of the figures that say whose they are; one column per figure follows."""

RANKED, REFERENCE, UNFIT = "ranked", "reference", "unfit"
"""Standings: by cost, shown for comparison, not possible at the place."""


@dataclass(frozen=True, eq=False)
class CoolingResults:
    """A comparison of cooling options.

    Parameters
    ----------
    figures : DataFrame
        One row per place and option, best first: `LEADING`, then a column per figure.
    units : mapping of str to str
        Unit of each figure.
    costs, sweeps, overhead, options, places, assumptions : DataFrame
        With the columns of `COLUMNS`.
    run : mapping
        Names of the places, load, winners, changes of the climate, warnings, seconds, versions, sha256 of inputs.
    """

    figures: pd.DataFrame
    units: Mapping[str, str]
    costs: pd.DataFrame
    sweeps: pd.DataFrame
    overhead: pd.DataFrame
    options: pd.DataFrame
    places: pd.DataFrame
    assumptions: pd.DataFrame
    run: Mapping[str, Any]

    @property
    def names(self) -> dict[str, str]:
        """Sites and their names for people, in the order in which they were given."""
        return {str(key): str(name) for key, name in self.run["places"].items()}

    @property
    def labels(self) -> dict[str, str]:
        """Options and their names for people, in the order of the file."""
        return dict(zip(self.options["option"], self.options["label"], strict=True))

    def of(self, place: str, *standings: str) -> pd.DataFrame:
        """Return the figures of a place, best first; only of some standings where these are given."""
        rows = self.figures[self.figures["place"] == place]
        return rows[rows["standing"].isin(standings)] if standings else rows

    def fact(self, place: str, name: str) -> float | None:
        """Return a fact of a place, or None if nothing is known."""
        rows = self.places[(self.places["place"] == place) & (self.places["name"] == name)]
        return None if rows.empty else float(rows["value"].iloc[0])


def tidy(results: CoolingResults) -> pd.DataFrame:
    """Return every figure as a row: place, option, name, value, unit."""
    names = list(results.units)
    long = results.figures.melt(["place", "option"], names, "name", "value")
    order = {key: number for number, key in enumerate(names)}
    rows = {(p, o): n for n, (p, o) in enumerate(results.figures[["place", "option"]].itertuples(index=False))}
    long["unit"] = long["name"].map(dict(results.units))
    at = [(rows[p, o], order[n]) for p, o, n in long[["place", "option", "name"]].itertuples(index=False)]
    return long.iloc[sorted(range(len(at)), key=at.__getitem__)].reset_index(drop=True)
