"""What cooling systems share: modes that take heat out of a loop, each from a plant with a capacity of its own.

Everything hourly is computed before the optimisation: electricity per heat, water per heat, and capacity available per
capacity installed. The optimiser then prices water against power hour by hour.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pyomo.environ as pyo

from .clock import Clock
from .component import Annual, Floats, Hourly, Series, Term, Terms
from .conditions import Conditions
from .given import Given
from .investment import Asset, Candidate, invest

LARGEST_OVER_RATED = 2.0  # cold air and warm water raise a chiller's capacity, by at most a factor of 1.9 at -25 degC


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
    """

    electricity: Floats
    water: Floats
    capacity: Floats
    share: Floats | None = None

    def series(self, name: str) -> dict[str, Series]:
        """Return the mode as named series."""
        found = {
            f"{name}_electricity": Series(self.electricity, ""),
            f"{name}_water": Series(self.water, "L/kWh"),
            f"{name}_capacity": Series(self.capacity, ""),
        }
        return found | ({} if self.share is None else {f"{name}_share": Series(self.share, "")})


@dataclass(frozen=True)
class Plant:
    """A part of a cooling system that is bought by the heat it can take.

    One that stands in the weather serves one mode, whose capacity series derates it.

    Parameters
    ----------
    capex : tuple of str
        Names of the fields with its costs per heat.
    modes : tuple of str
        Modes that it serves; all modes for the distribution of a loop.
    size : str
        Name of the field with its size.
    weathered : bool
        Whether the weather changes what it can take; loops and air handlers stand indoors.
    """

    capex: tuple[str, ...]
    modes: tuple[str, ...]
    size: str
    weathered: bool = True


class CoolingSystem(Candidate):
    """Takes heat out of one loop. A system states its plants, and the modes it has in any weather."""

    family: ClassVar = "cooling"
    plants: ClassVar[Mapping[str, Plant]]
    limited_modes: ClassVar[tuple[str, ...]] = ()
    evaporates: ClassVar[bool] = False

    loop: str
    """Loop it cools: heat_liquid or heat_air."""
    bus: str = "ac"
    """Bus that drives it."""

    @property
    @abstractmethod
    def supply_c(self) -> float:
        """Temperature of what it sends to the racks or the hall [degC]."""

    @abstractmethod
    def modes(self, weather: Conditions) -> dict[str, Mode]:
        """Return every mode at every hour of ``weather``."""

    def derive(self, weather: Conditions) -> dict[str, Series]:
        return {key: one for name, mode in self.modes(weather).items() for key, one in mode.series(name).items()}

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        names = tuple(dict.fromkeys(mode for plant in self.plants.values() for mode in plant.modes))
        assets = {name: self._bought(block, time, given, name, plant) for name, plant in self.plants.items()}
        heat = {name: self._heat(block, time, name, assets) for name in names}
        self._limits(block, time, given, heat, assets)

        def total(t: Any) -> Any:
            return sum(taken[t] for taken in heat.values())

        def driven(t: Any) -> Any:
            return sum(getattr(given, f"{name}_electricity")[t] * taken[t] for name, taken in heat.items())

        def made_up(t: Any) -> Any:
            return sum(getattr(given, f"{name}_water")[t] * taken[t] for name, taken in heat.items())

        cost: dict[str, Term] = {reason: term for asset in assets.values() for reason, term in asset.cost.items()}
        return Terms(
            into={
                self.loop: Hourly(lambda t: -1 * total(t)),
                self.bus: Hourly(lambda t: -1 * driven(t)),
                "overhead_energy": Hourly(driven),
                **({"water": Hourly(lambda t: -1 * made_up(t))} if self.evaporates else {}),
                "capital": Annual(lambda p: sum(asset.capital.at(p) for asset in assets.values())),
            },
            cost=cost,
            capacities=tuple(asset.record for asset in assets.values()),
        )

    def _bought(self, block: Any, time: Clock, given: Given, name: str, plant: Plant) -> Asset:
        capex = sum(getattr(given, field) for field in plant.capex)
        size = getattr(given, plant.size)
        return invest(block, time, given, size, unit="MW", quantity=name, capex=capex, upkeep=given.upkeep * capex)

    def _heat(self, block: Any, time: Clock, mode: str, assets: Mapping[str, Asset]) -> Any:
        """Add the heat that a mode takes."""
        most = min(assets[name].most for name, plant in self.plants.items() if mode in plant.modes)
        block.add_component(
            f"heat_{mode}", pyo.Var(time.steps, bounds=(0, LARGEST_OVER_RATED * most), units=time.unit("MW"))
        )
        return block.component(f"heat_{mode}")

    def _limits(
        self, block: Any, time: Clock, given: Given, heat: Mapping[str, Any], assets: Mapping[str, Asset]
    ) -> None:
        """Keep each plant within its capacity and each limited mode within its share."""
        for name, plant in self.plants.items():
            taken = [heat[mode] for mode in plant.modes]
            rating = getattr(given, f"{plant.modes[0]}_capacity") if plant.weathered else None

            def within(_: Any, t: Any, taken: Any = taken, rating: Any = rating, asset: Asset = assets[name]) -> Any:
                capacity = asset.capacity[time.phase[t]]
                return sum(each[t] for each in taken) <= (capacity if rating is None else rating[t] * capacity)

            doc = "heat stays within what the plant can take in this weather"
            block.add_component(f"{name}_limit", pyo.Constraint(time.steps, rule=within, doc=doc))
        for mode in self.limited_modes:

            def shared(_: Any, t: Any, mode: str = mode) -> Any:
                return heat[mode][t] <= getattr(given, f"{mode}_share")[t] * sum(each[t] for each in heat.values())

            doc = "oversizing does not cool below what the weather allows"
            block.add_component(f"{mode}_share", pyo.Constraint(time.steps, rule=shared, doc=doc))
