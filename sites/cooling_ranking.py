"""The comparison as tables: figures, costs, ranks with the reason of each winner, and what temperatures change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from gigasite.models.component import Floats
from gigasite.models.cooling import CoolingSystem
from gigasite.models.progress import Progress, Stage, silent
from gigasite.models.redundancy import Redundancy
from gigasite.models.terminals import ColdPlate

from .cooling_comparison import FIGURES, Load, Outcome, evaluate
from .cooling_operation import Operation
from .cooling_options import Option
from .cooling_weather import Surroundings

SUPPLIES_C = (17.0, 22.0, 27.0, 30.0, 32.0, 36.0, 40.0, 45.0, 50.0)
LIQUID_SHARES = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
SCHEMES: tuple[Redundancy, ...] = ("N", "N+1", "2N")
SWEPT = ("pue_annual", "pue_design", "wue_annual", "trim_hours", "grid_peak", "capex", "cost_per_it_mwh")
PERCENTILES = np.linspace(0.0, 100.0, 201)
REASONS = 2  # named for and against the winner


@dataclass(frozen=True, eq=False)
class Comparison:
    """Every option in every place.

    Parameters
    ----------
    load : Load
        What is the same for all.
    labels : mapping of str to str
        Options and their names for people, in the order of the file.
    places : mapping of str to str
        Sites and their names for people.
    figures : DataFrame
        ``place, option, rank``, every name of `FIGURES`, ``unfit``; rank is missing for references and what is unfit.
    costs : DataFrame
        ``place, option, reason, usd_per_year``.
    sweeps : DataFrame
        ``place, option, sweep, value``, names of `SWEPT`; sweeps are ``supply`` [degC], ``liquid_share`` [1] and
        ``redundancy``.
    overhead : DataFrame
        ``place, option, percentile, overhead``: facility over IT power, exceeded in so many percent of the hours.
    winners : mapping of str to str
        By site, the sentence that says which option is best and why.
    warnings : tuple of str
    """

    load: Load
    labels: Mapping[str, str]
    places: Mapping[str, str]
    figures: pd.DataFrame
    costs: pd.DataFrame
    sweeps: pd.DataFrame
    overhead: pd.DataFrame
    winners: Mapping[str, str]
    warnings: tuple[str, ...]


def compare(
    places: Sequence[Surroundings], options: Sequence[Option], load: Load, *, progress: Progress = silent
) -> Comparison:
    """Return the comparison of options in places.

    Parameters
    ----------
    places : sequence of Surroundings
    options : sequence of Option
    load : Load
    progress : Progress
        Told each place.
    """
    figures, costs, sweeps, overhead = [], [], [], []
    winners: dict[str, str] = {}
    asked: dict[str, list[str]] = {}
    for number, place in enumerate(places):
        progress(Stage("compare", fraction=number / len(places), note=place.name))
        known: dict[tuple[str, str], Operation] = {}
        outcomes = {option.name: evaluate(option, place, load, known) for option in options}
        ranks = _ranks(outcomes, options)
        for name, outcome in outcomes.items():
            own = {"place": place.key, "option": name}
            figures.append({**own, "rank": ranks.get(name), **outcome.figures, "unfit": outcome.unfit})
            for setting in outcome.settings_outside:
                asked.setdefault(setting, []).append(name)
            costs += [{**own, "reason": reason, "usd_per_year": value} for reason, value in outcome.costs.items()]
            overhead += _duration(place.key, name, outcome.overhead)
        sweeps += [row for option in options for row in _sweeps(option, place, load, known)]
        winners[place.key] = _reason(place, options, outcomes, ranks)
    return Comparison(
        load=load,
        labels={option.name: option.label for option in options},
        places={place.key: place.name for place in places},
        figures=pd.DataFrame(figures, columns=["place", "option", "rank", *FIGURES, "unfit"]),
        costs=pd.DataFrame(costs, columns=["place", "option", "reason", "usd_per_year"]),
        sweeps=pd.DataFrame(sweeps, columns=["place", "option", "sweep", "value", *SWEPT]),
        overhead=pd.DataFrame(overhead, columns=["place", "option", "percentile", "overhead"]),
        winners=winners,
        warnings=(*(f"{place.key}: {each}" for place in places for each in place.warnings), *_cautions(asked)),
    )


def _cautions(asked: Mapping[str, Sequence[str]]) -> list[str]:
    """Say which settings lie outside published ranges, a sentence for each range, and in how many options."""
    ranges: dict[str, tuple[list[str], set[str]]] = {}
    for setting, names in asked.items():
        published, _, value = setting.partition(", asked ")
        values, options = ranges.setdefault(published, ([], set()))
        values.append(value)
        options.update(names)
    return [
        f"outside its published range at every hour: {published}, asked {', '.join(sorted(values, key=float))}"
        f" by {len(options)} option{'' if len(options) == 1 else 's'}"
        for published, (values, options) in ranges.items()
    ]


def _ranks(outcomes: Mapping[str, Outcome], options: Sequence[Option]) -> dict[str, int]:
    """Rank by cost what the place can have; references stand beside."""
    able = [o.name for o in options if not o.reference and not outcomes[o.name].unfit]
    by_cost = sorted(able, key=lambda name: outcomes[name].figures["cost_per_it_mwh"])
    return {name: position + 1 for position, name in enumerate(by_cost)}


def _duration(place: str, option: str, overhead: Floats) -> list[dict[str, object]]:
    values = np.percentile(overhead, 100.0 - PERCENTILES)
    return [
        {"place": place, "option": option, "percentile": p, "overhead": v}
        for p, v in zip(PERCENTILES, values, strict=True)
    ]


def _reason(
    place: Surroundings, options: Sequence[Option], outcomes: Mapping[str, Outcome], ranks: Mapping[str, int]
) -> str:
    """Say in one sentence why the winner wins against the next best."""
    labels = {o.name: f"{o.label} (needs {o.needs})" if o.needs else o.label for o in options}
    order = sorted(ranks, key=lambda name: ranks[name])
    if not order:
        unfit = [f"{labels[name]} {outcome.unfit}" for name, outcome in outcomes.items() if outcome.unfit]
        return f"{place.name}: no option fits; {'; '.join(unfit) or 'only some for comparison were given'}."
    first = outcomes[order[0]]
    said = f"{place.name}: {labels[order[0]]} cost least, {first.figures['cost_per_it_mwh']:.2f} USD per MWh of IT"
    if len(order) == 1:
        return f"{said}, the only option that fits."
    second = outcomes[order[1]]
    energy = first.figures["annual_cost"] / first.figures["cost_per_it_mwh"]
    saved = {r: (second.costs.get(r, 0.0) - first.costs.get(r, 0.0)) / energy for r in {**first.costs, **second.costs}}
    better = sorted((r for r in saved if saved[r] >= 0.005), key=lambda r: -saved[r])[:REASONS]
    worse = sorted((r for r in saved if saved[r] <= -0.005), key=lambda r: saved[r])[:1]
    margin = second.figures["cost_per_it_mwh"] - first.figures["cost_per_it_mwh"]
    gains = " and ".join(f"{saved[r]:.2f} less for {r}" for r in better) or "no single cost stands out"
    losses = "".join(f", against {-saved[r]:.2f} more for {r}" for r in worse)
    return f"{said}, {margin:.2f} less than {labels[order[1]]}: {gains}{losses}."


def _sweeps(
    option: Option, place: Surroundings, load: Load, known: dict[tuple[str, str], Operation]
) -> list[dict[str, object]]:
    """Return what supply temperature, liquid share and redundancy change."""
    variants: list[tuple[str, object, Option]] = []
    if isinstance(option.liquid, ColdPlate):
        for supply in SUPPLIES_C:
            variants.append(("supply", supply, replace(option, liquid=_with(option.liquid, supply=supply))))
        for share in LIQUID_SHARES:
            variants.append(("liquid_share", share, replace(option, liquid_share=share)))
    for scheme in SCHEMES:
        chain = option.power_chain or place.power_chain
        spread = replace(
            option,
            liquid=None if option.liquid is None else _with(option.liquid, redundancy=scheme),
            hall=_with(option.hall, redundancy=scheme),
            power_chain=chain.model_copy(update={"redundancy": scheme}),
        )
        variants.append(("redundancy", scheme, spread))
    rows = []
    for sweep, value, variant in variants:
        found = evaluate(variant, place, load, known).figures
        rows.append(
            {"place": place.key, "option": option.name, "sweep": sweep, "value": value, **{n: found[n] for n in SWEPT}}
        )
    return rows


def _with(system: CoolingSystem, **changes: object) -> CoolingSystem:
    return system.model_copy(update=changes)
