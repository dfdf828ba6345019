"""What a comparison of plans says, as plain data: who is best at what, figures and sizes side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..content import cost as cost_content
from ..content import plan as content
from ..language import listed, say
from ..results.results import Results, phases
from ..words import (
    MINUS,
    NOTHING,
    SHARES,
    change,
    headline,
    millions,
    name_in_words,
    number,
    phase_in_words,
    quantity,
    row,
)
from .comparing import (
    cost,
    input_in_words,
    last_kpi,
    middle,
    swings,
    titles,
)

SIDE_BY_SIDE = 5
"""Runs that fit beside each other on a page; more go on in further tables."""

NOTABLE = 0.01
"""A change of one per cent, or of one percentage point, is highlighted."""

OVERVIEW = ("accelerators", "facility_peak", "annual_cost", "cost_per_gpu_hour", "pue_annual", "co2", "water_annual")
"""Headline figures of the overview, a column each."""

BEST: tuple[tuple[str, bool], ...] = (
    ("cost_per_gpu_hour", False),
    ("annual_cost", False),
    ("co2", False),
    ("water_annual", False),
    ("facility_peak", False),
    ("compute_delivered", True),
)
"""Headline figure and whether more of it is better."""

Cell = dict[str, Any]


def compared(runs: Sequence[Results], title: str) -> dict[str, Any]:
    """Return everything that the report of a comparison says."""
    names = titles(runs)
    parts = [(names[at : at + SIDE_BY_SIDE], runs[at : at + SIDE_BY_SIDE]) for at in range(0, len(runs), SIDE_BY_SIDE)]
    return {
        "title": title,
        "lines": [*best(runs), *_phases(runs)],
        "overview_heads": overview_heads(runs),
        "overview": overview(runs),
        "figures_by_group": [
            {"names": group, "first": names[0], "groups": _groups(runs, part)} for group, part in parts
        ],
        "sizes": [{"names": group, "rows": sizes(runs, part)} for group, part in parts],
        "costs": [{"names": group, "rows": costs(runs, part)} for group, part in parts],
        "swings": _swing_rows(runs),
        "cautions": _cautions(runs, names),
        "runs": [
            [name, str(run.run.get("name", run.site)), run.scenario, content.status_line(run)]
            for name, run in zip(names, runs, strict=True)
        ],
        "assumptions": [],
        "unverified": [],
    }


def _cautions(runs: Sequence[Results], names: Sequence[str]) -> list[str]:
    """Return what to know before relying on the runs: once what holds for all, by name what holds for some."""
    told = {name: content.cautions(run) for name, run in zip(names, runs, strict=True)}
    lines = list(dict.fromkeys(line for each in told.values() for line in each))
    of_all = [line for line in lines if all(line in each for each in told.values())]
    return of_all + [
        say("{title}: {dates}", title=listed([name for name in names if line in told[name]]), dates=line)
        for line in lines
        if line not in of_all
    ]


def best(runs: Sequence[Results]) -> list[str]:
    """Return in a sentence each which run is best at what, and by how much it beats the worst."""
    lines = []
    names = titles(runs)
    for name, more in BEST:
        values = [last_kpi(run, name) for run in runs]
        known = [
            (value, label)
            for value, label in zip(values, names, strict=True)
            if value is not None and not pd.isna(value)
        ]
        if len(known) < 2:
            continue
        low, high = min(known), max(known)
        if high[0] - low[0] <= NOTABLE * abs(high[0]):
            continue
        winner, loser = (high, low) if more else (low, high)
        unit = _unit(runs, name)
        lines.append(
            say(
                "{figure}: {sense} with {winner} ({value}), against {other} with {loser}.",
                figure=headline(name),
                sense=say("most") if more else say("least"),
                winner=winner[1],
                value=quantity(winner[0], unit, name=name),
                other=quantity(loser[0], unit, name=name),
                loser=loser[1],
            )
        )
    return lines or [say("No headline figure differs by more than one per cent.")]


def _phases(runs: Sequence[Results]) -> list[str]:
    last = {phases(run)[-1] for run in runs}
    if len(last) == 1:
        return [say("Every figure is of the last phase, from {phase}.", phase=phase_in_words(last.pop()))]
    told = {phase_in_words(phase) for phase in last}
    return [
        say(
            "Every figure is of the last phase, which begins between {first} and {last}.",
            first=min(told),
            last=max(told),
        )
    ]


def overview(runs: Sequence[Results]) -> list[list[Cell]]:
    """Return a row for each run: its name and the figures of `OVERVIEW`, with a mark where they differ notably."""
    columns = []
    for name in _known(runs):
        values = [last_kpi(run, name) for run in runs]
        texts, _ = row(values, _unit(runs, name), name=name)
        columns.append(
            [
                {"text": text, "notable": notable(name, value, values[0])}
                for text, value in zip(texts, values, strict=True)
            ]
        )
    return [
        [{"text": f"{place + 1}  {label}", "notable": False}, *(column[place] for column in columns)]
        for place, label in enumerate(titles(runs))
    ]


def overview_heads(runs: Sequence[Results]) -> list[str]:
    """Return the headings of `overview`: figure and unit."""
    heads = [""]
    for name in _known(runs):
        _, unit = row([last_kpi(run, name) for run in runs], _unit(runs, name), name=name)
        heads.append(f"{headline(name)}, {unit}" if unit else headline(name))
    return heads


def _known(runs: Sequence[Results]) -> list[str]:
    return [name for name in OVERVIEW if any(last_kpi(run, name) is not None for run in runs)]


def _unit(runs: Sequence[Results], name: str) -> str:
    return next(
        str(run.kpis.loc[run.kpis["name"] == name, "unit"].iloc[0]) for run in runs if (run.kpis["name"] == name).any()
    )


def _groups(runs: Sequence[Results], part: Sequence[Results]) -> list[dict[str, Any]]:
    """Return headline figures by group: label, unit, and a cell for each run of a part."""
    every = dict.fromkeys(str(name) for run in runs for name in run.kpis["name"])
    grouped = {name for names in content.GROUPS.values() for name in names}
    groups = {**content.GROUPS, "Other": tuple(name for name in every if name not in grouped)}
    found = []
    for title, names in groups.items():
        rows = [_cells(runs[0], part, name, _unit(runs, name)) for name in names if name in every]
        if rows:
            found.append({"title": say(title), "rows": rows})
    return found


def _cells(first: Results, part: Sequence[Results], name: str, unit: str) -> dict[str, Any]:
    before, values = last_kpi(first, name), [last_kpi(run, name) for run in part]
    texts, shown = row([before, *values], unit, name=name)
    cells = [
        {"text": text, "change": change(name, value, before), "notable": notable(name, value, before)}
        for text, value in zip(texts[1:], values, strict=True)
    ]
    return {"label": headline(name), "unit": shown, "cells": cells}


def notable(name: str, value: float | None, first: float | None) -> bool:
    """Tell whether a figure differs enough from the first run's to be highlighted."""
    if value is None or first is None or pd.isna(value) or pd.isna(first):
        return (value is None) != (first is None)
    return abs(value - first) >= NOTABLE * (1.0 if name in SHARES else max(abs(first), 1e-12))


def sizes(runs: Sequence[Results], part: Sequence[Results]) -> list[dict[str, Any]]:
    """Return component, quantity, unit and a size for each run of a part, of the last phase."""
    every: dict[tuple[str, str, str], None] = {}
    found = []
    for run in runs:
        found.append(_sizes_of(run))
        every.update(dict.fromkeys(found[-1]))
    by_run = {id(run): each for run, each in zip(runs, found, strict=True)}
    rows = []
    for key in every:
        values = [by_run[id(run)].get(key, 0.0) for run in part]
        before = found[0].get(key, 0.0)
        texts, shown = row([before, *values], key[2])
        cells = [{"text": t, "notable": notable("", v, before)} for t, v in zip(texts[1:], values, strict=True)]
        rows.append({"label": [name_in_words(key[0]), name_in_words(key[1])], "unit": shown, "cells": cells})
    return rows


def _sizes_of(run: Results) -> dict[tuple[str, str, str], float]:
    table = run.capacities[(run.capacities["phase"] == phases(run)[-1]) & (run.capacities["value"] > 0)]
    columns = table[["component", "quantity", "unit", "value"]].itertuples(index=False)
    return {(str(c), str(q), str(u)): float(v) for c, q, u, v in columns}


def costs(runs: Sequence[Results], part: Sequence[Results]) -> list[dict[str, Any]]:
    """Return million USD a year by family of components for each run of a part, the total last."""
    by_run = {id(run): {s.name: s.usd_per_year for s in cost_content.steps(run, phases(run)[-1])} for run in runs}
    names = dict.fromkeys(name for each in by_run.values() for name in each)
    first = by_run[id(runs[0])]
    rows = []
    for name in names:
        values = [by_run[id(run)].get(name, 0.0) for run in part]
        cells = [{"text": millions(v), "notable": notable("", v, first.get(name, 0.0))} for v in values]
        rows.append({"label": name, "cells": cells})
    totals = [sum(by_run[id(run)].values()) for run in part]
    cells = [{"text": millions(v), "notable": notable("", v, sum(first.values()))} for v in totals]
    return [*rows, {"label": say("Total"), "cells": cells}]


def _swing_rows(runs: Sequence[Results]) -> list[list[str]]:
    """Return input, its two values, and what the cost becomes with each."""
    found = swings(runs)
    reference = cost(middle(runs)) if found else None
    rows = []
    for swing in found:
        cells = [input_in_words(swing.path)]
        for end in (swing.low, swing.high):
            if end is None:
                cells += [NOTHING, NOTHING]
            else:
                moved = f" ({100 * (end[1] / reference - 1):+.1f} %)".replace("-", MINUS) if reference else ""
                cells += [end[0], f"{number(end[1])}{moved}"]
        rows.append(cells)
    return rows
