"""Ice store: ice made by a chiller of its own when it suits, melted for the air of the hall."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import pyomo.environ as pyo
from pydantic import Field, field_validator

from ..clock import Clock
from ..cold_stores import LONGEST_HOURS, ColdStore, keep
from ..component import Annual, Hourly, Listed, Series, Terms
from ..conditions import Conditions
from ..cooling import Mode, Ranges
from ..given import Given
from ..investment import PowerSize, invest
from ..machines import AirCooledChiller, AirHandler
from ..physics.ice import ICE_BRINE
from ..quantities import Celsius, DollarsPerMegawatt, DollarsPerMegawattHour, Number


class IceStore(ColdStore, kind="ice_store"):
    """A tank of ice on brine of -6 to -3 degC, made by an air-cooled chiller.

    stored(t) = (1 - loss x h) stored(t-1) + h (charge - discharge); electricity = charge / COP(outdoor air, brine) +
    fans and pumps of the air handlers x discharge, which join the heat. Against chilled water of 5 to 7 degC the COP
    falls by a quarter to a third, and a chiller makes two thirds of its rated cold. It is pointless where the hall is
    cooled with water above 15 degC: store that water instead.
    """

    example: ClassVar = {"name": "ice", "power": {"maximum": "20 MW"}}
    label: ClassVar = "Ice tank"

    technology: str = "ice_tank"
    """Row of the catalogue."""
    loop: Literal["heat_air"] = "heat_air"
    """Loop whose heat it takes: ice makes no sense for warm water."""
    ice_making: PowerSize = Field(default_factory=PowerSize)
    """Rated heat of the chiller, at 35 degC air and 6.67 degC water."""
    brine: Annotated[Celsius, Listed("brine")]
    """Brine that freezes the tank."""
    capex_energy: Annotated[DollarsPerMegawattHour, Listed("capex_energy")]
    """Cost of the tank per cold."""
    chiller_capex: Annotated[DollarsPerMegawatt, Listed("capex", "chiller_air_cooled")]
    """Cost of the chiller per rated heat."""
    pump_power: Annotated[Number, Listed("pump_power")]
    """Electricity of the brine pumps per heat while ice is made; it joins the heat."""
    air_handler_capex: Annotated[DollarsPerMegawatt, Listed("capex", "air_handler")]
    """Cost of the air handlers through which it cools the hall, per heat."""
    air_handler: AirHandler = Field(default_factory=AirHandler)  # type: ignore[arg-type]
    """The air handlers and their pumps."""
    chiller: AirCooledChiller = Field(default_factory=AirCooledChiller)  # type: ignore[arg-type]
    """The chiller."""

    @field_validator("brine")
    @classmethod
    def _freezes(cls, value: float) -> float:
        if value >= 0:
            raise ValueError(f"must be below 0 degC, or nothing freezes, got {value:g} degC. Take -6 to -3 degC")
        return value

    def making(self, weather: Conditions) -> Mode:
        """Return how the chiller makes ice at every hour."""
        mode = self.chiller.mode(weather, float(self.brine))
        return mode.carried(self.pump_power + 0.0 * weather.dry_bulb_c)

    def derive(self, weather: Conditions) -> dict[str, Series]:
        mode = self.making(weather)
        moved = self.air_handler.fans(weather) + self.air_handler.pumps
        return {
            "electricity": Series(mode.electricity, ""),
            "rating": Series(mode.capacity, ""),
            "moved": Series(moved, ""),
        }

    def ranges(self, weather: Conditions) -> Ranges:
        """Return the published ranges of its correlations; no chiller set reaches down to brine."""
        brine = self.brine + 0.0 * weather.dry_bulb_c
        return [(ICE_BRINE, brine), *self.air_handler.ranges(weather), *self.chiller.ranges(weather, float(self.brine))]

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        def bought(size: Any, capex: Any, unit: str, **options: Any) -> Any:
            return invest(block, time, given, size, unit=unit, capex=capex, upkeep=given.upkeep * capex, **options)

        melting = bought(given.power, given.capex_power + given.air_handler_capex, "MW")
        tank = bought(given.energy, given.capex_energy, "MWh", quantity="energy", bound=LONGEST_HOURS)
        maker = bought(given.ice_making, given.chiller_capex, "MW", quantity="ice_making")
        block.charge = pyo.Var(time.steps, bounds=(0, maker.most), units=time.unit("MW"))
        block.discharge = pyo.Var(time.steps, bounds=(0, melting.most), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="ice is made within what the chiller can take in this weather")
        def making_limit(b: Any, t: Any) -> Any:
            return b.charge[t] <= given.rating[t] * maker.capacity[time.phase[t]]

        @block.Constraint(time.steps, doc="ice melts within what the exchanger can take")
        def melting_limit(b: Any, t: Any) -> Any:
            return b.discharge[t] <= melting.capacity[time.phase[t]]

        keep(block, time, given, melting, tank)
        moved = Hourly(lambda t: given.moved[t] * block.discharge[t])
        drawn = Hourly(lambda t: given.electricity[t] * block.charge[t] + moved.at(t))
        return Terms(
            into={
                self.loop: Hourly(lambda t: moved.at(t) - block.discharge[t]),
                self.bus: Hourly(lambda t: -1 * drawn.at(t)),
                "overhead_energy": drawn,
                "capital": Annual(lambda p: sum(asset.capital.at(p) for asset in (melting, tank, maker))),
            },
            cost={**melting.cost, **tank.cost, **maker.cost},
            capacities=(melting.record, tank.record, maker.record),
        )
