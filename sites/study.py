"""From a site to a plan: the whole program as one readable function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from io import StringIO
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from gigasite import climate, solvers
from gigasite.models.conditions import Conditions
from gigasite.models.network import assemble
from gigasite.models.progress import Progress, Stage, silent
from gigasite.models.timeline import Timeline
from gigasite.solvers.explain import Unmet

from .cash_flow import cash_flow, returns
from .curtailment import curtailment_table
from .delay import delay_costs
from .deriving import derive
from .doubts import asked_ranges, doubts, warnings
from .embodied import embodied_carbon
from .flexible_connection import flexibility_table
from .horizon import cycles, facts, timeline
from .hourly_table import hourly_table
from .kpis import kpis
from .levelised import levelised_costs
from .orders import critical_path, orders
from .outage_windows import outage_table
from .outcomes import outcomes
from .plan import Plan
from .reach import check_reach
from .remedies import advised
from .resolving import inputs
from .rolling import Foresight, foresight, nothing
from .site import Site
from .survival import survival_table
from .suspicions import suspicions
from .tables import Finished, capacities, costs, energy
from .watch import Watch, peak_memory_mb

PACKAGES = ("gigasite", "highspy", "pyomo", "numpy", "pvlib", "pydantic")


def study(
    site: Site, *, progress: Progress = silent, frozen: bool = False, memory: solvers.Memory | None = None
) -> Plan:
    """Return the verified plan of a site.

    Parameters
    ----------
    site : Site
        As read; a scenario is a site with changes applied.
    progress : Progress
        Told each stage.
    frozen : bool
        The sizes are all fixed (`gigasite.sites.frozen`): dispatch them, and count what they cannot supply.
    memory : Memory or None
        Of plans made before this one, to which it is added; one that differs only in numbers makes this one quicker.

    Raises
    ------
    PlanError
        If the weather is wrong, no plan exists, or the solver's answer does not pass the checks.
    """
    watch = Watch(progress)
    done, days = finished(site, watch, frozen=frozen, memory=memory)
    rolled = watch.stage("rolling", lambda: foresight(done, watch.tell)) if site.settings.rolling else None
    tables = watch.stage("tables", lambda: _tables(done))
    return Plan(
        site=site.key,
        scenario=site.scenario,
        kpis=kpis(done),
        capacities=capacities(done),
        costs=costs(done),
        energy=energy(done),
        hourly=hourly_table(done),
        run=_run(done, watch, days, rolled),
        site_yaml=_as_yaml(site.resolved),
        assumptions=inputs(site),
        tables={**tables, "foresight": nothing() if rolled is None else rolled.table},
    )


def finished(
    site: Site, watch: Watch, *, frozen: bool = False, memory: solvers.Memory | None = None
) -> tuple[Finished, list[Conditions]]:
    """Return a site solved and verified, from which every table is read, and its design days; see `study`."""
    weather = watch.stage("climate", lambda: climate.load(site.climate, site.place, site.folder))
    days = climate.days(site.climate, site.place, weather)
    if not frozen:  # a fixed design is dispatched however hot it gets, and what it is short of is counted
        check_reach(site, days)
    year = weather.conditions()
    hottest = [(day.name, int(day.conditions.times[0].month)) for day in days]
    phases = timeline(site, cycles(site, weather.years, hottest))
    network = watch.stage("build", lambda: _assembled(site, phases, year, [day.conditions for day in days]))
    compiled = watch.stage("load", lambda: solvers.compile_network(network))
    columns = compiled.matrix.a.shape[1]
    watch.tell(Stage("solve", note=f"{columns:,} unknowns", size=columns))
    if frozen:
        solution = solvers.evaluate(compiled, seconds=site.settings.time_limit, progress=watch.tell)
    else:
        try:
            solution = solvers.optimise(
                compiled,
                method=site.settings.method,
                most_compute=site.goal == "most_compute",
                gap=site.settings.gap,
                seconds=site.settings.time_limit,
                whole_racks=site.settings.round,
                memory=memory,
                progress=watch.tell,
            )
        except Unmet as error:
            advice = advised(site, year, weather.years, days, error)
            raise Unmet((*error.problems, *filter(None, [advice])), error.short) from error
    watch.solved(dict(solution.seconds))
    return Finished(site, compiled, solution, year, weather), [day.conditions for day in days]


def _assembled(site: Site, phases: Timeline, year: Conditions, days: Sequence[Conditions]) -> Any:
    series = derive(site.components, phases, year, days)
    return assemble(site.components, series, phases, facts(site, phases))


def _tables(finished: Finished) -> dict[str, pd.DataFrame]:
    investor = finished.site.money.investor
    return {
        "orders": orders(finished),
        "levelised": levelised_costs(finished),
        "delay": delay_costs(finished),
        "embodied": embodied_carbon(finished),
        "cash_flow": cash_flow(finished, investor),
        "returns": returns(finished, investor),
        "outages": outage_table(finished),
        "survival": survival_table(finished),
        "curtailment": curtailment_table(finished),
        "flexibility": flexibility_table(finished),
        "outcomes": outcomes(finished),
    }


def _run(finished: Finished, watch: Watch, days: Sequence[Conditions], rolled: Foresight | None) -> dict[str, Any]:
    ranges = asked_ranges(finished.site.components, finished.year, days)
    site, matrix, solution = finished.site, finished.compiled.matrix, finished.solution
    origin = finished.weather.provenance
    return {
        "status": "optimal",
        "name": site.name,
        "method": solution.method,
        "sizing_objective_usd": solution.sizing_usd,
        "dispatch_objective_usd": solution.dispatch_usd,
        "bound_usd": solution.bound_usd,
        "certified_gap": solution.gap,
        "sizes_from": solution.sizes_from,
        "checks": dict(solution.checks),
        "aggregation_error": 0.0,
        "seconds": {name: round(value, 3) for name, value in watch.seconds.items()},
        "memory_mb": {name: round(value, 1) for name, value in watch.memory_mb.items()},
        "model": {"rows": matrix.a.shape[0], "columns": matrix.a.shape[1], "nonzeros": int(matrix.a.nnz)},
        "peak_memory_mb": round(peak_memory_mb(), 1),
        "versions": {name: metadata.version(name) for name in PACKAGES},
        "inputs": {path.name: digest for path, digest in site.inputs.items()},
        "climate": {"kind": origin.kind, "source": origin.source, "licence": origin.licence, "note": origin.note},
        "ranges": ranges,
        "warnings": [
            *site.warnings,
            *finished.weather.warnings,
            *finished.warnings(),
            *suspicions(finished),
            *solution.warnings,
            *doubts(site),
            *warnings(ranges),
        ],
        "critical_path": critical_path(finished).sentence,
        "foresight": None if rolled is None else rolled.record(),
        "notes": [*finished.weather.notes, *_kept(solution), *([] if rolled is None else [rolled.sentence])],
    }


def _kept(solution: solvers.Solution) -> list[str]:
    """Say so where the sizes are those of another plan."""
    if not solution.sizes_from:
        return []
    return [
        f"The sizes are those of {solution.sizes_from}, which differs only in numbers: at them the cost is certified"
        f" within {solution.gap:.2%} here too. With a smaller gap they are chosen anew."
    ]


def _as_yaml(resolved: Mapping[str, Any]) -> str:
    text = StringIO()
    YAML().dump(dict(resolved), text)
    return text.getvalue()
