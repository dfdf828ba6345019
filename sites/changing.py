"""Changes of a site file that stand elsewhere: a dotted path, and the value that takes the place of what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .document import At, Document, Line, Problems, is_value, merged
from .parts import SWITCHED_OFF_BY_NULL
from .sentences import nearest

NAMED = (("cooling",), ("power",), ("grid",), ("compute", "platforms"), ("compute", "work"))
"""Sections whose entries have names that the user gives."""


@dataclass(frozen=True)
class Change:
    """One change of a site file.

    Parameters
    ----------
    path : str
        Keys that lead to the value, with dots between: ``grid.utility.energy_price``; an entry of a list by its number,
        counted from zero.
    value : any
        Plain data; None removes what is there, a mapping merges with a mapping as in scenarios.
    place : int, str or None
        Where the change stands.
    lines : mapping
        Where the values within a mapping stand, by their path within it.
    """

    path: str
    value: Any
    place: Line | None = None
    lines: Mapping[At, Line] = field(default_factory=dict)

    @property
    def keys(self) -> At:
        """The keys that lead to the value."""
        return tuple(self.path.split("."))


def changed(document: Document, change: Change, problems: Problems) -> Document:
    """Return a site file with a change.

    Parameters
    ----------
    document : Document
        The file, without its scenarios.
    change : Change
    problems : Problems
        Receives paths that lead nowhere.
    """
    keys = change.keys
    if not all(keys):
        problems.add(change.place, f"{change.path!r} must be keys with dots between: grid.utility.energy_price")
        return document
    if _leads_nowhere(document.data, change, problems):
        return document
    place: Line = change.place if change.place is not None else 0
    lines: dict[At, Line] = {keys[:length]: place for length in range(1, len(keys) + 1)}
    lines |= dict.fromkeys(_paths(change.value, keys), place)
    lines |= {(*keys, *rest): line for rest, line in change.lines.items()}
    try:
        nested = _nested(document.data, keys, change.value, ())
    except LookupError as problem:
        problems.add(change.place, f"{change.path}: {problem.args[0]}")
        return document
    return merged(document, nested, lines, change.path, SWITCHED_OFF_BY_NULL, problems)


def _paths(value: Any, path: At) -> Iterator[At]:
    """Yield the path of every value in nested mappings."""
    for key, inner in value.items() if isinstance(value, Mapping) else ():
        yield (*path, str(key))
        yield from _paths(inner, (*path, str(key)))


def _leads_nowhere(data: Mapping[Any, Any], change: Change, problems: Problems) -> bool:
    """Report a path below an entry that the site does not have: a mistyped name would become a new component."""
    for section in NAMED:
        keys = change.keys
        if keys[: len(section)] != section or len(keys) < len(section) + 2:
            continue
        here: Any = data
        for key in section:
            here = here.get(key) if isinstance(here, Mapping) else None
        known = [str(name) for name, value in (here or {}).items() if value is not None]
        name = keys[len(section)]
        if name not in known:
            hint = nearest(name, known) or f" It has {', '.join(known) or 'none'}."
            problems.add(change.place, f"{change.path}: the site has no {name!r} in section {'.'.join(section)}.{hint}")
            return True
    return False


def _nested(base: Any, keys: At, value: Any, path: At) -> dict[Any, Any]:
    """Return the change as a mapping as nested as the file; what is replaced whole is copied with the change in it."""
    key = _key(base, keys[0])
    here = (*path, keys[0])
    before = base.get(key)
    if len(keys) == 1:
        return {key: value}
    if isinstance(before, list) or (isinstance(before, Mapping) and is_value(before, here)):
        return {key: _copied(before, keys[1:], value)}
    return {key: _nested(before if isinstance(before, Mapping) else {}, keys[1:], value, here)}


def _copied(base: Any, keys: At, value: Any) -> Any:
    """Return a list or a value that is a mapping, with one of its entries changed."""
    if not keys:
        return value
    if isinstance(base, list):
        if not keys[0].isdigit() or int(keys[0]) >= len(base):
            raise LookupError(f"must name an entry of the list by a number from 0 to {len(base) - 1}, got {keys[0]!r}")
        number = int(keys[0])
        return [*base[:number], _copied(base[number], keys[1:], value), *base[number + 1 :]]
    within = base if isinstance(base, Mapping) else {}
    key = _key(within, keys[0])
    return {**within, key: _copied(within.get(key), keys[1:], value)}


def _key(base: Mapping[Any, Any], text: str) -> Any:
    """Return the key of that text: dates are keys too."""
    return next((key for key in base if str(key) == text), text)
