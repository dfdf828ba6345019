"""Hall air on district chilled water."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_district import OnDistrictCooling
from ..terminals import HallAir


class DistrictCooling(OnDistrictCooling, HallAir, kind="district_cooling"):
    """Cold is bought: energy charge x heat, and a yearly capacity charge x connected heat."""

    example: ClassVar = {"name": "district", "connection_size": {"maximum": "30 MW"}}
    label: ClassVar = "Hall air on district cooling"
