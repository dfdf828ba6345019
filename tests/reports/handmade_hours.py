"""The hours of the handmade plan: every bus in balance."""

import numpy as np
import pandas as pd
import xarray as xr

PHASES = ("2026-01-01", "2028-07-01")
SCALE = {"2026-01-01": 1.0, "2028-07-01": 5.0}


def _one_phase(scale: float) -> dict[str, np.ndarray]:
    """A campus of ``scale`` x 200 MW IT; hottest in July, coldest in January."""
    hour = np.arange(8760)
    day, clock = hour / 24.0, hour % 24 + 0.5
    dry_bulb = 28 - 9 * np.cos(2 * np.pi * (day - 15) / 365) - 6 * np.cos(2 * np.pi * (clock - 3) / 24)
    wet_bulb = dry_bulb - 8 - 2 * np.sin(2 * np.pi * clock / 24)
    it = scale * (170 + 25 * np.sin(2 * np.pi * (clock - 9) / 24) + 5 * np.sin(2 * np.pi * day / 7))
    chain_loss = 0.05 * it
    liquid_heat = 0.8 * it
    air_heat = 0.2 * it + chain_loss
    dry_cooler = liquid_heat * (0.02 + 0.0012 * np.maximum(dry_bulb - 20, 0))
    chiller = air_heat / np.clip(8 - 0.13 * (dry_bulb - 15), 2, 9)
    lighting = scale * np.full(8760, 1.5)
    load = it + chain_loss + dry_cooler + chiller + lighting
    sun = np.maximum(0, np.sin(np.pi * (clock - 6) / 12)) * (0.85 + 0.1 * np.cos(2 * np.pi * (day - 172) / 365))
    pv = scale * 220 * sun
    wind = scale * 40 * (0.55 + 0.3 * np.sin(2 * np.pi * day / 3.7) + 0.2 * np.sin(2 * np.pi * clock / 24))
    battery = np.where(
        (clock > 9) & (clock < 14), -scale * 30.0, np.where((clock > 18) & (clock < 22.4), scale * 30.0, 0.0)
    )
    net = load - pv - wind - battery
    grid = np.minimum(np.maximum(net, 0), scale * 180)
    gas = np.maximum(net, 0) - grid
    export = np.minimum(net, 0)
    return {
        "ac.grid": grid,
        "ac.grid_export": export,
        "ac.pv": pv,
        "ac.wind": wind,
        "ac.battery": battery,
        "ac.gas_engines": gas,
        "ac.power_chain": -(it + chain_loss),
        "ac.dry_cooler": -dry_cooler,
        "ac.air_chiller": -chiller,
        "ac.lighting": -lighting,
        "it.power_chain": it,
        "it.accelerators": -it,
        "heat_liquid.accelerators": liquid_heat,
        "heat_liquid.dry_cooler": -liquid_heat,
        "heat_air.accelerators": 0.2 * it,
        "heat_air.power_chain": chain_loss,
        "heat_air.air_chiller": -air_heat,
        "water.supply": 0.3 * air_heat,
        "water.air_chiller": -0.3 * air_heat,
        "battery.stored": np.clip(np.cumsum(-0.95 * battery), 0, None) % (scale * 150),
        "dry_cooler.heat_free": np.where(dry_bulb < 30, liquid_heat, 0.25 * liquid_heat),
        "dry_cooler.heat_trim": np.where(dry_bulb < 30, 0.0, 0.75 * liquid_heat),
        "price.ac": 70 + 25 * (gas > 0),
        "pue": load / it,
        "weather.dry_bulb": dry_bulb,
        "weather.wet_bulb": wet_bulb,
    }


BUSES = ("ac", "it", "heat_liquid", "heat_air", "water")
UNITS = {**dict.fromkeys(BUSES, "MW"), "water": "m3/h", "price": "USD/MWh", "pue": "1"}


def make_hourly() -> xr.Dataset:
    by_phase = {phase: _one_phase(SCALE[phase]) for phase in PHASES}
    time = pd.date_range("2026-01-01 00:30", periods=8760, freq="h")
    series: dict[str, xr.DataArray] = {}
    for name in by_phase[PHASES[0]]:
        bus, _, component = name.partition(".")
        if bus == "weather":
            attrs = {"units": "degC", "long_name": component.replace("_", " ")}
            series[name] = xr.DataArray(by_phase[PHASES[0]][name], dims="time", attrs=attrs)
            continue
        attrs = {
            "units": UNITS.get(bus, {"price": "USD/MWh", "pue": "1"}.get(bus, "MWh")),
            "long_name": name.replace("_", " "),
        }
        if bus in BUSES:
            attrs |= {"bus": bus, "component": component}
        elif component.startswith("heat_"):
            attrs |= {"units": "MW", "of": bus}
        values = np.stack([by_phase[phase][name] for phase in PHASES])
        series[name] = xr.DataArray(values, dims=("phase", "time"), attrs=attrs)
    return xr.Dataset(series, coords={"phase": list(PHASES), "time": time})
