"""What cooling systems share: modes that take heat out of a loop, each from a plant with a capacity of its own.

Everything hourly is computed before the optimisation: electricity per heat, water per heat, and capacity available per
capacity installed. The optimiser then prices water against power hour by hour.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
import pyomo.environ as pyo

from .clock import Clock
from .component import Annual, Floats, Hourly, Series, Term, Terms
from .conditions import Conditions
from .given import Given
from .investment import Asset, Candidate, invest
from .physics.validity import Validity
from .quantities import PerYear
from .redundancy import Redundant

LARGEST_OVER_RATED = 2.0  # cold air and warm water raise a chiller's capacity, by at most a factor of 1.9 at -25 degC
LARGEST_RATIO = 1000.0  # between modes of one plant; a mode that can do less than 0.1 % of the best one may do so much

Ranges = list[tuple[Validity, Floats]]
SIDE_UNITS = {"waste_water": "L/kWh", "sea_water": "L/kWh"}


@dataclass(frozen=True)
class Mode:
    """A way of taking heat out of a loop.

    Parameters
    ----------
    electricity : array
        Electricity per heat [1].
    water : array
        Water made up per heat [L/kWh].
    capacity : array
        Heat that can be taken per installed capacity of the plant [1].
    share : array or None
        Largest share of the system's heat that the mode may take [1]; None where there is no such limit.
    side : mapping of str to array
        What else goes into a bus per heat, positive into the bus: ``waste_water`` and ``sea_water`` [L/kWh],
        ``drive_heat`` and ``upstream_energy`` [1].
    price : array or None
        What is paid per heat [USD/MWh], for cold that is bought.
    slowed : array or None
        Share of the work lost while the mode cools, because its water is too warm [1].
    passed : array or None
        What a plant that the mode shares with others must take per heat, where that is more than the heat itself, as
        with the compressor's [1]; None where the plant's capacity is that of the mode.
    """

    electricity: Floats
    water: Floats
    capacity: Floats
    share: Floats | None = None
    side: Mapping[str, Floats] = field(default_factory=dict)
    price: Floats | None = None
    slowed: Floats | None = None
    passed: Floats | None = None

    def series(self, name: str) -> dict[str, Series]:
        """Return the mode as named series."""
        found = {
            f"{name}_electricity": Series(self.electricity, ""),
            f"{name}_water": Series(self.water, "L/kWh"),
            f"{name}_capacity": Series(self.capacity, ""),
        }
        for key, values, unit in (
            ("share", self.share, ""), ("price", self.price, "USD/MWh"), ("slowed", self.slowed, ""),
        ):  # fmt: skip
            if values is not None:
                found[f"{name}_{key}"] = Series(values, unit)
        return found | {f"{name}_{bus}": Series(v, SIDE_UNITS.get(bus, "")) for bus, v in self.side.items()}

    def carried(self, moved: Floats) -> Mode:
        """Return the mode with fans and pumps between load and plant: their electricity becomes heat to take.

        Parameters
        ----------
        moved : array
            Electricity of those fans and pumps per heat [1].
        """
        more = 1.0 + moved
        return replace(
            self,
            electricity=moved + more * self.electricity,
            water=more * self.water,
            capacity=self.capacity / more,
            side={bus: more * values for bus, values in self.side.items()},
            price=None if self.price is None else more * self.price,
            passed=None if self.passed is None else more * self.passed,
        )

    @property
    def shared_capacity(self) -> Floats:
        """Heat that can be taken per capacity of a plant that the mode shares with others [1]."""
        return self.capacity if self.passed is None else 1.0 / self.passed


@dataclass(frozen=True)
class Plant:
    """A part of a cooling system that is bought by the heat it can take.

    Parameters
    ----------
    capex : tuple of str
        Names of the fields with its costs per heat.
    modes : tuple of str
        Modes that it serves and that share its capacity; all modes for the distribution of a loop.
    size : str
        Name of the field with its size.
    weathered : bool
        Whether the weather changes what it can take; loops and air handlers stand indoors.
    charge : str
        Name of the field with a yearly charge per heat, for a connection to somebody else's plant.
    """

    capex: tuple[str, ...]
    modes: tuple[str, ...]
    size: str
    weathered: bool = True
    charge: str = ""


class CoolingSystem(Redundant, Candidate):
    """Takes heat out of one loop. A system states its plants, and the modes it has in any weather."""

    family: ClassVar = "cooling"
    evaporates: ClassVar[bool] = False
    side_buses: ClassVar[tuple[str, ...]] = ()

    loop: str
    """Loop it cools: heat_liquid or heat_air."""
    bus: str = "ac"
    """Bus that drives it."""
    upkeep: PerYear
    """Yearly upkeep over the cost."""

    @property
    @abstractmethod
    def supply_c(self) -> float:
        """Temperature of what it sends to the racks or the hall [degC]."""

    @property
    @abstractmethod
    def plants(self) -> Mapping[str, Plant]:
        """What is bought, by name."""

    @abstractmethod
    def modes(self, weather: Conditions) -> dict[str, Mode]:
        """Return every mode at every hour of ``weather``."""

    @abstractmethod
    def ranges(self, weather: Conditions) -> Ranges:
        """Return the published ranges of the correlations behind it, each with the values it is asked for."""

    def derive(self, weather: Conditions) -> dict[str, Series]:
        modes = self.modes(weather)
        found = {key: one for name, mode in modes.items() for key, one in mode.series(name).items()}
        for name, plant in self.plants.items():
            shared = [each for each in plant.modes if each in modes]
            if plant.weathered and len(shared) > 1:
                found |= _sharing(name, {each: modes[each] for each in shared})
        return found

    def derive_on_design_day(self, weather: Conditions) -> dict[str, Series]:
        """Return the same series; on design days no work is counted, so none is lost."""
        found = self.derive(weather)
        return {k: Series(0.0 * v.values, v.unit) if k.endswith("_slowed") else v for k, v in found.items()}

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        names = tuple(dict.fromkeys(mode for plant in self.plants.values() for mode in plant.modes))
        assets = {name: self._bought(block, time, given, name, plant) for name, plant in self.plants.items()}
        heat = {name: self._heat(block, time, name, assets) for name in names}
        self._limits(block, time, given, heat, assets)

        def total(t: Any) -> Any:
            return sum(taken[t] for taken in heat.values())

        def each(key: str, t: Any) -> Any:
            return sum(getattr(given, f"{n}_{key}")[t] * taken[t] for n, taken in heat.items() if _has(given, n, key))

        cost: dict[str, Term] = {reason: term for asset in assets.values() for reason, term in asset.cost.items()}
        if any(_has(given, name, "price") for name in names):
            cost["cold"] = Hourly(lambda t: each("price", t))
        into: dict[str, Term] = {
            self.loop: Hourly(lambda t: -1 * total(t)),
            self.bus: Hourly(lambda t: -1 * each("electricity", t)),
            "overhead_energy": Hourly(lambda t: each("electricity", t)),
            **({"water": Hourly(lambda t: -1 * each("water", t))} if self.evaporates else {}),
            "capital": Annual(lambda p: sum(asset.capital.at(p) for asset in assets.values())),
        }
        into |= {bus: Hourly(lambda t, bus=bus: each(bus, t)) for bus in self.side_buses}  # type: ignore[misc]
        if any(_has(given, name, "slowed") for name in names):
            rate = time.number(given.site.kh100_per_mw, "kH100/MW")
            into |= {bus: Hourly(lambda t: -1 * rate * each("slowed", t)) for bus in ("compute", "work")}
        return Terms(into=into, cost=cost, capacities=tuple(asset.record for asset in assets.values()))

    def _bought(self, block: Any, time: Clock, given: Given, name: str, plant: Plant) -> Asset:
        capex = sum(getattr(given, name) for name in plant.capex)
        upkeep = given.upkeep * capex + (getattr(given, plant.charge) if plant.charge else 0.0)
        size = getattr(given, plant.size)
        return invest(
            block, time, given, size, unit="MW", quantity=name, capex=capex, upkeep=upkeep, bound=2.0 * self.spare
        )

    def _heat(self, block: Any, time: Clock, mode: str, assets: Mapping[str, Asset]) -> Any:
        """Add the heat that a mode takes."""
        most = min(assets[name].most for name, plant in self.plants.items() if mode in plant.modes)
        limits = (0, LARGEST_OVER_RATED * most)
        block.add_component(f"heat_{mode}", pyo.Var(time.steps, bounds=limits, units=time.unit("MW")))
        return block.component(f"heat_{mode}")

    def _limits(
        self, block: Any, time: Clock, given: Given, heat: Mapping[str, Any], assets: Mapping[str, Asset]
    ) -> None:
        """Keep each plant within its capacity and each limited mode within its share."""

        def total(t: Any) -> Any:
            return sum(each[t] for each in heat.values())

        def rule(name: str, holds: Any, doc: str) -> None:
            block.add_component(name, pyo.Constraint(time.steps, rule=lambda _, t: holds(t), doc=doc))

        def weighed(key: str, modes: tuple[str, ...], t: Any) -> Any:
            return sum((getattr(given, f"{m}_{key}")[t] if _has(given, m, key) else 1) * heat[m][t] for m in modes)

        for name, plant in self.plants.items():
            crowd = plant.modes if plant.weathered else ()

            def within(t: Any, name: str = name, plant: Plant = plant, crowd: Any = crowd) -> Any:
                needed = assets[name].capacity[time.phase[t]] * self.load
                if not plant.weathered:
                    return sum(heat[m][t] for m in plant.modes) <= needed
                rating = getattr(given, f"{name}_rating" if len(crowd) > 1 else f"{crowd[0]}_capacity")
                busy = weighed("crowding", crowd, t) if len(crowd) > 1 else heat[crowd[0]][t]
                return busy <= rating[t] * needed

            rule(f"{name}_limit", within, "heat stays within what the plant can take in this weather")
            if hasattr(given, f"{name}_reach"):

                def reached(t: Any, name: str = name, modes: tuple[str, ...] = plant.modes) -> Any:
                    limited = tuple(m for m in modes if _has(given, m, "stretch"))
                    return weighed("stretch", limited, t) <= getattr(given, f"{name}_reach")[t] * total(t)

                rule(f"{name}_reached", reached, "modes of one plant share the flow that it cools")
        for mode in heat:
            if _has(given, mode, "share") and not _has(given, mode, "stretch"):

                def shared(t: Any, mode: str = mode) -> Any:
                    return heat[mode][t] <= getattr(given, f"{mode}_share")[t] * total(t)

                rule(f"{mode}_share", shared, "oversizing does not cool below what the weather allows")


def _has(given: Given, mode: str, key: str) -> bool:
    return hasattr(given, f"{mode}_{key}")


def _sharing(plant: str, modes: Mapping[str, Mode]) -> dict[str, Series]:
    """Return how modes crowd the capacity of their plant, and how those with a share stretch its reach.

    In an hour, part of the flow goes through cells in one mode, part through cells in another: what each takes over
    what it could take alone adds up to one at most. Both sides are multiplied with the best mode's value, so that no
    coefficient grows without bound where a mode can do nothing.
    """
    rating = np.max([mode.shared_capacity for mode in modes.values()], axis=0)
    found = {f"{plant}_rating": Series(rating, "")}
    found |= {f"{name}_crowding": Series(_ratio(rating, mode.shared_capacity), "") for name, mode in modes.items()}
    shares = {name: mode.share for name, mode in modes.items() if mode.share is not None}
    if len(shares) > 1:
        reach = np.max(list(shares.values()), axis=0)
        found[f"{plant}_reach"] = Series(reach, "")
        found |= {f"{name}_stretch": Series(_ratio(reach, share), "") for name, share in shares.items()}
    return found


def _ratio(best: Floats, own: Floats) -> Floats:
    """Divide, up to `LARGEST_RATIO`; where nothing can be done, one."""
    return np.where(best > 0, best / np.maximum(own, np.maximum(best, 1e-9) / LARGEST_RATIO), 1.0)
