"""Immersion tanks on wet towers, with a water-cooled trim chiller for the hours that are too humid."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_tower import OnTower
from ..terminals import Immersion


class ImmersionTower(OnTower, Immersion, kind="immersion_tower"):
    """Racks in dielectric fluid, whose exchangers are cooled by tower water over another.

    Free share = (return - tower water - exchanger approach) / (return - supply), between 0 and 1.
    """

    example: ClassVar = {"name": "tanks", "supply": "36 degC", "free_size": {"maximum": "90 MW"}}
    label: ClassVar = "Immersion on wet towers"
