"""What a plan of a sweep may say: sites, scenarios, and the changes that are tried on each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError, model_validator

from gigasite.models.component import Frozen
from gigasite.models.errors import SiteFileError
from gigasite.models.quantities import Fraction

from .changing import Change
from .document import At, Document, Problems, below, read_document
from .sentences import Loc, sentences
from .site import BASE

UNCHANGED = "unchanged"
ALL = "all"
M = TypeVar("M", bound=BaseModel)


class LowHigh(Frozen):
    """The two ends of a sensitivity: both stated, or a share of the present value both ways."""

    low: Any = None
    """Value at the low end."""
    high: Any = None
    """Value at the high end."""
    change: Fraction | None = None
    """Share of the present value, down and up: `20 %`."""

    @model_validator(mode="after")
    def _one_way(self) -> LowHigh:
        if (self.change is None) == (self.low is None and self.high is None) or (self.low is None) != (
            self.high is None
        ):
            raise ValueError("give either low and high, or change: 20 %")
        return self


class Front(Frozen):
    """A limit that is stepped from one end to the other."""

    start: str | float = Field(alias="from")
    """First value of the limit, with its unit."""
    to: str | float
    """Last value, in the same unit."""
    steps: int = Field(default=5, ge=2, le=100)
    """Number of values, both ends included."""

    @model_validator(mode="after")
    def _same_unit(self) -> Front:
        if _number(self.start)[1] != _number(self.to)[1]:
            raise ValueError(f"from and to must be numbers with the same unit, got {self.start!r} and {self.to!r}")
        return self

    def values(self) -> list[Any]:
        """Return the values in order, written as the ends are."""
        (first, unit), (last, _) = _number(self.start), _number(self.to)
        numbers = [first + (last - first) * step / (self.steps - 1) for step in range(self.steps)]
        return [f"{number:.6g} {unit}" if unit else float(f"{number:.6g}") for number in numbers]


class SweepPlan(Frozen):
    """A plan of a sweep: every site under every scenario, as it stands and under every change."""

    title: str = ""
    """What the sweep is about, for people."""
    sites: tuple[str, ...] = Field(min_length=1)
    """Site files, relative to the folder of the plan, or names of shipped sites."""
    scenarios: tuple[str, ...] | Literal["all"] = (BASE,)
    """Scenarios of the site files; `base` is the file as it stands, and `all` means base and every scenario of each."""
    unchanged: bool = True
    """Also run every scenario without changes, to compare with."""
    always: dict[str, Any] = {}
    """Changes that hold in every run: `{solve.gap: 1 %}`."""
    changes: dict[str, dict[str, Any]] = {}
    """Named sets of changes; each is a run."""
    grid: dict[str, tuple[Any, ...]] = {}
    """Lists of values by path; every combination is a run."""
    sensitivity: dict[str, Any] = {}
    """By path `{low, high}`, or `{change: 20 %}` of the present value; each end is a run, one at a time."""
    epsilon: dict[str, Any] = {}
    """By path `{from, to, steps}`: a limit that is stepped, such as a cap on carbon or water; each step is a run."""


@dataclass(frozen=True)
class Checked:
    """A plan file that is right in itself.

    Parameters
    ----------
    path : Path
        The file.
    plan : SweepPlan
    sensitivity : mapping of str to LowHigh
    epsilon : mapping of str to Front
    document : Document
        For the lines.
    problems : Problems
        Receives what is found wrong later.
    """

    path: Path
    plan: SweepPlan
    sensitivity: Mapping[str, LowHigh]
    epsilon: Mapping[str, Front]
    document: Document
    problems: Problems

    def place(self, at: Loc) -> str:
        """Return file and line of a place in the plan."""
        line = self.document.line(at)
        return self.problems.file if line is None else f"{self.problems.file}:{line}"

    def change(self, path: str, value: Any, at: Loc) -> Change:
        """Return a change, with the places of its values; ``at`` leads to it in the plan."""
        lines: dict[At, Any] = {
            rest: f"{self.problems.file}:{line}"
            for rest, line in below(self.document.lines, tuple(str(key) for key in at)).items()
            if rest
        }
        return Change(path, value, self.place(at), lines)


def read_plan(path: Path) -> Checked:
    """Read the plan of a sweep.

    Raises
    ------
    SiteFileError
        If the file cannot be read or breaks a rule; all problems at once, each with its line.
    """
    problems = Problems(str(path))
    document = read_document(path, problems)
    plan = _valid(SweepPlan, document.data, (), document, problems)
    sensitivity = dict(_each(LowHigh, "sensitivity", document, problems))
    epsilon = dict(_each(Front, "epsilon", document, problems))
    if plan is None:
        problems.raise_if_any()
        raise SiteFileError(f"{path}: cannot be read.")
    for name in plan.changes:
        if name == UNCHANGED or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name):
            problems.add(
                document.line(("changes", name)),
                f"changes: the name {name!r} must be letters, digits, - and _, and not {UNCHANGED!r}. Rename it",
            )
    for key, values in plan.grid.items():
        if not values:
            problems.add(
                document.line(("grid", key)), f"grid: {key} must list at least one value. Add one or remove it"
            )
    problems.raise_if_any()
    return Checked(path, plan, sensitivity, epsilon, document, problems)


def _each(model: type[M], section: str, document: Document, problems: Problems) -> Iterator[tuple[str, M]]:
    entries = document.data.get(section)
    for path, data in entries.items() if isinstance(entries, Mapping) else ():
        entry = _valid(model, data, (section, path), document, problems)
        if entry is not None:
            yield path, entry


def _valid(model: type[M], data: Any, at: Loc, document: Document, problems: Problems) -> M | None:
    try:
        return model.model_validate(data)
    except ValidationError as problem:
        head = f"{'.'.join(str(key) for key in at)}: " if at else ""
        for loc, sentence in sentences(problem, model, data):
            problems.add(document.line((*at, *loc)), f"{head}{sentence}")
        return None


def scaled(value: Any, factor: float) -> Any:
    """Return a quantity times a factor, written as it was, or None if the value is none."""
    number, unit = _number(value)
    if number is None:
        return None
    return f"{number * factor:.6g} {unit}" if unit else float(f"{number * factor:.6g}")


def _number(value: Any) -> tuple[Any, str]:
    """Return number and unit of a quantity; None and the text itself where it is no quantity."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value), ""
    found = re.fullmatch(r"\s*([-+]?[\d_,.]+(?:[eE][-+]?\d+)?)\s*(.*?)\s*", str(value))
    if found is None:
        return None, str(value)
    try:
        return float(found[1].replace("_", "").replace(",", "")), found[2]
    except ValueError:
        return None, str(value)
