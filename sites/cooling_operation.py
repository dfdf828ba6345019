"""A cooling system at work for one MW of heat: the cheapest modes of every hour, and the plant that they take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from gigasite.models.component import Floats
from gigasite.models.cooling import CoolingSystem, Mode, Plant
from gigasite.models.finance import annuity_factor
from gigasite.models.merit import STOPPED, cheapest, running_cost
from gigasite.models.physics.validity import outside

from .cooling_options import left_out
from .cooling_weather import Segment, Surroundings

HOURS = 8760.0
MECHANICAL = ("trim", "chiller")
LAST_USD_PER_MWH = 1e6  # makes a chiller the last resort
STEPS = 16  # of a first search for the size of the chillers, and of a second one between its neighbours


@dataclass(frozen=True, eq=False)
class Hours:
    """What a MW of heat takes in the hours of a segment, arrays of shape (n,).

    Parameters
    ----------
    electricity : array
        [MW].
    water, waste_water : array
        [m3/h].
    bought_usd : array
        Cold that is bought [USD/h].
    slowed : array
        Share of the work lost because the water is too warm, or nothing cools at all [1].
    stopped : array
        1 where nothing takes the heat [1].
    mechanical : array
        Share of the heat that a chiller takes [1].
    """

    electricity: Floats
    water: Floats
    waste_water: Floats
    bought_usd: Floats
    slowed: Floats
    stopped: Floats
    mechanical: Floats


@dataclass(frozen=True, eq=False)
class Operation:
    """A system for one MW of heat at a place.

    Parameters
    ----------
    hours : mapping of str to Hours
        By segment.
    plants : mapping of str to float
        Rated size of each plant, spare units included [MW].
    capex_usd, fixed_usd_per_year : float
        Overnight cost of the plant; its annuity with upkeep and charges.
    outside_hours : float
        Hours of the year in which the weather leads a correlation outside its published range [h/year].
    settings_outside : tuple of str
        What is asked outside its published range at every hour, because the settings say so.
    """

    hours: Mapping[str, Hours]
    plants: Mapping[str, float]
    capex_usd: float
    fixed_usd_per_year: float
    outside_hours: float
    settings_outside: tuple[str, ...]


def operate(system: CoolingSystem, place: Surroundings, lost_usd_per_mwh: float) -> Operation:
    """Return how a system takes one MW of heat through every hour, and the plant that it needs.

    Each hour takes the cheapest modes; chillers are bought for no more than they save over what cools without them.

    Parameters
    ----------
    system : CoolingSystem
        Plant whose size is fixed at zero is not used.
    place : Surroundings
    lost_usd_per_mwh : float
        Value of the work that a MWh of this heat stands for.
    """
    plants = {name: plant for name, plant in system.plants.items() if not left_out(getattr(system, plant.size))}
    days = [_day(segment, system, plants, place, lost_usd_per_mwh) for segment in place.segments]
    sized = [day for day in days if day.name in {segment.name for segment in place.sizing}]

    def sizes(limit: float) -> dict[str, float]:
        return {
            name: system.spare
            * max(float(day.mixed(lambda way, name=name: way.needed[name], limit).max()) for day in sized)  # type: ignore[misc]
            for name in plants
        }

    def yearly(limit: float) -> float:
        """Return the cost of a year with so many chillers at most, or as many as cannot be spared."""
        running = days[0].mixed(lambda way: way.usd_per_mwh, limit)
        peak = max(float(day.mixed(lambda way: way.electricity, limit).max()) for day in sized)
        plant = _costs(system, plants, sizes(limit), place)[1]
        return plant + place.peak_usd_per_mw * peak + HOURS * float(running.mean())

    least = max(float(day.spared.chillers.max()) for day in sized)
    most = max(float(day.alone.chillers.max()) for day in sized)
    limit = _cheapest_limit(yearly, least, most)
    bought = sizes(limit)
    hours = {day.name: _hours(day.modes, day.shares(limit)) for day in days}
    return Operation(hours, bought, *_costs(system, plants, bought, place), *_outside(system, place.year))


@dataclass(frozen=True, eq=False)
class _Way:
    """A way to use the modes in every hour, and what it takes per heat: money, electricity, chillers, plant."""

    shares: Mapping[str, Floats]
    usd_per_mwh: Floats
    electricity: Floats
    chillers: Floats
    needed: Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class _Day:
    """A segment with two ways to use its modes: as cheap as the hour alone allows, and with chillers last.

    Both meet the limits of the modes, and so does any mixture of them.
    """

    name: str
    modes: Mapping[str, Mode]
    alone: _Way
    spared: _Way

    def mixed(self, part_of: Callable[[_Way], Floats], limit: float) -> Floats:
        """Return a value where each hour takes as much of the cheaper way as a limit of chillers allows."""
        much, little = self.alone.chillers, self.spared.chillers
        part = np.divide(limit - little, much - little, out=np.ones_like(much), where=much > little)
        part = np.clip(part, 0.0, 1.0)
        return np.asarray(part * part_of(self.alone) + (1.0 - part) * part_of(self.spared))

    def shares(self, limit: float) -> dict[str, Floats]:
        """Return the share of each mode."""
        return {name: self.mixed(lambda way, name=name: way.shares[name], limit) for name in self.alone.shares}  # type: ignore[misc]


def _day(
    segment: Segment, system: CoolingSystem, plants: Mapping[str, Plant], place: Surroundings, lost_usd_per_mwh: float
) -> _Day:
    absent = {mode for name, plant in system.plants.items() if name not in plants for mode in plant.modes}
    modes = {name: mode for name, mode in system.modes(segment.weather).items() if name not in absent}
    price = running_cost(
        modes, segment.electricity_usd_per_mwh, place.water.price, lost_usd_per_mwh, place.water.discharge_price
    )
    sparing = {name: each + (LAST_USD_PER_MWH if name in MECHANICAL else 0.0) for name, each in price.items()}

    def way(shares: Mapping[str, Floats]) -> _Way:
        zero = np.zeros_like(shares[STOPPED])
        return _Way(
            shares,
            np.asarray(sum((shares[name] * each for name, each in price.items()), zero)),
            np.asarray(sum((shares[name] * mode.electricity for name, mode in modes.items()), zero)),
            np.asarray(sum((_rated(shares[name], modes[name].capacity) for name in MECHANICAL if name in modes), zero)),
            {name: _needed(plant, modes, shares) for name, plant in plants.items()},
        )

    return _Day(segment.name, modes, way(cheapest(modes, price)), way(cheapest(modes, sparing)))


def _cheapest_limit(yearly: Callable[[float], float], least: float, most: float) -> float:
    """Return the size of the chillers at which a year costs least; the cost is convex in it."""
    if most <= least * (1.0 + 1e-9):
        return most
    coarse = np.linspace(least, most, STEPS + 1)
    near, width = coarse[np.argmin([yearly(float(limit)) for limit in coarse])], (most - least) / STEPS
    fine = np.linspace(max(near - width, least), min(near + width, most), 2 * STEPS + 1)
    return float(fine[np.argmin([yearly(float(limit)) for limit in fine])])


def _hours(modes: Mapping[str, Mode], shares: Mapping[str, Floats]) -> Hours:
    stopped = shares[STOPPED]
    zero = np.zeros_like(stopped)

    def total(values: Mapping[str, Floats | None]) -> Floats:
        return np.asarray(sum((shares[n] * v for n, v in values.items() if v is not None), zero))

    return Hours(
        electricity=total({n: m.electricity for n, m in modes.items()}),
        water=total({n: m.water for n, m in modes.items()}),
        waste_water=total({n: m.side.get("waste_water") for n, m in modes.items()}),
        bought_usd=total({n: m.price for n, m in modes.items()}),
        slowed=total({n: m.slowed for n, m in modes.items()}) + stopped,
        stopped=stopped,
        mechanical=np.asarray(sum((shares[n] for n in modes if n in MECHANICAL), zero)),
    )


def _needed(plant: Plant, modes: Mapping[str, Mode], shares: Mapping[str, Floats]) -> Floats:
    """Return the plant that each hour asks for, spare units apart; a plant of several modes may take more than heat."""
    zero = np.zeros_like(shares[STOPPED])
    if not plant.weathered:
        return np.asarray(sum((shares[n] for n in plant.modes if n in modes), zero))
    shared = len(plant.modes) > 1
    able = {n: modes[n].shared_capacity if shared else modes[n].capacity for n in plant.modes if n in modes}
    return np.asarray(sum((_rated(shares[n], capacity) for n, capacity in able.items()), zero))


def _rated(share: Floats, capacity: Floats) -> Floats:
    """Return the rated plant behind a share of the heat."""
    return np.divide(share, capacity, out=np.zeros_like(share), where=share > 0)


def _costs(
    system: CoolingSystem, plants: Mapping[str, Plant], sizes: Mapping[str, float], place: Surroundings
) -> tuple[float, float]:
    """Return overnight cost, and annuity with upkeep and charges."""
    capex = {name: sizes[name] * sum(getattr(system, field) for field in plant.capex) for name, plant in plants.items()}
    charges = sum(sizes[name] * getattr(system, plant.charge) for name, plant in plants.items() if plant.charge)
    rate = place.cost_of_capital if system.cost_of_capital is None else system.cost_of_capital
    yearly = annuity_factor(rate, system.life) + system.upkeep
    total = float(sum(capex.values()))
    return total, total * yearly + float(charges)


def _outside(system: CoolingSystem, year: Segment) -> tuple[float, tuple[str, ...]]:
    """Count the hours that the weather leads out of published ranges, and name what the settings do."""
    hours, settings = np.zeros(len(year.weather), dtype=bool), []
    for validity, values in system.ranges(year.weather):
        beyond = outside(validity, values)
        if np.ptp(values) > 1e-9:
            hours |= beyond
        elif beyond.any():
            settings.append(f"{validity}, asked {values[0]:g}")
    return float(hours.sum()) * HOURS / len(year.weather), tuple(settings)
