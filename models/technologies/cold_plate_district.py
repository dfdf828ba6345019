"""Cold plates on district chilled water."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_district import OnDistrictCooling
from ..terminals import ColdPlate


class ColdPlateDistrict(OnDistrictCooling, ColdPlate, kind="cold_plate_district"):
    """Cold is bought: energy charge x heat, and a yearly capacity charge x connected heat.

    District water is far colder than racks need; it makes sense where nothing else may be built.
    """

    example: ClassVar = {"name": "district", "supply": "32 degC", "connection_size": {"maximum": "90 MW"}}
    label: ClassVar = "Cold plates on district cooling"
