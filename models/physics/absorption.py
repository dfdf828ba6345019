"""Absorption chillers: cold from the heat of engines and turbines, with a tower that rejects both.

A single-effect lithium-bromide machine needs hot water of 80 to 95 degC. The water that comes back from racks, 45 to
65 degC, cannot drive one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .validity import Array, Validity, Values, floats

DRIVE_WATER = Validity("hot water entering an absorption chiller", 80.0, 95.0, "degC", "engineering practice")
TOWER_WATER = Validity("tower water entering an absorption chiller", 20.0, 32.0, "degC", "engineering practice")
CHARACTERISTIC_COLD = Validity(
    "cold of an absorption chiller over its rating", 0.4, 1.2, "1", "linear part of the characteristic, not verified"
)

SINGLE_EFFECT_COP = 0.74
"""Cold per drive heat of a machine on hot water (NREL REopt)."""
DOUBLE_EFFECT_COP = 1.42
"""Cold per drive heat of a machine on steam (NREL REopt)."""


def can_drive(drive_c: Values, lowest_c: float = DRIVE_WATER.low) -> npt.NDArray[np.bool_]:
    """Say where heat is hot enough for a single-effect machine.

    Parameters
    ----------
    drive_c : array_like
        Hot water offered [degC]: 85 to 95 from engine jackets, 45 to 65 from racks.
    lowest_c : float
        Lowest drive temperature of the machine [degC]; 80 is engineering practice.

    Returns
    -------
    numpy.ndarray of bool
        ``T >= T_lowest``; false for every rack return, however much of it there is.
    """
    return np.asarray(np.asarray(drive_c, dtype=float) >= lowest_c)


def drive_heat_kw_per_kw(cop_thermal: Values) -> Array:
    """Drive heat per cold, ``1 / COP_th``.

    Parameters
    ----------
    cop_thermal : array_like
        Cold per drive heat [-], above 0: `SINGLE_EFFECT_COP`, `DOUBLE_EFFECT_COP`. It is taken as constant within
        `DRIVE_WATER` and `TOWER_WATER`, where the capacity changes far more than the COP does: see `off_design`.

    Returns
    -------
    numpy.ndarray
        [kW/kW], 1.35 on hot water.
    """
    return floats(1.0 / np.asarray(cop_thermal, dtype=float))


def tower_heat_kw_per_kw(cop_thermal: Values) -> Array:
    """Heat for the tower per cold, ``1 + 1 / COP_th``: cold and drive heat leave together.

    Parameters
    ----------
    cop_thermal : array_like
        Cold per drive heat [-], above 0.

    Returns
    -------
    numpy.ndarray
        [kW/kW], 2.35 on hot water against about 1.15 of a compression chiller. The few per cent that the solution
        pumps add are left out.
    """
    return floats(1.0 + drive_heat_kw_per_kw(cop_thermal))


def electricity_kw_per_kw(cop_electric: Values) -> Array:
    """Electricity of pumps and controls per cold, ``1 / COP_el``; the tower is not part of it.

    Parameters
    ----------
    cop_electric : array_like
        Cold per electricity [-], above 0: 14.1 (NREL REopt).

    Returns
    -------
    numpy.ndarray
        [kW/kW].
    """
    return floats(1.0 / np.asarray(cop_electric, dtype=float))


@dataclass(frozen=True)
class Characteristic:
    """Parameters of the characteristic equation of one machine.

    Parameters
    ----------
    cooling_factor, chilled_factor : float
        Weights ``a`` and ``e`` of the cooling-water and chilled-water temperatures [-].
    cold_kw_per_k, cold_offset_kw : float
        Slope and offset of the cold [kW/K, kW].
    heat_kw_per_k, heat_offset_kw : float
        Slope and offset of the drive heat [kW/K, kW].
    rated_kw : float
        Cold at the rating [kW].
    """

    cooling_factor: float
    chilled_factor: float
    cold_kw_per_k: float
    cold_offset_kw: float
    heat_kw_per_k: float
    heat_offset_kw: float
    rated_kw: float


KUEHN_ZIEGLER = Characteristic(2.5, 1.8, 0.42, 0.9, 0.51, 2.0, 10.0)
"""A 10 kW machine of TU Berlin, built for cooler drive water than most: use the shape, not the level."""


def off_design(
    hot_c: Values, cooling_c: Values, chilled_c: Values, machine: Characteristic = KUEHN_ZIEGLER
) -> tuple[Array, Array]:
    """Capacity and COP at other water temperatures, by the characteristic equation.

    Parameters
    ----------
    hot_c, cooling_c, chilled_c : array_like
        Means of entering and leaving hot, cooling and chilled water [degC].
    machine : Characteristic
        Parameters of the machine.

    Returns
    -------
    capacity_fraction, cop_thermal : numpy.ndarray
        Cold over the rating [-], within `CHARACTERISTIC_COLD`, and cold per drive heat [-]; both 0 where the
        temperatures drive no cold.

    Notes
    -----
    ``D = T_hot - a T_cooling + e T_chilled``, ``Q_cold = s_E D + r_E``, ``Q_drive = s_G D + r_G``. With the 10 kW
    machine, 1 K warmer cooling water takes 10 % of the capacity and 1 K hotter drive water gives 4 %.

    References
    ----------
    Kuehn, A. and Ziegler, F. (2005), Operational results of a 10 kW absorption chiller and adaptation of the
    characteristic equation, Solar Air-Conditioning, Kloster Banz; Puig-Arnavat, M. et al. (2010), International
    Journal of Refrigeration 33, doi:10.1016/j.ijrefrig.2009.08.005. Parameters as listed in oemof-thermal.
    """
    hot, cooling, chilled = (np.asarray(each, dtype=float) for each in (hot_c, cooling_c, chilled_c))
    difference = hot - machine.cooling_factor * cooling + machine.chilled_factor * chilled
    cold = np.maximum(machine.cold_kw_per_k * difference + machine.cold_offset_kw, 0.0)
    drive = machine.heat_kw_per_k * difference + machine.heat_offset_kw
    runs = cold > 0.0
    return floats(cold / machine.rated_kw), floats(np.where(runs, cold / np.where(runs, drive, 1.0), 0.0))
