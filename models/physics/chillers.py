"""Compression chillers: coefficient of performance from the temperature lift, and capacity in hot air.

A Carnot fraction extrapolates to the warm water (18 to 40 degC) and hot air (50 degC) of accelerator sites, where
published polynomial curve sets are out of range; inside their range the two agree, which the tests check.
"""

from __future__ import annotations

import numpy as np

from .psychrometrics import KELVIN
from .validity import Array, Validity, Values, floats

_SETS = "EnergyPlus air-cooled chiller data and PNNL Copper, 140 sets"
AIR_COOLED_AIR = Validity("air entering an air-cooled chiller", 24.0, 51.7, "degC", _SETS)
AIR_COOLED_LEAVING_WATER = Validity("water leaving an air-cooled chiller", 4.4, 15.6, "degC", _SETS)
WATER_COOLED_SOURCE = Validity("water entering a chiller's condenser", 18.3, 29.4, "degC", "PNNL Copper, 183 sets")
WATER_COOLED_LEAVING_WATER = Validity(
    "water leaving a water-cooled chiller", 4.4, 12.8, "degC", "PNNL Copper, 183 sets"
)

RATING_AIR_C = 35.0
RATING_LEAVING_WATER_C = 6.67
RATING_CONDENSER_WATER_C = 29.4
LEAVING_WATER_GAIN_CAP = 0.26
"""Largest capacity gain credited to warmer leaving water, reached at 15.5 degC: no catalogue goes further."""


def chiller_cop(
    source_c: Values,
    leaving_water_c: Values,
    carnot_fraction: Values,
    evaporator_approach_k: float,
    condenser_approach_k: float,
    cop_max: float,
    minimum_lift_k: float,
) -> Array:
    """Coefficient of performance at a temperature lift, compressor and condenser fans included for air-cooled machines.

    Parameters
    ----------
    source_c : array_like
        What carries the heat away [degC]: the dry bulb for an air-cooled (within `AIR_COOLED_AIR`), the tower water for
        a water-cooled machine (within `WATER_COOLED_SOURCE`).
    leaving_water_c : array_like
        Chilled water leaving the evaporator [degC], within `AIR_COOLED_LEAVING_WATER` or `WATER_COOLED_LEAVING_WATER`.
    carnot_fraction : array_like
        Share of the ideal performance [-]: about 0.45 air-cooled, 0.58 water-cooled.
    evaporator_approach_k, condenser_approach_k : float
        Temperature differences in the heat exchangers [K]: 2.5 and 13 air-cooled, 1.5 and 7 water-cooled.
    cop_max : float
        Best performance a machine reaches [-].
    minimum_lift_k : float
        Smallest lift a compressor works against [K].

    Returns
    -------
    numpy.ndarray
        Heat removed per electricity [kW/kW].

    Notes
    -----
    ``COP = min(f T_e / max(T_c - T_e, lift_min), COP_max)`` in kelvin, with ``T_e`` the leaving water less the
    evaporator approach and ``T_c`` the source plus the condenser approach.

    With 0.45, 2.5 and 13 K the error against 140 air-cooled catalogue sets is -10 to +13 % (P5 to P95), within
    `AIR_COOLED_AIR` and `AIR_COOLED_LEAVING_WATER`; +17 % in the corner of 46 degC air and 15 degC water. With 0.58,
    1.5 and 7 K the medians of 183 water-cooled sets of PNNL Copper are met within -13 to +11 %. The lift has a floor
    and the COP a ceiling because machines do; both are limits of the machine, not of the data.
    """
    evaporating_k = np.asarray(leaving_water_c, dtype=float) - evaporator_approach_k + KELVIN
    condensing_k = np.asarray(source_c, dtype=float) + condenser_approach_k + KELVIN
    lift_k = np.maximum(condensing_k - evaporating_k, minimum_lift_k)
    return floats(np.minimum(np.asarray(carnot_fraction, dtype=float) * evaporating_k / lift_k, cop_max))


def catalogue_carnot_fraction(dry_bulb_c: Values, leaving_water_c: Values) -> Array:
    """Carnot fraction of air-cooled screw and scroll machines as catalogued, falling with air and water temperature.

    Parameters
    ----------
    dry_bulb_c, leaving_water_c : array_like
        [degC], within `AIR_COOLED_AIR` and `AIR_COOLED_LEAVING_WATER`.

    Returns
    -------
    numpy.ndarray
        [-], for approaches of 2.5 and 13 K.

    Notes
    -----
    ``0.459 - 0.0021 (T - 35) - 0.0046 (LWT - 6.67)``; COP within -9 to +9 % (P5 to P95) of the 140 sets. The fall with
    leaving water is that of one machine run warmer; machines selected for 20 to 30 degC keep 0.42 to 0.50.
    """
    air, water = np.asarray(dry_bulb_c, dtype=float), np.asarray(leaving_water_c, dtype=float)
    return floats(0.459 - 0.0021 * (air - RATING_AIR_C) - 0.0046 * (water - RATING_LEAVING_WATER_C))


def air_cooled_capacity_fraction(dry_bulb_c: Values, leaving_water_c: Values) -> Array:
    """Capacity of an air-cooled chiller over its rating at 35 degC air and 6.67 degC leaving water.

    Parameters
    ----------
    dry_bulb_c, leaving_water_c : array_like
        [degC]; air within `AIR_COOLED_AIR`. The gain with leaving water stops at +26 % (`LEAVING_WATER_GAIN_CAP`).

    Returns
    -------
    numpy.ndarray
        [-], never below 0; above 1 for cool air or warm water. Divide by the value at another rating to refer to it.

    Notes
    -----
    ``1 - 0.0112 (T - 35) - 0.0084 max(T - 40, 0) + min(0.0294 (LWT - 6.67), 0.26)``; residual -0.04 to +0.06 (P5 to
    P95) over 140 sets of EnergyPlus and PNNL Copper. Single machines differ: 0.79 to 0.91 at 46 degC.
    """
    air, water = np.asarray(dry_bulb_c, dtype=float), np.asarray(leaving_water_c, dtype=float)
    heat = 0.0112 * (air - RATING_AIR_C) + 0.0084 * np.maximum(air - 40.0, 0.0)
    gain = np.minimum(0.0294 * (water - RATING_LEAVING_WATER_C), LEAVING_WATER_GAIN_CAP)
    return floats(np.maximum(1.0 - heat + gain, 0.0))


def water_cooled_capacity_fraction(condenser_water_c: Values, loss_per_k: float = 0.01) -> Array:
    """Capacity of a water-cooled chiller over its rating at 29.4 degC condenser water.

    Parameters
    ----------
    condenser_water_c : array_like
        Water entering the condenser [degC].
    loss_per_k : float
        Loss per kelvin above the rating [1/K]; 0.01 is engineering practice, not verified.

    Returns
    -------
    numpy.ndarray
        Between 0 and 1 [-]: cooler water than rated is not credited.
    """
    above = np.asarray(condenser_water_c, dtype=float) - RATING_CONDENSER_WATER_C
    return floats(np.clip(1.0 - loss_per_k * above, 0.0, 1.0))
