"""The power chain: from the point of common coupling to protected power for IT."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field

from ..catalogue import lookup
from ..clock import Clock
from ..component import Hourly, Listed, Term, Terms
from ..given import Given
from ..investment import Asset, Candidate, PowerSize, invest
from ..physics.power_chain import indoor_heat_kw_per_kw, input_kw_per_kw, part_load_efficiency
from ..quantities import DollarsPerMegawatt, DollarsPerMegawattHour, Fraction, Hours, PerYear, Unit, Years
from ..redundancy import Redundant

TECHNOLOGY = "data_centre"


class PowerChain(Redundant, Candidate, kind="power_chain"):
    """Uninterruptible supply, distribution and lighting; its indoor losses are heat in the air loop.

    Power drawn = protected power / (UPS efficiency x distribution efficiency) + lighting. The size is what is
    installed; protected power <= size / spare, so that N+1 and 2N buy more of everything and run it at part load. The
    UPS works at its efficiency at full protected power, where each unit carries 1 / spare of its rating.

    Its batteries hold ride_through + swing_share x swing_duration of its rating. Beyond what the usual cost includes,
    they cost battery_capex; what is less is saved. Swings that they carry: held(t) <= swing_share x rating.
    """

    example: ClassVar = {"name": "power_chain", "size": {"maximum": "100 MW"}}
    variants: ClassVar = {
        "steadies": {"swing_share": "20 %", "swing_duration": "1 minute", "ride_through": "10 minute"}
    }
    family: ClassVar = "facility"
    label: ClassVar = "Power chain"

    size: PowerSize = Field(default_factory=PowerSize)
    """Installed rating of the supply; with spare units it exceeds the protected power."""
    life: Annotated[Years, Listed("ups_lifetime", TECHNOLOGY)]
    """Economic life of the supply."""
    lead_time: Annotated[Years, Listed("ups_lead_time", TECHNOLOGY)]
    """Time from the decision to service."""
    ups_efficiency: Annotated[Fraction, Listed("ups_efficiency_modern", TECHNOLOGY)]
    """Efficiency of the uninterruptible supply at its rating."""
    distribution_efficiency: Annotated[Fraction, Listed("distribution_efficiency", TECHNOLOGY)]
    """Efficiency of transformers and cables between the supply and the racks."""
    lighting_share: Annotated[Fraction, Listed("lighting_share", TECHNOLOGY)]
    """Lighting and small loads over IT power."""
    indoor_loss_share: Annotated[Fraction, Listed("indoor_loss_share", TECHNOLOGY)]
    """Share of the losses that is released inside the cooled space."""
    ride_through: Annotated[Hours, Listed("ups_ride_through", TECHNOLOGY)]
    """Time for which the batteries of the supply carry its rating, for example until engines run."""
    swing_share: Fraction = 0.0
    """Swings of training that the batteries take up, over the rating; charger and cells must be made for it."""
    swing_duration: Annotated[Hours, Listed("swing_duration", "it")]
    """Time for which they carry a swing, besides the ride-through."""
    capex: Annotated[DollarsPerMegawatt, Listed("ups_capex", TECHNOLOGY)]
    """Cost of the uninterruptible supply per rating, with batteries for the usual ride-through."""
    battery_capex: Annotated[DollarsPerMegawattHour, Listed("ups_battery_capex", TECHNOLOGY)]
    """Cost of what the batteries hold beyond that."""
    distribution_capex: Annotated[DollarsPerMegawatt, Listed("power_distribution_capex", TECHNOLOGY)]
    """Cost of switchgear, transformers and cables on the site per rating."""
    upkeep: Annotated[PerYear, Listed("ups_fixed_om", TECHNOLOGY)]
    """Yearly upkeep over the cost."""

    @property
    def efficiency(self) -> float:
        """Protected power over what the chain draws for it, lighting apart, with every unit running [1]."""
        return float(part_load_efficiency(self.load, self.ups_efficiency)) * float(self.distribution_efficiency)

    @property
    def drawn(self) -> float:
        """Power drawn over protected power, lighting included, with every unit running [1]."""
        return float(input_kw_per_kw(self.efficiency, 1.0, 1.0, self.lighting_share))

    @property
    def indoor_heat(self) -> float:
        """Heat left in the hall over protected power: the indoor share of the losses, and lighting [1]."""
        losses = indoor_heat_kw_per_kw(self.efficiency, 1.0, 0.0)
        return float(self.indoor_loss_share * losses + self.lighting_share)

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        usual = time.number(Unit("hour").parse(lookup(TECHNOLOGY, "ups_ride_through").text), "hour")
        held = given.ride_through + self.swing_share * given.swing_duration
        capex = given.capex + given.distribution_capex + (held - usual) * given.battery_capex
        asset = invest(
            block, time, given, given.size, unit="MW", capex=capex, upkeep=given.upkeep * capex, bound=2.0 * self.spare
        )
        block.protected = pyo.Var(time.steps, bounds=(0, asset.most * self.load), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="protected power stays within the supply, less its spare units")
        def supply_limit(b: Any, t: int) -> Any:
            return b.protected[t] <= self.load * asset.capacity[time.phase[t]]

        extra, indoor = self.drawn - 1, self.indoor_heat
        return Terms(
            into={
                **self._steadied(block, time, asset),
                "ac": Hourly(lambda t: -(1 + extra) * block.protected[t]),
                "it": Hourly(lambda t: block.protected[t]),
                "heat_air": Hourly(lambda t: indoor * block.protected[t]),
                "overhead_energy": Hourly(lambda t: extra * block.protected[t]),
                "capital": asset.capital,
            },
            cost=asset.cost,
            capacities=(asset.record,),
        )

    def _steadied(self, block: Any, time: Clock, asset: Asset) -> dict[str, Term]:
        """Add the swings that the batteries take up; nothing where none are stated."""
        if self.swing_share == 0:
            return {}
        block.held = pyo.Var(time.steps, bounds=(0, self.swing_share * asset.most), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="swings that the batteries take up stay within their share of the rating")
        def swing_limit(b: Any, t: int) -> Any:
            return b.held[t] <= self.swing_share * asset.capacity[time.phase[t]]

        return {"swing": Hourly(lambda t: block.held[t])}
