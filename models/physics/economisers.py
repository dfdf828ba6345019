"""Cooling without a compressor: the share of the heat that outdoor water or air takes directly."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .dry_coolers import dry_share
from .validity import Array, Values, floats


def waterside_share(source_water_c: Values, return_c: Values, supply_c: Values, approach_k: float) -> Array:
    """Share of the chilled-water load that cooler water takes ahead of the chiller (integrated economiser).

    Parameters
    ----------
    source_water_c : array_like
        Tower or dry-cooler water [degC].
    return_c, supply_c : array_like
        Chilled water coming from, and going to the load [degC].
    approach_k : float
        Of the heat exchanger [K], 1.7 to 2.8 (Lei and Masanet 2022).

    Returns
    -------
    numpy.ndarray
        ``clip((T_return - T_source - approach) / (T_return - T_supply), 0, 1)`` [-]; the ends are thermodynamics, as in
        `dry_coolers.dry_share`.

    Raises
    ------
    ValueError
        If the return water is not warmer than the supply.
    """
    return dry_share(source_water_c, return_c, supply_c, approach_k)


def outside_air_allowed(
    dry_bulb_c: Values, dew_point_c: Values, *, dew_point_low_c: float, dew_point_high_c: float, lowest_c: float
) -> npt.NDArray[np.bool_]:
    """Say when outdoor air may enter the hall.

    Parameters
    ----------
    dry_bulb_c, dew_point_c : array_like
        Outdoor air [degC].
    dew_point_low_c, dew_point_high_c : float
        Limits of the hall [degC]; ASHRAE recommends -9 to 15, class A2 allows up to 21.
    lowest_c : float
        Coldest air the mixing dampers cope with [degC].

    Returns
    -------
    numpy.ndarray of bool
        Dust, salt and smoke are not judged: on a desert coast they exclude outdoor air by themselves.
    """
    dry, dew = np.asarray(dry_bulb_c, dtype=float), np.asarray(dew_point_c, dtype=float)
    return np.asarray((dry >= lowest_c) & (dew >= dew_point_low_c) & (dew <= dew_point_high_c))


def airside_share(dry_bulb_c: Values, return_air_c: Values, supply_air_c: Values, allowed: npt.ArrayLike) -> Array:
    """Share of the hall's heat that outdoor air takes, the rest being left to a chiller.

    Parameters
    ----------
    dry_bulb_c : array_like
        Outdoor air [degC].
    return_air_c, supply_air_c : array_like
        Air leaving and entering the racks [degC].
    allowed : array_like of bool
        Hours in which outdoor air may enter, see `outside_air_allowed`.

    Returns
    -------
    numpy.ndarray
        1 below the supply temperature (return air is mixed in), ``(T_return - T_db) / (T_return - T_supply)`` between
        supply and return, 0 above and wherever not allowed [-].
    """
    share = dry_share(dry_bulb_c, return_air_c, supply_air_c, approach_k=0.0)
    return floats(np.where(np.asarray(allowed, dtype=bool), share, 0.0))
