"""The sections of a site file that describe no component: place, phases, money, solving."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from gigasite.models.component import Frozen
from gigasite.models.conditions import Place
from gigasite.models.errors import WeatherError
from gigasite.models.investor import Investor
from gigasite.models.quantities import Degrees, Fraction, SignedMetres, quantity

SignedHours: Any = quantity("hour", check=None)
Seconds: Any = quantity("second")

Goal = Literal["least_cost", "most_compute"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[str, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Location(Frozen):
    """Where the site is, and its clock."""

    name: str = Field(min_length=1)
    """Name of the site, for people."""
    latitude: Degrees
    """Latitude, north positive: `24.2 deg`."""
    longitude: Degrees
    """Longitude, east positive: `54.75 deg`."""
    elevation: SignedMetres
    """Height above sea level: `40 m`."""
    utc_offset: SignedHours
    """Standard time minus UTC, all year round: `4 h`."""
    first_weekday: Weekday = "monday"
    """Weekday of 1 January in profiles and tariffs."""
    note: str = ""
    """Remark for the report."""

    @model_validator(mode="after")
    def _believable(self) -> Location:
        try:
            self.place()
        except WeatherError as problem:
            raise ValueError("; ".join(problem.problems)) from problem
        return self

    def place(self) -> Place:
        """Return the point on the ground and its clock."""
        return Place(self.latitude, self.longitude, self.elevation, self.utc_offset)


class Phases(Frozen):
    """When the plan is decided, when its phases start, and when it ends."""

    decision: date
    """Date of the decision; lead times count from here."""
    starts: tuple[date, ...] = Field(min_length=1)
    """First days of the phases, in order; a phase ends where the next starts."""
    end: date
    """End of the horizon; annuities are charged up to it."""

    @model_validator(mode="after")
    def _in_order(self) -> Phases:
        if list(self.starts) != sorted(set(self.starts)):
            listed = ", ".join(str(day) for day in self.starts)
            raise ValueError(f"starts must be in order of time without repetition, got {listed}. Sort the dates")
        if self.decision > self.starts[0]:
            raise ValueError(
                f"decision must not lie after the first start {self.starts[0]}, got {self.decision}."
                " Move the decision earlier or the start later"
            )
        if self.end <= self.starts[-1]:
            raise ValueError(
                f"end must lie after the last start {self.starts[-1]}, got {self.end}."
                " Move the end later, or drop the last start"
            )
        return self


class Money(Frozen):
    """Rates of return, in real terms, and the year of the money."""

    cost_of_capital: Fraction = 0.06
    """Real cost of capital of assets that state none of their own."""
    discount_rate: Fraction = 0.06
    """Real rate at which the costs of later phases are discounted to the decision date."""
    year: int = Field(default=2025, ge=2000, le=2100)
    """Year whose US dollars the site file speaks of."""
    investor: Investor = Field(default_factory=lambda: Investor.model_validate({}))
    """Taxes, loans and the owner's return; they change the cash flow, not the plan."""


class Settings(Frozen):
    """How the plan is solved."""

    method: Literal["certified", "exact"] = "certified"
    """`certified`: first-order sizes on every hour, exact dispatch, a proven bound. `exact`: interior point method."""
    gap: Fraction = 0.005
    """Largest certified gap between the plan and the optimum."""
    time_limit: Seconds = 3600.0
    """Longest time that solving may take."""
    round: bool = True
    """Round sizes up to racks and units, and dispatch again."""
    rolling: bool = False
    """Operate the plan two days ahead at a time as well, and say what perfect foresight was worth."""
