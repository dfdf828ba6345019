"""A cooling system at work for one MW of heat: the cheapest mode of every hour, and the plant that takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gigasite.models.component import Floats
from gigasite.models.cooling import CoolingSystem, Mode, Plant
from gigasite.models.finance import annuity_factor
from gigasite.models.investment import Size
from gigasite.models.merit import STOPPED, cheapest
from gigasite.models.physics.validity import outside

from .cooling_weather import Segment, Surroundings

MECHANICAL = ("trim", "chiller")


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
        Hours of the year in which a correlation is asked outside its published range [h/year].
    """

    hours: Mapping[str, Hours]
    plants: Mapping[str, float]
    capex_usd: float
    fixed_usd_per_year: float
    outside_hours: float


def operate(system: CoolingSystem, place: Surroundings, lost_usd_per_mwh: float) -> Operation:
    """Return how a system takes one MW of heat through every hour, and the plant that it needs.

    Parameters
    ----------
    system : CoolingSystem
        Plant whose size is fixed at zero is not used.
    place : Surroundings
    lost_usd_per_mwh : float
        Value of the work that a MWh of this heat stands for.
    """
    plants = {name: plant for name, plant in system.plants.items() if not _absent(getattr(system, plant.size))}
    served = {mode for mode in _modes(system.plants) if all(mode not in p.modes for p in _missing(system, plants))}
    hours, sizes = {}, dict.fromkeys(plants, 0.0)
    sized = {segment.name for segment in place.sizing}
    for segment in place.segments:
        modes = {name: mode for name, mode in system.modes(segment.weather).items() if name in served}
        shares = cheapest(
            modes, segment.electricity_usd_per_mwh, place.water.price, lost_usd_per_mwh, place.water.discharge_price
        )
        hours[segment.name] = _hours(modes, shares)
        if segment.name in sized:
            for name, plant in plants.items():
                sizes[name] = max(sizes[name], system.spare * _needed(plant, modes, shares))
    return Operation(hours, sizes, *_costs(system, plants, sizes, place), _outside(system, place.year))


def _modes(plants: Mapping[str, Plant]) -> list[str]:
    return list(dict.fromkeys(mode for plant in plants.values() for mode in plant.modes))


def _missing(system: CoolingSystem, plants: Mapping[str, Plant]) -> list[Plant]:
    return [plant for name, plant in system.plants.items() if name not in plants]


def _absent(size: Size[float, dict[object, float]]) -> bool:
    return size.fixed is not None and not any(size.fixed.values())


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


def _needed(plant: Plant, modes: Mapping[str, Mode], shares: Mapping[str, Floats]) -> float:
    """Return the size that carries the busiest hour, spare units apart."""
    busy = [
        np.divide(shares[n], modes[n].capacity, out=np.zeros_like(shares[n]), where=shares[n] > 0)
        if plant.weathered
        else shares[n]
        for n in plant.modes
        if n in modes
    ]
    return float(np.max(sum(busy))) if busy else 0.0


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


def _outside(system: CoolingSystem, year: Segment) -> float:
    asked: Sequence[Floats] = [outside(validity, values) for validity, values in system.ranges(year.weather)]  # type: ignore[misc]
    hours = np.any(asked, axis=0).sum() if asked else 0
    return float(hours) * 8760.0 / len(year.weather)
