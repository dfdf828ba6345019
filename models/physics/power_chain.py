"""From the point of connection to the rack: what UPS, transformers, distribution and lighting take."""

from __future__ import annotations

import numpy as np

from .validity import Array, Validity, Values, floats

UPS_LOAD = Validity("load of a UPS", 0.1, 1.0, "1", "engineering practice")


def input_kw_per_kw(
    ups_efficiency: Values, distribution_efficiency: Values, transformer_efficiency: Values, lighting_share: Values
) -> Array:
    """Electricity drawn per kW of IT, cooling apart: ``1 / (eta_ups eta_dist eta_tr) + lighting / eta_tr``.

    Parameters
    ----------
    ups_efficiency, distribution_efficiency, transformer_efficiency : array_like
        [-], above 0; 1 leaves a stage out.
    lighting_share : array_like
        Lighting over IT power [-]; it is not protected by the UPS.

    Returns
    -------
    numpy.ndarray
        [kW/kW], at least 1.
    """
    transformer = np.asarray(transformer_efficiency, dtype=float)
    protected = np.asarray(ups_efficiency, dtype=float) * np.asarray(distribution_efficiency, dtype=float)
    return floats(1.0 / (protected * transformer) + np.asarray(lighting_share, dtype=float) / transformer)


def indoor_heat_kw_per_kw(ups_efficiency: Values, distribution_efficiency: Values, lighting_share: Values) -> Array:
    """Heat that the power chain and the lights leave indoors per kW of IT; outdoor transformers are not counted.

    Parameters
    ----------
    ups_efficiency, distribution_efficiency : array_like
        Stages inside the cooled space [-]; 1 for a stage outside it.
    lighting_share : array_like
        Lighting over IT power [-].

    Returns
    -------
    numpy.ndarray
        [kW/kW].
    """
    protected = np.asarray(ups_efficiency, dtype=float) * np.asarray(distribution_efficiency, dtype=float)
    return floats(1.0 / protected - 1.0 + np.asarray(lighting_share, dtype=float))


def part_load_efficiency(
    load_fraction: Values, full_load_efficiency: float, no_load_share: float = 0.3, proportional_share: float = 0.3
) -> Array:
    """Efficiency at part load from a constant, a proportional and a quadratic loss.

    Parameters
    ----------
    load_fraction : array_like
        Output over rating, above 0 [-], within `UPS_LOAD`.
    full_load_efficiency : float
        At the rating [-].
    no_load_share, proportional_share : float
        Shares of the full-load loss that are constant and proportional to load; the rest is quadratic [-]. The
        defaults are engineering practice for a double-conversion UPS, not verified; transformers: 0.2 and 0.

    Returns
    -------
    numpy.ndarray
        ``x / (x + L (a + b x + (1 - a - b) x^2))`` with ``L = 1 / eta - 1`` [-]. Two units of a 2N pair each run below
        half load, which costs 0.5 to 1 point.
    """
    load = np.asarray(load_fraction, dtype=float)
    quadratic = 1.0 - no_load_share - proportional_share
    loss = (1.0 / full_load_efficiency - 1.0) * (no_load_share + load * (proportional_share + load * quadratic))
    return floats(load / (load + loss))
