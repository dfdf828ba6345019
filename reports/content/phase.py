"""Compute, cooling, supply and grid of a plan by phase: sizes, and what a year runs through them, as rows of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..figures import style
from ..language import say
from ..results.hours import HOURS_PER_YEAR, hours_of_a_year, in_phase, kinds_of
from ..results.results import Results, phases
from ..words import NOTHING, name_in_words, row, unit_in_words

GPU_HOURS_PER_KILO_H100_HOUR = 1000.0
NO_FLOW = 0.5
"""Amounts of a year (MWh, m3) below this are dust of the solver."""

Group = dict[str, Any]


def compute(results: Results) -> list[Group]:
    """Return the accelerators, what they work and what they take."""
    groups = _components(results, lambda kin: kin in {"compute", "site", "power_chain"})
    work = [
        _line(
            say("{work}: {fate}", work=name_in_words(name), fate=fate),
            [
                _per_year(results, phase, f"work.{name}.{key}") * GPU_HOURS_PER_KILO_H100_HOUR
                for phase in phases(results)
            ],
            "GPU-h/yr",
        )
        for name in _classes(results)
        for key, fate in (
            ("served", say("served on the site")),
            ("partner", say("done by a partner")),
            ("unserved", say("not done")),
        )
    ]
    work = [line for line in work if line]
    return [*groups, {"title": say("Work in H100-hours"), "rows": work}] if work else groups


def cooling(results: Results) -> list[Group]:
    """Return the cooling systems: sizes, heat taken, electricity and water of a year."""
    return _components(results, lambda kin: kin in {"cooling", "water"})


def supply(results: Results) -> list[Group]:
    """Return connection, plant and stores: sizes, and electricity of a year."""
    return _components(results, lambda kin: kin in style.SUPPLY or kin == "fuel")


def _components(results: Results, wanted: Callable[[str], bool]) -> list[Group]:
    kinds, found = kinds_of(results), []
    for component in style.order(kinds, kinds):
        if wanted(style.family(component, kinds[component])):
            rows = [line for line in (*_sizes(results, component), *_flows(results, component)) if line]
            if rows:
                found.append({"title": name_in_words(component), "rows": rows})
    return found


def _sizes(results: Results, component: str) -> Iterable[list[str]]:
    table = results.capacities[results.capacities["component"] == component]
    for (what, unit), sizes in table.groupby(["quantity", "unit"], sort=False):
        by_phase = sizes.set_index("phase")["value"]
        values = [float(by_phase.get(phase, 0.0)) for phase in phases(results)]
        label = say("Accelerators") if unit == "GPU" else name_in_words(str(what))
        yield _line(label, values, str(unit)) if any(values) else []


def _flows(results: Results, component: str) -> Iterable[list[str]]:
    every = phases(results)
    ac = [_amounts(results, phase, ("ac",), component) for phase in every]
    given, taken = [each[0] for each in ac], [each[1] for each in ac]
    yield _line(say("Electricity delivered"), given, "MWh/yr")
    yield _line(say("Electricity taken"), taken, "MWh/yr")
    yield _use(results, component, given)
    heat = [_amounts(results, phase, ("heat_liquid", "heat_air"), component)[1] for phase in every]
    yield _line(say("Heat taken"), heat, "MWh/yr")
    it = [_amounts(results, phase, ("it",), component)[1] for phase in every]
    yield _line(say("IT energy"), it, "MWh/yr")
    running = [_per_year(results, phase, f"{component}.running") for phase in every]
    if any(running):
        standing = [_size(results, component, phase, "GPU") for phase in every]
        shares = [1000.0 * r / (n * HOURS_PER_YEAR) if n else None for r, n in zip(running, standing, strict=True)]
        yield [say("Mean share at work"), "%", *map(_percent, shares)]
    water = [_amounts(results, phase, ("water",), component)[1] for phase in every]
    yield _line(say("Water drawn"), water, "m3/yr")


def _use(results: Results, component: str, delivered: list[float]) -> list[str]:
    """Return how much of a year its size is worth: energy over size times all hours."""
    sizes = [_size(results, component, phase, "MW") for phase in phases(results)]
    stores = style.family(component, kinds_of(results)[component]) == "storage"
    if stores or max(delivered) < NO_FLOW or not any(sizes):
        return []
    shares = [e / (mw * HOURS_PER_YEAR) if mw else None for e, mw in zip(delivered, sizes, strict=True)]
    return [say("Mean use of its power"), "%", *map(_percent, shares)]


def _percent(share: float | None) -> str:
    return NOTHING if share is None else f"{100 * share:.1f}"


def _size(results: Results, component: str, phase: str, unit: str) -> float:
    table = results.capacities
    chosen = (table["component"] == component) & (table["phase"] == phase) & (table["unit"] == unit)
    return float(table.loc[chosen, "value"].max()) if chosen.any() else 0.0


def _line(label: str, values: list[float], unit: str) -> list[str]:
    if max(map(abs, values), default=0.0) < (NO_FLOW if unit.endswith("/yr") else 1e-9):
        return []
    texts, shown = row(values, unit)
    return [label, unit_in_words(shown), *texts]


def _amounts(results: Results, phase: str, buses: tuple[str, ...], component: str) -> tuple[float, float]:
    """Return what a component gives to and takes from buses in a year."""
    given, taken, counted = 0.0, 0.0, hours_of_a_year(results)
    for name, variable in results.hourly.variables.items():
        if variable.attrs.get("bus") in buses and variable.attrs.get("component") == component:
            values = in_phase(results, str(name), phase)
            given += float(counted @ values.clip(min=0))
            taken -= float(counted @ values.clip(max=0))
    return given, taken


def _per_year(results: Results, phase: str, name: str) -> float:
    if name not in results.hourly:
        return 0.0
    return float(hours_of_a_year(results) @ in_phase(results, name, phase))


def _classes(results: Results) -> list[str]:
    names = [str(name).split(".") for name in results.hourly.data_vars]
    return [parts[1] for parts in names if len(parts) == 3 and parts[0] == "work" and parts[2] == "served"]
