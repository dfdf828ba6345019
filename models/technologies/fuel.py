"""Fuel: bought at a price, up to what can be delivered, and burned to CO2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field, model_validator

from ..catalogue import Entry
from ..clock import Clock
from ..component import Component, Hourly, Listed, Terms
from ..given import Given
from ..hourly import hourly
from ..investment import at, by_date
from ..quantities import DollarsPerMegawattHour, MegawattHoursPerYear, Number, TonnesPerMegawattHour, quantity

SupplyByDate: Any = by_date(MegawattHoursPerYear, "MWh/year")
PriceByDate: Any = by_date(DollarsPerMegawattHour, "USD/MWh")
PriceByHour: Any = hourly("USD/MWh")
LARGEST_HEAT_RATE = 6.0  # fuel over electricity of the worst machine, with room
HOURS_PER_YEAR = 8760.0


def _some(value: float) -> float:
    if value <= 0:
        raise ValueError(f"must be more than 0 MW, got {value:g} MW. Remove the fuel to switch it off")
    return value


Rate: Any = quantity("MW", check=_some)


class Fuel(Component):
    """Sold by the year; prices may be quoted on the higher heating value, everything inside is on the lower.

    With a peak or an hourly price it is drawn at a rate instead, which follows what is burned at every step.
    """

    family: ClassVar = "fuel"

    bus: str
    """Account of the fuel."""
    price: PriceByDate = Field(default_factory=dict)
    """Price of a unit of heat, for example 4 USD/MMBtu, or prices from given dates on; the first holds before, too."""
    hourly_price: PriceByHour | None = None
    """Price at every hour of the year, from a file or by months, in place of the price."""
    price_on_higher_heating_value: bool = False
    """Whether prices are quoted per higher heating value."""
    supply: SupplyByDate | None = None
    """Most that can be delivered in a year, or from given dates on; nothing before the first."""
    peak: Rate | None = None
    """Largest rate at which it can be drawn, for example of a pipe that lies already."""
    emission: TonnesPerMegawattHour
    """CO2 per heat, on the lower heating value."""
    higher_over_lower: Number
    """Higher over lower heating value."""

    @property
    def at_a_rate(self) -> bool:
        """Whether it follows what is burned at every step, rather than over the year."""
        return self.peak is not None or self.hourly_price is not None

    @classmethod
    def listed_fields(cls, data: Mapping[str, Any]) -> dict[str, Entry]:
        """Leave out the price where there is one for every hour."""
        return super().listed_fields({**({"price": None} if data.get("hourly_price") is not None else {}), **data})

    @model_validator(mode="after")
    def _one_price(self) -> Fuel:
        if self.price and self.hourly_price is not None:
            raise ValueError("give either a price or an hourly_price, got both. Remove one of them")
        if not self.price and self.hourly_price is None:
            raise ValueError("price must hold a price, got none. Write price: 4 USD/MMBtu, or remove it for the usual")
        return self

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        if self.at_a_rate:
            return self.by_hour(block, time, given, max(given.site.largest_mw) * LARGEST_HEAT_RATE)
        most = list(self._yearly(time, given).values())
        limits = {ring.name: (0.0, most[ring.phase]) for ring in time.timeline.rings}
        block.burned = pyo.Var(time.rings, bounds=lambda _, r: limits[r], units=time.unit("MWh/year"))
        price = self._price(block, time)
        return Terms(
            into={
                self.bus: time.expected(lambda r: block.burned[r]),
                "carbon": time.expected(lambda r: given.emission * block.burned[r]),
            },
            cost={"fuel": time.expected(lambda r: price[time.phase_of[r]] * block.burned[r])},
            settles=(self.bus,),
        )

    def by_hour(
        self, block: Any, time: Clock, given: Given, most: float, *, bought: Callable[[Any], Any] | None = None
    ) -> Terms:
        """Put the rate on ``block`` at which it is drawn, at most ``most`` [MW], and return its terms.

        ``bought`` is the rate that is paid and counts towards the supply, where that is another one.
        """
        largest = most if self.peak is None else min(most, self.peak)
        block.drawn = pyo.Var(time.steps, bounds=(0, largest), units=time.unit("MW"))
        paid = bought or (lambda t: block.drawn[t])
        if self.supply is not None:
            limit = time.by_phase(block, "supply_limit", list(self._yearly(time, given).values()), "MWh/year")

            @block.Constraint(time.rings, doc="the year stays within the supply")
            def cap_limit(b: Any, r: str) -> Any:
                return time.over_year(r, paid) <= time.chance[r] * limit[time.phase_of[r]]

        price = self._price(block, time) if self.hourly_price is None else None
        scale = self._scale

        def spent(t: Any) -> Any:
            now = scale * given.hourly_price[t] if price is None else price[time.phase[t]]
            return now * paid(t)

        return Terms(
            into={
                self.bus: Hourly(lambda t: block.drawn[t]),
                "carbon": Hourly(lambda t: given.emission * block.drawn[t]),
            },
            cost={"fuel": Hourly(spent)},
            settles=(self.bus,),
            settles_hourly=(self.bus,),
        )

    @property
    def _scale(self) -> float:
        """What turns quoted prices into prices on the lower heating value."""
        return float(self.higher_over_lower) if self.price_on_higher_heating_value else 1.0

    def _price(self, block: Any, time: Clock) -> Any:
        first = self.price[min(self.price)]
        prices = [self._scale * at(self.price, phase.start, first) for phase in time.timeline.phases]
        return time.by_phase(block, "price", prices, "USD/MWh")

    def _yearly(self, time: Clock, given: Given) -> dict[str, float]:
        """Return the most that can be delivered in a year of each phase."""
        largest = max(given.site.largest_mw) * LARGEST_HEAT_RATE * HOURS_PER_YEAR
        return {p.name: largest if self.supply is None else at(self.supply, p.start) for p in time.timeline.phases}


class NaturalGas(Fuel, kind="natural_gas"):
    """Natural gas by a pipe that lies already, up to its peak where one is stated."""

    example: ClassVar = {"name": "pipeline", "price": "4 USD/MMBtu", "price_on_higher_heating_value": True}
    variants: ClassVar = {
        "peak": {"peak": "250 MW", "supply": "900000 MWh/year"},
        "hourly": {"hourly_price": "20 USD/MWh", "price": None},
    }
    label: ClassVar = "Natural gas"

    bus: str = "gas"
    """Account of the fuel."""
    price: Annotated[PriceByDate, Listed("gas_price_us", "fuel")] = Field(default_factory=dict)
    """Price of a unit of heat, or prices from given dates on."""
    emission: Annotated[TonnesPerMegawattHour, Listed("gas_emission", "fuel")]
    """CO2 per heat, on the lower heating value."""
    higher_over_lower: Annotated[Number, Listed("gas_hhv_over_lhv", "fuel")]
    """Higher over lower heating value."""


class DieselOil(Fuel, kind="diesel_oil"):
    """Diesel oil from the tank."""

    example: ClassVar = {"name": "tank", "price": "100 USD/MWh"}
    label: ClassVar = "Diesel oil"

    bus: str = "diesel_oil"
    """Account of the fuel."""
    price: Annotated[PriceByDate, Listed("diesel_price_heat", "fuel")] = Field(default_factory=dict)
    """Price of a unit of heat, or prices from given dates on."""
    emission: Annotated[TonnesPerMegawattHour, Listed("diesel_emission", "fuel")]
    """CO2 per heat, on the lower heating value."""
    higher_over_lower: Annotated[Number, Listed("diesel_hhv_over_lhv", "fuel")]
    """Higher over lower heating value."""


class Hydrogen(Fuel, kind="hydrogen"):
    """Hydrogen delivered as fuel, for fuel cells; what its making emitted is not counted unless stated."""

    example: ClassVar = {"name": "trailers", "peak": "120 MW"}
    label: ClassVar = "Hydrogen"

    bus: str = "hydrogen_fuel"
    """Account of the fuel."""
    price: Annotated[PriceByDate, Listed("hydrogen_price_heat", "fuel")] = Field(default_factory=dict)
    """Price of a unit of heat, or prices from given dates on."""
    emission: Annotated[TonnesPerMegawattHour, Listed("hydrogen_emission", "fuel")]
    """CO2 per heat, on the lower heating value."""
    higher_over_lower: Annotated[Number, Listed("hydrogen_hhv_over_lhv", "fuel")]
    """Higher over lower heating value."""
