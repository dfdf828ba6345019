"""Design temperatures of a place: what equipment is sized on."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from gigasite.models.conditions import Conditions
from gigasite.models.errors import WeatherError

#: Rules for values nobody published, measured over 18 to 20 stations [K].
N20_ABOVE_0_4_K = 4.9
N50_ABOVE_N20_K = 1.0
EXTREME_WET_BULB_ABOVE_0_4_K = 3.9
PUBLISHED_ABOVE_TYPICAL_YEAR_K = 0.4
#: Rise of the wet-bulb tail over that of the dry-bulb tail [1].
WET_BULB_TAIL = EXTREME_WET_BULB_ABOVE_0_4_K / N20_ABOVE_0_4_K


@dataclass(frozen=True)
class DesignValues:
    """Design temperatures, all in degC.

    Parameters
    ----------
    dry_bulb_99_6_c : float
        Dry bulb exceeded in 99.6 % of the hours of an average year.
    dry_bulb_0_4_c : float
        Dry bulb exceeded in 0.4 % of the hours (35 h).
    coincident_wet_bulb_c : float
        Mean wet bulb while the dry bulb is at `dry_bulb_0_4_c`.
    wet_bulb_0_4_c : float
        Wet bulb exceeded in 0.4 % of the hours.
    coincident_dry_bulb_c : float
        Mean dry bulb while the wet bulb is at `wet_bulb_0_4_c`.
    wet_bulb_extreme_c : float
        Highest wet bulb expected.
    dry_bulb_n20_c, dry_bulb_n50_c : float
        Annual maximum with a return period of 20 and of 50 years.
    source : str
        Where the values come from.
    filled : tuple of str
        Names of the values that a rule or the user supplied rather than the source.
    note : str
        The rules used.
    evidence : str
        How well the source's values are known, in the words of the tables.
    filled_evidence : str
        How well the filled values are known; empty if none is, or if the user gave them.

    Raises
    ------
    WeatherError
        If a value is not finite or the values contradict one another.
    """

    dry_bulb_99_6_c: float
    dry_bulb_0_4_c: float
    coincident_wet_bulb_c: float
    wet_bulb_0_4_c: float
    coincident_dry_bulb_c: float
    wet_bulb_extreme_c: float
    dry_bulb_n20_c: float
    dry_bulb_n50_c: float
    source: str
    filled: tuple[str, ...] = ()
    note: str = ""
    evidence: str = "verified (source seen)"
    filled_evidence: str = ""

    def __post_init__(self) -> None:
        problems = [
            f"design values of {self.source}: {name} must be a temperature between -70 and 65 degC, got {value!r}."
            for name in TEMPERATURES
            if not (math.isfinite(value := getattr(self, name)) and -70 <= value <= 65)
        ]
        if not problems:
            problems = [
                f"design values of {self.source}: {high} must not be below {low},"
                f" got {getattr(self, high):g} and {getattr(self, low):g} degC. Correct one of them."
                for low, high in _ORDER
                if getattr(self, high) < getattr(self, low)
            ]
        if problems:
            raise WeatherError(problems)

    def wet_bulb_peak_c(self, return_period: int) -> float:
        """Return the wet bulb to size on for a return period of 20 or 50 years [degC].

        Notes
        -----
        Nobody publishes n-year wet bulbs. The highest one expected comes from some 25 years of record, so that it
        stands for 20 years as it is. For 50 years it rises by 0.8 of what the place's dry bulb does from 20 to 50
        years, because the wet-bulb tail (3.9 K above 0.4 %) is 0.8 of the dry-bulb tail (4.9 K): derived, not measured.
        """
        longer = self.dry_bulb_n50_c - self.dry_bulb_n20_c if return_period > 20 else 0.0
        return self.wet_bulb_extreme_c + WET_BULB_TAIL * longer

    def with_overrides(self, **values_c: float) -> Self:
        """Return a copy with some temperatures replaced [degC] and marked in `filled` as the user's."""
        if not values_c:
            return self
        unknown = sorted(set(values_c) - set(TEMPERATURES))
        if unknown:
            raise WeatherError(
                f"design values: unknown name {', '.join(unknown)}. Use one of {', '.join(TEMPERATURES)}."
            )
        filled = tuple(dict.fromkeys((*self.filled, *values_c)))
        note = f"{self.note}; replaced by the site file: {', '.join(values_c)}".lstrip("; ")
        return replace(self, **values_c, filled=filled, note=note)  # type: ignore[arg-type]


_ORDER = (
    ("dry_bulb_99_6_c", "dry_bulb_0_4_c"),
    ("dry_bulb_0_4_c", "dry_bulb_n20_c"),
    ("dry_bulb_n20_c", "dry_bulb_n50_c"),
    ("wet_bulb_0_4_c", "wet_bulb_extreme_c"),
    ("coincident_wet_bulb_c", "dry_bulb_0_4_c"),
    ("wet_bulb_0_4_c", "coincident_dry_bulb_c"),
)

TEMPERATURES = tuple(field.name for field in fields(DesignValues) if field.name.endswith("_c"))


def estimated(conditions: Conditions, source: str) -> DesignValues:
    """Estimate design values from a weather year that came without any; every value is marked as filled.

    Parameters
    ----------
    conditions : Conditions
        One or more whole years.
    source : str
        Name of the weather, repeated in the result.

    Notes
    -----
    Measured over 20 stations: the published 0.4 % dry bulb lies 0.4 K above the typical year's, n = 20 years 4.9 K
    above that (2.0 to 9.2 K); the extreme wet bulb lies 3.9 K above its 0.4 % value. Over 18 stations n = 50 years lies
    1.0 K above n = 20 (0.4 to 1.7 K).
    """
    dry, wet = conditions.dry_bulb_c, conditions.wet_bulb_c
    hot, humid = float(np.quantile(dry, 0.996)), float(np.quantile(wet, 0.996))
    dry_0_4 = hot + PUBLISHED_ABOVE_TYPICAL_YEAR_K
    return DesignValues(
        dry_bulb_99_6_c=float(np.quantile(dry, 0.004)),
        dry_bulb_0_4_c=dry_0_4,
        coincident_wet_bulb_c=float(wet[np.abs(dry - hot) <= 0.5].mean()),
        wet_bulb_0_4_c=humid,
        coincident_dry_bulb_c=float(dry[np.abs(wet - humid) <= 0.5].mean()),
        wet_bulb_extreme_c=humid + EXTREME_WET_BULB_ABOVE_0_4_K,
        dry_bulb_n20_c=dry_0_4 + N20_ABOVE_0_4_K,
        dry_bulb_n50_c=dry_0_4 + N20_ABOVE_0_4_K + N50_ABOVE_N20_K,
        source=f"estimated from {source}",
        filled=TEMPERATURES,
        note="0.4 % dry bulb = that of the year + 0.4 K; n = 20 years = 0.4 % + 4.9 K; n = 50 years = n = 20 + 1.0 K;"
        " extreme wet bulb = 0.4 % + 3.9 K",
        evidence="derived from source seen",
        filled_evidence="derived from source seen",
    )
