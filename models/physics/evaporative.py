"""Evaporative air coolers: direct (outdoor air through wetted media) and indirect (an air-to-air exchanger, wetted)."""

from __future__ import annotations

import numpy as np

from . import psychrometrics as air
from .dry_coolers import AIR_KJ_KG_K, precooled_air_c
from .validity import Array, Validity, Values, floats

INDIRECT_WET_BULB = Validity("wet bulb at an indirect evaporative cooler", 0.0, 28.0, "degC", "engineering practice")

LATENT_HEAT_KJ_KG = 2440.0


def direct_supply(
    dry_bulb_c: Values, wet_bulb_c: Values, humidity_ratio: Values, pressure_pa: Values, effectiveness: float
) -> tuple[Array, Array]:
    """State of outdoor air behind wetted media, along its wet-bulb line.

    Parameters
    ----------
    dry_bulb_c, wet_bulb_c : array_like
        Outdoor air [degC].
    humidity_ratio : array_like
        [kg/kg].
    pressure_pa : array_like
        [Pa].
    effectiveness : float
        0.80 to 0.95 [-]; engineering practice.

    Returns
    -------
    supply_c, supply_humidity_ratio : numpy.ndarray
        ``T_db - e (T_db - T_wb)`` [degC] and ``W + e (W_sat(T_wb) - W)`` [kg/kg]. Both must meet the hall's limits;
        the second fails first in muggy air. The difference of dry and wet bulb within `PAD_AIR_DEPRESSION`.
    """
    entering = np.asarray(humidity_ratio, dtype=float)
    added = effectiveness * (air.humidity_ratio(wet_bulb_c, pressure_pa) - entering)
    return precooled_air_c(dry_bulb_c, wet_bulb_c, effectiveness), floats(entering + added)


def direct_water_l_per_kwh(
    humidity_ratio: Values, supply_humidity_ratio: Values, air_rise_k: Values, bleed: float
) -> Array:
    """Water used by direct evaporative cooling per heat carried by the air.

    Parameters
    ----------
    humidity_ratio, supply_humidity_ratio : array_like
        Ahead of and behind the media [kg/kg].
    air_rise_k : array_like
        Warming of the air by the racks [K].
    bleed : float
        Water drained over water evaporated [-].

    Returns
    -------
    numpy.ndarray
        ``3600 / (c rise) (W' - W) (1 + bleed)`` [L/kWh].
    """
    added = np.asarray(supply_humidity_ratio, dtype=float) - np.asarray(humidity_ratio, dtype=float)
    return floats(3600.0 / (AIR_KJ_KG_K * np.asarray(air_rise_k, dtype=float)) * added * (1.0 + bleed))


def indirect_supply_c(return_air_c: Values, sink_c: Values, effectiveness: float) -> Array:
    """Hall air behind an air-to-air exchanger, ``T_return - e (T_return - T_sink)``.

    Parameters
    ----------
    return_air_c : array_like
        Air leaving the racks [degC].
    sink_c : array_like
        Outdoor wet bulb with water (within `INDIRECT_WET_BULB`), outdoor dry bulb without [degC].
    effectiveness : float
        0.65 to 0.80 wet, 0.60 to 0.75 dry [-]; engineering practice.

    Returns
    -------
    numpy.ndarray
        [degC].
    """
    warm = np.asarray(return_air_c, dtype=float)
    return floats(warm - effectiveness * (warm - np.asarray(sink_c, dtype=float)))


def indirect_share(return_air_c: Values, supply_air_c: Values, sink_c: Values, effectiveness: float) -> Array:
    """Share of the hall's heat that the exchanger takes; a trim chiller takes the rest.

    Parameters
    ----------
    return_air_c, supply_air_c : array_like
        Air leaving and entering the racks [degC].
    sink_c : array_like
        As in `indirect_supply_c`.
    effectiveness : float
        [-].

    Returns
    -------
    numpy.ndarray
        ``clip(e (T_return - T_sink) / (T_return - T_supply), 0, 1)`` [-]: a sink warmer than the hall takes nothing,
        and a cold one no more than all, by turning the fans down.

    Raises
    ------
    ValueError
        If the return air is not warmer than the supply air.
    """
    warm, cool = np.asarray(return_air_c, dtype=float), np.asarray(supply_air_c, dtype=float)
    if np.any(warm <= cool):
        raise ValueError("return air must be warmer than supply air. Check the two temperatures.")
    return floats(np.clip((warm - indirect_supply_c(warm, sink_c, effectiveness)) / (warm - cool), 0.0, 1.0))


def indirect_water_l_per_kwh(bleed: float) -> float:
    """Water used while wet, per heat taken: all latent, ``3600 / 2440 (1 + bleed)``.

    Parameters
    ----------
    bleed : float
        Water drained over water evaporated [-].

    Returns
    -------
    float
        [L/kWh], 1.48 without bleed; an upper estimate, since outdoor air also takes sensible heat. Not verified.
    """
    return 3600.0 / LATENT_HEAT_KJ_KG * (1.0 + bleed)
