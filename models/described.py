"""What fields mean: the text below each in the source, read when it is asked for.

pydantic reads it as it makes each class, which is two fifths of the start of the program and is seldom needed.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue


class Described(BaseModel):
    """A record whose JSON Schema has the text below each field as its description."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in descriptions(cls).items():
            field = cls.model_fields.get(name)
            written = (field.alias if field is not None else None) or name
            if written in properties:
                properties[written]["description"] = text  # in place of what its type says of itself
        return schema


@cache
def descriptions(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the text below each field of a record, those of what it is derived from included."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, Described):
            found |= _of_module(each.__module__).get(each.__qualname__, {})
    return found


@cache
def _of_module(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return for each class of a module the text below its fields; nothing of a module that has no source."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[name]))
    except (OSError, TypeError):
        return {}
    return dict(_classes(tree, ""))


def _classes(within: ast.AST, prefix: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the qualified name of each class in a tree, and the text below its fields."""
    for node in ast.iter_child_nodes(within):
        if isinstance(node, ast.ClassDef):
            yield f"{prefix}{node.name}", dict(_below_fields(node))
            yield from _classes(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield from _classes(node, f"{prefix}{node.name}.<locals>.")
        else:
            yield from _classes(node, prefix)


def _below_fields(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in zip(node.body, node.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            said = text.value if isinstance(text, ast.Expr) else None
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                yield field.target.id, inspect.cleandoc(said.value)
