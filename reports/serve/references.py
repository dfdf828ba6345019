"""What a site file refers to: data files, and its own aliases. Looked at before anything is read or written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from gigasite.sites.document import Document, Problems

from .folder import Folder

MOST_VALUES = 200_000
"""Values that a site file may hold with its aliases written out; each level of aliases may multiply them."""


def values(text: str) -> int:
    """Return how many values a file holds once every alias is replaced by what it stands for, without doing so."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except YAMLError:
        return 0  # the reader says what is wrong, with its line
    except RecursionError:
        return MOST_VALUES + 1
    counted: dict[int, int] = {}

    def count(node: Node) -> int:
        if id(node) not in counted:
            counted[id(node)] = 1  # a node that contains itself counts once; the reader refuses it
            counted[id(node)] = 1 + sum(count(each) for each in _inside(node))
        return counted[id(node)]

    try:
        return count(root) if root is not None else 0
    except RecursionError:
        return MOST_VALUES + 1


def _inside(node: Node) -> Sequence[Node]:
    if isinstance(node, MappingNode):
        return [each for pair in node.value for each in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def data_files(document: Document, folder: Folder, problems: Problems) -> tuple[Path, ...]:
    """Return the files of the page that a site file names; whatever lies outside of the folder of runs is a problem."""
    found: dict[Path, None] = {}
    for path, name in _named(document.data, ()):
        place = (folder.files / name).resolve()
        if not place.is_relative_to(folder.place):
            problems.add(
                document.line(path),
                f"{path[0]}: file must be one of the data files of this page, got {name!r}. "
                "Add the file below the text, and write its plain name",
            )
        elif place.parent == folder.files and place.is_file():
            found[place] = None
        elif not place.is_file():
            problems.add(
                document.line(path),
                f"{path[0]}: file must be one of the data files of this page, got {name!r}, which is not there. "
                "Add the file below the text",
            )
    return tuple(found)


def _named(data: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every entry called ``file``, with the keys that lead to it."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            here = (*path, str(key))
            if key == "file" and isinstance(value, str):
                yield here, value
            else:
                yield from _named(value, here)
    elif isinstance(data, list):
        for number, each in enumerate(data):
            yield from _named(each, (*path, str(number)))
