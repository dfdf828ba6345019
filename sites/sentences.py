"""What is wrong with a section, in sentences: rule, value, remedy."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable, Mapping
from inspect import isclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from gigasite.models.described import descriptions
from gigasite.models.hourly import HourlyValues
from gigasite.models.investment import Size
from gigasite.models.quantities import Unit

from .sections import Location

Loc = tuple[Any, ...]

_PLAIN_RULES = {
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "string_type": "must be text",
    "path_type": "must be the path of a file",
    "date_type": "must be a date such as 2028-01-01",
    "date_parsing": "must be a date such as 2028-01-01",
    "date_from_datetime_parsing": "must be a date such as 2028-01-01",
    "date_from_datetime_inexact": "must be a date such as 2028-01-01",
    "tuple_type": "must be a list: [a, b]",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
    "dict_type": "must be a mapping",
    "is_instance_of": "must be text with a unit, or a mapping with one of file, profile or tariff",
}


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"``, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def unknown_key(key: str, known: Iterable[str]) -> str:
    """Return the sentence about a key that does not exist."""
    names = list(known)
    hint = nearest(key, names) or f" Known keys: {', '.join(names)}."
    return f"unknown key {key!r}.{hint}"


def sentences(problem: ValidationError, model: type[BaseModel], data: Any) -> list[tuple[Loc, str]]:
    """Return the place and the sentence of everything that a check found.

    Parameters
    ----------
    problem : pydantic.ValidationError
    model : type
        Class that was checked.
    data : mapping
        What was checked.

    Returns
    -------
    list of (place, sentence)
        Place as the keys and list numbers that lead to the value, within ``data``.
    """
    found = []
    errors = problem.errors()
    for error in errors:
        if error["type"] == "too_short" and any(e["loc"][:-1][: len(error["loc"])] == error["loc"] for e in errors):
            continue  # pydantic counts only the entries that are right
        loc = _within(data, error["loc"], keep_last=error["type"] in ("missing", "extra_forbidden"))
        found.append((loc, _sentence(error, loc, model)))
    return found


def field_text(loc: Loc) -> str:
    """Return ``"size.maximum from 2028-01-01"`` for the keys that lead to a value."""
    text = ""
    for key in loc:
        word = str(key)
        if len(word) == 10 and word[4:5] == "-" and word[:4].isdigit():
            text += f" from {word}"
        else:
            text += f".{word}" if text else word
    return text


def _within(data: Any, loc: Loc, *, keep_last: bool) -> Loc:
    """Cut a place down to keys that are in the data; pydantic adds its own steps for unions and functions."""
    walked: list[Any] = []
    for key in loc:
        if isinstance(data, Mapping):
            match = next((each for each in data if str(each) == str(key)), None)
            if match is None:
                break
            walked.append(match)
            data = data[match]
        elif isinstance(data, list | tuple) and isinstance(key, int) and key < len(data):
            walked.append(key)
            data = data[key]
        else:
            break
    if keep_last and loc and (not walked or walked[-1] != loc[-1]):
        walked.append(loc[-1])
    return tuple(walked)


def _sentence(error: Any, loc: Loc, model: type[BaseModel]) -> str:
    kind, value, message = error["type"], error["input"], error["msg"]
    name = field_text(loc)
    owner = model_at(model, loc[:-1]) or model
    if kind == "extra_forbidden":
        return unknown_key(str(loc[-1]), _keys(owner))
    if kind == "missing":
        return f"{name} is missing.{_example(owner, str(loc[-1]))}"
    if kind == "literal_error":
        return f"{name} must be {error['ctx']['expected']}, got {value!r}.{_near_literal(value, error)}"
    if kind == "string_pattern_mismatch":
        return f"name {value!r} must be lower-case letters, digits and underscores, beginning with a letter. Rename it"
    if kind == "value_error":
        message = message.removeprefix("Value error, ").removeprefix("climate: ")
        if message.startswith("expected "):
            message = f"must be {message.removeprefix('expected ')}"
            if ". " not in message:
                message += f".{_other_field(value, loc, model)}"
        return _joined(name, message)
    if kind == "too_short":
        return f"{name} must have at least one entry"
    if kind in _PLAIN_RULES:
        rule = _PLAIN_RULES[kind]
        asked = model_at(model, loc)
        if asked is not None and rule == "must be a mapping":
            rule += f" with {', '.join(_keys(asked))}"
        return f"{name} {rule}, got {_short(value)}"
    return f"{name} must fit: {message.removeprefix('Input should ')}, got {_short(value)}"


def _keys(model: type[BaseModel]) -> list[str]:
    """Return the keys of a record; elsewhere than in the section `site` the key above a record is its name."""
    return [name for name in model.model_fields if name != "name" or model is Location]


def _joined(name: str, message: str) -> str:
    if not name:
        return message
    return f"{name} {message}" if message.startswith("must ") else f"{name}: {message}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _near_literal(value: Any, error: Any) -> str:
    known = [word.strip(" '") for word in error["ctx"]["expected"].replace(" or ", ",").split(",")]
    return nearest(str(value), known)


def _example(owner: type[BaseModel], name: str) -> str:
    field = owner.model_fields.get(name)
    if field is None:
        return ""
    described = descriptions(owner).get(name)
    text = f" {described}" if described else ""
    unit = next((mark for mark in field.metadata if isinstance(mark, Unit)), None)
    return text + (f" Write a quantity in {unit.name}." if unit is not None and unit.name else "")


def _other_field(value: Any, loc: Loc, model: type[BaseModel]) -> str:
    """Return ``" Did you mean energy?"`` where the value would fit another field of a unit of its own."""
    owner = model_at(model, loc[:-1])
    while owner is not None and is_size(owner) and loc:
        loc = loc[:-1]
        owner = model_at(model, loc[:-1])
    if not isinstance(value, str) or owner is None or not loc:
        return ""
    asked = str(loc[-1]) if str(loc[-1]) in owner.model_fields else ""
    fits = [
        name for name, field in owner.model_fields.items() if name != asked and _has_unit(field) and _fits(field, value)
    ]
    near = difflib.get_close_matches(asked, fits, n=1, cutoff=0.0) if len(fits) > 1 else fits
    return f" Did you mean {near[0]}?" if near else ""


def _has_unit(field: FieldInfo) -> bool:
    if is_size(field.annotation):
        return True
    return any(isinstance(mark, Unit) and not mark.bare for mark in field.metadata)


def _fits(field: FieldInfo, value: str) -> bool:
    try:
        if isclass(field.annotation) and issubclass(field.annotation, Size):
            field.annotation.model_validate({"fixed": value})
        else:
            next(mark for mark in field.metadata if isinstance(mark, Unit)).parse(value)
    except (ValidationError, ValueError):
        return False
    return True


def is_size(annotation: Any) -> bool:
    """Return whether a field holds a size with fixed, minimum and maximum."""
    return isclass(annotation) and issubclass(annotation, Size)


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """Return the record that a field holds: directly, optionally, or in a list."""
    if isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, tuple, typing.Annotated):
        return next((found for arg in typing.get_args(annotation) if (found := inner_model(arg)) is not None), None)
    return None


def hourly_unit(field: FieldInfo) -> Unit | None:
    """Return the unit of a field that takes hourly values; None for other fields."""
    if field.annotation is HourlyValues:
        return next(mark for mark in field.metadata if isinstance(mark, Unit))
    for arg in typing.get_args(field.annotation):
        if typing.get_origin(arg) is typing.Annotated and typing.get_args(arg)[0] is HourlyValues:
            return next(mark for mark in typing.get_args(arg) if isinstance(mark, Unit))
    return None


def model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """Return the record at a place, or None where the place holds a plain value."""
    current: type[BaseModel] | None = model
    for key in loc:
        if isinstance(key, int):
            continue
        if current is None or str(key) not in current.model_fields:
            return None
        current = inner_model(current.model_fields[str(key)].annotation)
    return current
