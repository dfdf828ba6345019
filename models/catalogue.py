"""What is known: technology numbers and site facts, each with range, unit, year, source and evidence.

Values come from the packaged tables ``models/tables/*.csv`` and are read once. Efficiencies, fuel prices and
emission factors are on the lower heating value; money is USD, with 1 EUR = 1.10 USD.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

EVIDENCE = ("verified (source seen)", "derived from source seen", "general knowledge, not verified")
"""How well a number is supported: it stands in its source; it is arithmetic on such numbers; nobody checked it."""


@dataclass(frozen=True)
class Entry:
    """One number of one technology.

    Parameters
    ----------
    technology, parameter : str
        Keys, in lower-case snake case.
    low, value, high : float
        Range and planning value, in ``unit``.
    unit : str
        Unit in the spelling that site files use; ``"1"`` for a pure number.
    year : int
        Year of the money, or of the data.
    source : str
        Who says so.
    evidence : str
        One of `EVIDENCE`.
    note : str
        A caution or a definition; may be empty.
    """

    technology: str
    parameter: str
    low: float
    value: float
    high: float
    unit: str
    year: int
    source: str
    evidence: str
    note: str

    @property
    def text(self) -> str:
        """Value with its unit, as a site file would say it: ``"1150 USD/kW"``; a pure number stays bare."""
        number = f"{self.value:.10g}"
        return number if self.unit == "1" else f"{number} {self.unit}"


@dataclass(frozen=True)
class Technology:
    """A heading of the catalogue.

    Parameters
    ----------
    name : str
        Key used in `lookup`.
    category : str
        For example ``generation`` or ``cooling``.
    title : str
        Name for people.
    """

    name: str
    category: str
    title: str


@dataclass(frozen=True)
class SiteFacts:
    """What is known about a place before anybody plans there; None where nothing is known.

    Each group of numbers carries its own evidence word (one of `EVIDENCE`). Positions are good to 0.1 degree and
    elevations to 50 m. Tariffs are those of large industry.

    Parameters
    ----------
    site_id, name, country, iso3 : str
        Key, name, country and its ISO 3166 code.
    latitude, longitude : float
        [degree], north and east positive.
    elevation_m : float
        Above sea level [m].
    climate_zone : str
        ASHRAE climate zone, approximate.
    project, project_evidence, project_source : str
        What is publicly announced there.
    tariff_energy_usd_per_mwh, tariff_demand_usd_per_kw_month : float or None
        Energy and demand charge.
    tariff_evidence, tariff_source : str
        Support of the tariff.
    grid_emission_kg_per_mwh, grid_emission_low_kg_per_mwh, grid_emission_high_kg_per_mwh : float or None
        Life-cycle emission factor of the grid: Ember 2024, and the spread between Ember and Electricity Maps 2025.
    grid_carbon_free_pct : float or None
        Carbon-free share of grid energy in 2025 [%].
    grid_emission_evidence : str
        Support of the emission factors.
    grid_lead_low_years, grid_lead_years, grid_lead_high_years : float or None
        Wait for a connection.
    grid_connection_usd_per_kw : float or None
        Cost of a connection.
    grid_evidence, grid_note : str
        Support of the connection figures.
    water_usd_per_m3 : float or None
        Price of water.
    water_stress, water_evidence : str
        Stress in words, and support.
    land_usd_per_ha, wacc_real_pct, gas_usd_per_mmbtu : float or None
        Land price, real cost of capital of infrastructure [%], gas price per MMBtu of lower heating value.
    land_wacc_gas_evidence : str
        Support of these three.
    data_centre_usd_per_w : float or None
        Building with its mechanical and electrical plant, per watt of IT.
    data_centre_evidence : str
        Support.
    pv_capacity_factor, wind_capacity_factor : float or None
        Annual, for comparison with simulated ones.
    renewable_note, renewable_evidence : str
        Remarks and support.
    chip_access : str
        Export rules that decide which accelerators may be bought.
    note : str
        Remark.
    """

    site_id: str
    name: str
    country: str
    iso3: str
    latitude: float
    longitude: float
    elevation_m: float
    climate_zone: str
    project: str
    project_evidence: str
    project_source: str
    tariff_energy_usd_per_mwh: float | None
    tariff_demand_usd_per_kw_month: float | None
    tariff_evidence: str
    tariff_source: str
    grid_emission_kg_per_mwh: float | None
    grid_emission_low_kg_per_mwh: float | None
    grid_emission_high_kg_per_mwh: float | None
    grid_carbon_free_pct: float | None
    grid_emission_evidence: str
    grid_lead_low_years: float | None
    grid_lead_years: float | None
    grid_lead_high_years: float | None
    grid_connection_usd_per_kw: float | None
    grid_evidence: str
    grid_note: str
    water_usd_per_m3: float | None
    water_stress: str
    water_evidence: str
    land_usd_per_ha: float | None
    wacc_real_pct: float | None
    gas_usd_per_mmbtu: float | None
    land_wacc_gas_evidence: str
    data_centre_usd_per_w: float | None
    data_centre_evidence: str
    pv_capacity_factor: float | None
    wind_capacity_factor: float | None
    renewable_note: str
    renewable_evidence: str
    chip_access: str
    note: str


def lookup(technology: str, parameter: str) -> Entry:
    """Return one number.

    Parameters
    ----------
    technology, parameter : str
        Keys, for example ``lookup("gas_engine", "capex")``.

    Raises
    ------
    ValueError
        If either is unknown; the message suggests the nearest names.
    """
    known = entries(technology)
    if parameter not in known:
        raise ValueError(_unknown(f"technology '{technology}' has no parameter", parameter, known))
    return known[parameter]


def entries(technology: str) -> Mapping[str, Entry]:
    """Return every number of one technology, by parameter, in table order.

    Parameters
    ----------
    technology : str
        Key, one of `technologies`.

    Raises
    ------
    ValueError
        If the technology is unknown; the message suggests the nearest names.
    """
    table = _entries()
    if technology not in table:
        raise ValueError(_unknown("the catalogue has no technology", technology, table))
    return table[technology]


def technologies(category: str | None = None) -> tuple[Technology, ...]:
    """Return the headings of the catalogue, all or those of one category.

    Parameters
    ----------
    category : str, optional
        For example ``accelerator``, ``cooling``, ``generation``.

    Raises
    ------
    ValueError
        If the category is unknown.
    """
    every = _technologies()
    if category is None:
        return every
    categories = dict.fromkeys(heading.category for heading in every)
    if category not in categories:
        raise ValueError(_unknown("the catalogue has no category", category, categories))
    return tuple(heading for heading in every if heading.category == category)


def site_facts(site_id: str) -> SiteFacts:
    """Return the facts of one site.

    Parameters
    ----------
    site_id : str
        Key, for example ``"UAE-AUH"``, one of `sites`.

    Raises
    ------
    ValueError
        If the site is unknown; the message suggests the nearest names.
    """
    table = _sites()
    if site_id not in table:
        raise ValueError(_unknown("the catalogue has no site", site_id, table))
    return table[site_id]


def sites() -> tuple[SiteFacts, ...]:
    """Return the facts of every site, in table order."""
    return tuple(_sites().values())


def _unknown(problem: str, name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5) or [n for n in names if name and name in n][:3]
    remedy = f"Did you mean {' or '.join(repr(n) for n in near)}?" if near else f"Known: {', '.join(sorted(names))}."
    return f"{problem} '{name}'. {remedy}"


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = (resources.files("gigasite.models.tables") / table).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


@lru_cache(maxsize=1)
def _entries() -> Mapping[str, Mapping[str, Entry]]:
    table: dict[str, dict[str, Entry]] = {heading.name: {} for heading in _technologies()}
    for row in _rows("technology.csv"):
        entry = Entry(
            technology=row["technology"],
            parameter=row["parameter"],
            low=float(row["low"]),
            value=float(row["value"]),
            high=float(row["high"]),
            unit=row["unit"],
            year=int(row["year"]),
            source=row["source"],
            evidence=row["evidence"],
            note=row["note"],
        )
        table[entry.technology][entry.parameter] = entry
    return MappingProxyType({name: MappingProxyType(found) for name, found in table.items()})


@lru_cache(maxsize=1)
def _technologies() -> tuple[Technology, ...]:
    return tuple(Technology(row["technology"], row["category"], row["title"]) for row in _rows("technologies.csv"))


@lru_cache(maxsize=1)
def _sites() -> Mapping[str, SiteFacts]:
    return MappingProxyType({row["site_id"]: _site(row) for row in _rows("sites.csv")})


def _site(row: dict[str, str]) -> SiteFacts:
    """Read one row; the field's annotation says whether it is text, a number, or a number that may be missing."""
    values: dict[str, object] = {}
    for field in fields(SiteFacts):
        text = row[field.name]
        if field.type == "str":
            values[field.name] = text
        else:
            values[field.name] = None if text == "" and field.type == "float | None" else float(text)
    return SiteFacts(**values)  # type: ignore[arg-type]
