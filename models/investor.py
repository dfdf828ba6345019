"""What a plan earns: the yearly cash flow of plant that is bought, lent on, depreciated, taxed and sold.

All money is real, as in the plan; interest and the return on equity are real rates too. What is earned and paid in a
year falls at its end, plant is paid on its day of service, and what is left of it is sold on the day it is retired.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.optimize import brentq

from .component import Floats, Frozen, Listed
from .finance import annuity_factor, internal_rate_of_return, loan_balance, net_present_value, payback_years
from .quantities import DollarsPerReferenceHour, Fraction, Years

TECHNOLOGY = "investor"
SAME_DAY = 0.5 / 365.25


class Investor(Frozen):
    """Who owns the site: its taxes, its loans, and what it asks of its own money."""

    price: DollarsPerReferenceHour | None = None
    """Price at which an H100-hour is sold; the price at which the investor breaks even where left out."""
    tax: Annotated[Fraction, Listed("tax", TECHNOLOGY)]
    """Tax on profit; losses are carried forward without limit."""
    debt_share: Annotated[Fraction, Listed("debt_share", TECHNOLOGY)]
    """Share of each purchase that is borrowed."""
    interest: Annotated[Fraction, Listed("interest", TECHNOLOGY)]
    """Real interest on loans."""
    tenor: Annotated[Years, Listed("tenor", TECHNOLOGY)] = Field(gt=0.0)
    """Time over which a loan is redeemed by equal yearly payments; never longer than the life of what it paid for."""
    return_on_equity: Annotated[Fraction, Listed("return_on_equity", TECHNOLOGY)]
    """Real return that the owner asks of its own money; equity is valued at this rate."""
    resale: Annotated[Fraction, Listed("resale", TECHNOLOGY)]
    """Share of the value left in retired plant, its remaining annuities, for which it is sold."""


@dataclass(frozen=True)
class Purchase:
    """Plant that is paid for on its day of service, used up in equal parts, and sold.

    Parameters
    ----------
    service, end : float
        When it goes into service and when it is retired [year].
    life : float
        Economic life, and time over which it is depreciated [year].
    usd : float
        What it costs.
    left_usd : float
        What it is worth when it is retired.
    """

    service: float
    end: float
    life: float
    usd: float
    left_usd: float = 0.0


@dataclass(frozen=True)
class Venture:
    """What is bought, what running it costs, and how much is sold.

    Parameters
    ----------
    edges : array, shape (n + 1,)
        Ends of the years, from zero on [year]; the last one may be shorter.
    purchases : sequence of Purchase
        Retired at the last edge at the latest.
    running_usd : array, shape (n,)
        What running it costs in each year, upkeep included.
    sold : array, shape (n,)
        What is sold in each year, in the unit of the price.
    """

    edges: Floats
    purchases: Sequence[Purchase]
    running_usd: Floats
    sold: Floats


@dataclass(frozen=True)
class Statement:
    """The yearly cash flow; every array has one value a year [USD].

    ``equity`` = revenue - running - tax - interest - redemption + resale + borrowed - capex. ``years`` and ``amounts``
    are the same money on the days on which it falls.
    """

    revenue: Floats
    running: Floats
    capex: Floats
    borrowed: Floats
    interest: Floats
    redemption: Floats
    debt: Floats
    depreciation: Floats
    resale: Floats
    taxable: Floats
    tax: Floats
    equity: Floats
    years: Floats
    amounts: Floats

    @property
    def irr(self) -> float:
        """Internal rate of return [1/year]; not a number where none or several exist."""
        return internal_rate_of_return(self.years, self.amounts)

    @property
    def payback(self) -> float:
        """When the owner has its money back [year]; infinite where it never has."""
        return payback_years(self.years, self.amounts)

    def worth(self, rate: float) -> float:
        """Return the net present value of the equity at year zero [USD]."""
        return net_present_value(rate, self.years, self.amounts)


def statement(investor: Investor, venture: Venture, price: float) -> Statement:
    """Return the cash flow of a venture that sells at a price.

    Parameters
    ----------
    investor : Investor
    venture : Venture
    price : float
        [USD per unit sold]

    Returns
    -------
    Statement
        Depreciation is in equal parts over the life; what a sale brings above the book value is taxed, and what it
        brings below is deducted. What is left of a loan is redeemed when its plant is sold.
    """
    edges = venture.edges
    zero = np.zeros(len(edges) - 1)
    parts = [_owned(investor, each, edges) for each in venture.purchases]

    def total(name: str) -> Floats:
        return sum((part[name] for part in parts), zero)

    capex, borrowed, resale = total("capex"), total("borrowed"), total("resale")
    interest, redemption, depreciation = total("interest"), total("redemption"), total("depreciation")
    revenue = price * venture.sold
    taxable = revenue - venture.running_usd - interest - depreciation + resale - total("book")
    tax = investor.tax * _after_losses(taxable)
    operating = revenue - venture.running_usd - tax - interest - redemption
    bought = [(each.service, -(1.0 - investor.debt_share) * each.usd) for each in venture.purchases]
    sold = [(each.end, investor.resale * each.left_usd) for each in venture.purchases]
    years = np.array([*edges[1:], *(year for year, _ in bought), *(year for year, _ in sold)])
    amounts = np.array([*operating, *(usd for _, usd in bought), *(usd for _, usd in sold)])
    return Statement(
        revenue=revenue,
        running=venture.running_usd,
        capex=capex,
        borrowed=borrowed,
        interest=interest,
        redemption=redemption,
        debt=np.cumsum(borrowed - redemption),
        depreciation=depreciation,
        resale=resale,
        taxable=taxable,
        tax=tax,
        equity=operating + resale + borrowed - capex,
        years=years,
        amounts=amounts,
    )


def break_even_price(investor: Investor, venture: Venture) -> float:
    """Return the price at which the owner earns exactly the return that it asks.

    Without tax and debt it is (purchases - resale + running costs) / units sold, each at its present value at
    the return on equity. Taxes on profit after carried losses make the value of equity a broken line of the price,
    which never falls; its root is searched.

    Parameters
    ----------
    investor : Investor
    venture : Venture

    Returns
    -------
    float
        [USD per unit sold]; not a number where nothing is sold, or where all profit is taxed away.
    """
    if not venture.sold.any() or investor.tax >= 1.0:
        return math.nan

    def worth(price: float) -> float:
        return statement(investor, venture, price).worth(investor.return_on_equity)

    spent = sum(each.usd for each in venture.purchases) + float(np.abs(venture.running_usd).sum())
    reach = max(spent, 1.0) / float(venture.sold.sum())
    while worth(reach) < 0 or worth(-reach) > 0:
        reach *= 2.0
    return float(brentq(worth, -reach, reach, xtol=1e-12 * reach, rtol=1e-12))


def _overlap(start: float, end: float, edges: Floats) -> Floats:
    """Return the part of each year that lies between two times [year]."""
    return np.asarray(np.maximum(np.minimum(end, edges[1:]) - np.maximum(start, edges[:-1]), 0.0))


def _owned(investor: Investor, each: Purchase, edges: Floats) -> dict[str, Floats]:
    """Return the yearly money of one purchase: paid, borrowed, redeemed, depreciated and sold."""
    ends = edges[1:]
    paid = np.where((each.service >= edges[:-1] - SAME_DAY) & (each.service < ends - SAME_DAY), each.usd, 0.0)
    gone = (each.end > edges[:-1] + SAME_DAY) & (each.end <= ends + SAME_DAY)
    tenor = min(investor.tenor, each.life)
    loan = investor.debt_share * each.usd
    begun, until = (np.clip(side, each.service, each.end) - each.service for side in (edges[:-1], ends))
    redeemed = loan * (loan_balance(investor.interest, tenor, begun) - loan_balance(investor.interest, tenor, until))
    left = loan * float(loan_balance(investor.interest, tenor, np.array(each.end - each.service)))
    paid_back = loan * annuity_factor(investor.interest, tenor) * _overlap(
        each.service, min(each.service + tenor, each.end), edges
    )  # fmt: skip
    book = each.usd * max(0.0, 1.0 - (each.end - each.service) / each.life)
    return {
        "capex": paid,
        "borrowed": investor.debt_share * paid,
        "interest": paid_back - redeemed,
        "redemption": redeemed + np.where(gone, left, 0.0),
        "depreciation": each.usd / each.life * _overlap(each.service, min(each.service + each.life, each.end), edges),
        "resale": np.where(gone, investor.resale * each.left_usd, 0.0),
        "book": np.where(gone, book, 0.0),
    }


def _after_losses(taxable: Floats) -> Floats:
    """Return what is taxed of each year's profit once the losses of earlier years are taken off."""
    taxed, losses = np.zeros_like(taxable), 0.0
    for year, profit in enumerate(taxable):
        carried = min(losses, max(profit, 0.0))
        taxed[year] = max(profit, 0.0) - carried
        losses += max(-profit, 0.0) - carried
    return taxed
