"""The language of a report: English is what the code says; the table says the rest.

Every fixed sentence stands in the code once, in English, inside `say`; ``words_zh.csv`` holds its Chinese. What a user,
a solver or the catalogue wrote (names, warnings, sources) is quoted as it stands.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

Language = Literal["en", "zh"]

_spoken: ContextVar[Language] = ContextVar("spoken", default="en")


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Write in a language inside this block."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def current() -> Language:
    """Return the language in which reports are written here."""
    return _spoken.get()


def say(english: str, **parts: object) -> str:
    """Return a fixed sentence in the language spoken here, its named parts filled in.

    Parameters
    ----------
    english : str
        As it stands in the table; parts in braces.
    **parts : object
        What stands for them.

    Raises
    ------
    KeyError
        If the table lacks the sentence; a test finds those.
    """
    text = english if current() == "en" else words(current())[english]
    return text.format(**parts) if parts else text


def word(english: str) -> str:
    """Return a name or unit in the language spoken here where the table has it, else as it is."""
    return english if current() == "en" else words(current()).get(english, english)


def listed(parts: list[str]) -> str:
    """Return parts as a list inside a sentence."""
    return say(", ").join(parts)


@cache
def words(language: Language) -> Mapping[str, str]:
    """Return the table of a language, by the English."""
    text = resources.files("gigasite.reports").joinpath(f"words_{language}.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["english"]: row["translated"] for row in csv.DictReader(text.splitlines())})
