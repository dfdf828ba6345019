"""Generators that burn fuel: engines, turbines and backup, derated by heat and altitude."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field

from ..clock import Clock
from ..component import Hourly, Listed, Series, Terms
from ..conditions import Conditions
from ..given import Given
from ..investment import Asset, Candidate, PowerSize, invest
from ..physics.derating import power_fraction
from ..quantities import (
    Celsius,
    DollarsPerMegawatt,
    DollarsPerMegawattHour,
    DollarsPerMegawattYear,
    Fraction,
    HectaresPerMegawatt,
    Hours,
    Megawatts,
    Metres,
    PerKelvin,
    PerMetre,
)


class Generator(Candidate, kind="generator"):
    """Burns fuel at a constant efficiency, on the lower heating value, up to its derated power.

    Rated power is at the reference temperature and altitude of the technology. With heat recovery,
    recovered heat <= heat_recovery x (1 / efficiency - 1) x output drives absorption chillers; the rest is vented.
    """

    example: ClassVar = {"name": "engines", "technology": "gas_engine", "fuel": "gas", "size": {"maximum": "100 MW"}}
    family: ClassVar = "generation"
    label: ClassVar = "Generator"

    technology: str
    """Row of the catalogue, for example gas_engine, gas_turbine_frame, gas_turbine_aero or diesel."""
    fuel: str
    """Bus of its fuel: gas or diesel_oil."""
    bus: str = "ac"
    """Bus it feeds."""
    size: PowerSize = Field(default_factory=PowerSize)
    """Rated power."""
    efficiency: Annotated[Fraction, Listed("efficiency")]
    """Electricity over fuel, on the lower heating value."""
    auxiliary_load: Annotated[Fraction, Listed("auxiliary_load")]
    """Own use over output."""
    forced_outage: Annotated[Fraction, Listed("forced_outage")]
    """Share of the time, averaged over the units, in which it is out of service."""
    heat_derating: Annotated[PerKelvin, Listed("derate_temperature")]
    """Power lost per degree above the reference temperature."""
    reference_temperature: Annotated[Celsius, Listed("derate_reference_temperature")]
    """Temperature up to which it gives its rated power."""
    altitude_derating: Annotated[PerMetre, Listed("derate_altitude")]
    """Power lost per metre above the reference altitude."""
    reference_altitude: Annotated[Metres, Listed("derate_reference_altitude")]
    """Altitude up to which it gives its rated power."""
    capex: Annotated[DollarsPerMegawatt, Listed("capex")]
    """Cost per rated power."""
    upkeep: Annotated[DollarsPerMegawattYear, Listed("fixed_om")]
    """Yearly upkeep per rated power."""
    running_cost: Annotated[DollarsPerMegawattHour, Listed("variable_om")]
    """Cost of running, without fuel."""
    land: Annotated[HectaresPerMegawatt, Listed("land")]
    """Land per rated power."""
    unit: Annotated[Megawatts, Listed("unit_size")]
    """Size of one unit; sizes are rounded up to whole units."""
    whole: bool = False
    """Let the optimiser build whole units only, by branch and bound."""
    run_hours: Hours | None = None
    """Full-load hours a year that its permit allows."""
    carbon_free: bool = False
    """Whether its electricity counts as carbon-free."""
    heat_recovery: Fraction = 0.0
    """Share of its waste heat, fuel less electricity, that can drive absorption chillers; 0.6 is typical of engines."""
    heat_recovery_capex: Annotated[DollarsPerMegawatt, Listed("capex", "heat_recovery")]
    """Cost of heat recovery per heat that can be recovered."""

    def derive(self, weather: Conditions) -> dict[str, Series]:
        fraction = power_fraction(
            weather.dry_bulb_c,
            weather.place.elevation_m,
            loss_per_k=self.heat_derating,
            reference_c=self.reference_temperature,
            loss_per_m=self.altitude_derating,
            reference_m=self.reference_altitude,
        )
        return {"availability": Series((1 - self.forced_outage) * fraction, "")}

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        recoverable = given.heat_recovery * (1 / given.efficiency - 1)
        asset = invest(
            block, time, given, given.size, unit="MW", upkeep=given.upkeep,
            capex=given.capex + recoverable * given.heat_recovery_capex,
            unit_size=self.unit, whole=self.whole,
        )  # fmt: skip
        block.output = pyo.Var(time.steps, bounds=(0, asset.most), units=time.unit("MW"))

        @block.Constraint(time.steps, doc="output stays within the derated power")
        def derated_limit(b: Any, t: int) -> Any:
            return b.output[t] <= given.availability[t] * asset.capacity[time.phase[t]]

        if self.heat_recovery > 0:
            _recovers(block, time, recoverable, asset)

        if self.run_hours is not None:

            @block.Constraint(time.phases, doc="the year stays within the permitted hours")
            def permit_limit(b: Any, p: str) -> Any:
                yearly = sum(time.weight[t] * time.hours[t] * b.output[t] for t in time.of[p])
                return yearly <= given.run_hours * time.number(1.0, "1/year") * asset.capacity[p]

        sent = Hourly(lambda t: (1 - given.auxiliary_load) * block.output[t])
        return Terms(
            into={
                self.bus: sent,
                self.fuel: Hourly(lambda t: -1 * block.output[t] / given.efficiency),
                **({} if self.carbon_free else {"carbon_bearing_energy": sent}),
                "land": asset.per_unit(given.land),
                "capital": asset.capital,
                **({"drive_heat": Hourly(lambda t: block.recovered[t])} if self.heat_recovery > 0 else {}),
            },
            cost={**asset.cost, "running": Hourly(lambda t: given.running_cost * block.output[t])},
            capacities=(asset.record,),
            settles=(self.fuel,),
        )


def _recovers(block: Any, time: Clock, recoverable: Any, asset: Asset) -> None:
    """Add the heat that drives absorption chillers; what they do not take is vented."""
    most = float(pyo.value(recoverable)) * asset.most
    block.recovered = pyo.Var(time.steps, bounds=(0, most), units=time.unit("MW"))

    @block.Constraint(time.steps, doc="recovered heat stays within the share of the waste heat that can be used")
    def recovery_limit(b: Any, t: Any) -> Any:
        return b.recovered[t] <= recoverable * b.output[t]
