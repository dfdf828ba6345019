"""Solar power: hourly output per MW of AC rating, fixed tilt or single-axis tracking.

One chain for both: solar position, transposition by Hay and Davies, reflection at the glass, cell temperature by
Faiman, PVWatts module and inverter. The calculations are pvlib's (Holmgren et al. 2018, doi:10.21105/joss.00884).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .libraries import quiet
from .validity import Array, Validity, Values, floats

PV_AIR = Validity("air at a solar module", -40.0, 60.0, "degC", "Faiman 2008, module operating range")


def facing_equator_deg(latitude_deg: float) -> float:
    """Azimuth that faces the equator: 180 (south) north of it, 0 (north) south of it.

    Parameters
    ----------
    latitude_deg : float
        North positive [deg].
    """
    return 180.0 if latitude_deg >= 0.0 else 0.0


def usual_tilt_deg(latitude_deg: float) -> float:
    """Tilt of a fixed array for the largest annual yield, a rule of thumb.

    Parameters
    ----------
    latitude_deg : float
        [deg].

    Returns
    -------
    float
        ``0.87 L`` below 25 degrees, ``0.76 L + 3.1`` above [deg]; engineering practice, not verified.
    """
    latitude = abs(latitude_deg)
    return 0.87 * latitude if latitude < 25.0 else 0.76 * latitude + 3.1


def fixed_tilt_availability(
    times: pd.DatetimeIndex,
    latitude_deg: float,
    longitude_deg: float,
    elevation_m: float,
    *,
    ghi_w_m2: Values,
    dni_w_m2: Values,
    dhi_w_m2: Values,
    dry_bulb_c: Values,
    wind_10m_m_s: Values,
    tilt_deg: float,
    azimuth_deg: float,
    dc_ac_ratio: float,
    soiling: Values,
    losses: float,
    inverter_efficiency: float | None,
    temperature_coefficient: float,
    albedo: float = 0.25,
) -> Array:
    """AC power of a fixed array over its AC rating.

    Parameters
    ----------
    times : pandas.DatetimeIndex
        Centres of n intervals, time-zone aware.
    latitude_deg, longitude_deg, elevation_m : float
        North and east positive [deg, deg, m].
    ghi_w_m2, dni_w_m2, dhi_w_m2 : array_like
        Global horizontal, direct normal, diffuse horizontal irradiance, shape (n,) [W/m2].
    dry_bulb_c, wind_10m_m_s : array_like
        Shape (n,) [degC, m/s]; air within `PV_AIR`.
    tilt_deg, azimuth_deg : float
        Slope, and direction clockwise from north [deg]; see `usual_tilt_deg` and `facing_equator_deg`.
    dc_ac_ratio : float
        Module rating over inverter rating [-].
    soiling : array_like
        Light lost to dust, one value or shape (n,), 0 to 1 [-].
    losses : float
        Mismatch, wiring and downtime, 0 to 1 [-].
    inverter_efficiency : float or None
        Nominal [-]; the PVWatts curve is scaled to it. None for modules on direct current, without an inverter.
    temperature_coefficient : float
        Of module power, negative [1/K].
    albedo : float
        Of the ground [-].

    Returns
    -------
    numpy.ndarray
        Shape (n,), 0 to 1 [-]: the inverter clips at its rating. Without an inverter, direct current over module rating
        x ``dc_ac_ratio``, which may exceed 1.

    References
    ----------
    Hay and Davies (1980); Faiman (2008), doi:10.1002/pip.813; Dobos (2014), doi:10.2172/1158421.
    """
    sun = _sun(times, latitude_deg, longitude_deg, elevation_m)
    light_w_m2 = _light_on_plane_w_m2(
        times, sun, _frame(times, ghi_w_m2, dni_w_m2, dhi_w_m2), np.full(len(times), tilt_deg), azimuth_deg, albedo
    )
    clean_w_m2 = light_w_m2 * (1.0 - np.asarray(soiling, dtype=float))
    module = _module_output(clean_w_m2, dry_bulb_c, wind_10m_m_s, temperature_coefficient)
    return _inverter_output(module * dc_ac_ratio * (1.0 - losses), inverter_efficiency)


def tracking_availability(
    times: pd.DatetimeIndex,
    latitude_deg: float,
    longitude_deg: float,
    elevation_m: float,
    *,
    ghi_w_m2: Values,
    dni_w_m2: Values,
    dhi_w_m2: Values,
    dry_bulb_c: Values,
    wind_10m_m_s: Values,
    max_angle_deg: float,
    ground_cover: float,
    dc_ac_ratio: float,
    soiling: Values,
    losses: float,
    inverter_efficiency: float | None,
    temperature_coefficient: float,
    albedo: float = 0.25,
) -> Array:
    """AC power over AC rating of an array that turns about a horizontal north-south axis, with backtracking.

    Parameters
    ----------
    times, latitude_deg, longitude_deg, elevation_m, ghi_w_m2, dni_w_m2, dhi_w_m2, dry_bulb_c, wind_10m_m_s
        As in `fixed_tilt_availability`.
    max_angle_deg : float
        Largest rotation from the horizontal [deg].
    ground_cover : float
        Module width over row spacing [-].
    dc_ac_ratio, soiling, losses, inverter_efficiency, temperature_coefficient, albedo
        As in `fixed_tilt_availability`.

    Returns
    -------
    numpy.ndarray
        Shape (n,), as in `fixed_tilt_availability`.

    References
    ----------
    Anderson and Mikofski (2020), doi:10.2172/1660126, for rotation and backtracking.
    """
    from pvlib import tracking

    sun = _sun(times, latitude_deg, longitude_deg, elevation_m)
    with quiet():
        rows = tracking.singleaxis(
            sun["apparent_zenith"], sun["azimuth"], axis_azimuth=180.0, max_angle=max_angle_deg, gcr=ground_cover
        )
    # At night there is no rotation; flat modules stand in, and receive nothing.
    tilt, azimuth = rows["surface_tilt"].fillna(0.0), rows["surface_azimuth"].fillna(180.0)
    light_w_m2 = _light_on_plane_w_m2(
        times, sun, _frame(times, ghi_w_m2, dni_w_m2, dhi_w_m2), tilt.to_numpy(), azimuth.to_numpy(), albedo
    )
    clean_w_m2 = light_w_m2 * (1.0 - np.asarray(soiling, dtype=float))
    module = _module_output(clean_w_m2, dry_bulb_c, wind_10m_m_s, temperature_coefficient)
    return _inverter_output(module * dc_ac_ratio * (1.0 - losses), inverter_efficiency)


def _sun(times: pd.DatetimeIndex, latitude_deg: float, longitude_deg: float, elevation_m: float) -> pd.DataFrame:
    from pvlib import solarposition

    with quiet():
        position = solarposition.get_solarposition(times, latitude_deg, longitude_deg, altitude=elevation_m)
    return pd.DataFrame(position)


def _frame(times: pd.DatetimeIndex, ghi_w_m2: Values, dni_w_m2: Values, dhi_w_m2: Values) -> pd.DataFrame:
    columns = {"ghi": ghi_w_m2, "dni": dni_w_m2, "dhi": dhi_w_m2}
    return pd.DataFrame({name: np.asarray(values, dtype=float) for name, values in columns.items()}, index=times)


def _light_on_plane_w_m2(
    times: pd.DatetimeIndex, sun: pd.DataFrame, light: pd.DataFrame, tilt_deg: Array, azimuth_deg: Values, albedo: float
) -> Array:
    """Light that enters the modules: the beam loses by reflection, diffuse light does not."""
    from pvlib import iam, irradiance

    with quiet():
        parts = irradiance.get_total_irradiance(
            tilt_deg,
            azimuth_deg,
            sun["apparent_zenith"],
            sun["azimuth"],
            light["dni"],
            light["ghi"],
            light["dhi"],
            dni_extra=irradiance.get_extra_radiation(times),
            albedo=albedo,
            model="haydavies",
        )
        incidence_deg = irradiance.aoi(tilt_deg, azimuth_deg, sun["apparent_zenith"], sun["azimuth"])
    entering = parts["poa_direct"] * iam.physical(incidence_deg) + parts["poa_diffuse"]
    return np.asarray(entering.fillna(0.0), dtype=float)


def _module_output(light_w_m2: Array, dry_bulb_c: Values, wind_m_s: Values, temperature_coefficient: float) -> Array:
    """DC power over module rating (PVWatts), with Faiman's cell temperature."""
    from pvlib import pvsystem, temperature

    cell_c = temperature.faiman(light_w_m2, np.asarray(dry_bulb_c, dtype=float), np.asarray(wind_m_s, dtype=float))
    return floats(pvsystem.pvwatts_dc(light_w_m2, cell_c, 1.0, temperature_coefficient))


def _inverter_output(dc_over_ac_rating: Array, efficiency: float | None) -> Array:
    """AC power over AC rating (PVWatts); clips at 1. Direct current as it is where there is no inverter."""
    from pvlib import inverter

    if efficiency is None:
        return floats(dc_over_ac_rating)

    # Below about 1 % load the curve would turn negative: a sleeping inverter delivers nothing.
    return floats(np.clip(inverter.pvwatts(dc_over_ac_rating, 1.0 / efficiency, efficiency), 0.0, 1.0))
