"""The cooling options that are compared: shipped ones, or those of a file."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from gigasite.models import tables, technologies
from gigasite.models.component import Component, Frozen
from gigasite.models.cooling import CoolingSystem
from gigasite.models.errors import SiteFileError
from gigasite.models.investment import Size
from gigasite.models.quantities import Fraction
from gigasite.models.technologies.accelerators import Accelerators
from gigasite.models.technologies.power_chain import PowerChain

from .document import Document, Problems, parse, read_document
from .sentences import nearest, sentences

assert technologies.__path__  # importing the folder registers every kind
SHIPPED = "cooling_options.yaml"
WARMEST = "warmest"
PART_CLASSES = {"liquid": CoolingSystem, "hall": CoolingSystem, "power_chain": PowerChain}
LOOPS = {"liquid": "heat_liquid", "hall": "heat_air"}


class OptionEntry(Frozen):
    """An option as a file states it."""

    label: str = Field(min_length=1)
    """Name of the option, for people."""
    liquid: Mapping[str, Any] | None = None
    """System of the liquid loop; without it all heat goes into the air."""
    hall: Mapping[str, Any]
    """System that cools the air of the hall."""
    power_chain: Mapping[str, Any] | None = None
    """Power chain instead of the site's."""
    liquid_share: Fraction | None = None
    """Share of the IT heat that goes into the liquid; that of the platform where left out."""
    needs: str = ""
    """What a place must have; such an option is compared on request."""
    reference: bool = False
    """Shown for comparison, and not ranked."""


@dataclass(frozen=True)
class Option:
    """An option for one platform: checked components.

    Parameters
    ----------
    name, label : str
    liquid : CoolingSystem or None
        None where all heat goes into the air.
    hall : CoolingSystem
    power_chain : PowerChain or None
        None for that of the site.
    liquid_share : float
        Share of the IT heat that goes into the liquid [1].
    needs : str
    reference : bool
    """

    name: str
    label: str
    liquid: CoolingSystem | None
    hall: CoolingSystem
    power_chain: PowerChain | None
    liquid_share: float
    needs: str = ""
    reference: bool = False


def options(
    platform: Accelerators, *, names: Sequence[str] = (), every: bool = False, file: Path | None = None
) -> list[Option]:
    """Return the options to compare for a platform.

    Parameters
    ----------
    platform : Accelerators
        Gives the share of the heat in the liquid and the warmest water it accepts.
    names : sequence of str
        Options to compare; all that need nothing special where left out.
    every : bool
        Also those that need sea, district cooling or the heat of engines.
    file : Path or None
        File with options in place of the shipped ones.

    Raises
    ------
    SiteFileError
        If a name is unknown, or the file is wrong; all problems at once.
    """
    source = importlib.resources.files(tables).joinpath(SHIPPED)
    problems = Problems(SHIPPED if file is None else str(file))
    document = parse(source.read_text("utf-8"), problems) if file is None else read_document(file, problems)
    unknown = [name for name in names if name not in document.data]
    if unknown:
        known = [str(name) for name in document.data]
        listed = f" Known options: {', '.join(known)}."
        raise SiteFileError([f"--option: {n!r} is unknown.{nearest(n, known) or listed}" for n in unknown])
    found = [_option(str(name), document, platform, problems) for name in names or document.data]
    problems.raise_if_any()
    checked = [each for each in found if each is not None]
    dry = [each.name for each in checked if each.liquid is not None and each.liquid_share == 0.0]
    if set(dry) & set(names):
        raise SiteFileError(
            [f"--option: {n} cools a liquid loop, but {platform.technology} puts no heat into one." for n in dry]
        )
    checked = [each for each in checked if each.name not in dry]
    return checked if names else [each for each in checked if every or not each.needs]


def _option(name: str, document: Document, platform: Accelerators, problems: Problems) -> Option | None:
    """Check one option; what is wrong with it goes to ``problems``."""
    data = document.data[name]
    try:
        entry = OptionEntry.model_validate(data)
    except ValidationError as wrong:
        for loc, sentence in sentences(wrong, OptionEntry, data):
            problems.add(document.line((name, *loc)), f"option {name}: {sentence}")
        return None
    parts: dict[str, Any] = {}
    for part in ("liquid", "hall", "power_chain"):
        given = getattr(entry, part)
        if given is None:
            continue
        kinds = sorted(k for k, c in Component.kinds.items() if issubclass(c, PART_CLASSES[part]))
        if given.get("kind") not in kinds:
            kind = str(given.get("kind", ""))
            hint = nearest(kind, kinds) or f" Known kinds: {', '.join(kinds)}."
            problems.add(document.line((name, part, "kind")), f"option {name}, {part}: kind {kind!r} is unknown.{hint}")
            continue
        try:
            made = _component(part, given, f"{platform.water_limit} degC")
        except ValidationError as wrong:
            for loc, sentence in sentences(wrong, Component.kinds[given["kind"]], given):
                problems.add(document.line((name, part, *loc)), f"option {name}, {part}: {sentence}")
        except ValueError as wrong:
            problems.add(document.line((name, part, "kind")), f"option {name}, {part}: {wrong}")
        else:
            for key, sentence in _misplaced(part, made):
                problems.add(document.line((name, part, key)), f"option {name}, {part}: {sentence}")
            parts[part] = made
    liquid = parts.get("liquid")
    if isinstance(liquid, CoolingSystem) and liquid.supply_c > platform.water_limit + 1e-9:
        problems.add(
            document.line((name, "liquid", "supply")),
            f"option {name}, liquid: supply must not be warmer than {platform.water_limit:g} degC, which"
            f" {platform.technology} accepts, got {liquid.supply_c:g} degC. Lower it, write {WARMEST}, or take another"
            " --platform",
        )
    if {"hall"} - set(parts):
        return None
    share = platform.liquid_share if entry.liquid_share is None else entry.liquid_share
    return Option(
        name=name,
        label=entry.label,
        liquid=parts.get("liquid"),
        hall=parts["hall"],
        power_chain=parts.get("power_chain"),
        liquid_share=0.0 if "liquid" not in parts else float(share),
        needs=entry.needs,
        reference=entry.reference,
    )


def _component(part: str, data: Mapping[str, Any], warmest: str) -> Any:
    given = {key: warmest if value == WARMEST else value for key, value in data.items()}
    return Component.from_dict({**given, "name": part})


def _misplaced(part: str, made: Component) -> list[tuple[str, str]]:
    """Return what is wrong with a component in its place in an option: keys and sentences."""
    if part == "power_chain":
        return [] if isinstance(made, PowerChain) else [("kind", f"{made.kind} is no power chain. Name one")]
    loop = LOOPS[part]
    if not isinstance(made, CoolingSystem) or made.loop != loop:
        return [("kind", f"must be a system that cools {loop}, got {made.kind}. See `gigasite catalogue cooling`")]
    sizes = {plant.size: getattr(made, plant.size) for plant in made.plants.values()}
    gone = {mode for plant in made.plants.values() if left_out(getattr(made, plant.size)) for mode in plant.modes}
    if gone >= {mode for plant in made.plants.values() for mode in plant.modes}:
        return [("kind", f"nothing of {made.kind} is left that cools. Leave less of its plant out")]
    remedy = "Remove it, or write `fixed: 0 MW` to leave the plant out"
    return [
        (field, f"{field}: the comparison finds sizes itself. {remedy}")
        for field, size in sizes.items()
        if size != type(size)() and not left_out(size)
    ]


def left_out(size: Size[Any, Any]) -> bool:
    """Return whether a size is fixed at zero: the plant is not bought."""
    return size.fixed is not None and not any(size.fixed.values())
