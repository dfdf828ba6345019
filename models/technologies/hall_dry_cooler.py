"""Air handlers on dry coolers, with an air-cooled trim chiller: a warm hall without water."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_air import OnDryCooler
from ..terminals import WarmHallAir


class HallDryCooler(OnDryCooler, WarmHallAir, kind="hall_dry_cooler"):
    """Water as warm as the hall can use: supply air >= water + approach of the air handlers.

    Free share = (return - outdoor air - recirculation - approach) / (return - supply), between 0 and 1. Air of more
    than 30 degC is within class A1 but beyond what many air-cooled accelerator nodes accept.
    """

    example: ClassVar = {"name": "hall_dry_coolers", "free_size": {"maximum": "60 MW"}}
    label: ClassVar = "Dry coolers for hall air"
