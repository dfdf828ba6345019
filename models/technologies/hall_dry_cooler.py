"""Air handlers on dry coolers, with an air-cooled trim chiller: a warm hall without water."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_air import OnDryCooler
from ..terminals import WarmHallAir


class HallDryCooler(OnDryCooler, WarmHallAir, kind="hall_dry_cooler"):
    """Water as warm as the hall can use: supply air >= water + approach of the air handlers.

    Free share = (return - outdoor air - recirculation - approach) / (return - supply), between 0 and 1. Class A1 allows
    hall air of 32 degC, but many air-cooled accelerator nodes accept no more than 30.
    """

    example: ClassVar = {"name": "hall_dry_coolers", "free_size": {"maximum": "60 MW"}}
    label: ClassVar = "Dry coolers for hall air"
