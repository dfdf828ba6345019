"""A place as the comparison of cooling options sees it: its year, its design days, its prices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from gigasite import climate
from gigasite.models.component import Component, Floats
from gigasite.models.conditions import Conditions
from gigasite.models.errors import SiteFileError
from gigasite.models.finance import annuity_factor
from gigasite.models.technologies.grid import Grid
from gigasite.models.technologies.power_chain import PowerChain
from gigasite.models.technologies.water_supply import WaterSupply

from .site import Site

MONTHS = 12
C = TypeVar("C", bound=Component)
NOT_COUNTED = (
    "offers", "power_factor", "losses", "energy_tiers", "demand_charges", "fixed_charge", "standby_charge", "call_off",
)  # fmt: skip
"""Fields of a connection that the comparison does not weigh; it says so where a site has them."""
RETURN_PERIODS = (20, 50)
YEAR = "year"


@dataclass(frozen=True, eq=False)
class Segment:
    """Hours that are cooled: the year, or a design day.

    Parameters
    ----------
    name : str
        ``year``, or day and return period, such as ``dry_bulb_20``.
    weather : Conditions
    electricity_usd_per_mwh : array, shape (n,)
        Price of each hour.
    """

    name: str
    weather: Conditions
    electricity_usd_per_mwh: Floats


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What a place gives to the options.

    Parameters
    ----------
    key, name : str
        Of the site.
    segments : tuple of Segment
        The year first, then the design days of every return period.
    return_period : int
        Of the days that plant is sized on [year].
    grid : Grid
    water : WaterSupply
    power_chain : PowerChain
    cost_of_capital : float
        [1/year].
    warnings : tuple of str
    """

    key: str
    name: str
    segments: tuple[Segment, ...]
    return_period: int
    grid: Grid
    water: WaterSupply
    power_chain: PowerChain
    cost_of_capital: float
    warnings: tuple[str, ...] = ()

    @cached_property
    def year(self) -> Segment:
        """The year."""
        return self.segments[0]

    @cached_property
    def sizing(self) -> tuple[Segment, ...]:
        """The year and the design days that plant is sized on."""
        return (self.year, *self.days(self.return_period))

    @property
    def connection_usd_per_mw(self) -> float:
        """What a MW of connection costs a year: annuity and upkeep."""
        rate = self.cost_of_capital if self.grid.cost_of_capital is None else self.grid.cost_of_capital
        return float(self.grid.capex * (annuity_factor(rate, self.grid.life) + self.grid.upkeep))

    @property
    def peak_usd_per_mw(self) -> float:
        """What a MW in the worst hour costs a year: the connection and, at most, the demand charge of every month."""
        return float(self.connection_usd_per_mw + MONTHS * self.grid.demand_charge)

    def days(self, return_period: int) -> tuple[Segment, ...]:
        """Return the design days of a return period."""
        return tuple(each for each in self.segments if each.name.endswith(f"_{return_period}"))


def surroundings(site: Site) -> Surroundings:
    """Return what a site gives to cooling options.

    Raises
    ------
    SiteFileError
        If it has no grid connection, whose price and limit the options are judged by.
    WeatherError
        If its climate is wrong.
    """
    grid = next((c for c in site.components if isinstance(c, Grid)), None)
    if grid is None:
        raise SiteFileError(
            f"{site.key}: has no grid connection, whose price and limit the options are judged by. Add section grid."
        )
    water = _own(site, WaterSupply, "water")
    chain = _own(site, PowerChain, "power_chain")
    weather = climate.load(site.climate, site.place, site.folder)
    year = weather.conditions()
    price = grid.energy_price.values
    hourly = np.resize(price, len(year))  # a year of prices, or one price, over all years of weather
    segments = [Segment(YEAR, year, hourly)]
    for period in RETURN_PERIODS:
        section = site.climate.model_copy(update={"return_period": period})
        segments += [
            Segment(f"{day.name}_{period}", day.conditions, np.full(len(day.conditions), float(price.mean())))
            for day in climate.days(section, site.place, weather)
        ]
    return Surroundings(
        key=site.key,
        name=site.name,
        segments=tuple(segments),
        return_period=site.climate.return_period,
        grid=grid,
        water=water,
        power_chain=chain,
        cost_of_capital=site.money.cost_of_capital,
        warnings=(*weather.warnings, *_left_out(grid)),
    )


def _left_out(grid: Grid) -> list[str]:
    """Say what of a connection the comparison does not count: its price, monthly demand charge and capex it does."""
    found = [name for name in NOT_COUNTED if getattr(grid, name) != Grid.model_fields[name].get_default()]
    return (
        [f"the comparison leaves out {', '.join(found)} of '{grid.name}'; `gigasite solve` counts them"]
        if found
        else []
    )


def _own(site: Site, kind: type[C], name: str) -> C:
    """Return the site's component of a class; one filled from the catalogue where it has none."""
    return next((c for c in site.components if isinstance(c, kind)), None) or kind.model_validate({"name": name})
