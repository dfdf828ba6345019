"""Rear doors on air-cooled chillers with free-cooling coils: the heat of air-cooled racks, taken at the rack."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_air import OnFreeCoolingChiller
from ..terminals import RearDoor


class RearDoors(OnFreeCoolingChiller, RearDoor, kind="rear_door"):
    """Water of class W17 to W27 takes the heat in the doors, so that the hall needs no air handlers.

    Electricity per heat = doors + (1 + doors) x (coil fans or 1 / COP). The water must stay 2 K above the dew point of
    the hall, or the doors drip: W17 asks for a dew point of 15 degC at most, the upper end of what ASHRAE recommends.
    """

    example: ClassVar = {"name": "doors", "supply": "W27", "chiller_size": {"maximum": "60 MW"}}
    label: ClassVar = "Rear doors on air-cooled chillers with free cooling"
