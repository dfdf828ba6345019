"""The JSON Schema of a site file, for editors that complete and check while one types."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import PydanticJsonSchemaWarning

from gigasite.climate import ClimateSection
from gigasite.models.component import Component, Frozen, Listed

from .hourly_inputs import FileInput, ProfileInput, TariffInput, WindowInput
from .parts import KINDS, LIMITS, RELIABILITY, home, kinds_like
from .sections import Goal, Location, Money, Phases, Settings
from .sentences import inner_model

Json = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAME = "^[a-z][a-z0-9_]*$"


def schema() -> Json:
    """Return the JSON Schema of a site file: every section, every kind, every field with its description."""
    shared: Json = {}
    for form in (FileInput, ProfileInput, TariffInput, WindowInput):
        _define(form, shared)
    for kind in KINDS.values():
        _define(kind, shared)
    sections: Json = {
        "site": _define(Location, shared),
        "climate": _define(ClimateSection, shared),
        "phases": _define(Phases, shared),
        "compute": _compute(shared),
        "cooling": _section("cooling", shared),
        "power": _section("power", shared),
        "grid": _section("grid", shared, default="grid"),
        "water": _fields(KINDS["water_supply"], shared),
        "carbon": _carbon(shared),
        "money": _define(Money, shared),
        "limits": _object(
            {
                **{key: shared[KINDS[kind].__name__]["properties"]["limit"] for key, kind in LIMITS.items()},
                **{key: {"$ref": f"#/$defs/{KINDS[kind].__name__}"} for key, kind in RELIABILITY.items()},
            }
        ),
        "solve": _define(Settings, shared),
    }
    changes = {"type": ["object", "null"], "description": "Changes to this section; null removes an entry."}
    overlay = _object({"note": {"type": "string"}, **dict.fromkeys(sections, changes)})
    scenarios = {"type": "object", "additionalProperties": overlay, "description": "Changes to this file, by name."}
    return {
        "$schema": DIALECT,
        "title": "gigasite site file",
        **_object({**sections, "scenarios": scenarios}),
        "required": ["site", "climate", "phases"],
        "$defs": shared,
    }


def _object(properties: Json) -> Json:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _define(model: type[BaseModel], shared: Json) -> Json:
    """Put a record and all that it contains among the shared definitions; return a reference to it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PydanticJsonSchemaWarning)  # defaults that JSON cannot hold are left out
        made = model.model_json_schema(ref_template="#/$defs/{model}")
    inside = made.pop("$defs", {})
    records = {each.__name__: each for each in _records(model)}
    for name, definition in {**inside, model.__name__: made}.items():
        shared[name] = _as_written(definition, records.get(name))
    return {"$ref": f"#/$defs/{model.__name__}"}


def _records(model: type[BaseModel]) -> Iterable[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        inner = inner_model(field.annotation)
        if inner is not None:
            yield from _records(inner)


def _as_written(definition: Json, record: type[BaseModel] | None) -> Json:
    """Return a definition as files are written: the catalogue fills fields, names are keys, sizes may be plain."""
    properties = {name: _hourly(value) for name, value in definition.get("properties", {}).items()}
    required = list(definition.get("required", []))
    if record is not None and issubclass(record, Frozen):
        required = [name for name in required if not _listed(record, name)]
        if record.__name__ != Location.__name__:
            properties.pop("name", None)
            required = [name for name in required if name != "name"]
    made = {**definition, "properties": properties, "required": required}
    if "fixed" in properties and "existing" in properties:
        plain = properties["fixed"]["anyOf"][:2]
        return {"description": made.get("description", ""), "anyOf": [*plain, made]}
    return made


def _listed(record: type[BaseModel], name: str) -> bool:
    field = record.model_fields.get(name)
    return field is not None and any(isinstance(mark, Listed) for mark in field.metadata)


def _hourly(value: Json) -> Json:
    """Spell out the forms of an hourly input."""
    forms = [{"$ref": f"#/$defs/{form.__name__}"} for form in (FileInput, ProfileInput, TariffInput, WindowInput)]
    if "anyOf" not in value:
        return value
    choices: list[Json] = []
    for choice in value["anyOf"]:
        choices += forms if choice == {"type": "object"} else [_hourly(choice)]
    return {**value, "anyOf": choices}


def _fields(kind: type[Component], shared: Json) -> Json:
    return {"$ref": f"#/$defs/{kind.__name__}"} if kind.__name__ in shared else _define(kind, shared)


def _section(section: str, shared: Json, default: str = "") -> Json:
    """Return named components of the kinds that stand in a section; `kind` chooses the fields."""
    choices = []
    for name in sorted(KINDS):
        if home(name) == section:
            choices.append(_stated(name, shared, required=name != default))
    return {"type": "object", "patternProperties": {NAME: {"oneOf": choices}}, "additionalProperties": False}


def _stated(name: str, shared: Json, *, required: bool) -> Json:
    """Return a kind with the key that chooses it."""
    own = shared[KINDS[name].__name__]
    return {
        **own,
        "title": name,
        "properties": {"kind": {"const": name}, **own["properties"]},
        "required": [*(["kind"] if required else []), *own["required"]],
    }


def _named(reference: Json) -> Json:
    return {"type": "object", "patternProperties": {NAME: reference}, "additionalProperties": False}


def _like(kind: str, shared: Json) -> list[Json]:
    """Return a kind and those that derive from it; only for the latter `kind` must be stated."""
    return [_stated(name, shared, required=name != kind) for name in kinds_like(kind)]


def _compute(shared: Json) -> Json:
    switch = [{"type": "null"}]
    return _object(
        {
            "goal": {"enum": list(Goal.__args__), "description": "What the optimiser is asked."},  # type: ignore[attr-defined]
            "platforms": _named(_fields(KINDS["accelerators"], shared)),
            "work": _named({"$ref": "#/$defs/WorkClass"}),
            "power_chain": {"anyOf": [*_like("power_chain", shared), *switch]},
            "building": {"anyOf": [_fields(KINDS["building"], shared), *switch]},
        }
    )


def _carbon(shared: Json) -> Json:
    limit = shared[KINDS["carbon_limit"].__name__]["properties"]
    target = shared[KINDS["carbon_free_target"].__name__]["properties"]
    return _object({**limit, "carbon_free_share": target["share"]})
