"""Moving air and water indoors: fan and pump power per kW of heat carried.

Example values: 400 Pa, 12 K, efficiency 0.65 give 0.042 kW/kW for a hall fan; 250 kPa, 8 K, 0.70 give 0.011 kW/kW for
a pump.
"""

from __future__ import annotations

import numpy as np

from .validity import Array, Validity, Values, floats

HALL_AIR_RISE = Validity("warming of hall air", 5.0, 19.4, "K", "Lei and Masanet 2022")
HALL_FAN_PRESSURE = Validity("pressure rise of a hall fan", 300.0, 1000.0, "Pa", "Lei and Masanet 2022")

AIR_J_KG_K = 1006.0
WATER_J_KG_K = 4186.0
WATER_KG_M3 = 998.0
RATING_DENSITY_KG_M3 = 1.2


def fan_power_kw_per_kw(
    air_rise_k: Values, pressure_pa: Values, efficiency: Values, air_density_kg_m3: Values
) -> Array:
    """Fan power per heat carried by air, ``dp / (rho c dT eta)``.

    Parameters
    ----------
    air_rise_k : array_like
        Warming of the air [K], within `HALL_AIR_RISE`.
    pressure_pa : array_like
        Pressure rise of the fan [Pa], within `HALL_FAN_PRESSURE`.
    efficiency : array_like
        Fan, motor and drive together [-].
    air_density_kg_m3 : array_like
        [kg/m3].

    Returns
    -------
    numpy.ndarray
        [kW/kW]. The fan's heat joins the air it moves.
    """
    carried = np.asarray(air_density_kg_m3, float) * AIR_J_KG_K * np.asarray(air_rise_k, float)
    return floats(np.asarray(pressure_pa, dtype=float) / (carried * np.asarray(efficiency, dtype=float)))


def pressure_rise_pa(rated_pressure_pa: Values, air_density_kg_m3: Values) -> Array:
    """Pressure rise that drives the same mass flow through the same coil in thinner air.

    Parameters
    ----------
    rated_pressure_pa : array_like
        At 1.2 kg/m3 [Pa].
    air_density_kg_m3 : array_like
        [kg/m3].

    Returns
    -------
    numpy.ndarray
        ``dp 1.2 / rho`` [Pa], because ``dp ~ rho v^2`` and ``v ~ 1 / rho``; fan power then rises as ``1 / rho^2``.
    """
    return floats(np.asarray(rated_pressure_pa, float) * RATING_DENSITY_KG_M3 / np.asarray(air_density_kg_m3, float))


def pump_power_kw_per_kw(water_rise_k: Values, pressure_pa: Values, efficiency: Values) -> Array:
    """Pump power per heat carried by water, ``dp / (rho c dT eta)``.

    Parameters
    ----------
    water_rise_k : array_like
        Warming of the water [K], 5 to 10 (Lei and Masanet 2022).
    pressure_pa : array_like
        Pressure rise [Pa].
    efficiency : array_like
        Pump, motor and drive together [-].

    Returns
    -------
    numpy.ndarray
        [kW/kW].
    """
    carried = WATER_KG_M3 * WATER_J_KG_K * np.asarray(water_rise_k, dtype=float)
    return floats(np.asarray(pressure_pa, dtype=float) / (carried * np.asarray(efficiency, dtype=float)))


def part_speed_power_fraction(flow_fraction: Values, exponent: float = 3.0) -> Array:
    """Power of a fan or pump at part flow, ``r^n``.

    Parameters
    ----------
    flow_fraction : array_like
        Flow over design flow [-], 0 to 1.
    exponent : float
        3 on a fixed system curve, 2.5 to 2.8 against a static head [-].

    Returns
    -------
    numpy.ndarray
        Power over design power [-].
    """
    return floats(np.asarray(flow_fraction, dtype=float) ** exponent)
