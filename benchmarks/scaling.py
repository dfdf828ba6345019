"""How time and memory grow with phases and threads, and what typical days would gain and lose.

``python benchmarks/scaling.py phases|days|threads|warm [--counts N ...] [--scenarios NAME ...] [--repeats 3] [--limit
SECONDS] [--csv FILE]`` plans the site of `scaling.yaml`, each plan in a process of its own:

- ``phases``: 1, 3 and 10 phases on every hour, certified, on two threads.
- ``days``: the site on 10 to 120 typical days chosen by tsam (``pip install tsam``; it holds back pandas), then every
  hour of the year at these sizes: frozen, as ``gigasite solve --sizes-from`` does, with what they cannot supply at its
  price; and grown until no hour falls short. Beside them the certified and the exact plan of every hour; the total is
  that of the grown plan. Stores are linked within each day only.
- ``warm``: 1, 5 and 20 scenarios of the base site one after the other, in which the usual price of electricity rises by
  2 or 10 % of 65 USD/MWh each time: with what the plans before leave, and each from nothing.
- ``threads``: one and three phases on one and on two threads. Two processes are what `sweep.py` measures.

The plans take turns, so that a drift of the machine touches all alike, and figures are medians.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from measuring import Found, Measurement, in_turns, report

HERE = Path(__file__).parent
SITE = HERE / "scaling.yaml"
OF_PHASES = {1: "base", 3: "three", 10: "ten"}
THREADS = 2
DAYS = (10, 20, 30, 60, 120)
SCENARIOS = (1, 5, 20)
RISES = (0.02, 0.1)
STAGES = ("build", "load", "solve", "check")


def whole(site: str, scenario: str, method: str) -> Found:
    """Plan every hour, from reading to the verified result."""
    from gigasite import sites
    from gigasite.models.progress import silent
    from gigasite.sites.study import finished
    from gigasite.sites.watch import Watch, peak_memory_mb

    began = time.perf_counter()
    read = sites.read(site, None if scenario == "base" else scenario)
    read = replace(read, settings=read.settings.model_copy(update={"method": method}))
    watch = Watch(silent)
    done, _ = finished(read, watch)
    a = done.compiled.matrix.a
    return {
        "rows": a.shape[0],
        "columns": a.shape[1],
        **{f"{name}_s": watch.seconds[name] for name in STAGES},
        "total_s": time.perf_counter() - began,
        "gap_%": 100 * done.solution.gap,
        "usd": done.solution.dispatch_usd,
        "accelerators_usd": accelerators(done),
        "peak_mb": peak_memory_mb(),
    }


def on_days(site: str, scenario: str, count: int) -> Found:
    """Plan typical days, then dispatch every hour at these sizes."""
    from typical_days import choose, grown_to_year, plan_on

    from gigasite import climate, sites
    from gigasite.models.network import DOLLARS_PER_MODEL_UNIT
    from gigasite.models.progress import silent
    from gigasite.sites.study import finished
    from gigasite.sites.tables import capacities
    from gigasite.sites.watch import Watch, peak_memory_mb

    began = time.perf_counter()
    read = sites.read(site, None if scenario == "base" else scenario)
    weather = climate.load(read.climate, read.place, read.folder)
    days = choose(read, weather.conditions(), count)
    chosen = time.perf_counter()
    short, seconds = plan_on(read, weather, days)
    planned = time.perf_counter()
    year, _ = finished(sites.frozen(read, capacities(short)), Watch(silent), frozen=True)
    checked = time.perf_counter()
    _, plan = grown_to_year(read, weather, short)
    grown = time.perf_counter()
    return {
        "columns": short.compiled.matrix.a.shape[1],
        "choose_s": chosen - began,
        **seconds,
        "frozen_s": checked - planned,
        "grown_s": grown - checked,
        "total_s": grown - checked + planned - began,
        "planned_usd": short.solution.dispatch_usd,
        "usd": year.solution.dispatch_usd,
        "accelerators_usd": accelerators(year),
        **unserved(year),
        "grown_usd": plan.objective * DOLLARS_PER_MODEL_UNIT if plan.status == "optimal" else None,
        "peak_mb": peak_memory_mb(),
    }


def accelerators(done: Any) -> float:
    """Return what the accelerators cost: most of a plan, and nearly the same in all."""
    from gigasite.sites.tables import costs

    table = costs(done)
    bought = table[table["component"].isin([c.name for c in done.site.components if c.kind == "accelerators"])]
    return float((bought["usd_per_year"] * bought["present_value_years"]).sum())


def unserved(year: Any) -> Found:
    """Return what the sizes cannot supply over the year, and what that costs at the price of the dispatch."""
    from gigasite.solvers.frozen import SHORTAGE_USD

    short = {
        name.removeprefix("balance."): missed
        for name, missed in year.solution.shortage.items()
        if not name.endswith("on design days")
    }
    worth = [phase.present_value_years for phase in year.timeline.phases]
    return {
        "shortage_usd": SHORTAGE_USD * sum(float(worth @ missed) for missed in short.values()),
        "unserved_%": max((_share(year, name, missed) for name, missed in short.items()), default=0.0),
        "short of": "; ".join(f"{name} {missed.max():,.4g}" for name, missed in short.items()),
    }


def _share(year: Any, name: str, missed: Any) -> float:
    """Return what a bus is short of over what is drawn from it, in the worst phase [%]."""
    flows = (year.yearly(term) for term in year.compiled.network.flows(name).values())
    drawn = sum(-flow.clip(max=0.0) for flow in flows)
    return float(100 * (missed / drawn).max())


def one_after_another(site: str, count: int, rise: float, *, warm: bool) -> Found:
    """Plan the site at prices of electricity that rise, from build to verified result."""
    from gigasite import sites, solvers
    from gigasite.models.progress import silent
    from gigasite.sites.study import finished
    from gigasite.sites.watch import Watch

    memory = solvers.Memory() if warm else None
    seconds, solving, gaps, kept = [], [], [], 0
    for number in range(count):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "site.yaml"
            copy.write_text(
                _at_price(Path(site).read_text(encoding="utf-8"), 65 * (1 + rise * number)), encoding="utf-8"
            )
            read = sites.read(copy)
        if memory is not None:
            memory.name = f"plan {number}"
        began = time.perf_counter()
        done, _ = finished(read, Watch(silent), memory=memory)
        seconds.append(time.perf_counter() - began)
        solving.append(done.solution.seconds["solve"])
        gaps.append(done.solution.gap)
        kept += bool(done.solution.sizes_from)
    return {
        "total_s": sum(seconds),
        "first_s": seconds[0],
        "each after_s": statistics.median(seconds[1:] or seconds),
        "solve after_s": statistics.median(solving[1:] or solving),
        "sizes kept": kept,
        "largest gap_%": 100 * max(gaps),
    }


def _at_price(text: str, usd_per_mwh: float) -> str:
    before, usual, after = text.partition("otherwise: 65 USD/MWh")
    assert usual, "scaling.yaml states another price"
    return f"{before}otherwise: {usd_per_mwh:.4g} USD/MWh{after}"


JOBS: dict[str, Callable[..., Found]] = {"whole": whole, "on_days": on_days, "one_after_another": one_after_another}


def _plan(job: str, *, threads: int = THREADS, **arguments: Any) -> Measurement:
    return Measurement(__file__, ["--one", json.dumps({"job": job, **arguments})], threads)


def phases(given: argparse.Namespace) -> list[Found]:
    """Phases on every hour."""
    counts = given.counts or list(OF_PHASES)
    plans = {n: _plan("whole", site=str(SITE), scenario=OF_PHASES[n], method="certified") for n in counts}
    found = in_turns(plans, repeats=given.repeats, limit=given.limit)
    return [{"phases": number, **each} for number, each in found.items()]


def threads(given: argparse.Namespace) -> list[Found]:
    """Phases on one thread and on two."""
    cases = [(count, number) for count in given.counts or (1, 3) for number in (1, 2)]
    plans = {
        (count, number): _plan("whole", threads=number, site=str(SITE), scenario=OF_PHASES[count], method="certified")
        for count, number in cases
    }
    found = in_turns(plans, repeats=given.repeats, limit=given.limit)
    rows = []
    for (count, number), each in found.items():
        one = found[count, 1].get("total_s")
        faster = {"one thread / this": one / each["total_s"]} if one and each["runs"] else {}
        rows.append({"phases": f"{count} phases", "threads": number, **each, **faster})
    return rows


def days(given: argparse.Namespace) -> list[Found]:
    """Typical days beside every hour of the year."""
    counts = given.counts or list(DAYS)
    plans = {}
    for name in given.scenarios:
        for method in ("exact", "certified"):
            plans[name, method] = _plan("whole", site=str(SITE), scenario=name, method=method)
        for count in counts:
            plans[name, f"{count} days"] = _plan("on_days", site=str(SITE), scenario=name, count=count)
    found = in_turns(plans, repeats=given.repeats, limit=given.limit)
    return [
        {"scenario": name, "way": way, **each, **_beside(each, found[name, "exact"])}
        for (name, way), each in found.items()
    ]


def warm(given: argparse.Namespace) -> list[Found]:
    """Scenarios that differ only in numbers, with what those before leave and from nothing."""
    cases = [(n, rise, warm) for n in given.counts or SCENARIOS for rise in RISES for warm in (False, True)]
    plans = {
        case: _plan("one_after_another", site=str(SITE), count=case[0], rise=case[1], warm=case[2]) for case in cases
    }
    found = in_turns(plans, repeats=given.repeats, limit=given.limit)
    rows = []
    for (count, rise, kept), each in found.items():
        cold = found[count, rise, False].get("each after_s")
        share = {"share of a cold one": each["each after_s"] / cold} if cold and each["runs"] else {}
        way = f"{count} {'warm' if kept else 'cold'}"
        rows.append({"price rises by": f"{100 * rise:g} % each time", "scenarios": way, **each, **share})
    return rows


def _beside(found: Found, exact: Found) -> Found:
    """Return the distances to the exact plan of every hour; those of what stands at the end, also without chips."""
    if not (found["runs"] and exact["runs"]):
        return {}
    least, final = exact["usd"], found.get("grown_usd", found["usd"])
    compared = {}
    if "planned_usd" in found:
        compared["planned over exact_%"] = 100 * (found["planned_usd"] / least - 1.0)
        compared["frozen, shortage priced, over exact_%"] = 100 * ((found["usd"] + found["shortage_usd"]) / least - 1.0)
    if final is not None:
        compared["over exact_%"] = 100 * (final / least - 1.0)
        compared["over exact, without accelerators_%"] = 100 * (final - least) / (least - exact["accelerators_usd"])
    return compared


MEASURED: dict[str, Callable[[argparse.Namespace], list[Found]]] = {
    "phases": phases,
    "days": days,
    "threads": threads,
    "warm": warm,
}


HEADS: dict[str, tuple[str, str | None]] = {
    "phases": ("phases", None),
    "days": ("way", "scenario"),
    "threads": ("threads", "phases"),
    "warm": ("scenarios", "price rises by"),
}
"""By what the columns of each table are headed, and for what there is a table of its own."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=list(MEASURED))
    parser.add_argument("--counts", nargs="*", type=int, help="phases, typical days, or scenarios")
    parser.add_argument(
        "--scenarios", nargs="*", default=["base", "clean", "lull"], help="of scaling.yaml, for typical days"
    )
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--limit", type=float, default=1800.0, help="seconds for one plan")
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(JOBS[given.one.pop("job")](**given.one)))
        return
    if given.what is None:
        parser.error(f"say what: {', '.join(MEASURED)}")
    if given.what in ("phases", "threads") and not set(given.counts or []) <= set(OF_PHASES):
        parser.error(f"scaling.yaml has {', '.join(map(str, OF_PHASES))} phases, got --counts {given.counts}")
    index, by = HEADS[given.what]
    report(MEASURED[given.what](given), given.csv or HERE / f"scaling_{given.what}.csv", index=index, by=by)


if __name__ == "__main__":
    main()
