"""Immersion tanks on dry coolers, with an air-cooled trim chiller for the hours that are too hot; no water."""

from __future__ import annotations

from typing import ClassVar

from ..rejection_air import OnDryCooler
from ..terminals import Immersion


class ImmersionDryCooler(OnDryCooler, Immersion, kind="immersion_dry_cooler"):
    """Racks in dielectric fluid; its exchangers take water as warm as 45 degC, which dry coolers reach in most hours.

    Free share = (return - outdoor - recirculation - approach) / (return - supply), between 0 and 1.
    """

    example: ClassVar = {"name": "tanks", "supply": "42 degC", "free_size": {"maximum": "90 MW"}}
    label: ClassVar = "Immersion on dry coolers"
