"""What a sweep costs: two processes against one, and the share of its time that is neither solving nor building.

``python benchmarks/sweep.py [--scenarios 20] [--site SITE.yaml] [--repeat 3] [--csv FILE]``. Every sweep starts in an
empty folder, as a user starts it. Serial and parallel sweeps take turns, so that other work on the machine touches
both; figures are medians. "Outside" is the share of the workers' time that no run spent in the stages build, load,
solve and check, the start of the program and of its processes included: 1 - (those seconds / workers) / elapsed. Part
of it is "between", in which runs were read, written and put in tables, and "idle", in which a process had no run yet or
none any more.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd
from measuring import machine

SITE = """
site: {name: Site year, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
compute:
  platforms: {gpu: {technology: gb300_nvl72, available: 2027-01-01}}
  building: {available: 2027-01-01}
  work: {training: {demand: 20000 H100, window: 24 h}, inference: {demand: 5000 H100}}
cooling:
  hall: {kind: air_cooled_chiller, available: 2027-01-01}
  dry: {kind: cold_plate_dry_cooler, supply: 40 degC, available: 2027-01-01}
power:
  solar: {kind: pv_tracking, available: 2027-01-01, size: {maximum: 200 MW}}
  wind: {kind: wind, available: 2027-01-01, size: {maximum: 100 MW}}
  bess: {kind: battery, available: 2027-01-01, power: {maximum: 50 MW}, energy: {maximum: 200 MWh}}
grid:
  utility:
    available: 2027-01-01
    size: {maximum: 100 MW}
    energy_price: 75 USD/MWh
    emission: 400 kg/MWh
    carbon_free_share: 0.3
"""
MADE = ("build", "load", "solve", "check")
LIMITS = {"speedup": 1.8, "minutes of 24": 6.0, "outside_%": 10.0}


def sweep(site: Path, scenarios: int, workers: int) -> dict[str, float]:
    """Run a sweep over as many prices of electricity and say how long it took and where the time went."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "site.yaml").write_text(site.read_text() if site.name else SITE)
        prices = ", ".join(f"{50 + 5 * number} USD/MWh" for number in range(scenarios))
        grid = f"grid: {{grid.utility.energy_price: [{prices}]}}"
        (folder / "plan.yaml").write_text(f"sites: [site.yaml]\nunchanged: false\n{grid}\n")
        command = [sys.executable, "-m", "gigasite.reports", "sweep", "plan.yaml", "--out", "out"]
        begun = time.perf_counter()
        subprocess.run([*command, "--workers", str(workers)], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        elapsed = time.perf_counter() - begun
        runs = [json.loads(file.read_text())["run"] for file in folder.glob("out/*/*/*/run.json")]
        if len(runs) != scenarios:
            sys.exit(f"{len(runs)} of {scenarios} runs were made")
        made = sum(run["seconds"].get(name, 0.0) for run in runs for name in MADE)
        spent = float(pd.read_csv(folder / "out" / "sweep.csv")["seconds"].sum())
        kept = sum(bool(run["sizes_from"]) for run in runs)
        outside, idle = (100 * (1.0 - seconds / workers / elapsed) for seconds in (made, spent))
        return {
            "elapsed_s": elapsed, **_stages(runs), "sizes kept": kept, "outside_%": outside,
            "between_%": outside - idle, "idle_%": idle,
        }  # fmt: skip


def _stages(runs: list[Any]) -> dict[str, float]:
    names = dict.fromkeys(name for run in runs for name in run["seconds"])
    return {f"{name}_s": statistics.median(run["seconds"].get(name, 0.0) for run in runs) for name in names}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenarios", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--site", type=Path, default=Path(), help="a site file with grid.utility; a built-in year if left out"
    )
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--csv", type=Path, default=Path("benchmarks/sweep.csv"))
    given = parser.parse_args()
    rows = [
        {"workers": workers, "scenarios": given.scenarios, **sweep(given.site, given.scenarios, workers)}
        for _ in range(given.repeat)
        for workers in (1, given.workers)
    ]
    medians = pd.DataFrame(rows).groupby("workers").median()
    one, many = medians.loc[1, "elapsed_s"], medians.loc[given.workers, "elapsed_s"]
    about = machine()
    table = medians.assign(speedup=one / medians["elapsed_s"], repeats=given.repeat, **about)
    table.to_csv(given.csv, float_format="%.4g")
    print(f"{about['machine']}; {about['versions']}\n")
    print(table.drop(columns=list(about)).T.map("{:,.4g}".format).to_string())
    print(f"\nspeedup {one / many:.2f} (limit {LIMITS['speedup']:g})")
    print(f"24 scenarios take {24 / given.scenarios * many / 60:.1f} minutes (limit {LIMITS['minutes of 24']:g})")
    outside = medians.loc[given.workers, "outside_%"]
    print(f"outside solving and building {outside:.1f} % (limit {LIMITS['outside_%']:g})")


if __name__ == "__main__":
    main()
