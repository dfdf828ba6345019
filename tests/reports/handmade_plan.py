"""A plan made by hand: two phases, every hour of a year, every bus in balance."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from gigasite.models.plan_tables import CORE, FOLLOWING

from .handmade_hours import PHASES, SCALE, make_hourly


@dataclass(frozen=True)
class HandmadePlan:
    """The shape that a plan has when it reaches the reports."""

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
    tables: dict[str, pd.DataFrame]
    extra: dict[str, Any] = field(default_factory=dict, repr=False)


def _capacities() -> pd.DataFrame:
    sizes = [
        ("accelerators", "compute", "accelerators", 120_000.0, "GPU"),
        ("accelerators", "compute", "power", 200.0, "MW"),
        ("grid", "grid", "connection", 180.0, "MW"),
        ("pv", "solar", "power", 220.0, "MW"),
        ("wind", "wind", "power", 40.0, "MW"),
        ("battery", "battery", "power", 30.0, "MW"),
        ("battery", "battery", "energy", 150.0, "MWh"),
        ("gas_engines", "generator", "power", 60.0, "MW"),
        ("dry_cooler", "cold_plate_dry", "heat", 170.0, "MW"),
        ("air_chiller", "air_cooled_chiller", "heat", 55.0, "MW"),
    ]
    rows = []
    before: dict[tuple[str, str], float] = {}
    for phase in PHASES:
        for component, kind, quantity, value, unit in sizes:
            now = value * SCALE[phase]
            rows.append(
                (phase, component, kind, quantity, now, unit, now - before.get((component, quantity), 0.0), 0.0)
            )
            before[component, quantity] = now
    return pd.DataFrame(rows, columns=list(CORE["capacities"]))


def _costs() -> pd.DataFrame:
    yearly = [
        ("accelerators", "capital", 1.3e9, 5.4e9, True),
        ("accelerators", "maintenance", 6e7, 0.0, True),
        ("grid", "energy", 6.1e7, 0.0, True),
        ("grid", "demand charge", 1.9e7, 0.0, True),
        ("grid", "connection", 4e6, 5e7, True),
        ("pv", "capital", 1.1e7, 1.6e8, True),
        ("wind", "capital", 4e6, 5.5e7, True),
        ("battery", "capital", 4.5e6, 3.6e7, True),
        ("gas_engines", "fuel", 3.1e6, 0.0, True),
        ("gas_engines", "capital", 5.2e6, 5.4e7, True),
        ("dry_cooler", "capital", 6e6, 6e7, True),
        ("air_chiller", "capital", 3.4e6, 3e7, True),
        ("shell", "capital", 9e7, 1.1e9, True),
        ("compute", "unserved", 1234.5, 0.0, False),
    ]
    rows = [
        (phase, component, reason, SCALE[phase] * yearly_usd, SCALE[phase] * capex, 2.3, cash)
        for phase in PHASES
        for component, reason, yearly_usd, capex, cash in yearly
    ]
    return pd.DataFrame(rows, columns=list(CORE["costs"]))


def _kpis(hourly: xr.Dataset) -> pd.DataFrame:
    rows = []
    for phase in PHASES:
        scale = SCALE[phase]
        grid = float(hourly["ac.grid"].sel(phase=phase).sum())
        rows += [
            (phase, name, value, unit)
            for name, value, unit in [
                ("it_capacity", 200 * scale, "MW"),
                ("accelerators", 120_000 * scale, "1"),
                ("compute_delivered", 2.1e9 * scale, "GPU-h/yr"),
                ("facility_peak", 236.4 * scale, "MW"),
                ("pue_annual", 1.113, "1"),
                ("pue_p99_6", 1.162, "1"),
                ("pue_design", 1.171, "1"),
                ("wue_annual", 0.0712345, "L/kWh"),
                ("water_peak", 4.2 * scale, "L/s"),
                ("grid_connection", 180 * scale, "MW"),
                ("grid_energy", grid, "MWh/yr"),
                ("renewable_share", 0.383, "1"),
                ("cfe_share", 0.412, "1"),
                ("co2", 412_345.6 * scale, "t/yr"),
                ("unserved_it", 0.0, "MWh/yr"),
                ("capex_it", 5.4e9 * scale, "USD"),
                ("capex_facility", 1.2e9 * scale, "USD"),
                ("capex_power", 3.1e8 * scale, "USD"),
                ("capex_grid", 5e7 * scale, "USD"),
                ("annual_cost", 1.573e9 * scale, "USD/yr"),
                ("lcoe", 61.234, "USD/MWh"),
                ("cost_per_gpu_hour", 0.7491, "USD/GPU-h"),
                ("grid_to_datacentre_ratio_facility", 0.76, "1"),
                ("grid_to_datacentre_ratio_all_in", 0.67, "1"),
            ]
        ]
    return pd.DataFrame(rows, columns=list(CORE["kpis"]))


def _energy(hourly: xr.Dataset) -> pd.DataFrame:
    """The year of every bus, fuel at 2.4 MWh per MWh of the engines, and an account that only gathers."""
    rows = []
    for phase in PHASES:
        for series in hourly.data_vars.values():
            if "bus" in series.attrs:
                unit = "m3/year" if series.attrs["bus"] == "water" else "MWh/year"
                year = float(series.sel(phase=phase).sum())
                rows.append((phase, series.attrs["component"], series.attrs["bus"], year, unit))
        fuel = 2.4 * float(hourly["ac.gas_engines"].sel(phase=phase).sum())
        rows.append((phase, "gas_engines", "gas", -fuel, "MWh/year"))
        rows.append((phase, "pipeline", "gas", fuel, "MWh/year"))
        rows.append((phase, "pv", "renewable_energy", float(hourly["ac.pv"].sel(phase=phase).sum()), "MWh/year"))
    return pd.DataFrame(rows, columns=list(CORE["energy"]))


def _assumptions() -> pd.DataFrame:
    rows = [
        ("site", "latitude", 24.43, "degree", "site file", "given"),
        ("site", "longitude", 54.65, "degree", "site file", "given"),
        (
            "cooling.dry_cooler",
            "approach",
            6.0,
            "K",
            "ASHRAE HVAC Systems and Equipment 2024, ch. 40",
            "verified (source seen)",
        ),
        ("cooling.dry_cooler", "medium", "glycol", "", "NA", "derived from source seen"),
        ("power.pv", "capex", 730.0, "USD/kW", "IRENA 2025, p. 61", "verified (source seen)"),
        ("power.pv", "fixed_cost", 0.1 + 0.2, "USD/kW/year", "several utilities", "general knowledge, not verified"),
        ("compute.gb200", "system_power", 1.83, "kW/GPU", "trade press", "general knowledge, not verified"),
    ] + [
        (
            f"power.unit_{i}",
            "life",
            20.0 + i,
            "year",
            "a maker's data sheet with a longer title",
            "verified (source seen)",
        )
        for i in range(39)
    ]
    return pd.DataFrame(rows, columns=list(CORE["assumptions"]))


def _orders() -> list[tuple[Any, ...]]:
    """Decided on 2025-01-01: 365 days to the first phase, 1,277 to the second; a lead time of 2 years is 365 late."""
    guess, seen = "general knowledge, not verified", "verified (source seen)"
    return [
        ("2026-01-01", "grid", "grid", "transformer", "connection", 180.0, "MW", np.nan, 2.0, 3.0, "2024-01-01", -366,
         "a maker's lead times", guess),
        ("2026-01-01", "pv", "solar", "pv", "power", 220.0, "MW", np.nan, 0.5, np.nan, "2025-07-02", 182,
         "site file", ""),
        ("2028-07-01", "gas_engines", "generator", "engine", "power", 240.0, "MW", 13.0, 1.5, 2.5, "2026-12-31", 729,
         "a maker's lead times", seen),
        ("2028-07-01", "accelerators", "compute", "racks", "accelerators", 480_000.0, "GPU", 6_666.7, 0.75, 1.0,
         "2027-10-01", 1003, "trade press", guess),
    ]  # fmt: skip


def _levelised() -> list[tuple[Any, ...]]:
    """1,000,000 MWh consumed in 2026; 61.234 USD/MWh in both phases as in the headline: 40.234 + 15 + 6 + 0."""
    rows = []
    for phase in PHASES:
        mwh = 1e6 * SCALE[phase]
        rows += [
            (phase, "grid", "grid", 40.234 * mwh, 0.5 * mwh, 80.468, 40.234),
            (phase, "pv", "solar", 15.0 * mwh, 0.4 * mwh, 37.5, 15.0),
            (phase, "battery", "battery", 6.0 * mwh, 0.1 * mwh, 60.0, 6.0),
            (phase, "pipeline", "natural_gas", 0.0, 0.0, np.nan, 0.0),
        ]
    return rows


def _cash_flow() -> pd.DataFrame:
    """Three years of round numbers, the owner's part by the formula of the table."""
    million = {
        "revenue": [4e3, 4e3, 9e3], "energy": [100.0, 100.0, 400.0], "fuel": [3.0, 3.0, 15.0],
        "upkeep": [60.0, 60.0, 300.0], "other": [0.0, 0.0, 0.0], "interest": [250.0, 180.0, 600.0],
        "depreciation": [1.2e3, 1.2e3, 6e3], "taxable": [2387.0, 2457.0, 1685.0], "tax": [500.0, 515.0, 353.0],
        "capex": [7e3, 0.0, 2.8e4], "borrowed": [4.2e3, 0.0, 1.68e4], "redemption": [900.0, 900.0, 4e3],
        "resale": [0.0, 0.0, 1.2e4],
    }  # fmt: skip
    table = pd.DataFrame(million) * 1e6
    paid = table[["energy", "fuel", "upkeep", "other", "interest", "redemption", "tax", "capex"]].sum(axis=1)
    table["equity"] = table[["revenue", "borrowed", "resale"]].sum(axis=1) - paid
    table["equity_sum"] = table["equity"].cumsum()
    table["debt"] = (table["borrowed"] - table["redemption"]).cumsum()
    return table.assign(year=[1, 2, 3], start=["2026-01-01", "2027-01-01", "2028-01-01"])


def _tables() -> dict[str, pd.DataFrame]:
    """What follows from the plan."""
    rows: dict[str, list[tuple[Any, ...]]] = {
        "orders": _orders(),
        "levelised": _levelised(),
        "delay": [
            (phase, reason, usd * SCALE[phase])
            for phase in PHASES
            for reason, usd in (("idle accelerators", 9e7), ("idle supply", 6e6), ("upkeep", 4e6), ("margin", 0.0))
        ],
        "embodied": [
            (phase, "pv", "solar", "pv", "power", 220.0 * added, "MW", 600.0, 132e3 * added, 4.4e3 * SCALE[phase],
             "LCA", "verified (source seen)")
            for phase, added in zip(PHASES, (1.0, 4.0), strict=True)
        ] + [("2026-01-01", "wind", "wind", "wind", "power", 40.0, "MW", np.nan, np.nan, np.nan, "none", "")],
        "survival": [
            (phase, hours, 1.0 - hours / 1000, 0.1 * hours * SCALE[phase]) for phase in PHASES for hours in range(1, 73)
        ],
        "curtailment": [
            (phase, share, (180.0 - freed) * SCALE[phase], freed * SCALE[phase], 40 * freed, 5.0, 0.06)
            for phase in PHASES
            for share, freed in ((0.0025, 12.0), (0.005, 18.0), (0.01, 25.0))
        ],
        "outcomes": [
            (phase, "2026", "", 1.0, 9e7 * SCALE[phase], 0.0, 8e5 * SCALE[phase], 4e4 * SCALE[phase], 900.0, 4e5)
            for phase in PHASES
        ],
        "foresight": [(phase, 1e9 * SCALE[phase], 1.01e9 * SCALE[phase], 1e7 * SCALE[phase], 0.01) for phase in PHASES],
        "outages": [
            (phase, "15 Jul 14:00 + 8 h", 8.0, 1.2e3 * SCALE[phase], 700.0, 450.0, 50.0, 0.5) for phase in PHASES
        ],
        "flexibility": [
            (phase, name, value * SCALE[phase], unit)
            for phase in PHASES
            for name, value, unit in (("interruptible", 60.0, "MW"), ("hours", 12.0, "h/yr"), ("cost", 2e6, "USD/yr"))
        ],
        "returns": [
            ("price", 2.4, "USD/GPU-h"), ("break_even_per_gpu_hour", 1.9, "USD/GPU-h"),
            ("break_even_per_it_mwh", np.nan, "USD/MWh"), ("break_even_per_mwh", 66.5, "USD/MWh"),
            ("net_present_value", 1.2e9, "USD"), ("equity_irr", 0.171, "1/yr"), ("project_irr", 0.12, "1/yr"),
            ("payback", np.inf, "yr"),
        ],
    }  # fmt: skip
    tables = {name: pd.DataFrame(rows.get(name, []), columns=list(columns)) for name, columns in FOLLOWING.items()}
    return {**tables, "cash_flow": _cash_flow()[list(FOLLOWING["cash_flow"])]}


def _run() -> dict[str, Any]:
    return {
        "status": "optimal",
        "sizing_objective_usd": 1.912e10,
        "dispatch_objective_usd": 1.9131e10,
        "certified_gap": 0.0021,
        "aggregation_error": 0.0,
        "seconds": {"read": 0.4, "climate": 1.1, "build": 2.3, "load": 0.5, "solve": 41.2, "check": 0.9},
        "model": {"rows": 342_110, "columns": 366_200, "nonzeros": 1_204_331},
        "peak_memory_mb": 1180.0,
        "versions": {"gigasite": "0.1.0", "highspy": "1.15.0", "pyomo": "6.10.0", "python": "3.12.4"},
        "inputs": {"abu_dhabi.yaml": "0" * 64, "climate_normals.csv": "1" * 64},
        "warnings": ["The grid offer of 2028 is interruptible for 60 h/yr"],
        "climate": {
            "kind": "synthetic",
            "source": "monthly normals of Abu Dhabi airport, pinned to ASHRAE design values",
        },
        "critical_path": "First power on 2026-01-01 waits for the transformer of grid",
        "notes": ["Real 2025 USD"],
    }


def make_plan(**changes: Any) -> HandmadePlan:
    """Return the handmade plan with some fields changed."""
    hourly = make_hourly()
    fields: dict[str, Any] = {
        "site": "Abu Dhabi",
        "scenario": "base",
        "kpis": _kpis(hourly),
        "capacities": _capacities(),
        "costs": _costs(),
        "energy": _energy(hourly),
        "hourly": hourly,
        "run": _run(),
        "site_yaml": "site:\n  name: Abu Dhabi\n",
        "assumptions": _assumptions(),
        "tables": _tables(),
    }
    return HandmadePlan(**{**fields, **changes})
