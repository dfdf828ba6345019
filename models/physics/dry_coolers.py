"""Dry and adiabatically assisted coolers: the share of heat that air can take, capacity, fan power and water.

However large it is, a coil cannot cool water below the air that enters it: the dry share is a thermodynamic limit,
the capacity fraction a matter of size.
"""

from __future__ import annotations

import numpy as np

from . import psychrometrics as air
from .validity import Array, Validity, Values, floats

DRY_COOLER_AIR = Validity("air entering a dry cooler", -20.0, 55.0, "degC", "engineering practice")
PAD_AIR_DEPRESSION = Validity("dry bulb above wet bulb at wetted pads", 0.0, 30.0, "K", "engineering practice")

SEA_LEVEL_PA = 101325.0
AIR_KJ_KG_K = 1.006


def dry_share(
    dry_bulb_c: Values, return_c: Values, supply_c: Values, approach_k: float, recirculation_k: float = 0.0
) -> Array:
    """Share of the heat that air can take from water cooled from return to supply.

    Parameters
    ----------
    dry_bulb_c : array_like
        Air, outdoors or pre-cooled [degC], within `DRY_COOLER_AIR`.
    return_c, supply_c : array_like
        Warm water coming from, and cool water going to the load [degC].
    approach_k : float
        Water leaving the coil above the air entering it [K]: 10 is the median of dry towers (Energies 2023, 16(9),
        3661), 6 to 8 engineering practice for warm-water designs.
    recirculation_k : float
        Warming of the entering air by the array's own exhaust and the sun [K], 1 to 3 in large arrays.

    Returns
    -------
    numpy.ndarray
        ``clip((T_return - T_db - recirculation - approach) / (T_return - T_supply), 0, 1)`` [-]. The ends are
        thermodynamics: air hotter than the return water takes nothing, and there is no more heat than all of it.

    Raises
    ------
    ValueError
        If the return water is not warmer than the supply.
    """
    warm, cool = np.asarray(return_c, dtype=float), np.asarray(supply_c, dtype=float)
    if np.any(warm <= cool):
        raise ValueError("return water must be warmer than supply water. Check the two temperatures.")
    reached = np.asarray(dry_bulb_c, dtype=float) + recirculation_k + approach_k
    return floats(np.clip((warm - reached) / (warm - cool), 0.0, 1.0))


def altitude_factor(pressure_pa: Values, exponent: float = 0.8, reference_pa: float = SEA_LEVEL_PA) -> Array:
    """Capacity in thin air over capacity at the reference pressure, ``(p / p_ref)^0.8``.

    Parameters
    ----------
    pressure_pa : array_like
        [Pa].
    exponent : float
        [-]; engineering practice for fixed-speed fans, not verified.
    reference_pa : float
        Pressure of the rating [Pa].

    Returns
    -------
    numpy.ndarray
        [-]: 0.94 in Riyadh, 0.84 in Nairobi, 0.80 in Addis Ababa.
    """
    return floats((np.asarray(pressure_pa, dtype=float) / reference_pa) ** exponent)


def capacity_fraction(
    dry_bulb_c: Values,
    pressure_pa: Values,
    *,
    water_c: Values,
    design_difference_k: float,
    recirculation_k: float = 0.0,
    density_exponent: float = 0.8,
) -> Array:
    """Heat a coil can reject per kW rated.

    Parameters
    ----------
    dry_bulb_c, pressure_pa : array_like
        Entering air [degC, within `DRY_COOLER_AIR`; Pa].
    water_c : array_like
        Water entering the coil [degC].
    design_difference_k : float
        Entering water above entering air at the rating [K].
    recirculation_k : float
        Warming of the entering air by the array's own exhaust [K].
    density_exponent : float
        See `altitude_factor`.

    Returns
    -------
    numpy.ndarray
        ``clip((T_water - T_db - recirculation) / difference, 0, 1) (p / p_ref)^0.8`` [-]. Air hotter than the water
        takes no heat; in cool air the rating is not exceeded, because a plan pays for no more. The form is engineering
        practice.
    """
    difference = np.asarray(water_c, dtype=float) - np.asarray(dry_bulb_c, dtype=float) - recirculation_k
    driven = np.clip(difference / design_difference_k, 0.0, 1.0)
    return floats(driven * altitude_factor(pressure_pa, density_exponent))


def fan_power_kw_per_kw(
    dry_bulb_c: Values,
    *,
    water_c: Values,
    design_difference_k: float,
    design_power_kw_per_kw: float,
    lowest_speed: float = 0.2,
) -> Array:
    """Fan power per kW of rated heat, at full heat.

    Parameters
    ----------
    dry_bulb_c : array_like
        Entering air [degC], within `DRY_COOLER_AIR`.
    water_c : array_like
        Water entering the coil [degC].
    design_difference_k : float
        Entering water above entering air at the rating [K].
    design_power_kw_per_kw : float
        Full speed [kW/kW]: 0.02 to 0.03, engineering practice.
    lowest_speed : float
        Lowest speed over full speed [-].

    Returns
    -------
    numpy.ndarray
        ``P r^3`` with the speed ``r = (difference_design / difference)^1.3`` between lowest and 1, the limits of the
        drive [kW/kW]; full power where the air is as hot as the water. The exponent is engineering practice.
    """
    difference = np.asarray(water_c, dtype=float) - np.asarray(dry_bulb_c, dtype=float)
    # A difference below design means full speed; the floor only avoids a division by zero there.
    speed = (design_difference_k / np.maximum(difference, 1e-3 * design_difference_k)) ** 1.3
    return floats(design_power_kw_per_kw * np.clip(speed, lowest_speed, 1.0) ** 3)


def precooled_air_c(dry_bulb_c: Values, wet_bulb_c: Values, effectiveness: float) -> Array:
    """Air behind wetted pads or sprays, ``T_db - e (T_db - T_wb)``.

    Parameters
    ----------
    dry_bulb_c, wet_bulb_c : array_like
        [degC]; their difference within `PAD_AIR_DEPRESSION`.
    effectiveness : float
        0.70 to 0.85 for pads, 0.5 to 0.7 for sprays [-]; engineering practice.

    Returns
    -------
    numpy.ndarray
        [degC]; the dry bulb itself in saturated air.
    """
    dry = np.asarray(dry_bulb_c, dtype=float)
    return floats(dry - effectiveness * (dry - np.asarray(wet_bulb_c, dtype=float)))


def adiabatic_water_l_per_kwh(
    wet_bulb_c: Values,
    humidity_ratio: Values,
    pressure_pa: Values,
    *,
    effectiveness: float,
    air_rise_k: float,
    bleed: float,
) -> Array:
    """Water put into the air ahead of the coil, per heat rejected while wet.

    Parameters
    ----------
    wet_bulb_c : array_like
        [degC].
    humidity_ratio : array_like
        Entering air [kg/kg].
    pressure_pa : array_like
        [Pa].
    effectiveness : float
        Of the pads [-].
    air_rise_k : float
        Warming of the air in the coil [K], 10 to 15.
    bleed : float
        Water drained over water evaporated [-], 0.2 to 0.3.

    Returns
    -------
    numpy.ndarray
        [L/kWh]; zero in saturated air.

    Notes
    -----
    Air moves along its wet-bulb line: ``W' - W = e max(W_sat(T_wb) - W, 0)``; dry air flow ``3600 / (c rise)`` kg/kWh.
    The limit only takes rounding away: saturated air takes up no water.
    """
    saturated = air.humidity_ratio(wet_bulb_c, pressure_pa)
    added = effectiveness * np.maximum(saturated - np.asarray(humidity_ratio, dtype=float), 0.0)
    return floats(3600.0 / (AIR_KJ_KG_K * air_rise_k) * added * (1.0 + bleed))
