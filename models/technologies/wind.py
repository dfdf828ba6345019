"""Wind: a turbine's power curve at hub height, in the density of the air."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import field_validator

from ..component import Floats, Listed
from ..conditions import Conditions
from ..physics import wind
from ..quantities import Fraction, Metres, Number
from ..renewable import Renewable


class Wind(Renewable, kind="wind"):
    """Onshore turbines; wind at 10 m is carried to the hub by a power law."""

    example: ClassVar = {"name": "turbines", "size": {"maximum": "200 MW"}}
    label: ClassVar = "Wind"

    technology: str = "wind_onshore"
    """Row of the catalogue."""
    turbine: str = wind.ONSHORE_TURBINE
    """Power curve, by its name in windpowerlib."""
    hub_height: Annotated[Metres, Listed("hub_height")]
    """Height of the hub."""
    shear_exponent: Annotated[Number, Listed("shear_exponent")]
    """Exponent of the power law."""
    losses: Annotated[Fraction, Listed("losses")]
    """Wakes, wiring and downtime."""

    @field_validator("turbine")
    @classmethod
    def _known(cls, value: str) -> str:
        wind.power_curve(value)
        return value

    def availability(self, weather: Conditions) -> Floats:
        hub = wind.hub_wind_power_law_m_s(weather.wind_10m_m_s, self.hub_height, self.shear_exponent)
        return wind.availability(hub, weather.air_density_kg_m3, self.turbine, self.losses)
