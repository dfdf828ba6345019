"""Cold plates on wet towers, with a water-cooled trim chiller for the hours that are too humid."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_tower import OnTower
from ..terminals import ColdPlate


class ColdPlateTower(OnTower, ColdPlate, kind="cold_plate_tower"):
    """Tower water cools the loop over a heat exchanger; the trim chiller takes the rest, on the same tower."""

    example: ClassVar = {"name": "towers", "supply": "32 degC", "free_size": {"maximum": "90 MW"}}
    label: ClassVar = "Cold plates on wet towers"
