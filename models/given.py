"""What a component is given to write its equations: its fields, its series and the facts of the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from pydantic import BaseModel

from .clock import Clock
from .component import Component, Series
from .hourly import HourlyValues, repeated
from .quantities import Unit

Given = Any  # fields by name, series by name, and `site`; a namespace, so that audits can put units in


@dataclass(frozen=True)
class SiteFacts:
    """What every component may know of the site.

    Parameters
    ----------
    decision : date
        Lead times count from here.
    cost_of_capital : float
        Real rate of assets that state none of their own [1/year].
    largest_mw : tuple of float
        Largest power that can be drawn on the site in each phase [MW]; bounds every size that states no maximum.
    largest_kh100 : tuple of float
        Largest work rate in each phase, in thousand H100-equivalents.
    kh100_per_mw : float
        Work rate per liquid heat of the platform that does most, in thousand H100-equivalents per MW; what is lost
        where its water is too warm.
    design_charge : float
        Level of stores at the start of a design day [1].
    """

    decision: date
    cost_of_capital: float
    largest_mw: tuple[float, ...]
    largest_kh100: tuple[float, ...]
    kh100_per_mw: float = 0.0
    design_charge: float = 0.5


def given(component: Component, series: Mapping[str, Series], block: Any, time: Clock, site: SiteFacts) -> Given:
    """Return the fields of ``component`` as plain floats (with units when auditing), its series as parameters."""
    fields = vars(_fields(component, time))
    for name, one in {**series, **_hourly_fields(component, time)}.items():
        fields[name] = time.series(block, f"given_{name}", one.values, one.unit)
    return SimpleNamespace(**fields, site=site)


def _fields(record: BaseModel, time: Clock) -> SimpleNamespace:
    values = {}
    for name, info in type(record).model_fields.items():
        unit = next((m for m in info.metadata if isinstance(m, Unit)), None)
        values[name] = _value(getattr(record, name), unit, time)
    return SimpleNamespace(**values)


def _value(value: Any, unit: Unit | None, time: Clock) -> Any:
    if isinstance(value, BaseModel):
        return _fields(value, time)
    if isinstance(value, tuple):
        return tuple(_value(each, unit, time) for each in value)
    if unit is None or not isinstance(value, float):
        return value
    return time.number(value, unit.name)


def _hourly_fields(component: Component, time: Clock) -> dict[str, Series]:
    """Spread the hourly inputs of the site file over the steps."""
    found, hours = {}, sum(len(cycle) for cycle in time.timeline.cycles if not cycle.design)
    for name in type(component).model_fields:
        value = getattr(component, name)
        if isinstance(value, HourlyValues):
            course = repeated(value.values, hours)  # several years of weather have one year of prices
            found[name] = Series(time.timeline.spread(course, value.on_design_day), value.unit)
    return found
