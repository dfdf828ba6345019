"""A site under changes, as plain data: it can be read here or, with the files it needs, in another place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from gigasite.models.errors import SiteFileError

from .changing import Change, changed
from .checks import shortfalls
from .document import Document, Problems, overlaid
from .hourly_inputs import Sources
from .parts import SWITCHED_OFF_BY_NULL
from .reader import parsed, site_of
from .site import BASE, Site


@dataclass(frozen=True)
class Draft:
    """What a site is read from: plain data that can travel.

    Parameters
    ----------
    path : Path
        The site file.
    shown : str
        What messages call it.
    document : Document
        Its content under a scenario and changes.
    scenario : str
        What results call these.
    note : str
        What they are about.
    files : mapping of Path to bytes
        Content of every file that is read, the site file included.
    """

    path: Path
    shown: str
    document: Document
    scenario: str
    note: str = ""
    files: Mapping[Path, bytes] = field(default_factory=dict, repr=False)


class SiteFile:
    """A site file that is parsed once and read under many changes.

    Parameters
    ----------
    path_or_name : str or Path
        A site file, or the name of a shipped site.

    Raises
    ------
    SiteFileError
        If the file cannot be read.
    """

    def __init__(self, path_or_name: str | Path) -> None:
        found = parsed(path_or_name)
        self.path, self.shown, self._document, self.scenarios = found.path, found.shown, found.document, found.scenarios
        self._sources = Sources(self.path.parent)
        self._contents: dict[Path, bytes] = {}

    def draft(self, scenario: str, changes: Sequence[Change], *, name: str, problems: Problems) -> Draft:
        """Return the file under one of its scenarios and changes; paths that lead nowhere are reported."""
        if scenario == BASE:
            data = {key: value for key, value in self._document.data.items() if key != "scenarios"}
            document = Document(data, self._document.lines)
        else:
            document = overlaid(self._document, scenario, SWITCHED_OFF_BY_NULL, problems)
        for change in changes:
            document = changed(document, change, problems)
        told = "; ".join(f"{change.path}: {_text(change.value)}" for change in changes)
        note = ". ".join(part for part in (self.scenarios.get(scenario, "").rstrip("."), told) if part)
        return Draft(self.path, self.shown, document, name, note)

    def read(self, draft: Draft, problems: Problems) -> Site | None:
        """Return the checked site of a draft, or None after reporting what is wrong with it."""
        return site_of(
            draft.document,
            path=self.path,
            scenario=draft.scenario,
            notes={**self.scenarios, draft.scenario: draft.note},
            problems=problems,
            sources=self._sources,
        )

    def packed(self, draft: Draft, site: Site) -> Draft:
        """Return a draft with every file that its site was read from."""
        for path in site.inputs:
            if path not in self._contents:
                self._contents[path] = path.read_bytes()
        return replace(draft, files={path: self._contents[path] for path in site.inputs})


def unpacked(draft: Draft, folder: Path) -> Site:
    """Return the site of a packed draft, wherever this is.

    Parameters
    ----------
    draft : Draft
        From `SiteFile.packed`.
    folder : Path
        Where its files are put; those that are there already stay.

    Raises
    ------
    SiteFileError
        If the draft is wrong.
    InfeasibleError
        If the site asks for more than its limits allow, as far as arithmetic without a solver shows.
    """
    copies = {path: _copy(path, content, folder) for path, content in draft.files.items()}
    problems = Problems(draft.shown)
    sources = Sources(draft.path.parent, copies=copies)
    notes = {draft.scenario: draft.note}
    site = site_of(
        draft.document, path=draft.path, scenario=draft.scenario, notes=notes, problems=problems, sources=sources
    )
    problems.raise_if_any()
    if site is None:
        raise SiteFileError(f"{draft.shown}: cannot be read.")
    shortfalls(site, draft.shown)
    if site.climate.file is None:
        return site
    file = copies[site.folder / site.climate.file]
    return replace(site, climate=site.climate.model_copy(update={"file": file}))


def fingerprint(site: Site) -> str:
    """Return the sha256 of all that decides a plan: resolved inputs, the files they name, the program's version.

    The place of the files, comments and the names of scenarios do not count.
    """
    inside = str(site.folder)
    resolved = json.dumps(_plain(site.resolved), sort_keys=True).replace(json.dumps(inside)[1:-1], "")
    files = sorted([*site.inputs.values()][1:])  # the first is the site file, which the resolved inputs stand for
    whole = json.dumps([metadata.version("gigasite"), resolved, files])
    return hashlib.sha256(whole.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return data whose keys are text, as JSON has them."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def _text(value: Any) -> str:
    return (
        "removed" if value is None else json.dumps(_plain(value)) if isinstance(value, Mapping | list) else str(value)
    )


def _copy(path: Path, content: bytes, folder: Path) -> Path:
    """Write a file under its own name in a folder named by its content."""
    place = folder / hashlib.sha256(content).hexdigest()[:16] / path.name
    if not place.is_file():
        place.parent.mkdir(parents=True, exist_ok=True)
        partial = place.with_name(f"{place.name}.partial")
        partial.write_bytes(content)
        partial.replace(place)
    return place
