"""The power chain: from the point of common coupling to protected power for IT."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field

from ..clock import Clock
from ..component import Hourly, Listed, Terms
from ..given import Given
from ..investment import Candidate, PowerSize, invest
from ..quantities import DollarsPerMegawatt, Fraction, PerYear, Years

TECHNOLOGY = "data_centre"


class PowerChain(Candidate, kind="power_chain"):
    """Uninterruptible supply, distribution and lighting; its indoor losses are heat in the air loop.

    Power drawn = protected power / (UPS efficiency x distribution efficiency) + lighting.
    """

    example: ClassVar = {"name": "power_chain", "size": {"maximum": "100 MW"}}
    family: ClassVar = "facility"
    label: ClassVar = "Power chain"

    size: PowerSize = Field(default_factory=PowerSize)
    """Protected power."""
    life: Annotated[Years, Listed("ups_lifetime", TECHNOLOGY)]
    """Economic life of the supply."""
    lead_time: Annotated[Years, Listed("ups_lead_time", TECHNOLOGY)]
    """Time from the decision to service."""
    ups_efficiency: Annotated[Fraction, Listed("ups_efficiency_modern", TECHNOLOGY)]
    """Efficiency of the uninterruptible supply."""
    distribution_efficiency: Annotated[Fraction, Listed("distribution_efficiency", TECHNOLOGY)]
    """Efficiency of transformers and cables between the supply and the racks."""
    lighting_share: Annotated[Fraction, Listed("lighting_share", TECHNOLOGY)]
    """Lighting and small loads over IT power."""
    indoor_loss_share: Annotated[Fraction, Listed("indoor_loss_share", TECHNOLOGY)]
    """Share of the losses that is released inside the cooled space."""
    capex: Annotated[DollarsPerMegawatt, Listed("ups_capex", TECHNOLOGY)]
    """Cost of the uninterruptible supply."""
    distribution_capex: Annotated[DollarsPerMegawatt, Listed("power_distribution_capex", TECHNOLOGY)]
    """Cost of switchgear, transformers and cables on the site."""
    upkeep: Annotated[PerYear, Listed("ups_fixed_om", TECHNOLOGY)]
    """Yearly upkeep over the cost."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        capex = given.capex + given.distribution_capex
        asset = invest(block, time, given, given.size, unit="MW", capex=capex, upkeep=given.upkeep * capex)
        block.protected = pyo.Var(time.steps, bounds=(0, asset.most), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="protected power stays within the supply")
        def supply_limit(b: Any, t: int) -> Any:
            return b.protected[t] <= asset.capacity[time.phase[t]]

        loss = 1 / (given.ups_efficiency * given.distribution_efficiency) - 1
        extra = loss + given.lighting_share
        indoor = given.indoor_loss_share * loss + given.lighting_share
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
