"""Open wet cooling towers: leaving water, fan power, evaporation and make-up.

Evaporation comes from a balance with saturated leaving air, not from heat over latent heat: the latter is 13 % low in
a desert and up to 47 % high in a temperate climate.
"""

from __future__ import annotations

import numpy as np

from . import psychrometrics as air
from .validity import Array, Validity, Values, floats

TOWER_WET_BULB = Validity("wet bulb at a cooling tower", -1.0, 26.7, "degC", "EnergyPlus tower correlations")
TOWER_RANGE = Validity("water temperature range of a cooling tower", 1.1, 22.2, "K", "EnergyPlus, not verified")

WATER_KJ_KG_K = 4.186
KJ_PER_KWH = 3600.0


def leaving_water_c(wet_bulb_c: Values, approach_k: float, minimum_c: float) -> Array:
    """Water temperature with a constant approach, ``max(T_wb + A, T_min)``.

    Parameters
    ----------
    wet_bulb_c : array_like
        [degC]; published approaches hold within `TOWER_WET_BULB`. Above it a constant approach is mildly pessimistic.
    approach_k : float
        3 to 4 K tight, 5 K median of open towers, 6.5 K closed circuit (Energies 2023, 16(9), 3661).
    minimum_c : float
        Lowest temperature the controls allow [degC], at least 5 against freezing. The limit is the controls' own.

    Returns
    -------
    numpy.ndarray
        [degC].
    """
    return floats(np.maximum(np.asarray(wet_bulb_c, dtype=float) + approach_k, minimum_c))


def effectiveness(transfer_units: Values, capacity_ratio: Values) -> Array:
    """Counterflow effectiveness, ``(1 - exp(-N (1 - R))) / (1 - R exp(-N (1 - R)))``.

    Parameters
    ----------
    transfer_units : array_like
        N, heat transfer coefficient times area over the smaller capacity flow [-].
    capacity_ratio : array_like
        R, smaller over larger capacity flow, 0 to 1 [-].

    Returns
    -------
    numpy.ndarray
        [-]; ``N / (1 + N)`` where R is 1.
    """
    units, ratio = np.broadcast_arrays(np.asarray(transfer_units, float), np.asarray(capacity_ratio, float))
    balanced = np.isclose(ratio, 1.0, atol=1e-9)
    slack = np.where(balanced, 0.5, 1.0 - ratio)
    fall = np.exp(-units * slack)
    return floats(np.where(balanced, units / (1.0 + units), (1.0 - fall) / (1.0 - (1.0 - slack) * fall)))


def off_design_approach_k(
    wet_bulb_c: Values,
    load_fraction: Values,
    pressure_pa: Values,
    *,
    design_wet_bulb_c: float,
    design_approach_k: float,
    design_range_k: float,
    liquid_to_gas: float,
) -> Array:
    """Approach of a tower away from its design point, at full fan speed and constant flows.

    Parameters
    ----------
    wet_bulb_c : array_like
        Entering wet bulb [degC], checked against correlations within `TOWER_WET_BULB`; the equations hold above it.
    load_fraction : array_like
        Heat over design heat, above 0 [-].
    pressure_pa : array_like
        Air pressure [Pa].
    design_wet_bulb_c, design_approach_k, design_range_k : float
        The point for which the tower was chosen [degC, K, K], for example 25.6, 3.8 and 5.6.
    liquid_to_gas : float
        Mass flow of water over that of dry air [-], about 1.2.

    Returns
    -------
    numpy.ndarray
        Leaving water above wet bulb [K]. It shrinks as air gets warmer, because saturated enthalpy gets steeper.

    Notes
    -----
    Merkel's simplification as in the EnergyPlus engineering reference: air is a fluid whose heat capacity is the slope
    of saturated enthalpy over wet bulb, the transfer coefficient scales with the same slope, and the effectiveness
    relation holds.
    """
    conductance = _conductance(
        design_wet_bulb_c, design_approach_k, design_range_k, liquid_to_gas, np.asarray(pressure_pa, dtype=float)
    )
    span = np.asarray(load_fraction, dtype=float) * design_range_k
    slope = _enthalpy_slope(wet_bulb_c, span, liquid_to_gas, pressure_pa)
    water = liquid_to_gas * WATER_KJ_KG_K
    smaller, larger = np.minimum(slope, water), np.maximum(slope, water)
    reach = effectiveness(conductance * slope / smaller, smaller / larger)
    return floats(water * span / (reach * smaller) - span)


def _enthalpy_slope(wet_bulb_c: Values, range_k: Values, liquid_to_gas: float, pressure_pa: Values) -> Array:
    """Rise of saturated enthalpy per kelvin of wet bulb as the air takes up the heat [kJ/(kg K)]."""
    entering = np.asarray(wet_bulb_c, dtype=float)
    gained = liquid_to_gas * WATER_KJ_KG_K * np.asarray(range_k, dtype=float)
    start = air.enthalpy_kj_kg(entering, air.humidity_ratio(entering, pressure_pa))
    return floats(gained / (air.saturated_air_c(start + gained, pressure_pa) - entering))


def _conductance(wet_bulb_c: float, approach_k: float, range_k: float, liquid_to_gas: float, pressure: Array) -> Array:
    """Transfer coefficient times area, per air flow and enthalpy slope, that meets the design point [-]."""
    slope = _enthalpy_slope(wet_bulb_c, range_k, liquid_to_gas, pressure)
    water = liquid_to_gas * WATER_KJ_KG_K
    smaller, larger = np.minimum(slope, water), np.maximum(slope, water)
    ratio = smaller / larger
    reach = water * range_k / (smaller * (range_k + approach_k))
    balanced = np.isclose(ratio, 1.0, atol=1e-9)
    slack = np.where(balanced, 0.5, 1.0 - ratio)
    units = np.where(balanced, reach / (1.0 - reach), -np.log((1.0 - reach) / (1.0 - ratio * reach)) / slack)
    return floats(units * smaller / slope)


def fan_power_kw_per_kw(airflow_ratio: Values, design_power_kw_per_kw: float) -> Array:
    """Fan power per design heat, ``P_design r^3``.

    Parameters
    ----------
    airflow_ratio : array_like
        Air flow over design flow, 0 to 1 [-].
    design_power_kw_per_kw : float
        At full speed [kW/kW]: 0.012 to 0.021 for open towers (Energies 2023, 16(9), 3661).

    Returns
    -------
    numpy.ndarray
        [kW/kW of design heat].
    """
    return floats(design_power_kw_per_kw * np.asarray(airflow_ratio, dtype=float) ** 3)


def evaporation_l_per_kwh(
    dry_bulb_c: Values, humidity_ratio: Values, pressure_pa: Values, range_k: Values, liquid_to_gas: Values
) -> Array:
    """Water evaporated per heat rejected, from a balance with saturated leaving air.

    Parameters
    ----------
    dry_bulb_c : array_like
        Entering air [degC].
    humidity_ratio : array_like
        Entering air [kg/kg].
    pressure_pa : array_like
        [Pa].
    range_k : array_like
        Cooling of the water [K], within `TOWER_RANGE`.
    liquid_to_gas : array_like
        Mass flow of water over that of dry air [-].

    Returns
    -------
    numpy.ndarray
        [L/kWh of heat]. About 1.47 would be all latent; dry air also evaporates to cool itself.

    Notes
    -----
    ``h_out = h_in + q``, ``m = (W_sat(h_out) - W_in) / q`` with ``q = (L/G) c range`` [kJ/kg dry air] (EnergyPlus
    engineering reference, cooling towers).
    """
    entering_water = np.asarray(humidity_ratio, dtype=float)
    gained = np.asarray(liquid_to_gas, dtype=float) * WATER_KJ_KG_K * np.asarray(range_k, dtype=float)
    leaving_c = air.saturated_air_c(air.enthalpy_kj_kg(dry_bulb_c, entering_water) + gained, pressure_pa)
    return floats((air.humidity_ratio(leaving_c, pressure_pa) - entering_water) / gained * KJ_PER_KWH)


def drift_l_per_kwh(range_k: Values, drift_share: float) -> Array:
    """Droplets carried away, ``3600 / (c range)`` litres of flow per kWh times their share.

    Parameters
    ----------
    range_k : array_like
        Cooling of the water [K].
    drift_share : float
        Share of the flow [-]: 0.00005 to 0.005 (Lei and Masanet 2022, doi:10.1016/j.resconrec.2022.106323).

    Returns
    -------
    numpy.ndarray
        [L/kWh of heat].
    """
    return floats(drift_share * 3600.0 / (WATER_KJ_KG_K * np.asarray(range_k, dtype=float)))


def blowdown_l_per_kwh(evaporation_l_per_kwh: Values, drift_l_per_kwh: Values, cycles_of_concentration: float) -> Array:
    """Water drained to hold the salts, ``E / (C - 1) - D``, at least 0 where drift alone suffices.

    Parameters
    ----------
    evaporation_l_per_kwh, drift_l_per_kwh : array_like
        [L/kWh].
    cycles_of_concentration : float
        Salt in the loop over salt in the feed [-], above 1; 3 to 5 on treated sewage, 10 and more on desalinated water.

    Returns
    -------
    numpy.ndarray
        [L/kWh]. Never below 0: where drift alone removes the salt, the drain stays shut.

    Raises
    ------
    ValueError
        If the cycles are not above 1: a loop with no concentration drains without end.
    """
    if cycles_of_concentration <= 1.0:
        raise ValueError(f"cycles of concentration must be above 1, got {cycles_of_concentration:g}. Usual: 3 to 15.")
    removed = np.asarray(evaporation_l_per_kwh, dtype=float) / (cycles_of_concentration - 1.0)
    return floats(np.maximum(removed - np.asarray(drift_l_per_kwh, dtype=float), 0.0))


def make_up_l_per_kwh(
    evaporation_l_per_kwh: Values, range_k: Values, drift_share: float, cycles_of_concentration: float
) -> Array:
    """Water to be supplied: evaporation, drift and blowdown.

    Parameters
    ----------
    evaporation_l_per_kwh : array_like
        [L/kWh].
    range_k : array_like
        Cooling of the water [K].
    drift_share : float
        Share of the flow [-].
    cycles_of_concentration : float
        [-], above 1.

    Returns
    -------
    numpy.ndarray
        [L/kWh of heat rejected].
    """
    drift = drift_l_per_kwh(range_k, drift_share)
    blowdown = blowdown_l_per_kwh(evaporation_l_per_kwh, drift, cycles_of_concentration)
    return floats(np.asarray(evaporation_l_per_kwh, dtype=float) + drift + blowdown)
