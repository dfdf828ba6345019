"""Every hourly series of a plan as one dataset over phase and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import xarray as xr

from gigasite.models.network import DOLLARS_PER_MODEL_UNIT
from gigasite.models.timeline import Outcome

from .tables import Finished, Floats

UNITS = {
    "stored": "MWh",
    "running": "kGPU",
    "served": "kH100",
    "partner": "kH100",
    "unserved": "kH100",
    "drawn": "m3/h",
}


def hourly_table(finished: Finished) -> xr.Dataset:
    """Return the dataset: flows into buses, other hourly variables, prices, weather and PUE.

    The flows ``<bus>.<component>`` of one bus add up to zero in every hour. Where there are several years of weather or
    several delays, the years of all outcomes follow one another along ``time``, which then repeats; ``weather_year``,
    ``delay`` and ``probability`` say which they are. The mean of a series is that over ``time``, weighted by
    ``probability``.
    """
    timeline = finished.timeline
    years = [outcome for outcome, _ in timeline.courses(0)]
    repeats = timeline.hours_a_year.size // len(finished.year)
    times = np.tile(finished.year.times.tz_localize(None).to_numpy(), repeats)
    data: dict[str, xr.DataArray] = {}
    for name, values, attributes in (*_flows(finished), *_variables(finished), *_prices(finished), *_pue(finished)):
        by_phase = np.stack([timeline.split(values, p) for p in range(len(timeline.phases))])
        data[name] = xr.DataArray(by_phase, dims=("phase", "time"), attrs=attributes)
    for name, values in (("dry_bulb", finished.year.dry_bulb_c), ("wet_bulb", finished.year.wet_bulb_c)):
        label = f"outdoor {name.replace('_', ' ')}"
        attributes = {"units": "degC", "long_name": label}
        data[f"weather.{name}"] = xr.DataArray(np.tile(values, repeats), dims=("time",), attrs=attributes)
    return xr.Dataset(data, coords={"phase": list(timeline.names), "time": times, **_outcomes(years, len(times))})


def _outcomes(years: Sequence[Outcome], hours: int) -> dict[str, xr.DataArray]:
    """Return what tells the hours of one outcome from those of another, where there are several."""
    if len(years) == 1:
        return {}
    described: dict[str, tuple[list[Any], str]] = {
        "weather_year": ([each.weather for each in years], "year of weather"),
        "delay": ([each.delay for each in years], "how late the connections come"),
        "probability": ([each.probability for each in years], "probability of the outcome"),
    }
    return {
        name: xr.DataArray(np.repeat(values, hours // len(years)), dims=("time",), attrs={"long_name": text})
        for name, (values, text) in described.items()
        if len(set(values)) > 1 or name == "probability"
    }


Named = Iterator[tuple[str, Floats, dict[str, str]]]


def _flows(finished: Finished) -> Named:
    for bus in finished.compiled.network.buses:
        for component, flow in finished.flows.get(bus.name, {}).items():
            attributes = {
                "units": bus.unit.replace("**", ""),
                "long_name": f"{component.replace('_', ' ')} into {bus.label}",
                "bus": bus.name,
                "component": component,
            }
            yield f"{bus.name}.{component}", flow, attributes


def _variables(finished: Finished) -> Named:
    """Yield the hourly variables that are no flow into a bus by themselves: stores, work, imports and exports."""
    timeline = finished.timeline
    for variable in finished.compiled.columns.variables:
        if len(variable) != timeline.size:
            continue
        last = variable.local_name
        component = variable.name.partition(".")[0]
        values = finished.solution.x[finished.compiled.columns.slice(variable)]
        label = variable.name.replace(".", " ").replace("_", " ")
        yield (
            variable.name,
            values,
            {"units": UNITS.get(last, "MW"), "long_name": label, "of": component},
        )


def _prices(finished: Finished) -> Named:
    """Yield the price of each bus: what one more unit in that hour would cost with the sizes as they are."""
    timeline = finished.timeline
    worth = np.array([phase.present_value_years for phase in timeline.phases])[timeline.phase_number]
    counted = worth * timeline.hours * timeline.weight
    for bus in finished.compiled.network.buses:
        rows = finished.compiled.matrix.rows.get(f"balance.{bus.name}")
        if bus.account or rows is None:
            continue
        duals = finished.solution.duals[rows] * DOLLARS_PER_MODEL_UNIT
        price = np.divide(duals, counted, out=np.zeros_like(duals), where=counted > 0)
        unit = (bus.energy_unit or f"{bus.unit}*hour").replace("**", "")
        yield f"price.{bus.name}", price, {"units": f"USD/({unit})", "long_name": f"price of {bus.label}"}


def _pue(finished: Finished) -> Named:
    it, overhead = finished.hourly_account("it_energy"), finished.hourly_account("overhead_energy")
    if it.any():
        pue = np.divide(it + overhead, it, out=np.full_like(it, np.nan), where=it > 1e-9)
        yield "pue", pue, {"units": "1", "long_name": "power usage effectiveness"}
