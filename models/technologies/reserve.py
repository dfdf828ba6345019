"""Reserve: firm capacity beyond the peak of the design days, and what is left of it without the largest unit."""

from __future__ import annotations

from typing import Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field, model_validator

from ..buses import STANDING
from ..clock import Clock
from ..component import Annual, Component, Terms, Watch
from ..given import Given
from ..quantities import Fraction, Megawatts

LARGEST_OVER_SITE = 10.0  # what may stand over the largest power of the site; a finite bound for the certificate
PEAKS = ("it_energy", "overhead_energy")


class ReserveLimit(Component, kind="reserve_limit"):
    """A reserve margin, N+1 on the largest unit, or both, on the design days.

    Margin: firm >= (1 + margin) x peak. N+1: firm - lost >= peak, where lost is at least the stated unit, the unit of
    each family that is built, and with `grid_counts` the firm capacity of the grid connection. Firm capacity: of
    generators their rating x derating x (1 - forced outage), own use taken off, in the hottest design hour; of the
    grid what stays while the utility calls off its share; of renewable plant its stated firm output; of stores what
    they can hold for their `firm_duration`; of all that stands on a bus of its own, what a converter can carry to the
    site of it. Peak is IT, cooling, power chain and lighting, without charging of stores.
    """

    example: ClassVar = {"name": "reserve", "margin": 0.1, "largest_unit": "10 MW"}
    variants: ClassVar = {"units": {"units": {"engines": "10 MW"}, "largest_unit": "0 MW", "grid_counts": True}}
    family: ClassVar = "limit"
    label: ClassVar = "Reserve"

    margin: Fraction | None = None
    """Firm capacity beyond the peak, over the peak."""
    largest_unit: Megawatts = 0.0
    """Power of the unit whose loss must be borne, whatever is built; keeps the plan linear."""
    units: dict[str, Megawatts] = Field(default_factory=dict)
    """Size of a unit of each generator, by its name, whose loss must be borne if any of it stands; a yes or no for each
    and phase."""
    grid_counts: bool = False
    """Whether the grid connection is a unit that may be lost; all connections count as one."""

    @model_validator(mode="after")
    def _limits_something(self) -> ReserveLimit:
        if self.margin is None and not (self.largest_unit or self.units or self.grid_counts):
            raise ValueError(
                "limits nothing: state a margin, a largest_unit, units, or grid_counts: true. Or remove the reserve"
            )
        for name, size in self.units.items():
            if size <= 0:
                raise ValueError(
                    f"units: the unit of {name} must be larger than 0 MW, got {size:g} MW. Remove the entry"
                )
        return self

    @property
    def loses(self) -> bool:
        """Whether a unit may be lost."""
        return bool(self.largest_unit or self.units or self.grid_counts)

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        most = LARGEST_OVER_SITE * max(given.site.largest_mw)
        for name in ("firm", *(f"peak_{account}" for account in PEAKS)):
            block.add_component(name, pyo.Var(time.phases, bounds=(0, most), units=time.unit("MW")))
        meters = {"firm_capacity": Annual(lambda p: block.firm[p])}
        watches = {account: _peak(block, time, account) for account in PEAKS}

        def peak(p: Any) -> Any:
            return sum(block.component(f"peak_{account}")[p] for account in PEAKS)

        if self.margin is not None:
            share = float(self.margin)

            @block.Constraint(time.phases, doc="firm capacity exceeds the peak by the margin")
            def margin_limit(b: Any, p: str) -> Any:
                return b.firm[p] >= (1 + share) * peak(p)

        if self.loses:
            meters |= self._lost(block, time, given, most)

            @block.Constraint(time.phases, doc="firm capacity covers the peak without the largest unit")
            def unit_lost_limit(b: Any, p: str) -> Any:
                return b.firm[p] - b.lost[p] >= peak(p)

        return Terms(meters=meters, watches=watches)

    def _lost(self, block: Any, time: Clock, given: Given, most: float) -> dict[str, Annual]:
        """Add what may be lost, at least every unit that counts; return the readings that this takes."""
        block.lost = pyo.Var(time.phases, bounds=(self.largest_unit, most), units=time.unit("MW"))
        meters: dict[str, Annual] = {}
        if self.grid_counts:
            block.grid = pyo.Var(time.phases, bounds=(0, most), units=time.unit("MW"))
            meters["firm_grid"] = Annual(lambda p: block.grid[p])

            @block.Constraint(time.phases, doc="the grid connection may be lost")
            def grid_lost(b: Any, p: str) -> Any:
                return b.lost[p] >= b.grid[p]

        for name, size in self.units.items():
            meters[f"{STANDING}{name}"] = _family(block, time, name, time.number(size, "MW"), time.number(most, "MW"))
        return meters


def _peak(block: Any, time: Clock, account: str) -> Watch:
    """Return the equation that makes a peak as large as what an account draws in any hour of the design days."""
    peak = block.component(f"peak_{account}")
    return Watch(
        accounts=(account,),
        index=time.design,
        rule=lambda rate, t: rate(account, t) <= peak[time.phase[t]],
        doc="the peak is the largest power on the design days",
    )


def _family(block: Any, time: Clock, name: str, size: Any, most: Any) -> Annual:
    """Add the choice whether any of a family stands, and the loss of one of its units if so."""
    part = pyo.Block(concrete=True)
    block.add_component(name, part)
    part.stands = pyo.Var(time.phases, bounds=(0, pyo.value(most)), units=time.unit("MW"))
    part.built = pyo.Var(time.phases, within=pyo.Binary)

    @part.Constraint(time.phases, doc="nothing stands of a family that is not built")
    def built_limit(b: Any, p: str) -> Any:
        return b.stands[p] <= most * b.built[p]

    @part.Constraint(time.phases, doc="a unit of what is built may be lost")
    def unit_lost(b: Any, p: str) -> Any:
        return block.lost[p] >= size * b.built[p]

    return Annual(lambda p: part.stands[p])
