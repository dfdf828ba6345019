"""The checks of `gigasite check` on text that is not a file yet: line, place, rule, value, remedy of each problem."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path

from gigasite import sites
from gigasite.models.errors import InfeasibleError, PlanError
from gigasite.sites.document import Problems, parse

from .folder import Folder
from .references import MOST_VALUES, data_files, values

BASE = "base"
LONGEST = 1 << 20
"""Bytes of a site file."""

_PLACE = re.compile(r"(?!is not valid)(?P<place>[^:.?]{1,80}): (?P<rest>.+)", re.DOTALL)
_GOT = re.compile(
    r"(?P<rule>.+?), got (?P<value>'[^']*'|\"[^\"]*\"|\S+?(?: [^.?]*?)?)(?:[.?](?: |$)|$)(?P<rest>.*)", re.DOTALL
)
_SENTENCE = re.compile(r"(?P<rule>.+?[.?])(?: (?P<rest>.*))?", re.DOTALL)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a site file.

    Parameters
    ----------
    line : int or None
        Counted from 1; None where the file as a whole is meant.
    place, rule, value, remedy : str
        Where in words, what must hold, what stands there, what helps; empty where the sentence does not say.
    """

    line: int | None
    place: str
    rule: str
    value: str
    remedy: str


@dataclass(frozen=True)
class Verdict:
    """What the checks say.

    Parameters
    ----------
    problems : tuple of Problem
        Nothing can be solved as long as there are any.
    warnings : tuple of str
        What may be meant, but is worth a second look.
    scenarios : mapping of str to str
        Names and notes, as far as they can be read.
    name : str
        Of the site; empty where it cannot be read.
    data_files : tuple of Path
        Files of the page that the site file names.
    """

    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    scenarios: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    data_files: tuple[Path, ...] = ()

    @property
    def right(self) -> bool:
        """Whether it can be solved."""
        return not self.problems


def check(text: str, scenarios: Sequence[str], folder: Folder) -> Verdict:
    """Check the text of a site file.

    Parameters
    ----------
    text : str
    scenarios : sequence of str
        Those whose limits are weighed against their demand; every scenario is read.
    folder : Folder
        Data files are looked for in its folder of files, and nowhere outside of it.
    """
    if len(text.encode()) > LONGEST:
        return _refused(f"the file is larger than {LONGEST >> 20} MB. Move long tables to data files.")
    file = folder.files / f".check-{secrets.token_hex(6)}.yaml"
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
        return _check(text, scenarios, folder, file)
    except PlanError as error:
        return Verdict(tuple(taken_apart(each, str(file)) for each in error.problems))
    finally:
        file.unlink(missing_ok=True)


def _check(text: str, scenarios: Sequence[str], folder: Folder, file: Path) -> Verdict:
    if values(text) > MOST_VALUES:
        return _refused(f"its aliases stand for more than {MOST_VALUES:,} values. Write fewer aliases.")
    problems = Problems(str(file))
    named = data_files(parse(text, problems), folder, problems)
    problems.raise_if_any()
    notes = sites.scenarios(file)
    wrong: dict[Problem, None] = {}
    warnings: dict[str, None] = {}
    name = ""
    for scenario in scenarios:
        try:
            site = sites.read(file, scenario)
        except InfeasibleError as error:
            apart = [taken_apart(each, str(file)) for each in error.problems]
            where = "" if scenario == BASE else f"scenario '{scenario}'"
            wrong |= dict.fromkeys(replace(each, place=", ".join(filter(None, (where, each.place)))) for each in apart)
        except PlanError as error:
            wrong |= dict.fromkeys(taken_apart(each, str(file)) for each in error.problems)
        else:
            name, warnings = site.name, warnings | dict.fromkeys(map(str, site.warnings))
    return Verdict(tuple(wrong), tuple(warnings), notes, name, named)


def taken_apart(sentence: str, file: str) -> Problem:
    """Return a sentence of the reader in its parts.

    Parameters
    ----------
    sentence : str
        Such as ``site.yaml:14 battery 'bess': power must be a quantity in MW, got '50 MWh'. Did you mean energy?``
    file : str
        What it calls the file.
    """
    line, rest = None, sentence
    if sentence.startswith(file):
        number, _, rest = sentence.removeprefix(file).removeprefix(":").partition(" ")
        line = int(number) if number.isdigit() else None
    rest = rest.replace(file, "the site file").strip()
    placed = _PLACE.fullmatch(rest)
    place, rest = (placed["place"], placed["rest"]) if placed else ("", rest)
    got = _GOT.fullmatch(rest)
    if got is not None:
        return Problem(line, place, got["rule"], got["value"], got["rest"].strip())
    first = _SENTENCE.fullmatch(rest)
    if first is None:
        return Problem(line, place, rest, "", "")
    return Problem(line, place, first["rule"], "", first["rest"] or "")


def _refused(sentence: str) -> Verdict:
    rule, _, remedy = sentence.partition(". ")
    return Verdict((Problem(None, "", f"{rule}.", "", remedy),))


def shipped_text(name: str) -> str | None:
    """Return the text of a site that comes with the program; None if there is no such site."""
    if name not in sites.shipped():
        return None
    return (resources.files("gigasite.sites") / f"{name}.yaml").read_text(encoding="utf-8")


def starter_text() -> str:
    """Return the commented file that `gigasite init` writes."""
    return sites.starter("My site")
