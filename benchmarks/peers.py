"""The same site year in gigasite, PyPSA, linopy and plain Pyomo, all with HiGHS: same optimum, time, memory, ratios.

``pip install pypsa linopy`` beside gigasite, then ``python benchmarks/peers.py [--repeats 5] [--ways WAY ...] [--limit
SECONDS] [--csv FILE]``. Each way runs in a process of its own; the ways take turns, so that a drift of the machine
touches all alike. A way that does not finish within the limit is said to be "not within" it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from measuring import Measurement, in_turns, report
from shared_system import WAIT_HOURS, Plain, network, plain

from gigasite.sites.watch import peak_memory_mb

Found = dict[str, float]
BASE = "gigasite, certified"


def certified() -> Found:
    """The default of gigasite: first-order sizes, exact dispatch, proven gap of at most 0.5 %."""
    from gigasite.solvers.matrix import compile_network
    from gigasite.solvers.optimise import optimise

    began = time.perf_counter()
    compiled = compile_network(network())
    built = time.perf_counter()
    solution = optimise(compiled, gap=0.005, whole_racks=False)
    return {"build_s": built - began, "solve_s": time.perf_counter() - built, "gap_%": 100 * solution.gap,
            "usd": solution.dispatch_usd, "columns": compiled.matrix.a.shape[1]}  # fmt: skip


def exact() -> Found:
    """The method `exact` of gigasite: HiPO, an exact dispatch at its sizes, and the proof."""
    from gigasite.solvers.matrix import compile_network
    from gigasite.solvers.optimise import optimise

    began = time.perf_counter()
    compiled = compile_network(network())
    built = time.perf_counter()
    solution = optimise(compiled, method="exact", whole_racks=False)
    return {"build_s": built - began, "solve_s": time.perf_counter() - built, "gap_%": 100 * solution.gap,
            "usd": solution.dispatch_usd, "columns": compiled.matrix.a.shape[1]}  # fmt: skip


def pyomo_highs(interface: str, options: dict[str, Any]) -> Found:
    """Solve gigasite's own model as ordinary Pyomo through one of Pyomo's interfaces to HiGHS."""
    import pyomo.environ as pyo

    from gigasite.models.network import DOLLARS_PER_MODEL_UNIT

    began = time.perf_counter()
    model = network(templates=False).model
    built = time.perf_counter()
    solver = pyo.SolverFactory(interface)
    if interface == "appsi_highs":
        solver.highs_options = options
        solver.solve(model)
    else:
        solver.solve(model, solver_options=options)
    usd = pyo.value(model.total_cost) * DOLLARS_PER_MODEL_UNIT
    return {"build_s": built - began, "solve_s": time.perf_counter() - built, "gap_%": 0.0, "usd": usd,
            "columns": sum(len(v) for v in model.component_objects(pyo.Var))}  # fmt: skip


def pypsa(options: dict[str, Any]) -> Found:
    """The site as buses, links, stores and generators of PyPSA."""
    import pypsa as tool

    began = time.perf_counter()
    site = plain()
    found = tool.Network()
    found.set_snapshots(pd.date_range("2026-01-01", periods=8760, freq="h"))
    _pypsa_supply(found, site)
    _pypsa_campus(found, site)
    model = found.optimize.create_model()
    built = time.perf_counter()
    status = found.optimize.solve_model(solver_name="highs", **options)
    if status[0] != "ok":
        sys.exit(f"PyPSA: {status}")
    fixed = site.cost["tank_power"] * site.tank_mw
    return {"build_s": built - began, "solve_s": time.perf_counter() - built, "gap_%": 0.0,
            "usd": float(model.objective.value + fixed),
            "columns": float(model.nvars)}  # fmt: skip


def _pypsa_supply(found: Any, site: Plain) -> None:
    for name in ("ac", "it", "heat", "work", "tank"):
        found.add("Bus", name)
    for name, usd in (("solar", 0.0), ("wind", 0.0), ("engines", site.engine_usd_per_mwh)):
        found.add("Generator", name, bus="ac", p_nom_extendable=True, p_nom_max=site.largest[name],
                  capital_cost=site.cost[name], p_max_pu=site.available[name], marginal_cost=usd)  # fmt: skip
    found.add("Generator", "utility", bus="ac", p_nom_extendable=True, p_nom_max=site.largest["utility"],
              capital_cost=site.cost["utility"], marginal_cost=site.grid_usd_per_mwh)  # fmt: skip
    found.add("StorageUnit", "bess", bus="ac", p_nom_extendable=True, p_nom_max=site.largest["bess"],
              capital_cost=site.cost["bess"], max_hours=site.battery_hours, cyclic_state_of_charge=True,
              efficiency_store=site.battery_one_way, efficiency_dispatch=site.battery_one_way)  # fmt: skip


def _pypsa_campus(found: Any, site: Plain) -> None:
    found.add("Load", "idle", bus="it", p_set=site.idle_mw)
    found.add("Link", "chain", bus0="ac", bus1="it", bus2="heat", efficiency=1.0 / site.drawn,
              efficiency2=site.heat / site.drawn, p_nom=400.0)  # fmt: skip
    # What cannot wait keeps that much running.
    found.add("Link", "gpus", bus0="it", bus1="work", efficiency=site.work_per_mw, p_nom=site.running_mw,
              p_min_pu=site.inference / site.work_per_mw / site.running_mw)  # fmt: skip
    found.add("Load", "work", bus="work", p_set=site.training + site.inference)
    found.add("Store", "waiting", bus="work", e_nom=WAIT_HOURS * site.training, e_cyclic=True)
    found.add("Link", "chillers", bus0="heat", bus1="ac", efficiency=-site.chilling, p_nom_extendable=True,
              p_nom_max=site.largest["chillers"], capital_cost=site.cost["chillers"],
              p_max_pu=site.available["chillers"])  # fmt: skip
    # Warm water in the tank is cold that was given: the tank holds heat taken out of the loop.
    found.add("Link", "discharge", bus0="heat", bus1="tank", p_nom=site.tank_mw)
    found.add("Link", "charge", bus0="tank", bus1="heat", p_nom=site.tank_mw)
    found.add("Store", "tank", bus="tank", e_nom_extendable=True, e_nom_max=site.largest["tank"],
              capital_cost=site.cost["tank"], e_cyclic=True)  # fmt: skip


def linopy(options: dict[str, Any]) -> Found:
    """The site in the equations of gigasite, written for linopy."""
    import linopy as tool

    began = time.perf_counter()
    site, hours = plain(), pd.RangeIndex(8760, name="hour")
    model = tool.Model()
    flows = ("solar", "wind", "engines", "utility", "charge", "discharge", "stored", "protected", "running", "heat",
             "cold_in", "cold_out", "cold", "waiting")  # fmt: skip
    v = {name: model.add_variables(lower=0, coords=[hours], name=name) for name in flows}
    v["running"].lower, v["running"].upper = site.inference / site.work_per_mw, site.running_mw
    v["waiting"].upper = WAIT_HOURS * site.training
    size = {n: model.add_variables(lower=0, upper=most, name=f"{n}_size") for n, most in site.largest.items()}
    for name in ("solar", "wind", "engines"):
        model.add_constraints(v[name] - _by_hour(site.available[name], hours) * size[name] <= 0)
    model.add_constraints(v["utility"] - size["utility"] <= 0)
    model.add_constraints(v["charge"] + v["discharge"] - size["bess"] <= 0)
    model.add_constraints(v["stored"] - site.battery_hours * size["bess"] <= 0)
    model.add_constraints(v["heat"] - _by_hour(site.available["chillers"], hours) * size["chillers"] <= 0)
    model.add_constraints(v["cold"] - size["tank"] <= 0)
    model.add_constraints(v["cold_in"] + v["cold_out"] <= site.tank_mw)
    level = site.battery_one_way * v["charge"] - v["discharge"] / site.battery_one_way
    work = site.work_per_mw * v["running"]
    for store, gain in (("stored", level), ("cold", v["cold_in"] - v["cold_out"]), ("waiting", -1 * work)):
        constant = -(site.training + site.inference) if store == "waiting" else 0.0
        model.add_constraints(v[store] - v[store].roll(hour=1) - gain == -constant)
    model.add_constraints(v["protected"] - v["running"] == site.idle_mw)
    model.add_constraints(site.heat * v["protected"] + v["cold_in"] - v["cold_out"] - v["heat"] == 0)
    supply = v["solar"] + v["wind"] + v["engines"] + v["utility"] + v["discharge"] - v["charge"]
    model.add_constraints(supply - site.drawn * v["protected"] - _by_hour(site.chilling, hours) * v["heat"] == 0)
    capital = sum(site.cost[name] * each for name, each in size.items())
    energy = (site.engine_usd_per_mwh * v["engines"]).sum() + (
        _by_hour(site.grid_usd_per_mwh, hours) * v["utility"]
    ).sum()
    model.add_objective(capital + energy)
    built = time.perf_counter()
    status = model.solve(solver_name="highs", **options)
    if status[0] != "ok":
        sys.exit(f"linopy: {status}")
    usd = model.objective.value + site.cost["tank_power"] * site.tank_mw
    return {"build_s": built - began, "solve_s": time.perf_counter() - built, "gap_%": 0.0, "usd": float(usd),
            "columns": float(model.nvars)}  # fmt: skip


def _by_hour(values: np.ndarray, hours: pd.Index) -> Any:
    import xarray as xr

    return xr.DataArray(values, coords=[hours])


HIPO = {"solver": "hipo", "run_crossover": "on"}
FAST = {"solver": "hipo", "run_crossover": "off"}
FIRST_ORDER = {"solver": "hipdlp", "run_crossover": "off", "kkt_tolerance": 1e-4, "pdlp_optimality_tolerance": 1e-4}
WAYS: dict[str, Callable[[], Found]] = {
    BASE: certified,
    "gigasite, exact": exact,
    "PyPSA, defaults": partial(pypsa, {}),
    "PyPSA, HiPO": partial(pypsa, {"io_api": "direct", **HIPO}),
    "PyPSA, HiPO without crossover": partial(pypsa, {"io_api": "direct", **FAST}),
    "PyPSA, hipdlp at 1e-4": partial(pypsa, {"io_api": "direct", **FIRST_ORDER}),
    "linopy, HiPO": partial(linopy, {"io_api": "direct", **HIPO}),
    "linopy, HiPO without crossover": partial(linopy, {"io_api": "direct", **FAST}),
    "Pyomo appsi_highs, defaults": partial(pyomo_highs, "appsi_highs", {}),
    "Pyomo appsi_highs, HiPO": partial(pyomo_highs, "appsi_highs", HIPO),
    "Pyomo highs, HiPO": partial(pyomo_highs, "highs", HIPO),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--limit", type=float, default=900.0, help="seconds for one run")
    parser.add_argument("--ways", nargs="*", default=list(WAYS), choices=list(WAYS), metavar="WAY")
    parser.add_argument("--csv", type=Path, default=Path("benchmarks/peers.csv"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        began = time.perf_counter()
        found = WAYS[given.one]()
        found |= {"total_s": time.perf_counter() - began}
        found |= {"peak_mb": peak_memory_mb()}
        print(json.dumps(found))
        return
    measurements = {way: Measurement(__file__, ["--one", way]) for way in given.ways}
    found = in_turns(measurements, repeats=given.repeats, limit=given.limit)
    base = found.get(BASE, {}).get("total_s")
    for each in found.values():
        each |= {"total / certified": each["total_s"] / base} if base and each["runs"] else {}
    report([{"way": way, **each} for way, each in found.items()], given.csv)


if __name__ == "__main__":
    main()
