"""Cooling options on real typical years: files that pvlib ships, and EPW files that lie beside the repository."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pvlib
import pytest

from gigasite import climate
from gigasite.models.component import Component
from gigasite.models.conditions import Conditions
from gigasite.sites.cooling_comparison import Load, evaluate
from gigasite.sites.cooling_options import Option
from gigasite.sites.cooling_weather import Segment, Surroundings

PACKAGED = Path(pvlib.__file__).parent / "data"
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "weather"
STATIONS = {
    "miami": PACKAGED / "12839.tm2",
    "greensboro": PACKAGED / "723170TYA.CSV",
    "sand_point": PACKAGED / "703165TY.csv",
    "memphis": BESIDE / "memphis_TMY3.epw.gz",
    "abilene": BESIDE / "abilene_TMY3.epw.gz",
    "seoul": BESIDE / "seoul_TMYx2011-2025.epw.gz",
    "riyadh": BESIDE / "riyadh_TMYx2009-2023.epw.gz",
    "dammam": BESIDE / "dammam_dhahran_TMYx2011-2025.epw.gz",
    "singapore": BESIDE / "singapore_TMYx2011-2025.epw.gz",
}


def part(kind: str, **fields: Any) -> Any:
    return Component.from_dict({"kind": kind, "name": kind, **fields})


@cache
def year(station: str) -> Conditions:
    path = STATIONS[station]
    if not path.is_file():
        pytest.skip(f"the weather file {path.name} does not lie in {path.parent}")
    return climate.read(path).conditions()


@pytest.fixture(scope="session")
def year_of():
    """Return the typical year of a station."""
    return year


@pytest.fixture(scope="session")
def figures_of():
    """Return the figures of an option over the typical year of a station: 1 MW of IT, 60 USD/MWh, 1 USD/m3.

    The year stands for the design days too, so that peaks are those of the year.
    """
    known: dict[str, Any] = {}

    def figures(station: str, hall: dict, liquid: dict | None = None, share: float = 0.85, chain: dict | None = None):
        weather = year(station)
        key = repr((station, hall, liquid, share, chain))
        if key not in known:
            price = np.full(len(weather), 60.0)
            place = Surroundings(
                key=station, name=station, return_period=20, cost_of_capital=0.06,
                segments=tuple(Segment(name, weather, price) for name in ("year", "dry_bulb_20", "dry_bulb_50")),
                grid=part("grid", size={"fixed": "1 GW"}, energy_price="60 USD/MWh", emission="0.5 t/MWh",
                          carbon_free_share=0.2),
                water=part("water_supply", price="1 USD/m3"),
                power_chain=part(**{"kind": "power_chain", **(chain or {})}),
            )  # fmt: skip
            cooler = None if liquid is None else part(**liquid)
            option = Option("option", "Option", cooler, part(**hall), None, 0.0 if liquid is None else share)
            load = Load(1.0, 1.0, part("accelerators", technology="gb300_nvl72"))
            known[key] = evaluate(option, place, load, {}).figures
        return known[key]

    return figures


LARGE = {"ups_efficiency": 0.945, "distribution_efficiency": 0.99, "lighting_share": 0.001}
HANDLER = {
    "supply_air": "31 degC", "air_rise": "16.65 delta_degC", "fan_pressure": "650 Pa", "fan_efficiency": 0.775,
    "water_rise": "7.5 delta_degC", "pump_pressure": "143.5 kPa",
}  # fmt: skip
TOWER = {"approach": "4.75 delta_degC", "span": "5 delta_degC", "cycles": 9, "drift": 0.0025}
WARM = {"leaving_water": "25 degC", "air_handler": HANDLER}
ECONOMISER = {"kind": "water_cooled_economiser", **WARM, "tower": TOWER, "exchanger_approach": "2.25 delta_degC"}
ON_TOWER = {"supply": "32 degC", "tower": TOWER, "exchanger_approach": "2.25 delta_degC"}


@pytest.fixture(scope="session")
def large_scale(figures_of):
    """Return the figures of a case of Lei and Masanet with the middle of their large-scale ranges.

    UPS 0.90-0.99, distribution loss 0-2 %, lighting 0-0.2 %; air 27-35 degC, its rise 13.9-19.4 K, fans 300-1000 Pa at
    0.65-0.90; facility water 5-10 K, its pumps 115-172 kPa; tower approach 2.8-6.7 K, water 4-6 K, exchanger
    1.7-2.8 K, cycles 3-15, windage 0.005-0.5 %. Ours alone: water 6 K below the air; liquid share 0.85; chillers, dry
    coolers, pads and cold plates as in the catalogue, with facility water of 45 degC (32 on towers).
    """
    cases = {
        "wse": (ECONOMISER,),
        "dry_adiabatic": ({"kind": "hall_adiabatic", **WARM},),
        "outdoor_air": ({"kind": "direct_evaporative"},),
        "plates_wse": (ECONOMISER, {"kind": "cold_plate_tower", **ON_TOWER}),
        "plates_dry": ({"kind": "air_cooled_chiller"}, {"kind": "cold_plate_dry_cooler", "supply": "45 degC"}),
        "plates_adiabatic": ({"kind": "air_cooled_chiller"}, {"kind": "cold_plate_adiabatic", "supply": "45 degC"}),
    }
    return lambda station, case: figures_of(station, *cases[case], chain=LARGE)
