"""Outages of the grid that the critical share of the work rides through on stored fuel and energy."""

from __future__ import annotations

from typing import Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field, model_validator

from ..clock import Clock
from ..component import Component, Frozen, Terms, Watch
from ..given import Given
from ..outages import Run, Sample, Window, overlaps, runs
from ..quantities import Fraction, Hours, MegawattHours


class Machine(Frozen):
    """How likely a unit of a generator is to serve in an outage; where left out, its catalogue row says so."""

    availability: Fraction | None = None
    """Probability that it is not down for maintenance or repair; one minus its forced outage where left out."""
    start_failure: Fraction | None = None
    """Probability that it does not start."""
    mean_time_to_failure: Hours | None = Field(default=None, ge=1.0)
    """Mean time for which a running unit runs on."""


class Outage(Component, kind="outage"):
    """Windows in which the grid gives nothing and the critical share of the work goes on.

    In each window: import = 0; fuel burned <= stock; and at each of its hours work done, here or by a partner, >=
    critical x work that arrives. The rest may wait where its class has a window, be dropped where some of it is
    curtailable, or stay unserved up to the share of the year that its class allows, at its value. The plan knows the
    windows beforehand and enters them with full stores; how likely a surprise is survived is told after the solve.
    """

    example: ClassVar = {
        "name": "outage", "windows": [{"start": "01-01 00", "hours": 1}], "critical": 0.6,
        "fuel_stock": {"diesel_oil": "500 MWh"},
    }  # fmt: skip
    family: ClassVar = "limit"
    label: ClassVar = "Outages"

    windows: tuple[Window, ...] = ()
    """Windows of every year: `{start: '07-14 15', hours: 4}`."""
    sample: Sample | None = None
    """Windows drawn by chance, besides."""
    critical: Fraction = 1.0
    """Share of all work that goes on at every hour of a window; work that waits does not go on."""
    fuel_stock: dict[str, MegawattHours] = Field(default_factory=dict)
    """Heat stored on the site by account of fuel, for example `{diesel_oil: 2000 MWh}`; fuels left out, such as gas
    from a pipe, are delivered through the window."""
    machines: dict[str, Machine] = Field(default_factory=dict)
    """How likely generators are to serve, by their names, where it differs from the catalogue."""

    @model_validator(mode="after")
    def _has_windows(self) -> Outage:
        if not self.windows and self.sample is None:
            raise ValueError("windows are missing. State windows, or a sample, or remove the outage")
        problems = list(overlaps(self.all_windows()))
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def all_windows(self) -> tuple[Window, ...]:
        """Return the windows of a year, given and drawn, in the order of the year."""
        drawn = self.sample.windows() if self.sample is not None else ()
        return tuple(sorted((*self.windows, *drawn), key=lambda window: window.first))

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        found = runs(time.timeline, self.all_windows())
        block.windows = pyo.RangeSet(0, len(found) - 1)
        block.steps_of = pyo.Set(block.windows, initialize={i: run.steps for i, run in enumerate(found)}, ordered=True)
        watches = {"import": _no_import(block, time)}
        for fuel, stock in self.fuel_stock.items():
            watches[f"{fuel}_stock"] = _stock(block, time, fuel, time.number(stock, "MWh"))
        if self.critical > 0:
            watches["critical"] = _critical(block, found, float(self.critical))
        return Terms(watches=watches, events=_events(found))


def _events(found: list[Run]) -> dict[str, tuple[int, ...]]:
    """Return the steps of each window over all phases and years, by what it is called."""
    named: dict[str, tuple[int, ...]] = {}
    for run in found:
        named[run.label] = (*named.get(run.label, ()), *run.steps)
    return named


def _no_import(block: Any, time: Clock) -> Watch:
    nothing = time.number(0.0, "MWh")
    return Watch(
        accounts=("imported_energy",),
        index=block.windows,
        rule=lambda rate, w: sum(time.hours[t] * rate("imported_energy", t) for t in block.steps_of[w]) <= nothing,
        doc="the grid gives nothing in an outage",
    )


def _stock(block: Any, time: Clock, fuel: str, stock: Any) -> Watch:
    return Watch(
        accounts=(fuel,),
        index=block.windows,
        rule=lambda rate, w: -1 * sum(time.hours[t] * rate(fuel, t) for t in block.steps_of[w]) <= stock,
        doc="fuel burned in an outage stays within the stock",
    )


def _critical(block: Any, found: list[Run], critical: float) -> Watch:
    block.dark = pyo.Set(initialize=sorted({step for run in found for step in run.steps}), ordered=True)
    return Watch(
        accounts=("done_work", "due_work"),
        index=block.dark,
        rule=lambda rate, t: rate("done_work", t) >= critical * rate("due_work", t),
        doc="the critical share of the work goes on in an outage",
    )
