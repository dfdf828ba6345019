"""Water-cooled chillers with a waterside economiser: tower water takes what it can ahead of the chillers."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_tower import OnEconomiser
from ..terminals import HallAir


class WaterCooledEconomiser(OnEconomiser, HallAir, kind="water_cooled_economiser"):
    """As water-cooled chillers; the economiser's share is (return - tower water - approach) / (return - supply)."""

    example: ClassVar = {"name": "plant", "chiller_size": {"maximum": "60 MW"}}
    label: ClassVar = "Water-cooled chillers with waterside economiser"
