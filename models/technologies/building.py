"""The building: shell, site and white space that house the IT."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field

from ..clock import Clock
from ..component import Annual, Listed, Terms
from ..given import Given
from ..investment import Candidate, PowerSize, invest
from ..quantities import DollarsPerMegawatt, Fraction, HectaresPerMegawatt, PerYear


class Building(Candidate, kind="building"):
    """Houses IT power. Its published cost includes cooling, supply and engines, which other components pay for.

    Cost = published shell and plant cost x (1 - share of critical plant).
    """

    example: ClassVar = {"name": "building", "size": {"maximum": "100 MW"}}
    family: ClassVar = "facility"
    label: ClassVar = "Building"

    technology: str = "data_centre"
    """Row of the catalogue."""
    size: PowerSize = Field(default_factory=PowerSize)
    """IT power that can be housed."""
    capex: Annotated[DollarsPerMegawatt, Listed("capex")]
    """Published cost of shell and plant per IT power."""
    critical_share: Annotated[Fraction, Listed("critical_capacity_share")]
    """Share of that cost which is mechanical, electrical and backup plant."""
    upkeep: Annotated[PerYear, Listed("fixed_om")]
    """Yearly upkeep over the cost of the building."""
    land: Annotated[HectaresPerMegawatt, Listed("land")]
    """Land per IT power."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        capex = given.capex * (1 - given.critical_share)
        asset = invest(block, time, given, given.size, unit="MW", capex=capex, upkeep=given.upkeep * capex)
        block.housed = pyo.Var(time.phases, bounds=(0, asset.most), units=time.unit("MW"))

        @block.Constraint(time.phases, doc="only what is built houses IT")
        def house_limit(b: Any, p: str) -> Any:
            return b.housed[p] <= asset.capacity[p]

        return Terms(
            into={
                "floor_space": Annual(lambda p: block.housed[p]),
                "land": asset.per_unit(given.land),
                "capital": asset.capital,
            },
            cost=asset.cost,
            capacities=(asset.record,),
            settles=("floor_space",),
        )
