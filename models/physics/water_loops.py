"""Water between the racks and the plant: exchanger approaches, condensation, rear doors, flow and stored cold."""

from __future__ import annotations

import numpy as np

from .air_handling import WATER_J_KG_K, WATER_KG_M3
from .validity import Array, Validity, Values, floats

CDU_APPROACH = Validity("rack coolant above facility water", 2.0, 5.0, "K", "engineering practice, not verified")
DOOR_EFFECTIVENESS = Validity("effectiveness of a rear door", 0.5, 0.9, "1", "engineering practice, not verified")

WATER_KJ_M3_K = WATER_J_KG_K * WATER_KG_M3 / 1000.0


def coolant_c(facility_water_c: Values, approach_k: Values) -> Array:
    """Coolant sent to cold plates, or fluid of an immersion tank, ``T_facility + approach``.

    Parameters
    ----------
    facility_water_c : array_like
        Water supplied to the exchanger [degC].
    approach_k : array_like
        Of the coolant distribution unit or of the tank's exchanger [K], within `CDU_APPROACH`.

    Returns
    -------
    numpy.ndarray
        [degC].
    """
    return floats(np.asarray(facility_water_c, dtype=float) + np.asarray(approach_k, dtype=float))


def warmest_facility_water_c(coolant_limit_c: Values, approach_k: Values) -> Array:
    """Warmest facility water that keeps a coolant or an immersion fluid at its limit, ``T_limit - approach``.

    Parameters
    ----------
    coolant_limit_c : array_like
        Warmest coolant or fluid allowed [degC]: 40 to 50 for immersion fluids.
    approach_k : array_like
        As in `coolant_c` [K].

    Returns
    -------
    numpy.ndarray
        [degC].
    """
    return floats(np.asarray(coolant_limit_c, dtype=float) - np.asarray(approach_k, dtype=float))


def condensation_floor_c(hall_dew_point_c: Values, margin_k: float = 2.0) -> Array:
    """Coldest coolant that leaves pipes and plates dry, ``T_dew + margin``.

    Parameters
    ----------
    hall_dew_point_c : array_like
        Dew point of the hall's air [degC].
    margin_k : float
        [K]; 2 is engineering practice.

    Returns
    -------
    numpy.ndarray
        [degC].
    """
    return floats(np.asarray(hall_dew_point_c, dtype=float) + margin_k)


def rear_door_share(rack_outlet_c: Values, rack_inlet_c: Values, water_c: Values, effectiveness: Values) -> Array:
    """Share of a rack's heat that a rear door takes out of its exhaust air.

    Parameters
    ----------
    rack_outlet_c, rack_inlet_c : array_like
        Air leaving and entering the rack [degC].
    water_c : array_like
        Water entering the door [degC].
    effectiveness : array_like
        Of the exchanger, on its air side [-], within `DOOR_EFFECTIVENESS`.

    Returns
    -------
    numpy.ndarray
        ``clip(e (T_outlet - T_water) / (T_outlet - T_inlet), 0, 1)`` [-]; the hall's air handlers take the rest. At 1
        the valve closes until the air leaves as cool as it entered; at 0 the water is as warm as the air and the door
        is shut off.

    Raises
    ------
    ValueError
        If the rack does not warm the air.
    """
    warm, cool = np.asarray(rack_outlet_c, dtype=float), np.asarray(rack_inlet_c, dtype=float)
    if np.any(warm <= cool):
        raise ValueError("air leaving the rack must be warmer than air entering it. Check the two temperatures.")
    taken = np.asarray(effectiveness, dtype=float) * (warm - np.asarray(water_c, dtype=float))
    return floats(np.clip(taken / (warm - cool), 0.0, 1.0))


def flow_m3_h_per_mw(water_rise_k: Values) -> Array:
    """Water flow per heat, ``3600 / (rho c dT)``: of a facility loop or a district cooling connection.

    Parameters
    ----------
    water_rise_k : array_like
        Return less supply [K], above 0: 8 to 10 for cold plates, 7.5 to 8.5 for district cooling.

    Returns
    -------
    numpy.ndarray
        [m3/h per MW], 86 at 10 K.
    """
    return floats(3.6e6 / (WATER_KJ_M3_K * np.asarray(water_rise_k, dtype=float)))


def tank_volume_m3_per_mwh(temperature_rise_k: Values) -> Array:
    """Water per cold stored, ``3.6e6 / (rho c dT)``, all of it usable.

    Parameters
    ----------
    temperature_rise_k : array_like
        Warm less cold layer [K], above 0.

    Returns
    -------
    numpy.ndarray
        [m3/MWh]: 86 at 10 K. Divide by the usable share of a stratified tank for its size.
    """
    return flow_m3_h_per_mw(temperature_rise_k)


def ride_through_minutes(volume_m3: Values, temperature_rise_k: Values, heat_mw: Values) -> Array:
    """Time until a loop warms by so much with its cooling stopped and its pumps running, ``V rho c dT / Q``.

    Parameters
    ----------
    volume_m3 : array_like
        Water in loop and buffer [m3].
    temperature_rise_k : array_like
        Warming that the racks bear [K].
    heat_mw : array_like
        Heat that keeps flowing in [MW], above 0.

    Returns
    -------
    numpy.ndarray
        [minutes], a lower estimate: the heat that pipes and plates take up is left out.

    Raises
    ------
    ValueError
        If the heat is not above 0.
    """
    heat = np.asarray(heat_mw, dtype=float)
    if not np.all(heat > 0.0):
        raise ValueError("heat must be above 0 MW. Leave out the hours without load.")
    stored_kj = WATER_KJ_M3_K * np.asarray(volume_m3, dtype=float) * np.asarray(temperature_rise_k, dtype=float)
    return floats(stored_kj / (1000.0 * heat) / 60.0)
