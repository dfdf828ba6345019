"""A site whose sizes are those of an earlier run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from pydantic import ValidationError

from gigasite.models.component import Component
from gigasite.models.cooling import CoolingSystem
from gigasite.models.errors import SiteFileError
from gigasite.models.investment import Candidate, Size, at
from gigasite.models.quantities import Unit
from gigasite.models.technologies.grid import Grid

from .checks import standing
from .parts import Part
from .resolving import resolved
from .site import Site

COLUMNS = ("phase", "component", "kind", "quantity", "value", "unit")
ByDate = dict[date, float]


def frozen(site: Site, capacities: pd.DataFrame) -> Site:
    """Return a site in which every size is fixed by date as in an earlier run.

    Parameters
    ----------
    site : Site
        The site, under any scenario.
    capacities : DataFrame
        As in ``capacities.csv``: columns ``phase`` (ISO date), ``component``, ``kind``, ``quantity``, ``value``,
        ``unit``.

    Returns
    -------
    Site
        Where the scenario allows less than the run built, for example because an offer comes later, the lesser size
        holds and ``warnings`` says so.

    Raises
    ------
    SiteFileError
        If phases, components or quantities do not match; all problems at once.
    """
    missing = [name for name in COLUMNS if name not in capacities.columns]
    if missing:
        raise SiteFileError(f"capacities: columns {', '.join(missing)} are missing. Give capacities.csv of a run.")
    problems = [*_phase_problems(site, capacities), *_component_problems(site, capacities)]
    if problems:
        raise SiteFileError(problems)
    warnings: list[str] = []
    components, parts = [], []
    for part in site.parts:
        component, part = _fixed(site, part, site.component(part.name), capacities, problems, warnings)
        components.append(component)
        parts.append(part)
    if problems:
        raise SiteFileError(problems)
    return replace(
        site,
        components=tuple(components),
        parts=tuple(parts),
        resolved=resolved(site.given, parts, site.folder),
        warnings=(*site.warnings, *warnings),
    )


def _phase_problems(site: Site, capacities: pd.DataFrame) -> list[str]:
    try:
        phases = {date.fromisoformat(str(name)) for name in capacities["phase"]}
    except ValueError as problem:
        return [f"capacities: a phase must be named by its ISO start date: {problem}."]
    remedy = "Give the run of a site file with the same phases"
    lacking = [str(day) for day in site.starts if day not in phases]
    outside = sorted(str(day) for day in phases if not site.starts[0] <= day < site.end)
    found = []
    if lacking:
        found.append(f"capacities: the site has a phase from {', '.join(lacking)}, which the run lacks. {remedy}.")
    if outside:
        inside = f"{site.starts[0]} to {site.end}"
        found.append(f"capacities: the run has a phase from {', '.join(outside)}, outside {inside}. {remedy}.")
    return found


def _component_problems(site: Site, capacities: pd.DataFrame) -> list[str]:
    found = []
    kinds = {each.name: each.kind for each in site.components}
    for (name, kind), rows in capacities.groupby(["component", "kind"], sort=False):
        built = pd.to_numeric(rows["value"], errors="coerce").max()
        if name not in kinds and not built <= 0:
            found.append(
                f"capacities: the run has {kind} '{name}', which the site lacks under scenario '{site.scenario}'."
                " Add it, or give another run."
            )
        elif name in kinds and kinds[name] != kind:
            found.append(f"capacities: '{name}' must be {kinds[name]} as in the site, got {kind}. Give another run.")
    sized = [each for each in site.components if isinstance(each, Candidate)]
    found += [
        f"capacities: the run has no size of {each.kind} '{each.name}'. Remove it from the site, or give another run."
        for each in sized
        if each.name not in set(capacities["component"])
    ]
    return found


def size_field(component: Component, quantity: str) -> str | None:
    """Return the field that holds the size of a quantity, or None."""
    if isinstance(component, CoolingSystem):
        plant = component.plants.get(quantity)
        return None if plant is None else plant.size
    for field in (quantity, "size"):
        if isinstance(getattr(component, field, None), Size) and (field != "size" or quantity == "power"):
            return field
    return None


def offer_number(component: Component, quantity: str) -> int | None:
    """Return which offer of a grid connection a quantity is, counted from zero, or None."""
    found = re.fullmatch(r"offer_(\d+)", quantity)
    if found is None or not isinstance(component, Grid) or int(found[1]) > len(component.offers):
        return None
    return int(found[1]) - 1


def _fixed(
    site: Site, part: Part, component: Component, capacities: pd.DataFrame, problems: list[str], warnings: list[str]
) -> tuple[Component, Part]:
    """Return a component and its description with the sizes of the run."""
    if not isinstance(component, Candidate):
        return component, part
    data, made = dict(part.data), component
    connected: list[ByDate] = []
    of_component = capacities[capacities["component"] == component.name]
    for quantity, rows in of_component.groupby("quantity", sort=False):
        field, offer = size_field(component, str(quantity)), offer_number(component, str(quantity))
        if field is None and offer is None:
            problems.append(
                f"capacities: {part.head} has no size {str(quantity)!r}. Give capacities.csv of a run of this version."
            )
            continue
        if isinstance(component, Grid) and offer is not None:
            size = component.offer_size(offer, site.decision)
        else:
            size = getattr(component, str(field))
        try:
            built = _by_date(type(size), rows)
        except ValueError as problem:
            text = problem.errors()[0]["msg"] if isinstance(problem, ValidationError) else str(problem)
            problems.append(f"capacities: {part.head}, {quantity}: {text.removeprefix('Value error, ')}.")
            continue
        allowed = _allowed(site, component, size, built, f"{part.head}, {quantity}", warnings)
        if isinstance(component, Grid) and component.headroom is not None:
            allowed = _within_headroom(component, allowed, connected, f"{part.head}, {quantity}", warnings)
            connected.append(allowed)
        unit = unit_of(type(size))
        fixed = {day: f"{value:.12g} {unit}" for day, value in allowed.items()}
        settled = type(size).model_validate({"fixed": fixed, "existing": size.existing})
        if isinstance(made, Grid) and offer is not None:
            made = made.with_taken(offer, settled)
            data["offers"] = [
                {**each, "taken": {"fixed": fixed}} if number == offer else each
                for number, each in enumerate(data["offers"])
            ]
            continue
        made = made.model_copy(update={str(field): settled})
        kept = data.get(str(field))
        existing = {"existing": kept["existing"]} if isinstance(kept, Mapping) and "existing" in kept else {}
        data[str(field)] = {"fixed": fixed, **existing}
    return made, replace(part, data=data)


def _within_headroom(grid: Grid, asked: ByDate, before: list[ByDate], head: str, warnings: list[str]) -> ByDate:
    """Cut a connection down to what the host grid has room for besides the offers before it, and say so."""
    found: ByDate = {}
    for day, value in asked.items():
        room = max(0.0, at(grid.headroom or {}, day) - sum(at(each, day) for each in before))
        found[day] = min(value, room)
        if value > room * (1 + 1e-6) + 1e-9:
            warnings.append(
                f"{head}: {value:g} MW of the run exceed the headroom of the host grid from {day}; {room:g} hold"
            )
    return found


def unit_of(size: type[Size[Any, Any]]) -> str:
    """Return the unit in which a class of sizes counts."""
    existing = size.model_fields["existing"].annotation.__args__[0]  # type: ignore[union-attr]
    return next(mark.name for mark in existing.model_fields["size"].metadata if isinstance(mark, Unit))


def _by_date(size: type[Size[Any, Any]], rows: pd.DataFrame) -> ByDate:
    columns = (rows["phase"], rows["value"].astype(float), rows["unit"])
    texts = {date.fromisoformat(str(day)): f"{value:.12g} {unit}" for day, value, unit in zip(*columns, strict=True)}
    return dict(size.model_validate({"fixed": texts}).fixed or {})


def _allowed(site: Site, component: Candidate, size: Any, built: ByDate, head: str, warnings: list[str]) -> ByDate:
    """Cut the sizes of the run down to what the scenario allows, date by date, and say so."""
    days = {*built, *(day for day in component.dates(site.decision) if site.starts[0] < day < site.end)}
    found: ByDate = {}
    for day in sorted(days):
        asked = at(built, day)
        allowed = at(size.maximum, day) if size.maximum is not None else float("inf")
        most = allowed if day >= component.ready(site.decision) else min(allowed, standing(size, day))
        found[day] = min(asked, most)
        if asked > most * (1 + 1e-6) + 1e-9:
            warnings.append(
                f"{head}: {asked:g} {unit_of(type(size))} of the run exceed what scenario '{site.scenario}' allows from"
                f" {day}; {most:g} hold"
            )
    return found
