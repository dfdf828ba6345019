"""Photovoltaics that track the sun round one axis, or stand at a fixed tilt."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

import numpy as np
from pydantic import model_validator

from ..component import Floats, Listed
from ..conditions import Conditions
from ..given import Given
from ..physics import pv
from ..quantities import Degrees, DollarsPerMegawatt, Fraction, Number, quantity
from ..renewable import Renewable

PerKelvin: Any = quantity("1/delta_degC", check=None)
MONTHS = 12


class _Photovoltaics(Renewable):
    """Modules and inverter as in PVWatts; losses and dust are taken off the light and the module power.

    Without an inverter the modules feed direct current to a bus on which a `converter` works. Their output is then
    neither clipped nor converted, up to dc_ac_ratio x size, and the cost of an inverter is taken off theirs.
    """

    dc_ac_ratio: Annotated[Number, Listed("dc_ac_ratio")]
    """Module power over rated power."""
    losses: Annotated[Fraction, Listed("losses")]
    """Wiring, mismatch and downtime."""
    soiling: Annotated[Fraction, Listed("soiling")]
    """Light lost to dust."""
    monthly_soiling: tuple[Fraction, ...] | None = None
    """Light lost to dust in each month from January on, twelve values; takes the place of `soiling`."""
    inverter: bool = True
    """Whether it has an inverter; false on a bus of direct current, where a converter serves modules and batteries."""
    inverter_efficiency: Annotated[Fraction, Listed("inverter_efficiency")]
    """Efficiency of the inverter."""
    inverter_capex: Annotated[DollarsPerMegawatt, Listed("capex", "inverter")]
    """Cost of the inverter within the cost; taken off where there is none."""
    temperature_coefficient: Annotated[PerKelvin, Listed("temperature_coefficient")]
    """Change of module power with cell temperature."""

    @model_validator(mode="after")
    def _fits_its_bus(self) -> Self:
        if self.monthly_soiling is not None and len(self.monthly_soiling) != MONTHS:
            raise ValueError(f"monthly_soiling must have twelve values, got {len(self.monthly_soiling)}")
        if not self.inverter and self.bus == "ac":
            raise ValueError("bus must be one of direct current where inverter is false, got 'ac'. Write bus: dc")
        if not self.inverter and self.inverter_capex > self.capex:
            raise ValueError(
                f"inverter_capex must not exceed capex, got {self.inverter_capex:g} and {self.capex:g} USD/MW."
                " State a capex that includes the inverter"
            )
        return self

    @property
    def largest_output(self) -> float:
        return 1.0 if self.inverter else float(self.dc_ac_ratio)

    def cost_per_power(self, given: Given) -> Any:
        return given.capex if self.inverter else given.capex - given.inverter_capex

    def dust(self, weather: Conditions) -> Any:
        """Return the light lost to dust [1]: one value, or one for each hour."""
        if self.monthly_soiling is None:
            return self.soiling
        return np.array(self.monthly_soiling)[weather.times.month.to_numpy() - 1]

    def plant(self, weather: Conditions) -> dict[str, Any]:
        """Return what both mountings hand to the physics."""
        return {
            "ghi_w_m2": weather.ghi_w_m2,
            "dni_w_m2": weather.dni_w_m2,
            "dhi_w_m2": weather.dhi_w_m2,
            "dry_bulb_c": weather.dry_bulb_c,
            "wind_10m_m_s": weather.wind_10m_m_s,
            "dc_ac_ratio": self.dc_ac_ratio,
            "soiling": self.dust(weather),
            "losses": self.losses,
            "inverter_efficiency": self.inverter_efficiency if self.inverter else None,
            "temperature_coefficient": self.temperature_coefficient,
        }


class TrackingPhotovoltaics(_Photovoltaics, kind="pv_tracking"):
    """Modules that turn about a horizontal north-south axis."""

    example: ClassVar = {"name": "solar", "size": {"maximum": "300 MW"}}
    variants: ClassVar = {
        "direct_current": {"bus": "dc", "inverter": False, "monthly_soiling": [0.02] * 5 + [0.06] * 7, "firm": 0.1},
        "by_age": {
            "ageing": "by_age",
            "size": {
                "maximum": "300 MW",
                "existing": [{"size": "40 MW", "commissioned": "2020-01-01", "life": "25 years"}],
            },
        },
    }
    label: ClassVar = "Photovoltaics, tracking"

    technology: str = "pv_tracking"
    """Row of the catalogue."""
    max_angle: Annotated[Degrees, Listed("max_angle")]
    """Largest rotation from the horizontal."""
    ground_cover: Annotated[Fraction, Listed("ground_cover")]
    """Module width over row spacing."""

    def availability(self, weather: Conditions) -> Floats:
        place = weather.place
        return pv.tracking_availability(
            weather.times, place.latitude_deg, place.longitude_deg, place.elevation_m,
            max_angle_deg=self.max_angle, ground_cover=self.ground_cover, **self.plant(weather),
        )  # fmt: skip


class FixedPhotovoltaics(_Photovoltaics, kind="pv_fixed"):
    """Modules at a fixed tilt that face the equator."""

    example: ClassVar = {"name": "roof", "size": {"maximum": "300 MW"}, "tilt": "20 deg"}
    label: ClassVar = "Photovoltaics, fixed"

    technology: str = "pv_fixed"
    """Row of the catalogue."""
    tilt: Degrees | None = None
    """Slope of the modules; the usual one for the latitude where left out."""

    def availability(self, weather: Conditions) -> Floats:
        place = weather.place
        tilt = pv.usual_tilt_deg(place.latitude_deg) if self.tilt is None else self.tilt
        return pv.fixed_tilt_availability(
            weather.times, place.latitude_deg, place.longitude_deg, place.elevation_m,
            tilt_deg=tilt, azimuth_deg=pv.facing_equator_deg(place.latitude_deg), **self.plant(weather),
        )  # fmt: skip
