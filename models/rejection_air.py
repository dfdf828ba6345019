"""Rejecting heat to outdoor air: chillers, dry coolers, adiabatic coolers; and what all free modes share."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from .component import Floats, Frozen, Listed
from .conditions import Conditions
from .cooling import Mode, Plant, Ranges
from .investment import PowerSize
from .machines import AirCooledChiller, DryCooler, WaterLoop, WettedAir
from .quantities import DollarsPerMegawatt, Kelvins, Number, PerKelvin, PerYear, Years


class Rejector(Frozen):
    """What takes the heat of a loop away. A class of systems names it before its terminal."""

    life: Years
    """Economic life."""
    upkeep: PerYear
    """Yearly upkeep over the cost."""

    @property
    @abstractmethod
    def rejectors(self) -> dict[str, Plant]:
        """Plant of the rejector, by name."""

    @abstractmethod
    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        """Return its modes, per heat of the water."""

    @abstractmethod
    def rejector_ranges(self, weather: Conditions, loop: WaterLoop) -> Ranges:
        """Return the published ranges of its correlations, with the values they are asked for."""


class OnAirChiller(Rejector):
    """Air-cooled chillers."""

    life: Annotated[Years, Listed("lifetime", "chiller_air_cooled")]
    """Economic life."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "chiller_air_cooled")]
    """Yearly upkeep over the cost."""
    chiller_size: PowerSize = Field(default_factory=PowerSize)
    """Rated heat of the chillers, at 35 degC air and 6.67 degC water."""
    chiller_capex: Annotated[DollarsPerMegawatt, Listed("capex", "chiller_air_cooled")]
    """Cost of the chillers per rated heat."""
    chiller: AirCooledChiller = Field(default_factory=AirCooledChiller)  # type: ignore[arg-type]
    """The chillers."""

    @property
    def rejectors(self) -> dict[str, Plant]:
        return {"chiller": Plant(("chiller_capex",), ("chiller",), "chiller_size")}

    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        return {"chiller": self.chiller.mode(weather, loop.supply_c)}

    def rejector_ranges(self, weather: Conditions, loop: WaterLoop) -> Ranges:
        return self.chiller.ranges(weather, loop.supply_c)


class FreeCoolingCoil(DryCooler):
    """A dry coil on the frame of an air-cooled chiller, ahead of its evaporator."""

    approach: Annotated[Kelvins, Listed("approach", "free_cooling_coil")]
    """Leaving water above entering air."""
    recirculation: Annotated[Kelvins, Listed("recirculation", "free_cooling_coil")]
    """Warming of the entering air by the array itself."""
    fan_power: Annotated[Number, Listed("fan_power", "free_cooling_coil")]
    """Fan electricity per heat at design."""


class OnFreeCoolingChiller(OnAirChiller):
    """Air-cooled chillers whose dry coils cool the return water first, as far as outdoor air can.

    Free share = (return - outdoor air - approach) / (return - supply), between 0 and 1.
    """

    coil_size: PowerSize = Field(default_factory=PowerSize)
    """Heat that the coils can take where outdoor air takes all of it."""
    coil_capex: Annotated[DollarsPerMegawatt, Listed("capex", "free_cooling_coil")]
    """Cost of the coils per heat, on top of the chillers that carry them."""
    coil: FreeCoolingCoil = Field(default_factory=FreeCoolingCoil)  # type: ignore[arg-type]
    """The coils."""

    @property
    def rejectors(self) -> dict[str, Plant]:
        return {**super().rejectors, "coil": Plant(("coil_capex",), ("free",), "coil_size")}

    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        return {"free": self.coil.mode(weather, loop), **super().rejected(weather, loop)}

    def rejector_ranges(self, weather: Conditions, loop: WaterLoop) -> Ranges:
        return [*self.coil.ranges(weather), *super().rejector_ranges(weather, loop)]


class FreeAndTrim(Rejector):
    """What rejectors with a free mode share: a plant for it, and a trim chiller with a capacity of its own.

    Free share <= (return - reachable) / (return - supply).
    """

    free_modes: ClassVar[tuple[str, ...]] = ("free",)

    free_size: PowerSize = Field(default_factory=PowerSize)
    """Rated heat of the free mode."""
    free_capex: DollarsPerMegawatt
    """Cost of the plant of the free mode per rated heat."""
    trim_size: PowerSize = Field(default_factory=PowerSize)
    """Rated heat of the trim chiller."""
    trim_capex: DollarsPerMegawatt
    """Cost of the trim chiller per rated heat."""
    throttle: bool = False
    """Let the water get warmer than its supply where nothing else cools it; the accelerators then work slower."""
    throttle_slope: Annotated[PerKelvin, Listed("throttle_slope", "it")]
    """Share of the work lost per kelvin above the supply."""
    throttle_range: Annotated[Kelvins, Listed("throttle_range", "it")]
    """Kelvins above the supply at which the accelerators stop."""

    @property
    def rejectors(self) -> dict[str, Plant]:
        free = (*self.free_modes, *(("warm",) if self.throttle else ()))
        return {
            "free": Plant(("free_capex",), free, "free_size"),
            "trim": Plant(("trim_capex",), ("trim",), "trim_size"),
        }

    def with_warm(self, modes: dict[str, Mode], full: Mode, reached_c: Floats, supply_c: float) -> dict[str, Mode]:
        """Return the modes, with one whose water is warmer than the supply where throttling is allowed.

        Parameters
        ----------
        full : Mode
            The free plant at full speed.
        reached_c : array
            Coldest water that it reaches [degC].
        supply_c : float
            Water that the accelerators accept at full speed [degC].
        """
        if not self.throttle:
            return modes
        excess = np.maximum(reached_c - supply_c, 0.0)
        share = np.where(excess <= self.throttle_range, 1.0, 0.0)
        slowed = np.minimum(self.throttle_slope * excess, 1.0)
        return {**modes, "warm": replace(full, share=share, slowed=slowed)}


class OnDryCooler(FreeAndTrim):
    """Dry coolers, with an air-cooled trim chiller for the hours that are too hot."""

    life: Annotated[Years, Listed("lifetime", "dry_cooler")]
    """Economic life."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "dry_cooler")]
    """Yearly upkeep over the cost."""
    free_capex: Annotated[DollarsPerMegawatt, Listed("capex", "dry_cooler")]
    """Cost of the dry coolers per rated heat."""
    trim_capex: Annotated[DollarsPerMegawatt, Listed("capex", "chiller_air_cooled")]
    """Cost of the trim chiller per rated heat."""
    dry_cooler: DryCooler = Field(default_factory=DryCooler)  # type: ignore[arg-type]
    """The dry coolers."""
    chiller: AirCooledChiller = Field(default_factory=AirCooledChiller)  # type: ignore[arg-type]
    """The trim chiller."""

    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        coil = self.dry_cooler
        modes = {"free": coil.mode(weather, loop), "trim": self.chiller.mode(weather, loop.supply_c)}
        return self.with_warm(modes, coil.at_full_speed(weather, loop.load), coil.reached_c(weather), loop.supply_c)

    def rejector_ranges(self, weather: Conditions, loop: WaterLoop) -> Ranges:
        return [*self.dry_cooler.ranges(weather), *self.chiller.ranges(weather, loop.supply_c)]


class OnAdiabaticCooler(FreeAndTrim):
    """Coils behind pads: dry while the air is cool enough, wet when it is not or when water is cheaper than power."""

    free_modes: ClassVar = ("dry", "wet")
    evaporates: ClassVar[bool] = True
    side_buses: ClassVar[tuple[str, ...]] = ("waste_water",)

    life: Annotated[Years, Listed("lifetime", "adiabatic_cooler")]
    """Economic life."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "adiabatic_cooler")]
    """Yearly upkeep over the cost."""
    free_capex: Annotated[DollarsPerMegawatt, Listed("capex", "adiabatic_cooler")]
    """Cost of the coils with their pads per rated heat."""
    trim_capex: Annotated[DollarsPerMegawatt, Listed("capex", "chiller_air_cooled")]
    """Cost of the trim chiller per rated heat."""
    coil: WettedAir = Field(default_factory=WettedAir)  # type: ignore[arg-type]
    """The coils and their pads."""
    chiller: AirCooledChiller = Field(default_factory=AirCooledChiller)  # type: ignore[arg-type]
    """The trim chiller."""

    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        coil = self.coil
        modes = {
            "dry": coil.dry().mode(weather, loop),
            "wet": coil.mode(weather, loop),
            "trim": self.chiller.mode(weather, loop.supply_c),
        }
        return self.with_warm(modes, coil.at_full_speed(weather, loop.load), coil.reached_c(weather), loop.supply_c)

    def rejector_ranges(self, weather: Conditions, loop: WaterLoop) -> Ranges:
        return [*self.coil.ranges(weather), *self.chiller.ranges(weather, loop.supply_c)]
