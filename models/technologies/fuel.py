"""Fuel: bought at a price, up to a supply limit, and burned to CO2."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo

from ..clock import Clock
from ..component import Annual, Component, Listed, Terms
from ..given import Given
from ..investment import at, by_date
from ..quantities import DollarsPerMegawattHour, MegawattHoursPerYear, Number, TonnesPerMegawattHour

SupplyByDate: Any = by_date(MegawattHoursPerYear, "MWh/year")
LARGEST_HEAT_RATE = 6.0  # fuel over electricity of the worst machine, with room


class _Fuel(Component):
    """Sold by the year; prices may be quoted on the higher heating value, everything inside is on the lower."""

    family: ClassVar = "fuel"

    bus: str
    """Account of the fuel."""
    price: DollarsPerMegawattHour
    """Price of a unit of heat, for example 4 USD/MMBtu."""
    price_on_higher_heating_value: bool = False
    """Whether the price is quoted per higher heating value."""
    supply: SupplyByDate | None = None
    """Most that can be delivered in a year, or from given dates on."""
    emission: TonnesPerMegawattHour
    """CO2 per heat, on the lower heating value."""
    higher_over_lower: Number
    """Higher over lower heating value."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        largest = max(given.site.largest_mw) * LARGEST_HEAT_RATE * 8760.0
        limits = {
            phase.name: (0.0, largest if self.supply is None else at(self.supply, phase.start))
            for phase in time.timeline.phases
        }
        block.burned = pyo.Var(time.phases, bounds=lambda _, p: limits[p], units=time.unit("MWh/year"))
        price = given.price * (given.higher_over_lower if self.price_on_higher_heating_value else 1.0)
        return Terms(
            into={
                self.bus: Annual(lambda p: block.burned[p]),
                "carbon": Annual(lambda p: given.emission * block.burned[p]),
            },
            cost={"fuel": Annual(lambda p: price * block.burned[p])},
            settles=(self.bus,),
        )


class NaturalGas(_Fuel, kind="natural_gas"):
    """Natural gas by pipe."""

    example: ClassVar = {"name": "pipeline", "price": "4 USD/MMBtu", "price_on_higher_heating_value": True}
    label: ClassVar = "Natural gas"

    bus: str = "gas"
    """Account of the fuel."""
    price: Annotated[DollarsPerMegawattHour, Listed("gas_price_us", "fuel")]
    """Price of a unit of heat."""
    emission: Annotated[TonnesPerMegawattHour, Listed("gas_emission", "fuel")]
    """CO2 per heat, on the lower heating value."""
    higher_over_lower: Annotated[Number, Listed("gas_hhv_over_lhv", "fuel")]
    """Higher over lower heating value."""


class DieselOil(_Fuel, kind="diesel_oil"):
    """Diesel oil from the tank."""

    example: ClassVar = {"name": "tank", "price": "100 USD/MWh"}
    label: ClassVar = "Diesel oil"

    bus: str = "diesel_oil"
    """Account of the fuel."""
    price: Annotated[DollarsPerMegawattHour, Listed("diesel_price_heat", "fuel")]
    """Price of a unit of heat."""
    emission: Annotated[TonnesPerMegawattHour, Listed("diesel_emission", "fuel")]
    """CO2 per heat, on the lower heating value."""
    higher_over_lower: Annotated[Number, Listed("diesel_hhv_over_lhv", "fuel")]
    """Higher over lower heating value."""
