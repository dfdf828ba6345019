"""Wind power: wind at hub height, and output per MW from a turbine's power curve.

Power curves are those of the open-energy database that windpowerlib packages (doi:10.5281/zenodo.824267).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .libraries import quiet
from .validity import Array, Validity, Values, floats

HUB_HEIGHT = Validity("hub height above ground", 40.0, 200.0, "m", "engineering practice for one-power-law profiles")
CURVE_WIND = Validity("wind speed on a power curve", 0.0, 35.0, "m/s", "windpowerlib power curves")

ONSHORE_TURBINE = "V126/3450"
OFFSHORE_TURBINE = "V164/9500"
MEASURED_AT_M = 10.0
CURVE_DENSITY_KG_M3 = 1.225
_SHIFTS = 12


def hub_wind_power_law_m_s(wind_10m_m_s: Values, hub_height_m: float, shear_exponent: Values) -> Array:
    """Wind at hub height, ``v_10 (h / 10)^a``.

    Parameters
    ----------
    wind_10m_m_s : array_like
        Wind 10 m above ground [m/s].
    hub_height_m : float
        [m], within `HUB_HEIGHT`.
    shear_exponent : array_like
        [-]: 0.11 over water, 0.143 over open land, 0.25 among trees and houses.

    Returns
    -------
    numpy.ndarray
        [m/s].
    """
    growth = (hub_height_m / MEASURED_AT_M) ** np.asarray(shear_exponent, dtype=float)
    return floats(np.asarray(wind_10m_m_s, dtype=float) * growth)


def hub_wind_log_law_m_s(wind_10m_m_s: Values, hub_height_m: float, roughness_m: Values) -> Array:
    """Wind at hub height, ``v_10 ln(h / z0) / ln(10 / z0)``, neutral air.

    Parameters
    ----------
    wind_10m_m_s : array_like
        Wind 10 m above ground [m/s].
    hub_height_m : float
        [m], within `HUB_HEIGHT`.
    roughness_m : array_like
        Roughness length [m]: 0.0002 water, 0.03 open land, 0.3 bush, below 10.

    Returns
    -------
    numpy.ndarray
        [m/s].
    """
    rough = np.asarray(roughness_m, dtype=float)
    return floats(np.asarray(wind_10m_m_s, dtype=float) * np.log(hub_height_m / rough) / np.log(MEASURED_AT_M / rough))


def availability(hub_wind_m_s: Values, air_density_kg_m3: Values, turbine: str, losses: float = 0.0) -> Array:
    """Power of a turbine over its rating.

    Parameters
    ----------
    hub_wind_m_s : array_like
        [m/s], within `CURVE_WIND`.
    air_density_kg_m3 : array_like
        Density at the site [kg/m3]; curves hold at 1.225.
    turbine : str
        Name of a power curve, one of `turbines`, such as `ONSHORE_TURBINE`.
    losses : float
        Wake, electrical and downtime, 0 to 1 [-].

    Returns
    -------
    numpy.ndarray
        0 to 1 [-]; zero where the wind itself exceeds the cut-out speed.

    Raises
    ------
    ValueError
        If no such power curve exists.

    Notes
    -----
    Thin air shifts the curve to faster wind by ``(1.225 / rho)^p`` with p from 1/3 below 7.5 m/s to 2/3 above
    12.5 m/s of the curve (Svenningsen 2010, as in windpowerlib).
    """
    speeds_m_s, output = power_curve(turbine)
    thinness = CURVE_DENSITY_KG_M3 / np.asarray(air_density_kg_m3, dtype=float)
    wind, thin = np.broadcast_arrays(np.asarray(hub_wind_m_s, dtype=float), thinness)
    # The curve's own speed is needed for the exponent, so the shift is inverted by iteration: it contracts quickly.
    on_curve = wind / thin**0.5
    for _ in range(_SHIFTS):
        on_curve = wind / thin ** np.interp(on_curve, [7.5, 12.5], [1.0 / 3.0, 2.0 / 3.0])
    cut_out = float(speeds_m_s[-1])
    running = np.where(wind > cut_out, 0.0, np.interp(np.minimum(on_curve, cut_out), speeds_m_s, output))
    return floats(running * (1.0 - losses))


def turbines() -> tuple[str, ...]:
    """Return the names of all packaged power curves."""
    return tuple(_curves())


def power_curve(turbine: str) -> tuple[Array, Array]:
    """Power curve of a turbine at 1.225 kg/m3.

    Parameters
    ----------
    turbine : str
        One of `turbines`.

    Returns
    -------
    speeds_m_s, output : numpy.ndarray
        Wind speeds [m/s] and power over rating [-], same shape, read-only.

    Raises
    ------
    ValueError
        If no such power curve exists.
    """
    known = _curves()
    if turbine not in known:
        like = [name for name in known if turbine and turbine.split("/")[0].lower() in name.lower()]
        raise ValueError(f"no power curve for turbine '{turbine}'. Known: {', '.join(like or known)}.")
    return _curve(turbine)


@lru_cache(maxsize=1)
def _curves() -> tuple[str, ...]:
    with quiet():
        from windpowerlib import data

        types = data.get_turbine_types(turbine_library="local", print_out=False)
    return tuple(types.loc[types["has_power_curve"], "turbine_type"])


@lru_cache(maxsize=32)
def _curve(turbine: str) -> tuple[Array, Array]:
    with quiet():
        from windpowerlib import WindTurbine

        machine = WindTurbine(turbine_type=turbine, hub_height=100.0)
    table = machine.power_curve
    speeds = np.array(table["wind_speed"], dtype=float)
    output = np.array(table["value"], dtype=float) / float(machine.nominal_power)
    speeds.setflags(write=False)
    output.setflags(write=False)
    return speeds, output
