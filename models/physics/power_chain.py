"""From the point of connection to the rack: what UPS, transformers, distribution and lighting take."""

from __future__ import annotations

import re

import numpy as np

from .validity import Array, Validity, Values, floats

UPS_LOAD = Validity("load of a UPS", 0.1, 1.0, "1", "engineering practice")
TRANSFORMER_LOAD = Validity("load of a transformer", 0.05, 1.0, "1", "engineering practice")

TRANSFORMER_NO_LOAD_SHARE = 0.2
"""Share of a transformer's full-load loss that its core takes at any load; engineering practice, not verified."""


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
        defaults are engineering practice for a double-conversion UPS, not verified.

    Returns
    -------
    numpy.ndarray
        ``x / (x + L (a + b x + (1 - a - b) x^2))`` with ``L = 1 / eta - 1`` [-]. The units of a 2N pair each run below
        half load: of 97 %, 0.3 points are lost at 0.5, 0.6 at 0.4, 1.2 at 0.3. See `redundant_load_fraction`.
    """
    load = np.asarray(load_fraction, dtype=float)
    quadratic = 1.0 - no_load_share - proportional_share
    loss = (1.0 / full_load_efficiency - 1.0) * (no_load_share + load * (proportional_share + load * quadratic))
    return floats(load / (load + loss))


def transformer_efficiency(
    load_fraction: Values, full_load_efficiency: float, no_load_share: float = TRANSFORMER_NO_LOAD_SHARE
) -> Array:
    """Efficiency of a transformer at part load: constant core loss, winding loss with the square of the load.

    Parameters
    ----------
    load_fraction : array_like
        Output over rating, above 0 [-], within `TRANSFORMER_LOAD`.
    full_load_efficiency : float
        At the rating [-].
    no_load_share : float
        Core loss over full-load loss [-].

    Returns
    -------
    numpy.ndarray
        ``x / (x + L (a + (1 - a) x^2))`` with ``L = 1 / eta - 1`` [-], best at ``x = sqrt(a / (1 - a))``, half load
        with 0.2; the case without proportional loss of `part_load_efficiency`.
    """
    return part_load_efficiency(load_fraction, full_load_efficiency, no_load_share, proportional_share=0.0)


def installed_units(scheme: str, needed_units: int) -> int:
    """Count the units that share the load in a redundancy scheme.

    Parameters
    ----------
    scheme : str
        ``N``, ``N+r`` or ``mN`` with whole numbers: ``N``, ``N+1``, ``2N``.
    needed_units : int
        N, units that carry the full load, at least 1.

    Returns
    -------
    int
        N, N + r or m N; all of them in parallel, none in cold reserve.

    Raises
    ------
    ValueError
        If the scheme cannot be read, or no unit is needed.
    """
    found = re.fullmatch(r"([1-9]\d*)?N(?:\+(\d+))?", scheme)
    if found is None or (found[1] and found[2]):
        raise ValueError(f"redundancy must be N, N+1, 2N or alike, got {scheme!r}. Write one of these.")
    if needed_units < 1:
        raise ValueError(f"needed units must be at least 1, got {needed_units}. Count those that carry the full load.")
    return int(found[1] or 1) * needed_units + int(found[2] or 0)


def redundant_load_fraction(load_fraction: Values, scheme: str, needed_units: int = 1) -> Array:
    """Load on each unit of a redundant system whose units share the load evenly.

    Parameters
    ----------
    load_fraction : array_like
        Load over the capacity of the needed units [-], 0 to 1.
    scheme : str
        See `installed_units`.
    needed_units : int
        N, units that carry the full load.

    Returns
    -------
    numpy.ndarray
        ``x N / installed`` [-]: at full load 0.5 for 2N, 0.8 for N+1 with four needed. Below full load a 2N pair runs
        below half load at every hour.
    """
    share = needed_units / installed_units(scheme, needed_units)
    return floats(np.asarray(load_fraction, dtype=float) * share)
