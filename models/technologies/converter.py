"""Converter between two buses: an inverter that plants share, or a connection that supplies share."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

import pyomo.environ as pyo
from pydantic import Field, model_validator

from ..buses import FIRM, FIRM_GRID, ON_SITE, firm_account
from ..clock import Clock
from ..component import Hourly, Listed, Term, Terms
from ..firm import firm_through
from ..given import Given
from ..investment import Candidate, PowerSize, invest
from ..quantities import DollarsPerMegawatt, Fraction, PerYear


class Converter(Candidate, kind="converter"):
    """Carries power from one bus to another, and back where it works both ways.

    efficiency x forward + backward <= size, rated on the side of `bus`: into `bus` efficiency x forward - backward,
    into `source` efficiency x backward - forward. Two uses: photovoltaics without inverter and a battery on `dc` share
    an inverter; a grid connection and a contract on a bus of their own share the wires to the site. Firm capacity
    behind it counts towards a reserve after the same efficiency, up to the size.
    """

    example: ClassVar = {"name": "inverter", "source": "dc", "size": {"maximum": "100 MW"}}
    variants: ClassVar = {"one_way": {"source": "wires", "two_way": False, "efficiency": 1.0}}
    family: ClassVar = "conversion"
    label: ClassVar = "Converter"

    technology: str = "inverter"
    """Row of the catalogue."""
    source: str = "dc"
    """Bus it draws from."""
    bus: str = "ac"
    """Bus it feeds."""
    size: PowerSize = Field(default_factory=PowerSize)
    """Rated power, on the side of the bus that it feeds."""
    two_way: bool = True
    """Whether power may also flow back; false where stores behind it may not charge from the site or the grid."""
    efficiency: Annotated[Fraction, Listed("efficiency")]
    """Power out over power in, either way; 1 for plain wires."""
    capex: Annotated[DollarsPerMegawatt, Listed("capex")]
    """Cost per rated power."""
    upkeep: Annotated[PerYear, Listed("fixed_om")]
    """Yearly upkeep over the cost."""

    @model_validator(mode="after")
    def _joins(self) -> Self:
        if self.source == self.bus:
            raise ValueError(
                f"source and bus must differ, got {self.bus!r} twice. Name the bus it draws from as source"
            )
        if self.efficiency <= 0:
            raise ValueError("efficiency must lie above 0, got 0")
        return self

    @property
    def firm_way(self) -> tuple[str, str] | None:
        """From which bus to which it carries firm capacity towards the site; None where both ends are on the site."""
        if self.source in ON_SITE:
            return None if self.bus in ON_SITE or not self.two_way else (self.bus, self.source)
        return (self.source, self.bus)

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        asset = invest(block, time, given, given.size, unit="MW", capex=given.capex, upkeep=given.upkeep * given.capex)
        block.forward = pyo.Var(time.steps, bounds=(0, asset.most / self.efficiency), units=time.unit("MW"))
        if self.two_way:
            block.backward = pyo.Var(time.steps, bounds=(0, asset.most), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="both directions share the rated power")
        def rating_limit(b: Any, t: int) -> Any:
            back = b.backward[t] if self.two_way else 0
            return given.efficiency * b.forward[t] + back <= asset.capacity[time.phase[t]]

        forward = {
            self.bus: Hourly(lambda t: given.efficiency * block.forward[t]),
            self.source: Hourly(lambda t: -1 * block.forward[t]),
        }
        both = {
            self.bus: Hourly(lambda t: given.efficiency * block.forward[t] - block.backward[t]),
            self.source: Hourly(lambda t: given.efficiency * block.backward[t] - block.forward[t]),
        }
        firm: dict[str, Term] = {}
        if (way := self.firm_way) is not None:
            away, to = way
            firm = firm_through(
                block, time, given, asset.capacity, asset.most, away=away, to=to, forward=away == self.source
            )
        return Terms(
            into={**(both if self.two_way else forward), **firm, "capital": asset.capital},
            cost=asset.cost,
            capacities=(asset.record,),
            settles=tuple(firm_account(kind, way[0]) for kind in (FIRM, FIRM_GRID)) if way is not None else (),
        )
