"""The buses that have a name of their own, with their units. Others may be added by naming them.

A *step* bus balances at every step (power, heat, water, work); an *account* gathers a year's amount in each phase
(carbon, land, capital) and balances only where a component settles it, for example a cap or a price.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bus:
    """A bus and the unit of what flows into it; accounts are in units a year."""

    name: str
    unit: str
    label: str
    account: bool = False
    energy_unit: str = ""
    adds_up: bool = True
    """Whether the sum over a year means something."""


_NAMED = (
    Bus("ac", "MW", "electricity at the point of common coupling", energy_unit="MWh"),
    Bus("it", "MW", "protected electricity for IT", energy_unit="MWh"),
    Bus("heat_liquid", "MW", "heat to the liquid loop", energy_unit="MWh"),
    Bus("heat_air", "MW", "heat to the air loop", energy_unit="MWh"),
    Bus("compute", "kH100", "work, in thousand H100-equivalents", energy_unit="kH100*hour"),
    Bus("water", "m**3/hour", "water", energy_unit="m**3"),
    Bus("gas", "MWh/year", "natural gas, lower heating value", account=True),
    Bus("diesel_oil", "MWh/year", "diesel oil, lower heating value", account=True),
    Bus("hydrogen_fuel", "MWh/year", "hydrogen as fuel, lower heating value", account=True),
    Bus("waste_water", "m**3/year", "blowdown and bleed to be disposed of", account=True),
    Bus("sea_water", "m**3/year", "sea water drawn and returned", account=True),
    Bus("upstream_energy", "MWh/year", "electricity used elsewhere for cold that is bought", account=True),
    Bus("drive_heat", "MW", "heat of generators that drives absorption chillers", energy_unit="MWh"),
    Bus("carbon", "t/year", "CO2 emitted", account=True),
    Bus("land", "ha", "land occupied", account=True),
    Bus("capital", "USD", "capital spent in the phase", account=True),
    Bus("floor_space", "MW", "IT power that buildings must house", account=True),
    Bus("compute_capacity", "kH100", "what the accelerators can work", account=True),
    Bus("work", "kH100*hour/year", "work delivered on the site", account=True),
    Bus("it_energy", "MWh/year", "energy drawn by IT", account=True),
    Bus("overhead_energy", "MWh/year", "energy drawn by cooling, power chain and lighting", account=True),
    Bus("carbon_bearing_energy", "MWh/year", "electricity that is not carbon-free", account=True),
    Bus("renewable_energy", "MWh/year", "renewable electricity used", account=True),
    Bus("exported_energy", "MWh/year", "electricity exported", account=True),
    Bus("imported_energy", "MWh/year", "electricity imported", account=True),
    Bus("firm_capacity", "MW", "firm capacity", account=True),
    Bus("firm_grid", "MW", "firm capacity of the grid connection", account=True),
    Bus("swing", "MWh/year", "power that swings within seconds", account=True, adds_up=False),
    Bus("due_work", "kH100*hour/year", "work that arrives", account=True),
    Bus("done_work", "kH100*hour/year", "work done, here or by a partner", account=True),
)
BUSES = {bus.name: bus for bus in _NAMED}
STANDING = "standing_"
"""Heads the account of what stands of a component, for example `standing_engines`."""

ON_SITE = ("ac", "it")
"""Buses that serve the load of the site: what is firm on them counts at once, what is firm elsewhere through a
converter."""
FIRM, FIRM_GRID = "firm_capacity", "firm_grid"


def firm_account(kind: str, on: str) -> str:
    """Return the account of firm capacity of a bus: `firm_capacity` on the site, `firm_capacity_dc` on `dc`.

    Parameters
    ----------
    kind : {"firm_capacity", "firm_grid"}
        What all suppliers give, or grid connections alone.
    on : str
        Bus that the supplier feeds.
    """
    return kind if on in ON_SITE else f"{kind}_{on}"


def bus(name: str) -> Bus:
    """Return the bus of that name; an unknown name is a step bus in MW."""
    for kind in (FIRM, FIRM_GRID):
        if name.startswith(f"{kind}_"):
            return Bus(name, "MW", f"{BUSES[kind].label} on {name.removeprefix(f'{kind}_')}", account=True)
    if name.startswith(STANDING):
        return Bus(name, "MW", f"what stands of {name.removeprefix(STANDING)}", account=True)
    return BUSES.get(name, Bus(name, "MW", name.replace("_", " "), energy_unit="MWh"))
