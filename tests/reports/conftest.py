"""A plan made by hand: two phases, every hour of a year, every bus in balance."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from gigasite.reports.cooling_results import COLUMNS as COOLING_COLUMNS
from gigasite.reports.cooling_results import LEADING, CoolingResults
from gigasite.reports.results import FOLLOWING

PHASES = ("2026-01-01", "2028-07-01")
SCALE = {"2026-01-01": 1.0, "2028-07-01": 5.0}


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


def _one_phase(scale: float) -> dict[str, np.ndarray]:
    """A campus of ``scale`` x 200 MW IT; hottest in July, coldest in January."""
    hour = np.arange(8760)
    day, clock = hour / 24.0, hour % 24 + 0.5
    dry_bulb = 28 - 9 * np.cos(2 * np.pi * (day - 15) / 365) - 6 * np.cos(2 * np.pi * (clock - 3) / 24)
    wet_bulb = dry_bulb - 8 - 2 * np.sin(2 * np.pi * clock / 24)
    it = scale * (170 + 25 * np.sin(2 * np.pi * (clock - 9) / 24) + 5 * np.sin(2 * np.pi * day / 7))
    chain_loss = 0.05 * it
    liquid_heat = 0.8 * it
    air_heat = 0.2 * it + chain_loss
    dry_cooler = liquid_heat * (0.02 + 0.0012 * np.maximum(dry_bulb - 20, 0))
    chiller = air_heat / np.clip(8 - 0.13 * (dry_bulb - 15), 2, 9)
    lighting = scale * np.full(8760, 1.5)
    load = it + chain_loss + dry_cooler + chiller + lighting
    sun = np.maximum(0, np.sin(np.pi * (clock - 6) / 12)) * (0.85 + 0.1 * np.cos(2 * np.pi * (day - 172) / 365))
    pv = scale * 220 * sun
    wind = scale * 40 * (0.55 + 0.3 * np.sin(2 * np.pi * day / 3.7) + 0.2 * np.sin(2 * np.pi * clock / 24))
    battery = np.where(
        (clock > 9) & (clock < 14), -scale * 30.0, np.where((clock > 18) & (clock < 22.4), scale * 30.0, 0.0)
    )
    net = load - pv - wind - battery
    grid = np.minimum(np.maximum(net, 0), scale * 180)
    gas = np.maximum(net, 0) - grid
    export = np.minimum(net, 0)
    return {
        "ac.grid": grid,
        "ac.grid_export": export,
        "ac.pv": pv,
        "ac.wind": wind,
        "ac.battery": battery,
        "ac.gas_engines": gas,
        "ac.power_chain": -(it + chain_loss),
        "ac.dry_cooler": -dry_cooler,
        "ac.air_chiller": -chiller,
        "ac.lighting": -lighting,
        "it.power_chain": it,
        "it.accelerators": -it,
        "heat_liquid.accelerators": liquid_heat,
        "heat_liquid.dry_cooler": -liquid_heat,
        "heat_air.accelerators": 0.2 * it,
        "heat_air.power_chain": chain_loss,
        "heat_air.air_chiller": -air_heat,
        "water.supply": 0.3 * air_heat,
        "water.air_chiller": -0.3 * air_heat,
        "battery.stored": np.clip(np.cumsum(-0.95 * battery), 0, None) % (scale * 150),
        "price.ac": 70 + 25 * (gas > 0),
        "pue": load / it,
        "weather.dry_bulb": dry_bulb,
        "weather.wet_bulb": wet_bulb,
    }


BUSES = ("ac", "it", "heat_liquid", "heat_air", "water")
UNITS = {**dict.fromkeys(BUSES, "MW"), "water": "m3/h", "price": "USD/MWh", "pue": "1"}


def _hourly() -> xr.Dataset:
    by_phase = {phase: _one_phase(SCALE[phase]) for phase in PHASES}
    time = pd.date_range("2026-01-01 00:30", periods=8760, freq="h")
    series: dict[str, xr.DataArray] = {}
    for name in by_phase[PHASES[0]]:
        bus, _, component = name.partition(".")
        if bus == "weather":
            attrs = {"units": "degC", "long_name": component.replace("_", " ")}
            series[name] = xr.DataArray(by_phase[PHASES[0]][name], dims="time", attrs=attrs)
            continue
        attrs = {
            "units": UNITS.get(bus, {"price": "USD/MWh", "pue": "1"}.get(bus, "MWh")),
            "long_name": name.replace("_", " "),
        }
        if bus in BUSES:
            attrs |= {"bus": bus, "component": component}
        values = np.stack([by_phase[phase][name] for phase in PHASES])
        series[name] = xr.DataArray(values, dims=("phase", "time"), attrs=attrs)
    return xr.Dataset(series, coords={"phase": list(PHASES), "time": time})


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
    return pd.DataFrame(rows, columns=["phase", "component", "kind", "quantity", "value", "unit", "added", "retired"])


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
    columns = ["phase", "component", "reason", "usd_per_year", "usd_capex", "present_value_years", "cash"]
    return pd.DataFrame(rows, columns=columns)


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
    return pd.DataFrame(rows, columns=["phase", "name", "value", "unit"])


def _energy(hourly: xr.Dataset) -> pd.DataFrame:
    rows = [
        (phase, name.partition(".")[2], "electricity", float(hourly[name].sel(phase=phase).sum()), "MWh/yr")
        for phase in PHASES
        for name in map(str, hourly.data_vars)
        if name.startswith("ac.")
    ]
    return pd.DataFrame(rows, columns=["phase", "component", "flow", "value", "unit"])


def _assumptions() -> pd.DataFrame:
    rows = [
        ("site", "latitude", 24.43, "degree", "site file", "given"),
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
        for i in range(40)
    ]
    return pd.DataFrame(rows, columns=["place", "name", "value", "unit", "source", "evidence"])


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
        "returns": [
            ("price", 2.4, "USD/GPU-h"), ("break_even_per_gpu_hour", 1.9, "USD/GPU-h"),
            ("break_even_per_it_mwh", np.nan, "USD/MWh"), ("break_even_per_mwh", 66.5, "USD/MWh"),
            ("net_present_value", 1.2e9, "USD"), ("equity_irr", 0.171, "1/yr"), ("project_irr", 0.12, "1/yr"),
            ("payback", np.inf, "yr"),
        ],
    }  # fmt: skip
    tables = {name: pd.DataFrame(rows[name], columns=list(FOLLOWING[name])) for name in rows}
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
    hourly = _hourly()
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


@pytest.fixture(scope="session")
def plan() -> HandmadePlan:
    """The handmade plan; nobody changes it."""
    return make_plan()


@pytest.fixture(scope="session")
def plan_with() -> Any:
    """A function that returns the handmade plan with some fields changed."""
    return make_plan


SMALL_SITE = """
site: {name: Small, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
power: {offices: {kind: load, demand: 60 MW}}
grid:
  utility:
    size: {maximum: {2027-01-01: 100 MW}}
    energy_price: 75 USD/MWh
    emission: 400 kg/MWh
    carbon_free_share: 30 %
scenarios:
  dear: {grid: {utility: {energy_price: 150 USD/MWh}}}
  late: {grid: {utility: {capex: 900 USD/kW}}}
""".lstrip()


@pytest.fixture
def small_site(tmp_path):
    """A site file test.yaml with a load, a grid and two scenarios."""
    path = tmp_path / "test.yaml"
    path.write_text(SMALL_SITE, encoding="utf-8")
    return path


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


@pytest.fixture(scope="session")
def cooled() -> CoolingResults:
    """The comparison made by hand; nobody changes it."""
    return make_cooled()


@pytest.fixture(scope="session")
def cooled_with() -> Any:
    """A function that returns the comparison made by hand with some fields changed."""
    return make_cooled
