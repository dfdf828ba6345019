"""Plans side by side: one tidy table, the frontier of cost and carbon, what the inputs of a sensitivity move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from ..results.results import Results, kpi, phases
from ..words import name_in_words

COLUMNS = ("run", "site", "scenario", "phase", "table", "name", "value", "unit", "difference")
"""Columns of ``compare.csv``."""

SENSITIVITY = "sensitivity"
LOW, HIGH = "low", "high"


@dataclass(frozen=True)
class Swing:
    """What one input moves, from its low to its high end.

    Parameters
    ----------
    path : str
        The input, as the sweep names it.
    low, high : tuple of str and float
        Value of the input, and what the figure becomes; None where that end has no plan.
    """

    path: str
    low: tuple[str, float] | None
    high: tuple[str, float] | None

    def width(self, middle: float) -> float:
        """Return how far it moves the figure away from the middle."""
        return max((abs(end[1] - middle) for end in (self.low, self.high) if end), default=0.0)


def labels(runs: Sequence[Results]) -> list[str]:
    """Return a name for each run: its scenario, with its site where sites differ; equal ones are numbered."""
    sites = {run.site for run in runs}
    names = [run.scenario if len(sites) == 1 else f"{run.site}, {run.scenario}" for run in runs]
    count, seen = Counter(names), Counter[str]()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name} ({seen[name]})" if count[name] > 1 else name)
    return found


def titles(runs: Sequence[Results]) -> list[str]:
    """Return the `labels` as people read them, in words that a heading can break."""
    return [label.replace("_", " ") for label in labels(runs)]


def table(runs: Sequence[Results]) -> pd.DataFrame:
    """Return headline figures, sizes and costs of every run and phase, one a row.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`. ``difference`` is the value less that of the first run in the phase of the same name, in the last
        phase less that of its last phase; not a number where the first run has no such figure.
    """
    rows = []
    first: dict[tuple[str, str, str], float] = {}
    for number, (run, label) in enumerate(zip(runs, labels(runs), strict=True)):
        last = phases(run)[-1]
        for phase, kind, name, value, unit in _figures(run):
            keys = [("", kind, name)] if phase == last else []
            keys.append((phase, kind, name))
            if number == 0:
                first.update(dict.fromkeys(keys, value))
            before = next((first[key] for key in keys if key in first), float("nan"))
            rows.append((label, run.site, run.scenario, phase, kind, name, value, unit, value - before))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _figures(run: Results) -> Iterator[tuple[str, str, str, float, str]]:
    for phase, name, value, unit in run.kpis[["phase", "name", "value", "unit"]].itertuples(index=False):
        yield str(phase), "kpis", str(name), float(value), str(unit)
    sizes = run.capacities[["phase", "component", "quantity", "value", "unit"]]
    for phase, component, quantity, value, unit in sizes.itertuples(index=False):
        yield str(phase), "capacities", f"{component}.{quantity}", float(value), str(unit)
    costs = run.costs[["phase", "component", "reason", "usd_per_year"]]
    for phase, component, reason, usd in costs.itertuples(index=False):
        yield str(phase), "costs", f"{component}.{reason}", float(usd), "USD/yr"


def last_kpi(run: Results, name: str) -> float | None:
    """Return a headline figure of the last phase."""
    return kpi(run, phases(run)[-1], name)


def cost(run: Results) -> float | None:
    """Return the cost by which runs are compared: USD per H100-hour where there is work, else USD a year."""
    hour = last_kpi(run, "cost_per_gpu_hour")
    return last_kpi(run, "annual_cost") if hour is None else hour


def carbon(run: Results) -> float | None:
    """Return the CO2 by which runs are compared: grams per H100-hour where there is work, else tonnes a year."""
    co2, work = last_kpi(run, "co2"), last_kpi(run, "compute_delivered")
    return co2 if co2 is None or not work else 1e6 * co2 / work


def frontier(points: Sequence[tuple[float, float]]) -> list[int]:
    """Return the numbers of the points that no other beats in one measure without losing in the other, by the first."""
    order = sorted(range(len(points)), key=lambda number: points[number])
    found: list[int] = []
    for number in order:
        if not found or points[number][1] < points[found[-1]][1]:
            found.append(number)
    return found


def middle(runs: Sequence[Results]) -> Results:
    """Return the run from which a sensitivity departs: the one that a sweep left unchanged, else the first."""
    return next((run for run in runs if run.run.get("sweep", {}).get("kind") == "unchanged"), runs[0])


def swings(runs: Sequence[Results]) -> list[Swing]:
    """Return what the inputs of a sensitivity move of the cost, the widest first; empty where no run is of one.

    Of several sites, only the site from whose run the others depart.
    """
    site = middle(runs).site
    ends: dict[str, dict[str, tuple[str, float]]] = {}
    for run in runs:
        sweep, value = run.run.get("sweep", {}), cost(run)
        if sweep.get("kind") != SENSITIVITY or value is None or run.site != site:
            continue
        # A sweep calls the two runs of an input by its name and the end that they are.
        end = LOW if run.scenario.endswith(f"_{LOW}") else HIGH
        for path, given in sweep.get("changes", {}).items():
            ends.setdefault(str(path), {})[end] = (str(given), value)
    found = [Swing(path, each.get(LOW), each.get(HIGH)) for path, each in ends.items()]
    reference = cost(middle(runs)) if found else None
    return sorted(found, key=lambda swing: (-swing.width(reference or 0.0), swing.path))


def input_in_words(path: str) -> str:
    """Return ``grid.utility.energy_price`` as people read it: its last two names."""
    return ", ".join(name_in_words(part) for part in path.split(".")[-2:])
