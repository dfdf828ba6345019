"""The cheapest way to take heat hour by hour, without an optimiser: where nothing is stored, hours stand alone."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np

from .component import Floats
from .cooling import Mode

STOPPED = "stopped"
WHOLE = 1.0 - 1e-9  # a share that rounding left just below 1 takes everything


def running_cost(
    modes: Mapping[str, Mode],
    electricity_usd_per_mwh: Floats,
    water_usd_per_m3: float,
    lost_usd_per_mwh: float,
    waste_water_usd_per_m3: float = 0.0,
) -> dict[str, Floats]:
    """Return what each mode costs per heat in every hour [USD/MWh].

    Parameters
    ----------
    modes : mapping of str to Mode
        Of one system, n hours each.
    electricity_usd_per_mwh : array, shape (n,)
        Price of electricity.
    water_usd_per_m3 : float
        Price of water.
    lost_usd_per_mwh : float
        Value of the work that a MWh of this heat stands for, lost where a mode slows it.
    waste_water_usd_per_m3 : float
        Price of disposing of what is drained.
    """
    return {
        name: m.electricity * electricity_usd_per_mwh
        + m.water * water_usd_per_m3
        + m.side.get("waste_water", 0.0) * waste_water_usd_per_m3
        + (0.0 if m.price is None else m.price)
        + (0.0 if m.slowed is None else m.slowed * lost_usd_per_mwh)
        for name, m in modes.items()
    }


def cheapest(modes: Mapping[str, Mode], price: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return the share of the heat that each mode takes in every hour at least cost.

    Parameters
    ----------
    modes : mapping of str to Mode
        Of one system, n hours each.
    price : mapping of str to array, shape (n,)
        Cost of each mode per heat, see `running_cost`.

    Returns
    -------
    dict of str to array, shape (n,)
        Shares that add up to 1 [1]; ``stopped`` is the share of hours in which nothing can take the heat.

    Notes
    -----
    Modes with a largest share split the flow between them, so ``sum(h_i / s_i) <= 1`` beside ``sum(h_i) = 1``. A linear
    program with two constraints has a solution with two modes at most: one that takes everything, or one at its
    largest share with an unlimited one for the rest. All of these are priced, and the cheapest is taken.
    """
    plans: list[dict[str, Floats]] = []
    costs: list[Floats] = []
    ones = np.ones_like(next(iter(price.values())))
    able = {name: np.where(m.capacity > 0, ones if m.share is None else m.share, 0.0) for name, m in modes.items()}
    for name in modes:
        plans.append({name: ones})
        costs.append(np.where(able[name] >= WHOLE, price[name], np.inf))
    for first, rest in product(modes, modes):
        if modes[first].share is not None and modes[rest].share is None:
            share = able[first]
            plans.append({first: share, rest: 1.0 - share})
            costs.append(np.where(able[rest] >= WHOLE, share * price[first] + (1.0 - share) * price[rest], np.inf))
    best = np.argmin(costs, axis=0)
    unable = ~np.isfinite(np.min(costs, axis=0))
    found = {name: np.zeros_like(ones) for name in modes} | {STOPPED: np.where(unable, 1.0, 0.0)}
    for number, plan in enumerate(plans):
        chosen = (best == number) & ~unable
        for name, share in plan.items():
            found[name] = np.where(chosen, share, found[name])
    return found
