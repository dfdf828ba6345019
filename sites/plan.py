"""The finished plan: tidy tables and hourly series; reports read only this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xarray as xr


@dataclass(frozen=True, eq=False)
class Plan:
    """A verified plan of a site under one scenario.

    Parameters
    ----------
    site, scenario : str
        Keys of the run directory.
    kpis, capacities, costs, energy, assumptions : DataFrame
        With the columns of `gigasite.models.plan_tables.CORE`. The sum of ``usd_per_year`` x ``present_value_years`` of
        the costs is the objective; energy holds yearly flows into every bus and account.
    hourly : Dataset
        Every hourly series over ``phase`` and ``time``.
    run : dict
        How the plan came about.
    site_yaml : str
        The resolved site file.
    tables : mapping of str to DataFrame
        What follows from the plan, with the columns of `gigasite.models.plan_tables.FOLLOWING`; the function that makes
        each describes them.
    """

    site: str
    scenario: str
    kpis: pd.DataFrame
    capacities: pd.DataFrame
    costs: pd.DataFrame
    energy: pd.DataFrame
    hourly: xr.Dataset
    run: dict[str, Any]
    site_yaml: str
    assumptions: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
