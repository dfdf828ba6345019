"""Hall air on absorption chillers, which the heat of generators drives."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_heat import OnAbsorption
from ..terminals import HallAir


class AbsorptionChiller(OnAbsorption, HallAir, kind="absorption_chiller"):
    """Cold = COP_th x drive heat, which generators with `heat_recovery` put on bus `drive_heat`."""

    example: ClassVar = {"name": "absorption", "chiller_size": {"maximum": "30 MW"}}
    label: ClassVar = "Absorption chillers"
