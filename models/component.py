"""What every technology is: checked data plus one build function."""

from __future__ import annotations

import difflib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, Field, model_validator

from .catalogue import Entry, lookup
from .described import Described

if TYPE_CHECKING:
    import pyomo.environ as pyo

    from .clock import Clock
    from .conditions import Conditions
    from .given import Given

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Listed:
    """Marks a field whose default is a row of the catalogue; ``None`` in its place means the component's own row."""

    parameter: str
    technology: str | None = None


class Frozen(Described):
    """A checked, unchangeable record; the text under each field is its description in the schema."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @classmethod
    def technology_of(cls, data: Mapping[str, Any]) -> str:
        """Return the catalogue row that fills the fields which ``data`` leaves out."""
        if "technology" not in cls.model_fields:
            return ""
        return str(data.get("technology") or cls.model_fields["technology"].default)

    @classmethod
    def listed_fields(cls, data: Mapping[str, Any]) -> dict[str, Entry]:
        """Return the fields that ``data`` leaves to the catalogue, with the rows that fill them."""
        found = {}
        for name, info in cls.model_fields.items():
            mark = next((m for m in info.metadata if isinstance(m, Listed)), None)
            if mark is not None and name not in data:
                found[name] = lookup(mark.technology or cls.technology_of(data), mark.parameter)
        return found

    @model_validator(mode="before")
    @classmethod
    def _fill_from_catalogue(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        return {**{name: row.text for name, row in cls.listed_fields(data).items()}, **data}


@dataclass(frozen=True)
class Hourly:
    """A flow or cost at every step, as a function of the step; costs in USD/h."""

    at: Callable[[Any], Any]


@dataclass(frozen=True)
class Annual:
    """An amount or cost in every phase, as a function of the phase; costs in USD/year.

    Where it differs between the outcomes of a phase, ``of_year`` gives that of each, as a function of the ring, and
    ``at`` their mean.
    """

    at: Callable[[Any], Any]
    of_year: Callable[[Any], Any] | None = None


Term = Hourly | Annual


@dataclass(frozen=True)
class Watch:
    """Equations on the rates at which accounts fill: ``rule(rate, i)`` for every ``i`` of the set ``index``.

    ``rate(name, t)`` is what flows into an account at step ``t``, apart from supply that settles it by the hour.
    Without an hourly flow into any of ``accounts`` there is nothing to watch.
    """

    accounts: tuple[str, ...]
    index: Any
    rule: Callable[[Callable[[str, Any], Any], Any], Any]
    doc: str


@dataclass(frozen=True)
class Capacity:
    """A size the optimiser chooses, for the solver, the report and for freezing a design.

    ``capacity``, ``added`` and ``carried`` are the variables and the equation that carry it through the phases.
    """

    quantity: str
    unit: str
    capacity: Any
    added: Any
    carried: Any
    existing: Floats
    alive: NDArray[np.bool_]
    capex_usd_per_unit: float
    life_years: float
    cost_of_capital: float
    unit_size: float | None = None
    reason: str = "capital"


@dataclass(frozen=True)
class Terms:
    """What a component gives the rest of the model.

    ``into`` holds flows into buses (positive = into the bus), ``cost`` its costs by reason, ``capacities`` the sizes
    that were chosen, ``settles`` the accounts that must balance because this component supplies or draws them,
    ``settles_hourly`` those among them that must balance at every step, because this component supplies them at a rate,
    ``meters`` the accounts it only reads, ``watches`` its equations on the rates of accounts, by name, ``events`` named
    runs of steps that an explanation mentions, ``penalties`` the reasons that are no cash.
    """

    into: Mapping[str, Term] = field(default_factory=dict)
    cost: Mapping[str, Term] = field(default_factory=dict)
    capacities: tuple[Capacity, ...] = ()
    settles: tuple[str, ...] = ()
    settles_hourly: tuple[str, ...] = ()
    meters: Mapping[str, Annual] = field(default_factory=dict)
    watches: Mapping[str, Watch] = field(default_factory=dict)
    events: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    penalties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Series:
    """Values over the hours of the weather, with their unit."""

    values: Floats
    unit: str


class Component(Frozen, ABC):
    """A thing on the site. One file each under ``technologies/``; ``kind=`` registers it.

    ``example`` describes one; each of ``variants`` shows options that it leaves off: fields to be changed, or with
    None to be left out, by the name of the variant.
    """

    kinds: ClassVar[dict[str, type[Component]]] = {}
    kind: ClassVar[str]
    example: ClassVar[dict[str, Any]]
    variants: ClassVar[dict[str, dict[str, Any]]] = {}
    family: ClassVar[str] = "other"
    label: ClassVar[str] = ""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    """Name of the component, in lower case; it heads its variables, columns and cost lines."""

    def __init_subclass__(cls, kind: str = "", **options: Any) -> None:
        super().__init_subclass__(**options)
        if kind:
            cls.kind = kind
            Component.kinds[kind] = cls

    def derive(self, weather: Conditions) -> Mapping[str, Series]:
        """Return the series that the equations need at every hour of ``weather``."""
        return {}

    def derive_on_design_day(self, weather: Conditions) -> Mapping[str, Series]:
        """Return the same series on a design day."""
        return self.derive(weather)

    @abstractmethod
    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        """Write the variables and equations on ``block`` and return the terms."""

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Component:
        """Return the component that ``data`` describes; its ``kind`` chooses the class.

        Raises
        ------
        ValueError
            If the kind is unknown; the message names the nearest.
        """
        kind = str(data.get("kind", ""))
        if kind not in Component.kinds:
            near = difflib.get_close_matches(kind, Component.kinds, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"unknown kind {kind!r}; known kinds: {', '.join(sorted(Component.kinds))}.{hint}")
        return Component.kinds[kind].model_validate({k: v for k, v in data.items() if k != "kind"})
