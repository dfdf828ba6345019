"""Ice storage: what making ice costs in performance, and how much room it takes.

Ice pays where water of 5 degC is wanted. A loop of 15 degC and more is stored as water, without the loss.
"""

from __future__ import annotations

from .chillers import chiller_cop
from .validity import Array, Validity, Values, floats

ICE_BRINE = Validity("brine leaving a chiller that makes ice", -6.0, -3.0, "degC", "engineering practice")

ICE_KJ_KG = 334.0
ICE_KG_M3 = 917.0


def cop_ratio(
    source_c: Values,
    brine_c: Values,
    chilled_water_c: Values,
    *,
    carnot_fraction: Values,
    evaporator_approach_k: float,
    condenser_approach_k: float,
    cop_max: float,
    minimum_lift_k: float,
) -> Array:
    """COP of a chiller that makes ice over its COP with chilled water, at the same source and Carnot fraction.

    Parameters
    ----------
    source_c : array_like
        Outdoor air or tower water [degC]; give the cooler air of the night where ice is made at night.
    brine_c : array_like
        Brine that leaves the chiller to freeze the tank [degC], within `ICE_BRINE`.
    chilled_water_c : array_like
        Water that would leave it instead [degC].
    carnot_fraction, evaporator_approach_k, condenser_approach_k, cop_max, minimum_lift_k
        As in `chillers.chiller_cop`.

    Returns
    -------
    numpy.ndarray
        ``COP(brine) / COP(water)`` [-]. A loss of 25 to 35 % is the rule of thumb against 5 to 7 degC; it holds for
        cool sources, is smaller in hot air and far larger against warm water.
    """

    def cop(leaving_c: Values) -> Array:
        return chiller_cop(
            source_c,
            leaving_c,
            carnot_fraction,
            evaporator_approach_k=evaporator_approach_k,
            condenser_approach_k=condenser_approach_k,
            cop_max=cop_max,
            minimum_lift_k=minimum_lift_k,
        )

    return floats(cop(brine_c) / cop(chilled_water_c))


def volume_m3_per_mwh(ice_share: Values) -> Array:
    """Volume of an ice tank per cold stored, ``3.6e6 / (334 x 917 share)``.

    Parameters
    ----------
    ice_share : array_like
        Share of the tank that is ice when charged [-], above 0; 0.6 to 0.8 is engineering practice.

    Returns
    -------
    numpy.ndarray
        [m3/MWh]: 17 at 0.7, against 86 for water over 10 K. Only the melting counts, not the warming of the melt.
    """
    return floats(3.6e6 / (ICE_KJ_KG * ICE_KG_M3) / floats(ice_share))
