"""What must be ordered by when, so that it is in service when the plan needs it, and what first power waits for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from gigasite.models.catalogue import Entry
from gigasite.models.component import Capacity
from gigasite.models.equipment import Part, parts
from gigasite.models.investment import Candidate
from gigasite.models.plan_tables import FOLLOWING
from gigasite.models.quantities import Unit
from gigasite.models.timeline import years_after, years_between

from .tables import ALMOST_NOTHING, COUNTED, Finished

COLUMNS = FOLLOWING["orders"]
GIVEN, OFFERED = "site file", "date of service in the site file"
YEARS = Unit("year")


@dataclass(frozen=True)
class _Lead:
    """When to order, the lead time [year], the longest that is known, and who says so."""

    order_by: date
    years: float
    longest: float
    source: str
    evidence: str


@dataclass(frozen=True)
class CriticalPath:
    """What first power waits for.

    Parameters
    ----------
    orders : DataFrame
        For every component of the first phase that orders something, its order with the least slack; the date by which
        it must be ordered rises from row to row. Columns as of `orders`, and ``critical``: true where the slack is the
        least of all.
    sentence : str
        The same for people; empty where nothing is ordered.
    """

    orders: pd.DataFrame
    sentence: str


def orders(finished: Finished) -> pd.DataFrame:
    """Return the list of orders, by date.

    Parameters
    ----------
    finished : Finished

    Returns
    -------
    DataFrame
        One row per part of what a phase adds: ``phase`` (ISO date of service), ``component``, ``kind``, ``part``, the
        ``quantity`` that it carries, ``value`` in ``unit``, ``units`` (number of units where their size is known),
        ``lead_time_years`` and ``longest_lead_time_years`` (upper end of the range; missing where the site file gives
        the lead time), ``order_by`` (ISO date: service less lead time), ``slack_days`` (from the decision to that
        date; negative means late: it must have been ordered before the decision), ``source`` and ``evidence`` of the
        lead time. What a utility or a seller brings counts from the decision to the date that the site file states, if
        it states one. Equipment keeps its lead time; only where the site file states that it is available before that
        time has passed, a contract stands behind the date.
    """
    rows = []
    for name, record, _, added in finished.records():
        component = finished.site.component(name)
        if isinstance(component, Candidate):
            for phase, amount in zip(finished.timeline.phases, added, strict=True):
                if amount > ALMOST_NOTHING:
                    rows += list(_rows(finished, component, record, phase.start, float(amount)))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values(["order_by", "component"], kind="stable", ignore_index=True)


def critical_path(finished: Finished) -> CriticalPath:
    """Return what first power waits for: the orders of the first phase, and the one with the least slack.

    All that the plan adds in that phase must stand when it begins; deliveries run side by side, so that the phase waits
    for the order with the least slack.

    Parameters
    ----------
    finished : Finished
    """
    every = orders(finished)
    first = every[every["phase"] == every["phase"].min()]
    tightest = first.loc[first.groupby("component", sort=False)["slack_days"].idxmin()]
    table = tightest.sort_values(["order_by", "component"], kind="stable", ignore_index=True)
    table["critical"] = table["slack_days"] == table["slack_days"].min()
    return CriticalPath(table, _sentence(table, finished.site.decision))


def _rows(
    finished: Finished, component: Candidate, record: Capacity, service: date, amount: float
) -> Iterator[tuple[object, ...]]:
    unit, factor = COUNTED.get(record.unit, (record.unit, 1.0))
    units = amount / record.unit_size if record.unit_size else math.nan
    decision = finished.site.decision
    for part in parts(component, record.quantity):
        lead = _lead_time(finished, component, part, service)
        yield (
            service.isoformat(), component.name, component.kind, part.name, record.quantity, factor * amount, unit,
            units, lead.years, lead.longest, lead.order_by.isoformat(), (lead.order_by - decision).days,
            lead.source, lead.evidence,
        )  # fmt: skip


def _lead_time(finished: Finished, component: Candidate, part: Part, service: date) -> _Lead:
    """Return the lead time of a part: promised, its own, given in the site file, or of the component's technology.

    A date that the site file states as available is a contract: what would have had to be ordered before the decision
    has been.
    """
    promised = _promised(finished, component, service)
    if not (part.by_others and promised is not None):
        usual = _usual(finished, component, part, service)
        contracted = component.available is not None and usual.order_by < finished.site.decision
        if promised is None or not contracted:
            return usual
    agreed = min(finished.site.decision, promised)
    return _Lead(agreed + (service - promised), years_between(agreed, promised), math.nan, OFFERED, "")


def _usual(finished: Finished, component: Candidate, part: Part, service: date) -> _Lead:
    if part.lead_time is not None:
        return _listed(part.lead_time, service)
    given = next(each.data for each in finished.site.parts if each.name == component.name)
    listed = type(component).listed_fields(given).get("lead_time")
    if listed is not None:
        return _listed(listed, service)
    return _Lead(years_after(service, -component.lead_time), component.lead_time, math.nan, GIVEN, "")


def _listed(entry: Entry, service: date) -> _Lead:
    years, longest = (float(YEARS.parse(f"{value} {entry.unit}")) for value in (entry.value, entry.high))
    return _Lead(years_after(service, -years), years, longest, entry.source, entry.evidence)


def _promised(finished: Finished, component: Candidate, service: date) -> date | None:
    """Return the date on which the site file says that what goes into service then is ready; None where it says none.

    Of offers by date, the latest that has begun is the one that the new plant takes.
    """
    dated = component.available or component.lead_time is None or any(size.dates() for size in component.sizes())
    if not dated and not getattr(component, "offers", ()):
        return None
    dates = {day for day in component.dates(finished.site.decision) if day <= service}
    return max(dates, default=None)


def _sentence(table: pd.DataFrame, decision: date) -> str:
    if table.empty:
        return ""
    worst = table[table["critical"]].iloc[0]
    days = int(worst["slack_days"])
    count = "one day" if abs(days) == 1 else f"{abs(days):,} days"
    when = f"{count} {'before' if days < 0 else 'after'}" if days else "the day of"
    due = "was" if days < 0 else "is"
    late = int((table["slack_days"] < 0).sum())
    others = f" {late} of {len(table)} components are late." if late > 1 else ""
    return (
        f"First power on {worst['phase']} waits for the {worst['part']} of {worst['component']}: an order takes"
        f" {worst['lead_time_years']:.1f} years and {due} due on {worst['order_by']}, {when} the decision on"
        f" {decision}.{others}"
    )
