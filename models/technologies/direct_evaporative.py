"""Direct evaporative cooling: outdoor air through wetted media straight into the hall; a chiller for the rest."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from ..component import Floats, Listed
from ..conditions import Conditions
from ..cooling import Mode, Ranges
from ..outdoor_air import OutdoorAir, WettedMedia
from ..physics import ashrae_classes, economisers, evaporative, psychrometrics
from ..physics.dry_coolers import PAD_AIR_DEPRESSION
from ..quantities import Celsius, DollarsPerMegawatt, PerYear, Years


class DirectEvaporative(OutdoorAir, kind="direct_evaporative"):
    """Outdoor air enters where supply air is no hotter, and no more humid, than the class of the equipment allows.

    Dry where T_db <= limit, with return air mixed into cold air. Else the media are wetted as far as the limit asks:
    w = (T_db - limit) / (T_db - T_media) of the air passes them, T_media = T_db - e (T_db - T_wb). Elsewhere the hall
    is closed and the chillers take all heat. Dust, salt and smoke are not judged: on a desert coast they rule it out.
    """

    outdoor_modes: ClassVar = ("outside", "wet")
    example: ClassVar = {"name": "outdoor_air", "outdoor_size": {"maximum": "60 MW"}}
    label: ClassVar = "Outdoor air with direct evaporative cooling"

    life: Annotated[Years, Listed("lifetime", "evaporative_cooler")]
    """Economic life."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "evaporative_cooler")]
    """Yearly upkeep over the cost."""
    outdoor_capex: Annotated[DollarsPerMegawatt, Listed("capex", "evaporative_cooler")]
    """Cost of fans, media, filters and dampers per heat."""
    air_class: Literal["A1", "A2", "A3", "A4", "H1"] = "A2"
    """ASHRAE class of the equipment: its highest dew point, and its hottest air at the elevation of the site."""
    supply_limit: Annotated[Celsius, Listed("supply_limit", "evaporative_cooler")]
    """Hottest air that the equipment is given; the class may ask for less."""
    dew_point_minimum: Annotated[Celsius, Listed("dew_point_min", "evaporative_cooler")]
    """Driest outdoor air that may enter, as a dew point."""
    outdoor_minimum: Annotated[Celsius, Listed("outdoor_air_min", "evaporative_cooler")]
    """Coldest outdoor air that the mixing dampers cope with."""
    media: WettedMedia = Field(default_factory=WettedMedia)  # type: ignore[arg-type]
    """The wetted media and the fans."""

    def limit_c(self, weather: Conditions) -> float:
        """Return the hottest air that may enter the equipment [degC]."""
        allowed = ashrae_classes.allowable_air_c(self.air_class, weather.place.elevation_m)
        return float(min(self.supply_limit, allowed))

    def by_outdoor_air(self, weather: Conditions) -> dict[str, Mode]:
        dry_bulb, entering, limit = weather.dry_bulb_c, weather.humidity_ratio, self.limit_c(weather)
        most = ashrae_classes.AIR_CLASSES[self.air_class].dew_point_max_c
        enters = economisers.outside_air_allowed(
            dry_bulb, weather.dew_point_c, dew_point_low_c=self.dew_point_minimum, dew_point_high_c=most,
            lowest_c=self.outdoor_minimum,
        )  # fmt: skip
        media_c, media_ratio = evaporative.direct_supply(
            dry_bulb, weather.wet_bulb_c, entering, weather.pressure_pa, self.media.effectiveness
        )
        # Saturated air cannot be cooled by media; the floor only avoids a division by zero there.
        wetted = np.clip((dry_bulb - limit) / np.maximum(dry_bulb - media_c, 1e-9), 0.0, 1.0)
        supplied = entering + wetted * (media_ratio - entering)
        dry_enough = supplied <= psychrometrics.humidity_ratio(most, weather.pressure_pa)
        water = evaporative.direct_water_l_per_kwh(entering, supplied, self.air_handler.air_rise, self.media.bleed)
        outside, wet = enters & (dry_bulb <= limit), enters & (media_c <= limit) & dry_enough
        return {
            "outside": self._mode(weather, outside.astype(float), 0.0 * water),
            "wet": self._mode(weather, wet.astype(float), water),
        }

    def _mode(self, weather: Conditions, share: Floats, water: Floats) -> Mode:
        fans, bleed, whole = self.media.fan_power, self.media.bleed, 1.0 + 0.0 * water
        return self.blown(weather, self.limit_c(weather), fans, whole, share, water, bleed)

    def ranges(self, weather: Conditions) -> Ranges:
        depression = weather.dry_bulb_c - weather.wet_bulb_c
        return [(PAD_AIR_DEPRESSION, depression), *super().ranges(weather)]
