"""Grid connection: offered MW by date, energy by time of use, demand charge, export."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar

import numpy as np
import pyomo.environ as pyo
from pydantic import Field, model_validator

from ..clock import Clock, parameter
from ..component import Annual, Floats, Frozen, Hourly, Listed, Series, Term, Terms
from ..conditions import Conditions
from ..given import Given
from ..hourly import hourly
from ..investment import Candidate, PowerSize, invest
from ..quantities import DollarsPerMegawatt, DollarsPerMegawattMonth, Fraction, Hours, Megawatts, PerYear, Years

Price: Any = hourly("USD/MWh", low=None)
EmissionFactor: Any = hourly("t/MWh")
Share: Any = hourly("", bare=True, design="min", high=1.0)
MONTHS = range(1, 13)
HOURS_PER_YEAR = 8760.0


class CallOff(Frozen):
    """Hours in which the utility takes part of the connection back, because heat strains its grid.

    They are the hottest hours of the weather, whatever suits the plan: the optimiser does not choose them.
    """

    share: Fraction
    """Share of the connection that may be called off."""
    hours: Hours = Field(le=HOURS_PER_YEAR)
    """Hours of a year in which it is: those with the highest dry bulb, the earlier of two that are alike."""
    longest: Hours = Field(default=4.0, le=24.0)
    """Hours of one event; on each design day the hottest ones."""

    def remaining(self, weather: Conditions) -> Floats:
        """Return the share of the connection that is left at every hour of whole years."""
        left = np.ones(len(weather))
        for year in np.unique(weather.times.year):
            here = np.flatnonzero(weather.times.year == year)
            count = round(self.hours / HOURS_PER_YEAR * len(here))
            left[here[_hottest(weather.dry_bulb_c[here], count)]] = 1.0 - self.share
        return left

    def remaining_on_design_day(self, weather: Conditions) -> Floats:
        """Return the share that is left at every hour of a design day."""
        left = np.ones(len(weather))
        count = round(self.longest / 24.0 * len(weather))
        left[_hottest(weather.dry_bulb_c, count)] = 1.0 - self.share
        return left


def _hottest(dry_bulb_c: Floats, count: int) -> Any:
    """Return the places of the hottest values, the first ones among equals."""
    return np.argsort(-dry_bulb_c, kind="stable")[:count]


class Grid(Candidate, kind="grid"):
    """A connection to the public grid. Its size is what is connected; offers by date limit it.

    Demand charge = rate x highest import of each month, summed over the months. While part of the connection is called
    off, import stays within what is left of it; export, which relieves the grid, may go on.
    """

    example: ClassVar = {
        "name": "grid", "size": {"maximum": "100 MW"}, "energy_price": "75 USD/MWh", "demand_charge": "12 USD/kW/month",
        "emission": "468 kg/MWh", "carbon_free_share": 0.31, "export_limit": "10 MW", "export_price": "20 USD/MWh",
    }  # fmt: skip
    family: ClassVar = "grid"
    label: ClassVar = "Grid connection"

    bus: str = "ac"
    """Bus it feeds."""
    size: PowerSize = Field(default_factory=PowerSize)
    """Connected power; its maximum by date is what the grid offers."""
    life: Annotated[Years, Listed("connection_lifetime", "grid")]
    """Economic life of the connection."""
    lead_time: Annotated[Years, Listed("lead_time", "grid")]
    """Time from the decision to service; a maximum with dates takes its place."""
    capex: Annotated[DollarsPerMegawatt, Listed("connection_capex", "grid")]
    """Cost per connected power."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "grid")]
    """Yearly upkeep over the cost."""
    energy_price: Price
    """Price of energy: a constant, a file or a tariff by time of use."""
    demand_charge: DollarsPerMegawattMonth = 0.0
    """Charge on the highest import of each month."""
    emission: EmissionFactor
    """CO2 per energy imported."""
    carbon_free_share: Share
    """Share of the imported energy that is carbon-free."""
    renewable_share: Share | None = None
    """Share of the imported energy that is renewable."""
    export_limit: Megawatts = 0.0
    """Largest power that may be exported."""
    export_price: Price | None = None
    """Price paid for exported energy; zero where left out."""
    call_off: CallOff | None = None
    """Interruptions that come with heat; none where left out."""

    @model_validator(mode="after")
    def _no_arbitrage(self) -> Grid:
        if self.export_price is None or self.export_limit > 0:
            return self
        if self.export_price.values.max() > self.energy_price.values.min():
            raise ValueError("the export price lies above the import price. State an export_limit to cap it")
        return self

    def ready(self, decision: date) -> date:
        """Return the first date of service: the first offer where offers are dated."""
        dated = sorted({day for size in self.sizes() for day in size.dates()})
        return self.available or (dated[0] if dated else super().ready(decision))

    def derive(self, weather: Conditions) -> dict[str, Series]:
        return {} if self.call_off is None else {"remaining": Series(self.call_off.remaining(weather), "")}

    def derive_on_design_day(self, weather: Conditions) -> dict[str, Series]:
        off = self.call_off
        return {} if off is None else {"remaining": Series(off.remaining_on_design_day(weather), "")}

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        given.available = self.ready(given.site.decision)
        asset = invest(block, time, given, given.size, unit="MW", capex=given.capex, upkeep=given.upkeep * given.capex)
        block.imported = pyo.Var(time.steps, bounds=(0, asset.most), units=time.unit("MW"))
        block.exported = pyo.Var(time.steps, bounds=(0, self.export_limit), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="import and export stay within the connection")
        def connection_limit(b: Any, t: int) -> Any:
            return b.imported[t] + b.exported[t] <= asset.capacity[time.phase[t]]

        if self.call_off is not None:

            @block.Constraint(time.steps, doc="called off, import stays within what is left")
            def called_off(b: Any, t: int) -> Any:
                return b.imported[t] <= given.remaining[t] * asset.capacity[time.phase[t]]

        cost = {**asset.cost, "energy": Hourly(lambda t: given.energy_price[t] * block.imported[t])}
        if self.demand_charge > 0:
            cost["demand charge"] = _demand_charge(block, time, given, asset.most)
        if self.export_price is not None:
            cost["export"] = Hourly(lambda t: -1 * given.export_price[t] * block.exported[t])
        into: dict[str, Term] = {
            self.bus: Hourly(lambda t: block.imported[t] - block.exported[t]),
            "carbon": Hourly(lambda t: given.emission[t] * block.imported[t]),
            "carbon_bearing_energy": Hourly(lambda t: (1 - given.carbon_free_share[t]) * block.imported[t]),
            "exported_energy": Hourly(lambda t: block.exported[t]),
            "capital": asset.capital,
        }
        if self.renewable_share is not None:
            into["renewable_energy"] = Hourly(lambda t: given.renewable_share[t] * block.imported[t])
        return Terms(into=into, cost=cost, capacities=(asset.record,))


def _demand_charge(block: Any, time: Clock, given: Given, most: float) -> Annual:
    """Charge the highest import of every billing month."""
    timeline = time.timeline
    keys = [f"{p} {m:02d}" for p in timeline.names for m in MONTHS]
    month_of = [keys[12 * p + m - 1] for p, m in zip(timeline.phase_number, timeline.month, strict=True)]
    block.billing_months = pyo.Set(initialize=keys, ordered=True)
    billed = parameter(block, "billing_month", time.steps, _objects(month_of), "", audit=False)
    block.peak = pyo.Var(block.billing_months, bounds=(0, most), units=time.unit("MW"))

    @block.Constraint(time.operating, doc="the month's peak is its highest import")
    def month_peak(b: Any, t: int) -> Any:
        return b.imported[t] <= b.peak[billed[t]]

    once = time.number(1.0, "month/year")
    return Annual(lambda p: once * given.demand_charge * sum(block.peak[f"{p} {m:02d}"] for m in MONTHS))


def _objects(values: list[str]) -> Any:
    return np.array(values, dtype=object)
