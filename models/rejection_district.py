"""Rejecting heat to somebody else's plant: district chilled water, paid by the energy and by the connected capacity."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from .component import Listed
from .conditions import Conditions
from .cooling import Mode, Plant, Ranges
from .investment import PowerSize
from .machines import WaterLoop
from .quantities import (
    Celsius,
    DollarsPerMegawatt,
    DollarsPerMegawattHour,
    DollarsPerMegawattYear,
    Kelvins,
    Number,
    PerYear,
    Years,
)
from .rejection_air import Rejector
from .terminals import Terminal


class OnDistrictCooling(Rejector):
    """District chilled water over the exchangers of a transfer station.

    On the site only the pumps of the loop run. Electricity of the district's plant goes to account `upstream_energy`;
    it is not part of the site's PUE, nor is the plant's water part of its WUE.
    """

    side_buses: ClassVar[tuple[str, ...]] = ("upstream_energy",)

    life: Annotated[Years, Listed("lifetime", "district_cooling")]
    """Economic life of the transfer station."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "district_cooling")]
    """Yearly upkeep over the cost of the transfer station."""
    lead_time: Annotated[Years, Listed("lead_time", "district_cooling")]
    """Time from the decision to the connection."""
    connection_size: PowerSize = Field(default_factory=PowerSize)
    """Connected heat."""
    connection_capex: Annotated[DollarsPerMegawatt, Listed("capex", "district_cooling")]
    """Cost of exchangers, pipes and meters per connected heat."""
    capacity_charge: Annotated[DollarsPerMegawattYear, Listed("capacity_charge", "district_cooling")]
    """Yearly charge per connected heat."""
    energy_charge: Annotated[DollarsPerMegawattHour, Listed("energy_charge", "district_cooling")]
    """Charge per heat taken."""
    district_supply: Annotated[Celsius, Listed("supply", "district_cooling")]
    """Water that the district sends."""
    exchanger_approach: Annotated[Kelvins, Listed("approach", "district_cooling")]
    """Loop water above district water."""
    upstream_power: Annotated[Number, Listed("upstream_power", "district_cooling")]
    """Electricity of the district's plant per heat."""

    @model_validator(mode="after")
    def _warm_enough(self) -> OnDistrictCooling:
        coldest = self.district_supply + self.exchanger_approach
        if isinstance(self, Terminal) and self.supply_c < coldest:
            raise ValueError(
                f"water sent to the load must not be colder than {coldest:g} degC, which is district_supply plus"
                f" exchanger_approach, got {self.supply_c:g} degC. Raise it, or correct the two"
            )
        return self

    @property
    def rejectors(self) -> dict[str, Plant]:
        """The connection; what it can take does not depend on the weather."""
        return {
            "connection": Plant(
                ("connection_capex",), ("district",), "connection_size", weathered=False, charge="capacity_charge"
            )
        }

    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        """Return the one mode: bought."""
        none = 0.0 * weather.dry_bulb_c
        upstream = {"upstream_energy": none + self.upstream_power}
        return {"district": Mode(none, none, none + 1.0, side=upstream, price=none + self.energy_charge)}

    def rejector_ranges(self, weather: Conditions, loop: WaterLoop) -> Ranges:
        """Return no range: a contract has none."""
        return []
