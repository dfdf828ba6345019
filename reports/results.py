"""What every report reads: the tables of a plan, whether just computed or read back from a run directory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pandas as pd
import xarray as xr

COLUMNS: dict[str, tuple[str, ...]] = {
    "kpis": ("phase", "name", "value", "unit"),
    "capacities": ("phase", "component", "kind", "quantity", "value", "unit", "added", "retired"),
    "costs": ("phase", "component", "reason", "usd_per_year", "usd_capex", "present_value_years", "cash"),
    "energy": ("phase", "component", "flow", "value", "unit"),
    "assumptions": ("place", "name", "value", "unit", "source", "evidence"),
}
"""Columns of each table, in order."""

NUMBERS = {
    *("value", "added", "retired", "usd_per_year", "usd_capex", "present_value_years"),
    *("liquid_supply_c", "hall_supply_c", "liquid_share", "percent_of_hours", "facility_over_it"),
}
"""Columns that hold numbers; the values of assumptions are text, since some of them are words."""

FLAGS = {"cash", "reference"}
"""Columns that hold true or false."""

UNVERIFIED = "general knowledge"
"""An evidence mark that begins so was checked by nobody."""


class Results(Protocol):
    """The tables of one scenario of one site. Both a plan and a run that was read back are results."""

    @property
    def site(self) -> str:
        """Name of the site."""

    @property
    def scenario(self) -> str:
        """Name of the scenario."""

    @property
    def kpis(self) -> pd.DataFrame:
        """Headline figures, one row per phase and name."""

    @property
    def capacities(self) -> pd.DataFrame:
        """Sizes of every component by phase."""

    @property
    def costs(self) -> pd.DataFrame:
        """Costs by phase, component and reason; the cost rows of the objective."""

    @property
    def energy(self) -> pd.DataFrame:
        """Annual flows by phase and component."""

    @property
    def hourly(self) -> xr.Dataset:
        """Every hourly series, dims ``phase`` and ``time``."""

    @property
    def run(self) -> Mapping[str, Any]:
        """How the plan was computed."""

    @property
    def site_yaml(self) -> str:
        """The fully resolved input."""

    @property
    def assumptions(self) -> pd.DataFrame:
        """Every resolved input with its source and evidence mark."""


def phases(results: Results) -> list[str]:
    """Return the names of the phases (ISO start dates), in order."""
    return sorted(results.kpis["phase"].unique())


def kpi(results: Results, phase: str, name: str) -> float | None:
    """Return a headline figure in the unit of its table, or None if the plan does not have it."""
    rows = results.kpis[(results.kpis["phase"] == phase) & (results.kpis["name"] == name)]
    return None if rows.empty else float(rows["value"].iloc[0])


def unverified(results: Results) -> pd.DataFrame:
    """Return the assumptions that nobody checked against a source."""
    marks = results.assumptions["evidence"].astype(str)
    return results.assumptions[marks.str.startswith(UNVERIFIED)].reset_index(drop=True)


def verified(results: Results) -> pd.DataFrame:
    """Return the other assumptions: given by the user, seen in a source, or derived from one."""
    marks = results.assumptions["evidence"].astype(str)
    return results.assumptions[~marks.str.startswith(UNVERIFIED)].reset_index(drop=True)
