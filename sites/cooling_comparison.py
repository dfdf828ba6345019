"""The same IT load under every cooling option, in every place: what it takes, what it costs, and which is best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gigasite.models.catalogue import lookup
from gigasite.models.component import Floats
from gigasite.models.cooling import CoolingSystem
from gigasite.models.finance import annuity_factor
from gigasite.models.technologies.accelerators import Accelerators
from gigasite.models.technologies.power_chain import PowerChain

from .cooling_operation import Operation, operate
from .cooling_options import Option
from .cooling_weather import YEAR, Surroundings

HOURS = 8760.0
L_PER_S = 1.0 / 3.6  # m3/h to L/s


@dataclass(frozen=True)
class Load:
    """What is the same for every option and place.

    Parameters
    ----------
    it_mw : float
        IT power, drawn in every hour [MW].
    grid_mw : float
        Grid connection for which the committed IT power is told [MW].
    platform : Accelerators
        Gives liquid share, warmest water and the value of lost work.
    """

    it_mw: float
    grid_mw: float
    platform: Accelerators

    @property
    def lost_usd_per_mwh(self) -> float:
        """Value of the work that a MWh of IT stands for [USD/MWh]."""
        entry = lookup("work", "unserved_value")
        per_mw = 1000.0 * self.platform.speed / (self.platform.power * self.platform.network_overhead)
        return float(per_mw * entry.value)


@dataclass(frozen=True, eq=False)
class Outcome:
    """An option at a place.

    Parameters
    ----------
    figures : mapping of str to float
        See `FIGURES`.
    costs : mapping of str to float
        Yearly cost of everything but the IT by reason [USD/year].
    overhead : array, shape (n,)
        Facility over IT power in every hour of the year [1].
    unfit : str
        Why the place cannot have it; empty where it can.
    settings_outside : tuple of str
        What its settings ask outside published ranges.
    """

    figures: Mapping[str, float]
    costs: Mapping[str, float]
    overhead: Floats
    unfit: str = ""
    settings_outside: tuple[str, ...] = ()


FIGURES: dict[str, tuple[str, str]] = {
    "pue_annual": ("1", "PUE over the year"),
    "pue_p99_6": ("1", "PUE exceeded in 35 hours of the year"),
    "pue_design": ("1", "PUE in the worst hour of the design days"),
    "pue_design_50": ("1", "PUE in the worst hour of the design days of a return period of 50 years"),
    "wue_annual": ("L/kWh", "water per IT energy over the year"),
    "water_peak": ("L/s", "water in the worst hour of year and design days"),
    "water_annual": ("m3/yr", "water drawn"),
    "water_discharged": ("m3/yr", "blowdown and bleed to be disposed of"),
    "trim_hours": ("h/yr", "hours in which a chiller helps to cool the liquid loop, or the hall where there is none"),
    "throttled_hours": ("h/yr", "hours in which accelerators work slower because their water is too warm, or stop"),
    "lost_work": ("1", "share of the work lost in them"),
    "grid_peak": ("MW", "power at the point of connection in the worst hour of year and design days"),
    "grid_peak_50": ("MW", "the same with the design days of a return period of 50 years"),
    "committed_it_worst": ("MW", "IT power that the fixed grid connection carries in the worst hour"),
    "committed_it_p99": ("MW", "IT power that it carries in 99 % of the hours of the year"),
    "capex": ("USD", "overnight cost of the cooling plant"),
    "annual_cost": ("USD/yr", "yearly cost of everything but the IT and its energy"),
    "cost_per_it_mwh": ("USD/MWh", "the same per IT energy"),
    "outside_hours": ("h/yr", "hours in which the weather leads a correlation outside its published range"),
}
"""Name, unit and meaning of every figure."""


def evaluate(option: Option, place: Surroundings, load: Load, known: dict[tuple[str, str], Operation]) -> Outcome:
    """Return what an option takes and costs at a place.

    Parameters
    ----------
    option : Option
    place : Surroundings
    load : Load
    known : dict
        Operations that were computed before, by place and system; filled.
    """
    systems = _heat(option, place, load)
    done = [(heat, _known(known, system, place, load)) for system, heat in systems]
    chain = option.power_chain or place.power_chain
    drawn = load.it_mw * chain.drawn
    facility = {s.name: drawn + _sum(done, s.name, "electricity") for s in place.segments}
    water = {s.name: _sum(done, s.name, "water") for s in place.segments}
    year, sized = facility[YEAR], [segment.name for segment in place.sizing]
    years = len(year) / HOURS
    peak = max(float(facility[name].max()) for name in sized)
    slowed = _worst_of(done, "slowed")
    figures = {
        "pue_annual": float(year.mean()) / load.it_mw,
        "pue_p99_6": float(np.quantile(year, 0.996)) / load.it_mw,
        "pue_design": _highest(facility, place, place.return_period) / load.it_mw,
        "pue_design_50": _highest(facility, place, 50) / load.it_mw,
        "wue_annual": float(water[YEAR].mean()) / load.it_mw,
        "water_peak": L_PER_S * max(float(water[name].max()) for name in sized),
        "water_annual": float(water[YEAR].sum()) / years,
        "water_discharged": float(_sum(done, YEAR, "waste_water").sum()) / years,
        "trim_hours": float((_worst_of(done[:1], "mechanical") > 1e-9).sum()) / years,
        "throttled_hours": float((slowed > 1e-9).sum()) / years,
        "lost_work": float(slowed.mean()),
        "grid_peak": peak,
        "grid_peak_50": max(_highest(facility, place, 50), float(year.max())),
        "committed_it_worst": load.grid_mw * load.it_mw / peak,
        "committed_it_p99": load.grid_mw * load.it_mw / float(np.quantile(year, 0.99)),
        "capex": sum(heat * each.capex_usd for heat, each in done),
    }
    costs = {**_costs(place, load, done, facility, figures), "power chain": _chain_cost(chain, place, load)}
    figures["annual_cost"] = sum(costs.values())
    figures["cost_per_it_mwh"] = figures["annual_cost"] / (load.it_mw * HOURS)
    figures["outside_hours"] = max(each.outside_hours for _, each in done)
    unfit = [*_stopped(done, place), *_thirsty(place, figures, water, sized)]
    settings = tuple(dict.fromkeys(text for _, each in done for text in each.settings_outside))
    return Outcome(figures, costs, year / load.it_mw, "; ".join(unfit), settings)


def _heat(option: Option, place: Surroundings, load: Load) -> list[tuple[CoolingSystem, float]]:
    """Return each system of an option with the heat that it takes [MW]; the liquid loop first."""
    chain = option.power_chain or place.power_chain
    hall = (1.0 - option.liquid_share + chain.indoor_heat) * load.it_mw
    liquid = [] if option.liquid is None else [(option.liquid, option.liquid_share * load.it_mw)]
    return [*liquid, (option.hall, hall)]


def _known(
    known: dict[tuple[str, str], Operation], system: CoolingSystem, place: Surroundings, load: Load
) -> Operation:
    """Operate a system once for each place: every load is a multiple of one MW of heat."""
    key = (place.key, repr(system))
    if key not in known:
        known[key] = operate(system, place, load.lost_usd_per_mwh)
    return known[key]


def _sum(done: Sequence[tuple[float, Operation]], segment: str, name: str) -> Floats:
    return np.asarray(sum(heat * getattr(each.hours[segment], name) for heat, each in done))


def _worst_of(done: Sequence[tuple[float, Operation]], name: str) -> Floats:
    """Return the larger of the systems' values in every hour of the year."""
    return np.asarray(np.max([getattr(each.hours[YEAR], name) for _, each in done], axis=0))


def _highest(series: Mapping[str, Floats], place: Surroundings, return_period: int) -> float:
    return max(float(series[day.name].max()) for day in place.days(return_period))


def _costs(
    place: Surroundings,
    load: Load,
    done: Sequence[tuple[float, Operation]],
    facility: Mapping[str, Floats],
    figures: Mapping[str, float],
) -> dict[str, float]:
    """Return yearly costs by reason [USD/year]; only what comes on top of the IT's own power."""
    year, grid = place.year, place.grid
    years = len(facility[YEAR]) / HOURS
    extra = facility[YEAR] - load.it_mw
    monthly = pd.Series(extra, index=year.weather.times).groupby([year.weather.times.year, year.weather.times.month])
    lost = figures["lost_work"] * load.lost_usd_per_mwh * load.it_mw * HOURS
    bought = float(_sum(done, YEAR, "bought_usd").sum()) / years
    return {
        "electricity": float((extra * year.electricity_usd_per_mwh).sum()) / years,
        "demand charge": grid.demand_charge * float(monthly.max().sum()) / years,
        "connection": place.connection_usd_per_mw * (figures["grid_peak"] - load.it_mw),
        "water": place.water.price * figures["water_annual"],
        "waste water": place.water.discharge_price * figures["water_discharged"],
        "plant": sum(heat * each.fixed_usd_per_year for heat, each in done),
        **({"cold that is bought": bought} if bought else {}),
        **({"lost work": lost} if lost else {}),
    }


def _chain_cost(chain: PowerChain, place: Surroundings, load: Load) -> float:
    """Return the annuity of the power chain with its upkeep [USD/year]."""
    rate = place.cost_of_capital if chain.cost_of_capital is None else chain.cost_of_capital
    installed = load.it_mw * chain.spare
    return float(
        installed * (chain.capex + chain.distribution_capex) * (annuity_factor(rate, chain.life) + chain.upkeep)
    )


def _stopped(done: Sequence[tuple[float, Operation]], place: Surroundings) -> list[str]:
    """Say when nothing takes the heat on a design day, on which everything must run."""
    days = place.days(place.return_period)
    hours = sum(int(np.max([each.hours[day.name].stopped for _, each in done], axis=0).sum()) for day in days)
    return [f"nothing cools it in {hours} hours of the design days"] if hours else []


def _thirsty(
    place: Surroundings, figures: Mapping[str, float], water: Mapping[str, Floats], sized: Sequence[str]
) -> list[str]:
    """Say what it needs more of than the place has: water, over the year or in a season."""
    supply = place.water
    found = []
    if figures["water_annual"] > (cap := _least(supply.cap)):
        found.append(f"needs {figures['water_annual']:,.0f} m3 of water a year, the cap is {cap:,.0f}")
    if figures["water_peak"] > (peak := _litres_per_second(supply.peak)):
        found.append(f"needs {figures['water_peak']:,.1f} L/s of water, the limit is {peak:,.1f}")
    if figures["water_discharged"] > (cap := _least(supply.discharge_cap)):
        found.append(f"drains {figures['water_discharged']:,.0f} m3 of water a year, the cap is {cap:,.0f}")
    years = len(water[YEAR]) / HOURS
    for each in supply.restrictions:
        rates = [water[s.name][np.isin(s.weather.times.month, each.months)] for s in place.segments if s.name in sized]
        months = f"in months {', '.join(map(str, each.months))}"
        rate, amount = L_PER_S * max(float(r.max(initial=0.0)) for r in rates), float(rates[0].sum()) / years
        if rate > (peak := _litres_per_second(each.peak)):
            found.append(f"needs {rate:,.1f} L/s of water {months}, the limit is {peak:,.1f}")
        if each.cap is not None and amount > each.cap:
            found.append(f"needs {amount:,.0f} m3 of water {months}, the cap is {each.cap:,.0f}")
    return found


def _least(by_date: Mapping[object, float] | None) -> float:
    return min(by_date.values()) if by_date else np.inf


def _litres_per_second(m3_per_hour: float | None) -> float:
    return np.inf if m3_per_hour is None else m3_per_hour * L_PER_S
