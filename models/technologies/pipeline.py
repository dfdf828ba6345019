"""A gas lateral: the pipe from the nearest main to the site, built for it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field

from ..clock import Clock
from ..component import Listed, Terms
from ..given import Given
from ..investment import Candidate, PowerSize, invest
from ..quantities import DollarsPerMegawatt, PerYear, quantity
from .fuel import NaturalGas

DollarsPerMegawattKilometre: Any = quantity("USD/MW/km")
Kilometres: Any = quantity("km")
LARGEST_OVER_SITE = 6.0  # fuel over electricity of the worst machine, with room


class GasPipeline(NaturalGas, Candidate, kind="gas_pipeline"):
    """Natural gas through a lateral whose capacity is chosen; generators burn no more at any time than it brings.

    Gas drawn(t) <= capacity, on design days too; capital = (capex x length + station) x capacity. It arrives with the
    lead time, or on the date that a contract states.
    """

    example: ClassVar = {"name": "lateral", "size": {"maximum": "300 MW"}, "length": "12 km", "price": "4 USD/MMBtu"}
    variants: ClassVar = {
        "hourly": {"hourly_price": "5 USD/MMBtu", "price": None, "peak": "200 MW", "supply": "900000 MWh/year"}
    }
    label: ClassVar = "Natural gas by a new lateral"

    technology: str = "gas_pipeline"
    """Row of the catalogue."""
    size: PowerSize = Field(default_factory=PowerSize)
    """Heat that the lateral can bring, on the lower heating value; 100 MW of engines need about 250 MW."""
    length: Kilometres
    """Way from the main to the site."""
    capex: Annotated[DollarsPerMegawattKilometre, Listed("capex")]
    """Cost of the pipe per heat and length."""
    station: Annotated[DollarsPerMegawatt, Listed("capex_station")]
    """Cost of metering and pressure regulation per heat."""
    upkeep: Annotated[PerYear, Listed("fixed_om")]
    """Yearly upkeep over the cost."""

    @property
    def at_a_rate(self) -> bool:
        """Always: the lateral limits the rate."""
        return True

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        capex = given.capex * given.length + given.station
        asset = invest(
            block, time, given, given.size, unit="MW", capex=capex, upkeep=given.upkeep * capex, bound=LARGEST_OVER_SITE
        )
        terms = self.by_hour(block, time, given, asset.most)

        @block.Constraint(time.steps, doc="gas stays within the lateral")
        def pipe_limit(b: Any, t: int) -> Any:
            return b.drawn[t] <= asset.capacity[time.phase[t]]

        return Terms(
            into={**terms.into, "capital": asset.capital},
            cost={**asset.cost, **terms.cost},
            capacities=(asset.record,),
            settles=terms.settles,
            settles_hourly=terms.settles_hourly,
        )
