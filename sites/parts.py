"""From the sections of a site file to the components they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gigasite.models import technologies
from gigasite.models.component import Component

from .document import At, Document, Problems
from .sentences import Loc, field_text, nearest, unknown_key

SECTIONS = (
    "site", "climate", "phases", "compute", "cooling", "power", "grid", "water", "carbon", "money", "limits", "solve",
    "scenarios",
)  # fmt: skip
REQUIRED = ("site", "climate", "phases")
COMPUTE = ("goal", "platforms", "work", "power_chain", "building")
SWITCHED_OFF_BY_NULL = frozenset({("compute", "power_chain"), ("compute", "building")})
LIMITS = {"land": "land_limit", "capital": "capital_limit", "pue": "pue_limit", "swing": "swing_limit"}
RELIABILITY = {"reserve": "reserve_limit", "outage": "outage"}
"""Limits that are mappings: a reserve and outages."""
MODEL_NAMES = (
    "steps", "operating_steps", "design_steps", "anchor_steps", "phases", "steps_of", "hours", "weight", "step_before",
    "phase_of", "present_value_years", "balance", "metered", "watched", "total_cost",
)  # fmt: skip
"""Names that the optimisation model keeps for itself."""
KINDS = Component.kinds
assert technologies.__path__  # importing the folder registers every kind


@dataclass(frozen=True)
class Part:
    """One component as the file describes it.

    Parameters
    ----------
    name, kind : str
        Of the component.
    data : mapping
        Its fields, as given.
    path : tuple of str
        Keys that lead to it in the file.
    moved : mapping
        Paths of fields that stand elsewhere in the file than their names say.
    added : bool
        Whether the reader added it because the site needs it.
    """

    name: str
    kind: str
    data: Mapping[str, Any]
    path: At
    moved: Mapping[Loc, At] = field(default_factory=dict)
    added: bool = False

    @property
    def head(self) -> str:
        """What sentences call it, for example ``battery 'bess'``."""
        if self.path[0] in ("limits", "carbon", "water"):
            return self.path[0]
        return "work" if self.kind == "work" else f"{self.kind} '{self.name}'"

    def where(self, loc: Loc) -> tuple[Any, ...]:
        """Return the place in the file of a place in the component."""
        for length in range(len(loc), 0, -1):
            if loc[:length] in self.moved:
                return (*self.moved[loc[:length]], *loc[length:])
        return (*self.path, *loc)

    def label(self, loc: Loc) -> str:
        """Return how sentences name a field."""
        return field_text(self.where(loc)[len(self.path) :])

    @property
    def given(self) -> dict[str, Any]:
        """The fields with the name, as the class reads them."""
        return {"name": self.name, **self.data}


def sections_of(document: Document, problems: Problems) -> dict[str, dict[str, Any]]:
    """Return the sections that are mappings; report the others, unknown ones and missing ones."""
    found: dict[str, dict[str, Any]] = {}
    for key, value in document.data.items():
        if key not in SECTIONS:
            problems.add(document.line((key,)), unknown_key(str(key), SECTIONS))
        elif not isinstance(value, Mapping):
            problems.add(document.line((key,)), f"{key}: must be a mapping, got {value!r}. Indent its keys below it")
        else:
            found[str(key)] = dict(value)
    for name in REQUIRED:
        if name not in document.data:
            problems.add(None, f"section {name}: is missing. Add it; `gigasite init` writes a site file to start from")
    return found


def parts_of(sections: Mapping[str, Mapping[str, Any]], document: Document, problems: Problems) -> list[Part]:
    """Return every component that the sections describe, and those that the site needs besides."""
    parts = [
        *_compute(sections.get("compute", {}), document, problems),
        *_section("cooling", sections, document, problems),
        *_section("power", sections, document, problems),
        *_section("grid", sections, document, problems, default="grid"),
        *_carbon(sections.get("carbon", {}), document, problems),
        *_limits(sections.get("limits", {}), document, problems),
    ]
    parts += _water(sections, parts)
    _check_names(parts, document, problems)
    return parts


def _named(
    section: Mapping[Any, Any], path: At, document: Document, problems: Problems
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the mappings of a section by name."""
    for name, data in section.items():
        if isinstance(data, Mapping):
            yield str(name), data
        else:
            line = document.line((*path, name))
            problems.add(line, f"{'.'.join(path)}.{name}: must be a mapping, got {data!r}. Write {{kind: ...}}")


def _compute(section: Mapping[str, Any], document: Document, problems: Problems) -> list[Part]:
    for key in section:
        if key not in COMPUTE:
            problems.add(document.line(("compute", key)), f"compute: {unknown_key(str(key), COMPUTE)}")
    parts = []
    platforms = _mapping(section, "platforms", document, problems)
    for name, data in _named(platforms, ("compute", "platforms"), document, problems):
        parts.append(Part(name, "accelerators", data, ("compute", "platforms", name)))
    classes = list(_named(_mapping(section, "work", document, problems), ("compute", "work"), document, problems))
    if classes:
        moved: dict[Loc, At] = {}
        for i, (name, _) in enumerate(classes):
            moved |= {("classes", i): ("compute", "work", name), ("classes", i, "name"): ("compute", "work", name)}
        listed = [{**data, "name": name} for name, data in classes]
        parts.append(Part("work", "work", {"classes": listed}, ("compute", "work"), moved))
    for kind in ("power_chain", "building"):
        given = section.get(kind, {}) if parts else section.get(kind)
        if given is not None:
            given = dict(_mapping(section, kind, document, problems))
            chosen = str(given.pop("kind", kind))
            known = kinds_like(kind)
            parts.append(
                Part(kind, chosen if chosen in known else kind, given, ("compute", kind), added=kind not in section)
            )
            if chosen not in known:
                where = document.line(("compute", kind, "kind"))
                hint = nearest(chosen, known) or f" Known kinds: {', '.join(known)}."
                problems.add(where, f"compute: {kind} cannot be of kind {chosen!r}.{hint}")
    return parts


def kinds_like(kind: str) -> list[str]:
    """Return a kind and those that derive from it, for example older plant with numbers of its own."""
    return sorted(name for name, each in KINDS.items() if issubclass(each, KINDS[kind]))


def _mapping(section: Mapping[str, Any], key: str, document: Document, problems: Problems) -> Mapping[str, Any]:
    value = section.get(key, {})
    if isinstance(value, Mapping):
        return value
    problems.add(document.line(("compute", key)), f"compute: {key} must be a mapping, got {value!r}")
    return {}


def home(kind: str) -> str:
    """Return the section in which a kind stands."""
    if kind == "water_supply":
        return "water"
    if "loop" in KINDS[kind].model_fields:  # also stores of cold, which work on a loop
        return "cooling"
    homes = {"cooling": "cooling", "grid": "grid", "compute": "compute", "facility": "compute", "limit": "limits"}
    return homes.get(KINDS[kind].family, "power")


def _section(
    section: str,
    sections: Mapping[str, Mapping[str, Any]],
    document: Document,
    problems: Problems,
    default: str = "",
) -> Iterator[Part]:
    for name, data in _named(sections.get(section, {}), (section,), document, problems):
        path = (section, name)
        kind = str(data.get("kind", default))
        line = document.line((*path, "kind"))
        fitting = sorted(known for known in KINDS if home(known) == section)
        if not kind:
            problems.add(line, f"{section} '{name}': kind is missing. Choose one of {', '.join(fitting)}")
        elif kind not in KINDS:
            hint = nearest(kind, fitting) or f" Known kinds: {', '.join(fitting)}."
            problems.add(line, f"{section} '{name}': kind {kind!r} is unknown.{hint}")
        elif kind not in fitting:
            problems.add(line, f"{section} '{name}': kind {kind!r} belongs to section {home(kind)}. Move it there")
        else:
            yield Part(name, kind, {key: value for key, value in data.items() if key != "kind"}, path)


def _carbon(section: Mapping[str, Any], document: Document, problems: Problems) -> Iterator[Part]:
    share = "carbon_free_share"
    limit = {key: value for key, value in section.items() if key != share}
    if limit:
        yield Part("carbon", "carbon_limit", limit, ("carbon",))
    if share in section:
        moved: dict[Loc, At] = {("share",): ("carbon", share)}
        yield Part("carbon_free", "carbon_free_target", {"share": section[share]}, ("carbon",), moved)


def _limits(section: Mapping[str, Any], document: Document, problems: Problems) -> Iterator[Part]:
    for key, value in section.items():
        if key in LIMITS:
            moved: dict[Loc, At] = {("limit",): ("limits", key)}
            yield Part(key, LIMITS[key], {"limit": value}, ("limits",), moved)
        elif key in RELIABILITY and isinstance(value, Mapping):
            yield Part(key, RELIABILITY[key], value, ("limits", key))
        elif key in RELIABILITY:
            problems.add(document.line(("limits", key)), f"limits: {key} must be a mapping, got {value!r}")
        else:
            problems.add(document.line(("limits", key)), f"limits: {unknown_key(str(key), (*LIMITS, *RELIABILITY))}")


def _water(sections: Mapping[str, Mapping[str, Any]], parts: list[Part]) -> Iterator[Part]:
    drawn = any(getattr(KINDS[part.kind], use, False) for part in parts for use in ("evaporates", "draws_water"))
    if "water" in sections:
        yield Part("water", "water_supply", sections["water"], ("water",))
    elif drawn:
        yield Part("water", "water_supply", {}, ("water",), added=True)


def _check_names(parts: list[Part], document: Document, problems: Problems) -> None:
    """Report names that are used twice, kept by the model, or badly spelled."""
    first: dict[str, Part] = {}
    for part in parts:
        line = document.line(part.path)
        if part.name in first:
            other = first[part.name]
            problems.add(
                line,
                f"name '{part.name}' is used twice: by {'.'.join(other.path)} (line {document.line(other.path)}) and"
                f" {'.'.join(part.path)}. Rename one of them",
            )
        elif part.name in MODEL_NAMES:
            problems.add(line, f"name '{part.name}' is kept by the model. Choose another")
        elif not re.fullmatch(r"[a-z][a-z0-9_]*", part.name):
            problems.add(
                line,
                f"name '{part.name}' must be lower-case letters, digits and underscores, beginning with a letter."
                " Rename it",
            )
        first.setdefault(part.name, part)
        if "name" in part.data:
            problems.add(
                document.line((*part.path, "name")), f"{part.head}: unknown key 'name'; the key above it is its name"
            )
