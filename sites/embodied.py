"""Carbon emitted in making what is built: IT and plant, when it is added and spread over its life."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from gigasite.models.catalogue import Entry
from gigasite.models.component import Capacity
from gigasite.models.equipment import parts
from gigasite.models.investment import Candidate
from gigasite.models.plan_tables import FOLLOWING
from gigasite.models.quantities import registry

from .tables import ALMOST_NOTHING, COUNTED, Finished, Floats

COLUMNS = FOLLOWING["embodied"]
UNKNOWN = "no number in the catalogue"


def embodied_carbon(finished: Finished) -> pd.DataFrame:
    """Return the embodied carbon of everything that is built.

    Parameters
    ----------
    finished : Finished

    Returns
    -------
    DataFrame
        One row per phase and part that stands: ``phase``, ``component``, ``kind``, ``part``, ``quantity``, what is
        ``added`` in ``unit``, ``t_per_unit``, ``t`` of CO2 emitted in making what the phase adds, and ``t_per_year``:
        carbon of all that was built and still stands, over its life. Replacement within a phase is in ``t_per_year``
        only. ``source`` and ``evidence`` say where the number comes from; where the catalogue has none, carbon is
        missing and the source says so. Plant that stood before the plan, that is rented or that sells to the site by
        contract, is not counted.
    """
    rows = []
    for name, record, _, added in finished.records():
        component = finished.site.component(name)
        if isinstance(component, Candidate):
            rows += list(_rows(finished, component, record, added))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def embodied_kpis(finished: Finished) -> dict[str, tuple[Floats, str]]:
    """Return the headline figures by phase: what making the added plant emits [t], and its share of a year [t/yr].

    Parameters
    ----------
    finished : Finished

    Returns
    -------
    dict
        ``embodied_carbon`` and ``embodied_carbon_per_year``; parts without a number in the catalogue count nothing.
    """
    table = embodied_carbon(finished)
    sums = table.groupby("phase")[["t", "t_per_year"]].sum().reindex(list(finished.timeline.names), fill_value=0.0)
    return {
        "embodied_carbon": (sums["t"].to_numpy(dtype=float), "t"),
        "embodied_carbon_per_year": (sums["t_per_year"].to_numpy(dtype=float), "t/yr"),
    }


def _rows(finished: Finished, component: Candidate, record: Capacity, added: Floats) -> Iterator[tuple[object, ...]]:
    unit, factor = COUNTED.get(record.unit, (record.unit, 1.0))
    built = factor * np.where(added > ALMOST_NOTHING, added, 0.0)
    standing = record.alive.T @ built
    for part in _counted(component, record.quantity):
        entry = part[1]
        rate = _per_unit(entry, unit) if entry is not None else float("nan")
        source, evidence = (entry.source, entry.evidence) if entry is not None else (UNKNOWN, "")
        for i, phase in enumerate(finished.timeline.names):
            if standing[i] > 0:
                yield (
                    phase, component.name, component.kind, part[0], record.quantity, built[i], unit, rate,
                    rate * built[i], rate * standing[i] / record.life_years, source, evidence,
                )  # fmt: skip


def _counted(component: Candidate, quantity: str) -> list[tuple[str, Entry | None]]:
    """Return the parts that carry a number; the first part alone where none does."""
    every = [(part.name, part.embodied_carbon) for part in parts(component, quantity) if part.owned]
    return [each for each in every if each[1] is not None] or every[:1]


def _per_unit(entry: Entry, unit: str) -> float:
    """Return a number of the catalogue in tonnes per unit of the size."""
    found = registry().Quantity(entry.value, entry.unit).to(f"t/{unit}")
    return float(found.magnitude)
