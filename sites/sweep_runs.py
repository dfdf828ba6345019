"""The runs of a sweep: every site, scenario and change of a plan, each with the key by which it is known again."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gigasite.models.errors import SiteFileError

from .changing import Change
from .document import Problems
from .drafts import Draft, SiteFile, fingerprint
from .reader import shipped
from .sentences import nearest
from .site import BASE, Site
from .sweep_plan import ALL, UNCHANGED, Checked, read_plan, scaled

LONGEST = 100
"""Characters of a name that becomes a folder."""


@dataclass(frozen=True)
class SweepRun:
    """One run of a sweep.

    Parameters
    ----------
    name : str
        ``SITE/SCENARIO/CHANGE``, also its folder.
    kind : {"unchanged", "changes", "grid", "sensitivity", "epsilon"}
        The section of the plan that asks for it.
    changes : mapping of str to any
        What it changes, by dotted path, without the changes that hold in every run.
    draft : Draft
        What its site is read from.
    key : str
        sha256 of its resolved inputs and the version of the program.
    """

    name: str
    kind: str
    changes: Mapping[str, Any]
    draft: Draft
    key: str

    @property
    def site(self) -> str:
        """Name of the site."""
        return self.name.split("/")[0]

    @property
    def scenario(self) -> str:
        """Name of the scenario of the site file."""
        return self.name.split("/")[1]


@dataclass(frozen=True)
class Variant:
    """Changes that are tried on every site and scenario."""

    name: str
    kind: str
    changes: tuple[Change, ...]


def runs(plan_file: Path) -> tuple[str, list[SweepRun]]:
    """Return the title of a plan and everything it asks for, in its order.

    Every site is read under every change, so that what is wrong is told before anything is solved.

    Parameters
    ----------
    plan_file : Path
        The plan of a sweep.

    Raises
    ------
    SiteFileError
        If the plan, a site file or a change is wrong; all problems at once, each with file and line.
    """
    checked = read_plan(plan_file)
    found: list[SweepRun] = []
    files = _files(checked)
    checked.problems.raise_if_any()
    always = tuple(checked.change(path, value, ("always", path)) for path, value in checked.plan.always.items())
    for file in files:
        for scenario in _scenarios(checked, file):
            found += _of_scenario(checked, file, scenario, always)
    checked.problems.raise_if_any()
    return checked.plan.title or plan_file.stem, found


def _files(checked: Checked) -> list[SiteFile]:
    found: dict[str, SiteFile] = {}
    for number, text in enumerate(checked.plan.sites):
        place = checked.place(("sites", number))
        beside = checked.path.parent / text
        if not beside.is_file() and text not in shipped():
            hint = nearest(Path(text).stem, shipped()) or f" Shipped sites: {', '.join(shipped())}."
            checked.problems.add(place, f"sites: there is no site file {str(beside)!r}.{hint}")
            continue
        try:
            file = SiteFile(beside if beside.is_file() else text)
        except SiteFileError as error:
            checked.problems.found |= dict.fromkeys(error.problems)
            continue
        if file.path.stem in found:
            checked.problems.add(place, f"sites: {file.path.stem!r} is there twice. Rename a file, or name it once")
        found[file.path.stem] = file
    return list(found.values())


def _scenarios(checked: Checked, file: SiteFile) -> list[str]:
    known = [BASE, *file.scenarios]
    if checked.plan.scenarios == ALL:
        return known
    asked = list(dict.fromkeys(checked.plan.scenarios))
    for number, name in enumerate(asked):
        if name not in known:
            hint = nearest(name, known) or f" It has {', '.join(known)}."
            sentence = f"scenarios: {file.path.name} has no scenario {name!r}.{hint}"
            checked.problems.add(checked.place(("scenarios", number)), sentence)
    return [name for name in asked if name in known]


def _of_scenario(checked: Checked, file: SiteFile, scenario: str, always: Sequence[Change]) -> Iterator[SweepRun]:
    """Yield the runs of one scenario of one site; what is wrong goes to the problems of the plan."""
    plain, _ = _read(checked, file, scenario, UNCHANGED, always)
    if plain is None:  # every run would repeat what is wrong without the changes
        return
    variants = [
        *([Variant(UNCHANGED, UNCHANGED, ())] if checked.plan.unchanged else []),
        *_listed(checked),
        *_combined(checked),
        *_sensitive(checked, plain),
        *_fronts(checked),
    ]
    taken: set[str] = set()
    for variant in variants:
        name = _free(variant.name, taken)
        site, draft = _read(checked, file, scenario, name, (*always, *variant.changes))
        if site is not None:
            values = {change.path: change.value for change in variant.changes}
            whole = f"{file.path.stem}/{scenario}/{name}"
            yield SweepRun(whole, variant.kind, values, file.packed(draft, site), fingerprint(site))


def _read(
    checked: Checked, file: SiteFile, scenario: str, variant: str, changes: Sequence[Change]
) -> tuple[Site | None, Draft]:
    problems = Problems(file.shown)
    label = scenario if variant == UNCHANGED else variant if scenario == BASE else f"{scenario}, {variant}"
    draft = file.draft(scenario, changes, name=label, problems=problems)
    site = None if problems.found else file.read(draft, problems)
    checked.problems.found |= problems.found
    return site, draft


def _listed(checked: Checked) -> Iterator[Variant]:
    for name, changes in checked.plan.changes.items():
        found = (checked.change(path, value, ("changes", name, path)) for path, value in changes.items())
        yield Variant(name, "changes", tuple(found))


def _combined(checked: Checked) -> Iterator[Variant]:
    grid = checked.plan.grid
    if not grid:
        return
    short = _short(list(grid))
    for numbers in itertools.product(*(range(len(values)) for values in grid.values())):
        chosen = dict(zip(grid, numbers, strict=True))
        changes = tuple(checked.change(path, grid[path][n], ("grid", path, n)) for path, n in chosen.items())
        words = [f"{short[change.path]}_{_word(change.value, chosen[change.path])}" for change in changes]
        yield Variant("-".join(words), "grid", changes)


def _sensitive(checked: Checked, site: Site) -> Iterator[Variant]:
    short = _short(list(checked.sensitivity))
    for path, ends in checked.sensitivity.items():
        at = ("sensitivity", path)
        values = {"low": ends.low, "high": ends.high}
        if ends.change is not None:
            present = _present(site, path)
            values = {"low": scaled(present, 1 - ends.change), "high": scaled(present, 1 + ends.change)}
            if values["low"] is None:
                sentence = f"sensitivity.{path}: the site states no plain quantity there, got {present!r}. "
                checked.problems.add(checked.place(at), sentence + "Give low and high")
                continue
        for end, value in values.items():
            where = (*at, end) if ends.change is None else at
            yield Variant(f"{short[path]}_{end}", "sensitivity", (checked.change(path, value, where),))


def _present(site: Site, path: str) -> Any:
    """Return what the resolved inputs hold at a path, or None."""
    here: Any = site.resolved
    for key in path.split("."):
        if isinstance(here, Mapping):
            here = next((value for each, value in here.items() if str(each) == key), None)
        elif isinstance(here, list) and key.isdigit() and int(key) < len(here):
            here = here[int(key)]
        else:
            return None
    return here


def _fronts(checked: Checked) -> Iterator[Variant]:
    short = _short(list(checked.epsilon))
    for path, front in checked.epsilon.items():
        for number, value in enumerate(front.values()):
            change = checked.change(path, value, ("epsilon", path))
            yield Variant(f"{short[path]}_{_word(value, number)}", "epsilon", (change,))


def _short(paths: Sequence[str]) -> dict[str, str]:
    """Return the fewest last keys by which each path differs from the others."""
    found = {}
    for path in paths:
        keys = path.split(".")
        for count in range(1, len(keys) + 1):
            end = keys[-count:]
            if sum(other.split(".")[-count:] == end for other in paths) == 1:
                break
        found[path] = "_".join(end)
    return found


def _word(value: Any, number: int) -> str:
    """Return a value as a word of a folder's name; a mapping or list by its number, counted from one."""
    if isinstance(value, Mapping | list):
        return str(number + 1)
    return re.sub(r"[^0-9A-Za-z.+-]+", "_", "none" if value is None else str(value)).strip("_.").lower() or "empty"


def _free(name: str, taken: set[str]) -> str:
    """Return a name for a folder that is short enough and not taken, and take it."""
    if len(name) > LONGEST:
        name = f"{name[: LONGEST - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    found = next(
        each for each in itertools.chain([name], (f"{name}_{n}" for n in itertools.count(2))) if each not in taken
    )
    taken.add(found)
    return found
