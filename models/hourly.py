"""Hourly inputs of a site file: a constant, or one value for every hour of the year.

The site reader turns files and named profiles into :class:`HourlyValues`; a constant is text with a unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, WithJsonSchema

from .quantities import Unit, registry


@dataclass(frozen=True)
class HourlyValues:
    """Values of the hours of a year in a canonical unit.

    Parameters
    ----------
    values : array, shape (1,) or (n,)
        A constant, or a value for each hour.
    unit : str
        Unit of the values.
    on_design_day : float
        Value that holds on design days.
    source : str
        Where the values come from, for the list of inputs.
    """

    values: NDArray[np.float64]
    unit: str
    on_design_day: float = 0.0
    source: str = "site file"

    def __str__(self) -> str:
        if self.values.size == 1:
            return f"{self.values[0]:g} {self.unit}"
        return (
            f"{self.values.min():g} to {self.values.max():g} {self.unit}, mean {self.values.mean():g} ({self.source})"
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HourlyValues) and self.unit == other.unit and np.array_equal(self.values, other.values)

    __hash__ = None  # type: ignore[assignment]


def hourly(
    unit: str, *, bare: bool = False, design: str = "max", low: float | None = 0.0, high: float | None = None
) -> Any:
    """Return an annotated type for an hourly input.

    Parameters
    ----------
    unit : str
        Canonical unit, in pint's spelling.
    bare : bool
        Accept numbers without a unit.
    design : {"max", "min", "mean"}
        Which value of the year holds on design days.
    low, high : float or None
        Limits of every value; the default refuses negative values.
    """
    declared = Unit(unit, bare)

    def parse(value: Any) -> HourlyValues:
        if isinstance(value, HourlyValues):
            factor = 1.0 if value.unit == unit else registry().Quantity(1.0, value.unit).to(unit).magnitude
            numbers, source = value.values * factor, value.source
        else:
            numbers, source = np.array([declared.parse(value)]), "site file"
        for hour in np.flatnonzero(~_inside(numbers, low, high))[:1]:
            limits = f"between {low} and {high}" if high is not None else f"at least {low}"
            raise ValueError(f"must be {f'{limits} {unit}'.strip()}, got {numbers[hour]:g} in hour {hour}")
        return HourlyValues(numbers, unit, float(getattr(numbers, design)()), source)

    schema = {"anyOf": [{"type": "string", "examples": [f"1 {unit}"]}, {"type": "object"}, {"type": "number"}]}
    return Annotated[HourlyValues, BeforeValidator(parse), declared, WithJsonSchema(schema)]


def repeated(values: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Repeat the values of a year over several years; a constant over all hours.

    Parameters
    ----------
    values : array, shape (1,) or (n,)
        A constant, or a value for each hour of one year.
    count : int
        Hours of whole years.

    Returns
    -------
    array, shape (count,)

    Raises
    ------
    ValueError
        If ``count`` is not a multiple of n.
    """
    if count % values.size:
        raise ValueError(
            f"{values.size:,} values do not repeat to {count:,} hours. Give one value for every hour of a year"
        )
    return np.tile(values, count // values.size)


def _inside(numbers: NDArray[np.float64], low: float | None, high: float | None) -> NDArray[np.bool_]:
    above = numbers >= low if low is not None else np.isfinite(numbers)
    return np.asarray(above & (numbers <= high if high is not None else np.isfinite(numbers)))
