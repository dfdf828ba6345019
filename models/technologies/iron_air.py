"""Iron-air battery: cheap energy, dear power and a low round trip, for days without wind or sun."""

from __future__ import annotations

from typing import ClassVar

from .battery import Battery


class IronAir(Battery, kind="iron_air"):
    """Battery that rusts and unrusts iron, built for about 100 hours; the same equations as `battery`."""

    example: ClassVar = {"name": "days", "power": {"maximum": "20 MW"}, "duration": "100 hour"}
    variants: ClassVar = {}
    label: ClassVar = "Iron-air battery"
    direct: ClassVar[str] = ""

    technology: str = "battery_iron_air"
    """Row of the catalogue."""
