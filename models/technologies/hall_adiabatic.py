"""Air handlers on adiabatic coolers, with an air-cooled trim chiller: a warm hall that uses water in hot hours."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_air import OnAdiabaticCooler
from ..terminals import WarmHallAir


class HallAdiabatic(OnAdiabaticCooler, WarmHallAir, kind="hall_adiabatic"):
    """As dry coolers, with air behind wet pads at T_db - e (T_db - T_wb): supply air >= water + approach.

    Dry and wet share one coil; the optimiser weighs water against power every hour.
    """

    example: ClassVar = {"name": "hall_adiabatic", "free_size": {"maximum": "60 MW"}}
    label: ClassVar = "Adiabatic coolers for hall air"
