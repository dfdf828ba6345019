"""What a site file leaves out, written out: data that reproduces a run, and the list of inputs with their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gigasite.climate import ClimateSection, design_values, normals
from gigasite.climate.design import TEMPERATURES
from gigasite.models.catalogue import EVIDENCE, Entry
from gigasite.models.component import Frozen
from gigasite.models.hourly import HourlyValues
from gigasite.models.plan_tables import CORE
from gigasite.models.quantities import Unit

from .parts import KINDS, SWITCHED_OFF_BY_NULL, Part, kinds_like
from .sections import Location, Money, Phases, Settings
from .sentences import Loc, field_text, inner_model
from .site import Site

GIVEN, DEFAULT = "site file", "default of the program"
PLAIN: dict[str, type[Frozen]] = {"site": Location, "phases": Phases, "money": Money, "solve": Settings}
COLUMNS = CORE["assumptions"]


@dataclass(frozen=True)
class Value:
    """One resolved value: where it stands, what it is, and who says so."""

    loc: Loc
    value: Any
    source: str
    entry: Entry | None = None

    @property
    def text(self) -> Any:
        """The value as a site file says it."""
        if self.entry is None:
            return self.value
        return self.entry.value if self.entry.unit == "1" else self.entry.text


def values(model: type[BaseModel], data: Mapping[str, Any], at: Loc = ()) -> Iterator[Value]:
    """Yield every value of a record: given, from the catalogue, or a default of the program.

    Parameters
    ----------
    model : type
        Class of the record.
    data : mapping
        Its fields, as given.
    at : tuple
        Place of the record in its component.
    """
    listed = model.listed_fields(data) if issubclass(model, Frozen) else {}
    for name, field in model.model_fields.items():
        here, inner = (*at, name), inner_model(field.annotation)
        if name == "name" and model is not Location:  # elsewhere the key above a record is its name
            continue
        if name in listed:
            yield Value(here, listed[name].text, listed[name].source, listed[name])
        elif name in data:
            yield from _given(data[name], inner, here)
        elif inner is not None and field.default_factory is not None:
            yield from (each for each in values(inner, {}, here) if each.entry is not None)
        elif name == "technology" and issubclass(model, Frozen):  # the row may hang on other fields
            yield Value(here, model.technology_of(data), DEFAULT)
        elif (default := _default(field)) is not None:
            yield Value(here, default, DEFAULT)


def _given(value: Any, inner: type[BaseModel] | None, here: Loc) -> Iterator[Value]:
    if inner is not None and isinstance(value, Mapping) and not _dated(value):
        yield from values(inner, value, here)
    elif inner is not None and isinstance(value, list):
        for number, each in enumerate(value):
            yield from values(inner, each, (*here, number))
    else:
        yield Value(here, value, GIVEN)


def _dated(value: Mapping[Any, Any]) -> bool:
    return bool(value) and all(isinstance(key, date) for key in value)


def _default(field: FieldInfo) -> Any:
    value = field.default
    unit = next((mark for mark in field.metadata if isinstance(mark, Unit)), None)
    if isinstance(value, float) and unit is not None and unit.name:
        return f"{value:.12g} {unit.name}"
    return value if isinstance(value, str | bool | int | float) else None


def resolved(sections: Mapping[str, Mapping[str, Any]], parts: list[Part], folder: Path) -> dict[str, Any]:
    """Return the sections with everything written out.

    Parameters
    ----------
    sections : mapping
        As given, the scenario applied.
    parts : list of Part
        The components that they describe.
    folder : Path
        Folder of the site file; relative paths become absolute.

    Returns
    -------
    dict
        Plain data: mappings, lists, text, numbers, dates.
    """
    whole: dict[str, Any] = {name: dict(sections.get(name, {})) for name in ("site", "climate")}
    for name, model in PLAIN.items():
        whole[name] = {}
        for each in values(model, sections.get(name, {})):
            _put(whole, (name, *each.loc), each.text)
    if "file" in whole["climate"]:
        whole["climate"]["file"] = str(folder / whole["climate"]["file"])
    if "compute" in sections:
        whole["compute"] = {"goal": sections["compute"].get("goal", "least_cost")}
        for section, name in SWITCHED_OFF_BY_NULL:
            if name in sections["compute"] and sections["compute"][name] is None:
                whole[section][name] = None
    for part in parts:
        if part.path[0] in ("cooling", "power", "grid") or part.kind in kinds_like("power_chain"):
            _put(whole, (*part.path, "kind"), part.kind)
        for each in values(KINDS[part.kind], part.data):
            _put(whole, part.where(each.loc), _absolute(each.text, folder))
    return {name: whole[name] for name in whole if whole[name] or name in ("site", "climate", "phases")}


def _put(whole: dict[str, Any], path: Loc, value: Any) -> None:
    """Put a value at its place; list numbers make lists."""
    here: Any = whole
    for key, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(key, int):
            if key == len(here):
                here.append(empty)
            here = here[key]
        else:
            here = here.setdefault(key, empty)
    if isinstance(path[-1], int):
        here.append(value)
    else:
        here[path[-1]] = value


def _absolute(value: Any, folder: Path) -> Any:
    if isinstance(value, Mapping) and "file" in value:
        return {**value, "file": str(folder / str(value["file"]))}
    return value


def inputs(site: Site) -> pd.DataFrame:
    """Return every resolved value of a site with its source.

    Parameters
    ----------
    site : Site
        From `gigasite.sites.read`.

    Returns
    -------
    DataFrame
        Columns ``place`` (section or component), ``name``, ``value``, ``unit`` (``"1"`` for a pure number), ``source``
        ("site file", "default of the program", or who says so) and ``evidence`` (one of
        `gigasite.models.catalogue.EVIDENCE`, empty for what the site file gives).
    """
    rows: list[tuple[Any, ...]] = []
    for section, model in PLAIN.items():
        for each in values(model, site.given.get(section, {})):
            evidence = each.entry.evidence if each.entry else ""
            rows.append((section, field_text(each.loc), *_split(each.text), each.source, evidence))
    rows += list(_climate_rows(site.climate))
    rows.append(("compute", "goal", site.goal, "", _source("goal" in site.given.get("compute", {})), ""))
    for part in site.parts:
        component = site.component(part.name)
        for each in values(KINDS[part.kind], part.data):
            rows += _rows(part, each, component)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _source(given: bool) -> str:
    return GIVEN if given else DEFAULT


def _rows(part: Part, each: Value, component: Any) -> Iterator[tuple[Any, ...]]:
    name = field_text(part.where(each.loc)[len(part.path) :])
    if each.entry is not None:
        yield (part.name, name, each.entry.value, each.entry.unit, each.source, each.entry.evidence)
    elif isinstance(each.value, Mapping) and _dated(each.value):
        for day, value in each.value.items():
            yield (part.name, f"{name} from {day}", *_split(value), each.source, "")
    elif isinstance(held := _held(component, each.loc), HourlyValues) and isinstance(each.value, Mapping):
        yield (part.name, name, str(held), held.unit, held.source, "")
    else:
        yield (part.name, name, *_split(each.value), each.source, "")


def _held(component: Any, loc: Loc) -> Any:
    """Return what a component holds at a place; None where a plain size was taken as fixed."""
    for key in loc:
        component = component[key] if isinstance(key, int) else getattr(component, str(key), None)
    return component


def _split(value: Any) -> tuple[Any, str]:
    """Return number and unit of text such as ``"75 USD/MWh"``; other values as they are."""
    found = re.fullmatch(r"([-+]?[\d_,.]+(?:[eE][-+]?\d+)?)\s*([^\d\s-].*)", value) if isinstance(value, str) else None
    if found is not None:
        return float(found[1].replace("_", "").replace(",", "")), found[2]
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value), ""
    plain = isinstance(value, str | int | float | bool)
    return (value if plain else str(value)), "1" if isinstance(value, float) else ""


def _climate_rows(section: ClimateSection) -> Iterator[tuple[Any, ...]]:
    for name, value in section.model_dump(exclude_unset=True, exclude={"design"}).items():
        yield ("climate", name, str(value), "", GIVEN, "")
    if section.normals is None:
        return
    monthly, design = normals(section.normals), design_values(section.normals)
    for name, series in (
        ("mean dry bulb", monthly.tmean_c),
        ("mean dew point", monthly.dew_point_c),
        ("mean wind at 10 m", monthly.wind_m_s),
        ("mean daily global irradiation", monthly.ghi_kwh_m2_day),
    ):
        units = {"mean wind at 10 m": "m/s", "mean daily global irradiation": "kWh/m2"}
        yield (
            "climate",
            name,
            round(float(series.mean()), 2),
            units.get(name, "degC"),
            monthly.source,
            monthly.evidence,
        )
    applied = section.design.applied(design)
    for name in TEMPERATURES:
        key = name.removesuffix("_c")
        given_here = getattr(section.design, key) is not None
        source = GIVEN if given_here else applied.source
        evidence = EVIDENCE[1] if name in applied.filled and not given_here else ""
        yield ("climate", f"design.{key}", getattr(applied, name), "degC", source, evidence)
