"""What a utility charges besides energy by the hour: demand, blocks of energy, fixed and standby charges.

Every charge is linear and tight: a peak is a variable above the imports that it counts, a tier a block with a width of
its own, filled in order because its price rises. Every outcome of a phase has a bill of its own, for each year of
weather; what counts is their mean.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pyomo.environ as pyo
from pydantic import Field, model_validator

from .call_off import Window, check_window
from .clock import Clock, parameter
from .component import Annual, Frozen, Hourly, Term
from .hourly import HourlyValues, repeated
from .quantities import DollarsPerMegawattHour, DollarsPerMegawattMonth, Fraction, MegawattHours, Megawatts, quantity
from .timeline import Ring

DollarsPerMonth: Any = quantity("USD/month")
MONTHS = range(1, 13)
OTHER_MONTHS = 11


def _check_tiers(
    limits: Sequence[float | None], rates: Sequence[float], unit: str, rate_unit: str, *, monthly: float
) -> None:
    """Refuse tiers out of order, open ones before the last, and prices that fall.

    Parameters
    ----------
    monthly : float
        Money a month, over a limit times a rate.
    """
    if any(limit is None for limit in limits[:-1]) or limits[-1] is not None:
        raise ValueError("all tiers but the last must state up_to, and the last must not: it has no end")
    for low, high in pairwise([0.0, *(limit for limit in limits[:-1] if limit is not None)]):
        if high <= low:
            raise ValueError(f"tiers must rise: up_to must lie above {low:g} {unit}, got {high:g} {unit}. Sort them")
    for first, second in pairwise(rates):
        if second < first:
            raise ValueError(
                f"the rate of a tier must not lie below that of the tier before, {first:g} {rate_unit}, got {second:g}:"
                " the plan would fill the cheap block first, as a bill never does."
                f"{_without_tiers(limits, rates, unit, rate_unit, monthly) or ' S'}tate one rate between the two"
            )


def _without_tiers(
    limits: Sequence[float | None], rates: Sequence[float], unit: str, rate_unit: str, monthly: float
) -> str:
    """Return the sentence that says which fixed charge does the same where the last tier is always reached."""
    ends = [0.0, *(limit for limit in limits[:-1] if limit is not None)]
    widths = [high - low for low, high in pairwise(ends)]
    more = monthly * sum((rate - rates[-1]) * width for rate, width in zip(rates, widths, strict=False))
    if more <= 0:
        return ""
    return (
        f" Where more than {ends[-1]:g} {unit} are sure in every period, state the last rate alone, {rates[-1]:g}"
        f" {rate_unit}, and add {more:.10g} USD/month to fixed_charge: it is the same bill. Else s"
    )


class DemandTier(Frozen):
    """A block of demand with a rate of its own."""

    up_to: Megawatts | None = None
    """Demand at which the block ends; left out in the last."""
    rate: DollarsPerMegawattMonth
    """Charge on the demand within the block."""


class Ratchet(Frozen):
    """A floor under the billed demand of a month: a share of the highest of the months before."""

    share: Fraction
    """Share of the highest demand that is billed in any case."""
    months: int = Field(default=OTHER_MONTHS, ge=1, le=OTHER_MONTHS)
    """Months that count, back from the billed one; the year is a ring, so that January follows December."""


class DemandCharge(Frozen):
    """A charge on power.

    `monthly`: rate x highest import of each month, summed over the months. `annual`: 12 x rate x highest import of the
    year. `coincident`: 12 x rate x mean import in the hours of `within`, the peaks of the utility's own grid.
    """

    label: str = ""
    """Name in the cost table; the number of the charge where left out."""
    kind: Literal["monthly", "annual", "coincident"] = "monthly"
    """Which import counts."""
    rate: DollarsPerMegawattMonth | None = None
    """Charge on it; `120 USD/kW/year` is the same as `10 USD/kW/month`."""
    tiers: tuple[DemandTier, ...] = ()
    """Blocks of demand with rising rates, in place of one rate."""
    within: Window | None = None
    """Hours that count: `{windows: [{hours: [16, 21], weekdays: true}]}`, or a file of ones and zeros; all where left
    out."""
    ratchet: Ratchet | None = None
    """Floor under the billed demand of each month."""

    @model_validator(mode="after")
    def _consistent(self) -> DemandCharge:
        if (self.rate is None) == (not self.tiers):
            raise ValueError("give either a rate or tiers")
        if self.tiers:
            rates = [tier.rate / 1000.0 for tier in self.tiers]
            _check_tiers([tier.up_to for tier in self.tiers], rates, "MW", "USD/kW/month", monthly=1000.0)
        if self.kind == "coincident" and (self.within is None or self.tiers):
            raise ValueError("a coincident charge needs within, the hours of the peaks, and one rate")
        if self.ratchet is not None and self.kind != "monthly":
            raise ValueError(f"a ratchet carries demand from month to month, but the charge is {self.kind}. Remove it")
        if self.within is not None:
            check_window(self.within.values)
        return self


class EnergyTier(Frozen):
    """A block of energy with a price of its own."""

    up_to: MegawattHours | None = None
    """Energy at which the block ends; left out in the last."""
    rate: DollarsPerMegawattHour
    """Price of the energy within the block, on top of the price by the hour."""


class EnergyTiers(Frozen):
    """Blocks of energy with rising prices."""

    every: Literal["month", "year"] = "month"
    """Whether the blocks start anew every month or every year."""
    tiers: tuple[EnergyTier, ...] = Field(min_length=1)
    """The blocks, in order."""

    @model_validator(mode="after")
    def _rising(self) -> EnergyTiers:
        limits, rates = [tier.up_to for tier in self.tiers], [tier.rate for tier in self.tiers]
        _check_tiers(limits, rates, "MWh", "USD/MWh", monthly=1.0 if self.every == "month" else 1.0 / 12.0)
        return self


def course(within: HourlyValues | None, time: Clock) -> Any:
    """Return whether each step counts: all operating steps, or those within the windows; shape (steps,)."""
    timeline = time.timeline
    if within is None:
        return timeline.operating.copy()
    hours = sum(len(cycle) for cycle in timeline.cycles if not cycle.design)
    return timeline.operating & (timeline.spread(repeated(within.values, hours), 0.0) > 0)


def month_keys(time: Clock) -> list[str]:
    """Return a name for every month of every ring."""
    return [f"{ring.name} {m:02d}" for ring in time.timeline.rings for m in MONTHS]


def month_of_step(time: Clock) -> Any:
    """Return the name of the month of every step; none on design days."""
    timeline = time.timeline
    keys = np.array(month_keys(time), dtype=object)
    named = np.full(timeline.size, "", dtype=object)
    on = timeline.operating
    named[on] = keys[12 * timeline.segment_number[on] + timeline.month[on] - 1]
    return named


def _ring_of_step(time: Clock) -> Any:
    """Return the name of the ring of every step; none on design days."""
    named = np.full(time.timeline.size, "", dtype=object)
    for ring in time.timeline.rings:
        named[ring.steps] = ring.name
    return named


def demand_charges(block: Any, time: Clock, charges: Sequence[DemandCharge], most: float) -> dict[str, Term]:
    """Charge the imports of ``block`` and return the costs by reason.

    Parameters
    ----------
    block : Pyomo block
        Has the variable ``imported`` [MW], at most ``most``.
    """
    costs: dict[str, Term] = {}
    for number, charge in enumerate(charges, 1):
        reason = f"demand charge ({charge.label or number})"
        if reason in costs:
            reason = f"demand charge ({charge.label}, {number})"
        if charge.kind == "coincident":
            costs[reason] = _coincident(block, time, charge, f"demand_{number}")
        else:
            costs[reason] = _on_the_highest(block, time, charge, f"demand_{number}", most)
    return costs


def _coincident(block: Any, time: Clock, charge: DemandCharge, name: str) -> Hourly:
    """Charge the mean import of the hours of the peaks: a price per energy in these hours."""
    timeline, counted = time.timeline, course(charge.within, time)
    hours = np.bincount(timeline.segment_number, timeline.hours * timeline.weight * counted)
    chance = [cycle.outcome.probability for _, cycle in timeline.segments]
    due = 12.0 * (charge.rate or 0.0) * np.array(chance)[timeline.segment_number]
    price = np.divide(due, hours[timeline.segment_number], out=np.zeros_like(due), where=counted)
    of_step = time.series(block, f"{name}_price", price, "USD/MWh")
    return Hourly(lambda t: of_step[t] * block.imported[t])


def _on_the_highest(block: Any, time: Clock, charge: DemandCharge, name: str, most: float) -> Annual:
    """Charge the highest import of every month or year."""
    monthly = charge.kind == "monthly"
    periods = month_keys(time) if monthly else list(time.rings)
    steps = np.flatnonzero(course(charge.within, time))
    named = month_of_step(time) if monthly else _ring_of_step(time)
    when = _set(block, f"{name}_steps", steps.tolist())
    keys = _set(block, f"{name}_periods", periods)
    period = parameter(block, f"{name}_period", when, named[steps], "", audit=False)
    peak = _variable(block, f"{name}_peak", keys, most, time.unit("MW"))

    def highest(b: Any, t: int) -> Any:
        return b.imported[t] <= peak[period[t]]

    doc = "the peak is the highest import that counts"
    block.add_component(f"{name}_highest", pyo.Constraint(when, rule=highest, doc=doc))
    billed = peak if charge.ratchet is None else _ratcheted(block, time, charge.ratchet, name, keys, peak, most)
    owed = _priced(block, time, charge, name, keys, billed, most)
    times = time.number(1.0 if monthly else 12.0, "month/year")
    if monthly:
        return time.expected(lambda r: times * sum([owed(f"{r} {m:02d}") for m in MONTHS]))
    return time.expected(lambda r: times * owed(r))


def _ratcheted(block: Any, time: Clock, ratchet: Ratchet, name: str, keys: Any, peak: Any, most: float) -> Any:
    """Return the billed demand: the month's own peak, and no less than a share of those before it."""
    billed = _variable(block, f"{name}_billed", keys, most, time.unit("MW"))
    rows = {f"{key} own": billed[key] >= peak[key] for key in keys}
    for ring in time.rings:
        for month in MONTHS:
            for back in range(1, ratchet.months + 1):
                before = (month - back - 1) % 12 + 1
                key = f"{ring} {month:02d}"
                rows[f"{key} after {before:02d}"] = billed[key] >= ratchet.share * peak[f"{ring} {before:02d}"]
    doc = "what is billed is the month's own peak, and no less than a share of earlier ones"
    block.add_component(f"{name}_ratchet", pyo.Constraint(list(rows), rule=rows, doc=doc))
    return billed


def _priced(block: Any, time: Clock, charge: DemandCharge, name: str, keys: Any, billed: Any, most: float) -> Any:
    """Return what is owed for the demand of a period [USD/month], as a function of the period."""
    unit = "USD/MW/month"
    if not charge.tiers:
        rate = time.number(charge.rate or 0.0, unit)
        return lambda key: rate * billed[key]
    widths = _widths([tier.up_to for tier in charge.tiers], most)
    blocks = [_variable(block, f"{name}_tier_{k}", keys, width, time.unit("MW")) for k, width in enumerate(widths, 1)]
    rule = {key: billed[key] <= sum([each[key] for each in blocks]) for key in keys}
    block.add_component(f"{name}_tiers", pyo.Constraint(keys, rule=rule, doc="the tiers hold what is billed"))
    rates = [time.number(tier.rate, unit) for tier in charge.tiers]
    return lambda key: sum([rate * each[key] for rate, each in zip(rates, blocks, strict=True)])


def energy_tiers(block: Any, time: Clock, charge: EnergyTiers, most: float) -> Annual:
    """Charge the energy that ``block`` imports in each month or year, block by block.

    Parameters
    ----------
    block : Pyomo block
        Has the variable ``imported`` [MW], at most ``most``.
    """
    monthly, timeline = charge.every == "month", time.timeline
    chance = {r.name: r.outcome.probability for r in timeline.rings}
    chances = {f"{r} {m:02d}": odds for r, odds in chance.items() for m in MONTHS} if monthly else chance
    periods, named = list(chances), month_of_step(time) if monthly else _ring_of_step(time)
    amount = np.where(timeline.operating, timeline.hours * timeline.weight, 0.0)
    largest = {key: most * float(amount[named == key].sum()) / odds for key, odds in chances.items()}
    keys = _set(block, "energy_periods", periods)
    limits = [tier.up_to for tier in charge.tiers]
    blocks = []
    for number in range(len(limits)):
        bounds = {key: (0.0, _widths(limits, largest[key])[number]) for key in periods}
        blocks.append(pyo.Var(keys, bounds=bounds, units=time.unit("MWh/year")))
        block.add_component(f"energy_tier_{number + 1}", blocks[-1])
    rows = {}
    for key in periods:
        steps = np.flatnonzero((named == key) & timeline.operating).tolist()
        if steps:
            drawn = sum([time.weight[t] * time.hours[t] * block.imported[t] for t in steps])
            rows[key] = drawn <= chances[key] * sum([each[key] for each in blocks])
    doc = "the tiers hold the energy that is imported"
    block.energy_tiers = pyo.Constraint(list(rows), rule=rows, doc=doc)
    rates = [time.number(tier.rate, "USD/MWh") for tier in charge.tiers]

    def owed(ring: str) -> Any:
        of_ring = [f"{ring} {m:02d}" for m in MONTHS] if monthly else [ring]
        return sum([rate * each[key] for rate, each in zip(rates, blocks, strict=True) for key in of_ring])

    return time.expected(owed)


def _widths(limits: Sequence[float | None], most: float) -> list[float]:
    """Return the widths of the blocks up to a largest value."""
    ends = [0.0, *(most if limit is None else min(limit, most) for limit in limits)]
    return [high - low for low, high in pairwise(ends)]


def yearly(time: Clock, charge: float, connected: Callable[[Ring], bool]) -> Annual:
    """Charge an amount by the month in the phases and outcomes in which there is a connection."""
    owed = time.number(12.0, "month/year") * time.number(charge, "USD/month")
    nothing = time.number(0.0, "USD/year")
    there = {ring.name: connected(ring) for ring in time.timeline.rings}
    return time.expected(lambda r: owed if there[r] else nothing)


def _set(block: Any, name: str, members: list[Any]) -> Any:
    made = pyo.Set(initialize=members, ordered=True)
    block.add_component(name, made)
    return made


def _variable(block: Any, name: str, index: Any, most: float, unit: Any) -> Any:
    made = pyo.Var(index, bounds=(0.0, most), units=unit)
    block.add_component(name, made)
    return made
