"""Offers of a grid operator: steps of connected power, each with its date, its delays, its cost and its firmness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from types import SimpleNamespace
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, model_validator

from .call_off import CallOff
from .clock import Clock
from .component import Frozen, Listed
from .investment import ALWAYS, Asset, PowerSize, at, invest
from .quantities import Dollars, DollarsPerMegawatt, Fraction, Megawatts, Years, quantity
from .timeline import Outcome, years_after

Kilometres: Any = quantity("km")
DollarsPerMegawattKilometre: Any = quantity("USD/MW/km")


class Delay(Frozen):
    """By how much offers may come late, and how likely that is."""

    by: Years
    """Time by which they come later than they say; zero where they come on time."""
    probability: Fraction
    """Probability of this delay; those of all delays add up to 1."""

    @model_validator(mode="after")
    def _possible(self) -> Delay:
        if self.probability <= 0:
            raise ValueError("probability must lie above 0, got 0. Remove a delay that cannot happen")
        return self

    @property
    def label(self) -> str:
        """The delay in words."""
        return "on time" if self.by == 0 else f"{self.by:.4g} year{'s' if self.by != 1 else ''} late"


def _listed(value: Any) -> Any:
    """Take a single delay as certain."""
    return value if isinstance(value, list | tuple) or value is None else [{"by": value, "probability": 1.0}]


def _checked(delays: tuple[Delay, ...]) -> tuple[Delay, ...]:
    """Refuse delays that do not rise, and probabilities that do not add up to one."""
    for one, other in pairwise(delays):
        if other.by <= one.by:
            raise ValueError(
                f"delays must rise: by must lie above {one.by:g} years, got {other.by:g} years. Sort them, and state"
                " each once"
            )
    total = sum(delay.probability for delay in delays)
    if abs(total - 1.0) > ALMOST:
        raise ValueError(
            f"probabilities must add up to 1, got {total:.6g}. State the delay that is missing, or correct one"
        )
    return delays


ALMOST = 1e-6
CERTAIN = (Delay(by="0 year", probability=1.0),)
_SCHEMA = {"anyOf": [{"type": "string", "examples": ["1 year"]}, {"type": "array", "items": Delay.model_json_schema()}]}
Delays: Any = Annotated[tuple[Delay, ...], BeforeValidator(_listed), AfterValidator(_checked), WithJsonSchema(_SCHEMA)]
"""A time, or a list of times with probabilities."""


class Offer(Frozen):
    """A step of connected power, on top of those before it."""

    power: Megawatts
    """Power that it adds; MVA where the connection has a power factor."""
    available: date | None = None
    """First date of service."""
    lead_time: Years | None = None
    """Time from the decision to service, in place of a date; that of the connection where neither is given."""
    delay: Delays | None = None
    """Time by which it comes later than it says, or times with probabilities, apart from the other offers; that of the
    connection where left out."""
    whole: bool = False
    """Whether it is taken whole or not at all; else any share of it may be taken, at that share of its cost."""
    capex: DollarsPerMegawatt | None = None
    """Cost per power; that of the connection where left out."""
    substation: Dollars = 0.0
    """Cost of its substation as quoted, or of other works that come once."""
    substation_rating: Megawatts = 0.0
    """Rating of a substation, in MVA, to be priced from the catalogue in place of a quote."""
    substation_capex: Annotated[DollarsPerMegawatt, Listed("substation_capex", "grid")]
    """Cost of a substation per rating."""
    line: Kilometres = 0.0
    """Length of new overhead line."""
    line_capex: Annotated[DollarsPerMegawattKilometre, Listed("overhead_line_ac_capex", "grid")]
    """Cost of overhead line per power and length."""
    call_off: CallOff | None = None
    """Hours in which part of this offer may be called off; firm where left out."""
    taken: PowerSize = PowerSize()
    """What is taken of it by date, where that is settled; the optimiser chooses where left out."""

    @model_validator(mode="after")
    def _complete(self) -> Offer:
        if self.power <= 0:
            raise ValueError(f"power must be above zero, got {self.power:g} MW. Remove the offer to switch it off")
        if self.available is not None and self.lead_time is not None:
            raise ValueError("give either the date from which it is available or a lead_time, not both")
        if self.taken.existing:
            raise ValueError("taken cannot hold existing plant. What stands already is an offer with capex: 0 USD/kW")
        for limit in (self.taken.fixed, self.taken.minimum):
            if limit and max(limit.values()) > self.power * (1 + 1e-9):
                raise ValueError(
                    f"taken must lie within the offer of {self.power:g} MW, got {max(limit.values()):g} MW. Lower it"
                )
        return self

    def delays(self, of_connection: Sequence[Delay] | None) -> Sequence[Delay]:
        """Return by how much it may come late, given what holds for the offers that do not say."""
        return self.delay or of_connection or CERTAIN

    def arrival(self, decision: date, delay: float, lead_time: float) -> date:
        """Return its first date of service, ``delay`` years late, with the connection's lead time where it has none."""
        first = self.available or years_after(decision, lead_time if self.lead_time is None else self.lead_time)
        return years_after(first, delay) if delay > 0 else first

    def ready(self, decision: date, of_connection: Sequence[Delay] | None, lead_time: float) -> date:
        """Return the first date on which it may be in service: that of its least delay."""
        return self.arrival(decision, self.delays(of_connection)[0].by, lead_time)

    def size(self, ready: date) -> PowerSize:
        """Return its limits by date."""
        if self.taken.fixed is not None:
            return self.taken
        return self.taken.model_copy(update={"maximum": {ready: self.power}})

    def cost_per_mw(self, capex: float) -> float:
        """Return its whole cost over its power [USD/MW], with the connection's cost where it states none."""
        once = self.substation + self.substation_rating * self.substation_capex
        own = capex if self.capex is None else self.capex
        return float(own + once / self.power + self.line * self.line_capex)


def check_order(offers: Sequence[Offer]) -> None:
    """Refuse offers that do not stand in order of time.

    Raises
    ------
    ValueError
        Naming both offers.
    """
    for what in ("available", "lead_time"):
        stated = [(number, getattr(offer, what)) for number, offer in enumerate(offers, 1)]
        for (one, first), (other, second) in pairwise([each for each in stated if each[1] is not None]):
            if second < first:
                unit = "" if what == "available" else " years"
                raise ValueError(
                    f"offers must stand in order of time: offer {other} comes at {second}{unit}, before offer {one} at"
                    f" {first}{unit}. Sort them, or correct the date"
                )


def promise(connection: str, number: int) -> str:
    """Return the name under which outcomes know the arrival of an offer, counted from one."""
    return f"{connection} offer {number}"


def delay_causes(
    connection: str, offers: Sequence[Offer], delays: Sequence[Delay] | None, decision: date, lead_time: float
) -> list[list[Outcome]]:
    """Return the outcomes of each cause of delay: one for the offers that share a delay, one for each with its own.

    Parameters
    ----------
    connection : str
        Name of the connection.
    delays : sequence of Delay or None
        Of the offers that state none.
    """
    numbered = list(enumerate(offers, 1))
    shared = [(number, offer) for number, offer in numbered if offer.delay is None]
    causes = [(connection, delays or CERTAIN, shared)]
    causes += [(promise(connection, n), offer.delay, [(n, offer)]) for n, offer in numbered if offer.delay is not None]
    return [
        [
            Outcome(
                delay.probability,
                delay=f"{label} {delay.label}",
                arrivals={promise(connection, n): each.arrival(decision, delay.by, lead_time) for n, each in moved},
            )
            for delay in possible
        ]
        for label, possible, moved in causes
        if len(possible) > 1 and moved
    ]


def offered(offers: Sequence[Offer], delays: Sequence[Delay] | None, size: Any) -> PowerSize:
    """Return the size with the largest connection by date, all offers taken; a lead time counts as over."""
    first = [ALWAYS if offer.available is None else offer.ready(ALWAYS, delays, 0.0) for offer in offers]
    limit = size.fixed if size.fixed is not None else size.maximum
    most = {}
    for day in sorted({ALWAYS, *first, *(limit or {})}):
        power = sum(offer.power for offer, ready in zip(offers, first, strict=True) if ready <= day)
        most[day] = power if limit is None else min(power, at(limit, day))
    return PowerSize.model_construct(maximum=most)


def connect(
    block: Any, time: Clock, given: Any, offers: Sequence[Offer], *, capex: float, delays: Sequence[Delay] | None,
    lead_time: float,
) -> tuple[Asset, ...]:  # fmt: skip
    """Put every offer on ``block`` as a size of its own, and return them in order.

    It is ordered, and paid for from the first date on which it may be in service, whatever the delay turns out to be.

    Parameters
    ----------
    capex : float
        Cost of offers that state none [USD/MW].
    delays : sequence of Delay or None
        By how much those come late that do not say.
    lead_time : float
        Of those without a date [year].
    """
    assets = []
    for number, offer in enumerate(offers, 1):
        ready = offer.ready(given.site.decision, delays, lead_time)
        facts = SimpleNamespace(
            site=given.site, life=given.life, available=ready, lead_time=0.0, cost_of_capital=given.cost_of_capital
        )
        cost = time.number(offer.cost_per_mw(capex), "USD/MW")
        whole = offer.whole and offer.taken.fixed is None
        assets.append(
            invest(
                block, time, facts, offer.size(ready), unit="MW", capex=cost, upkeep=given.upkeep * cost,
                quantity=f"offer_{number}", unit_size=offer.power if whole else None, whole=whole,
            )
        )  # fmt: skip
    return tuple(assets)
