"""Cold plates on dry coolers, with an air-cooled trim chiller for the hours that are too hot; no water."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_air import OnDryCooler
from ..terminals import ColdPlate


class ColdPlateDryCooler(OnDryCooler, ColdPlate, kind="cold_plate_dry_cooler"):
    """Dry coolers take what outdoor air can; the trim chiller takes the rest at the supply temperature."""

    example: ClassVar = {"name": "dry_coolers", "supply": "40 degC", "free_size": {"maximum": "90 MW"}}
    label: ClassVar = "Cold plates on dry coolers"
