"""Once-through sea or lake water, as a source for the loop or for a chiller's condenser."""

from __future__ import annotations

import numpy as np

from .dry_coolers import dry_share
from .validity import Array, Validity, Values, floats

SEA_TEMPERATURE = Validity("sea water at the intake", -1.0, 36.0, "degC", "engineering practice; Gulf summer 33 to 36")

SEA_KJ_KG_K = 3.99
SEA_KG_L = 1.025


def seawater_share(sea_c: Values, return_c: Values, supply_c: Values, approach_k: float) -> Array:
    """Share of the heat that sea water takes through a heat exchanger.

    Parameters
    ----------
    sea_c : array_like
        At the intake [degC], within `SEA_TEMPERATURE`.
    return_c, supply_c : array_like
        Loop water coming from, and going to the load [degC].
    approach_k : float
        2 to 3 K for titanium plates; engineering practice.

    Returns
    -------
    numpy.ndarray
        ``clip((T_return - T_sea - approach) / (T_return - T_supply), 0, 1)`` [-]; the ends are thermodynamics, as in
        `dry_coolers.dry_share`.

    Raises
    ------
    ValueError
        If the return water is not warmer than the supply.
    """
    return dry_share(sea_c, return_c, supply_c, approach_k)


def withdrawal_l_per_kwh(discharge_rise_k: Values) -> Array:
    """Sea water drawn and returned per heat, ``3600 / (c rho dT)``; nothing is consumed.

    Parameters
    ----------
    discharge_rise_k : array_like
        Warming of the sea water [K], 5 to 10 by permit.

    Returns
    -------
    numpy.ndarray
        [L/kWh], 110 at 8 K.
    """
    return floats(3600.0 / (SEA_KJ_KG_K * SEA_KG_L * np.asarray(discharge_rise_k, dtype=float)))


def lift_power_kw_per_kw(discharge_rise_k: Values, pressure_kpa: Values, efficiency: Values) -> Array:
    """Pump power per heat, ``dp V / eta``.

    Parameters
    ----------
    discharge_rise_k : array_like
        Warming of the sea water [K].
    pressure_kpa : array_like
        200 to 350 kPa with lift, screens and exchanger.
    efficiency : array_like
        Pump, motor and drive together [-].

    Returns
    -------
    numpy.ndarray
        [kW/kW], about 0.010 to 0.025.
    """
    litres_per_kj = withdrawal_l_per_kwh(discharge_rise_k) / 3600.0
    return floats(litres_per_kj / 1000.0 * np.asarray(pressure_kpa, float) / np.asarray(efficiency, dtype=float))
