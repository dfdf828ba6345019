"""Cold store: a tank of chilled or warm water that shifts cooling into cool, cheap or sunny hours."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import pyomo.environ as pyo
from pydantic import Field

from ..clock import Clock
from ..cold_stores import LONGEST_HOURS, ColdStore, keep
from ..component import Hourly, Listed, Terms
from ..given import Given
from ..investment import invest
from ..machines import Pascals
from ..physics.air_handling import pump_power_kw_per_kw
from ..physics.water_loops import tank_volume_m3_per_mwh
from ..quantities import DollarsPerCubicMetre, Fraction, Kelvins


class WaterStore(ColdStore, kind="cold_store"):
    """Stratified water between the supply and the return of a loop; volume = energy / (density x heat x rise).

    stored(t) = (1 - loss x h) stored(t-1) + h (charge - discharge). Charging needs coolers with capacity to spare.
    Cost per energy = price per volume x volume per energy: a warm loop of 20 K makes a tank three times cheaper than
    chilled water of 6.7 K. What its pumps draw joins the heat. Fans and pumps of the loop are counted when it charges:
    all of its heat passes through a cooling system then.
    """

    example: ClassVar = {"name": "tank", "loop": "heat_air", "power": {"maximum": "20 MW"}, "rise": "8 delta_degC"}
    label: ClassVar = "Water tank"

    technology: str = "water_tank"
    """Row of the catalogue."""
    loop: Literal["heat_air", "heat_liquid"] = "heat_air"
    """Loop whose heat it takes in time: heat_air or heat_liquid."""
    rise: Annotated[Kelvins, Listed("rise"), Field(gt=0)]
    """Warm less cold layer: the warming of the water in the loop."""
    capex_volume: Annotated[DollarsPerCubicMetre, Listed("capex_volume")]
    """Cost of the tank per volume."""
    pump_pressure: Annotated[Pascals, Listed("pressure", "water_pump")]
    """Pressure rise of its pumps."""
    pump_efficiency: Annotated[Fraction, Listed("efficiency", "water_pump")]
    """Efficiency of its pumps with motors."""

    @property
    def pumps(self) -> float:
        """Pump electricity per heat moved."""
        return float(pump_power_kw_per_kw(self.rise, self.pump_pressure, self.pump_efficiency))

    @property
    def volume(self) -> float:
        """Water per cold [m3/MWh]."""
        return float(tank_volume_m3_per_mwh(self.rise))

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        power = invest(
            block, time, given, given.power, unit="MW", capex=given.capex_power, upkeep=given.upkeep * given.capex_power
        )
        capex = given.capex_volume * time.number(self.volume, "m**3/MWh")
        tank = invest(
            block, time, given, given.energy, unit="MWh", quantity="energy", bound=LONGEST_HOURS, capex=capex,
            upkeep=given.upkeep * capex,
        )  # fmt: skip
        block.charge = pyo.Var(time.steps, bounds=(0, power.most), units=time.unit("MW"))
        block.discharge = pyo.Var(time.steps, bounds=(0, power.most), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="charging and discharging share the pumps")
        def pump_limit(b: Any, t: Any) -> Any:
            return b.charge[t] + b.discharge[t] <= power.capacity[time.phase[t]]

        keep(block, time, given, power, tank)
        pumped = Hourly(lambda t: self.pumps * (block.charge[t] + block.discharge[t]))
        return Terms(
            into={
                self.loop: Hourly(lambda t: block.charge[t] - block.discharge[t] + pumped.at(t)),
                self.bus: Hourly(lambda t: -1 * pumped.at(t)),
                "overhead_energy": pumped,
                "capital": power.with_capital(tank),
            },
            cost={**power.cost, **tank.cost},
            capacities=(power.record, tank.record),
        )
