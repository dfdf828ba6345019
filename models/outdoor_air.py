"""Hall air cooled by outdoor air, with air handlers on an air-cooled chiller for the rest."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar

from pydantic import Field

from .component import Floats, Frozen, Listed
from .conditions import Conditions
from .cooling import Mode, Plant
from .investment import PowerSize
from .machines import at_part_speed
from .physics import air_handling, psychrometrics
from .quantities import DollarsPerMegawatt, Fraction, Number
from .rejection_air import OnAirChiller
from .terminals import HallAir


class WettedMedia(Frozen):
    """Wetted media that outdoor air passes on its way into the hall."""

    effectiveness: Annotated[Fraction, Listed("effectiveness", "evaporative_cooler")]
    """Approach of the air to its wet bulb behind media that are wet all over."""
    fan_power: Annotated[Number, Listed("fan_power", "evaporative_cooler")]
    """Fan electricity per heat."""
    bleed: Annotated[Fraction, Listed("bleed", "evaporative_cooler")]
    """Water drained over water evaporated."""


class AirExchanger(Frozen):
    """An air-to-air exchanger between the hall and outdoor air, whose outdoor side can be sprayed."""

    dry_effectiveness: Annotated[Fraction, Listed("dry_effectiveness", "indirect_evaporative_cooler")]
    """Approach of the hall's air to the outdoor dry bulb without water."""
    wet_effectiveness: Annotated[Fraction, Listed("wet_effectiveness", "indirect_evaporative_cooler")]
    """Approach of the hall's air to the outdoor wet bulb with water."""
    fan_power: Annotated[Number, Listed("fan_power", "indirect_evaporative_cooler")]
    """Electricity of the fans of both sides per heat."""
    bleed: Annotated[Fraction, Listed("bleed", "indirect_evaporative_cooler")]
    """Water drained over water evaporated."""


class OutdoorAir(OnAirChiller, HallAir):
    """Outdoor air takes the heat of the hall where the weather allows; chillers with air handlers take the rest.

    Both are bought apart. Fans move a volume of air, so that what an outdoor-air unit takes falls with the density of
    the air, at the same electricity per heat.
    """

    evaporates: ClassVar[bool] = True
    side_buses: ClassVar[tuple[str, ...]] = ("waste_water",)
    outdoor_modes: ClassVar[tuple[str, str]]
    """Names of the mode without water and of the one with water."""

    outdoor_size: PowerSize = Field(default_factory=PowerSize)
    """Heat that the outdoor-air units can take at 1.2 kg/m3."""
    outdoor_capex: DollarsPerMegawatt
    """Cost of the outdoor-air units per heat."""

    @abstractmethod
    def by_outdoor_air(self, weather: Conditions) -> dict[str, Mode]:
        """Return the modes in which outdoor air takes the heat."""

    @property
    def plants(self) -> dict[str, Plant]:
        """What is bought, by name."""
        return {**super().plants, "outdoor": Plant(("outdoor_capex",), self.outdoor_modes, "outdoor_size")}

    def modes(self, weather: Conditions) -> dict[str, Mode]:
        """Return every mode at every hour of ``weather``."""
        return {**self.by_outdoor_air(weather), **super().modes(weather)}

    def blown(
        self, weather: Conditions, supply_air_c: float, fan_power: float, part: Floats, share: Floats, water: Floats,
        bleed: float,
    ) -> Mode:  # fmt: skip
        """Return a mode whose fans warm the air that they move.

        Parameters
        ----------
        supply_air_c : float
            Air that goes to the IT [degC].
        fan_power : float
            Fan electricity per heat, alone at full speed [1].
        part : array
            Heat that a unit takes over what it would take if the air left it at supply temperature [1].
        share : array
            Largest share of the system's heat [1].
        water : array
            Water made up per heat [L/kWh].
        bleed : float
            Water drained over water evaporated [1].
        """
        density = psychrometrics.air_density_kg_m3(supply_air_c, weather.humidity_ratio, weather.pressure_pa)
        fans = at_part_speed(fan_power, self.load) + 0.0 * density
        capacity = part * density / air_handling.RATING_DENSITY_KG_M3
        drained = {"waste_water": water * bleed / (1.0 + bleed)}
        return Mode(0.0 * fans, water, capacity, share, drained).carried(fans)
