"""The power chain: from the point of common coupling to protected power for IT."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field

from ..clock import Clock
from ..component import Hourly, Listed, Terms
from ..given import Given
from ..investment import Candidate, PowerSize, invest
from ..physics.power_chain import indoor_heat_kw_per_kw, input_kw_per_kw, part_load_efficiency
from ..quantities import DollarsPerMegawatt, Fraction, PerYear, Years
from ..redundancy import Redundant

TECHNOLOGY = "data_centre"


class PowerChain(Redundant, Candidate, kind="power_chain"):
    """Uninterruptible supply, distribution and lighting; its indoor losses are heat in the air loop.

    Power drawn = protected power / (UPS efficiency x distribution efficiency) + lighting. The size is what is
    installed; protected power <= size / spare, so that N+1 and 2N buy more of everything and run it at part load. The
    UPS works at its efficiency at full protected power, where each unit carries 1 / spare of its rating.
    """

    example: ClassVar = {"name": "power_chain", "size": {"maximum": "100 MW"}}
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
    capex: Annotated[DollarsPerMegawatt, Listed("ups_capex", TECHNOLOGY)]
    """Cost of the uninterruptible supply per rating."""
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
        capex = given.capex + given.distribution_capex
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
                "ac": Hourly(lambda t: -(1 + extra) * block.protected[t]),
                "it": Hourly(lambda t: block.protected[t]),
                "heat_air": Hourly(lambda t: indoor * block.protected[t]),
                "overhead_energy": Hourly(lambda t: extra * block.protected[t]),
                "capital": asset.capital,
            },
            cost=asset.cost,
            capacities=(asset.record,),
        )
