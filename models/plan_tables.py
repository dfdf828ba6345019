"""The tables of a plan and their columns, for those who make them and those who read them: a contract."""

from __future__ import annotations

CORE: dict[str, tuple[str, ...]] = {
    "kpis": ("phase", "name", "value", "unit"),
    "capacities": ("phase", "component", "kind", "quantity", "value", "unit", "added", "retired"),
    "costs": ("phase", "component", "reason", "usd_per_year", "usd_capex", "present_value_years", "cash"),
    "energy": ("phase", "component", "flow", "value", "unit"),
    "assumptions": ("place", "name", "value", "unit", "source", "evidence"),
}
"""Columns of the tables that every plan has, in order."""

FOLLOWING: dict[str, tuple[str, ...]] = {
    "orders": (
        *("phase", "component", "kind", "part", "quantity", "value", "unit", "units", "lead_time_years"),
        *("longest_lead_time_years", "order_by", "slack_days", "source", "evidence"),
    ),
    "levelised": ("phase", "component", "kind", "usd_per_year", "mwh_per_year", "usd_per_mwh", "system_usd_per_mwh"),
    "delay": ("phase", "reason", "usd_per_month"),
    "embodied": (
        *("phase", "component", "kind", "part", "quantity", "added", "unit", "t_per_unit", "t", "t_per_year"),
        *("source", "evidence"),
    ),
    "cash_flow": (
        *("year", "start", "revenue", "energy", "fuel", "upkeep", "other", "interest", "depreciation", "taxable"),
        *("tax", "capex", "borrowed", "redemption", "resale", "equity", "equity_sum", "debt"),
    ),
    "returns": ("name", "value", "unit"),
    "foresight": ("phase", "perfect_usd_per_year", "rolling_usd_per_year", "worth_usd_per_year", "worth_share"),
    "outages": (
        *("phase", "window", "hours", "load_mwh", "storage_mwh", "generator_mwh", "renewable_mwh", "work_done"),
    ),
    "survival": ("phase", "hours", "survival", "unserved_mwh"),
    "curtailment": ("phase", "share", "grid_mw", "freed_mw", "hours", "longest_h", "mean_depth"),
    "flexibility": ("phase", "name", "value", "unit"),
    "outcomes": (
        *("phase", "weather_year", "delay", "probability", "operation_usd", "unserved_gpu_h", "grid_mwh"),
        *("generator_mwh", "generator_hours", "co2_t"),
    ),
}
"""Columns of the tables that follow from a plan; runs of earlier releases lack some of them."""

COLUMNS = {**CORE, **FOLLOWING}
"""Columns of each table, in order."""
