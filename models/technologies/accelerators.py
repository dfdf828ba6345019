"""Accelerators: turn protected power into work and heat."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field

from ..clock import Clock
from ..component import Annual, Floats, Hourly, Listed, Series, Terms
from ..conditions import Conditions
from ..given import Given
from ..investment import Candidate, Size, by_date, invest
from ..quantities import Accelerators as Count
from ..quantities import (
    Celsius,
    DollarsPerAccelerator,
    Fraction,
    MegawattsPerAccelerator,
    Number,
    PerYear,
    WorkPerAccelerator,
    Years,
)

CountByDate: Any = by_date(Count, "GPU")
CountSize = Size[Count, CountByDate]


class Accelerators(Candidate, kind="accelerators"):
    """A platform of accelerators; sizes are in thousands, work in thousand H100-equivalents.

    IT power = overhead x (idle x installed + (active - idle) x running); on design days all run at nameplate power.
    Work is counted by dense BF16 throughput relative to one H100. What runs swings together: swing x overhead x
    nameplate power x running, which counts where `limits.swing` says what the grid accepts.
    """

    example: ClassVar = {"name": "gpus", "technology": "gb300_nvl72", "size": {"maximum": "5000 GPU"}}
    family: ClassVar = "compute"
    label: ClassVar = "Accelerators"

    technology: str
    """Platform, a row of the catalogue."""
    size: CountSize = Field(default_factory=CountSize)
    """Accelerators that stand."""
    life: Annotated[Years, Listed("lifetime", "it")]
    """Economic life; capital is paid over it and the accelerators are retired at its end."""
    power: Annotated[MegawattsPerAccelerator, Listed("it_power")]
    """Nameplate power of an accelerator with its share of the server."""
    active_share: Annotated[Fraction, Listed("average_over_peak_it_load", "it")]
    """Average power of a working accelerator over its nameplate power."""
    idle_share: Annotated[Fraction, Listed("idle_fraction", "it")]
    """Power of an idle accelerator over its nameplate power."""
    network_overhead: Annotated[Number, Listed("it_over_server_power", "it")]
    """IT power with network, storage and management over server power."""
    availability: Annotated[Fraction, Listed("availability", "it")]
    """Share of the accelerators that is in service."""
    swing: Annotated[Fraction, Listed("training_swing", "it")]
    """Rise and fall of IT power within seconds, in step, over the nameplate IT power of what runs: for synchronous
    training. Less where only part of it trains, or where racks or software smooth it."""
    liquid_share: Annotated[Fraction, Listed("liquid_share")]
    """Share of the heat that goes into the liquid loop."""
    speed: Annotated[WorkPerAccelerator, Listed("speed_bf16")]
    """Work rate of an accelerator: its dense BF16 throughput over that of an H100."""
    water_limit: Annotated[Celsius, Listed("facility_water_max")]
    """Warmest facility water that the platform accepts."""
    capex: Annotated[DollarsPerAccelerator, Listed("capex")]
    """Cost of an accelerator with its share of server and network."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "it")]
    """Yearly cost of repair and support over the cost of the hardware."""
    rack: Annotated[Count, Listed("block_size")]
    """Accelerators that come together; sizes are rounded up to whole racks."""
    whole: bool = False
    """Let the optimiser build whole racks only, rounded from the linear plan."""

    def facility_mw(self, thousands: float) -> float:
        """Return the nameplate IT power [MW] of so many thousand accelerators."""
        return float(thousands * self.power * self.network_overhead)

    def derive(self, weather: Conditions) -> dict[str, Series]:
        return self._rates(weather, self.active_share, self.availability, self.speed)

    def derive_on_design_day(self, weather: Conditions) -> dict[str, Series]:
        return self._rates(weather, 1.0, 1.0, 0.0)

    def _rates(self, weather: Conditions, active: float, usable: float, work: float) -> dict[str, Series]:
        ones: Floats = 0 * weather.dry_bulb_c + 1.0
        return {
            "active": Series(ones * active, ""),
            "usable": Series(ones * usable, ""),
            "work": Series(ones * work, "kH100/kGPU"),
        }

    def build(self, block: pyo.Block, time: Clock, given: Given) -> Terms:
        asset = invest(
            block, time, given, given.size, unit="kGPU", capex=given.capex,
            upkeep=given.upkeep * given.capex, bound=1.0 / self.power, unit_size=self.rack, whole=self.whole,
        )  # fmt: skip
        block.running = pyo.Var(time.steps, bounds=(0, asset.most), units=time.unit("kGPU"))

        @block.Constraint(time.operating, doc="only what stands and is in service can run")
        def running_limit(b: Any, t: int) -> Any:
            return b.running[t] <= given.usable[t] * asset.capacity[time.phase[t]]

        @block.Constraint(time.design, doc="on design days everything runs")
        def running_on_design_day(b: Any, t: int) -> Any:
            return b.running[t] == given.usable[t] * asset.capacity[time.phase[t]]

        def drawn(t: Any) -> Any:
            standing = given.idle_share * asset.capacity[time.phase[t]]
            working = (given.active[t] - given.idle_share) * block.running[t]
            return given.network_overhead * given.power * (standing + working)

        rating = given.network_overhead * given.power
        return Terms(
            into={
                "it": Hourly(lambda t: -1 * drawn(t)),
                "heat_liquid": Hourly(lambda t: given.liquid_share * drawn(t)),
                "heat_air": Hourly(lambda t: (1 - given.liquid_share) * drawn(t)),
                "compute": Hourly(lambda t: given.work[t] * block.running[t]),
                "compute_capacity": Annual(lambda p: given.speed * given.availability * asset.capacity[p]),
                "work": Hourly(lambda t: given.work[t] * block.running[t]),
                "it_energy": Hourly(drawn),
                "swing": Hourly(lambda t: -1 * given.swing * rating * block.running[t]),
                "floor_space": Annual(lambda p: -1 * rating * asset.capacity[p]),
                "capital": asset.capital,
            },
            cost=asset.cost,
            capacities=(asset.record,),
        )
