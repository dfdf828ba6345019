"""Time the coefficients of every cooling system, and the comparison of options in several climates.

``python benchmarks/cooling.py [--runs N] [--csv FILE]``. Medians over the runs, the first one included. Coefficients
start from a weather year in memory and include its wet bulb. The comparison reads sites, makes weather, and computes
options and sweeps; charts and PDF are not part of it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from measuring import machine

PLACE = "riyadh"
PLACES = ("riyadh", "singapore", "frankfurt", "johannesburg", "seoul", "sao_paulo")
OPTIONS = (
    *("air_cooled_chiller", "air_cooled_free_cooling", "water_cooled_chiller", "water_cooled_economiser"),
    *("hall_dry_cooler", "hall_adiabatic", "rear_door", "indirect_evaporative"),
    *("cold_plate_dry", "cold_plate_adiabatic", "cold_plate_tower", "immersion_dry"),
)
COEFFICIENTS_S, COMPARISON_S = 1.0, 30.0
"""Limits, on two cores."""


def coefficients() -> Callable[[], int]:
    """Return what computes the hourly series of every cooling system, and says how many there are."""
    from gigasite import climate
    from gigasite.models import technologies
    from gigasite.models.component import Component
    from gigasite.models.cooling import CoolingSystem
    from gigasite.sites import read

    assert technologies.__path__  # importing the folder registers every kind
    site = read(PLACE)
    weather = climate.load(site.climate, site.place, site.folder)
    systems = [
        Component.from_dict({"kind": name, **kind.example})
        for name, kind in sorted(Component.kinds.items())
        if issubclass(kind, CoolingSystem)
    ]

    def compute() -> int:
        year = weather.conditions()  # afresh, as it keeps what was derived from it
        for system in systems:
            system.derive(year)
        return len(systems)

    return compute


def comparison() -> int:
    """Compare the options in every place, and say how many variants that took."""
    from gigasite.sites.cooling import comparison as compare

    found = compare(PLACES, it_mw=100.0, grid_mw=100.0, chosen=OPTIONS)
    return len(found.figures) + len(found.sweeps)


def timed(what: str, compute: Callable[[], int], runs: int, limit_s: float) -> dict[str, object]:
    """Return median, fastest and slowest of several runs, and the processor's time, which other work slows less."""
    seconds, processor, count = [], [], 0
    for _ in range(runs):
        began, used = time.perf_counter(), time.process_time()
        count = compute()
        seconds.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    return {
        "what": what,
        "count": count,
        "runs": runs,
        "median_s": statistics.median(seconds),
        "fastest_s": min(seconds),
        "slowest_s": max(seconds),
        "processor_s": statistics.median(processor),
        "limit_s": limit_s,
        "within": statistics.median(seconds) <= limit_s,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--csv", type=Path, default=Path("benchmarks/cooling.csv"))
    given = parser.parse_args()
    load = os.getloadavg()[0]
    rows = [
        timed(f"coefficients of all systems, {PLACE}, a year", coefficients(), given.runs, COEFFICIENTS_S),
        timed(f"{len(OPTIONS)} options in {len(PLACES)} climates", comparison, given.runs, COMPARISON_S),
    ]
    about = {**machine(), "load_before": f"{load:.1f}"}
    pd.DataFrame([{**row, **about} for row in rows]).to_csv(given.csv, index=False, float_format="%.4g")
    print(f"{about['machine']}, load {about['load_before']} before; {about['versions']}\n")
    print(pd.DataFrame(rows).set_index("what").T.to_string(float_format="{:,.3g}".format))


if __name__ == "__main__":
    main()
