"""The plan as an investor sees it: cash flow by year, rates of return, and the prices at which it breaks even."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from gigasite.models.component import Capacity
from gigasite.models.finance import salvage_share
from gigasite.models.investor import Investor, Purchase, Statement, Venture, break_even_price, statement
from gigasite.models.plan_tables import FOLLOWING
from gigasite.models.technologies.work import Work
from gigasite.models.timeline import years_after

from .kpis import SUPPLY
from .tables import ALMOST_NOTHING, Finished, Floats, costs

COLUMNS = FOLLOWING["cash_flow"]
RETURNS = FOLLOWING["returns"]
GROUPS = ("energy", "fuel", "upkeep", "other")
SHORTEST = 1.5 / 365.25  # a remainder of a day or so, as leap years leave it, is no year and no replacement


@dataclass(frozen=True)
class _Books:
    """What the plan buys, runs and sells, by project year.

    ``groups`` holds the running costs [USD] by what they are for; ``families`` is what was counted, all where empty.
    """

    starts: tuple[date, ...]
    venture: Venture
    groups: dict[str, Floats]


def cash_flow(finished: Finished, investor: Investor) -> pd.DataFrame:
    """Return the cash flow of the whole site by project year.

    Parameters
    ----------
    finished : Finished
    investor : Investor
        Its price, else the price at which it breaks even, is what an H100-hour sells for. A site without work sells
        the energy of its load, at the price at which it breaks even.

    Returns
    -------
    DataFrame
        One row per year from the first day of service: ``year`` (1, 2, ...), ``start`` (ISO date), and real USD:
        ``revenue``; running costs ``energy`` (grid energy and demand charges, less exports), ``fuel``, ``upkeep`` and
        ``other`` (water, partners, carbon, running); ``interest``, ``depreciation`` (in equal parts over the life),
        ``taxable`` profit before losses carried forward, ``tax``; ``capex`` (paid on the day of service, replacements
        included), ``borrowed``, ``redemption``, ``resale`` (what plant that is retired or left at the end is worth),
        ``equity`` = revenue - running costs - interest - redemption - tax - capex + borrowed + resale,
        ``equity_sum`` its running sum, and ``debt`` at the end of the year. Penalties are no cash and do not appear.
    """
    books = _books(finished, frozenset(finished.purpose.values()), _sold(finished))
    found = statement(investor, books.venture, _price(finished, investor, books.venture))
    return _table(books, found)


def returns(finished: Finished, investor: Investor) -> pd.DataFrame:
    """Return the investor's headline figures.

    Parameters
    ----------
    finished : Finished
    investor : Investor

    Returns
    -------
    DataFrame
        ``name``, ``value``, ``unit``: ``price`` (what is sold at), ``break_even_per_gpu_hour`` (USD per H100-hour
        served, a partner's included), ``break_even_per_it_mwh`` (the same money per MWh that IT or the load draws),
        ``break_even_per_mwh`` (supply, storage and grid only, per MWh consumed: the headline lcoe with tax and debt),
        ``net_present_value`` of the equity at the return that the owner asks, ``equity_irr``, ``project_irr`` (after
        tax, nothing borrowed), ``payback`` from the first day of service. What does not exist is not a number.
    """
    every = frozenset(finished.purpose.values())
    site = _books(finished, every, _sold(finished)).venture
    energy = _books(finished, every, _account(finished, "it_energy")).venture
    supply = _books(finished, frozenset(SUPPLY), _consumed(finished)).venture
    price = _price(finished, investor, site)
    found = statement(investor, site, price)
    alone = statement(investor.model_copy(update={"debt_share": 0.0}), site, price)
    per_hour = break_even_price(investor, site) if _has_work(finished) else math.nan
    return pd.DataFrame(
        [
            ("price", price, "USD/GPU-h" if _has_work(finished) else "USD/MWh"),
            ("break_even_per_gpu_hour", per_hour, "USD/GPU-h"),
            ("break_even_per_it_mwh", break_even_price(investor, energy), "USD/MWh"),
            ("break_even_per_mwh", break_even_price(investor, supply), "USD/MWh"),
            ("net_present_value", found.worth(investor.return_on_equity), "USD"),
            ("equity_irr", found.irr, "1/yr"),
            ("project_irr", alone.irr, "1/yr"),
            ("payback", found.payback, "yr"),
        ],
        columns=list(RETURNS),
    )


def _price(finished: Finished, investor: Investor, venture: Venture) -> float:
    """Return what a unit sells for: an H100-hour, or a MWh where the site does no work."""
    if investor.price is not None and _has_work(finished):
        return float(investor.price) / 1000.0
    return break_even_price(investor, venture)


def _has_work(finished: Finished) -> bool:
    return any(isinstance(component, Work) for component in finished.site.components)


def _sold(finished: Finished) -> Floats:
    """Return what is sold a year in each phase: H100-hours done here and by partners, else MWh of load."""
    if not _has_work(finished):
        return _account(finished, "it_energy")
    done = 1000.0 * _account(finished, "work")
    network = finished.compiled.network
    for component in finished.site.components:
        for one in component.classes if isinstance(component, Work) else ():
            term = network.costs().get((component.name, f"partner ({one.name})"))
            if term is not None and one.partner is not None and one.partner.price > 0:
                done = done + 1000.0 * finished.yearly(term) / one.partner.price
    return done


def _account(finished: Finished, name: str) -> Floats:
    return finished.accounts.get(name, np.zeros(len(finished.timeline.phases)))


def _consumed(finished: Finished) -> Floats:
    return _account(finished, "it_energy") + _account(finished, "overhead_energy")


def _books(finished: Finished, families: frozenset[str], sold: Floats) -> _Books:
    """Put the phases' purchases, costs and sales into project years."""
    first, end = finished.timeline.phases[0].start, finished.site.end
    last = _elapsed(first, end)
    count = max(1, math.ceil(last - SHORTEST))
    edges = np.array([*range(count), last], dtype=float)
    spans = np.array([[_elapsed(first, p.start), _elapsed(first, p.end)] for p in finished.timeline.phases])
    shares = np.maximum(
        np.minimum(spans[:, 1:], edges[None, 1:]) - np.maximum(spans[:, :1], edges[None, :-1]), 0.0
    )  # years of each phase (row) in each project year (column)
    groups = {name: usd @ shares for name, usd in _running(finished, families).items()}
    purchases = tuple(_purchases(finished, families, spans))
    running = np.sum(list(groups.values()), axis=0)
    starts = tuple(years_after(first, year) for year in range(count))
    return _Books(starts, Venture(edges, purchases, running, sold @ shares), groups)


def _elapsed(first: date, day: date) -> float:
    """Return the time between two days [year], whole where the calendar has whole years."""
    whole = day.year - first.year
    while years_after(first, whole) > day:
        whole -= 1
    begun, next_ = years_after(first, whole), years_after(first, whole + 1)
    return whole + (day - begun).days / (next_ - begun).days


def _running(finished: Finished, families: frozenset[str]) -> dict[str, Floats]:
    """Return the yearly cash costs that are no capital, by group and phase."""
    zero = np.zeros(len(finished.timeline.phases))
    found = dict.fromkeys(GROUPS, zero)
    table = costs(finished)
    capital = {(name, record.reason) for name, record, _, _ in finished.records()}
    for (name, reason), rows in table[table["cash"]].groupby(["component", "reason"], sort=False):
        family = finished.purpose[str(name)]
        if family in families and (name, reason) not in capital:
            group = _group(family, str(reason))
            found[group] = found[group] + rows["usd_per_year"].to_numpy(dtype=float)
    return found


def _group(family: str, reason: str) -> str:
    if reason.startswith("upkeep"):
        return "upkeep"
    return {"grid": "energy", "fuel": "fuel"}.get(family, "other")


def _purchases(finished: Finished, families: frozenset[str], spans: Floats) -> Iterator[Purchase]:
    """Yield what is bought, and bought again at the end of its life while it must stand."""
    for name, record, _, added in finished.records():
        if finished.purpose[name] in families:
            for i, amount in enumerate(added):
                if amount > ALMOST_NOTHING:
                    stands_until = float(spans[np.flatnonzero(record.alive[i])[-1], 1])
                    yield from _renewed(record, float(amount) * record.capex_usd_per_unit, spans[i, 0], stands_until)


def _renewed(record: Capacity, usd: float, service: float, until: float) -> Iterator[Purchase]:
    life = record.life_years
    while service < until - SHORTEST:
        end = min(service + life, until)
        age = end - service
        left = usd * salvage_share(record.cost_of_capital, life, age) if age < life - SHORTEST else 0.0
        yield Purchase(service, end, life, usd, left)
        service += life


def _table(books: _Books, found: Statement) -> pd.DataFrame:
    columns = {
        "year": np.arange(1, len(books.starts) + 1),
        "start": [day.isoformat() for day in books.starts],
        **books.groups,
        **{name: getattr(found, name) for name in COLUMNS if hasattr(found, name)},
        "equity_sum": np.cumsum(found.equity),
    }
    return pd.DataFrame({name: columns[name] for name in COLUMNS})
