"""What each month costs by which power comes late: plant that is paid for and idle, and the margin that it misses."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gigasite.models.finance import annuity_factor
from gigasite.models.plan_tables import FOLLOWING
from gigasite.models.technologies.accelerators import Accelerators
from gigasite.models.technologies.work import Work

from .tables import Finished, Floats, costs

COLUMNS = FOLLOWING["delay"]
MONTHS = 12.0
ACCELERATORS, PLANT, SUPPLY = "idle accelerators", "idle building and plant", "idle supply"
UPKEEP, MARGIN = "upkeep", "margin not earned"
IDLE = {"compute": ACCELERATORS, "facility": PLANT, "cooling": PLANT, "water": PLANT}


def delay_costs(finished: Finished) -> pd.DataFrame:
    """Return what each month costs by which power comes late to what a phase adds.

    idle     = annuity of what the phase adds / 12, of accelerators, of building and plant, and of supply; rent and
               energy of a contract that is paid for whether it is taken or not
    upkeep   = yearly upkeep of what the phase adds / 12
    margin   = max(0, value of the work not done - running costs saved - idle - upkeep)

    The work not done is the phase's work times the share of its work capacity that is new. It counts at the value that
    its class puts on an H100-hour, by default what one rents for; that value pays for the plant too, so that only what
    exceeds its costs is added to them. Work that is worth less than it costs is done all the same: the plan takes it to
    be worth its cost, and the margin is zero. Running costs are energy, fuel, water and the like; a partner's are not
    saved. What stands already goes on working.

    Parameters
    ----------
    finished : Finished

    Returns
    -------
    DataFrame
        ``phase`` (ISO date on which its power is due), ``reason``, ``usd_per_month``; the sum over the reasons is the
        cost of a month of delay.
    """
    parts = _parts(finished)
    names = finished.timeline.names
    rows = [(phase, reason, usd[i]) for i, phase in enumerate(names) for reason, usd in parts.items()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def delay_kpis(finished: Finished) -> dict[str, tuple[Floats, str]]:
    """Return the headline figures by phase: cost of a month of delay [USD/month], work not done in it [GPU-h/month].

    Parameters
    ----------
    finished : Finished

    Returns
    -------
    dict
        ``delay_idle_cost``: annuity and upkeep of what stands idle; ``delay_cost``: all reasons of `delay_costs`, the
        margin included; ``delay_work``: reference GPU-hours.
    """
    parts = _parts(finished)
    zero = np.zeros(len(finished.timeline.phases))
    work = 1000.0 * finished.accounts.get("work", zero) * _new_share(finished) / MONTHS
    every = sum(parts.values(), zero)
    return {
        "delay_idle_cost": (every - parts[MARGIN], "USD/month"),
        "delay_cost": (every, "USD/month"),
        "delay_work": (work, "GPU-h/month"),
    }


def _parts(finished: Finished) -> dict[str, Floats]:
    """Return the cost of a month by reason."""
    zero = np.zeros(len(finished.timeline.phases))
    found = dict.fromkeys((ACCELERATORS, PLANT, SUPPLY, UPKEEP), zero)
    yearly = _yearly(finished)
    kept = set()
    for name, record, stands, added in finished.records():
        annuity = record.capex_usd_per_unit * annuity_factor(record.cost_of_capital, record.life_years) * added
        idle = IDLE.get(finished.purpose[name], SUPPLY)
        found[idle] = found[idle] + annuity / MONTHS
        reason = record.reason.replace("capital", "upkeep")
        due = [(name, each) for each in _due(finished, name)]
        kept |= {(name, record.reason), (name, reason), *due}
        new = np.divide(added, stands, out=np.zeros_like(zero), where=stands > 0) / MONTHS
        found[UPKEEP] = found[UPKEEP] + new * yearly.get((name, reason), zero)
        found[idle] = found[idle] + new * sum((yearly.get(each, zero) for each in due), zero)
    running = sum(
        (usd for (name, reason), usd in yearly.items() if (name, reason) not in kept and not _of_work(finished, name)),
        zero,
    )
    earned = _new_share(finished) * (_value(finished) - running) / MONTHS
    return {**found, MARGIN: np.maximum(earned - sum(found.values(), zero), 0.0)}


def _yearly(finished: Finished) -> dict[tuple[str, str], Floats]:
    """Return the cash costs by component and reason, by phase [USD/year]."""
    table = costs(finished)
    table = table[table["cash"]]
    return {
        (str(name), str(reason)): rows["usd_per_year"].to_numpy(dtype=float)
        for (name, reason), rows in table.groupby(["component", "reason"], sort=False)
    }


def _due(finished: Finished, name: str) -> tuple[str, ...]:
    """Return the reasons besides capital and upkeep for which a component is paid although it stands idle."""
    paid = getattr(finished.site.component(name), "take_or_pay", False)
    return ("rent", "energy") if paid else ("rent",)


def _of_work(finished: Finished, name: str) -> bool:
    return isinstance(finished.site.component(name), Work)


def _new_share(finished: Finished) -> Floats:
    """Return the share of each phase's work capacity that the phase adds."""
    zero = np.zeros(len(finished.timeline.phases))
    stands, added = zero, zero
    for name, _, all_of_it, new in finished.records():
        component = finished.site.component(name)
        if isinstance(component, Accelerators):
            stands = stands + component.speed * component.availability * all_of_it
            added = added + component.speed * component.availability * new
    return np.divide(added, stands, out=np.zeros_like(zero), where=stands > 0)


def _value(finished: Finished) -> Floats:
    """Return the value of the work that is done here, by phase [USD/year]."""
    total = np.zeros(len(finished.timeline.phases))
    for component in finished.site.components:
        if isinstance(component, Work):
            block = finished.compiled.network.model.component(component.name)
            for one in component.classes:
                served = finished.compiled.columns.slice(block.component(one.name).served)
                total = total + float(one.value) * _by_phase(finished, finished.solution.x[served])
    return total


def _by_phase(finished: Finished, rate: Floats) -> Floats:
    """Return the yearly sum of an hourly rate in every phase."""
    timeline = finished.timeline
    amounts = rate * timeline.hours * timeline.weight
    return np.asarray(np.bincount(timeline.phase_number, amounts, minlength=len(timeline.phases)), dtype=float)
