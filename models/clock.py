"""The timeline as Pyomo sets and parameters: what the equations of a component see."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.environ import units as pyomo_units

from .component import Annual
from .quantities import DEFINITIONS, registry
from .templates import ArrayParam
from .timeline import Timeline


@dataclass(frozen=True)
class Clock:
    """Sets of steps and phases, and what is known of each step.

    ``steps``, ``operating``, ``design`` and ``anchors`` are sets of step numbers, ``phases`` the phase names, ``of[p]``
    the operating steps of a phase. ``rings`` are the names of the years of all outcomes (`Ring`), ``inside[r]`` their
    steps, ``phase_of[r]`` their phases and ``chance[r]`` their probabilities. ``hours[t]``, ``weight[t]``,
    ``before[t]`` and ``phase[t]`` are parameters, so that a rule may index with them; ``years[p]`` are the
    present-value years of a phase.
    """

    timeline: Timeline
    audit: bool
    steps: Any
    operating: Any
    design: Any
    anchors: Any
    phases: Any
    of: Any
    rings: Any
    inside: Any
    phase_of: Any
    chance: Any
    hours: Any
    weight: Any
    before: Any
    phase: Any
    years: Any

    def series(self, owner: Any, name: str, values: Any, unit: str) -> Any:
        """Put a parameter over the steps on ``owner``; it carries its unit when auditing."""
        spread = np.broadcast_to(np.asarray(values, dtype=float), (self.timeline.size,))
        return parameter(owner, name, self.steps, spread, unit, audit=self.audit)

    def by_phase(self, owner: Any, name: str, values: Any, unit: str) -> Any:
        """Put a parameter over the phases on ``owner``."""
        return parameter(owner, name, self.phases, np.asarray(values, dtype=float), unit, audit=self.audit)

    def over_year(self, ring: Any, amount: Any) -> Any:
        """Return what an hourly amount adds up to over the year of an outcome, times its probability."""
        return sum(self.weight[t] * self.hours[t] * amount(t) for t in self.inside[ring])

    def expected(self, of_year: Callable[[Any], Any]) -> Annual:
        """Return an amount or cost by the year of each outcome, as a function of the ring; a phase's is its mean."""
        names, rings = self.timeline.names, self.timeline.rings
        members = {name: [ring for ring in rings if ring.phase == p] for p, name in enumerate(names)}

        def mean(p: str) -> Any:
            if len(members[p]) == 1:
                return of_year(members[p][0].name)
            return sum([ring.outcome.probability * of_year(ring.name) for ring in members[p]])

        return Annual(mean, of_year)

    def unit(self, name: str) -> Any:
        """Return the unit of a variable; none unless auditing."""
        return pyomo_unit(name) if self.audit else None

    def number(self, value: float, unit: str) -> Any:
        """Return ``value``, with its unit when auditing."""
        return value * pyomo_unit(unit) if self.audit else value


def clock(model: Any, timeline: Timeline, *, audit: bool = False) -> Clock:
    """Put the sets and parameters of ``timeline`` on ``model``."""
    number = np.arange(timeline.size)
    model.steps = pyo.Set(initialize=number.tolist(), ordered=True)  # in a RangeSet a step is found more slowly
    model.operating_steps = pyo.Set(initialize=number[timeline.operating].tolist(), ordered=True)
    model.design_steps = pyo.Set(initialize=number[~timeline.operating].tolist(), ordered=True)
    model.anchor_steps = pyo.Set(initialize=timeline.anchors.tolist(), ordered=True)
    model.phases = pyo.Set(initialize=timeline.names, ordered=True)
    inside = {p: number[(timeline.phase_number == i) & timeline.operating] for i, p in enumerate(timeline.names)}
    model.steps_of = pyo.Set(model.phases, initialize={p: steps.tolist() for p, steps in inside.items()}, ordered=True)
    rings = timeline.rings
    model.rings = pyo.Set(initialize=[ring.name for ring in rings], ordered=True)
    model.steps_inside = pyo.Set(
        model.rings, initialize={ring.name: ring.steps.tolist() for ring in rings}, ordered=True
    )
    chances = np.array([ring.outcome.probability for ring in rings])
    names = np.array(timeline.names, dtype=object)
    worth = [phase.present_value_years for phase in timeline.phases]
    return Clock(
        timeline=timeline,
        audit=audit,
        steps=model.steps,
        operating=model.operating_steps,
        design=model.design_steps,
        anchors=model.anchor_steps,
        phases=model.phases,
        of=model.steps_of,
        rings=model.rings,
        inside=model.steps_inside,
        phase_of=parameter(model, "phase_of_ring", model.rings, names[[ring.phase for ring in rings]], "", audit=False),
        chance=parameter(model, "chance", model.rings, chances, "", audit=False),
        hours=parameter(model, "hours", model.steps, timeline.hours, "hour", audit=audit),
        weight=parameter(model, "weight", model.steps, timeline.weight, "1/year", audit=audit),
        before=parameter(model, "step_before", model.steps, timeline.before, "", audit=False),
        phase=parameter(model, "phase_of", model.steps, names[timeline.phase_number], "", audit=False),
        years=parameter(model, "present_value_years", model.phases, np.asarray(worth), "year", audit=audit),
    )


def parameter(owner: Any, name: str, index: Any, values: Any, unit: str, *, audit: bool) -> Any:
    """Add an immutable parameter, or when auditing a mutable one that carries its unit."""
    if audit:
        data = dict(zip(index, values.tolist(), strict=True))
        added = pyo.Param(index, initialize=data, within=pyo.Any, units=pyomo_unit(unit), mutable=True)
    else:
        added = ArrayParam(index, values)
    owner.add_component(name, added)
    return added


@lru_cache(maxsize=256)
def pyomo_unit(name: str) -> Any:
    """Return Pyomo's unit for pint's spelling; the empty text is dimensionless.

    Pyomo has no units with an offset: a temperature is in kelvin there, where only its dimension counts.
    """
    if "USD" not in pyomo_units.pint_registry:
        pyomo_units.load_definitions_from_strings(list(DEFINITIONS))
    unit = pyomo_units.dimensionless
    absolute = re.sub("(delta_)?degC", "kelvin", name)
    for part, power in registry().parse_units(absolute or "dimensionless")._units.items():
        unit = unit * getattr(pyomo_units, part) ** power
    return unit
