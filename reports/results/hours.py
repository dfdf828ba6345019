"""What the reports take from the hourly series: flows on a bus, weeks worth seeing, the load of the facility."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from ..figures import style
from .results import Results

WEEK = 168
HOURS_PER_YEAR = 8760.0
WEEK_TITLES = ("Typical week", "Worst week")


@dataclass(frozen=True)
class Week:
    """Seven whole days.

    Parameters
    ----------
    title : str
        Why these days, in words.
    hours : slice
        Positions of its hours in the year.
    first, last : pandas.Timestamp
        First and last day.
    """

    title: str
    hours: slice
    first: pd.Timestamp
    last: pd.Timestamp


def kinds_of(results: Results) -> dict[str, str]:
    """Return the kind of each component that has a size."""
    rows = results.capacities.drop_duplicates("component")
    return {str(name): str(kind) for name, kind in zip(rows["component"], rows["kind"], strict=True)}


def on_bus(results: Results, bus: str, phase: str) -> pd.DataFrame:
    """Return the flows into a bus in a phase: a column per component, a row per hour, positive into the bus."""
    columns: dict[str, NDArray[np.float64]] = {}
    # Variables are at hand; a DataArray of each would be made anew.
    for name, variable in results.hourly.variables.items():
        if variable.attrs.get("bus") != bus:
            continue
        component = str(variable.attrs.get("component", str(name).partition(".")[2]))
        values = in_phase(results, str(name), phase)
        columns[component] = columns[component] + values if component in columns else values
    return pd.DataFrame(columns, index=pd.DatetimeIndex(results.hourly["time"].values))


def in_phase(results: Results, name: str, phase: str) -> NDArray[np.float64]:
    """Return an hourly series in a phase; one that is the same in every phase as it is."""
    variable = results.hourly.variables[name]
    if "phase" not in variable.dims:
        return np.asarray(variable.values, dtype=float)
    place = results.hourly["phase"].values.tolist().index(phase)
    return np.asarray(variable.values[place], dtype=float)


def hours_of_a_year(results: Results) -> NDArray[np.float64]:
    """Return how many hours of an average year each step stands for; several outcomes count by their probability."""
    steps = results.hourly.sizes["time"]
    likely = np.ones(steps)
    if "probability" in results.hourly.coords:
        likely = np.asarray(results.hourly["probability"].values, dtype=float)
    return np.asarray(HOURS_PER_YEAR * likely / likely.sum())


def facility_load_mw(results: Results, phase: str) -> NDArray[np.float64]:
    """Return what the facility draws from the AC bus each hour, without storage charging and export, in MW."""
    flows, kinds = on_bus(results, "ac", phase), kinds_of(results)
    uses = [c for c in flows.columns if style.family(str(c), kinds.get(str(c), "")) not in {"storage", "grid"}]
    return np.asarray(-flows[uses].clip(upper=0).sum(axis=1).to_numpy(), dtype=float)


def pue_of(results: Results, phase: str) -> xr.DataArray | None:
    """Return the hourly PUE of a phase, or None where there is none."""
    if "pue" not in results.hourly:
        return None
    series = results.hourly["pue"].sel(phase=phase)
    return series if bool(np.isfinite(series.values).any()) else None


def weeks(results: Results, phase: str) -> tuple[Week, Week]:
    """Return a typical and the worst seven days of a phase.

    The worst week has the highest mean load that sun and wind do not serve; the typical one is closest to the mean of
    the year in that load and, where there is weather, in dry bulb, each measured by its spread.
    """
    times = pd.DatetimeIndex(results.hourly["time"].values)
    unserved = _weekly(residual_load_mw(results, phase))
    far = np.abs(unserved - unserved.mean()) / max(float(unserved.std()), 1e-9)
    if "weather.dry_bulb" in results.hourly:
        warmth = _weekly(np.asarray(results.hourly["weather.dry_bulb"].values, dtype=float))
        far = far + np.abs(warmth - warmth.mean()) / max(float(warmth.std()), 1e-9)
    typical, worst = (
        _week(title, int(day), min(WEEK // 24, len(times) // 24), times)
        for title, day in zip(WEEK_TITLES, (far.argmin(), unserved.argmax()), strict=True)
    )
    return typical, worst


def residual_load_mw(results: Results, phase: str) -> NDArray[np.float64]:
    """Return the load of the facility less what sun and wind give, each hour, in MW."""
    flows, kinds = on_bus(results, "ac", phase), kinds_of(results)
    free = [c for c in flows.columns if style.family(str(c), kinds.get(str(c), "")) in {"solar", "wind"}]
    given = flows[free].clip(lower=0).sum(axis=1).to_numpy()
    return np.asarray(facility_load_mw(results, phase) - given, dtype=float)


def _weekly(hourly: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of seven days from each day on."""
    days = hourly[: len(hourly) // 24 * 24].reshape(-1, 24).mean(axis=1)
    length = min(WEEK // 24, days.size)
    return np.convolve(days, np.full(length, 1 / length), mode="valid")


def _week(title: str, day: int, length: int, times: pd.DatetimeIndex) -> Week:
    hours = slice(24 * day, 24 * (day + length))
    return Week(title, hours, times[hours.start], times[hours.stop - 1])


def grid_import_mw(results: Results, phase: str) -> NDArray[np.float64] | None:
    """Return what comes from the grid each hour, in MW; None where no connection feeds the AC bus."""
    flows, kinds = on_bus(results, "ac", phase), kinds_of(results)
    wires = [name for name in flows.columns if style.family(str(name), kinds.get(str(name), "")) == "grid"]
    return np.asarray(flows[wires].clip(lower=0).sum(axis=1), dtype=float) if wires else None


def cooling_power_mw(results: Results, phase: str) -> NDArray[np.float64] | None:
    """Return the electricity that all cooling draws each hour, in MW; None where nothing is cooled."""
    flows, kinds = on_bus(results, "ac", phase), kinds_of(results)
    cooling = [name for name in flows.columns if style.family(str(name), kinds.get(str(name), "")) == "cooling"]
    return np.asarray(-flows[cooling].clip(upper=0).sum(axis=1), dtype=float) if cooling else None


def mode_shares(results: Results, phase: str) -> dict[str, NDArray[np.float64]]:
    """Return by mode the share of the heat that it takes each hour, all cooling systems together; NaN without heat.

    The series of a mode are called ``<system>.heat_<mode>``.
    """
    heat: dict[str, NDArray[np.float64]] = {}
    for name, series in results.hourly.data_vars.items():
        mode = str(name).rpartition(".")[2].removeprefix("heat_")
        if "of" in series.attrs and str(name).endswith(f".heat_{mode}"):
            taken = np.asarray(series.sel(phase=phase).values, dtype=float)
            heat[mode] = heat[mode] + taken if mode in heat else taken
    every = sum(heat.values(), np.zeros(results.hourly.sizes["time"]))
    return {mode: np.divide(one, every, out=np.full_like(one, np.nan), where=every > 0) for mode, one in heat.items()}


def duration(
    values: NDArray[np.float64], counted: NDArray[np.float64], points: int = 400
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the share of the hours [%] and the value that they reach or exceed, about ``points`` of each.

    The highest and the lowest value are always among them; hours without a value do not count.

    Parameters
    ----------
    values : array
        Steps in any order.
    counted : array
        Hours of an average year that each step stands for; see `hours_of_a_year`.
    points : int
        How many are enough.
    """
    known = np.isfinite(values)
    order = np.argsort(-values[known], kind="stable")
    falling, hours = values[known][order], counted[known][order]
    share = 100 * (np.cumsum(hours) - hours / 2) / hours.sum()
    keep = np.unique(np.append(np.arange(0, falling.size, max(1, falling.size // points)), falling.size - 1))
    return share[keep], falling[keep]
