"""A plan beside published figures of the catalogue, each with its source and how well it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gigasite.models.catalogue import Entry, entries, lookup

from ..language import say
from ..results.hours import kinds_of
from ..results.results import Results, kpi, phases
from ..words import NOTHING, name_in_words, number

SYSTEMS: tuple[tuple[str, str], ...] = (
    ("immersion", "system_immersion"),
    ("seawater", "system_seawater"),
    ("cold_plate_tower", "system_liquid_tower"),
    ("cold_plate_adiabatic", "system_liquid_adiabatic"),
    ("cold_plate_dry_cooler", "system_liquid_dry"),
    ("evaporative", "system_air_evaporative"),
    ("air_cooled", "system_air_chiller"),
)
"""Part of the name of a kind of cooling -> whose published PUE it is compared with, the first that fits."""

THOUSAND = 1000.0


@dataclass(frozen=True)
class Benchmark:
    """A figure of the plan beside a published one.

    Parameters
    ----------
    label : str
        What is compared, with its unit.
    value : float
        Of the plan, in the last phase.
    low, high : float
        Published range.
    middle : float or None
        Published planning value, where there is one for the whole range.
    what : str
        What was published.
    note : str
        What the catalogue says about it, such as what an announcement includes; may be empty.
    source, evidence : str
        Who says so, and how well it is known.
    decimals : int
        Digits after the point.
    """

    label: str
    value: float
    low: float
    high: float
    middle: float | None
    what: str
    note: str
    source: str
    evidence: str
    decimals: int

    @property
    def standing(self) -> str:
        """Where the plan lies, in a word."""
        if self.value < self.low * (1 - 1e-9):
            return say("below")
        return say("above") if self.value > self.high * (1 + 1e-9) else say("within")


def benchmarks(results: Results) -> list[Benchmark]:
    """Return every comparison that the plan allows, in the last phase."""
    last = phases(results)[-1]
    return [*_grid_ratios(results, last), *_overheads(results, last), *_costs(results, last)]


def rows(results: Results) -> list[list[str]]:
    """Return label, plan, published range, its middle, standing, what with its note, source with evidence, as text."""
    return [
        [
            each.label,
            _written(each.value, each.decimals),
            _range(each),
            NOTHING if each.middle is None or each.low == each.high else _written(each.middle, each.decimals),
            each.standing,
            f"{each.what} ({each.note})" if each.note else each.what,
            f"{each.source} ({each.evidence})",
        ]
        for each in benchmarks(results)
    ]


def _grid_ratios(results: Results, phase: str) -> Iterator[Benchmark]:
    claimed = lookup("grid", "claimed_capex_ratio")
    for name, label in (
        ("grid_to_datacentre_ratio_facility", say("USD of grid per USD of data centre, without chips")),
        ("grid_to_datacentre_ratio_all_in", say("USD of grid per USD of data centre, all in")),
    ):
        value = kpi(results, phase, name)
        if value is not None:
            yield _beside(label, value, claimed, say("claimed, without saying of what"), 3)


def _overheads(results: Results, phase: str) -> Iterator[Benchmark]:
    pue = kpi(results, phase, "pue_annual")
    if pue is not None:
        label = say("PUE, annual")
        yield _beside(label, pue, lookup("cooling_benchmark", "pue_ai_halls"), say("AI halls"), 3)
        yield _beside(label, pue, lookup("cooling_benchmark", "pue_hyperscale"), say("hyperscale halls"), 3)
        for system in _systems(results, phase):
            cool, hot = lookup(system, "pue_cool_climate"), lookup(system, "pue_hot_climate")
            what = say("{system}, cool to hot climates", system=say(SYSTEM_NAMES[system]))
            yield Benchmark(label, pue, cool.low, hot.high, None, what, "", hot.source, hot.evidence, 3)
    design = kpi(results, phase, "pue_design")
    if design is not None:
        entry = lookup("it", "facility_over_it_peak")
        yield _beside(say("Facility over IT power at the peak"), design, entry, say("AI data centres"), 3)
    wue = kpi(results, phase, "wue_annual")
    if wue is not None:
        label = say("Water per IT energy, L/kWh")
        yield _beside(label, wue, lookup("cooling_benchmark", "wue_ai_halls"), say("AI halls"), 2)
        yield _beside(label, wue, lookup("cooling_benchmark", "wue_hyperscale"), say("hyperscale halls"), 2)


SYSTEM_NAMES = {
    "system_immersion": "immersion",
    "system_seawater": "sea water",
    "system_liquid_tower": "cold plates on towers",
    "system_liquid_adiabatic": "cold plates on adiabatic coolers",
    "system_liquid_dry": "cold plates on dry coolers",
    "system_air_evaporative": "air with evaporation",
    "system_air_chiller": "air with chillers",
}
"""Published cooling systems, and what reports call them."""


def _systems(results: Results, phase: str) -> list[str]:
    """Return the published systems that the plan's cooling is of, the liquid ones where there are any."""
    table = results.capacities
    standing = set(table.loc[(table["phase"] == phase) & (table["value"] > 0), "component"])
    found: list[str] = []
    for component, kind in kinds_of(results).items():
        system = next((name for part, name in SYSTEMS if part in kind), None)
        if component in standing and system and system not in found:
            found.append(system)
    liquid = [name for name in found if not name.startswith("system_air")]
    return liquid or found


def _costs(results: Results, phase: str) -> Iterator[Benchmark]:
    yield from _per_power(results, phase)
    hour = kpi(results, phase, "cost_per_gpu_hour")
    if hour is not None:
        rented = lookup("partner_compute", "price")
        yield _beside(say("USD per H100-hour"), hour, rented, say("price of rented H100"), 2)


def _per_power(results: Results, phase: str) -> Iterator[Benchmark]:
    """Yield the investment per IT power beside published costs, and per power at the connection beside projects."""
    spent = {name: _spent(results, phase, name) for name in ("capex_facility", "capex_it", "capex_power", "capex_grid")}
    it, peak = kpi(results, phase, "it_capacity"), kpi(results, phase, "facility_peak")
    if it and spent["capex_facility"]:
        label = say("M USD of building and cooling per MW of IT")
        each = spent["capex_facility"] / it / 1e6
        yield _millions(label, each, lookup("data_centre", "capex"), say("world, with plant"))
        yield _millions(label, each, lookup("data_centre", "capex_us"), say("United States, with plant"))
    if peak and spent["capex_facility"]:
        label = say("M USD per MW at the connection, without chips")
        each = (sum(spent.values()) - spent["capex_it"]) / peak / 1e6
        yield _millions(label, each, lookup("data_centre", "capex_abilene_with_turbines"), say("announced: Abilene"))
        for name, entry in entries("announced_facility").items():
            yield _millions(label, each, entry, say("announced: {name}", name=name_in_words(name)))
    if peak and spent["capex_it"]:
        label = say("M USD per MW at the connection, chips included")
        for name, entry in entries("announced_all_in").items():
            each = sum(spent.values()) / peak / 1e6
            yield _millions(label, each, entry, say("announced: {name}", name=name_in_words(name)))


def _spent(results: Results, until: str, name: str) -> float:
    """Return an investment, all phases up to one together."""
    return sum(kpi(results, phase, name) or 0.0 for phase in phases(results) if phase <= until)


def _beside(label: str, value: float, entry: Entry, what: str, decimals: int) -> Benchmark:
    return Benchmark(label, value, entry.low, entry.high, entry.value, what, "", entry.source, entry.evidence, decimals)


def _millions(label: str, value: float, entry: Entry, what: str) -> Benchmark:
    """Compare million USD per MW with an entry in USD/kW, which is the thousandth part."""
    low, middle, high = (each / THOUSAND for each in (entry.low, entry.value, entry.high))
    return Benchmark(label, value, low, high, middle, what, entry.note, entry.source, entry.evidence, 1)


def _range(each: Benchmark) -> str:
    low, high = _written(each.low, each.decimals), _written(each.high, each.decimals)
    return low if low == high else say("{low} to {high}", low=low, high=high)


def _written(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}" if abs(value) >= 0.5 * 10**-decimals or value == 0 else number(value, 2)
