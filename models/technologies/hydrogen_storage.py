"""Hydrogen: an electrolyser, a tank and a fuel cell, for weeks and seasons."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Annotated, Any, ClassVar, Self

import pyomo.environ as pyo
from pydantic import Field, model_validator

from ..clock import Clock
from ..component import Annual, Hourly, Listed, Terms
from ..given import Given
from ..investment import Asset, Candidate, EnergySize, PowerSize, invest
from ..quantities import (
    DollarsPerMegawatt,
    DollarsPerMegawattHour,
    DollarsPerMegawattYear,
    Fraction,
    HectaresPerMegawatt,
    HectaresPerMegawattHour,
    Hours,
    LitresPerKilowattHour,
    PerYear,
    Years,
)


class HydrogenStorage(Candidate, kind="hydrogen_storage"):
    """Makes hydrogen, keeps it and turns it back into electricity: three sizes, each with its cost and life.

    Energy is that of hydrogen on the lower heating value: stored(t) = stored(t-1) + h (electrolysis x charge -
    discharge / conversion). Compressors draw compression x electrolysis x charge besides, the electrolyser water x
    electrolysis x charge. Waste heat is not used; part loads have the efficiency of full load.
    """

    example: ClassVar = {
        "name": "hydrogen", "fuel_cell": {"maximum": "20 MW"}, "electrolyser": {"maximum": "40 MW"},
        "energy": {"maximum": "5 GWh"},
    }  # fmt: skip
    family: ClassVar = "storage"
    label: ClassVar = "Hydrogen storage"
    draws_water: ClassVar[bool] = True

    technology: str = "hydrogen_storage"
    """Row of the catalogue for the store."""
    bus: str = "ac"
    """Bus it works on."""
    fuel_cell: PowerSize = Field(default_factory=PowerSize)
    """Electricity that it gives."""
    electrolyser: PowerSize = Field(default_factory=PowerSize)
    """Electricity that electrolysis takes."""
    energy: EnergySize = Field(default_factory=EnergySize)
    """Hydrogen that can be stored, on the lower heating value: 33.3 kWh are one kilogram."""
    longest: Annotated[Hours, Listed("longest_duration")]
    """Energy that is searched where it states no maximum, over the largest power of the site."""
    electrolysis: Annotated[Fraction, Listed("efficiency", "electrolyser_alkaline")]
    """Hydrogen made over electricity taken."""
    conversion: Annotated[Fraction, Listed("efficiency", "fuel_cell_pem")]
    """Electricity given over hydrogen used."""
    compression: Annotated[Fraction, Listed("compression")]
    """Electricity of the compressors over the hydrogen that they store."""
    water: Annotated[LitresPerKilowattHour, Listed("water", "electrolyser_alkaline")]
    """Water per hydrogen made."""
    electrolyser_life: Annotated[Years, Listed("lifetime", "electrolyser_alkaline")]
    """Economic life of the electrolyser; `life` is that of the store."""
    fuel_cell_life: Annotated[Years, Listed("lifetime", "fuel_cell_pem")]
    """Economic life of the fuel cell."""
    capex_electrolyser: Annotated[DollarsPerMegawatt, Listed("capex", "electrolyser_alkaline")]
    """Cost of the electrolyser per electricity taken."""
    capex_energy: Annotated[DollarsPerMegawattHour, Listed("capex_tank")]
    """Cost of the store; a salt cavern costs about 3 USD/kWh."""
    capex_fuel_cell: Annotated[DollarsPerMegawatt, Listed("capex", "fuel_cell_pem")]
    """Cost of the fuel cell per electricity given."""
    upkeep_electrolyser: Annotated[DollarsPerMegawattYear, Listed("fixed_om", "electrolyser_alkaline")]
    """Yearly upkeep of the electrolyser."""
    upkeep_energy: Annotated[PerYear, Listed("fixed_om")]
    """Yearly upkeep of the store over its cost."""
    upkeep_fuel_cell: Annotated[DollarsPerMegawattYear, Listed("fixed_om", "fuel_cell_pem")]
    """Yearly upkeep of the fuel cell."""
    running_cost: Annotated[DollarsPerMegawattHour, Listed("variable_om", "fuel_cell_pem")]
    """Cost of running the fuel cell."""
    land: Annotated[HectaresPerMegawattHour, Listed("land")]
    """Land per energy."""
    land_electrolyser: Annotated[HectaresPerMegawatt, Listed("land", "electrolyser_alkaline")]
    """Land per power of the electrolyser."""
    land_fuel_cell: Annotated[HectaresPerMegawatt, Listed("land", "fuel_cell_pem")]
    """Land per power of the fuel cell."""

    @model_validator(mode="after")
    def _works(self) -> Self:
        if min(self.electrolysis, self.conversion) <= 0:
            raise ValueError("electrolysis and conversion must lie above 0. Remove the component to switch it off")
        return self

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        cell = _part(block, time, given, "fuel_cell", upkeep=given.upkeep_fuel_cell)
        maker = _part(block, time, given, "electrolyser", upkeep=given.upkeep_electrolyser)
        store = invest(
            block, time, given, given.energy, unit="MWh", quantity="energy", bound=self.longest,
            capex=given.capex_energy, upkeep=given.upkeep_energy * given.capex_energy,
        )  # fmt: skip
        _flows(block, time, cell, maker)
        _store(block, time, given, store)
        assets = (cell, maker, store)
        land = (given.land_fuel_cell, given.land_electrolyser, given.land)
        drawn = 1 + given.electrolysis * given.compression
        return Terms(
            into={
                self.bus: Hourly(lambda t: block.discharge[t] - drawn * block.charge[t]),
                "water": Hourly(lambda t: -1 * given.water * given.electrolysis * block.charge[t]),
                "land": Annual(lambda p: sum(per * a.capacity[p] for per, a in zip(land, assets, strict=True))),
                "capital": Annual(lambda p: sum(a.capital.at(p) for a in assets)),
            },
            cost={
                **{reason: term for a in assets for reason, term in a.cost.items()},
                "running": Hourly(lambda t: given.running_cost * block.discharge[t]),
            },
            capacities=tuple(a.record for a in assets),
        )


def _part(block: Any, time: Clock, given: Given, name: str, *, upkeep: Any) -> Asset:
    """Put the electrolyser or the fuel cell on ``block``, with the life of its own."""
    own = SimpleNamespace(**{**vars(given), "life": getattr(given, f"{name}_life")})
    capex = getattr(given, f"capex_{name}")
    return invest(block, time, own, getattr(given, name), unit="MW", quantity=name, capex=capex, upkeep=upkeep)


def _flows(block: Any, time: Clock, cell: Asset, maker: Asset) -> None:
    block.charge = pyo.Var(time.steps, bounds=(0, maker.most), units=time.unit("MW"))
    block.discharge = pyo.Var(time.steps, bounds=(0, cell.most), units=time.unit("MW"))

    @block.Constraint(time.steps, doc="electrolysis stays within the electrolyser")
    def electrolyser_limit(b: Any, t: int) -> Any:
        return b.charge[t] <= maker.capacity[time.phase[t]]

    @block.Constraint(time.steps, doc="discharging stays within the fuel cell")
    def fuel_cell_limit(b: Any, t: int) -> Any:
        return b.discharge[t] <= cell.capacity[time.phase[t]]


def _store(block: Any, time: Clock, given: Given, store: Asset) -> None:
    block.stored = pyo.Var(time.steps, bounds=(0, store.most), units=time.unit("MWh"))

    @block.Constraint(time.steps, doc="stored hydrogen carries over")
    def carry_over(b: Any, t: int) -> Any:
        made, used = given.electrolysis * b.charge[t], b.discharge[t] / given.conversion
        return b.stored[t] == b.stored[time.before[t]] + time.hours[t] * (made - used)

    @block.Constraint(time.steps, doc="stored hydrogen stays within the store")
    def energy_limit(b: Any, t: int) -> Any:
        return b.stored[t] <= store.capacity[time.phase[t]]

    @block.Constraint(time.anchors, doc="a design day starts and ends at its stated level")
    def design_level(b: Any, t: int) -> Any:
        return b.stored[t] == given.site.design_charge * store.capacity[time.phase[t]]
