"""Time the limit case: three phases on every hour, two offers, eight ways of supply, 24 outage windows.

``python benchmarks/limits.py [SCENARIO ...] [--csv FILE]``; without scenarios: as it is, and with whole units. Each
plan is made in a process of its own on two threads. Wall time says little on a machine that does other work too, so the
processor's seconds are given beside it: on two idle cores the wall time lies between half of them and all of them.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path
from typing import Any

from measuring import Measurement, in_turns, report

from gigasite.sites.watch import peak_memory_mb

HERE = Path(__file__).parent
SITE = HERE / "limits.yaml"
USUAL = ("base", "whole")
LIMITS = {"wall_s": 300.0, "peak_mb": 4096.0}
GAPS = {"base": 0.5, "whole": 1.0}
STAGES = ("climate", "build", "load", "solve", "check")


def plan(scenario: str) -> dict[str, Any]:
    """Make one plan and say what it took."""
    from gigasite import sites
    from gigasite.models.errors import PlanError
    from gigasite.sites.study import study

    began = time.perf_counter()
    found: dict[str, Any] = {}
    site = sites.read(SITE, None if scenario == "base" else scenario)
    try:
        run = study(site).run
    except PlanError as error:
        found["outcome"] = str(error)
    else:
        found["outcome"] = "; ".join(run["warnings"]) or "certified"
        found |= {f"{name}_s": run["seconds"][name] for name in STAGES}
        found |= {"gap_%": 100 * run["certified_gap"], **run["model"]}
    used = resource.getrusage(resource.RUSAGE_SELF)
    found |= {"wall_s": time.perf_counter() - began, "cpu_s": used.ru_utime + used.ru_stime}
    return found | {"peak_mb": peak_memory_mb()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", default=USUAL)
    parser.add_argument("--csv", type=Path, default=HERE / "limits.csv")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(plan(given.scenarios[0])))
        return
    found = in_turns({name: Measurement(__file__, [name, "--one"], threads=2) for name in given.scenarios})
    report([{"scenario": name, **each} for name, each in found.items()], given.csv, index="scenario")
    limits = [f"{name} {limit:g}" for name, limit in LIMITS.items()]
    print(f"\nLimits: {', '.join(limits)}; gap {', '.join(f'{name} {gap:g} %' for name, gap in GAPS.items())}")


if __name__ == "__main__":
    main()
