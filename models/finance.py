"""Money in real terms: annuities, discount factors, what a phase is worth, rates of return and loans."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
from scipy.optimize import brentq

from .timeline import Floats, years_between

LEAP_DAYS = 2.0 / 365.25  # by which whole calendar years may differ from years of 365.25 days
LEAST_RATE = 1e-12  # below it, discounting is lost in the last digits
RATES_TRIED = 1201  # steps of 0.4 % of one plus the rate: two roots closer than that are taken for none


def annuity_factor(rate: float, years: float) -> float:
    """Return the share of an investment to be paid at the end of each year of its life.

    Parameters
    ----------
    rate : float
        Real cost of capital [1/year].
    years : float
        Economic life [year].

    Returns
    -------
    float
        rate / (1 - (1 + rate)^-years) [1/year]; 1/years at a rate of zero.
    """
    if years <= 0:
        raise ValueError(f"a life must be longer than zero years, got {years:g}")
    # expm1 and log1p keep their digits where the rate is tiny.
    return 1.0 / years if rate < LEAST_RATE else rate / -math.expm1(-years * math.log1p(rate))


def present_value_years(rate: float, base: date, start: date, end: date) -> float:
    """Return what one USD a year from ``start`` to ``end`` is worth at ``base``.

    What is paid in a year falls at its end, as in `annuity_factor`: whole years are worth the sum over k of
    (1 + rate)^-k. A part of a year counts as the steady payment whose full year is worth as much, so that a horizon is
    worth the sum of its phases wherever it is cut, and the annuities of a life of any length are worth the investment.

    Parameters
    ----------
    rate : float
        Real discount rate [1/year].
    base, start, end : date

    Returns
    -------
    float
        ((1 + rate)^-from - (1 + rate)^-to) / rate, with both times from ``base`` [year]; the plain length of the period
        at a rate of zero.
    """
    offset, length = years_between(base, start), years_between(start, end)
    if rate < LEAST_RATE:
        return length
    growth = math.log1p(rate)
    return math.exp(-offset * growth) * -math.expm1(-length * growth) / rate


def present_worth_factor(escalation: float, rate: float, years: int) -> float:
    """Return the sum over n = 1..years of ((1 + escalation) / (1 + rate))^n."""
    growth = (1.0 + escalation) / (1.0 + rate)
    return sum(growth**n for n in range(1, years + 1))


def levelised_cost(rate: float, investment: float, costs: Floats, energy: Floats) -> float:
    """Return the price of energy that pays for an investment and its yearly costs.

    Parameters
    ----------
    rate : float
        Real cost of capital [1/year].
    investment : float
        Overnight cost at the start of year 1 [USD].
    costs, energy : array, shape (n,)
        Of years 1 to n [USD/year, MWh/year].

    Returns
    -------
    float
        (investment + sum of costs_k / (1 + rate)^k) / (sum of energy_k / (1 + rate)^k) [USD/MWh].

    Raises
    ------
    ValueError
        If there is no energy.
    """
    worth = (1.0 + rate) ** -np.arange(1.0, len(energy) + 1.0)
    total = float(worth @ np.asarray(energy, dtype=float))
    if total <= 0:
        raise ValueError(f"a levelised cost needs energy, got {total:g} MWh")
    return (investment + float(worth @ np.asarray(costs, dtype=float))) / total


def salvage_share(rate: float, life: float, age: float) -> float:
    """Return what is left to pay on plant of an age, over its cost: the value of its remaining annuities.

    Parameters
    ----------
    rate : float
        Real cost of capital [1/year].
    life, age : float
        [year]; plant older than its life has been replaced like for like, so its age counts from the last replacement.
        On the day on which its life ends, nothing is left and the replacement is not yet bought.

    Returns
    -------
    float
        (1 - (1 + rate)^-(life - age)) / (1 - (1 + rate)^-life) [1]; 1 - age/life at a rate of zero.
    """
    since = age % life
    if age >= life - LEAP_DAYS and min(since, life - since) < LEAP_DAYS:
        return 0.0
    left = life - since
    return annuity_factor(rate, life) / annuity_factor(rate, left)


def net_present_value(rate: float, years: Floats, amounts: Floats) -> float:
    """Return the value of dated amounts at year zero.

    Parameters
    ----------
    rate : float
        Discount rate [1/year].
    years : array, shape (n,)
        When each amount falls [year].
    amounts : array, shape (n,)
        [USD]

    Returns
    -------
    float
        sum of amount / (1 + rate)^year [USD].
    """
    return float(np.sum(np.asarray(amounts) * (1.0 + rate) ** -np.asarray(years)))


def internal_rate_of_return(years: Floats, amounts: Floats) -> float:
    """Return the rate at which dated amounts are worth nothing at year zero.

    Parameters
    ----------
    years : array, shape (n,)
        When each amount falls [year].
    amounts : array, shape (n,)
        [USD]

    Returns
    -------
    float
        [1/year], between -90 % and 1,000 %; not a number where no rate in that range does it, or where several do:
        amounts that change sign more than once may have several, and none of them then says what the money earns.
    """

    def worth(rate: float) -> float:
        return net_present_value(rate, years, amounts)

    rates = np.geomspace(0.1, 11.0, RATES_TRIED) - 1.0
    values = np.array([worth(float(rate)) for rate in rates])
    crossings = np.flatnonzero(values[:-1] * values[1:] < 0)
    if crossings.size != 1:
        return math.nan
    return float(brentq(worth, rates[crossings[0]], rates[crossings[0] + 1], xtol=1e-12))


def payback_years(years: Floats, amounts: Floats) -> float:
    """Return when the running sum of dated amounts turns positive for good.

    Parameters
    ----------
    years : array, shape (n,)
        When each amount falls [year].
    amounts : array, shape (n,)
        [USD], undiscounted.

    Returns
    -------
    float
        [year], on a straight line between the two dates around it; infinite where it never does.
    """
    when, position = np.unique(years, return_inverse=True)
    sums = np.cumsum(np.bincount(position.ravel(), weights=amounts))
    short = np.flatnonzero(sums < 0)
    if not short.size:
        return float(when[0])
    last = short[-1]
    if last == len(sums) - 1:
        return math.inf
    share = -sums[last] / (sums[last + 1] - sums[last])
    return float(when[last] + share * (when[last + 1] - when[last]))


def loan_balance(rate: float, tenor: float, year: Floats) -> Floats:
    """Return what is left to pay on a loan of 1 that equal yearly payments redeem.

    Parameters
    ----------
    rate : float
        Interest [1/year].
    tenor : float
        Time over which it is redeemed [year].
    year : array
        Time since it was drawn [year]; after its tenor nothing is left.

    Returns
    -------
    array
        (1 - (1 + rate)^-(tenor - year)) / (1 - (1 + rate)^-tenor) [1]; 1 - year/tenor without interest.
    """
    left = np.clip(tenor - np.asarray(year, dtype=float), 0.0, tenor)
    if rate == 0:
        return np.asarray(left / tenor)
    growth = math.log1p(rate)
    return np.asarray(np.expm1(-left * growth) / math.expm1(-tenor * growth))
