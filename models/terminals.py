"""How heat leaves the racks: cold plates, hall air, rear doors, immersion. Each sends water to whatever rejects it.

A cooling system is a rejector on a terminal, one class of each; the rejector stands first, because its life and upkeep
take the place of the terminal's: ``class ColdPlateTower(OnTower, ColdPlate)``.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from .component import Floats, Listed
from .conditions import Conditions
from .cooling import CoolingSystem, Mode, Plant, Ranges
from .investment import PowerSize
from .machines import AirHandler, WaterLoop
from .physics.ashrae_classes import FACILITY_WATER_C
from .quantities import Celsius, DollarsPerMegawatt, Kelvins, Number, Years


def _class_or_temperature(value: Any) -> Any:
    """Read an ASHRAE class of facility water, such as W32, as its warmest supply."""
    warmest = FACILITY_WATER_C.get(value) if isinstance(value, str) else None
    return value if warmest is None else f"{warmest} degC"


FacilityWater = Annotated[Celsius, BeforeValidator(_class_or_temperature)]


class Terminal(CoolingSystem):
    """Takes heat from the racks and carries it to a rejector; its fans and pumps add their own."""

    carriers: ClassVar[Mapping[str, tuple[tuple[str, ...], str]]]
    """Plant of the terminal: name, fields of its cost, field of its size."""

    lead_time: Annotated[Years, Listed("chiller_lead_time", "data_centre")]
    """Time from the decision to service."""

    @property
    @abstractmethod
    def return_c(self) -> float:
        """Temperature of the water that comes back from the load [degC]."""

    @abstractmethod
    def moved(self, weather: Conditions) -> Floats:
        """Return electricity of its fans and pumps per heat."""

    @property
    @abstractmethod
    def rejectors(self) -> dict[str, Plant]:
        """Plant of the rejector, by name."""

    @abstractmethod
    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        """Return the modes of the rejector, per heat of the water."""

    @abstractmethod
    def rejector_ranges(self, weather: Conditions, loop: WaterLoop) -> Ranges:
        """Return the published ranges of the rejector's correlations."""

    @property
    def water(self) -> WaterLoop:
        """The water that goes to the rejector and back."""
        return WaterLoop(self.supply_c, self.return_c, self.load)

    @property
    def plants(self) -> dict[str, Plant]:
        modes = tuple(dict.fromkeys(mode for plant in self.rejectors.values() for mode in plant.modes))
        carriers = {n: Plant(capex, modes, size, weathered=False) for n, (capex, size) in self.carriers.items()}
        return {**carriers, **self.rejectors}

    def modes(self, weather: Conditions) -> dict[str, Mode]:
        moved = self.moved(weather)
        return {name: mode.carried(moved) for name, mode in self.rejected(weather, self.water).items()}

    def ranges(self, weather: Conditions) -> Ranges:
        return self.rejector_ranges(weather, self.water)


class Watered(Terminal):
    """A terminal that facility water reaches; pumps alone carry the heat."""

    supply: FacilityWater
    """Water sent to the load: a temperature, or an ASHRAE class such as W32."""
    rise: Kelvins
    """Warming of the water."""
    pump_power: Number
    """Electricity of pumps per heat; it joins the heat."""

    @property
    def supply_c(self) -> float:
        return float(self.supply)

    @property
    def return_c(self) -> float:
        return float(self.supply + self.rise)

    def moved(self, weather: Conditions) -> Floats:
        return np.full(len(weather), float(self.pump_power))


class ColdPlate(Watered):
    """Facility water to cooling distribution units, which send coolant to cold plates on the chips."""

    carriers: ClassVar = {"distribution": (("unit_capex", "loop_capex"), "distribution_size")}

    loop: str = "heat_liquid"
    """Loop it cools."""
    supply: FacilityWater
    """Facility water sent to the cooling distribution units: a temperature, or an ASHRAE class such as W40."""
    rise: Annotated[Kelvins, Listed("water_temperature_rise", "it")]
    """Warming of the water at the racks."""
    distribution_size: PowerSize = Field(default_factory=PowerSize)
    """Heat that the loop can carry."""
    pump_power: Annotated[Number, Listed("pump_power", "cdu")]
    """Pump electricity per heat; it joins the heat."""
    unit_capex: Annotated[DollarsPerMegawatt, Listed("capex", "cdu")]
    """Cost of the cooling distribution units per heat."""
    loop_capex: Annotated[DollarsPerMegawatt, Listed("secondary_loop_capex", "cdu")]
    """Cost of manifolds and piping in the hall per heat."""


class Immersion(ColdPlate):
    """Racks in tanks of dielectric fluid, single phase, cooled by facility water over a heat exchanger."""

    pump_power: Annotated[Number, Listed("pump_power", "immersion_tank")]
    """Electricity of fluid and water pumps per heat; it joins the heat."""
    unit_capex: Annotated[DollarsPerMegawatt, Listed("capex", "immersion_tank")]
    """Cost of tanks, fluid and heat exchangers per heat."""


class HallAir(Terminal):
    """Air handlers or fan walls that cool the air of the hall with chilled water."""

    carriers: ClassVar = {"air_handler": (("air_handler_capex",), "air_handler_size")}

    loop: str = "heat_air"
    """Loop it cools."""
    leaving_water: Annotated[Celsius, Listed("leaving_water", "chiller_air_cooled")]
    """Chilled water sent to the air handlers."""
    air_handler_size: PowerSize = Field(default_factory=PowerSize)
    """Heat that the air handlers can take."""
    air_handler_capex: Annotated[DollarsPerMegawatt, Listed("capex", "air_handler")]
    """Cost of the air handlers per heat."""
    air_handler: AirHandler = Field(default_factory=AirHandler)  # type: ignore[arg-type]
    """The air handlers and their pumps."""
    coil_approach: Annotated[Kelvins, Listed("approach", "air_handler")]
    """Least difference between supply air and chilled water."""

    @model_validator(mode="after")
    def _air_above_water(self) -> Self:
        air, water = self.air_handler.supply_air, self.leaving_water
        if air < water + self.coil_approach:
            raise ValueError(
                f"supply_air must lie at least {self.coil_approach:g} K above leaving_water, got {air:g} degC and"
                f" {water:g} degC. Raise supply_air of the air_handler, or lower leaving_water"
            )
        return self

    @property
    def supply_c(self) -> float:
        return float(self.leaving_water)

    @property
    def return_c(self) -> float:
        return float(self.leaving_water + self.air_handler.water_rise)

    def moved(self, weather: Conditions) -> Floats:
        return self.air_handler.fans(weather, self.load) + self.air_handler.pumps

    def ranges(self, weather: Conditions) -> Ranges:
        return [*self.air_handler.ranges(weather), *super().ranges(weather)]


class WarmAirHandler(AirHandler):
    """Air handlers of a hall that runs warm, so that outdoor air can cool its water."""

    supply_air: Annotated[Celsius, Listed("warm_supply_air", "air_handler")]
    """Air sent to the IT."""


class WarmHallAir(HallAir):
    """Air handlers on warm water, which outdoor air can cool for most of the year."""

    leaving_water: Annotated[Celsius, Listed("warm_leaving_water", "air_handler")]
    """Water sent to the air handlers."""
    air_handler: WarmAirHandler = Field(default_factory=WarmAirHandler)  # type: ignore[arg-type]
    """The air handlers and their pumps."""
    coil_approach: Annotated[Kelvins, Listed("warm_approach", "air_handler")]
    """Least difference between supply air and water; the coils are deep."""

    @model_validator(mode="after")
    def _no_throttle(self) -> Self:
        if getattr(self, "throttle", False):
            raise ValueError("throttle is for cold plates: servers in warm air have no rate of lost work. Leave it out")
        return self


class RearDoor(Watered):
    """Coils in the rear doors of the racks; the fans of the servers drive the air."""

    carriers: ClassVar = {"door": (("door_capex",), "door_size")}

    loop: str = "heat_air"
    """Loop it cools."""
    supply: FacilityWater
    """Water sent to the doors: a temperature, or an ASHRAE class such as W17 or W27."""
    rise: Annotated[Kelvins, Listed("water_rise", "water_pump")]
    """Warming of the water in the doors."""
    door_size: PowerSize = Field(default_factory=PowerSize)
    """Heat that the doors can take."""
    door_capex: Annotated[DollarsPerMegawatt, Listed("capex", "rear_door")]
    """Cost of doors and piping per heat."""
    pump_power: Annotated[Number, Listed("pump_power", "rear_door")]
    """Electricity of pumps and door fans per heat; it joins the heat."""
