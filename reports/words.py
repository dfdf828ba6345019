"""Numbers and names as people write them: thousands separators, sensible digits, MW or GW, the meaning of a name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from .language import say, word

MINUS = "\N{MINUS SIGN}"
NARROW = "\N{NO-BREAK SPACE}"
"""Between a number and its unit, so that no line breaks there."""

TIMES = "\N{MULTIPLICATION SIGN}"
FACTOR = 10.0
"""From here on a change is told as a factor."""

NOTHING = "\N{EN DASH}"
"""Stands where there is no value."""

SCALES: dict[str, tuple[tuple[float, float, str], ...]] = {
    "MW": ((1e4, 1e-3, "GW"),),
    "MWh": ((1e4, 1e-3, "GWh"),),
    "MWh/yr": ((1e7, 1e-6, "TWh/yr"), (1e4, 1e-3, "GWh/yr")),
    "t": ((1e7, 1e-6, "Mt"), (1e4, 1e-3, "kt")),
    "t/yr": ((1e7, 1e-6, "Mt/yr"), (1e4, 1e-3, "kt/yr")),
    "m3/yr": ((1e5, 1e-6, "million m³/yr"), (0.0, 1.0, "m³/yr")),
    "m3/h": ((0.0, 1.0, "m³/h"),),
    "USD": ((1e5, 1e-6, "M USD"),),
    "USD/yr": ((1e5, 1e-6, "M USD/yr"),),
    "USD/month": ((1e5, 1e-6, "M USD/month"),),
    "GPU-h/month": ((1e10, 1e-9, "bn GPU-h/month"), (1e6, 1e-6, "M GPU-h/month")),
    "GPU-h/yr": ((1e10, 1e-9, "bn GPU-h/yr"), (1e6, 1e-6, "M GPU-h/yr")),
    "degC": ((0.0, 1.0, "°C"),),
}
"""Unit -> (from this size on, factor, shown unit), largest first; the largest value of a row decides for the row."""

IN_A_SENTENCE = {"USD": (1e10, 1e-9, "bn USD"), "USD/yr": (1e10, 1e-9, "bn USD/yr")}
"""Larger steps for a value that stands alone; tables stay with one unit of money so that lines compare."""

HEADLINES: dict[str, str] = {
    "accelerators": "Accelerators",
    "it_capacity": "IT capacity",
    "facility_peak": "Peak at the connection",
    "grid_connection": "Grid connection",
    "compute_delivered": "Compute delivered (H100 hours)",
    "unserved_it": "Unserved IT energy",
    "capex_it": "Investment: IT",
    "capex_facility": "Investment: buildings and cooling",
    "capex_power": "Investment: power supply",
    "capex_grid": "Investment: grid",
    "salvage": "Value left at the end of the horizon",
    "annual_cost": "Annual cost",
    "cost_per_gpu_hour": "Cost per GPU-hour, everything",
    "lcoe": "Cost of electricity",
    "delay_cost": "Cost of a month of delay",
    "delay_idle_cost": "Of it: plant that stands idle",
    "delay_work": "Work not done in a month of delay",
    "pue_annual": "PUE, annual",
    "pue_p99_6": "PUE, exceeded 35 h a year",
    "pue_design": "PUE, design day",
    "grid_energy": "Energy from the grid",
    "renewable_share": "Renewable share",
    "cfe_share": "Carbon-free share, hour by hour",
    "co2": "CO₂ emissions",
    "embodied_carbon": "CO₂ of making what is added",
    "embodied_carbon_per_year": "CO₂ of making what stands, over its life",
    "wue_annual": "Water per IT energy (WUE)",
    "water_annual": "Water a year",
    "water_peak": "Water, peak rate",
    "firm_capacity": "Firm capacity",
    "reserve_margin": "Reserve margin on design days",
    "survival_24h": "Outage of 24 h served with probability",
    "expected_unserved": "Expected unserved in outages",
    "swing": "Power that swings within seconds",
    "swing_held": "Of it: held by batteries and UPS",
    "grid_freed_by_0_25_percent": "Grid freed by curtailing 0.25 %",
    "grid_freed_by_0_5_percent": "Grid freed by curtailing 0.5 %",
    "grid_freed_by_1_percent": "Grid freed by curtailing 1 %",
    "grid_to_datacentre_ratio_facility": "Grid-to-datacentre ratio, facility",
    "grid_to_datacentre_ratio_all_in": "Grid-to-datacentre ratio, all in",
}
"""Headline names in reading order, and what they are called in reports."""

SHARES = {"renewable_share", "cfe_share", "reserve_margin", "survival_24h"}
"""Headlines of unit 1 that people read as percentages."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

_KEPT = {
    "pv": "PV", "it": "IT", "gpu": "GPU", "ups": "UPS", "ac": "AC", "dc": "DC", "bess": "BESS", "ccgt": "CCGT",
    "ocgt": "OCGT", "co2": "CO₂", "smr": "SMR", "crah": "CRAH", "dlc": "DLC", "ppa": "PPA", "lng": "LNG", "lfp": "LFP",
    "h100": "H100", "h200": "H200", "b200": "B200", "gb200": "GB200", "gb300": "GB300", "mi300x": "MI300X",
    "mi355x": "MI355X", "nvl72": "NVL72",
}  # fmt: skip


def name_in_words(name: str, *, opening: bool = True) -> str:
    """Return ``gas_engines`` as ``Gas engines``, or ``gas engines`` inside a sentence; not so ``PV``."""
    plain = name.replace("_", " ").replace("-", " ")
    if (translated := word(plain)) != plain:
        return translated
    words = [_KEPT.get(each.lower(), each) for each in plain.split()]
    text = " ".join(words)
    if not opening or not words or words[0] in _KEPT.values():
        return text
    return text[0].upper() + text[1:]


def headline(name: str) -> str:
    """Return what a headline figure is called in reports."""
    return say(HEADLINES[name]) if name in HEADLINES else name_in_words(name)


def phase_in_words(phase: str) -> str:
    """Return ``2026-01-01`` as ``2026`` and ``2028-07-01`` as ``Jul 2028``; other text stays as it is."""
    try:
        start = date.fromisoformat(phase)
    except ValueError:
        return phase
    if (start.month, start.day) == (1, 1):
        return say("{year}", year=start.year)
    month = say(MONTHS[start.month - 1])
    if start.day == 1:
        return say("{month} {year}", month=month, year=start.year)
    return say("{day} {month} {year}", day=start.day, month=month, year=start.year)


def day_in_words(day: date) -> str:
    """Return a day of a year that does not matter: ``5 Jul``."""
    return say("{day} {month}", day=day.day, month=say(MONTHS[day.month - 1]))


def number(value: float | None, digits: int = 3) -> str:
    """Return a number with thousands separators and at least ``digits`` significant digits; whole from 1,000 on.

    A missing or undefined value is an en dash.
    """
    return _written(value, 0 if value is None else decimals_for(value, digits))


def millions(usd: float) -> str:
    """Return an amount in million USD: one decimal, two significant digits where that shows nothing.

    Less than 500 USD shows nothing.
    """
    if abs(usd) < 500.0:
        return "0.0"
    return f"{usd / 1e6:,.1f}".replace("-", MINUS) if abs(usd) >= 5e4 else number(usd / 1e6, 2)


def decimals_for(value: float, digits: int) -> int:
    """Return how many decimals show ``digits`` significant digits of a value."""
    if value == 0 or not math.isfinite(value):
        return 0
    return max(0, digits - 1 - math.floor(math.log10(abs(value))))


def _written(value: float | None, decimals: int) -> str:
    if value is None or not math.isfinite(value):
        return NOTHING
    if value == 0:
        return "0"
    text = f"{value:,.{decimals}f}"
    return text.replace("-", MINUS)


def _aligned(values: Sequence[float | None], digits: int = 3) -> list[str]:
    """Write the values of a row with equal decimals: those of the largest, one more where the smallest asks for it."""
    sizes = [abs(value) for value in values if value is not None and math.isfinite(value) and value != 0]
    if not sizes:
        return [_written(value, 0) for value in values]
    wanted = decimals_for(max(sizes), digits)
    decimals = min(max(wanted, decimals_for(min(sizes), 2)), wanted + 1)
    return [_written(value, decimals) for value in values]


def shown_unit(unit: str, largest: float) -> tuple[float, str]:
    """Return the factor and the unit in which values up to ``largest`` (in ``unit``) read well."""
    for threshold, factor, shown in SCALES.get(unit, ()):
        if largest >= threshold:
            return factor, word(shown)
    return 1.0, "" if unit == "1" else word(unit)


def row(values: Sequence[float | None], unit: str, *, name: str = "") -> tuple[list[str], str]:
    """Return a row of a table as text, all its values in one unit.

    Parameters
    ----------
    values : sequence of float or None
        In ``unit``; None where there is no value.
    unit : str
        Unit of the tables.
    name : str
        Headline name; shares become percentages, PUE and counts get their usual digits.

    Returns
    -------
    tuple of list of str, str
        The texts and the unit they are in.
    """
    if name in SHARES:
        return _aligned([None if v is None else 100 * v for v in values]), "%"
    if name == "accelerators" or unit in {"GPU", "1/yr"}:
        return [_written(None if v is None else float(v), 0) for v in values], "" if unit == "1" else word(unit)
    if name.startswith("pue"):
        return [_written(v, 3) for v in values], ""
    factor, shown = shown_unit(unit, _largest(values))
    return _aligned([None if v is None else factor * v for v in values]), shown


def quantity(value: float | None, unit: str, *, name: str = "") -> str:
    """Return one value with its unit, such as ``1,240 M USD`` or ``39.3 bn USD``."""
    threshold, factor, larger = IN_A_SENTENCE.get(unit, (math.inf, 1.0, ""))
    if value is not None and abs(value) >= threshold:
        return f"{number(factor * value)}{NARROW}{word(larger)}"
    (text,), shown = row([value], unit, name=name)
    return f"{text}{NARROW}{shown}" if shown else text


def change(name: str, value: float | None, first: float | None) -> str:
    """Return how a figure differs from the first of several; nothing where that is nothing, or where one is unknown.

    Shares change by percentage points, everything else by per cent, or by a factor from ten on.
    """
    if value is None or first is None or not (math.isfinite(value) and math.isfinite(first)):
        return ""
    if name in SHARES:
        text = f"{100 * (value - first):+.1f} pt"
    elif first == 0:
        return ""
    elif value / first >= FACTOR:
        text = f"{TIMES}{NARROW}{number(value / first)}"
    else:
        text = f"{100 * (value / first - 1):+.1f} %"
    return "" if text[1:].startswith("0.0 ") else text.replace("-", MINUS)


def _largest(values: Iterable[float | None]) -> float:
    return max((abs(v) for v in values if v is not None and math.isfinite(v)), default=0.0)


def unit_in_words(unit: str) -> str:
    """Return a unit as people write it: ``m**3/h`` as ``m³/h``, ``delta_degC`` as ``K``; pure numbers have none."""
    if unit in {"1", "dimensionless"}:
        return ""
    for plain, written in (
        ("delta_degC", "K"),
        ("degC", "°C"),
        ("degree", "°"),
        ("**3", "³"),
        ("**2", "²"),
        ("m3", "m³"),
        ("m2", "m²"),
    ):
        unit = unit.replace(plain, written)
    return unit.replace(" ** ", "^").replace("**", "^")


def value_in_words(value: object) -> str:
    """Return an input as text: at most six significant digits, separators from 10,000 on (so that years have none)."""
    try:
        size = float(str(value))
    except ValueError:
        return str(value)
    if isinstance(value, bool) or not math.isfinite(size):
        return str(value)
    if abs(size) >= 1e6:
        text = f"{size:,.0f}"
    elif abs(size) >= 1e4:
        text = f"{size:,.6g}"
    else:
        text = f"{size:.6g}"
    return text if "e" in text else text.replace("-", MINUS)
