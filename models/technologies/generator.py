"""Generators that are bought: engines, turbines, fuel cells, reactors, geothermal and hydro plants."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import model_validator

from ..clock import Clock
from ..component import Hourly, Listed, Term, Terms
from ..generation import Generation, Operation
from ..given import Given
from ..investment import invest
from ..quantities import DollarsPerMegawatt, DollarsPerMegawattYear, Fraction


class Generator(Generation, kind="generator"):
    """A plant of one row of the catalogue, at the efficiency of full load unless part load is chosen.

    Rated power is at the reference temperature and altitude of the technology; output <= (1 - forced outage) x
    derating x capacity. With part_load: min_load x available x online <= output <= available x online and fuel =
    (idle x available x online + (1 - idle) x output) / efficiency. With heat recovery, recovered heat <=
    heat_recovery x (fuel - output) drives absorption chillers; the rest is vented.
    """

    example: ClassVar = {"name": "engines", "technology": "gas_engine", "fuel": "gas", "size": {"maximum": "100 MW"}}
    variants: ClassVar = {
        "part_load": {
            "part_load": True, "ramp": "0.01 1/minute", "heat_recovery": 0.6, "run_hours": "4000 h",
            "backup_from": "2031-01-01",
        },
        "whole": {"whole": True, "part_load": True, "start_cost": "0 USD/MW"},
        "capture": {"technology": "ccgt_ccs"},
        "reactor": {"technology": "smr", "fuel": None},
        "geothermal": {"technology": "geothermal", "fuel": None, "emission": "38 kg/MWh"},
        "river": {"technology": "hydro", "fuel": None, "inflow": 0.4},
    }  # fmt: skip
    label: ClassVar = "Generator"

    capex: Annotated[DollarsPerMegawatt, Listed("capex")]
    """Cost per rated power."""
    upkeep: Annotated[DollarsPerMegawattYear, Listed("fixed_om")]
    """Yearly upkeep per rated power."""
    heat_recovery: Fraction = 0.0
    """Share of its waste heat, fuel less electricity, that can drive absorption chillers; 0.6 is typical of engines."""
    heat_recovery_capex: Annotated[DollarsPerMegawatt, Listed("capex", "heat_recovery")]
    """Cost of heat recovery per heat that can be recovered at full load."""

    @model_validator(mode="after")
    def _has_waste_heat(self) -> Generator:
        if self.heat_recovery > 0 and self.efficiency is None:
            raise ValueError(f"heat_recovery needs an efficiency, which {self.technology} does not list. Remove it")
        return self

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        recoverable = self.heat_recovery * (1 / self.efficiency - 1) if self.efficiency else 0.0
        asset = invest(
            block, time, given, given.size, unit="MW", upkeep=given.upkeep,
            capex=given.capex + recoverable * given.heat_recovery_capex,
            unit_size=self.unit, whole=self.whole,
        )  # fmt: skip
        running = self.operate(block, time, given, asset)
        into: dict[str, Term] = {**running.into, "land": asset.per_unit(given.land), "capital": asset.capital}
        if self.heat_recovery > 0:
            _recovers(block, time, given, running, recoverable * asset.most)
            into["drive_heat"] = Hourly(lambda t: block.recovered[t])
        return Terms(
            into=into,
            cost={**asset.cost, **running.cost},
            capacities=(asset.record,),
            settles=running.settles,
        )


def _recovers(block: Any, time: Clock, given: Given, running: Operation, most: float) -> None:
    """Add the heat that drives absorption chillers; what they do not take is vented."""
    block.recovered = pyo.Var(time.steps, bounds=(0, most), units=time.unit("MW"))

    @block.Constraint(time.steps, doc="recovered heat stays within the share of the waste heat that can be used")
    def recovery_limit(b: Any, t: Any) -> Any:
        waste = running.fleet.drawn(t) / given.efficiency - b.output[t]
        return b.recovered[t] <= given.heat_recovery * waste
