"""What makes a weather year impossible, and what makes it doubtful."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gigasite.models.conditions import Conditions, Floats
from gigasite.models.physics import psychrometrics

from .sun import clear_sky, cos_zenith

#: Lowest and highest value an hour on Earth can have, by heading.
LIMITS = {
    "dry_bulb_c": (-70.0, 60.0),
    "dew_point_c": (-90.0, 40.0),
    "pressure_pa": (45_000.0, 110_000.0),
    "wind_10m_m_s": (0.0, 75.0),
    "ghi_w_m2": (0.0, 1500.0),
    "dni_w_m2": (0.0, 1415.0),
    "dhi_w_m2": (0.0, 1000.0),
}

#: Largest sum of hourly differences between global and direct plus diffuse irradiance, as a share of the global.
CLOSURE_LIMIT = 0.03

_SHOWN = 3
_WHERE = "%d %b %H:%M"


def hard_problems(frame: pd.DataFrame) -> list[str]:
    """Return what no weather can be, one sentence per rule.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns named as in `LIMITS`, index at the centres of the hours in local standard time.

    Returns
    -------
    list of str
        Empty for a possible year.
    """
    problems = calendar_problems(pd.DatetimeIndex(frame.index))
    for name, (low, high) in LIMITS.items():
        values = frame[name]
        gaps = values.isna()
        if gaps.any():
            problems.append(_sentence(values[gaps], f"{name} must be a number", "Fill the gap or use another year"))
        outside = ~gaps & ~values.between(low, high)
        if outside.any():
            rule = f"{name} must lie between {low:g} and {high:g}"
            problems.append(_sentence(values[outside], rule, "Check the column and its unit"))
    excess = frame["dew_point_c"] - frame["dry_bulb_c"]
    if (excess > 0).any():
        rule = "the dew point must not be above the dry bulb (excess in K)"
        problems.append(_sentence(excess[excess > 0], rule, "Check that the columns are not swapped"))
    return problems


def calendar_problems(labels: pd.DatetimeIndex) -> list[str]:
    """Return why labels are not whole years of hour centres without 29 February; empty if they are.

    Parameters
    ----------
    labels : pandas.DatetimeIndex
        Local standard time without offset.
    """
    doubled = labels[labels.duplicated()]
    if len(doubled):
        return [
            f"{len(doubled)} hours appear twice, the first is {doubled[0]:%Y-%m-%d %H:%M}. Keep one row for each hour."
        ]
    if len(labels) == 0:
        return ["there are no rows. A year has 8760 hours."]
    years = sorted(set(labels.year))
    expected = year_labels(years)
    if len(labels) == len(expected) and (labels == expected).all():
        return []
    missing, foreign = expected.difference(labels), labels.difference(expected)
    text = f"a weather year has 8760 hours from 1 January 00:30 to 31 December 23:30, got {len(labels)} rows"
    if len(missing):
        text += f"; {len(missing)} are missing, the first is {missing[0]:%Y-%m-%d %H:%M}"
    if len(foreign):
        text += f"; {len(foreign)} are not hour centres of a year, the first is {foreign[0]:%Y-%m-%d %H:%M}"
    if not len(missing) and not len(foreign):
        text += " out of order"
    return [f"{text}. Supply every hour once, in order."]


def year_labels(years: list[int]) -> pd.DatetimeIndex:
    """Return the hour centres of whole years without 29 February, shape (n x 8760,)."""
    parts = [pd.date_range(f"{year}-01-01 00:30", f"{year}-12-31 23:30", freq="h") for year in years]
    labels = pd.DatetimeIndex(np.concatenate([part.to_numpy() for part in parts]))
    return labels[~((labels.month == 2) & (labels.day == 29))]


def _sentence(values: pd.Series[float], rule: str, remedy: str) -> str:
    shown = ", ".join(f"{value:.4g} at {label:{_WHERE}}" for label, value in values.iloc[:_SHOWN].items())
    more = f" and {len(values) - _SHOWN} more hours" if len(values) > _SHOWN else ""
    return f"{rule}, got {shown}{more}. {remedy}."


def plausibility_warnings(conditions: Conditions) -> list[str]:
    """Return what is possible but doubtful, one sentence each with the value that tripped it.

    Parameters
    ----------
    conditions : Conditions
        Whole years of weather.

    Notes
    -----
    A Kuala Lumpur year whose direct radiation is a quarter of the global (0.24) and a Johor year with a clear-sky
    index of 0.87 in humid air are flagged. Global and direct plus diffuse irradiance of sound typical years differ by
    0.3 % of the year's global; with the sun half an hour away by about 5 %, so the limit is 3 %.
    """
    return [*_pressure(conditions), *_closure(conditions), *_radiation(conditions)]


def _pressure(conditions: Conditions) -> list[str]:
    elevation_m = conditions.place.elevation_m
    ratio = float(conditions.pressure_pa.mean() / psychrometrics.standard_pressure_pa(elevation_m))
    if abs(ratio - 1) <= 0.03:
        return []
    return [
        f"mean pressure {conditions.pressure_pa.mean():.0f} Pa is {ratio - 1:+.1%} from that of {elevation_m:.0f} m"
        " elevation (limit 3 %). Check elevation and pressure, perhaps the pressure is reduced to sea level."
    ]


def _closure(conditions: Conditions) -> list[str]:
    """GHI = DNI cos z + DHI, judged where the sun stands above 10 degrees so that the hour's mean angle is fair."""
    gap, total = _gap(conditions, minutes=0)
    share = _share(gap, conditions)
    if share <= CLOSURE_LIMIT:
        return []
    worst = int(np.argmax(np.abs(gap)))
    # Some publishers split the hour's radiation with the sun at its start or end: then another instant closes.
    shares = {minutes: _share(_gap(conditions, minutes=minutes)[0], conditions) for minutes in (-30, 30)}
    best = min(shares, key=lambda minutes: shares[minutes])
    remedy = "Check the columns."
    if shares[best] <= CLOSURE_LIMIT:
        when = "start" if best < 0 else "end"
        remedy = (
            f"With the sun at the {when} of the hour they agree to {shares[best]:.1%}: the direct part was derived for"
            " that instant, or the hour labels are half an hour off."
        )
    return [
        f"global and direct plus diffuse irradiance differ by {share:.1%} of the year's global (limit"
        f" {CLOSURE_LIMIT:.0%}), most at {conditions.times[worst]:{_WHERE}}: {conditions.ghi_w_m2[worst]:.0f} against"
        f" {total[worst]:.0f} W/m2. {remedy}"
    ]


def _gap(conditions: Conditions, *, minutes: int) -> tuple[Floats, Floats]:
    cosine = cos_zenith(conditions.place, conditions.times + pd.Timedelta(minutes=minutes))
    total = conditions.dni_w_m2 * cosine + conditions.dhi_w_m2
    return np.where(cosine > np.sin(np.radians(10)), conditions.ghi_w_m2 - total, 0.0), total


def _share(gap: Floats, conditions: Conditions) -> float:
    return float(np.abs(gap).sum() / max(conditions.ghi_w_m2.sum(), 1.0))


def _radiation(conditions: Conditions) -> list[str]:
    found = []
    ghi, dni = float(conditions.ghi_w_m2.sum()), float(conditions.dni_w_m2.sum())
    if ghi <= 0:
        return ["there is no global irradiance in the whole year. Photovoltaics cannot be planned on it."]
    index = ghi / float(clear_sky(conditions.place, conditions.times)["ghi"].sum())
    humidity = float(psychrometrics.relative_humidity(conditions.dry_bulb_c, conditions.dew_point_c).mean())
    if index > 1.08:
        found.append(f"annual global irradiance is {index:.2f} times that of a clear sky (limit 1.08). Check its unit.")
    if not 0.3 <= dni / ghi <= 1.3:
        found.append(
            f"annual direct normal is {dni / ghi:.2f} times global irradiance (usual 0.3 to 1.3)."
            " Do not rely on it for tracking photovoltaics."
        )
    if index > 0.82 and humidity > 0.8:
        found.append(
            f"the sky is clearer (index {index:.2f}, limit 0.82) than a mean relative humidity of {humidity:.0%}"
            " allows. Expect too much solar energy."
        )
    return found
