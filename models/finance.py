"""Money in real terms: annuities, discount factors and what a phase is worth."""

from __future__ import annotations

from datetime import date

from .timeline import years_between


def annuity_factor(rate: float, years: float) -> float:
    """Return the share of an investment to be paid each year of its life.

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
    return 1.0 / years if rate == 0 else rate / (1.0 - (1.0 + rate) ** -years)


def present_value_years(rate: float, base: date, start: date, end: date) -> float:
    """Return what one USD a year from ``start`` to ``end`` is worth at ``base``.

    Payments fall at the middle of each year of the period; a last part of a year counts with its length:
    sum over k of length_k / (1 + rate)^(middle_k).

    Parameters
    ----------
    rate : float
        Real discount rate [1/year].
    base, start, end : date

    Returns
    -------
    float
        [year]; the plain length of the period at a rate of zero.
    """
    offset, length = years_between(base, start), years_between(start, end)
    total, passed = 0.0, 0.0
    while passed < length - 1e-9:
        part = min(1.0, length - passed)
        total += part / (1.0 + rate) ** (offset + passed + part / 2)
        passed += part
    return total


def present_worth_factor(escalation: float, rate: float, years: int) -> float:
    """Return the sum over n = 1..years of ((1 + escalation) / (1 + rate))^n."""
    growth = (1.0 + escalation) / (1.0 + rate)
    return sum(growth**n for n in range(1, years + 1))


def salvage_share(rate: float, life: float, age: float) -> float:
    """Return what is left to pay on plant of an age, over its cost: the value of its remaining annuities.

    Parameters
    ----------
    rate : float
        Real cost of capital [1/year].
    life, age : float
        [year]; plant older than its life has been replaced like for like, so its age counts from the last replacement.

    Returns
    -------
    float
        (1 - (1 + rate)^-(life - age)) / (1 - (1 + rate)^-life) [1]; 1 - age/life at a rate of zero.
    """
    left = life - age % life
    return annuity_factor(rate, life) / annuity_factor(rate, left)
