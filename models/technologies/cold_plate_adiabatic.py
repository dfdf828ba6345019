"""Cold plates on adiabatic coolers: dry in cool hours, wetted pads in hot ones, a trim chiller beyond."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_air import OnAdiabaticCooler
from ..terminals import ColdPlate


class ColdPlateAdiabatic(OnAdiabaticCooler, ColdPlate, kind="cold_plate_adiabatic"):
    """One coil, dry or wet: both modes share its capacity, and the optimiser weighs water against power every hour."""

    example: ClassVar = {"name": "adiabatic", "supply": "40 degC", "free_size": {"maximum": "90 MW"}}
    label: ClassVar = "Cold plates on adiabatic coolers"
