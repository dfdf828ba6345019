"""What heat and altitude take from engines and turbines, and what part load costs in fuel."""

from __future__ import annotations

import numpy as np

from .validity import Array, Validity, Values, floats

DERATED_AIR = Validity("air entering an engine or turbine", -20.0, 50.0, "degC", "engineering practice")
DERATED_ELEVATION = Validity("elevation of an engine or turbine", 0.0, 3000.0, "m", "engineering practice")


def ambient_fraction(dry_bulb_c: Values, loss_per_k: float, reference_c: float) -> Array:
    """Power left in hot air, ``1 - k max(T - T_ref, 0)``.

    Parameters
    ----------
    dry_bulb_c : array_like
        [degC], within `DERATED_AIR`.
    loss_per_k : float
        [1/K]: turbines 0.007 to 0.010 above 15 degC, engines about 0.01 above 35 degC.
    reference_c : float
        Temperature of the rating [degC]; colder air is not credited.

    Returns
    -------
    numpy.ndarray
        Between 0 and 1 [-]: a frame turbine at 45 degC keeps 0.76.
    """
    above = np.maximum(np.asarray(dry_bulb_c, dtype=float) - reference_c, 0.0)
    return floats(np.maximum(1.0 - loss_per_k * above, 0.0))


def altitude_fraction(elevation_m: Values, loss_per_m: float, reference_m: float) -> Array:
    """Power left in thin air, ``1 - k max(z - z_ref, 0)``.

    Parameters
    ----------
    elevation_m : array_like
        [m], within `DERATED_ELEVATION`.
    loss_per_m : float
        [1/m]; 0.0001 is 1 % per 100 m.
    reference_m : float
        Elevation up to which the rating holds [m].

    Returns
    -------
    numpy.ndarray
        Between 0 and 1 [-].
    """
    above = np.maximum(np.asarray(elevation_m, dtype=float) - reference_m, 0.0)
    return floats(np.maximum(1.0 - loss_per_m * above, 0.0))


def power_fraction(
    dry_bulb_c: Values,
    elevation_m: Values,
    *,
    loss_per_k: float,
    reference_c: float,
    loss_per_m: float,
    reference_m: float,
) -> Array:
    """Power left in hot and thin air: the product of `ambient_fraction` and `altitude_fraction`.

    Parameters
    ----------
    dry_bulb_c, elevation_m : array_like
        [degC, m].
    loss_per_k, reference_c, loss_per_m, reference_m : float
        See the two functions.

    Returns
    -------
    numpy.ndarray
        Available power over rating [-].
    """
    ambient = ambient_fraction(dry_bulb_c, loss_per_k, reference_c)
    return floats(ambient * altitude_fraction(elevation_m, loss_per_m, reference_m))


def part_load_efficiency(load_fraction: Values, full_load_efficiency: float, penalty: float) -> Array:
    """Efficiency at part load, ``eta (1 - penalty (1 - x))``.

    Parameters
    ----------
    load_fraction : array_like
        Output over rating, 0 to 1 [-].
    full_load_efficiency, penalty : float
        [-]; penalties of turbines 0.10 to 0.20.

    Returns
    -------
    numpy.ndarray
        [-], on the heating value of the full-load efficiency.
    """
    idle = 1.0 - np.asarray(load_fraction, dtype=float)
    return floats(full_load_efficiency * (1.0 - penalty * idle))
