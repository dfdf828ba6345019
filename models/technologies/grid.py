"""Grid connection: offered MW by date, tariff, calls to stand back, export."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field, model_validator

from ..buses import FIRM, FIRM_GRID, firm_account
from ..call_off import CallOff
from ..clock import Clock, parameter
from ..component import Annual, Hourly, Listed, Series, Term, Terms
from ..conditions import Conditions
from ..firm import firm_capacity
from ..given import Given
from ..grid_limits import limit_exchange, limit_ramp, limit_total
from ..grid_offers import Delays, Offer, check_order, connect, delay_causes, offered, promise
from ..hourly import hourly
from ..investment import Asset, Candidate, PowerByDate, PowerSize, Size, at, invest
from ..quantities import (
    DollarsPerMegawatt,
    DollarsPerMegawattMonth,
    Fraction,
    Megawatts,
    PerYear,
    Years,
    quantity,
)
from ..tariff import (
    MONTHS,
    DemandCharge,
    DollarsPerMonth,
    EnergyTiers,
    demand_charges,
    energy_tiers,
    month_keys,
    month_of_step,
    yearly,
)
from ..timeline import Outcome, Ring, years_after

Price: Any = hourly("USD/MWh", low=None)
EmissionFactor: Any = hourly("t/MWh")
Share: Any = hourly("", bare=True, design="min", high=1.0)
MegawattsPerHour: Any = quantity("MW/hour")


class Grid(Candidate, kind="grid"):
    """A connection to the public grid. Its size is what is connected; offers by date limit it.

    Import and export are counted at the meter, on the side of the utility. Demand charge = rate x highest import of
    each month, summed over the months. While part of the connection is called off, import stays within what is left of
    it; export, which relieves the grid, may go on.
    """

    example: ClassVar = {
        "name": "grid", "size": {"maximum": "100 MW"}, "energy_price": "75 USD/MWh", "demand_charge": "12 USD/kW/month",
        "emission": "468 kg/MWh", "carbon_free_share": 0.31, "export_limit": "10 MW", "export_price": "20 USD/MWh",
    }  # fmt: skip
    variants: ClassVar = {
        "offers": {
            "size": None, "demand_charge": None, "delay": "0.5 year", "headroom": "140 MW", "power_factor": 0.95,
            "offers": [
                {"power": "100 MW", "available": "2025-07-01", "substation": "12 MUSD", "line": "12 km"},
                {
                    "power": "80 MW", "available": "2030-07-01", "capex": "50 USD/kW", "whole": True,
                    "call_off": {"share": "50 %", "hours": "50 h", "longest": "24 h"},
                },
            ],
        },
        "late": {
            "size": None, "delay": [{"by": "0 year", "probability": 0.75}, {"by": "4 year", "probability": 0.25}],
            "offers": [
                {"power": "100 MW", "available": "2026-01-01", "call_off": {"share": "40 %", "hours": "50 h"}},
                {"power": "40 MW", "available": "2026-01-01", "delay": "0 year"},
            ],
            "standby_charge": "1 USD/kW/month", "fixed_charge": "5000 USD/month",
            "energy_tiers": {
                "every": "year", "tiers": [{"up_to": "5 GWh", "rate": "0 USD/MWh"}, {"rate": "8 USD/MWh"}],
            },
        },
        "tariff": {
            "demand_charge": None, "fixed_charge": "5000 USD/month", "standby_charge": "2 USD/kW/month",
            "losses": "2 %",
            "demand_charges": [
                {"rate": "10 USD/kW/month", "ratchet": {"share": "80 %", "months": 2}},
                {"kind": "annual", "tiers": [{"up_to": "5 MW", "rate": "0 USD/kW/year"}, {"rate": "60 USD/kW/year"}]},
                {"label": "peaks", "kind": "coincident", "rate": "40 USD/kW/year", "within": 1},
            ],
            "energy_tiers": {"tiers": [{"up_to": "5 GWh", "rate": "0 USD/MWh"}, {"rate": "8 USD/MWh"}]},
        },
        "interruptible": {
            "demand_charge": None, "call_off": {"share": "40 %", "longest": "24 h", "within": 1}, "ramp": "20 MW/h",
            "export_limit": None, "export_price": None,
        },
    }  # fmt: skip
    family: ClassVar = "grid"
    label: ClassVar = "Grid connection"

    bus: str = "ac"
    """Bus it feeds."""
    size: PowerSize = Field(default_factory=PowerSize)
    """Connected power; its maximum by date is what the grid offers."""
    offers: tuple[Offer, ...] = ()
    """Offers in order of time: each is a step of power with a date and a cost of its own. The size is what is taken of
    all of them."""
    delay: Delays | None = None
    """Time by which every offer comes later than it says, or times with probabilities:
    `[{by: 0 year, probability: 0.6}, {by: 2 year, probability: 0.4}]`; all are late together, apart from offers with a
    delay of their own."""
    headroom: PowerByDate | None = None
    """Most that the host grid can connect, or most from given dates on, with no room before the first; no limit where
    left out."""
    power_factor: Fraction = 1.0
    """Least power factor that the utility accepts: with 0.95, sizes and offers are in MVA and carry 0.95 MW each."""
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
    energy_tiers: EnergyTiers | None = None
    """Blocks of energy that cost more the more is drawn, on top of the price."""
    demand_charge: DollarsPerMegawattMonth = 0.0
    """Charge on the highest import of each month."""
    demand_charges: tuple[DemandCharge, ...] = ()
    """Further charges on power: by window, by tier, with a ratchet, on the year's or on the utility's own peaks."""
    fixed_charge: DollarsPerMonth = 0.0
    """Charge by the month, from the first date of service on."""
    standby_charge: DollarsPerMegawattMonth = 0.0
    """Charge on the connected power, whether it is used or not."""
    losses: Fraction = 0.0
    """Share of the energy that is lost between the meter and the site."""
    ramp: MegawattsPerHour | None = None
    """Largest change of the exchange with the grid in an hour."""
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
    def _consistent_offers(self) -> Grid:
        if not self.offers:
            if self.delay is not None:
                raise ValueError("a delay moves offers, and there are none. Write the dates of size.maximum later")
            return self
        if self.size.existing:
            raise ValueError(
                "what stands already is an offer of its own, with capex: 0 USD/kW. Move size.existing to the offers"
            )
        if self.call_off is not None:
            raise ValueError("with offers, call_off stands in each offer that it concerns. Move it there")
        if self.available is not None:
            raise ValueError("with offers, available stands in each offer. Move it there")
        check_order(self.offers)
        return self

    @model_validator(mode="after")
    def _possible(self) -> Grid:
        for name, value in (("power_factor", self.power_factor), ("remaining share after losses", 1 - self.losses)):
            if value <= 0:
                raise ValueError(f"{name} must be above zero, got {value:g}")
        if self.ramp is not None and self.ramp <= 0:
            raise ValueError(f"ramp must be above zero, got {self.ramp:g} MW/h. Leave it out where none is asked for")
        return self

    @model_validator(mode="after")
    def _no_arbitrage(self) -> Grid:
        if self.export_price is None or self.export_limit > 0:
            return self
        if self.export_price.values.max() > self.energy_price.values.min():
            raise ValueError("the export price lies above the import price. State an export_limit to cap it")
        return self

    def sizes(self) -> list[Size[Any, Any]]:
        """Return the size; where there are offers, no larger than all of them by date."""
        return [offered(self.offers, self.delay, self.size)] if self.offers else super().sizes()

    def ready(self, decision: date) -> date:
        """Return the first date of service: the first offer where offers are dated."""
        if self.offers:
            return min(offer.ready(decision, self.delay, self.lead_time) for offer in self.offers)
        dated = sorted({day for size in self.sizes() for day in size.dates()})
        return self.available or (dated[0] if dated else super().ready(decision))

    def dates(self, decision: date) -> set[date]:
        """Return the dates on which what is possible changes."""
        changes = {
            offer.arrival(decision, delay.by, self.lead_time)
            for offer in self.offers
            for delay in offer.delays(self.delay)
        }
        changes |= {day for offer in self.offers for day in offer.taken.dates()}
        changes |= {day for day in self.headroom or {} if day != date.min}
        return super().dates(decision) | self.size.dates() | changes

    def causes(self, decision: date) -> list[list[Outcome]]:
        """Return the outcomes of each cause of delay."""
        return delay_causes(self.name, self.offers, self.delay, decision, self.lead_time)

    def most_mw(self, day: date, decision: date, *, firm: bool = False) -> float:
        """Return the largest import on a day as it reaches the site, or what of it is sure [MW].

        What is called off, and what comes later in any outcome, is not sure.
        """
        connected = self._connected_mw(day, decision)
        kept = [(connected, self.call_off)]
        if self.offers:
            which = -1 if firm else 0
            late = [offer.delays(self.delay)[which].by for offer in self.offers]
            first = [o.arrival(decision, by, self.lead_time) for o, by in zip(self.offers, late, strict=True)]
            here = [offer for offer, ready in zip(self.offers, first, strict=True) if ready <= day]
            kept = [(at(offer.taken.fixed or {day: offer.power}, day), offer.call_off) for offer in here]
            connected = min(connected, sum(power for power, _ in kept))
        room = connected if self.headroom is None else min(connected, at(self.headroom, day))
        if firm:  # windows may or may not fall on a design day
            sure = [(mw, off.share if off and off.within is None and off.longest > 0 else 0.0) for mw, off in kept]
            room = min(room, sum(mw * (1.0 - share) for mw, share in sure if share < 1.0))
        return float(self.power_factor * (1.0 - self.losses) * room)

    def _connected_mw(self, day: date, decision: date) -> float:
        limit = self.size.fixed if self.size.fixed is not None else self.size.maximum
        stands = sum(e.size for e in self.size.existing if e.commissioned <= day < years_after(e.commissioned, e.life))
        allowed = float("inf") if limit is None else at(limit, day)
        return allowed if day >= self.ready(decision) else min(allowed, stands)

    def offer_size(self, number: int, decision: date) -> PowerSize:
        """Return the limits by date of an offer, counted from zero."""
        offer = self.offers[number]
        return offer.size(offer.ready(decision, self.delay, self.lead_time))

    def with_taken(self, number: int, taken: PowerSize) -> Grid:
        """Return the connection with what is taken of an offer settled."""
        offers = list(self.offers)
        offers[number] = offers[number].model_copy(update={"taken": taken})
        return self.model_copy(update={"offers": tuple(offers)})

    def derive(self, weather: Conditions) -> dict[str, Series]:
        return {name: Series(off.remaining(weather), "") for name, off in self._calls().items()}

    def derive_on_design_day(self, weather: Conditions) -> dict[str, Series]:
        return {name: Series(off.remaining_on_design_day(weather), "") for name, off in self._calls().items()}

    def _calls(self) -> dict[str, CallOff]:
        """Return what may be called off, by the name of the series of what remains."""
        each = [offer.call_off for offer in self.offers] or [self.call_off]
        return {name: off for name, off in zip(self._remaining_names(), each, strict=True) if off is not None}

    def _remaining_names(self) -> list[str]:
        return [f"remaining_{number}" for number in range(1, len(self.offers) + 1)] or ["remaining"]

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        assets = self._connected(block, time, given)
        most = sum(asset.most for asset in assets)
        block.imported = pyo.Var(time.steps, bounds=(0, most), units=time.unit("MW"))
        block.exported = pyo.Var(time.steps, bounds=(0, self.export_limit), units=time.unit("MW"))
        there = self._there(block, time)
        left = [getattr(given, name, None) for name in self._remaining_names()]
        limit_exchange(block, time, assets, self.power_factor, there, left)
        for name, (limit, sign, doc) in self._totals().items():
            limit_total(block, time, assets, name, limit, sign, doc)
        if self.ramp is not None and self.ramp * float(time.timeline.hours.min()) < most + self.export_limit:
            limit_ramp(block, time, self.ramp)
        cost = {reason: term for asset in assets for reason, term in asset.cost.items()}
        cost |= self._tariff(block, time, given, assets, most)
        arrives = 1.0 - self.losses
        into: dict[str, Term] = {
            self.bus: Hourly(lambda t: arrives * block.imported[t] - 1.0 / arrives * block.exported[t]),
            "carbon": Hourly(lambda t: given.emission[t] * block.imported[t]),
            "carbon_bearing_energy": Hourly(lambda t: (1 - given.carbon_free_share[t]) * block.imported[t]),
            "exported_energy": Hourly(lambda t: block.exported[t]),
            "imported_energy": Hourly(lambda t: block.imported[t]),
            "capital": Annual(lambda p: sum([asset.capital.at(p) for asset in assets])),
        }
        firm = self._firm(block, time, assets, there, left)
        into |= {firm_account(kind, self.bus): firm for kind in (FIRM, FIRM_GRID)}
        if self.renewable_share is not None:
            into["renewable_energy"] = Hourly(lambda t: given.renewable_share[t] * block.imported[t])
        return Terms(into=into, cost=cost, capacities=tuple(asset.record for asset in assets))

    def _connected(self, block: Any, time: Clock, given: Given) -> tuple[Asset, ...]:
        if self.offers:
            return connect(
                block, time, given, self.offers, capex=self.capex, delays=self.delay, lead_time=self.lead_time
            )
        given.available = self.ready(given.site.decision)
        upkeep = given.upkeep * given.capex
        return (invest(block, time, given, given.size, unit="MW", capex=given.capex, upkeep=upkeep),)

    def _there(self, block: Any, time: Clock) -> list[Any]:
        """Put on ``block`` where offers are in service that may come late; None for those whose date is certain."""
        found: list[Any] = [None] * max(1, len(self.offers))
        for number, offer in enumerate(self.offers, 1):
            if len(offer.delays(self.delay)) > 1:
                arrived = time.timeline.arrived(promise(self.name, number))
                found[number - 1] = time.series(block, f"arrived_{number}", arrived, "")
        return found

    def _firm(self, block: Any, time: Clock, assets: tuple[Asset, ...], there: list[Any], left: list[Any]) -> Annual:
        """Return what the connection gives at worst on the design days of every outcome, while it is called off."""
        share = self.power_factor * (1.0 - self.losses)
        each = [
            firm_capacity(block, time, _at_once(arrived, remaining), asset.capacity, share, name=f"firm_share_{number}")
            for number, (asset, arrived, remaining) in enumerate(zip(assets, there, left, strict=True), 1)
        ]
        return Annual(lambda p: sum([one.at(p) for one in each]))

    def _totals(self) -> dict[str, tuple[dict[date, float], float, str]]:
        """Return the limits of all that is connected, by name: values by date, sign and sentence."""
        found = {}
        if self.headroom is not None:
            found["headroom_limit"] = (self.headroom, 1.0, "no more is connected than the host grid has room for")
        if self.offers:
            least, most = self.size.fixed or self.size.minimum, self.size.fixed or self.size.maximum
            if most is not None:
                found["largest_size"] = (most, 1.0, "no more is taken of the offers than the size allows")
            if least is not None:
                found["least_size"] = (least, -1.0, "no less is taken of the offers than the size asks for")
        return found

    def _tariff(self, block: Any, time: Clock, given: Given, assets: tuple[Asset, ...], most: float) -> dict[str, Term]:
        """Return what the utility charges and pays, by reason."""
        cost: dict[str, Term] = {"energy": Hourly(lambda t: given.energy_price[t] * block.imported[t])}
        if self.energy_tiers is not None:
            cost["energy tiers"] = energy_tiers(block, time, self.energy_tiers, most)
        if self.demand_charge > 0:
            cost["demand charge"] = _demand_charge(block, time, given, most)
        cost |= demand_charges(block, time, self.demand_charges, most)
        if self.fixed_charge > 0:
            cost["fixed charge"] = yearly(time, self.fixed_charge, lambda ring: any(self._serves(ring, time, given)))
        if self.standby_charge > 0:
            cost["standby"] = self._standby(time, given, assets)
        if self.export_price is not None:
            cost["export"] = Hourly(lambda t: -1 * given.export_price[t] * block.exported[t])
        return cost

    def _serves(self, ring: Ring, time: Clock, given: Given) -> list[bool]:
        """Return whether each offer, or the connection without offers, is in service in an outcome of a phase."""
        start, decision = time.timeline.phases[ring.phase].start, given.site.decision
        first = [offer.ready(decision, self.delay, self.lead_time) for offer in self.offers] or [self.ready(decision)]
        arrivals = [ring.outcome.arrivals.get(promise(self.name, number)) for number in range(1, len(first) + 1)]
        return [start >= (arrival or ready) for arrival, ready in zip(arrivals, first, strict=True)]

    def _standby(self, time: Clock, given: Given, assets: tuple[Asset, ...]) -> Annual:
        """Charge the power that is connected, from its arrival on."""
        months = time.number(12.0, "month/year")
        rate = months * given.standby_charge
        of_ring = {ring.name: ring for ring in time.timeline.rings}

        def owed(r: str) -> Any:
            late = [n for n, on in enumerate(self._serves(of_ring[r], time, given)) if self.offers and not on]
            phase = time.timeline.names[of_ring[r].phase]
            return rate * sum([asset.capacity[phase] for n, asset in enumerate(assets) if n not in late])

        return time.expected(owed)


def _at_once(arrived: Any, remaining: Any) -> Any:
    """Return the product of two shares at every step, either of which may be missing."""
    if arrived is None or remaining is None:
        return remaining if arrived is None else arrived
    return {t: pyo.value(arrived[t]) * pyo.value(remaining[t]) for t in arrived}


def _demand_charge(block: Any, time: Clock, given: Given, most: float) -> Annual:
    """Charge the highest import of every billing month."""
    block.billing_months = pyo.Set(initialize=month_keys(time), ordered=True)
    billed = parameter(block, "billing_month", time.steps, month_of_step(time), "", audit=False)
    block.peak = pyo.Var(block.billing_months, bounds=(0, most), units=time.unit("MW"))

    @block.Constraint(time.operating, doc="the month's peak is its highest import")
    def month_peak(b: Any, t: int) -> Any:
        return b.imported[t] <= b.peak[billed[t]]

    once = time.number(1.0, "month/year")
    return time.expected(lambda r: once * given.demand_charge * sum([block.peak[f"{r} {m:02d}"] for m in MONTHS]))
