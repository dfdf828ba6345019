"""Cold plates on dry coolers, with an air-cooled trim chiller for the hours that are too hot; no water."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ..cold_plate import ColdPlate
from ..component import Listed
from ..conditions import Conditions
from ..cooling import Mode
from ..machines import AirCooledChiller, DryCooler
from ..quantities import DollarsPerMegawatt, PerYear, Years


class ColdPlateDryCooler(ColdPlate, kind="cold_plate_dry_cooler"):
    """Dry coolers take what outdoor air can; the trim chiller takes the rest at the supply temperature."""

    example: ClassVar = {"name": "dry_coolers", "supply": "40 degC", "free_size": {"maximum": "90 MW"}}
    label: ClassVar = "Cold plates on dry coolers"

    life: Annotated[Years, Listed("lifetime", "dry_cooler")]
    """Economic life."""
    free_capex: Annotated[DollarsPerMegawatt, Listed("capex", "dry_cooler")]
    """Cost of the dry coolers per rated heat."""
    trim_capex: Annotated[DollarsPerMegawatt, Listed("capex", "chiller_air_cooled")]
    """Cost of the trim chiller per rated heat."""
    upkeep: Annotated[PerYear, Listed("fixed_om", "dry_cooler")]
    """Yearly upkeep over the cost."""
    dry_cooler: DryCooler = Field(default_factory=DryCooler)  # type: ignore[arg-type]
    """The dry coolers."""
    chiller: AirCooledChiller = Field(default_factory=AirCooledChiller)  # type: ignore[arg-type]
    """The trim chiller."""

    def modes(self, weather: Conditions) -> dict[str, Mode]:
        pump, dry = self.pump_power, self.dry_cooler
        free = Mode(
            electricity=pump + (1 + pump) * dry.electricity(weather, self.return_c, self.supply_c),
            water=0.0 * weather.dry_bulb_c,
            capacity=dry.capacity(weather, self.return_c, self.supply_c) / (1 + pump),
            share=dry.share(weather, self.return_c, self.supply_c),
        )
        trim = Mode(
            electricity=pump + (1 + pump) * self.chiller.electricity(weather, self.supply_c),
            water=0.0 * weather.dry_bulb_c,
            capacity=self.chiller.capacity(weather, self.supply_c) / (1 + pump),
        )
        return {"free": free, "trim": trim}
