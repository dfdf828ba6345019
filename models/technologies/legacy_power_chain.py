"""A power chain as built around 2015, to go with a legacy hall."""

from __future__ import annotations

from typing import Annotated, ClassVar

from ..component import Listed
from ..quantities import Fraction
from .power_chain import PowerChain

TECHNOLOGY = "legacy_data_centre"


class LegacyPowerChain(PowerChain, kind="legacy_power_chain"):
    """As the power chain, with the losses that Lei and Masanet (2022) found in mid-size halls; costs are today's.

    Power drawn = protected power / (UPS efficiency x distribution efficiency) + lighting.
    """

    example: ClassVar = {"name": "old_chain", "size": {"maximum": "100 MW"}}
    variants: ClassVar = {}
    label: ClassVar = "Power chain of 2015"

    ups_efficiency: Annotated[Fraction, Listed("ups_efficiency", TECHNOLOGY)]
    """Efficiency of the uninterruptible supply, found at the part load of such halls."""
    distribution_efficiency: Annotated[Fraction, Listed("distribution_efficiency", TECHNOLOGY)]
    """Efficiency of transformers and cables between the supply and the racks."""
    lighting_share: Annotated[Fraction, Listed("lighting_share", TECHNOLOGY)]
    """Lighting and small loads over IT power."""
