"""How fast a year of hours becomes a matrix: templates expanded as arrays, against Pyomo row by row.

Each way runs in a process of its own, so that its peak memory is its own. Usage: ``python benchmarks/compiler.py``.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from functools import partial

import numpy as np
import pandas as pd
import pyomo.environ as pyo
from measuring import Measurement, in_turns
from pyomo.core.base import constraint as pyomo_constraint

import gigasite.models.technologies  # noqa: F401
from gigasite.climate import design_values, generate, normals
from gigasite.models.component import Component, Series
from gigasite.models.given import SiteFacts
from gigasite.models.network import assemble
from gigasite.models.timeline import Phase, Timeline, full_year
from gigasite.sites.watch import peak_memory_mb

STARTS = (date(2026, 1, 1), date(2028, 1, 1), date(2031, 1, 1))
END = date(2041, 1, 1)
REPEATS = 3
SITE = (
    {"kind": "load", "name": "campus", "demand": "100 MW"},
    {"kind": "pv_tracking", "name": "solar", "size": {"maximum": "1 GW"}},
    {"kind": "pv_fixed", "name": "roof", "size": {"maximum": "1 GW"}},
    {"kind": "wind", "name": "wind", "size": {"maximum": "1 GW"}},
    {"kind": "battery", "name": "bess", "power": {"maximum": "1 GW"}, "energy": {"maximum": "8 GWh"}},
    {"kind": "battery", "name": "bess_2", "power": {"maximum": "1 GW"}, "energy": {"maximum": "8 GWh"}},
    {"kind": "generator", "name": "engines", "technology": "gas_engine", "fuel": "gas", "size": {"maximum": "1 GW"}},
    {"kind": "generator", "name": "gts", "technology": "gas_turbine_frame", "fuel": "gas", "size": {"maximum": "1 GW"}},
    {"kind": "natural_gas", "name": "pipeline", "price": "5 USD/MMBtu"},
    {
        "kind": "grid", "name": "utility", "size": {"maximum": "200 MW"}, "energy_price": "75 USD/MWh",
        "demand_charge": "12 USD/kW/month", "emission": "400 kg/MWh", "carbon_free_share": 0.3,
    },
)  # fmt: skip


def network(*, templates: bool):
    """Assemble the site on every hour of three phases."""
    ends = [*STARTS[1:], END]
    timeline = Timeline(STARTS[0], tuple(Phase(a, b, 3.0) for a, b in zip(STARTS, ends, strict=True)), (full_year(),))
    place = normals("abu_dhabi")
    weather = generate(place.place, place, design_values("abu_dhabi")).conditions()
    components = [Component.from_dict(each) for each in SITE]
    series = {
        each.name: {
            name: Series(np.tile(one.values, len(STARTS)), one.unit) for name, one in each.derive(weather).items()
        }
        for each in components
    }
    most = (1000.0,) * len(STARTS)
    facts = SiteFacts(decision=STARTS[0], cost_of_capital=0.06, largest_mw=most, largest_kh100=most)
    began = time.perf_counter()
    made = assemble(components, series, timeline, facts, templates=templates)
    return made, time.perf_counter() - began


def arrays() -> dict[str, float]:
    """Templates, expanded as arrays."""
    from gigasite.solvers.matrix import compile_network

    made, build = network(templates=True)
    began = time.perf_counter()
    matrix = compile_network(made).matrix
    return {"rows": matrix.a.shape[0], "columns": matrix.a.shape[1], "nonzeros": matrix.a.nnz, "build_s": build,
            "compile_s": time.perf_counter() - began}  # fmt: skip


def rows(*, templates: bool) -> dict[str, float]:
    """Pyomo's own standard form, of Pyomo's own templates or of ordinary constraints."""
    from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

    pyomo_constraint.TEMPLATIZE_CONSTRAINTS = templates
    made, build = network(templates=False)
    began = time.perf_counter()
    form = LinearStandardFormCompiler().write(made.model, mixed_form=True)
    return {"rows": form.A.shape[0], "columns": form.A.shape[1], "nonzeros": form.A.nnz, "build_s": build,
            "compile_s": time.perf_counter() - began}  # fmt: skip


WAYS = {
    "arrays": arrays,
    "templates, Pyomo's compiler": partial(rows, templates=True),
    "ordinary Pyomo": partial(rows, templates=False),
}


def main() -> None:
    if len(sys.argv) > 1:
        found = WAYS[sys.argv[1]]()
        print(json.dumps(found | {"peak_mb": peak_memory_mb()}))
        return
    print(f"Pyomo {'.'.join(map(str, pyo.pyomo.version.version_info[:3]))}")
    found = in_turns({way: Measurement(__file__, [way]) for way in WAYS}, repeats=REPEATS)
    table = pd.DataFrame(found).drop(index=["runs", "remark"]).astype(float)
    table.loc["both_s"] = table.loc["build_s"] + table.loc["compile_s"]
    for part in ("build", "compile", "both"):
        table.loc[f"{part}_us_per_column"] = table.loc[f"{part}_s"] / table.loc["columns"] * 1e6
    print(f"Medians of {REPEATS} runs, taking turns:")
    print(table.round(2).to_string())
    print("Times the arrays:")
    print(table.div(table["arrays"], axis=0).round(1).loc[["compile_s", "both_s", "peak_mb"]].to_string())


if __name__ == "__main__":
    main()
