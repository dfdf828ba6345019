"""Generators that are rented for a while: bridge power until the connection arrives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import model_validator

from ..catalogue import entries
from ..clock import Clock
from ..component import Listed, Terms
from ..generation import Generation, until
from ..given import Given
from ..investment import invest
from ..quantities import DollarsPerMegawattYear, Years

LARGEST_OVER_SITE = 2.0  # as of sizes that state no maximum


class Rental(Generation, kind="rental"):
    """Rented turbines, engines or fuel cells: a yearly price in place of capital and upkeep.

    Yearly rent = price x rented power. The rented power may change, up or down, at the start of every phase that
    begins after the contract's term; it is nothing from `until` on.
    """

    example: ClassVar = {
        "name": "bridge", "technology": "gas_turbine_aero", "fuel": "gas", "size": {"maximum": "100 MW"},
        "until": "2031-01-01",
    }  # fmt: skip
    variants: ClassVar = {"open": {"size": {}, "until": None, "part_load": True}}
    label: ClassVar = "Rented generator"

    life: Annotated[Years, Listed("term", "rental")]
    """Shortest term of a contract; what is rented is kept and paid until it ends."""
    lead_time: Annotated[Years, Listed("lead_time", "rental")]
    """Time from the decision to service."""
    rental_price: Annotated[DollarsPerMegawattYear, Listed("rental_price")]
    """Price per rated power, with upkeep."""
    until: date | None = None
    """Date on which the last unit is given back, for example when the grid connection comes."""

    @model_validator(mode="before")
    @classmethod
    def _priced(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and "rental_price" not in data and data.get("technology"):
            name = str(data["technology"])
            if "rental_price" not in entries(name):
                raise ValueError(f"rental_price is missing: {name} lists none. State it, for example 30 USD/kW/month")
        return data

    @model_validator(mode="after")
    def _nothing_stands(self) -> Rental:
        if self.size.existing:
            raise ValueError("what is rented is not owned, got size.existing. Remove it; set size.minimum instead")
        return self

    def dates(self, decision: date) -> set[date]:
        """Return the dates on which what is possible changes."""
        return super().dates(decision) | ({self.until} if self.until else set())

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        asset = invest(
            block, time, given, self._size(given), unit="MW", capex=time.number(0.0, "USD/MW"),
            upkeep=given.rental_price, bound=LARGEST_OVER_SITE, unit_size=self.unit, whole=self.whole,
        )  # fmt: skip
        running = self.operate(block, time, given, asset)
        return Terms(
            into={**running.into, "land": asset.per_unit(given.land)},
            cost={"rent": asset.cost["upkeep"], **running.cost},
            capacities=(asset.record,),
            settles=running.settles,
        )

    def _size(self, given: Given) -> Any:
        """Return the limits of the size, with nothing left after the last day."""
        size = given.size
        if self.until is None:
            return size
        limits = {**vars(size)}
        most = LARGEST_OVER_SITE * max(given.site.largest_mw)
        if size.fixed is not None:
            limits["fixed"] = until(SimpleNamespace(maximum=size.fixed), self.until, most)
        else:
            limits["maximum"] = until(size, self.until, most)
            limits["minimum"] = None if size.minimum is None else {**size.minimum, self.until: 0.0}
        return SimpleNamespace(**limits)
