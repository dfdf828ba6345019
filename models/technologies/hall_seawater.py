"""Hall air on water from the sea: over plates in cool seas, by a chiller whose condenser the sea cools in warm ones."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from ..rejection_sea import OnSeawater
from ..terminals import HallAir


class HallSeawater(OnSeawater, HallAir, kind="hall_seawater"):
    """Free share = (return - sea - approach) / (return - supply), between 0 and 1; the chiller takes the rest.

    In a summer sea of 33 to 36 degC nothing is free, and the sea is the sink of the chiller's condenser.
    """

    example: ClassVar = {
        "name": "sea", "trim_size": {"maximum": "60 MW"},
        "sea_temperature": [
            "22 degC", "21 degC", "22 degC", "25 degC", "29 degC", "32 degC", "33 degC", "34 degC", "33 degC",
            "31 degC", "28 degC", "24 degC",
        ],
    }  # fmt: skip
    label: ClassVar = "Hall air on sea water"

    @model_validator(mode="after")
    def _never_throttled(self) -> HallSeawater:
        if self.throttle:
            raise ValueError("throttle must be false: only water of the liquid loop slows accelerators. Remove it")
        return self
