"""Pumped hydro: water lifted between two basins."""

from __future__ import annotations

from typing import ClassVar

from ..electric_storage import ElectricStorage


class PumpedHydro(ElectricStorage, kind="pumped_hydro"):
    """Reversible pump turbines between two basins; nothing fades, and cycles wear nothing that upkeep does not mend.

    stored(t) = (1 - loss x h) stored(t-1) + h (efficiency x charge - discharge / efficiency), where the efficiency each
    way is the root of the round trip. The basins are filled once; what evaporates is part of the loss.
    """

    example: ClassVar = {"name": "basins", "power": {"maximum": "100 MW"}, "energy": {"maximum": "1 GWh"}}
    label: ClassVar = "Pumped hydro"
    answers_in_seconds: ClassVar[bool] = False

    technology: str = "pumped_hydro"
    """Row of the catalogue."""
