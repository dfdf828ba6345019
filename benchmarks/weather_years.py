"""Plan one phase on every hour of many years of weather, with one set of sizes; print seconds, gap and memory.

``python benchmarks/weather_years.py [--years 11] [--csv FILE]``. The years are synthetic: one seed each, with a mean
dry bulb that differs from year to year by up to 1 K, as measured years do. The plan is certified within 0.5 % on all of
them; the limit is 240 s.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import xarray as xr
from measuring import report

from gigasite import climate, sites
from gigasite.models.conditions import Place
from gigasite.sites.study import study
from gigasite.sites.watch import peak_memory_mb

SITE = Path(__file__).with_name("weather_years.yaml")
PLACE = Place(24.2, 54.75, 40.0, 4.0)
FIRST_YEAR = 2009
SHIFTS_K = (0.0, 0.6, -0.4, 0.2, -1.0, 0.9, -0.7, 0.4, -0.2, 1.0, -0.6)
LIMIT_S = 240.0


def weather_years(count: int) -> climate.Weather:
    """Return so many years of weather, one after the other."""
    normals, design = climate.normals("abu_dhabi"), climate.design_values("abu_dhabi")
    years = []
    for number in range(count):
        usual = climate.generate(PLACE, normals, design, seed=number)
        shift = SHIFTS_K[number % len(SHIFTS_K)]
        year = climate.warmed(usual, shift, shift / 2)
        labels = pd.DatetimeIndex(year.data["time"].values)
        moved = labels.map(lambda label, year=FIRST_YEAR + number: label.replace(year=year))
        years.append(year.data.assign_coords(time=moved))
    return replace(usual, data=xr.concat(years, dim="time"), design=design)


def main() -> None:
    """Make the weather and the plan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=11)
    parser.add_argument("--csv", type=Path, default=SITE.with_suffix(".csv"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        climate.write_netcdf(weather_years(given.years), Path(folder) / "weather_years.nc")
        copy = Path(folder) / SITE.name
        copy.write_text(SITE.read_text(encoding="utf-8"), encoding="utf-8")
        began = time.perf_counter()
        plan = study(sites.read(copy), progress=lambda stage: None)
        total = time.perf_counter() - began
    row = {
        "years": given.years,
        **{f"{name}_s": seconds for name, seconds in plan.run["seconds"].items()},
        "total_s": total,
        "gap_%": 100.0 * plan.run["certified_gap"],
        "peak_mb": peak_memory_mb(),
        **plan.run["model"],
    }
    report([row], given.csv, index="years")
    print(f"\nLimit: {LIMIT_S:g} s and 0.5 % for 11 years")


if __name__ == "__main__":
    main()
