"""Water-cooled chillers on wet towers, with air handlers in the hall."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_tower import OnWaterChiller
from ..terminals import HallAir


class WaterCooledChillers(OnWaterChiller, HallAir, kind="water_cooled_chiller"):
    """Chilled water for air handlers; the tower rejects the heat of hall, fans, pumps and compressors."""

    example: ClassVar = {"name": "plant", "chiller_size": {"maximum": "60 MW"}}
    label: ClassVar = "Water-cooled chillers with air handlers"
