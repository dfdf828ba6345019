"""From the engine's comparison to the tables that reports read, with the inputs and their evidence."""

from __future__ import annotations

import importlib.resources
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

from gigasite.climate import design_values, normals
from gigasite.models import tables
from gigasite.models.component import Component
from gigasite.models.technologies.accelerators import Accelerators
from gigasite.models.technologies.grid import Grid
from gigasite.models.technologies.power_chain import PowerChain
from gigasite.models.technologies.water_supply import WaterSupply
from gigasite.sites import Site
from gigasite.sites import inputs as inputs_of
from gigasite.sites.cooling_comparison import FIGURES
from gigasite.sites.cooling_options import SHIPPED, Option
from gigasite.sites.cooling_ranking import Comparison
from gigasite.sites.document import Problems, parse, read_document
from gigasite.sites.resolving import Value, values

from ..results.directories import sha256
from .results import (
    COLUMNS,
    LEADING,
    RANKED,
    REFERENCE,
    UNFIT,
    CoolingResults,
)

PACKAGES = ("gigasite", "numpy", "pandas", "pint")
PARTS = ("liquid", "hall", "power_chain")
OF_PLATFORM = {"power", "liquid_share", "water_limit", "speed", "network_overhead"}
OF_SECTIONS = {
    "site": {"latitude", "longitude", "elevation"},
    "money": {"cost_of_capital", "discount_rate", "year"},
}
OF_GRID = {"life", "capex", "upkeep", "cost_of_capital", "energy_price", "demand_charge"}
OF_WATER = {"price", "cap", "peak"}
UNUSED = {"lead_time", "available", "size", "bus", "loop"}  # nothing is built at a date or on a bus here


def collect(
    comparison: Comparison,
    options: Sequence[Option],
    sites: Sequence[Site],
    *,
    climate: Mapping[str, Any],
    file: Path | None,
    seconds: Mapping[str, float],
) -> CoolingResults:
    """Return the tables of a comparison.

    Parameters
    ----------
    comparison : Comparison
        From `gigasite.sites.cooling.comparison`.
    options : sequence of Option
        That were compared.
    sites : sequence of Site
        Of its places.
    climate : mapping
        Changes of every climate.
    file : Path or None
        File of the options.
    seconds : mapping of str to float
        Time by stage [s].
    """
    load = comparison.load
    documents = {key: value for site in sites for key, value in site.inputs.items()}
    run = {
        "status": "complete",
        "places": dict(comparison.places),
        "load": {
            "it_mw": load.it_mw,
            "grid_mw": load.grid_mw,
            "platform": load.platform.technology,
            "liquid_share": load.platform.liquid_share,
            "warmest_water_c": load.platform.water_limit,
            "lost_usd_per_mwh": load.lost_usd_per_mwh,
        },
        "climate": {name: str(value) for name, value in climate.items()},
        "winners": dict(comparison.winners),
        "warnings": list(comparison.warnings),
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
        "versions": {
            **{name: metadata.version(name) for name in PACKAGES},
            "python": ".".join(map(str, sys.version_info[:3])),
        },
        "inputs": {
            **{Path(path).name: digest for path, digest in documents.items()},
            **({} if file is None else {file.name: sha256(file)}),
        },
    }
    return CoolingResults(
        figures=_figures(comparison, {option.name for option in options if option.reference}),
        units={name: unit for name, (unit, _) in FIGURES.items()},
        costs=comparison.costs[list(COLUMNS["costs"])].reset_index(drop=True),
        sweeps=_sweeps(comparison.sweeps),
        overhead=comparison.overhead.set_axis(list(COLUMNS["overhead"]), axis=1),
        options=_options(options),
        places=pd.DataFrame([row for site in sites for row in _facts(site, climate)], columns=list(COLUMNS["places"])),
        assumptions=_assumptions(options, sites, load.platform, file),
        run=run,
    )


def _figures(comparison: Comparison, references: set[str]) -> pd.DataFrame:
    """Return the figures, places in order, best option first, references and what is unfit below."""
    table = comparison.figures.copy()
    table["label"] = table["option"].map(dict(comparison.labels))
    table["rank"] = table["rank"].astype("Int64")
    table["why"] = table.pop("unfit")
    table["standing"] = [
        REFERENCE if option in references else UNFIT if why else RANKED
        for option, why in zip(table["option"], table["why"], strict=True)
    ]
    place = {key: number for number, key in enumerate(comparison.places)}
    standing = {RANKED: 0, REFERENCE: 1, UNFIT: 2}
    keys = pd.DataFrame(
        {
            "place": table["place"].map(place),
            "standing": table["standing"].map(standing),
            "cost": table["cost_per_it_mwh"],
        }
    )
    order = keys.sort_values(["place", "standing", "cost"], kind="stable").index
    return table.loc[order, [*LEADING, *FIGURES]].reset_index(drop=True)


def _sweeps(wide: pd.DataFrame) -> pd.DataFrame:
    keys = ["place", "option", "sweep", "setting"]
    wide = wide.rename(columns={"value": "setting"})
    wide["setting"] = [value if isinstance(value, str) else f"{value:g}" for value in wide["setting"]]
    names = [name for name in wide.columns if name not in keys]
    wide["place_in_order"] = range(len(wide))
    long = wide.melt([*keys, "place_in_order"], names, "name", "value").sort_values("place_in_order", kind="stable")
    long["unit"] = [FIGURES[name][0] for name in long["name"]]
    return long[list(COLUMNS["sweeps"])].reset_index(drop=True)


def _options(options: Sequence[Option]) -> pd.DataFrame:
    rows = [
        (
            option.name,
            option.label,
            "" if option.liquid is None else type(option.liquid).label,
            None if option.liquid is None else _supply_c(option.liquid),
            type(option.hall).label,
            _supply_c(option.hall),
            option.liquid_share,
            option.needs,
            option.reference,
        )
        for option in options
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS["options"]))
    return table.astype({"liquid_supply_c": float, "hall_supply_c": float})


def _supply_c(system: Component) -> float | None:
    """Return the temperature of the water that a system sends out; some send air alone."""
    found = getattr(system, "supply_c", None)
    return None if found is None else float(found)


def _facts(site: Site, changes: Mapping[str, Any]) -> Iterator[tuple[str, str, float, str]]:
    """Yield what sets the places apart: prices, limits, temperatures of today's climate."""
    grid = next(each for each in site.components if isinstance(each, Grid))
    yield site.key, "electricity_price", float(grid.energy_price.values.mean()), "USD/MWh"
    yield site.key, "demand_charge", grid.demand_charge / 1000.0, "USD/kW/month"
    yield site.key, "connection_capex", grid.capex / 1000.0, "USD/kW"
    water = next((each for each in site.components if isinstance(each, WaterSupply)), None)
    water = water or WaterSupply.model_validate({"name": "water"})
    yield site.key, "water_price", water.price, "USD/m3"
    if water.cap:
        yield site.key, "water_cap", min(water.cap.values()), "m3/yr"
    if water.peak is not None:
        yield site.key, "water_peak", water.peak / 3.6, "L/s"
    yield site.key, "cost_of_capital", site.money.cost_of_capital, "1"
    yield site.key, "elevation", float(site.place.elevation_m), "m"
    yield site.key, "return_period", float(changes.get("return_period", site.climate.return_period)), "year"
    if site.climate.normals is not None:
        design = site.climate.design.applied(design_values(site.climate.normals))
        yield site.key, "mean_dry_bulb", float(normals(site.climate.normals).tmean_c.mean()), "degC"
        yield site.key, "dry_bulb_n20", design.dry_bulb_n20_c, "degC"
        yield site.key, "dry_bulb_n50", design.dry_bulb_n50_c, "degC"
        yield site.key, "wet_bulb_0_4", design.wet_bulb_0_4_c, "degC"


def _assumptions(
    options: Sequence[Option], sites: Sequence[Site], platform: Accelerators, file: Path | None
) -> pd.DataFrame:
    """Return every value that the comparison rests on, with its source: of places, platform and plant."""
    rows: list[tuple[Any, ...]] = []
    plant: dict[tuple[str, str], Value] = {}
    for site in sites:
        for place, name, *rest in inputs_of(site).itertuples(index=False):
            if _matters(site, str(place), str(name), platform):
                rows.append((f"{site.key}, {place}", name, *rest))
        for kind in (WaterSupply, PowerChain):
            if not any(isinstance(each, kind) for each in site.components):
                _gather(plant, kind, {})
    if not any(each.name == platform.name for site in sites for each in site.components):
        _gather(plant, Accelerators, {"technology": platform.technology}, only=OF_PLATFORM)
    problems = Problems(SHIPPED if file is None else str(file))
    shipped = importlib.resources.files(tables).joinpath(SHIPPED)
    document = parse(shipped.read_text("utf-8"), problems) if file is None else read_document(file, problems)
    for option in options:
        for part in PARTS:
            if (given := document.data[option.name].get(part)) is not None:
                _gather(plant, Component.kinds[given["kind"]], given)
    for (technology, parameter), each in sorted(plant.items()):
        if each.entry is not None:
            entry = each.entry
            rows.append((technology, parameter, entry.value, entry.unit, entry.source, entry.evidence))
    return pd.DataFrame(rows, columns=list(COLUMNS["assumptions"]))


def _matters(site: Site, place: str, name: str, platform: Accelerators) -> bool:
    """Tell whether an input of a site has a part in the comparison."""
    if place in OF_SECTIONS:
        return name in OF_SECTIONS[place]
    component = next((each for each in site.components if each.name == place), None)
    field = name.split()[0].split(".")[0]
    if isinstance(component, Grid):
        return field in OF_GRID
    if isinstance(component, WaterSupply):
        return field in OF_WATER
    if isinstance(component, PowerChain):
        return field not in UNUSED
    return place == "climate" or (place == platform.name and field in OF_PLATFORM)


def _gather(
    found: dict[tuple[str, str], Value],
    model: type[Component],
    given: Mapping[str, Any],
    only: set[str] | None = None,
) -> None:
    for each in values(model, given):
        field = str(each.loc[-1])
        if each.entry is not None and field not in UNUSED and (only is None or field in only):
            found[each.entry.technology, each.entry.parameter] = each
