"""Air-cooled chillers with free-cooling coils and air handlers: no water, and less power in cool weather."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_air import OnFreeCoolingChiller
from ..terminals import HallAir


class AirCooledFreeCooling(OnFreeCoolingChiller, HallAir, kind="air_cooled_free_cooling"):
    """As air-cooled chillers; the coil takes (return - outdoor air - approach) / (return - supply) of the heat.

    The coil is bought apart from the chiller, and its fans run at the speed that the weather asks for.
    """

    example: ClassVar = {"name": "hall_chillers", "chiller_size": {"maximum": "60 MW"}}
    label: ClassVar = "Air-cooled chillers with free cooling"
