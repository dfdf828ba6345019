"""One site of one year that every tool of `peers.py` plans: its components here, and the same as plain numbers.

Fixed accelerators do two classes of work, one of which may wait for two days. Their heat leaves through chillers, with
a tank of cold water beside them. Power comes from photovoltaics, wind, a battery, gas engines and a grid with prices by
the hour; of all these, and of chillers and tank, the sizes are chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

import gigasite.models.technologies  # noqa: F401
from gigasite.climate import design_values, generate, normals
from gigasite.models.component import Component, Series
from gigasite.models.finance import annuity_factor
from gigasite.models.given import SiteFacts
from gigasite.models.hourly import HourlyValues
from gigasite.models.network import Network, assemble
from gigasite.models.timeline import Phase, Timeline, full_year

PLACE = "dammam"
START, END = date(2026, 1, 1), date(2027, 1, 1)
RATE, LARGEST_MW, WAIT_HOURS = 0.06, 200.0, 48.0
FREE = {"capex": "0 USD/MW", "distribution_capex": "0 USD/MW", "upkeep": "0 1/year"}
HOURS = np.arange(8760)


def price_usd_per_mwh() -> np.ndarray:
    """Return a tariff by hour and season."""
    evening, summer = (HOURS % 24 >= 16) & (HOURS % 24 < 22), (HOURS // 730 >= 4) & (HOURS // 730 < 9)
    return np.where(evening, 110.0, 55.0) + np.where(summer, 15.0, 0.0)


def components() -> list[Component]:
    """Return the site."""
    ready = {"lead_time": "0 years"}
    each: list[dict[str, Any]] = [
        {"kind": "accelerators", "name": "gpus", "technology": "gb300_nvl72", "size": {"fixed": "40000 GPU"},
         "capex": "0 USD/GPU", "liquid_share": 0.0, **ready},
        {"kind": "work", "name": "work", "classes": [
            {"name": "training", "demand": "60000 H100", "window": f"{WAIT_HOURS:g} h"},
            {"name": "inference", "demand": "25000 H100"}]},
        {"kind": "power_chain", "name": "chain", "size": {"maximum": "200 MW"}, **FREE, **ready},
        {"kind": "air_cooled_chiller", "name": "chillers", "chiller_size": {"maximum": "300 MW"},
         "air_handler_size": {"maximum": "300 MW"}, "air_handler_capex": "0 USD/MW", **ready},
        {"kind": "cold_store", "name": "tank", "power": {"fixed": "15 MW"}, "energy": {"maximum": "500 MWh"},
         "rise": "8 delta_degC", "minimum": 0.0, "loss": "0 1/hour", "pump_pressure": "0 Pa", **ready},
        {"kind": "pv_fixed", "name": "solar", "size": {"maximum": "200 MW"}, **ready},
        {"kind": "wind", "name": "wind", "size": {"maximum": "1 GW"}, **ready},
        {"kind": "battery", "name": "bess", "power": {"maximum": "500 MW"}, "energy": {"maximum": "2 GWh"},
         "duration": "4 hour", "loss": "0 1/hour", "fade": "0 1/year", "cycle_life": 1e6, **ready},
        {"kind": "generator", "name": "engines", "technology": "gas_engine", "fuel": "gas",
         "size": {"maximum": "200 MW"}, "auxiliary_load": 0.0, "ramp": "60 1/hour", **ready},
        {"kind": "natural_gas", "name": "pipe", "price": "5 USD/MMBtu"},
        {"kind": "grid", "name": "utility", "size": {"maximum": "40 MW"}, "emission": "400 kg/MWh",
         "energy_price": HourlyValues(price_usd_per_mwh(), "USD/MWh"), "carbon_free_share": 0.3, **ready},
    ]  # fmt: skip
    return [Component.from_dict(one) for one in each]


def network(*, templates: bool = True) -> Network:
    """Assemble the site on every hour of a year, without design days."""
    place = normals(PLACE)
    weather = generate(place.place, place, design_values(PLACE)).conditions()
    parts = components()
    series = {
        each.name: {name: Series(one.values, one.unit) for name, one in each.derive(weather).items()} for each in parts
    }
    timeline = Timeline(START, (Phase(START, END, 1.0),), (full_year(),))
    facts = SiteFacts(decision=START, cost_of_capital=RATE, largest_mw=(LARGEST_MW,), largest_kh100=(1000.0,))
    return assemble(parts, series, timeline, facts, templates=templates)


@dataclass(frozen=True)
class Plain:
    """The same site as numbers that any tool can read; MW, MWh, kH100, USD and USD a year.

    ``cost`` holds the yearly cost of one unit of each size; ``available`` what weather leaves of it, by the hour.
    ``heat`` is the heat in the hall per protected power, ``chilling`` the electricity of the chillers per heat.
    """

    cost: dict[str, float]
    largest: dict[str, float]
    available: dict[str, np.ndarray]
    idle_mw: float
    running_mw: float
    work_per_mw: float
    training: float
    inference: float
    drawn: float
    heat: float
    chilling: np.ndarray
    tank_mw: float
    battery_hours: float
    battery_one_way: float
    engine_usd_per_mwh: float
    grid_usd_per_mwh: np.ndarray


def plain() -> Plain:
    """Read the numbers off the components."""
    place = normals(PLACE)
    weather = generate(place.place, place, design_values(PLACE)).conditions()
    part: dict[str, Any] = {each.name: each for each in components()}
    series = {name: {key: one.values for key, one in each.derive(weather).items()} for name, each in part.items()}

    def yearly(each: Any, capex: float, upkeep: float) -> float:
        return float(annuity_factor(RATE, each.life) * capex + upkeep)

    gpus, chain, chillers, tank = part["gpus"], part["chain"], part["chillers"], part["tank"]
    bess, engines, utility = part["bess"], part["engines"], part["utility"]
    count = next(iter(gpus.size.fixed.values()))
    tank_capex = tank.capex_volume * tank.volume
    cells, converter = bess.capex_energy, bess.capex_power
    battery = converter + 4.0 * cells
    engine_upkeep = engines.upkeep * (engines.capex if engines.upkeep < 1 else 1.0)
    gas = next(iter(part["pipe"].price.values()))
    rate = gpus.power * gpus.network_overhead
    return Plain(
        cost={
            "solar": yearly(part["solar"], part["solar"].capex, part["solar"].upkeep),
            "wind": yearly(part["wind"], part["wind"].capex, part["wind"].upkeep),
            "bess": yearly(bess, battery, bess.upkeep * battery),
            "engines": yearly(engines, engines.capex, engine_upkeep),
            "utility": yearly(utility, utility.capex, utility.upkeep * utility.capex),
            "chillers": yearly(chillers, chillers.chiller_capex, chillers.upkeep * chillers.chiller_capex),
            "tank": yearly(tank, tank_capex, tank.upkeep * tank_capex),
            "tank_power": yearly(tank, tank.capex_power, tank.upkeep * tank.capex_power),
        },
        largest={"solar": 200, "wind": 1000, "bess": 500, "engines": 200, "utility": 40, "chillers": 300, "tank": 500},
        available={
            "solar": series["solar"]["availability"],
            "wind": series["wind"]["availability"],
            "engines": series["engines"]["availability"],
            "chillers": series["chillers"]["chiller_capacity"],
        },
        idle_mw=float(rate * gpus.idle_share * count),
        running_mw=float(rate * (gpus.active_share - gpus.idle_share) * gpus.availability * count),
        work_per_mw=float(gpus.speed / (rate * (gpus.active_share - gpus.idle_share))),
        training=60.0,
        inference=25.0,
        drawn=float(chain.drawn),
        heat=float(1.0 + chain.indoor_heat),
        chilling=series["chillers"]["chiller_electricity"],
        tank_mw=15.0,
        battery_hours=float(4.0 * bess.depth),
        battery_one_way=float(bess.round_trip**0.5),
        engine_usd_per_mwh=float(gas * 1.0 / engines.efficiency + engines.running_cost),
        grid_usd_per_mwh=price_usd_per_mwh(),
    )
