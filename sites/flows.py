"""Which buses a component feeds and draws from, told without building a model."""

from __future__ import annotations

from gigasite.models.buses import BUSES
from gigasite.models.component import Component
from gigasite.models.technologies.accelerators import Accelerators
from gigasite.models.technologies.power_chain import PowerChain

from .sentences import nearest

OPTIONAL = ("floor_space",)
"""Buses that need no supply: without a building, nothing houses the accelerators and nothing is paid for it."""


def feeds(component: Component) -> tuple[str, ...]:
    """Return the buses that a component can supply; a cooling system feeds the loop whose heat it takes.

    A store supplies nothing: it only gives back.
    """
    own = str(getattr(component, "bus", ""))
    match component.family:
        case "compute":
            return ("compute",) if isinstance(component, Accelerators) else ()
        case "facility":
            if isinstance(component, PowerChain):
                return ("it",)
            return ("floor_space",) if component.kind == "building" else ()
        case "cooling":
            return (str(getattr(component, "loop", "")),)
        case "generation":
            return (own, "drive_heat") if getattr(component, "heat_recovery", 0.0) > 0 else (own,)
        case "renewable" | "grid" | "fuel" | "water":
            return (own,)
        case "conversion":
            return (own, str(getattr(component, "source", ""))) if getattr(component, "two_way", False) else (own,)
        case "load" | "limit" | "storage":
            return ()
    return (own,) if own else ()


def draws(component: Component) -> tuple[str, ...]:
    """Return the buses that a component needs; heat needs a system that takes it."""
    own = str(getattr(component, "bus", ""))
    match component.family:
        case "compute":
            if isinstance(component, Accelerators):
                liquid = ("heat_liquid",) if component.liquid_share > 0 else ()
                air = ("heat_air",) if component.liquid_share < 1 else ()
                return ("it", *liquid, *air, *OPTIONAL)
            return ("compute",)
        case "facility":
            return ("ac", "heat_air") if isinstance(component, PowerChain) else ()
        case "cooling":
            water = ("water",) if getattr(component, "evaporates", False) else ()
            heat = ("drive_heat",) if "drive_heat" in getattr(component, "side_buses", ()) else ()
            return (own, *water, *heat)
        case "generation":
            fuel = getattr(component, "fuel", "")
            return (str(fuel),) if fuel else ()
        case "storage":
            return (own, "water") if getattr(component, "draws_water", False) else (own,)
        case "conversion":
            return (str(getattr(component, "source", "")),)
        case "load":
            return (own,)
    return ()


def remedy(bus: str, *, plural: bool) -> str:
    """Return what is missing where nothing feeds a bus, and what to add."""
    draw, burn, make = ("draw", "burn", "make") if plural else ("draws", "burns", "makes")
    remedies = {
        "ac": f"{draw} electricity, which nothing supplies. Add a grid connection, a generator or a renewable plant",
        "it": f"{draw} protected power, which nothing supplies. Remove compute.power_chain: null",
        "heat_liquid": f"{make} heat in the liquid loop, which nothing takes away. Add a cooling system of kind"
        " cold_plate_dry_cooler or cold_plate_tower",
        "heat_air": f"{make} heat in the air loop, which nothing takes away. Add a cooling system of kind"
        " air_cooled_chiller",
        "compute": "needs accelerators, and there are none. Add compute.platforms",
        "gas": f"{burn} gas, which nothing supplies. Add a fuel of kind natural_gas to section power,"
        " or gas_pipeline where a lateral must be built",
        "diesel_oil": f"{burn} diesel oil, which nothing supplies. Add a fuel of kind diesel_oil to section power",
        "hydrogen_fuel": f"{burn} hydrogen, which nothing supplies. Add a fuel of kind hydrogen to section power",
        "water": f"{draw} water, which nothing supplies. Add section water",
        "drive_heat": f"{draw} heat of generators, which nothing supplies. Set heat_recovery: 0.6 on a generator; heat"
        " of racks is too cold",
    }
    return remedies.get(bus) or _unknown(bus, draw)


def _unknown(bus: str, draw: str) -> str:
    return f"{draw} from bus '{bus}', which nothing feeds.{nearest(bus, BUSES) or ' Name a bus that something feeds.'}"
