"""Air-cooled chillers with air handlers: takes the heat out of the air of the hall, without water."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_air import OnAirChiller
from ..terminals import HallAir


class AirCooledChillers(OnAirChiller, HallAir, kind="air_cooled_chiller"):
    """Chilled water for air handlers. Fans and pumps add their heat to what the chiller takes.

    Electricity per heat = fans + pumps + (1 + fans + pumps) / COP.
    """

    example: ClassVar = {"name": "hall_chillers", "chiller_size": {"maximum": "60 MW"}}
    label: ClassVar = "Air-cooled chillers with air handlers"
