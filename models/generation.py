"""What bought and rented generators share: derated power, part load, ramps, permits and fuel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

import pyomo.environ as pyo
from pydantic import Field, model_validator

from .buses import FIRM, STANDING, firm_account
from .catalogue import Entry, entries
from .clock import Clock
from .component import Annual, Hourly, Listed, Series, Term
from .conditions import Conditions
from .firm import firm_capacity
from .given import Given
from .hourly import hourly
from .investment import ALWAYS, Asset, Candidate, PowerSize
from .physics.derating import power_fraction
from .quantities import (
    Celsius,
    DollarsPerMegawatt,
    DollarsPerMegawattHour,
    DollarsPerTonne,
    Fraction,
    HectaresPerMegawatt,
    Megawatts,
    Metres,
    PerHour,
    PerKelvin,
    PerMetre,
    TonnesPerMegawattHour,
    quantity,
)
from .unit_commitment import ByStep, Fleet, commit, idle_share, ramp, ramp_binds

HOURS_PER_YEAR = 8760.0
OF_PART_LOAD = ("min_load", "part_load_penalty", "start_cost")
OF_CAPTURE = ("captured_emission", "capture_cost")
Inflow: Any = hourly("", bare=True, design="min", high=1.0)


def _penalty(value: float) -> float:
    if not -0.5 <= value <= 0.9:
        raise ValueError(f"must lie between -0.5 and 0.9, got {value:g}")
    return value


def _some(value: float) -> float:
    if value <= 0:
        raise ValueError(f"must be more than 0 h, got {value:g} h. Remove the generator to switch it off")
    return value


Penalty: Any = quantity("", bare=True, check=_penalty)
PermittedHours: Any = quantity("hour", check=_some)


@dataclass(frozen=True)
class Operation:
    """How a generator runs: its flows into buses, its running costs and the accounts that must balance."""

    fleet: Fleet
    into: Mapping[str, Term]
    cost: Mapping[str, Term]
    settles: tuple[str, ...]


class Generation(Candidate):
    """A machine or plant of one technology.

    output <= available(t) x capacity, where available = (1 - forced outage) x derating by heat and altitude.
    Without part load it draws output / efficiency of fuel. With part load the rated power of the units online is
    chosen at every step: min_load x available x online <= output <= available x online, and it draws
    (idle x available x online + (1 - idle) x output) / efficiency, where idle is such that full and half load have
    the efficiencies of the catalogue. Ramps bind only where they are slower than a step.
    """

    family: ClassVar = "generation"

    technology: str
    """Row of the catalogue, for example gas_engine, gas_turbine_aero, ccgt, diesel, smr, geothermal or hydro."""
    fuel: str | None = None
    """Bus of its fuel: gas, diesel_oil or hydrogen_fuel; left out for nuclear, geothermal and hydro power."""
    bus: str = "ac"
    """Bus it feeds."""
    size: PowerSize = Field(default_factory=PowerSize)
    """Rated power."""
    efficiency: Annotated[Fraction | None, Listed("efficiency")] = None
    """Electricity over fuel at full load, on the lower heating value."""
    fuel_cost: Annotated[DollarsPerMegawattHour | None, Listed("fuel_cost")] = None
    """Cost of fuel that is not drawn from a bus, such as that of reactors, per output at full load."""
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
    running_cost: Annotated[DollarsPerMegawattHour, Listed("variable_om")]
    """Cost of running, without fuel."""
    land: Annotated[HectaresPerMegawatt, Listed("land")]
    """Land per rated power."""
    unit: Annotated[Megawatts, Listed("unit_size")]
    """Size of one unit; sizes are rounded up to whole units."""
    whole: bool = False
    """Let the optimiser build whole units only; with part load also run whole units only."""
    part_load: bool = False
    """Choose the units online at every step, with minimum load, more fuel at part load, and starts."""
    min_load: Annotated[Fraction | None, Listed("min_load")] = None
    """Least output of a unit online over what it can give; with part_load only."""
    part_load_penalty: Annotated[Penalty | None, Listed("part_load_penalty")] = None
    """Efficiency lost at part load, extrapolated to no load; half of it is lost at half load; with part_load only."""
    start_cost: Annotated[DollarsPerMegawatt | None, Listed("start_cost")] = None
    """Cost of one start per rated power, wear and fuel; with part_load only."""
    ramp: Annotated[PerHour, Listed("ramp")]
    """Change of output over the rating in an hour; it matters where it is less than the whole rating in a step."""
    run_hours: PermittedHours | None = None
    """Hours a year that its air permit allows: full-load hours, or hours online with part load."""
    backup_from: date | None = None
    """Date from which it is backup only, for example when the grid connection comes."""
    backup_hours: Annotated[PermittedHours | None, Listed("permit_hours_per_year", "diesel")] = None
    """Hours a year that it may run from then on."""
    capacity_factor: Annotated[Fraction | None, Listed("capacity_factor")] = None
    """Share of a year's full-load energy that water, steam or maintenance allow, whenever it is drawn."""
    inflow: Inflow | None = None
    """Share of the rated power that a river allows at every hour; it takes the place of the capacity factor."""
    emission: TonnesPerMegawattHour = 0.0
    """CO2 per output besides what its fuel emits, for example of geothermal steam; zero where left out."""
    capture: Annotated[Fraction | None, Listed("capture_rate")] = None
    """Share of the CO2 of its fuel that is captured and stored."""
    captured_emission: Annotated[TonnesPerMegawattHour | None, Listed("gas_emission", "fuel")] = None
    """CO2 per heat of its fuel, of which that share is captured."""
    capture_cost: Annotated[DollarsPerTonne | None, Listed("co2_storage_cost", "carbon")] = None
    """Cost of carrying off and storing captured CO2."""
    carbon_free: bool | None = None
    """Whether its electricity counts as carbon-free; where left out, whether it burns no fuel from a bus."""

    @classmethod
    def listed_fields(cls, data: Mapping[str, Any]) -> dict[str, Entry]:
        """Leave out what the technology does not have, and what the options that are off do not need."""
        known = entries(cls.technology_of(data))
        skipped = [name for name, row in _optional(cls).items() if row not in known]
        skipped += [] if data.get("part_load") else OF_PART_LOAD
        skipped += [] if (data.get("capture") or "capture_rate" in known) else OF_CAPTURE
        skipped += ["backup_hours"] if data.get("backup_from") is None else []
        skipped += ["capacity_factor"] if data.get("inflow") is not None else []
        return super().listed_fields({**dict.fromkeys(skipped), **data})

    @model_validator(mode="after")
    def _consistent_fuel(self) -> Generation:
        burns = self.efficiency is not None and self.fuel_cost is None
        if self.fuel is None and burns:
            raise ValueError(f"fuel is missing: {self.technology} burns fuel. Name its bus, for example fuel: gas")
        if self.fuel is not None and not burns:
            raise ValueError(f"{self.technology} burns no fuel from a bus, got fuel: {self.fuel}. Remove fuel")
        return self

    @model_validator(mode="after")
    def _consistent_part_load(self) -> Generation:
        stray = [name for name in OF_PART_LOAD if getattr(self, name) is not None]
        if stray and not self.part_load:
            raise ValueError(f"{stray[0]} acts with part load only. Set part_load: true, or remove {stray[0]}")
        if self.part_load:
            missing = [name for name in OF_PART_LOAD[:2] if getattr(self, name) is None]
            if missing:
                raise ValueError(f"part_load needs {missing[0]}, which {self.technology} does not list. State it")
            idle = idle_share(self.part_load_penalty or 0.0)
            if idle < 0 and self.min_load < -idle:  # type: ignore[operator]
                raise ValueError(
                    f"min_load must be at least {-idle:.3g} at a part_load_penalty of {self.part_load_penalty:g}, got"
                    f" {self.min_load:g}: less load would give fuel back. Raise it"
                )
        return self

    @model_validator(mode="after")
    def _consistent_backup(self) -> Generation:
        if (self.backup_from is None) != (self.backup_hours is None):
            given, missing = ("backup_hours", "backup_from") if self.backup_hours else ("backup_from", "backup_hours")
            raise ValueError(f"{given} needs {missing}, got none. State it, or remove {given}")
        return self

    @model_validator(mode="after")
    def _consistent_unit(self) -> Generation:
        limit = self.size.fixed if self.size.fixed is not None else self.size.maximum
        if self.whole and limit and 0 < max(limit.values()) < self.unit:
            raise ValueError(
                f"unit must not be larger than the size, got units of {self.unit:g} MW within {max(limit.values()):g}"
                " MW. Lower unit, raise size, or set whole: false"
            )
        return self

    def dates(self, decision: date) -> set[date]:
        """Return the dates on which what is possible changes."""
        return super().dates(decision) | ({self.backup_from} if self.backup_from else set())

    def derive(self, weather: Conditions) -> dict[str, Series]:
        """Return the output over the rating that weather, altitude and outages leave, shape (n,) [1]."""
        fraction = power_fraction(
            weather.dry_bulb_c,
            weather.place.elevation_m,
            loss_per_k=self.heat_derating,
            reference_c=self.reference_temperature,
            loss_per_m=self.altitude_derating,
            reference_m=self.reference_altitude,
        )
        return {"availability": Series((1 - self.forced_outage) * fraction, "")}

    def operate(self, block: Any, time: Clock, given: Given, asset: Asset) -> Operation:
        """Put the output of ``asset`` on ``block``, with everything that limits it, and return what it gives."""
        block.output = pyo.Var(time.steps, bounds=(0, asset.most), units=time.unit("MW"))
        fleet = self._fleet(block, time, given, asset)
        self._limits(block, time, given, asset, fleet)
        into: dict[str, Term] = {
            self.bus: Hourly(lambda t: (1 - given.auxiliary_load) * block.output[t]),
            f"{STANDING}{self.name}": Annual(lambda p: asset.capacity[p]),
        }
        into[firm_account(FIRM, self.bus)] = firm_capacity(
            block, time, self._firm(given), asset.capacity, 1.0 - self.auxiliary_load
        )
        cost: dict[str, Term] = {"running": Hourly(lambda t: given.running_cost * block.output[t])}
        if self.fuel is not None:
            into[self.fuel] = Hourly(lambda t: -1 * fleet.drawn(t) / given.efficiency)
        if not (self.fuel is None if self.carbon_free is None else self.carbon_free):
            into["carbon_bearing_energy"] = into[self.bus]
        if self.fuel_cost is not None:
            price = time.number(self.fuel_cost, "USD/MWh")
            cost["fuel"] = Hourly(lambda t: price * fleet.drawn(t))
        if self.start_cost and fleet.started is not None:
            once = time.number(self.start_cost, "USD/MW")
            cost["starts"] = Hourly(lambda t: once * block.started[t] / time.hours[t])
        self._carbon(time, given, block, fleet, into, cost)
        return Operation(fleet, into, cost, () if self.fuel is None else (self.fuel,))

    def _firm(self, given: Given) -> Any:
        """Return the power over rating that can be counted on at every step [1]: derated, and what the river gives."""
        if self.inflow is None:
            return given.availability
        return {t: min(pyo.value(given.availability[t]), pyo.value(given.inflow[t])) for t in given.availability}

    def _fleet(self, block: Any, time: Clock, given: Given, asset: Asset) -> Fleet:
        slow = ramp_binds(time, self.ramp)
        if self.part_load:
            fleet = commit(
                block, time, given.availability, asset.capacity, asset.most,
                min_load=self.min_load or 0.0, penalty=self.part_load_penalty or 0.0,
                counts_starts=slow or bool(self.start_cost), unit_size=self.unit if self.whole else None,
            )  # fmt: skip
        else:

            @block.Constraint(time.steps, doc="output stays within the derated power")
            def derated_limit(b: Any, t: int) -> Any:
                return b.output[t] <= given.availability[t] * asset.capacity[time.phase[t]]

            fleet = Fleet(drawn=lambda t: block.output[t], running=lambda t: block.output[t])
        if slow:
            ramp(block, time, given.availability, asset.capacity, per_hour=self.ramp, min_load=self.min_load or 0.0,
                 committed=self.part_load)  # fmt: skip
        return fleet

    def _limits(self, block: Any, time: Clock, given: Given, asset: Asset, fleet: Fleet) -> None:
        """Add what the river, the year's water or steam, and permits allow."""
        if self.inflow is not None:

            @block.Constraint(time.steps, doc="output stays within what the river allows")
            def river_limit(b: Any, t: int) -> Any:
                return b.output[t] <= given.inflow[t] * asset.capacity[time.phase[t]]

        if self.capacity_factor is not None:
            full = time.number(self.capacity_factor * HOURS_PER_YEAR, "hour/year")
            _yearly(block, time, "energy_limit", fleet.drawn, lambda p: full * asset.capacity[p],
                    "the year stays within its water, steam or maintenance")  # fmt: skip
        if self.run_hours is not None or self.backup_from is not None:
            hours = time.by_phase(block, "permitted", [self._permitted(p.start) for p in time.timeline.phases],
                                  "hour/year")  # fmt: skip
            _yearly(block, time, "permit_limit", fleet.running, lambda p: hours[p] * asset.capacity[p],
                    "the year stays within the permitted hours")  # fmt: skip

    def _permitted(self, day: date) -> float:
        """Return the hours that it may run in a year of the phase that starts on a day."""
        hours = HOURS_PER_YEAR if self.run_hours is None else float(self.run_hours)
        demoted = self.backup_from is not None and self.backup_hours is not None and day >= self.backup_from
        return min(hours, self.backup_hours) if demoted else hours  # type: ignore[type-var,return-value]

    def _carbon(
        self, time: Clock, given: Given, block: Any, fleet: Fleet, into: dict[str, Term], cost: dict[str, Term]
    ) -> None:
        """Add CO2 that is no fuel's, and take off what is captured."""
        if self.emission > 0 and not self.capture:
            into["carbon"] = Hourly(lambda t: given.emission * block.output[t])
        if not self.capture:
            return
        caught = time.number(self.capture * (self.captured_emission or 0.0) / (self.efficiency or 1.0), "t/MWh")
        into["carbon"] = Hourly(lambda t: given.emission * block.output[t] - caught * fleet.drawn(t))
        fee = time.number(self.capture_cost or 0.0, "USD/t")
        cost["captured CO2"] = Hourly(lambda t: fee * caught * fleet.drawn(t))


def _optional(model: type[Generation]) -> dict[str, str]:
    """Return the fields that only some technologies have, with the row of each that would fill them."""
    found = {}
    for name, info in model.model_fields.items():
        mark = next((m for m in info.metadata if isinstance(m, Listed)), None)
        if mark is not None and mark.technology is None and not info.is_required():
            found[name] = mark.parameter
    return found


def _yearly(block: Any, time: Clock, name: str, amount: ByStep, most: Any, doc: str) -> None:
    """Keep the yearly sum of an hourly amount within a limit by phase, in every outcome."""

    def rule(_: Any, r: str) -> Any:
        return time.over_year(r, amount) <= time.chance[r] * most(time.phase_of[r])

    block.add_component(name, pyo.Constraint(time.rings, rule=rule, doc=doc))


def until(size: Any, last: date, most: float) -> dict[date, float]:
    """Return the largest sizes by date of something that must be gone on a day.

    Parameters
    ----------
    size : Size
        What may stand before.
    last : date
        First day without it.
    most : float
        Largest size where none is stated.
    """
    before = {ALWAYS: most} if size.maximum is None else dict(size.maximum)
    return {**{day: value for day, value in before.items() if day < last}, last: 0.0}
