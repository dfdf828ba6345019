"""The headline figures of a plan, by phase."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from gigasite.models.finance import salvage_share
from gigasite.models.plan_tables import CORE
from gigasite.models.technologies.accelerators import Accelerators
from gigasite.models.timeline import years_between

from .cooling_kpis import cooling_kpis
from .curtailment import curtailment_kpis
from .delay import delay_kpis
from .embodied import embodied_kpis
from .shadow_prices import shadow_prices
from .survival import firm_kpis, survival_kpis
from .swings import swing_kpis
from .tables import Finished, Floats, costs, unserved

CAPEX = {
    "capex_it": ("compute",),
    "capex_facility": ("facility", "cooling", "water"),
    "capex_power": ("renewable", "generation", "storage", "conversion", "fuel"),
    "capex_grid": ("grid",),
}
HIGH = 0.996  # of the hours: exceeded 35 h a year
NOISE = 1e-6  # less than a headline figure can mean, in its own unit; the simplex leaves such dust
SUPPLY = ("renewable", "generation", "storage", "conversion", "fuel", "grid")


def kpis(finished: Finished) -> pd.DataFrame:
    """Return the headline figures: phase, name, value, unit."""
    found: dict[str, tuple[Floats, str]] = {}
    elsewhere = (shadow_prices, delay_kpis, embodied_kpis, firm_kpis, survival_kpis, swing_kpis, curtailment_kpis)
    for group in (_compute, _power, _water, cooling_kpis, _shares, _money, *elsewhere):
        found |= group(finished)
    rows = [
        (phase, name, float(values[i]) if abs(values[i]) > NOISE else 0.0, unit)
        for name, (values, unit) in found.items()
        for i, phase in enumerate(finished.timeline.names)
        if np.isfinite(values[i])
    ]
    return pd.DataFrame(rows, columns=list(CORE["kpis"]))


def _zero(finished: Finished) -> Floats:
    return np.zeros(len(finished.timeline.phases))


def _ratio(top: Floats, bottom: Floats) -> Floats:
    """Divide by phase; not a number where there is nothing to divide by."""
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=np.abs(bottom) > 1e-9)


def _by_phase(finished: Finished, series: Floats, reduce: Callable[[Floats], float], *, design: bool | None) -> Floats:
    """Reduce the steps of each phase: of the year, of design days, or of both (None)."""
    timeline = finished.timeline
    kept = np.ones(timeline.size, bool) if design is None else timeline.operating != design
    chosen = [series[kept & (timeline.phase_number == p)] for p in range(len(timeline.phases))]
    return np.array([float(reduce(values)) if values.size else np.nan for values in chosen])


def _compute(finished: Finished) -> dict[str, tuple[Floats, str]]:
    nameplate, count = _zero(finished), _zero(finished)
    for name, _, stands, _ in finished.records():
        component = finished.site.component(name)
        if isinstance(component, Accelerators):
            nameplate = nameplate + np.array([component.facility_mw(value) for value in stands])
            count = count + 1000.0 * stands
    work = 1000.0 * finished.accounts.get("work", _zero(finished))
    it = finished.accounts.get("it_energy", _zero(finished))
    undone = _zero(finished)
    for term, value in unserved(finished):
        undone = undone + 1000.0 * finished.yearly(term) / value
    short = finished.solution.shortage.get("balance.it", _zero(finished))
    missing = np.nan_to_num(undone * _ratio(it, work)) + short
    return {
        "it_capacity": (nameplate, "MW"),
        "accelerators": (count, "1"),
        "compute_delivered": (work, "GPU-h/yr"),
        "unserved_it": (missing, "MWh/yr"),
    }


def _power(finished: Finished) -> dict[str, tuple[Floats, str]]:
    ac = finished.flows.get("ac", {})
    drawn = sum(
        (np.maximum(-flow, 0.0) for name, flow in ac.items() if finished.family[name] != "grid"),
        np.zeros(finished.timeline.size),
    )
    it, overhead = finished.hourly_account("it_energy"), finished.hourly_account("overhead_energy")
    pue = np.divide(it + overhead, it, out=np.full_like(it, np.nan), where=it > 1e-9)
    yearly_it, yearly_overhead = (finished.accounts.get(n, _zero(finished)) for n in ("it_energy", "overhead_energy"))
    connection = _zero(finished)
    for name, _, stands, _ in finished.records():
        if finished.family[name] == "grid":
            connection = connection + stands
    # A connection may feed a bus of its own, whose wires it shares with contracts.
    grids = [(c.name, str(getattr(c, "bus", "ac"))) for c in finished.site.components if c.family == "grid"]
    bought = [np.maximum(finished.flows[bus][name], 0.0) for name, bus in grids if name in finished.flows.get(bus, {})]
    hours = finished.timeline.hours * finished.timeline.weight
    grid = sum((_sum(finished, flow * hours) for flow in bought), _zero(finished))
    return {
        "facility_peak": (_by_phase(finished, drawn, np.max, design=None), "MW"),
        "pue_annual": (_ratio(yearly_it + yearly_overhead, yearly_it), "1"),
        "pue_p99_6": (_exceeded(finished, pue, HIGH), "1"),
        "pue_design": (_by_phase(finished, pue, _worst, design=True), "1"),
        "grid_connection": (connection, "MW"),
        "grid_energy": (grid, "MWh/yr"),
    }


def _exceeded(finished: Finished, series: Floats, share: float) -> Floats:
    """Return the value below which a series stays for a share of the year of each phase, in the mean of outcomes."""
    timeline, found = finished.timeline, []
    hours = timeline.hours * timeline.weight
    for phase in range(len(timeline.phases)):
        kept = (timeline.phase_number == phase) & timeline.operating & np.isfinite(series)
        weighted = {"weights": hours[kept], "method": "inverted_cdf"}
        found.append(float(np.quantile(series[kept], share, **weighted)) if kept.any() else np.nan)
    return np.array(found)


def _worst(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.max()) if known.size else np.nan


def _sum(finished: Finished, amounts: Floats) -> Floats:
    sums = np.bincount(finished.timeline.phase_number, amounts, minlength=len(finished.timeline.phases))
    return np.asarray(sums, dtype=float)


def _water(finished: Finished) -> dict[str, tuple[Floats, str]]:
    flows = finished.flows.get("water", {})
    drawn = sum((np.maximum(flow, 0.0) for flow in flows.values()), np.zeros(finished.timeline.size))
    yearly = _sum(finished, drawn * finished.timeline.hours * finished.timeline.weight)
    it = finished.accounts.get("it_energy", _zero(finished))
    return {
        "wue_annual": (_ratio(yearly, it), "L/kWh"),
        "water_annual": (yearly, "m3/yr"),
        "water_peak": (_by_phase(finished, drawn / 3.6, np.max, design=None), "L/s"),
    }


def _shares(finished: Finished) -> dict[str, tuple[Floats, str]]:
    account = finished.accounts
    zero = _zero(finished)
    consumed = account.get("it_energy", zero) + account.get("overhead_energy", zero)
    exported = account.get("exported_energy", zero)
    renewable = np.maximum(account.get("renewable_energy", zero) - exported, 0.0)
    dirty = account.get("carbon_bearing_energy", zero)
    return {
        "renewable_share": (np.minimum(_ratio(renewable, consumed), 1.0), "1"),
        "cfe_share": (np.maximum(1.0 - _ratio(dirty, consumed), 0.0), "1"),
        "co2": (account.get("carbon", zero), "t/yr"),
    }


def _money(finished: Finished) -> dict[str, tuple[Floats, str]]:
    table = costs(finished)
    names = list(finished.timeline.names)
    family = table["component"].map(finished.purpose)

    def total(column: str, chosen: pd.Series) -> Floats:
        return table[chosen].groupby("phase")[column].sum().reindex(names, fill_value=0.0).to_numpy(dtype=float)

    capex = {name: total("usd_capex", family.isin(families)) for name, families in CAPEX.items()}
    annual = total("usd_per_year", table["cash"])
    supply = total("usd_per_year", table["cash"] & family.isin(SUPPLY))
    account, zero = finished.accounts, _zero(finished)
    consumed = account.get("it_energy", zero) + account.get("overhead_energy", zero)
    grid = np.cumsum(capex["capex_grid"])
    facility = np.cumsum(capex["capex_facility"])
    return {
        **{name: (values, "USD") for name, values in capex.items()},
        "salvage": (_salvage(finished), "USD"),
        "annual_cost": (annual, "USD/yr"),
        "lcoe": (_ratio(supply, consumed), "USD/MWh"),
        "cost_per_gpu_hour": (_ratio(annual, 1000.0 * account.get("work", zero)), "USD"),
        "grid_to_datacentre_ratio_facility": (_ratio(grid, facility), "1"),
        "grid_to_datacentre_ratio_all_in": (_ratio(grid, facility + np.cumsum(capex["capex_it"])), "1"),
    }


def _salvage(finished: Finished) -> Floats:
    """Return the value at the end of the horizon of what each phase added; a line of the report, credited nowhere."""
    phases = finished.timeline.phases
    total = _zero(finished)
    for _, record, _, added in finished.records():
        for i, phase in enumerate(phases):
            if record.alive[i, -1]:
                age = years_between(phase.start, finished.site.end)
                share = salvage_share(record.cost_of_capital, record.life_years, age)
                total[i] += added[i] * record.capex_usd_per_unit * share
    return total
