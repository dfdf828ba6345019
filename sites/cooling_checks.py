"""Checks of cooling before anything is solved: temperatures that cannot be right, and cooling without its water."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from gigasite.models.catalogue import entries
from gigasite.models.component import Component
from gigasite.models.conditions import Conditions, Place
from gigasite.models.cooling import CoolingSystem
from gigasite.models.physics.ashrae_classes import COLDEST_FACILITY_WATER_C, allowable_air_c
from gigasite.models.physics.psychrometrics import standard_pressure_pa
from gigasite.models.quantities import Unit
from gigasite.models.technologies.accelerators import Accelerators
from gigasite.models.technologies.direct_evaporative import DirectEvaporative
from gigasite.models.technologies.water_supply import WaterSupply
from gigasite.models.terminals import HallAir, RearDoor

from .parts import Part

Found = tuple[tuple[Any, ...], str]
Pairs = Sequence[tuple[Part, Component]]
TOLERANCE = 1e-9
HIGHEST_SITE_M = 5100.0
"""Height of the highest town; above it nobody rated a cooler or measured a correlation that the program uses [m]."""
LOOPS = {"heat_liquid": "liquid", "heat_air": "air"}


def cooling_contradictions(pairs: Pairs, place: Place | None) -> Iterator[Found]:
    """Yield what cannot work in the cooling of a site, with its place in the file.

    Parameters
    ----------
    pairs : sequence
        Components as the file gives them, and checked.
    place : Place or None
        The site; None where the file does not say it rightly.

    Yields
    ------
    (place, sentence)
        Keys that lead to the place in the file; rule, value and remedy.
    """
    elevation_m = place.elevation_m if place is not None else 0.0
    if elevation_m > HIGHEST_SITE_M and any(isinstance(c, CoolingSystem) for _, c in pairs):
        yield (
            ("site", "elevation"),
            f"site: elevation must not exceed {HIGHEST_SITE_M:,.0f} m where something is cooled, got"
            f" {elevation_m:,.0f} m: coolers, chillers and fans are rated nowhere so high. Correct the elevation",
        )
    yield from _water_too_warm(pairs)
    yield from _water_too_cold(pairs)
    yield from _hall_too_warm(pairs, elevation_m)
    yield from _without_water(pairs)


def _water_too_warm(pairs: Pairs) -> Iterator[Found]:
    """All liquid systems share one loop, so none may send warmer water than any platform accepts."""
    platforms = [(p, c) for p, c in pairs if isinstance(c, Accelerators) and c.liquid_share > 0]
    for part, system in pairs:
        if not isinstance(system, CoolingSystem) or system.loop != "heat_liquid":
            continue
        for platform, accelerators in platforms:
            if system.supply_c > accelerators.water_limit + TOLERANCE:
                yield (
                    (*part.path, "supply"),
                    f"{part.head}: supply must not be warmer than {accelerators.water_limit:g} degC, which"
                    f" {platform.head} accepts, got {system.supply_c:g} degC."
                    f" Lower the supply, or take a platform that accepts warmer water",
                )


def _field(system: CoolingSystem) -> str:
    """Return the field that says how cold the water of a system is."""
    return "leaving_water" if isinstance(system, HallAir) else "supply"


def _water_too_cold(pairs: Pairs) -> Iterator[Found]:
    """Below the coldest facility water of ASHRAE's classes pipes sweat everywhere and plain water freezes in coils."""
    for part, system in pairs:
        if isinstance(system, CoolingSystem) and system.supply_c < COLDEST_FACILITY_WATER_C - TOLERANCE:
            field = _field(system)
            yield (
                (*part.path, field),
                f"{part.head}: {field} must not be colder than {COLDEST_FACILITY_WATER_C:g} degC, the coldest facility"
                f" water that IT equipment accepts, got {system.supply_c:g} degC. Raise it",
            )


def _hall_too_warm(pairs: Pairs, elevation_m: float) -> Iterator[Found]:
    """Air must be no warmer than the platforms take in; that behind rear doors is warmer than their water."""
    for platform, limit in _inlet_limits(pairs, elevation_m):
        taken = f"which {platform.head} takes in at {elevation_m:,.0f} m"
        for part, system in pairs:
            if isinstance(system, HallAir) and system.air_handler.supply_air > limit + TOLERANCE:
                yield (
                    (*part.path, "air_handler", "supply_air"),
                    f"{part.head}: air_handler.supply_air must not be warmer than {limit:.3g} degC, {taken},"
                    f" got {system.air_handler.supply_air:g} degC. Lower it, and the water with it",
                )
            if isinstance(system, DirectEvaporative) and system.supply_limit > limit + TOLERANCE:
                yield (
                    (*part.path, "supply_limit"),
                    f"{part.head}: supply_limit must not be warmer than {limit:.3g} degC, {taken},"
                    f" got {system.supply_limit:g} degC. Lower it",
                )
            if isinstance(system, RearDoor) and system.supply_c >= limit - TOLERANCE:
                yield (
                    (*part.path, "supply"),
                    f"{part.head}: supply must be colder than air of {limit:.3g} degC, {taken},"
                    f" got {system.supply_c:g} degC. Lower the supply",
                )


def _inlet_limits(pairs: Pairs, elevation_m: float) -> Iterator[tuple[Part, float]]:
    """Yield each platform with the warmest air that it takes in at the elevation [degC].

    Thin air carries less heat: the limit of the catalogue falls as that of ASHRAE's class A2 does.
    """
    derated = float(allowable_air_c("A2", 0.0) - allowable_air_c("A2", elevation_m))
    for part, platform in pairs:
        if isinstance(platform, Accelerators):
            row = entries(platform.technology).get("air_inlet_max")
            if row is not None:
                yield part, Unit("degC").parse(row.text) - derated


def _without_water(pairs: Pairs) -> Iterator[Found]:
    """Yield supplies whose cap or peak is zero while every system of a loop needs water."""
    for part, supply in pairs:
        limit = _nothing(supply) if isinstance(supply, WaterSupply) else None
        if limit is None:
            continue
        for loop, label in LOOPS.items():
            systems = [(p, c) for p, c in pairs if isinstance(c, CoolingSystem) and c.loop == loop]
            if systems and all(needs_water(system) for _, system in systems):
                heads = " and ".join(each.head for each, _ in systems)
                yield (
                    part.where(limit),
                    f"{part.head}: {part.label(limit)} is 0, but every system of the {label} loop needs water: {heads}."
                    f" Raise it, or add a system that needs none, such as {DRY[loop]}",
                )


DRY = {"heat_liquid": "cold_plate_dry_cooler", "heat_air": "air_cooled_chiller"}


def _nothing(supply: WaterSupply) -> tuple[Any, ...] | None:
    """Return the place of a limit that lets no water through, at some time; None if there is none."""
    if supply.cap is not None and min(supply.cap.values()) <= 0:
        return ("cap",)
    if supply.peak is not None and supply.peak <= 0:
        return ("peak",)
    for i, each in enumerate(supply.restrictions):
        for name, limit in (("peak", each.peak), ("cap", each.cap)):
            if limit is not None and limit <= 0:
                return ("restrictions", i, name)
    return None


def needs_water(system: CoolingSystem) -> bool:
    """Return whether every mode of a system takes water, in any weather."""
    if not system.evaporates:
        return False
    modes = system.modes(_any_weather())
    return all(bool(np.any(mode.water > 0)) for mode in modes.values())


def _any_weather() -> Conditions:
    """Return hours from mild to hot, in dry air."""
    dry = np.array([10.0, 20.0, 30.0, 40.0])
    times = pd.DatetimeIndex([datetime(2001, 7, 1, h, 30, tzinfo=UTC) for h in range(len(dry))])
    still = 0.0 * dry
    pressure = still + float(standard_pressure_pa(0.0))
    return Conditions(Place(0.0, 0.0, 0.0, 0.0), times, dry, still, pressure, still, still, still, still)
