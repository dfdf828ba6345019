"""How likely a load is served through an outage: units that may not start and may fail, and a store of energy.

A Markov chain over the units that run and the energy that is left, hour by hour. Nothing is repaired in an outage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from .component import Floats

STATES = 100_000  # of units times levels of energy; more levels are more exact and slower
FEWEST_LEVELS, MOST_LEVELS = 41, 401
NEVER = 1e-12  # a probability that is left out
HAIR = 1e-9


@dataclass(frozen=True)
class Units:
    """Alike units.

    Parameters
    ----------
    count : int
    power_mw : float
        Of one unit, sent out [MW].
    availability : float
        Probability that a unit is not down for maintenance or repair when the grid fails [1].
    start_failure : float
        Probability that an available unit does not start [1].
    mean_time_to_failure_h : float
        Mean time for which a running unit runs on [h]; it fails within an hour with one over it.
    lasts_h : float
        Hours for which the units' own fuel lasts [h]; then all of them stop.

    Raises
    ------
    ValueError
        If a number cannot be what it says.
    """

    count: int
    power_mw: float
    availability: float = 1.0
    start_failure: float = 0.0
    mean_time_to_failure_h: float = float("inf")
    lasts_h: float = float("inf")

    def __post_init__(self) -> None:
        problems = [
            f"{name} must lie between 0 and 1, got {getattr(self, name):g}. Give a probability"
            for name in ("availability", "start_failure")
            if not 0.0 <= getattr(self, name) <= 1.0
        ]
        if not self.mean_time_to_failure_h >= 1.0:
            problems.append(
                f"mean_time_to_failure_h must be at least 1 hour, got {self.mean_time_to_failure_h:g}."
                " A unit that fails sooner serves nothing: leave it out"
            )
        if self.count < 0 or self.power_mw < 0:
            problems.append(f"count and power must not be negative, got {self.count} units of {self.power_mw:g} MW")
        if problems:
            raise ValueError("; ".join(problems))

    @property
    def start(self) -> float:
        """Probability that a unit runs when it is called [1]."""
        return self.availability * (1.0 - self.start_failure)

    @property
    def stay(self) -> float:
        """Probability that a running unit runs through an hour [1]."""
        return 1.0 - 1.0 / self.mean_time_to_failure_h


@dataclass(frozen=True)
class Store:
    """Energy on the site when the grid fails.

    Parameters
    ----------
    energy_mwh, capacity_mwh : float
        What is stored and what fits in [MWh].
    power_mw : float
        Largest power out, and in where nothing else is stated [MW].
    efficiency : float
        One way, in and out alike [1].
    charge_mw : float, optional
        Largest power in [MW].
    """

    energy_mwh: float = 0.0
    capacity_mwh: float = 0.0
    power_mw: float = 0.0
    efficiency: float = 1.0
    charge_mw: float | None = None

    @property
    def largest_charge_mw(self) -> float:
        """Largest power in [MW]."""
        return self.power_mw if self.charge_mw is None else self.charge_mw

    def __post_init__(self) -> None:
        if not 0.0 <= self.energy_mwh <= self.capacity_mwh * (1 + HAIR) or self.power_mw < 0:
            raise ValueError(
                f"a store must hold between 0 and its {self.capacity_mwh:g} MWh, got {self.energy_mwh:g} MWh"
            )
        if not 0.0 < self.efficiency <= 1.0:
            raise ValueError(f"the efficiency of a store must lie above 0 and up to 1, got {self.efficiency:g}")


def survival(
    load_mw: Floats, units: Sequence[Units], store: Store | None = None, *, fuel_mwh: float = float("inf")
) -> Floats:
    """Return the probability that the load is served through each of the first hours of an outage.

    Parameters
    ----------
    load_mw : array, shape (n,)
        Power to be served in each hour [MW].
    units : sequence of Units
    store : Store, optional
    fuel_mwh : float
        Electricity that the stored fuel gives [MWh].

    Returns
    -------
    array, shape (n,)
        Entry i: served without a break through i + 1 hours [1]; it never rises.

    Notes
    -----
    When the grid fails a unit runs with probability availability x (1 - start failure). In every hour each running unit
    fails with 1 / MTTF, before it serves that hour. What the units lack is drawn from the store, within its power; what
    they have over charges it. With 100 kW to be served, 400 kWh stored and one unit of 100 kW, 24 hours are survived
    if the unit lasts 20: 0.99^20 x 0.9 x 0.98 = 0.721394 at an availability of 0.98, start failure 0.1, MTTF 100 h.

    Fuel is one amount for all units: served is what the fuel and the store hold together, whatever the units do. The
    energy of the store is a grid of levels; what falls between two is shared out between them, which keeps its mean.

    References
    ----------
    .. [1] J. Marqusee, W. Becker, S. Ericson, "Resilience and economics of microgrids with PV, battery storage, and
       networked diesel generators", Advances in Applied Energy 3, 2021, 10.1016/j.adapen.2021.100049.
    """
    load, kept = np.asarray(load_mw, dtype=float), store or Store()
    fleets = [_Fleet.of(each, len(load)) for each in units if each.count and each.power_mw > 0]
    chance = np.ones(1)
    for fleet in fleets:
        chance = np.multiply.outer(chance, fleet.chance).reshape(-1)
    energy = _Energy.of(kept, states(units, len(load)))
    state = energy.at(np.full((len(chance), 1), kept.energy_mwh), chance[:, None])
    shape = tuple(len(fleet.power) for fleet in fleets)
    enough = np.cumsum(load) <= fuel_mwh + kept.energy_mwh * kept.efficiency + HAIR
    found = np.zeros(len(load))
    for hour, needed in enumerate(load):
        if not enough[hour]:
            break
        state = energy.step(_failing(state, shape, fleets), _power(fleets, hour) - needed)
        found[hour] = state.sum()
    return found


def simulated(
    load_mw: Floats,
    units: Sequence[Units],
    store: Store | None = None,
    *,
    fuel_mwh: float = float("inf"),
    runs: int = 4000,
    seed: int = 0,
) -> Floats:
    """Return the same probabilities as `survival` by drawing outages: for fleets of too many states.

    Parameters
    ----------
    runs : int
        Outages drawn; the standard error is at most 0.5 / sqrt(runs) [1], 0.8 % with 4,000.
    seed : int
        Seed of the draws.

    Returns
    -------
    array, shape (n,)
    """
    load, kept = np.asarray(load_mw, dtype=float), store or Store()
    draws = np.random.Generator(np.random.PCG64(seed))
    counts = [draws.binomial(each.count, each.start, runs) for each in units]
    energy, served = np.full(runs, kept.energy_mwh), np.ones(runs, dtype=bool)
    enough = np.cumsum(load) <= fuel_mwh + kept.energy_mwh * kept.efficiency + HAIR
    found = np.zeros(len(load))
    for hour, needed in enumerate(load):
        counts = [draws.binomial(running, each.stay) for running, each in zip(counts, units, strict=True)]
        net = np.full(runs, -needed)
        for running, each in zip(counts, units, strict=True):
            net += running * (each.power_mw if hour < each.lasts_h else 0.0)
        energy, able = _carried(kept, energy, net)
        served &= able & enough[hour]
        found[hour] = served.mean()
    return found


def states(units: Sequence[Units], hours: int) -> int:
    """Return how many numbers of running units `survival` tells apart."""
    return int(np.prod([len(_Fleet.of(each, hours).power) for each in units if each.count and each.power_mw > 0]))


def _carried(store: Store, energy_mwh: Floats, net_mw: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the energy that is left after an hour, and whether what the units lack was served."""
    charged = np.minimum(np.maximum(net_mw, 0.0), store.largest_charge_mw) * store.efficiency
    drawn = np.maximum(-net_mw, 0.0)
    after = np.minimum(energy_mwh + charged - drawn / store.efficiency, store.capacity_mwh)
    able = (after >= -HAIR * (1.0 + drawn)) & (drawn <= store.power_mw + HAIR)
    return np.where(able, np.maximum(after, 0.0), 0.0), able


def _power(fleets: Sequence[_Fleet], hour: int) -> Floats:
    """Return the power of every state of the fleets [MW]."""
    power = np.zeros(1)
    for fleet in fleets:
        power = np.add.outer(power, fleet.power if hour < fleet.lasts_h else 0.0 * fleet.power).reshape(-1)
    return power


def _failing(state: Floats, shape: tuple[int, ...], fleets: Sequence[_Fleet]) -> Floats:
    """Let units fail through an hour."""
    full = state.reshape(*shape, -1)
    for axis, fleet in enumerate(fleets):
        full = np.moveaxis(np.tensordot(fleet.failing, full, axes=(0, axis)), 0, axis)
    return full.reshape(state.shape)


@dataclass(frozen=True)
class _Fleet:
    """The numbers of units that may run: their power, their probability at first, and how they fail in an hour.

    Numbers that are less likely than one in a million million, from first to last, are left out and count as failed.
    """

    power: Floats
    chance: Floats
    failing: Floats
    lasts_h: float

    @staticmethod
    def of(units: Units, hours: int) -> _Fleet:
        least = int(binom.ppf(NEVER, units.count, units.start * units.stay**hours))
        running = np.arange(max(0, least), units.count + 1)
        failing = binom.pmf(running[None, :], running[:, None], units.stay)
        chance = np.asarray(binom.pmf(running, units.count, units.start), dtype=np.float64)
        power = np.asarray(running * units.power_mw, dtype=np.float64)
        return _Fleet(power, chance, np.asarray(failing, dtype=np.float64), units.lasts_h)


@dataclass(frozen=True)
class _Energy:
    """Levels of stored energy, evenly spaced from empty to full."""

    store: Store
    count: int

    @staticmethod
    def of(store: Store, states: int) -> _Energy:
        count = 1 if store.capacity_mwh <= 0 else int(np.clip(STATES // states, FEWEST_LEVELS, MOST_LEVELS))
        return _Energy(store, count)

    @property
    def width(self) -> float:
        return self.store.capacity_mwh / max(1, self.count - 1) or 1.0

    def at(self, energy_mwh: Floats, chance: Floats) -> Floats:
        """Share probabilities of amounts of energy out between the levels; both shape (n, any)."""
        place = np.clip(energy_mwh / self.width, 0.0, self.count - 1.0)
        low = np.minimum(np.floor(place + HAIR).astype(int), self.count - 1)
        over = np.clip(place - low, 0.0, 1.0)
        row = self.count * np.arange(len(place))[:, None]
        size = len(place) * self.count
        lower = np.bincount((row + low).reshape(-1), (chance * (1.0 - over)).reshape(-1), size)
        upper = np.bincount((row + np.minimum(low + 1, self.count - 1)).reshape(-1), (chance * over).reshape(-1), size)
        return np.asarray(lower + upper, dtype=np.float64).reshape(len(place), self.count)

    def step(self, state: Floats, net_mw: Floats) -> Floats:
        """Return the state after an hour in which units give ``net_mw`` more than the load; what is not served is lost.

        Parameters
        ----------
        state : array, shape (n, levels)
        net_mw : array, shape (n,)
        """
        held = np.broadcast_to(np.arange(self.count) * self.width, state.shape)
        after, able = _carried(self.store, held, net_mw[:, None])
        return self.at(after, np.where(able, state, 0.0))


def expected_unserved(load_mw: Floats, survived: Floats) -> float:
    """Return the energy that an outage of n hours is expected to leave unserved [MWh].

    Parameters
    ----------
    load_mw, survived : array, shape (n,)
        Power to be served in each hour [MW], and the probability of `survival`; what has failed stays off.
    """
    return float(np.sum(np.asarray(load_mw) * (1.0 - np.asarray(survived))))
