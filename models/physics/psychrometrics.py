"""Moist air: vapour pressure, humidity, enthalpy, wet bulb, density.

The equations of ASHRAE Handbook Fundamentals (2017), chapter 1, with pressure as an argument everywhere: at
1,800 m the sea-level formulas overstate the wet bulb by up to 1.9 K.
"""

from __future__ import annotations

import numpy as np

from .validity import Array, Validity, Values, floats

SATURATION_TEMPERATURE = Validity("temperature of saturated air", -100.0, 200.0, "degC", "Hyland and Wexler 1983")
STANDARD_ELEVATION = Validity("elevation of the standard atmosphere", -5000.0, 11000.0, "m", "ASHRAE 2017, eq. 3")

KELVIN = 273.15
TRIPLE_POINT_C = 0.01
WATER_OVER_AIR = 0.621945
"""Molar mass of water over that of dry air."""
DRY_AIR_J_KG_K = 287.042
_COLDEST_C, _HOTTEST_C = -60.0, 80.0
_BISECTIONS = 36  # halves a bracket of 140 K to 2e-9 K


def saturation_pressure_pa(t_c: Values) -> Array:
    """Vapour pressure over ice below the triple point and over water above it.

    Parameters
    ----------
    t_c : array_like
        Temperature [degC], valid in `SATURATION_TEMPERATURE`.

    Returns
    -------
    numpy.ndarray
        Saturation pressure [Pa].

    References
    ----------
    Hyland, R. W. and Wexler, A. (1983), ASHRAE Transactions 89(2A); ASHRAE Fundamentals 2017, eqs. 5 and 6.
    """
    celsius = np.asarray(t_c, dtype=float)
    t = celsius + KELVIN
    log_t = np.log(t)
    ice = (
        -5.6745359e3 / t
        + 6.3925247
        + t * (-9.677843e-3 + t * (6.2215701e-7 + t * (2.0747825e-9 - 9.484024e-13 * t)))
        + 4.1635019 * log_t
    )
    water = (
        -5.8002206e3 / t + 1.3914993 + t * (-4.8640239e-2 + t * (4.1764768e-5 - 1.4452093e-8 * t)) + 6.5459673 * log_t
    )
    return floats(np.exp(np.where(celsius <= TRIPLE_POINT_C, ice, water)))


def humidity_ratio(dew_point_c: Values, pressure_pa: Values) -> Array:
    """Water in the air, ``0.621945 e / (p - e)`` with ``e`` saturated at the dew point.

    Parameters
    ----------
    dew_point_c : array_like
        Dew point [degC].
    pressure_pa : array_like
        Air pressure [Pa].

    Returns
    -------
    numpy.ndarray
        Humidity ratio [kg water / kg dry air]. The dry-bulb temperature in place of the dew point gives saturated air.

    References
    ----------
    ASHRAE Fundamentals 2017, eq. 20.
    """
    vapour_pa = saturation_pressure_pa(dew_point_c)
    return floats(WATER_OVER_AIR * vapour_pa / (np.asarray(pressure_pa, dtype=float) - vapour_pa))


def enthalpy_kj_kg(t_c: Values, humidity_ratio: Values) -> Array:
    """Enthalpy of moist air, ``1.006 t + W (2501 + 1.86 t)``.

    Parameters
    ----------
    t_c : array_like
        Dry-bulb temperature [degC].
    humidity_ratio : array_like
        [kg/kg dry air].

    Returns
    -------
    numpy.ndarray
        Enthalpy [kJ/kg dry air], zero for dry air at 0 degC.

    References
    ----------
    ASHRAE Fundamentals 2017, eq. 30.
    """
    t = np.asarray(t_c, dtype=float)
    return floats(1.006 * t + np.asarray(humidity_ratio, dtype=float) * (2501.0 + 1.86 * t))


def saturated_air_c(enthalpy_kj_kg: Values, pressure_pa: Values) -> Array:
    """Temperature of saturated air that has this enthalpy, by bisection.

    Parameters
    ----------
    enthalpy_kj_kg : array_like
        [kJ/kg dry air].
    pressure_pa : array_like
        [Pa].

    Returns
    -------
    numpy.ndarray
        [degC], between -60 and 80; missing (nan) where no saturated air in that range has this enthalpy.
    """
    wanted, pressure = np.broadcast_arrays(
        np.asarray(enthalpy_kj_kg, dtype=float), np.asarray(pressure_pa, dtype=float)
    )
    low, high = np.full(wanted.shape, _COLDEST_C), np.full(wanted.shape, _HOTTEST_C)
    known = (_saturated_enthalpy(low, pressure) <= wanted) & (wanted <= _saturated_enthalpy(high, pressure))
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        too_hot = _saturated_enthalpy(middle, pressure) > wanted
        low, high = np.where(too_hot, low, middle), np.where(too_hot, middle, high)
    return floats(np.where(known, 0.5 * (low + high), np.nan))


def _saturated_enthalpy(t_c: Array, pressure_pa: Array) -> Array:
    return enthalpy_kj_kg(t_c, humidity_ratio(t_c, pressure_pa))


def wet_bulb_c(dry_bulb_c: Values, dew_point_c: Values, pressure_pa: Values) -> Array:
    """Thermodynamic wet bulb, found by bisection between dew point and dry bulb.

    Parameters
    ----------
    dry_bulb_c, dew_point_c : array_like
        [degC]; a dew point above the dry bulb means saturated air and gives the dry bulb.
    pressure_pa : array_like
        Air pressure [Pa].

    Returns
    -------
    numpy.ndarray
        Wet bulb [degC].

    Notes
    -----
    The heat balance changes from water to ice at 0 degC with a step, so between about -0.5 and 0.5 degC two answers
    exist; bisection settles on the crossing that the ASHRAE reference procedure finds.

    References
    ----------
    ASHRAE Fundamentals 2017, eqs. 33 and 35.
    """
    dry, dew, pressure = np.broadcast_arrays(
        np.asarray(dry_bulb_c, dtype=float), np.asarray(dew_point_c, dtype=float), np.asarray(pressure_pa, dtype=float)
    )
    present = np.asarray(humidity_ratio(dew, pressure))
    low, high = np.minimum(dew, dry), dry.astype(float)
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        too_wet = _humidity_ratio_from_wet_bulb(dry, middle, pressure) > present
        low, high = np.where(too_wet, low, middle), np.where(too_wet, middle, high)
    return floats(0.5 * (low + high))


def _humidity_ratio_from_wet_bulb(dry_bulb_c: Array, wet_bulb: Array, pressure_pa: Array) -> Array:
    """Humidity ratio of air that has this wet bulb; over ice below 0 degC (ASHRAE 2017, eqs. 33 and 35)."""
    saturated = humidity_ratio(wet_bulb, pressure_pa)
    drop = 1.006 * (dry_bulb_c - wet_bulb)
    water = ((2501.0 - 2.326 * wet_bulb) * saturated - drop) / (2501.0 + 1.86 * dry_bulb_c - 4.186 * wet_bulb)
    ice = ((2830.0 - 0.24 * wet_bulb) * saturated - drop) / (2830.0 + 1.86 * dry_bulb_c - 2.1 * wet_bulb)
    return np.where(wet_bulb >= 0.0, water, ice)


def relative_humidity(dry_bulb_c: Values, dew_point_c: Values) -> Array:
    """Vapour pressure over saturation pressure.

    Parameters
    ----------
    dry_bulb_c, dew_point_c : array_like
        [degC].

    Returns
    -------
    numpy.ndarray
        Fraction between 0 and 1; above 1 if the dew point given exceeds the dry bulb.
    """
    return floats(saturation_pressure_pa(dew_point_c) / saturation_pressure_pa(dry_bulb_c))


def dew_point_c_from_vapour_pressure(e_pa: Values) -> Array:
    """Invert `saturation_pressure_pa`.

    Parameters
    ----------
    e_pa : array_like
        Vapour pressure [Pa], above zero.

    Returns
    -------
    numpy.ndarray
        Dew point [degC], frost point below the triple point.

    Notes
    -----
    Newton's method on ``ln p``, which is nearly straight in ``1/T``: it starts from a Magnus estimate and is exact to
    1e-9 K after four steps.
    """
    log_e = np.log(np.asarray(e_pa, dtype=float))
    magnus = log_e - np.log(611.2)
    dew = 243.5 * magnus / (17.67 - magnus)
    for _ in range(6):
        # Both branches are smooth; a one-sided step keeps the slope on the branch of the present estimate.
        step = np.where(dew > TRIPLE_POINT_C, 1e-3, -1e-3)
        here = np.log(saturation_pressure_pa(dew))
        slope = (np.log(saturation_pressure_pa(dew + step)) - here) / step
        dew = dew - (here - log_e) / slope
    return floats(dew)


def dew_point_c_from_rh(dry_bulb_c: Values, relative_humidity: Values) -> Array:
    """Dew point from dry bulb and relative humidity.

    Parameters
    ----------
    dry_bulb_c : array_like
        [degC].
    relative_humidity : array_like
        Fraction above 0, at most 1.

    Returns
    -------
    numpy.ndarray
        Dew point [degC].
    """
    return dew_point_c_from_vapour_pressure(
        np.asarray(relative_humidity, dtype=float) * saturation_pressure_pa(dry_bulb_c)
    )


def standard_pressure_pa(elevation_m: Values) -> Array:
    """Pressure of the standard atmosphere, ``101325 (1 - 2.25577e-5 z)^5.2559``.

    Parameters
    ----------
    elevation_m : array_like
        Height above sea level [m], valid in `STANDARD_ELEVATION`.

    Returns
    -------
    numpy.ndarray
        [Pa].

    References
    ----------
    ASHRAE Fundamentals 2017, eq. 3.
    """
    return floats(101325.0 * (1.0 - 2.25577e-5 * np.asarray(elevation_m, dtype=float)) ** 5.2559)


def air_density_kg_m3(dry_bulb_c: Values, humidity_ratio: Values, pressure_pa: Values) -> Array:
    """Density of moist air, ``(1 + W) p / (R T (1 + W / 0.621945))``.

    Parameters
    ----------
    dry_bulb_c : array_like
        [degC].
    humidity_ratio : array_like
        [kg/kg dry air].
    pressure_pa : array_like
        [Pa].

    Returns
    -------
    numpy.ndarray
        [kg moist air / m3].

    References
    ----------
    ASHRAE Fundamentals 2017, eqs. 9 and 26.
    """
    water = np.asarray(humidity_ratio, dtype=float)
    kelvin = np.asarray(dry_bulb_c, dtype=float) + KELVIN
    dry_volume = DRY_AIR_J_KG_K * kelvin * (1.0 + water / WATER_OVER_AIR) / np.asarray(pressure_pa, dtype=float)
    return floats((1.0 + water) / dry_volume)
