"""A comparison of cooling options made by hand."""

from typing import Any

import numpy as np
import pandas as pd

from gigasite.reports.cooling.results import COLUMNS as COOLING_COLUMNS
from gigasite.reports.cooling.results import LEADING, CoolingResults

COOLING_UNITS = {
    "pue_annual": "1", "pue_p99_6": "1", "pue_design": "1", "pue_design_50": "1", "wue_annual": "L/kWh",
    "water_peak": "L/s", "water_annual": "m3/yr", "trim_hours": "h/yr", "throttled_hours": "h/yr", "lost_work": "1",
    "grid_peak": "MW", "grid_peak_50": "MW",
    "committed_it_worst": "MW", "committed_it_p99": "MW", "capex": "USD", "annual_cost": "USD/yr",
    "cost_per_it_mwh": "USD/MWh", "outside_hours": "h/yr",
}  # fmt: skip
COOLING_LABELS = {"dry": "Dry coolers [new]", "tower": "Wet towers", "old": "Hall of 2015"}
THIRST = "needs 2,000,000 m3 of water a year, the cap is 1,000"


def _cooled_figures() -> pd.DataFrame:
    """Cost is 876,000 MWh times the rate: 40 USD/MWh are 35.04 M USD a year."""
    rows = [
        ("hot", "dry", 1, "ranked", "", 1.15, 1.25, 1.30, 1.31, 0.0, 0.0, 130.0, 131.0, 40.0),
        ("hot", "old", None, "reference", "", 1.70, 1.90, 2.00, 2.02, 0.0, 0.0, 200.0, 202.0, 100.0),
        ("hot", "tower", None, "unfit", THIRST, 1.12, 1.16, 1.20, 1.20, 1.9, 92.0, 120.0, 120.0, 38.0),
        ("cool", "tower", 1, "ranked", "", 1.08, 1.10, 1.12, 1.12, 1.5, 60.0, 112.0, 112.0, 30.0),
        ("cool", "dry", 2, "ranked", "", 1.09, 1.12, 1.14, 1.15, 0.0, 0.0, 114.0, 115.0, 31.5),
        ("cool", "old", None, "reference", "", 1.60, 1.70, 1.80, 1.80, 0.0, 0.0, 180.0, 180.0, 80.0),
    ]
    table = []
    for place, option, rank, standing, why, year, p99, design, late, wue, rate, peak, peak_50, cost in rows:
        table.append(
            {
                "place": place, "option": option, "label": COOLING_LABELS[option], "rank": rank, "standing": standing,
                "why": why, "pue_annual": year, "pue_p99_6": p99, "pue_design": design, "pue_design_50": late,
                "wue_annual": wue, "water_peak": rate, "water_annual": wue * 876_000, "trim_hours": 0.1 + 0.2,
                "throttled_hours": 690.0 * (place == "hot" and option == "dry"), "lost_work": 0.0039,
                "grid_peak": peak, "grid_peak_50": peak_50, "committed_it_worst": 1e4 / peak,
                "committed_it_p99": 1e4 / (peak - 5), "capex": 6e7, "annual_cost": 876_000 * cost,
                "cost_per_it_mwh": cost, "outside_hours": 12.0 if option == "tower" else 0.0,
            }
        )  # fmt: skip
    return pd.DataFrame(table, columns=[*LEADING, *COOLING_UNITS]).astype({"rank": "Int64"})


def _cooled_sweeps() -> pd.DataFrame:
    settings = {
        "supply": ["17", "32", "45"], "liquid_share": ["0.7", "1"], "redundancy": ["N", "N+1", "2N"],
    }  # fmt: skip
    names = ("pue_annual", "pue_design", "trim_hours", "cost_per_it_mwh")
    rows = [
        (place, option, sweep, setting, name, 40.0 + number if "cost" in name else 1.1 + 0.1 * number, "1")
        for place in ("hot", "cool")
        for option in ("dry", "old")
        for sweep, each in settings.items()
        if option == "dry" or sweep == "redundancy"
        for number, setting in enumerate(each)
        for name in names
    ]
    return pd.DataFrame(rows, columns=list(COOLING_COLUMNS["sweeps"]))


def make_cooled(**changes: Any) -> CoolingResults:
    """Return a comparison made by hand, with some fields changed."""
    figures = _cooled_figures()
    pairs = list(figures[["place", "option", "annual_cost"]].itertuples(index=False))
    fields: dict[str, Any] = {
        "figures": figures,
        "units": COOLING_UNITS,
        "costs": pd.DataFrame(
            [(p, o, r, s * c) for p, o, c in pairs for r, s in (("electricity", 0.6), ("plant", 0.4))],
            columns=list(COOLING_COLUMNS["costs"]),
        ),
        "sweeps": _cooled_sweeps(),
        "overhead": pd.DataFrame(
            [(p, o, x, 1.5 - x / 250) for p, o, _ in pairs for x in (0.0, 50.0, 100.0)],
            columns=list(COOLING_COLUMNS["overhead"]),
        ),
        "options": pd.DataFrame(
            [
                ("dry", COOLING_LABELS["dry"], "Cold plates", 40.0, "Air-cooled chillers", 18.0, 0.87, "", False),
                ("tower", COOLING_LABELS["tower"], "", np.nan, "Outdoor air", np.nan, 0.0, "water", False),
                ("old", COOLING_LABELS["old"], "", np.nan, "Air-cooled chillers", 7.0, 0.0, "", True),
            ],
            columns=list(COOLING_COLUMNS["options"]),
        ),
        "places": pd.DataFrame(
            [
                ("hot", "electricity_price", 75.0, "USD/MWh"), ("hot", "return_period", 20.0, "year"),
                ("cool", "electricity_price", 60.0, "USD/MWh"), ("cool", "return_period", 50.0, "year"),
                ("cool", "cost_of_capital", 0.055, "1"),
            ],
            columns=list(COOLING_COLUMNS["places"]),
        ),
        "assumptions": pd.DataFrame(
            [
                ("hot, site", "latitude", "24.4", "deg", "site file", ""),
                ("dry_cooler", "capex", "200.0", "USD/kW_th", "practice", "general knowledge, not verified"),
            ],
            columns=list(COOLING_COLUMNS["assumptions"]),
        ),
        "run": {
            "status": "complete",
            "places": {"hot": "Hot Field", "cool": "Cool Field"},
            "load": {
                "it_mw": 100.0, "grid_mw": 100.0, "platform": "gb300_nvl72", "liquid_share": 0.87,
                "warmest_water_c": 40.0, "lost_usd_per_mwh": 1600.0,
            },
            "climate": {"warming": "2 K", "hot_year": "True"},
            "winners": {"hot": "Hot Field: dry wins.", "cool": "Cool Field: towers win."},
            "warnings": ["hot: the year is short"],
            "seconds": {"compare": 1.5},
            "versions": {"gigasite": "0.1.0"},
            "inputs": {"hot.yaml": "0" * 64},
        },
    }  # fmt: skip
    return CoolingResults(**{**fields, **changes})
