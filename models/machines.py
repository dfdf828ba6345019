"""Machines that several cooling systems use, with their numbers from the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Any

import numpy as np

from .component import Floats, Frozen, Listed
from .conditions import Conditions
from .cooling import Mode, Ranges
from .physics import air_handling, chillers, dry_coolers, psychrometrics, towers
from .quantities import Celsius, Fraction, Kelvins, Number, quantity

Pascals: Any = quantity("Pa")
SPREAD_EXPONENT = 2.5  # of power over flow with static head, 2.5 to 2.8 in practice; the cube would flatter spare units


@dataclass(frozen=True)
class WaterLoop:
    """Water between a load and what rejects its heat.

    Parameters
    ----------
    supply_c, return_c : float
        Water going to, and coming from the load [degC].
    load : float
        Load of each unit of plant over its rating while all of them run [1]; below 1 with spare units.
    """

    supply_c: float
    return_c: float
    load: float = 1.0


def at_part_speed(power: Any, load: float) -> Any:
    """Return fan power per heat when spare units run too: each at part speed, against some static head."""
    return power * air_handling.part_speed_power_fraction(load, SPREAD_EXPONENT) / load


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

    def mode(self, weather: Conditions, leaving_water_c: float) -> Mode:
        """Return the mode in which it takes heat."""
        electricity = self.electricity(weather, leaving_water_c)
        return Mode(electricity, 0.0 * electricity, self.capacity(weather, leaving_water_c))

    def ranges(self, weather: Conditions, leaving_water_c: float) -> Ranges:
        """Return the published ranges of its correlations, with the values it is asked for."""
        water = leaving_water_c + 0.0 * weather.dry_bulb_c
        return [(chillers.AIR_COOLED_AIR, weather.dry_bulb_c), (chillers.AIR_COOLED_LEAVING_WATER, water)]


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
    condenser_water_minimum: Annotated[Celsius, Listed("condenser_water_min", "chiller_water_cooled")]
    """Coldest water that the condenser may be given."""

    def electricity(self, tower_water_c: Floats, leaving_water_c: float) -> Floats:
        """Return the electricity per heat taken; colder water than the condenser may have is mixed warmer."""
        entering = np.maximum(tower_water_c, self.condenser_water_minimum)
        return 1.0 / chillers.chiller_cop(
            entering, leaving_water_c, self.carnot_fraction, self.evaporator_approach,
            self.condenser_approach, self.cop_max, self.minimum_lift,
        )  # fmt: skip

    def capacity(self, tower_water_c: Floats) -> Floats:
        """Return the heat that can be taken over the rating at 29.4 degC tower water."""
        return chillers.water_cooled_capacity_fraction(tower_water_c)

    def ranges(self, water_c: Floats, leaving_water_c: float) -> Ranges:
        """Return the published ranges of its correlations, with the values it is asked for."""
        source = np.maximum(water_c, self.condenser_water_minimum)
        leaving = leaving_water_c + 0.0 * source
        return [(chillers.WATER_COOLED_SOURCE, source), (chillers.WATER_COOLED_LEAVING_WATER, leaving)]


@lru_cache(maxsize=64)
def _evaporated_by(weather: Conditions, span_k: float, liquid_to_gas: float) -> Floats:
    """Return evaporation of a tower [L/kWh]; kept, because every system on a tower asks for the same."""
    return towers.evaporation_l_per_kwh(
        weather.dry_bulb_c, weather.humidity_ratio, weather.pressure_pa, span_k, liquid_to_gas
    )


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
        evaporated = self._evaporated(weather)
        return towers.make_up_l_per_kwh(evaporated, self.span, self.drift, self.cycles)

    def blowdown(self, weather: Conditions) -> Floats:
        """Return the water drained per heat [L/kWh]."""
        drifted = towers.drift_l_per_kwh(self.span, self.drift)
        return towers.blowdown_l_per_kwh(self._evaporated(weather), drifted, self.cycles)

    def _evaporated(self, weather: Conditions) -> Floats:
        return _evaporated_by(weather, self.span, self.liquid_to_gas)

    def electricity(self, load: float = 1.0) -> float:
        """Return the electricity of fans and pumps per heat, at a load of each cell over its rating."""
        return float(at_part_speed(self.fan_power, load) + self.pump_power)

    def taking(self, weather: Conditions, per_heat: Floats, load: float) -> Mode:
        """Return the mode in which a machine before the tower takes heat and passes it on with its own.

        Parameters
        ----------
        per_heat : array
            Electricity or drive heat of that machine per heat, which the tower rejects too [1]; zero for none.
        load : float
            Load of each cell over its rating [1].
        """
        passed = 1.0 + per_heat
        return Mode(
            electricity=passed * self.electricity(load),
            water=passed * self.make_up(weather),
            capacity=0.0 * per_heat + 1.0,
            side={"waste_water": passed * self.blowdown(weather)},
        )

    def ranges(self, weather: Conditions) -> Ranges:
        """Return the published ranges of its correlations, with the values it is asked for."""
        span = self.span + 0.0 * weather.dry_bulb_c
        return [(towers.TOWER_WET_BULB, weather.wet_bulb_c), (towers.TOWER_RANGE, span)]


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

    def air_c(self, weather: Conditions) -> Floats:
        """Return the temperature of the air at the coil, before recirculation [degC]."""
        return weather.dry_bulb_c

    def reached_c(self, weather: Conditions) -> Floats:
        """Return the coldest water that it can send back [degC]."""
        return np.asarray(self.air_c(weather) + self.recirculation + self.approach)

    def mode(self, weather: Conditions, loop: WaterLoop) -> Mode:
        """Return the mode in which it cools the loop as far as the air allows.

        The design difference between entering water and entering air is approach plus rise of the water.
        """
        air, rise = self.air_c(weather), loop.return_c - loop.supply_c
        fans = dry_coolers.fan_power_kw_per_kw(
            air + self.recirculation, water_c=loop.return_c, design_difference_k=self.approach + rise,
            design_power_kw_per_kw=self.fan_power, lowest_speed=self.lowest_speed,
        )  # fmt: skip
        capacity = dry_coolers.capacity_fraction(
            air, weather.pressure_pa, water_c=loop.return_c, recirculation_k=self.recirculation,
            design_difference_k=self.approach + rise, density_exponent=self.density_exponent,
        )  # fmt: skip
        share = dry_coolers.dry_share(air, loop.return_c, loop.supply_c, self.approach, self.recirculation)
        return Mode(at_part_speed(fans, loop.load), 0.0 * fans, capacity * (1.0 - self.glycol_penalty), share)

    def at_full_speed(self, weather: Conditions, load: float) -> Mode:
        """Return the mode in which its water may be as warm as the air makes it: full fans, no limit of the share."""
        altitude = dry_coolers.altitude_factor(weather.pressure_pa, self.density_exponent)
        fans = at_part_speed(self.fan_power, load) + 0.0 * altitude
        return Mode(fans, 0.0 * fans, altitude * (1.0 - self.glycol_penalty), 0.0 * fans + 1.0)

    def ranges(self, weather: Conditions) -> Ranges:
        """Return the published ranges of its correlations, with the values it is asked for."""
        return [(dry_coolers.DRY_COOLER_AIR, self.air_c(weather) + self.recirculation)]


class WettedAir(DryCooler):
    """A finned coil behind wetted pads, in the hours in which they are wet."""

    fan_power: Annotated[Number, Listed("fan_power", "adiabatic_cooler")]
    """Fan electricity per heat at design; pads hinder the air all year."""
    pad_effectiveness: Annotated[Fraction, Listed("pad_effectiveness", "adiabatic_cooler")]
    """Approach of the air to its wet bulb behind the pads."""
    bleed: Annotated[Fraction, Listed("bleed", "adiabatic_cooler")]
    """Water drained over water evaporated."""
    air_rise: Annotated[Kelvins, Listed("air_rise", "adiabatic_cooler")]
    """Warming of the air in the coil."""

    def air_c(self, weather: Conditions) -> Floats:
        return dry_coolers.precooled_air_c(weather.dry_bulb_c, weather.wet_bulb_c, self.pad_effectiveness)

    def wetted(self, weather: Conditions, mode: Mode) -> Mode:
        """Return a mode of the coil with the water that its pads take."""
        water = dry_coolers.adiabatic_water_l_per_kwh(
            weather.wet_bulb_c, weather.humidity_ratio, weather.pressure_pa,
            effectiveness=self.pad_effectiveness, air_rise_k=self.air_rise, bleed=self.bleed,
        )  # fmt: skip
        return replace(mode, water=water, side={"waste_water": water * self.bleed / (1.0 + self.bleed)})

    def mode(self, weather: Conditions, loop: WaterLoop) -> Mode:
        return self.wetted(weather, super().mode(weather, loop))

    def at_full_speed(self, weather: Conditions, load: float) -> Mode:
        return self.wetted(weather, super().at_full_speed(weather, load))

    def dry(self) -> DryCooler:
        """Return the same coil with its pads dry."""
        return DryCooler.model_construct(**{name: getattr(self, name) for name in DryCooler.model_fields})

    def ranges(self, weather: Conditions) -> Ranges:
        depression = weather.dry_bulb_c - weather.wet_bulb_c
        return [*super().ranges(weather), (dry_coolers.PAD_AIR_DEPRESSION, depression)]


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

    def fans(self, weather: Conditions, load: float = 1.0) -> Floats:
        """Return fan electricity per heat; thin air takes more, at the same mass flow through the same coil."""
        density = psychrometrics.air_density_kg_m3(self.supply_air, weather.humidity_ratio, weather.pressure_pa)
        pressure = air_handling.pressure_rise_pa(self.fan_pressure, density)
        full = air_handling.fan_power_kw_per_kw(self.air_rise, pressure, self.fan_efficiency, density)
        return np.asarray(at_part_speed(full, load))

    def ranges(self, weather: Conditions) -> Ranges:
        """Return the published ranges of its correlations, with the values it is asked for."""
        still = 0.0 * weather.dry_bulb_c
        rise, pressure = still + self.air_rise, still + self.fan_pressure
        return [(air_handling.HALL_AIR_RISE, rise), (air_handling.HALL_FAN_PRESSURE, pressure)]

    @property
    def pumps(self) -> float:
        """Pump electricity per heat."""
        return float(air_handling.pump_power_kw_per_kw(self.water_rise, self.pump_pressure, self.pump_efficiency))
