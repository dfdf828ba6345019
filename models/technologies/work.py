"""Work to be done: classes that follow a profile or may wait, served here, by a partner, or not at all."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import numpy as np
import pyomo.environ as pyo
from pydantic import Field, model_validator

from ..clock import Clock
from ..component import Annual, Component, Frozen, Hourly, Listed, Term, Terms
from ..given import Given
from ..hourly import HourlyValues, hourly
from ..investment import at, by_date
from ..quantities import DollarsPerReferenceHour, Fraction, Hours, PerHour, ReferenceAccelerators, quantity

WorkByDate: Any = by_date(ReferenceAccelerators, "H100")
Profile: Any = hourly("", bare=True)
CheckpointCost: Any = quantity("USD/kH100")
LONGEST_PLAIN_WINDOW = 24.0


class Partner(Frozen):
    """Capacity elsewhere that may serve a class, at a price."""

    price: Annotated[DollarsPerReferenceHour, Listed("partner_price", "work")]
    """Price of an H100-hour."""
    minimum_share: Fraction = 0.0
    """Least share of the year's work that the partner does."""
    maximum_share: Fraction
    """Largest share of the year's work that the partner may do: one minus the sovereign share."""

    @model_validator(mode="after")
    def _ordered(self) -> Partner:
        if self.minimum_share > self.maximum_share:
            raise ValueError("the partner's minimum share lies above its maximum share")
        return self


class WorkClass(Frozen):
    """A class of work."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    """Name of the class, for example training or inference."""
    demand: WorkByDate | None = None
    """Average work rate, or rates from given dates on, none before the first, in reference accelerators:
    "220000 H100"."""
    share: Fraction | None = None
    """Average work rate as a share of what the accelerators in service can do, instead of a demand."""
    profile: Profile = Field(default_factory=lambda: HourlyValues(np.ones(1), ""))
    """Hourly shape; scaled to a mean of one."""
    window: Hours = 0.0
    """How long the work may wait; zero for work that must be done at once."""
    minimum: Fraction = 0.0
    """Least rate at which waiting work goes on, as a share of its average rate."""
    ramp: PerHour | None = Field(default=None, gt=0.0)
    """Fastest change of the rate served here in an hour, over the average rate; any change where left out."""
    curtailable: Fraction = 0.0
    """Share of the year's work that may be dropped by agreement, for example 0.5 %; it is no penalty."""
    checkpoint_cost: CheckpointCost = 0.0
    """Cost of stopping, of saving and reading back the state, per work rate that stops."""
    value: Annotated[DollarsPerReferenceHour, Listed("unserved_value", "work")]
    """Value of an H100-hour that is not served."""
    unserved_share: Fraction = 0.0
    """Share of the year's work that may stay undone."""
    partner: Partner | None = None
    """Capacity elsewhere that may serve it."""

    @model_validator(mode="after")
    def _one_measure(self) -> WorkClass:
        if (self.demand is None) == (self.share is None):
            raise ValueError("give either a demand or a share of the accelerators, not both and not neither")
        return self

    @model_validator(mode="after")
    def _may_stop(self) -> WorkClass:
        if self.checkpoint_cost > 0 and not (self.window or self.curtailable):
            raise ValueError(
                "checkpoint_cost acts on work that may stop only. State a window or a curtailable share, or remove it"
            )
        if self.curtailable + self.unserved_share > 1:
            raise ValueError(
                "curtailable and unserved_share must not add up to more than 100 %, got"
                f" {100 * (self.curtailable + self.unserved_share):g} %. Lower one of them"
            )
        return self


class Work(Component, kind="work"):
    """Everything the accelerators are for.

    Work with a window of up to a day is conserved in each window, counted from midnight; a longer one is a store of
    work, in which nothing waits longer than the window. Work is served here, by a partner, dropped by agreement or left
    unserved. A stop is a fall of the rate served here from one step to the next.
    """

    variants: ClassVar = {
        "flexible": {
            "classes": [
                {"name": "training", "demand": "6000 H100", "window": "48 h", "minimum": 0.3, "ramp": "0.5 1/hour",
                 "curtailable": 0.005, "checkpoint_cost": "0.5 USD/H100"},
            ],
        },
    }  # fmt: skip
    example: ClassVar = {
        "name": "work",
        "classes": [
            {"name": "training", "demand": "6000 H100", "window": "24 h"},
            {"name": "inference", "demand": "4000 H100", "unserved_share": 0.01,
             "partner": {"maximum_share": 0.3}},
        ],
    }  # fmt: skip
    family: ClassVar = "compute"
    label: ClassVar = "Work"

    classes: tuple[WorkClass, ...] = Field(min_length=1)
    """The classes of work."""

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        block.installed = pyo.Var(time.phases, bounds=(0, max(given.site.largest_kh100)), units=time.unit("kH100"))
        parts = [
            _class(block, time, given, one, fields) for one, fields in zip(self.classes, given.classes, strict=True)
        ]

        def taken(t: Any) -> Any:
            return -1 * sum([part.served[t] for part, _, _ in parts])

        def done(t: Any) -> Any:
            return sum([part.served[t] + part.partner[t] for part, _, _ in parts])

        cost: dict[str, Term] = {}
        for _, _, terms in parts:
            cost.update(terms)
        return Terms(
            into={
                "compute": Hourly(taken),
                "compute_capacity": Annual(lambda p: -1 * block.installed[p]),
                "due_work": Hourly(lambda t: sum([due(t) for _, due, _ in parts])),
                "done_work": Hourly(done),
            },
            cost=cost,
            settles=("compute_capacity",),
            penalties=tuple(reason for reason in cost if reason.startswith("unserved")),
        )


def _class(block: Any, time: Clock, given: Given, one: WorkClass, fields: Any) -> tuple[Any, Any, dict[str, Term]]:
    """Write one class of work on a block of its own; return it, the rate that arrives, and what it costs."""
    part = pyo.Block(concrete=True)
    block.add_component(one.name, part)
    shape = time.timeline.spread(one.profile.values / one.profile.values.mean(), 0.0)
    arriving = _rate(part, time, one, block.installed, "arriving", shape)
    most = max(given.site.largest_kh100)
    unit = time.unit("kH100")
    part.served = pyo.Var(time.steps, bounds=(0, most), units=unit)
    part.partner = pyo.Var(time.steps, bounds=(0, most if one.partner else 0), units=unit)
    part.unserved = pyo.Var(time.steps, bounds=(0, most if one.unserved_share else 0), units=unit)
    if one.curtailable > 0:
        part.dropped = pyo.Var(time.steps, bounds=(0, most), units=unit)

    def done(t: Any) -> Any:
        return part.served[t] + part.partner[t] + _undone(part, one, t)

    @part.Constraint(time.design, doc="design days count no work and give no relief")
    def rests(b: Any, t: int) -> Any:
        return done(t) == time.number(0.0, "kH100")

    if one.window > 0:
        _waiting(part, time, given, one, block.installed, shape, arriving, done)
    else:

        @part.Constraint(time.operating, doc="work is done as it arrives")
        def done_at_once(b: Any, t: int) -> Any:
            return done(t) == arriving(t)

    mean = _rate(part, time, one, block.installed, "mean", np.ones(time.timeline.size)) if one.ramp else None
    stops = _stops(part, time, one, fields, most, mean)
    return part, arriving, {**_shares(part, time, one, fields, arriving), **stops}


def _undone(part: Any, one: WorkClass, t: Any) -> Any:
    """Return the work rate that nobody serves: unserved, and dropped by agreement."""
    return part.unserved[t] + part.dropped[t] if one.curtailable > 0 else part.unserved[t]


def _rate(part: Any, time: Clock, one: WorkClass, installed: Any, name: str, shape: Any, unit: str = "") -> Any:
    """Return shape x average work rate [kH100] as a function of the step; the shape may have a unit."""
    timeline = time.timeline
    if one.demand is not None:
        rate = timeline.by_phase([at(one.demand, phase.start) for phase in timeline.phases])
        series = time.series(part, name, shape * rate, f"kH100*{unit}" if unit else "kH100")
        return lambda t: series[t]
    share = time.series(part, f"{name}_share", shape * float(one.share or 0.0), unit)
    return lambda t: share[t] * installed[time.phase[t]]


def _waiting(
    part: Any, time: Clock, given: Given, one: WorkClass, installed: Any, shape: Any, arriving: Any, done: Any
) -> None:
    """Let work wait: within each day for windows up to a day, else as a store that links them."""
    if one.window <= LONGEST_PLAIN_WINDOW:
        _windows(part, time, one, arriving, done)
    else:
        recent = time.timeline.trailing_sum(shape, one.window)
        _backlog(part, time, given, one, arriving, done, _rate(part, time, one, installed, "recent", recent, "hour"))
    if one.minimum > 0:

        @part.Constraint(time.operating, doc="waiting work goes on at its least rate")
        def least_rate(b: Any, t: int) -> Any:
            return done(t) >= one.minimum * arriving(t)


def _windows(part: Any, time: Clock, one: WorkClass, arriving: Any, done: Any) -> None:
    """Conserve work in every window; short windows leave no chain through the year, so the model solves faster."""
    runs = time.timeline.windows(one.window)
    part.windows = pyo.RangeSet(0, len(runs) - 1)
    part.steps_of = pyo.Set(part.windows, initialize=dict(enumerate(run.tolist() for run in runs)), ordered=True)

    @part.Constraint(part.windows, doc="what arrives in a window is done in it")
    def window_balance(b: Any, w: int) -> Any:
        finished = sum(time.hours[t] * done(t) for t in b.steps_of[w])
        return finished == sum(time.hours[t] * arriving(t) for t in b.steps_of[w])


def _backlog(part: Any, time: Clock, given: Given, one: WorkClass, arriving: Any, done: Any, recent: Any) -> None:
    """Store work: the backlog never holds more than what arrived within the window."""
    largest = max(given.site.largest_kh100) * 2 * one.window
    part.backlog = pyo.Var(time.operating, bounds=(0, largest), units=time.unit("kH100*hour"))

    @part.Constraint(time.operating, doc="what waits is what waited, plus arrivals, less what is done")
    def backlog_balance(b: Any, t: int) -> Any:
        return b.backlog[t] == b.backlog[time.before[t]] + time.hours[t] * (arriving(t) - done(t))

    @part.Constraint(time.operating, doc="no work waits longer than its window")
    def backlog_limit(b: Any, t: int) -> Any:
        return b.backlog[t] <= recent(t)


def _shares(part: Any, time: Clock, one: WorkClass, fields: Any, arriving: Any) -> dict[str, Term]:
    """Limit what a partner does and what stays undone over the year of every outcome; return their costs."""
    cost: dict[str, Term] = {}

    if one.partner is not None:
        cost[f"partner ({one.name})"] = Hourly(lambda t: fields.partner.price * part.partner[t])

        @part.Constraint(time.rings, doc="a partner does at most one minus the sovereign share")
        def partner_limit(b: Any, r: str) -> Any:
            return time.over_year(r, lambda t: b.partner[t] - fields.partner.maximum_share * arriving(t)) <= 0

        @part.Constraint(time.rings, doc="a partner does at least what was agreed")
        def partner_least(b: Any, r: str) -> Any:
            return time.over_year(r, lambda t: b.partner[t] - fields.partner.minimum_share * arriving(t)) >= 0

    if one.curtailable > 0:

        @part.Constraint(time.rings, doc="only the agreed share is dropped")
        def curtailment_limit(b: Any, r: str) -> Any:
            return time.over_year(r, lambda t: b.dropped[t] - one.curtailable * arriving(t)) <= 0

    if one.unserved_share > 0:
        cost[f"unserved ({one.name})"] = Hourly(lambda t: fields.value * part.unserved[t])

        @part.Constraint(time.rings, doc="only the stated share stays undone")
        def unserved_limit(b: Any, r: str) -> Any:
            return time.over_year(r, lambda t: b.unserved[t] - one.unserved_share * arriving(t)) <= 0

    return cost


def _stops(part: Any, time: Clock, one: WorkClass, fields: Any, most: float, mean: Any) -> dict[str, Term]:
    """Limit how fast the rate served here changes, and charge its falls; return what they cost."""
    if one.ramp is not None:
        share = time.series(part, "ramp_share", one.ramp * time.timeline.hours, "")

        @part.Constraint(time.operating, doc="the rate rises no faster than its ramp")
        def rise_limit(b: Any, t: int) -> Any:
            return b.served[t] - b.served[time.before[t]] <= share[t] * mean(t)

        @part.Constraint(time.operating, doc="the rate falls no faster than its ramp")
        def fall_limit(b: Any, t: int) -> Any:
            return b.served[time.before[t]] - b.served[t] <= share[t] * mean(t)

    if one.checkpoint_cost == 0:
        return {}
    part.stopped = pyo.Var(time.steps, bounds=(0, most), units=time.unit("kH100"))

    @part.Constraint(time.operating, doc="a fall of the rate is a stop")
    def stop(b: Any, t: int) -> Any:
        return b.stopped[t] >= b.served[time.before[t]] - b.served[t]

    return {f"checkpoints ({one.name})": Hourly(lambda t: fields.checkpoint_cost * part.stopped[t] / time.hours[t])}
