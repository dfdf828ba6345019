"""Time every stage of a plan on shipped sites, and building against solving; print a table, write a CSV.

``python benchmarks/run.py [SITE[:SCENARIO] ...] [--hipo] [--csv FILE]``. Each plan is made in a process of its own, so
that its peak memory is its own. With ``--hipo`` the sizing matrix is solved once more by the interior-point method,
and the time of building and loading is given as a share of that.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from measuring import Measurement, in_turns, report

from gigasite.sites.watch import peak_memory_mb

BUILDING = ("build", "load")
LIMITS = {"total_s": 180.0, "peak_mb": 2048.0, "gap_%": 0.5, "build+load / hipo_%": 15.0}


def plan(name: str, *, hipo: bool) -> dict[str, Any]:
    """Make one plan and say how long each stage took."""
    from gigasite import sites
    from gigasite.sites.study import study

    captured = _capture()
    site_name, _, scenario = name.partition(":")
    began = time.perf_counter()
    site = sites.read(site_name, scenario or None)
    read = time.perf_counter() - began
    made = study(site, progress=lambda stage: None)
    seconds = {"read": read, **made.run["seconds"]}
    found: dict[str, Any] = {"site": name, "total_s": time.perf_counter() - began}
    found |= {f"{stage}_s": value for stage, value in seconds.items()}
    found |= {"peak_mb": peak_memory_mb()}
    matrix = max((each.matrix for each in captured), key=lambda each: each.a.shape[1])
    found |= {"rows": matrix.a.shape[0], "columns": matrix.a.shape[1], "nonzeros": matrix.a.nnz}
    found |= {"gap_%": 100 * made.run["certified_gap"]} if "certified_gap" in made.run else {}
    if hipo:
        found |= _hipo(matrix, sum(seconds.get(stage, 0.0) for stage in BUILDING))
    return found


def _capture() -> list[Any]:
    """Keep every matrix that is compiled, wherever the compiler was imported."""
    from gigasite.solvers import matrix

    original, captured = matrix.compile_network, []

    def compile_network(*args: Any, **options: Any) -> Any:
        captured.append(original(*args, **options))
        return captured[-1]

    for module in list(sys.modules.values()):
        if vars(module).get("compile_network") is original:
            module.compile_network = compile_network
    return captured


def _hipo(matrix: Any, building: float) -> dict[str, float]:
    from gigasite.solvers.highs import INTERIOR_ONLY, solve

    answer = solve(matrix, INTERIOR_ONLY, seconds=3600.0)
    if answer.status != "optimal":
        sys.exit(f"hipo: {answer.status} after {answer.seconds:.0f} s")
    return {"hipo_s": answer.seconds, "build+load / hipo_%": 100 * building / answer.seconds}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", nargs="*", default=["abu_dhabi", "memphis", "singapore"])
    parser.add_argument("--hipo", action="store_true", help="solve the sizing matrix by hipo alone, too; takes minutes")
    parser.add_argument("--csv", type=Path, default=Path("benchmarks/results.csv"))
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(plan(given.sites[0], hipo=given.hipo)))
        return
    options = ["--one", *(["--hipo"] if given.hipo else [])]
    found = in_turns({name: Measurement(__file__, [name, *options]) for name in given.sites})
    report([{"site": name, **each} for name, each in found.items()], given.csv, index="site")
    print("\nLimits for abu_dhabi: " + ", ".join(f"{name} {limit:g}" for name, limit in LIMITS.items()))


if __name__ == "__main__":
    main()
