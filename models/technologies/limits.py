"""Limits and prices on a year's accounts: carbon, land, capital, PUE and carbon-free energy.

Each one meters its account: its reading equals all that flows in, stays within the limit and pays the price. What is
read by the year stays within its limit in every outcome, and pays for its mean.

A limit with dates begins on the first of them; before it there is none, and no price either.
"""

from __future__ import annotations

from typing import Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field

from ..clock import Clock
from ..component import Annual, Component, Terms
from ..given import Given
from ..investment import at, by_date
from ..quantities import Dollars, DollarsPerTonne, Fraction, Hectares, Number, TonnesPerYear

TonnesByDate: Any = by_date(TonnesPerYear, "t/year")
HectaresByDate: Any = by_date(Hectares, "ha")
DollarsByDate: Any = by_date(Dollars, "USD")
PriceByDate: Any = by_date(DollarsPerTonne, "USD/t")
UNLIMITED = 10.0  # times the largest amount that the site can reach; a finite bound for the certificate
DIRTIEST_T_PER_MWH = 1.5
LARGEST_HA_PER_MW = 1000.0  # of the site; wind on 30 ha/MW, 30 times the site
LARGEST_USD_PER_MW = 1e9  # of the site; accelerators cost some 40 million


def _reading(block: Any, time: Clock, name: str, unit: str, limits: list[float]) -> Any:
    """Add the reading of an account in each phase, within limits; of amounts a year, in each outcome of it."""
    if unit.endswith("/year"):
        index, bounds = time.rings, {ring.name: limits[ring.phase] for ring in time.timeline.rings}
    else:
        index, bounds = time.phases, dict(zip(time.timeline.names, limits, strict=True))
    block.add_component(name, pyo.Var(index, bounds=lambda _, i: (0.0, bounds[i]), units=time.unit(unit)))
    return block.component(name)


class CarbonLimit(Component, kind="carbon_limit"):
    """A price on CO2, a yearly cap, or both."""

    example: ClassVar = {"name": "carbon", "price": "50 USD/t", "cap": "300000 t/year"}
    family: ClassVar = "limit"
    label: ClassVar = "Carbon price and cap"

    price: PriceByDate = Field(default_factory=dict)
    """Price of CO2, or prices from given dates on; none before the first."""
    cap: TonnesByDate | None = None
    """Most that may be emitted in a year, or from given dates on; no cap before the first."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        phases = time.timeline.phases
        most = max(given.site.largest_mw) * 8760.0 * DIRTIEST_T_PER_MWH * UNLIMITED
        limits = [at(self.cap or {}, phase.start, most) for phase in phases]
        emitted = _reading(block, time, "emitted", "t/year", limits)
        price = time.by_phase(block, "price", [at(self.price, phase.start) for phase in phases], "USD/t")
        return Terms(
            meters={"carbon": time.expected(lambda r: emitted[r])},
            cost={"carbon price": time.expected(lambda r: price[time.phase_of[r]] * emitted[r])},
        )


class LandLimit(Component, kind="land_limit"):
    """Land on and near the site that may be occupied."""

    example: ClassVar = {"name": "land", "limit": "400 ha"}
    family: ClassVar = "limit"
    label: ClassVar = "Land limit"

    limit: HectaresByDate
    """Land, or land from given dates on; no limit before the first. Write 0 ha from the first start for none."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        most = LARGEST_HA_PER_MW * max(given.site.largest_mw)
        limits = [at(self.limit, phase.start, most) for phase in time.timeline.phases]
        occupied = _reading(block, time, "occupied", "ha", limits)
        return Terms(meters={"land": Annual(lambda p: occupied[p])})


class CapitalLimit(Component, kind="capital_limit"):
    """Money that may be spent on new plant in each phase."""

    example: ClassVar = {"name": "budget", "limit": "900 MUSD"}
    family: ClassVar = "limit"
    label: ClassVar = "Capital limit"

    limit: DollarsByDate
    """Overnight capital that each phase may spend, or from given dates on; no limit before the first."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        most = LARGEST_USD_PER_MW * max(given.site.largest_mw)
        limits = [at(self.limit, phase.start, most) for phase in time.timeline.phases]
        spent = _reading(block, time, "spent", "USD", limits)
        return Terms(meters={"capital": Annual(lambda p: spent[p])})


class PueLimit(Component, kind="pue_limit"):
    """Annual power usage effectiveness: (IT + cooling + power chain + lighting) / IT stays within a limit."""

    example: ClassVar = {"name": "pue", "limit": 1.25}
    family: ClassVar = "limit"
    label: ClassVar = "PUE limit"

    limit: Number = Field(gt=1.0)
    """Largest annual PUE."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        most = [max(given.site.largest_mw) * 8760.0 * UNLIMITED] * len(time.timeline.phases)
        overhead = _reading(block, time, "overhead", "MWh/year", most)
        it = _reading(block, time, "it", "MWh/year", most)

        @block.Constraint(time.rings, doc="overhead stays within its share of IT energy")
        def pue_limit(b: Any, r: str) -> Any:
            return overhead[r] <= (given.limit - 1) * it[r]

        return Terms(
            meters={
                "overhead_energy": time.expected(lambda r: overhead[r]),
                "it_energy": time.expected(lambda r: it[r]),
            },
        )


class CarbonFreeTarget(Component, kind="carbon_free_target"):
    """Hourly carbon-free energy: what is not carbon-free stays within the rest of consumption.

    Every hour counts by itself: exports and surplus never make up for another hour; the grid counts at its hourly
    share.
    """

    example: ClassVar = {"name": "clean", "share": 0.8}
    family: ClassVar = "limit"
    label: ClassVar = "Hourly carbon-free target"

    share: Fraction
    """Share of the yearly consumption that is carbon-free hour by hour."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        most = [max(given.site.largest_mw) * 8760.0 * UNLIMITED] * len(time.timeline.phases)
        dirty = _reading(block, time, "dirty", "MWh/year", most)
        it = _reading(block, time, "it", "MWh/year", most)
        overhead = _reading(block, time, "overhead", "MWh/year", most)

        @block.Constraint(time.rings, doc="carbon-bearing energy stays within its share of consumption")
        def carbon_free_share(b: Any, r: str) -> Any:
            return dirty[r] <= (1 - given.share) * (it[r] + overhead[r])

        return Terms(
            meters={
                "carbon_bearing_energy": time.expected(lambda r: dirty[r]),
                "it_energy": time.expected(lambda r: it[r]),
                "overhead_energy": time.expected(lambda r: overhead[r]),
            },
        )
