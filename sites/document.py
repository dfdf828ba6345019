"""YAML with line numbers: plain data, and the line on which each value stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gigasite.models.errors import SiteFileError

At = tuple[str, ...]
Line = int | str
"""Line of the file itself, or a place in another one: ``plan.yaml:12``."""


@dataclass
class Problems:
    """Gathers what is wrong with a file, to be raised once.

    Parameters
    ----------
    file : str
        Name of the file, as the user gave it.
    """

    file: str
    found: dict[str, None] = field(default_factory=dict)

    def add(self, line: Line | None, sentence: str) -> None:
        """Add one sentence about a line of the file, or about a place in another one."""
        place = line if isinstance(line, str) else self.file if line is None else f"{self.file}:{line}"
        self.found[f"{place} {sentence if sentence.endswith(('.', '?')) else sentence + '.'}"] = None

    def raise_if_any(self) -> None:
        """Raise what was found, in the order of the lines.

        Raises
        ------
        SiteFileError
            If anything was found.
        """
        if self.found:
            raise SiteFileError(sorted(self.found, key=_line))


def _line(sentence: str) -> int:
    number = sentence.split(" ", 1)[0].rpartition(":")[2]
    return int(number) if number.isdigit() else 0


@dataclass(frozen=True)
class Document:
    """A file as plain data.

    Parameters
    ----------
    data : dict
        Mappings, lists and scalars.
    lines : dict
        Line, counted from 1, of every value, by the texts of the keys that lead to it; a place in another file where
        the value comes from there.
    """

    data: dict[Any, Any]
    lines: Mapping[At, Line]

    def line(self, path: tuple[Any, ...]) -> Line | None:
        """Return the line of a value, or of the nearest mapping around it."""
        texts = tuple(str(key) for key in path)
        for length in range(len(texts), 0, -1):
            if texts[:length] in self.lines:
                return self.lines[texts[:length]]
        return None


def read_document(path: Path, problems: Problems) -> Document:
    """Read a YAML file.

    Parameters
    ----------
    path : Path
        File to read.
    problems : Problems
        Receives repeated keys.

    Raises
    ------
    SiteFileError
        If the file cannot be read or is no YAML mapping.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise SiteFileError(f"{problems.file}: cannot be read: {problem.strerror}. Check the path.") from problem
    except UnicodeDecodeError as problem:
        raise SiteFileError(f"{problems.file}: is not UTF-8 text. Save it as UTF-8.") from problem
    return parse(text, problems)


def parse(text: str, problems: Problems) -> Document:
    """Return YAML text as a document; see `read_document`."""
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark is not None else 1
        raise SiteFileError(
            f"{problems.file}:{line} is not valid YAML: {problem.problem or problem.context}."
            " Check indentation, quotes and brackets."
        ) from problem
    except YAMLError as problem:
        raise SiteFileError(f"{problems.file}: is not valid YAML: {problem}") from problem
    if not isinstance(root, MappingNode):
        raise SiteFileError(f"{problems.file}: must be a mapping of sections such as site:, climate: and phases:.")
    plain = _Plain(YAML(typ="safe", pure=True).constructor, problems)
    return Document(plain.value(root, ()), plain.lines)


class _Plain:
    """Turns YAML nodes into plain data and keeps their lines."""

    def __init__(self, constructor: Any, problems: Problems) -> None:
        self.constructor, self.problems = constructor, problems
        self.lines: dict[At, int] = {}
        self._open: list[Node] = []

    def value(self, node: Node, path: At) -> Any:
        if any(node is outer for outer in self._open):
            self.problems.add(node.start_mark.line + 1, f"{'.'.join(path)} contains itself. Remove the alias")
            return None
        self._open.append(node)
        try:
            return self._value(node, path)
        finally:
            self._open.pop()

    def _value(self, node: Node, path: At) -> Any:
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self._placed(each, each.start_mark.line, (*path, str(i))) for i, each in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: MappingNode, path: At) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line
            if not isinstance(key_node, ScalarNode):
                self.problems.add(line + 1, f"{'.'.join(path)}: a key must be a plain word or a date")
                continue
            key = self._scalar(key_node)
            here = (*path, str(key))
            if key in found:
                first = self.lines[here]
                self.problems.add(
                    line + 1, f"key {str(key)!r} is repeated; it stands on line {first} already. Remove one of them"
                )
                continue
            found[key] = self._placed(value_node, line, here)
        return found

    def _placed(self, node: Node, line: int, path: At) -> Any:
        self.lines[path] = line + 1
        return self.value(node, path)

    def _scalar(self, node: Node) -> Any:
        try:
            return self.constructor.construct_object(node)
        except (YAMLError, ValueError) as problem:
            self.problems.add(node.start_mark.line + 1, f"{node.value!r} cannot be read: {problem}".split("\n")[0])
            return None


def overlaid(document: Document, name: str, kept: frozenset[At], problems: Problems) -> Document:
    """Return a document with one of its scenarios applied.

    Mappings merge, null removes, everything else replaces. A mapping whose keys are dates is a value and is replaced
    whole, and so is a mapping that names a file, a profile or a tariff.

    Parameters
    ----------
    document : Document
        The whole file.
    name : str
        Name of the scenario.
    kept : frozenset
        Paths that null may remove although the file does not give them, because the reader adds them.
    problems : Problems
        Receives removals of what is not there.
    """
    plain = Document({key: value for key, value in document.data.items() if key != "scenarios"}, document.lines)
    changes = {key: value for key, value in (document.data["scenarios"][name] or {}).items() if key != "note"}
    return merged(plain, changes, below(document.lines, ("scenarios", name)), f"scenario '{name}'", kept, problems)


def merged(
    document: Document,
    changes: Mapping[Any, Any],
    lines: Mapping[At, Line],
    head: str,
    kept: frozenset[At],
    problems: Problems,
) -> Document:
    """Return a document with changes laid over it as `overlaid` says.

    Parameters
    ----------
    changes : mapping
        As nested as the document.
    lines : mapping
        Where each of the changes stands, by its path in the document.
    head : str
        What sentences call the changes.
    """
    merge = _Merge(document.lines, lines, head, kept, problems)
    return Document(merge.mapping(document.data, changes, ()), merge.lines)


def below(lines: Mapping[At, Line], path: At) -> dict[At, Line]:
    """Return the lines of what lies below a path, by the rest of their paths."""
    return {other[len(path) :]: line for other, line in lines.items() if other[: len(path)] == path}


class _Merge:
    """Lays changes over a document, with their lines."""

    def __init__(
        self,
        lines: Mapping[At, Line],
        given: Mapping[At, Line],
        head: str,
        kept: frozenset[At],
        problems: Problems,
    ) -> None:
        self.given, self.head, self.kept, self.problems = given, head, kept, problems
        self.lines = dict(lines)

    def mapping(self, base: Mapping[Any, Any], changes: Mapping[Any, Any], path: At) -> dict[Any, Any]:
        made = dict(base)
        for key, change in changes.items():
            here = (*path, str(key))
            line = self.given[here]
            before = made.get(key)
            if change is None:
                if before is None and here not in self.kept:
                    self.problems.add(line, f"{self.head}: removes {'.'.join(here)}, which the site does not have")
                self._forget(here)
                made[key], self.lines[here] = None, line
            elif isinstance(change, Mapping) and isinstance(before, Mapping) and not is_value(change, here):
                made[key] = self.mapping(before, change, here)
            else:
                self._forget(here)
                self.lines |= {other: line for other, line in self.given.items() if other[: len(here)] == here}
                made[key] = change
        return made

    def _forget(self, path: At) -> None:
        for other in [other for other in self.lines if other[: len(path)] == path]:
            del self.lines[other]


def is_value(change: Mapping[Any, Any], path: At) -> bool:
    """Return whether a mapping is one value, which a change replaces whole."""
    dated = bool(change) and all(isinstance(key, date) for key in change)
    return dated or (path[0] != "climate" and any(key in change for key in ("file", "profile", "tariff")))


def pruned(data: Any, kept: frozenset[At], path: At = ()) -> Any:
    """Return data without its nulls; those at the ``kept`` paths stay, for they switch a default off."""
    if isinstance(data, Mapping):
        return {
            key: pruned(value, kept, (*path, str(key)))
            for key, value in data.items()
            if value is not None or (*path, str(key)) in kept
        }
    return data
