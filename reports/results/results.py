"""What every report reads: the tables of a plan, whether just computed or read back from a run directory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pandas as pd
import xarray as xr

from gigasite.models.plan_tables import FOLLOWING

NUMBERS = {
    *("value", "added", "retired", "usd_per_year", "usd_capex", "present_value_years"),
    *("units", "lead_time_years", "longest_lead_time_years", "usd_per_month", "t_per_unit", "t", "t_per_year"),
    *("mwh_per_year", "usd_per_mwh", "system_usd_per_mwh"),
    *FOLLOWING["cash_flow"][2:],
    *FOLLOWING["foresight"][1:],
    *FOLLOWING["outages"][2:],
    *FOLLOWING["survival"][1:],
    *FOLLOWING["curtailment"][1:],
    *FOLLOWING["outcomes"][3:],
    *("liquid_supply_c", "hall_supply_c", "liquid_share", "percent_of_hours", "facility_over_it"),
}
"""Columns that hold numbers; the values of assumptions are text, since some of them are words."""

COUNTS = {"year", "slack_days"}
"""Columns that hold whole numbers."""

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

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """What follows from the plan, by the names of `FOLLOWING`; a run of an earlier release lacks some."""


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
