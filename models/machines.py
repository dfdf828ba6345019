"""Machines that several cooling systems use, with their numbers from the catalogue."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from .component import Floats, Frozen, Listed
from .conditions import Conditions
from .physics import air_handling, chillers, dry_coolers, psychrometrics, towers
from .quantities import Celsius, Fraction, Kelvins, Number, quantity

Pascals: Any = quantity("Pa")


class AirCooledChiller(Frozen):
    """A compression chiller that rejects its heat to outdoor air."""

    carnot_fraction: Annotated[Fraction, Listed("carnot_fraction", "chiller_air_cooled")]
    """Share of the ideal performance."""
    evaporator_approach: Annotated[Kelvins, Listed("evaporator_approach", "chiller_air_cooled")]
    """Leaving water above evaporating refrigerant."""
    condenser_approach: Annotated[Kelvins, Listed("condenser_approach", "chiller_air_cooled")]
    """Condensing refrigerant above outdoor air."""
    cop_max: Annotated[Number, Listed("cop_max", "chiller_air_cooled")]
    """Best performance at low lift."""
    minimum_lift: Annotated[Kelvins, Listed("minimum_lift", "chiller_air_cooled")]
    """Smallest lift that the compressor works against."""

    def electricity(self, weather: Conditions, leaving_water_c: float) -> Floats:
        """Return the electricity per heat taken."""
        return 1.0 / chillers.chiller_cop(
            weather.dry_bulb_c, leaving_water_c, self.carnot_fraction, self.evaporator_approach,
            self.condenser_approach, self.cop_max, self.minimum_lift,
        )  # fmt: skip

    def capacity(self, weather: Conditions, leaving_water_c: float) -> Floats:
        """Return the heat that can be taken over the rating at 35 degC air and 6.67 degC water."""
        return chillers.air_cooled_capacity_fraction(weather.dry_bulb_c, leaving_water_c)


class WaterCooledChiller(Frozen):
    """A compression chiller that rejects its heat to tower water."""

    carnot_fraction: Annotated[Fraction, Listed("carnot_fraction", "chiller_water_cooled")]
    """Share of the ideal performance."""
    evaporator_approach: Annotated[Kelvins, Listed("evaporator_approach", "chiller_water_cooled")]
    """Leaving water above evaporating refrigerant."""
    condenser_approach: Annotated[Kelvins, Listed("condenser_approach", "chiller_water_cooled")]
    """Condensing refrigerant above tower water."""
    cop_max: Annotated[Number, Listed("cop_max", "chiller_water_cooled")]
    """Best performance at low lift."""
    minimum_lift: Annotated[Kelvins, Listed("minimum_lift", "chiller_water_cooled")]
    """Smallest lift that the compressor works against."""

    def electricity(self, tower_water_c: Floats, leaving_water_c: float) -> Floats:
        """Return the electricity per heat taken."""
        return 1.0 / chillers.chiller_cop(
            tower_water_c, leaving_water_c, self.carnot_fraction, self.evaporator_approach,
            self.condenser_approach, self.cop_max, self.minimum_lift,
        )  # fmt: skip

    def capacity(self, tower_water_c: Floats) -> Floats:
        """Return the heat that can be taken over the rating at 29.4 degC tower water."""
        return chillers.water_cooled_capacity_fraction(tower_water_c)


class Tower(Frozen):
    """An open wet cooling tower."""

    approach: Annotated[Kelvins, Listed("approach", "cooling_tower")]
    """Leaving water above the wet bulb."""
    water_minimum: Annotated[Celsius, Listed("water_min", "cooling_tower")]
    """Coldest water that the controls allow."""
    span: Annotated[Kelvins, Listed("range", "cooling_tower")]
    """Cooling of the water."""
    fan_power: Annotated[Number, Listed("fan_power", "cooling_tower")]
    """Fan electricity per heat."""
    pump_power: Annotated[Number, Listed("pump_power", "cooling_tower")]
    """Pump electricity per heat."""
    liquid_to_gas: Annotated[Number, Listed("liquid_to_gas", "cooling_tower")]
    """Mass flow of water over that of air."""
    drift: Annotated[Fraction, Listed("drift", "cooling_tower")]
    """Droplets lost over circulating flow."""
    cycles: Annotated[Number, Listed("cycles_of_concentration", "cooling_tower")]
    """Salt in the loop over salt in the feed."""

    def water_c(self, weather: Conditions) -> Floats:
        """Return the temperature of the water it sends back."""
        return towers.leaving_water_c(weather.wet_bulb_c, self.approach, self.water_minimum)

    def make_up(self, weather: Conditions) -> Floats:
        """Return the water made up per heat [L/kWh]: evaporation, blowdown and drift."""
        evaporated = towers.evaporation_l_per_kwh(
            weather.dry_bulb_c, weather.humidity_ratio, weather.pressure_pa, self.span, self.liquid_to_gas
        )
        return towers.make_up_l_per_kwh(evaporated, self.span, self.drift, self.cycles)

    @property
    def electricity(self) -> float:
        """Electricity of fans and pumps per heat."""
        return float(self.fan_power + self.pump_power)


class DryCooler(Frozen):
    """A finned coil in outdoor air."""

    approach: Annotated[Kelvins, Listed("approach", "dry_cooler")]
    """Leaving water above entering air."""
    recirculation: Annotated[Kelvins, Listed("recirculation", "dry_cooler")]
    """Warming of the entering air by the array itself."""
    fan_power: Annotated[Number, Listed("fan_power", "dry_cooler")]
    """Fan electricity per heat at design."""
    lowest_speed: Annotated[Fraction, Listed("fan_power_floor_ratio", "dry_cooler")]
    """Lowest fan speed over design speed."""
    density_exponent: Annotated[Number, Listed("density_exponent", "dry_cooler")]
    """How capacity falls with air pressure."""
    glycol_penalty: Annotated[Fraction, Listed("glycol_penalty", "dry_cooler")]
    """Capacity lost to glycol."""

    def share(self, weather: Conditions, return_c: float, supply_c: float) -> Floats:
        """Return the share of the heat that air can take."""
        return dry_coolers.dry_share(weather.dry_bulb_c, return_c, supply_c, self.approach, self.recirculation)

    def electricity(self, weather: Conditions, return_c: float, supply_c: float) -> Floats:
        """Return fan electricity per heat; the design difference is approach plus water rise."""
        difference = self.approach + return_c - supply_c
        return dry_coolers.fan_power_kw_per_kw(
            weather.dry_bulb_c + self.recirculation, water_c=return_c, design_difference_k=difference,
            design_power_kw_per_kw=self.fan_power, lowest_speed=self.lowest_speed,
        )  # fmt: skip

    def capacity(self, weather: Conditions, return_c: float, supply_c: float) -> Floats:
        """Return the heat that can be taken over the rating at sea level, without glycol."""
        fraction = dry_coolers.capacity_fraction(
            weather.dry_bulb_c, weather.pressure_pa, water_c=return_c, recirculation_k=self.recirculation,
            design_difference_k=self.approach + return_c - supply_c, density_exponent=self.density_exponent,
        )  # fmt: skip
        return np.asarray(fraction * (1.0 - self.glycol_penalty))


class AirHandler(Frozen):
    """Fans and coils that take heat out of the air of the hall."""

    supply_air: Annotated[Celsius, Listed("supply_air", "air_handler")]
    """Air sent to the IT."""
    air_rise: Annotated[Kelvins, Listed("air_rise", "air_handler")]
    """Warming of the air by the IT."""
    fan_pressure: Annotated[Pascals, Listed("fan_pressure", "air_handler")]
    """Pressure rise of the fans."""
    fan_efficiency: Annotated[Fraction, Listed("fan_efficiency", "air_handler")]
    """Efficiency of fans with motors."""
    water_rise: Annotated[Kelvins, Listed("water_rise", "water_pump")]
    """Warming of the chilled water."""
    pump_pressure: Annotated[Pascals, Listed("pressure", "water_pump")]
    """Pressure rise of the chilled-water pumps."""
    pump_efficiency: Annotated[Fraction, Listed("efficiency", "water_pump")]
    """Efficiency of pumps with motors."""

    def fans(self, weather: Conditions) -> Floats:
        """Return fan electricity per heat; thin air takes more, at the same mass flow through the same coil."""
        density = psychrometrics.air_density_kg_m3(self.supply_air, weather.humidity_ratio, weather.pressure_pa)
        pressure = air_handling.pressure_rise_pa(self.fan_pressure, density)
        return air_handling.fan_power_kw_per_kw(self.air_rise, pressure, self.fan_efficiency, density)

    @property
    def pumps(self) -> float:
        """Pump electricity per heat."""
        return float(air_handling.pump_power_kw_per_kw(self.water_rise, self.pump_pressure, self.pump_efficiency))
