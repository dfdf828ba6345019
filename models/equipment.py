"""What a size is bought as: parts that are ordered, each with the lead time and the carbon that its making emits."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from .catalogue import Entry, entries, technologies
from .investment import Candidate

OWN_TECHNOLOGY = "@"
UTILITY, SELLER = "utility", "seller"
ANY = "*"


@dataclass(frozen=True)
class Part:
    """Something that is ordered.

    Parameters
    ----------
    name : str
        What it is called in a list of orders.
    lead_time : Entry or None
        Its own lead time; None where the lead time of the component is that of the part.
    by_others : bool
        Whether a utility or a seller brings it: a date of service that the site file states is then their promise.
    owned : bool
        Whether the site owns it; what is rented or contracted is its owner's, with the carbon of its making.
    embodied_carbon : Entry or None
        Carbon emitted in making it, per unit of the size; None where no number is known, or where another part of the
        same size counts it.
    """

    name: str
    lead_time: Entry | None
    by_others: bool
    owned: bool
    embodied_carbon: Entry | None


def parts(component: Candidate, quantity: str) -> tuple[Part, ...]:
    """Return what a size of a component is bought as.

    Parameters
    ----------
    component : Candidate
        Its kind, else its family, heads the rows of the table ``equipment.csv``.
    quantity : str
        What the size measures: ``power``, ``energy`` or the name of a plant; ``*`` in the table is any.

    Returns
    -------
    tuple of Part
        One part of the component's own name and lead time, without a number for carbon, where the table has no row.
    """
    technology = str(getattr(component, "technology", ""))
    keys = ((head, what) for head in (component.kind, component.family) for what in (quantity, ANY))
    rows = next((_rows()[key] for key in keys if key in _rows()), None)
    if rows is None:
        return (
            Part(component.label.lower() or component.kind, None, by_others=False, owned=True, embodied_carbon=None),
        )
    return tuple(
        Part(
            name=row["part"],
            lead_time=_entry(row["lead_technology"], row["lead_parameter"]),
            by_others=row["by"] in (UTILITY, SELLER),
            owned=row["by"] != SELLER,
            embodied_carbon=_entry(
                technology if row["carbon_technology"] == OWN_TECHNOLOGY else row["carbon_technology"],
                row["carbon_parameter"],
            ),
        )
        for row in rows
    )


def _entry(technology: str, parameter: str) -> Entry | None:
    known = {heading.name for heading in technologies()}
    return entries(technology).get(parameter) if technology in known else None


@lru_cache(maxsize=1)
def _rows() -> Mapping[tuple[str, str], tuple[dict[str, str], ...]]:
    text = (resources.files("gigasite.models.tables") / "equipment.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], tuple[dict[str, str], ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        key = (row["kind"], row["quantity"])
        found[key] = (*found.get(key, ()), row)
    return MappingProxyType(found)
