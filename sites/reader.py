"""Read a site file: YAML, scenario, components, checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from gigasite.climate import ClimateSection
from gigasite.models.component import Component, Frozen
from gigasite.models.errors import SiteFileError

from .checks import contradictions, shortfalls
from .document import Document, Problems, overlaid, pruned, read_document
from .hourly_inputs import FileInput, ProfileInput, Sources, TariffInput, WindowInput, hourly_values
from .parts import KINDS, SWITCHED_OFF_BY_NULL, Part, parts_of, sections_of
from .resolving import resolved
from .sections import Goal, Location, Money, Phases, Settings
from .sentences import Loc, field_text, hourly_unit, inner_model, is_size, nearest, sentences
from .site import BASE, Site

STARTER = "starter"
M = TypeVar("M", bound=BaseModel)
_FORMS: dict[str, type[Frozen]] = {
    "file": FileInput,
    "profile": ProfileInput,
    "tariff": TariffInput,
    "windows": WindowInput,
}


def shipped() -> tuple[str, ...]:
    """Return the names of the sites that come with the program, sorted."""
    files = (Path(str(each)) for each in resources.files("gigasite.sites").iterdir())
    return tuple(sorted(file.stem for file in files if file.suffix == ".yaml" and file.stem != STARTER))


def read(path_or_name: str | Path, scenario: str | None = None) -> Site:
    """Read a site file and return it checked, with one scenario applied.

    Parameters
    ----------
    path_or_name : str or Path
        A site file, or the name of a shipped site such as ``"abu_dhabi"``.
    scenario : str, optional
        Name of a scenario of the file; the file as it stands where left out or ``"base"``.

    Raises
    ------
    SiteFileError
        If the file, one of its scenarios or a file it names is wrong; all problems at once, each with its line.
    InfeasibleError
        If the site asks for more than its limits allow, as far as arithmetic without a solver shows.
    """
    path, shown = locate(path_or_name)
    problems = Problems(shown)
    document = read_document(path, problems)
    notes = scenario_notes(document, problems)
    if scenario not in (None, BASE, *notes):
        known = f" Scenarios: {', '.join((BASE, *notes))}."
        raise SiteFileError(f"{shown}: has no scenario {scenario!r}.{nearest(str(scenario), notes) or known}")
    sources = Sources(path.parent)
    found: dict[str, Site | None] = {}
    for name in (BASE, *notes):
        applied = document if name == BASE else overlaid(document, name, SWITCHED_OFF_BY_NULL, problems)
        of_scenario = Problems(shown)
        found[name] = site_of(applied, path=path, scenario=name, notes=notes, problems=of_scenario, sources=sources)
        problems.found |= of_scenario.found
    problems.raise_if_any()
    site = found[scenario or BASE]
    if site is None:
        raise SiteFileError(f"{shown}: cannot be read.")
    shortfalls(site, shown)
    return site


def scenarios(path_or_name: str | Path) -> dict[str, str]:
    """Return the scenarios of a site file with their notes, in the order of the file.

    Parameters
    ----------
    path_or_name : str or Path
        A site file, or the name of a shipped site.

    Raises
    ------
    SiteFileError
        If the file cannot be read.
    """
    return parsed(path_or_name).scenarios


@dataclass(frozen=True)
class Parsed:
    """A site file before anything in it is checked.

    Parameters
    ----------
    path : Path
    shown : str
        What messages call it.
    document : Document
    scenarios : mapping
        Notes of its scenarios, by name.
    """

    path: Path
    shown: str
    document: Document
    scenarios: dict[str, str]


def parsed(path_or_name: str | Path) -> Parsed:
    """Return a site file, or a shipped site, as it is written.

    Raises
    ------
    SiteFileError
        If the file cannot be read.
    """
    path, shown = locate(path_or_name)
    problems = Problems(shown)
    document = read_document(path, problems)
    notes = scenario_notes(document, problems)
    problems.raise_if_any()
    return Parsed(path, shown, document, notes)


def site_of(
    document: Document, *, path: Path, scenario: str, notes: Mapping[str, str], problems: Problems, sources: Sources
) -> Site | None:
    """Return the checked site of a file with a scenario applied, or None after reporting what is wrong.

    Parameters
    ----------
    document : Document
        The content, changes applied.
    path : Path
        The site file.
    scenario : str
        What results call the changes.
    notes : mapping
        Scenarios of the file with their notes.
    problems : Problems
        Receives what is wrong.
    sources : Sources
        Reads the files that the site names.
    """
    return _Reading(path, document, problems, sources).site(scenario, notes)


def locate(path_or_name: str | Path) -> tuple[Path, str]:
    """Return the file and what messages call it."""
    path = Path(path_or_name)
    if path.is_dir():
        raise SiteFileError(f"{path}: is a folder. Name a site file in it.")
    if path.is_file():
        return path.resolve(), str(path)
    name = str(path_or_name)
    if name in shipped():
        return Path(str(resources.files("gigasite.sites") / f"{name}.yaml")), f"{name}.yaml"
    known = f" Shipped sites: {', '.join(shipped())}."
    raise SiteFileError(f"{name}: there is no such site file.{nearest(path.stem, shipped()) or known}")


def scenario_notes(document: Document, problems: Problems) -> dict[str, str]:
    """Return name and note of each scenario that is a mapping."""
    section = document.data.get("scenarios") or {}
    if not isinstance(section, Mapping):
        problems.add(document.line(("scenarios",)), "scenarios: must be a mapping of names to changes")
        return {}
    notes = {}
    for key, changes in section.items():
        line = document.line(("scenarios", key))
        if key == BASE:
            problems.add(line, f"scenario '{BASE}': the name stands for the file without changes. Rename it")
        elif not isinstance(changes, Mapping | None):
            problems.add(line, f"scenario '{key}': must be a mapping of changes, got {changes!r}")
        else:
            unknown = [each for each in changes or {} if each == "scenarios"]
            for each in unknown:
                problems.add(document.line(("scenarios", key, each)), f"scenario '{key}': scenarios do not nest")
            notes[str(key)] = str((changes or {}).get("note", ""))
    return notes


@dataclass
class _Reading:
    """One scenario of one file, on its way to a site."""

    path: Path
    document: Document
    problems: Problems
    sources: Sources

    def site(self, scenario: str, notes: Mapping[str, str]) -> Site | None:
        """Return the site, or None if a problem was found."""
        self.sources.begin(self.path)
        data = pruned({k: v for k, v in self.document.data.items() if k != "scenarios"}, SWITCHED_OFF_BY_NULL)
        document = Document(data, self.document.lines)
        sections = sections_of(document, self.problems)
        location = self.section(Location, "site", sections)
        climate = self.section(ClimateSection, "climate", sections)
        phases = self.section(Phases, "phases", sections)
        money, settings = self.section(Money, "money", sections), self.section(Settings, "solve", sections)
        goal = self.goal(sections.get("compute", {}))
        self.sources.first_weekday = location.first_weekday if location else "monday"
        if climate is not None and climate.file is not None:
            self.climate_file(self.path.parent / climate.file)
        parts = parts_of(sections, document, self.problems)
        components = [self.component(part) for part in parts]
        complete = [each for each in components if each is not None]
        if phases is not None and money is not None and len(complete) == len(parts):
            place = location.place() if location is not None else None
            for at, sentence in contradictions(parts, complete, phases, goal, place):
                self.problems.add(document.line(at), sentence)
        if self.problems.found or not (location and climate and phases and money and settings):
            return None
        return Site(
            name=location.name,
            key=self.path.stem,
            scenario=scenario,
            place=location.place(),
            climate=climate,
            folder=self.path.parent,
            decision=phases.decision,
            starts=phases.starts,
            end=phases.end,
            components=tuple(complete),
            goal=goal,
            money=money,
            settings=settings,
            resolved=resolved(sections, parts, self.path.parent),
            scenarios=dict(notes),
            inputs=dict(self.sources.inputs),
            note=notes.get(scenario, "") or location.note,
            parts=tuple(parts),
            given=sections,
        )

    def section(self, model: type[M], name: str, sections: Mapping[str, Any]) -> M | None:
        """Return a plain section, or None after reporting what is wrong with it."""
        data = sections.get(name, {} if name in ("money", "solve") else None)
        if data is None:
            return None
        try:
            return model.model_validate(data)
        except ValidationError as problem:
            for loc, sentence in sentences(problem, model, data):
                self.problems.add(self.document.line((name, *loc)), f"{name}: {sentence}")
            return None

    def goal(self, section: Mapping[str, Any]) -> Goal:
        goal: Goal = section.get("goal", "least_cost")
        if goal not in get_args(Goal):
            known = " or ".join(get_args(Goal))
            hint = nearest(str(goal), get_args(Goal))
            self.problems.add(
                self.document.line(("compute", "goal")), f"compute: goal must be {known}, got {goal!r}.{hint}"
            )
        return goal

    def climate_file(self, path: Path) -> None:
        line = self.document.line(("climate", "file"))
        if self.sources.place(path).is_file():
            self.sources.note(path)
        else:
            self.problems.add(line, f"climate: file {path} does not exist. Paths start at the folder of the site file")

    def component(self, part: Part) -> Component | None:
        """Return a component, or None after reporting what is wrong with it."""
        model = KINDS[part.kind]
        failed: list[Loc] = []
        data = self.prepared(part, model, part.given, (), failed)
        technology = model.model_fields.get("technology")
        if technology is not None and technology.is_required() and not part.data.get("technology"):
            self.report(part, (), "technology is missing. Name a row of the catalogue; `gigasite catalogue` lists them")
            return None
        try:
            made = model.model_validate(data)
        except ValidationError as problem:
            for loc, sentence in sentences(problem, model, part.given):
                if not any(_within(loc, bad) for bad in failed) and loc != ("name",):
                    self.report(part, loc, _renamed(sentence, loc, part))
            return None
        return None if failed else made

    def prepared(self, part: Part, model: type[BaseModel], data: Any, at: Loc, failed: list[Loc]) -> Any:
        """Return the data with files, profiles and tariffs read, and with plain sizes taken as fixed."""
        if not isinstance(data, Mapping):
            return data
        made = dict(data)
        for name, value in data.items():
            field = model.model_fields.get(str(name))
            here = (*at, name)
            if field is None:
                continue
            unit, inner = hourly_unit(field), inner_model(field.annotation)
            if unit is not None and isinstance(value, Mapping):
                made[name] = self.hourly(part, value, unit, here, failed)
            elif is_size(field.annotation) and not _names_limits(value):
                made[name] = {"fixed": value}
            elif inner is not None and isinstance(value, list):
                made[name] = [self.prepared(part, inner, each, (*here, i), failed) for i, each in enumerate(value)]
            elif inner is not None:
                made[name] = self.prepared(part, inner, value, here, failed)
        return made

    def hourly(self, part: Part, value: Mapping[str, Any], unit: Any, at: Loc, failed: list[Loc]) -> Any:
        try:
            return hourly_values(value, unit, self.sources)
        except ValidationError as problem:
            form = _FORMS[next(form for form in _FORMS if form in value)]
            for loc, sentence in sentences(problem, form, value):
                self.report(part, (*at, *loc), f"{part.label(at)}: {sentence}")
        except ValueError as problem:
            text = str(problem)
            text = f"must be {text.removeprefix('expected ')}" if text.startswith("expected ") else text
            self.report(
                part, at, f"{part.label(at)} {text}" if text.startswith("must") else f"{part.label(at)}: {text}"
            )
        failed.append(at)
        return None

    def report(self, part: Part, loc: Loc, sentence: str) -> None:
        self.problems.add(self.document.line(part.where(loc)), f"{part.head}: {sentence}")


def _renamed(sentence: str, loc: Loc, part: Part) -> str:
    """Name a field as the file does, where that differs from the class."""
    name = field_text(loc)
    label = part.label(loc)
    return sentence if not name or name == label else sentence.replace(name, label, 1)


def _within(loc: Loc, failed: Loc) -> bool:
    """Return whether a place lies in one that could not be read, or is a record around it, which then lacks a field."""
    return loc[: len(failed)] == failed or bool(loc and failed[: len(loc)] == loc)


def _names_limits(value: Any) -> bool:
    return isinstance(value, Mapping) and (not value or any(isinstance(key, str) for key in value))
