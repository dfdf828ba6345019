"""Cold plates on once-through sea water, with a trim chiller on sea water for warm seas and cold loops."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_sea import OnSeawater
from ..terminals import ColdPlate


class ColdPlateSeawater(OnSeawater, ColdPlate, kind="cold_plate_seawater"):
    """Sea water cools the loop over titanium plates: with water of 40 degC all year, even in the Gulf.

    Free share = (return - sea - approach) / (return - supply), between 0 and 1. Nothing evaporates on the site.
    """

    example: ClassVar = {
        "name": "sea", "supply": "32 degC", "free_size": {"maximum": "90 MW"}, "sea_temperature": "31 degC",
    }  # fmt: skip
    label: ClassVar = "Cold plates on sea water"
