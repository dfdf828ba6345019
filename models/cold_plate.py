"""What cold-plate systems share: a warm-water loop, a free mode that the weather limits, and a trim chiller."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from .component import Listed
from .cooling import CoolingSystem, Plant
from .investment import PowerSize
from .quantities import Celsius, DollarsPerMegawatt, Kelvins, Number, Years


class ColdPlate(CoolingSystem):
    """Water to cold plates at the racks. The free mode cools the return water as far as the weather allows.

    A trim chiller of its own capacity takes the rest: free share <= (return - reachable) / (return - supply).
    """

    plants: ClassVar = {
        "distribution": Plant(("unit_capex", "loop_capex"), ("free", "trim"), "distribution_size", weathered=False),
        "free": Plant(("free_capex",), ("free",), "free_size"),
        "trim": Plant(("trim_capex",), ("trim",), "trim_size"),
    }
    limited_modes: ClassVar = ("free",)

    loop: str = "heat_liquid"
    """Loop it cools."""
    supply: Celsius
    """Facility water sent to the cooling distribution units."""
    rise: Annotated[Kelvins, Listed("water_temperature_rise", "it")]
    """Warming of the water at the racks."""
    distribution_size: PowerSize = Field(default_factory=PowerSize)
    """Heat that the loop can carry."""
    free_size: PowerSize = Field(default_factory=PowerSize)
    """Rated heat of the free mode."""
    trim_size: PowerSize = Field(default_factory=PowerSize)
    """Rated heat of the trim chiller."""
    lead_time: Annotated[Years, Listed("chiller_lead_time", "data_centre")]
    """Time from the decision to service."""
    pump_power: Annotated[Number, Listed("pump_power", "cdu")]
    """Pump electricity per heat; it joins the heat."""
    unit_capex: Annotated[DollarsPerMegawatt, Listed("capex", "cdu")]
    """Cost of the cooling distribution units per heat."""
    loop_capex: Annotated[DollarsPerMegawatt, Listed("secondary_loop_capex", "cdu")]
    """Cost of manifolds and piping in the hall per heat."""

    @property
    def supply_c(self) -> float:
        return float(self.supply)

    @property
    def return_c(self) -> float:
        """Temperature of the water that comes back from the racks [degC]."""
        return float(self.supply + self.rise)
