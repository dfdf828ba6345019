"""Numbers with a declared unit. Text with a unit at the edge, plain floats inside.

A field written ``power: Megawatts`` accepts ``"0.2 GW"`` and holds ``200.0``. A bare number is refused where a
unit is due; fractions and counts are the only bare numbers, and ``"5 %"`` is a fraction too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

import pint
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

DEFINITIONS = (
    "USD = [currency]",
    "H100 = [compute]",
    "GPU = [accelerator] = accelerator",
    "MUSD = 1e6 * USD",
    "MMBtu = 1e6 * Btu",
    "kW_th = kW",
    "MW_th = MW",
    "kWh_th = kWh",
    "MWh_th = MWh",
)
"""Units beyond pint's own: money, reference work, accelerators, and heat spelled as such."""


@lru_cache(maxsize=1)
def registry() -> pint.UnitRegistry[Any]:
    """Return the one unit registry: pint's own units plus money and reference accelerators."""
    units: pint.UnitRegistry[Any] = pint.UnitRegistry()
    for definition in DEFINITIONS:
        units.define(definition)
    return units


@dataclass(frozen=True)
class Unit:
    """Canonical unit of a field, kept as metadata on its type.

    Parameters
    ----------
    name : str
        Unit of the float that the field holds, in pint's spelling.
    bare : bool
        True where a number without unit is meant (fractions, counts).
    """

    name: str
    bare: bool = False

    def parse(self, value: Any) -> Any:
        """Return ``value`` as a float in this unit.

        Parameters
        ----------
        value : str or float
            Text with a unit, or a number where the field is a fraction or a count.

        Raises
        ------
        ValueError
            If the unit is missing, unknown or of another dimension, or a price of energy stands for one of power.
        """
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueError(f"expected {self.expects}, got {value!r}")
        if not isinstance(value, str):
            if self.bare:
                return float(value)
            if self.name == "kGPU":  # accelerators are a count: a bare number is one
                return float(value) / 1000.0
            raise ValueError(
                f"expected {self.expects}, got the bare number {value!r}. Write the unit: '{value} {self.name}'"
            )
        return self._from_text(value)

    @property
    def expects(self) -> str:
        """What the field accepts, in words."""
        return "a number or a percentage" if self.bare else f"a quantity in {self.name}"

    def _from_text(self, text: str) -> float:
        try:
            quantity = _quantity(text)
            if self.name == "degC" and quantity.check("[temperature]"):
                number = quantity.to("degC").magnitude
            else:
                number = quantity.to(self.name or "dimensionless").magnitude
        except (pint.PintError, AttributeError, ValueError, TypeError, AssertionError, SyntaxError) as problem:
            raise ValueError(f"expected {self.expects}, got {text!r}") from problem
        if quantity.unitless and not self.bare:
            raise ValueError(f"expected {self.expects}, got {text!r}. Write the unit: '{text} {self.name}'")
        if not math.isfinite(number):
            raise ValueError(f"expected {self.expects}, got {text!r}")
        self._refuse_other_price(text, quantity)
        return float(number)

    def _refuse_other_price(self, text: str, quantity: Any) -> None:
        """Refuse a price of energy where one of power is due, and the reverse: both are money over energy."""
        due, given = _priced(registry().Unit(self.name or "dimensionless")), _priced(quantity.units)
        if due == given or not due or not given:
            return
        if due == "energy":
            raise ValueError(f"must be a price of energy such as '60 USD/MWh', got {text!r}, a charge on power")
        charge = "12 USD/kW/month" if "month" in self.name else "12 USD/kW/year"
        raise ValueError(f"must be a charge on power such as {charge!r}, got {text!r}, a price of energy")


def _priced(unit: Any) -> str:
    """Return what money is paid for: energy, power for a time, or the empty text where neither is priced."""
    units = registry()
    paid = {name for name, power in unit._units.items() if power < 0}
    if "USD" not in unit._units and "MUSD" not in unit._units:
        return ""
    kinds = {str(units.Unit(name).dimensionality) for name in paid}
    if str(units.MWh.dimensionality) in kinds:
        return "energy"
    if str(units.MW.dimensionality) in kinds and "[time]" in kinds:
        return "energy" if "hour" in paid else "power"  # USD/(kW*h) is spelled out
    return ""


def _quantity(text: str) -> Any:
    """Read ``'-3.5 degC'`` and the like; the number and its unit are taken apart so that offsets work."""
    units = registry()
    plain = re.sub(r"\bm([23])\b", r"m**\1", text.strip().replace("%", " percent"))
    number, unit = re.fullmatch(r"([-+]?[\d_,.]+(?:[eE][-+]?\d+)?)\s*(.*)", plain, re.DOTALL).groups()  # type: ignore[union-attr]
    return units.Quantity(float(number.replace("_", "").replace(",", "")), unit or "dimensionless")


def _not_negative(value: float) -> float:
    if value < 0:
        raise ValueError(f"must not be negative, got {value:g}. Remove the entry to switch it off")
    return value


def _at_most_one(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError(f"must lie between 0 and 1 (0 % and 100 %), got {value:g}")
    return value


def quantity(unit: str, *, bare: bool = False, check: Callable[[float], float] | None = _not_negative) -> Any:
    """Return an annotated float type that holds ``unit``.

    Parameters
    ----------
    unit : str
        Canonical unit, in pint's spelling; the empty string for a pure number.
    bare : bool
        Accept numbers without a unit.
    check : callable or None
        Applied to the float; the default refuses negative values.
    """
    declared = Unit(unit, bare)
    schema: dict[str, Any] = {"type": "string", "description": f"a quantity in {unit}", "examples": [f"1 {unit}"]}
    if bare:
        schema = {"anyOf": [{"type": "number"}, {"type": "string", "examples": ["5 %"]}]}
    marks: list[Any] = [BeforeValidator(declared.parse), declared, WithJsonSchema(schema)]
    if check is not None:
        marks.append(AfterValidator(check))
    return Annotated[float, *marks]


Megawatts = quantity("MW")
MegawattHours = quantity("MWh")
Hours = quantity("hour")
Years = quantity("year")
Metres = quantity("m")
SignedMetres = quantity("m", check=None)
Hectares = quantity("ha")
Degrees = quantity("degree", check=None)
Celsius = quantity("degC", check=None)
Kelvins = quantity("delta_degC", check=None)
TonnesPerYear = quantity("t/year")
MegawattHoursPerYear = quantity("MWh/year")
DollarsPerYear = quantity("USD/year")
CubicMetresPerYear = quantity("m**3/year")
CubicMetresPerHour = quantity("m**3/hour")
LitresPerKilowattHour = quantity("L/kWh")
TonnesPerMegawattHour = quantity("t/MWh")
HectaresPerMegawatt = quantity("ha/MW")
HectaresPerMegawattHour = quantity("ha/MWh")
Dollars = quantity("USD")
DollarsPerMegawatt = quantity("USD/MW")
DollarsPerMegawattYear = quantity("USD/MW/year")
DollarsPerMegawattMonth = quantity("USD/MW/month")
DollarsPerMegawattHour = quantity("USD/MWh")
DollarsPerTonne = quantity("USD/t")
DollarsPerCubicMetre = quantity("USD/m**3")
Accelerators = quantity("kGPU")
ReferenceAccelerators = quantity("kH100")
WorkPerAccelerator = quantity("kH100/kGPU")
DollarsPerReferenceHour = quantity("USD/kH100/hour")
DollarsPerAccelerator = quantity("USD/kGPU")
MegawattsPerAccelerator = quantity("MW/kGPU")
Fraction = quantity("", bare=True, check=_at_most_one)
Number = quantity("", bare=True)
PerYear = quantity("1/year")
PerHour = quantity("1/hour")
PerKelvin = quantity("1/delta_degC")
PerMetre = quantity("1/m")
