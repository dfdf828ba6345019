"""What IT equipment accepts: ASHRAE classes of facility water and of hall air, with the limits for altitude."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from .validity import Array, Validity, Values, floats

CLASS_ELEVATION = Validity("elevation of IT equipment", 0.0, 3050.0, "m", "ASHRAE TC 9.9 thermal guidelines")

DERATING_FROM_M = 900.0
COLDEST_FACILITY_WATER_C = 2.0

FACILITY_WATER_C: Mapping[str, float] = MappingProxyType(
    {"W17": 17.0, "W27": 27.0, "W32": 32.0, "W40": 40.0, "W45": 45.0}
)
"""Warmest facility water at the supply of each class [degC]; W+ has no limit of its own."""


@dataclass(frozen=True)
class AirClass:
    """Limits of the air that enters IT equipment.

    Parameters
    ----------
    recommended_c, allowable_c : tuple of float
        Lowest and highest dry bulb [degC].
    dew_point_max_c : float
        Highest allowable dew point [degC].
    derating_m_per_k : float
        Metres above `DERATING_FROM_M` that take 1 K from the highest allowable dry bulb [m/K].
    """

    recommended_c: tuple[float, float]
    allowable_c: tuple[float, float]
    dew_point_max_c: float
    derating_m_per_k: float


RECOMMENDED_DEW_POINT_C = (-9.0, 15.0)

AIR_CLASSES: Mapping[str, AirClass] = MappingProxyType(
    {
        "A1": AirClass((18.0, 27.0), (15.0, 32.0), 17.0, 300.0),
        "A2": AirClass((18.0, 27.0), (10.0, 35.0), 21.0, 300.0),
        "A3": AirClass((18.0, 27.0), (5.0, 40.0), 24.0, 175.0),
        "A4": AirClass((18.0, 27.0), (5.0, 45.0), 24.0, 125.0),
        "H1": AirClass((18.0, 22.0), (5.0, 25.0), 17.0, 500.0),
    }
)
"""ASHRAE TC 9.9 (2021). The dew point and the derating of H1 are general knowledge, not verified."""


def facility_water_max_c(water_class: str) -> float:
    """Warmest facility water that equipment of a class accepts.

    Parameters
    ----------
    water_class : str
        A key of `FACILITY_WATER_C`.

    Returns
    -------
    float
        [degC].

    Raises
    ------
    ValueError
        If the class is unknown.
    """
    return FACILITY_WATER_C[_known("facility-water class", water_class, FACILITY_WATER_C)]


def allowable_air_c(air_class: str, elevation_m: Values) -> Array:
    """Hottest air that equipment of a class is allowed to take in at an elevation.

    Parameters
    ----------
    air_class : str
        A key of `AIR_CLASSES`.
    elevation_m : array_like
        [m], within `CLASS_ELEVATION`.

    Returns
    -------
    numpy.ndarray
        ``T_max - max(z - 900, 0) / m`` [degC] with ``m`` 300 m/K (A1, A2), 175 (A3), 125 (A4), 500 (H1): thin air
        carries less heat. Class A2 gives 32.0 in Nairobi (1,795 m) and 30.2 in Addis Ababa (2,355 m).

    Raises
    ------
    ValueError
        If the class is unknown.

    References
    ----------
    ASHRAE TC 9.9 (2021), Thermal Guidelines for Data Processing Environments, 5th edition.
    """
    limits = AIR_CLASSES[_known("air class", air_class, AIR_CLASSES)]
    above = np.maximum(np.asarray(elevation_m, dtype=float) - DERATING_FROM_M, 0.0)
    return floats(limits.allowable_c[1] - above / limits.derating_m_per_k)


def _known(what: str, name: str, table: Mapping[str, object]) -> str:
    if name not in table:
        raise ValueError(f"{what} must be one of {', '.join(table)}, got {name!r}. Choose one of them.")
    return name
