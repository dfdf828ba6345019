"""Rejecting heat to wet towers, with and without a chiller between."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from .component import Floats, Listed
from .conditions import Conditions
from .cooling import Mode, Plant, Ranges
from .investment import PowerSize
from .machines import Tower, WaterCooledChiller, WaterLoop
from .physics import economisers
from .quantities import DollarsPerMegawatt, Kelvins, PerYear, Years
from .rejection_air import FreeAndTrim, Rejector


def chilled_by_tower(
    chiller: WaterCooledChiller, tower: Tower, weather: Conditions, leaving_water_c: float, load: float
) -> Mode:
    """Return the mode of a water-cooled chiller on a tower; its compressor's heat goes to the tower too.

    Parameters
    ----------
    leaving_water_c : float
        Water that the chiller sends to the load [degC].
    load : float
        Load of each tower cell over its rating [1].
    """
    water_c = tower.water_c(weather)
    per_heat = chiller.electricity(water_c, leaving_water_c)
    rejected = tower.taking(weather, per_heat, load)
    return Mode(
        electricity=per_heat + rejected.electricity,
        water=rejected.water,
        capacity=chiller.capacity(water_c),
        side=rejected.side,
    )


def free_by_tower(tower: Tower, approach_k: float, weather: Conditions, loop: WaterLoop) -> Mode:
    """Return the mode in which tower water cools the loop over a heat exchanger, as far as the wet bulb allows."""
    water_c = tower.water_c(weather)
    share = economisers.waterside_share(water_c, loop.return_c, loop.supply_c, approach_k)
    taken = tower.taking(weather, 0.0 * water_c, loop.load)
    return Mode(taken.electricity, taken.water, taken.capacity, share, taken.side)


class OnTower(FreeAndTrim):
    """Wet towers over a heat exchanger, with a water-cooled trim chiller for the hours that are too humid.

    Free share = (return - tower water - exchanger approach) / (return - supply), between 0 and 1.
    """

    evaporates: ClassVar[bool] = True
    side_buses: ClassVar[tuple[str, ...]] = ("waste_water",)

    life: Annotated[Years, Listed("lifetime", "cooling_tower")]
    """Economic life."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "cooling_tower")]
    """Yearly upkeep over the cost, water treatment included."""
    exchanger_approach: Annotated[Kelvins, Listed("approach", "waterside_economiser")]
    """Loop water above tower water."""
    free_capex: Annotated[DollarsPerMegawatt, Listed("capex", "cooling_tower")]
    """Cost of the towers per heat."""
    trim_capex: Annotated[DollarsPerMegawatt, Listed("capex", "chiller_water_cooled")]
    """Cost of the trim chiller with its tower and pumps per rated heat."""
    tower: Tower = Field(default_factory=Tower)  # type: ignore[arg-type]
    """The towers."""
    chiller: WaterCooledChiller = Field(default_factory=WaterCooledChiller)  # type: ignore[arg-type]
    """The trim chiller."""

    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        reached: Floats = self.tower.water_c(weather) + self.exchanger_approach
        free = free_by_tower(self.tower, self.exchanger_approach, weather, loop)
        modes = {"free": free, "trim": chilled_by_tower(self.chiller, self.tower, weather, loop.supply_c, loop.load)}
        return self.with_warm(modes, free, reached, loop.supply_c)

    def rejector_ranges(self, weather: Conditions, loop: WaterLoop) -> Ranges:
        chilled = self.chiller.ranges(self.tower.water_c(weather), loop.supply_c)
        return [*self.tower.ranges(weather), *chilled]


class OnWaterChiller(Rejector):
    """Water-cooled chillers on wet towers."""

    evaporates: ClassVar[bool] = True
    side_buses: ClassVar[tuple[str, ...]] = ("waste_water",)

    life: Annotated[Years, Listed("lifetime", "chiller_water_cooled")]
    """Economic life."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "chiller_water_cooled")]
    """Yearly upkeep over the cost, water treatment included."""
    chiller_size: PowerSize = Field(default_factory=PowerSize)
    """Rated heat of the chillers, at 29.4 degC tower water."""
    chiller_capex: Annotated[DollarsPerMegawatt, Listed("capex", "chiller_water_cooled")]
    """Cost of the chillers with towers and pumps per rated heat."""
    tower: Tower = Field(default_factory=Tower)  # type: ignore[arg-type]
    """The towers."""
    chiller: WaterCooledChiller = Field(default_factory=WaterCooledChiller)  # type: ignore[arg-type]
    """The chillers."""

    @property
    def rejectors(self) -> dict[str, Plant]:
        return {"chiller": Plant(("chiller_capex",), ("chiller",), "chiller_size")}

    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        return {"chiller": chilled_by_tower(self.chiller, self.tower, weather, loop.supply_c, loop.load)}

    def rejector_ranges(self, weather: Conditions, loop: WaterLoop) -> Ranges:
        chilled = self.chiller.ranges(self.tower.water_c(weather), loop.supply_c)
        return [*self.tower.ranges(weather), *chilled]


class OnEconomiser(OnWaterChiller):
    """Water-cooled chillers whose towers also cool the return water directly, ahead of the chillers."""

    economiser_size: PowerSize = Field(default_factory=PowerSize)
    """Heat that the economiser's exchangers can take."""
    economiser_capex: Annotated[DollarsPerMegawatt, Listed("capex", "waterside_economiser")]
    """Cost of the exchangers per heat."""
    exchanger_approach: Annotated[Kelvins, Listed("approach", "waterside_economiser")]
    """Chilled water above tower water."""

    @property
    def rejectors(self) -> dict[str, Plant]:
        both = ("economiser", "chiller")  # the towers that the economiser uses are bought with the chillers
        return {
            "chiller": Plant(("chiller_capex",), both, "chiller_size"),
            "economiser": Plant(("economiser_capex",), ("economiser",), "economiser_size", weathered=False),
        }

    def rejected(self, weather: Conditions, loop: WaterLoop) -> dict[str, Mode]:
        return {
            "economiser": free_by_tower(self.tower, self.exchanger_approach, weather, loop),
            **super().rejected(weather, loop),
        }
