"""Why there is no plan: which requirement is short, when, by how much, and what would fix it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gigasite.models.buses import bus
from gigasite.models.errors import InfeasibleError

from .dispatch import elastic
from .highs import INTERIOR_ONLY, OPTIMAL, Answer, solve
from .linear import Floats, Integers
from .matrix import Compiled, Matrix
from .shortage import Shortage, short_of_a_limit, short_of_year, short_on_days

REMEDIES = {
    "ac": "raise a grid offer, allow more generation or storage, or lower the demand",
    "it": "allow a larger power chain, or lower the demand",
    "heat_liquid": "allow a larger or another cooling system for the liquid loop",
    "heat_air": "allow a larger or another cooling system for the air loop",
    "compute": "allow more accelerators, partner capacity or unserved work, or lower the demand",
    "water": "raise the peak rate of the water supply, or allow a cooling system that needs less water",
    "gas": "raise the gas supply, or allow other generation",
    "floor_space": "allow a larger building",
    "carbon": "raise the carbon cap, or allow more renewables and storage",
    "firm_capacity": "allow more generation, a larger grid connection, or storage with a firm_duration; or lower the"
    " margin, the largest unit, or the demand",
    "land": "raise the land limit, or allow generation that needs less land",
    "capital": "raise the budget, or lower the demand",
}
OUTAGE_REMEDY = "keep more generation or storage on the site, store more fuel, or lower the critical share"
SMALLEST = 1e-4  # of the largest shortfall; less is noise of the interior-point method
SHOWN = 4
YEARLY = 1e-3
LIMITS = {
    "cap_limit": ("the yearly cap of {}", "raise the cap, or allow {}"),
    "permit_limit": ("the permitted hours of {}", "allow more run hours, a larger size or other generation"),
    "season_cap": ("the seasonal cap of {}", "raise the cap, or allow {}"),
    "pue_limit": ("the PUE limit of {}", "raise the limit, or allow cooling that draws less electricity"),
    "carbon_free_share": (
        "the hourly carbon-free share of {}",
        "lower the share, or allow more carbon-free generation and storage",
    ),
    "partner_limit": ("the largest share of a partner in {}", "raise the share, or allow more accelerators"),
    "partner_least": ("the least share of a partner in {}", "lower the share"),
    "unserved_limit": ("the share of {} that may stay undone", "raise the share, or allow more accelerators"),
    "curtailment_limit": ("the share of {} that may be dropped", "raise the share, or allow more accelerators"),
}
"""Yearly limits that are no bus: what they are called and what would fix them."""
SPARING = {"m3": "cooling that needs less water", "MWh": "other fuel and generation", "kH100*hour": ""}
"""What needs less of a limited flow, by the unit of its year."""


class Unmet(InfeasibleError):
    """No plan meets every requirement.

    Parameters
    ----------
    problems : str or sequence of str
    short : sequence of str
        Names of the constraints that are short, in the order of the sentences.
    """

    def __init__(self, problems: str | Sequence[str], short: Sequence[str] = ()) -> None:
        super().__init__(problems)
        self.short = tuple(short)


def explain(compiled: Compiled) -> InfeasibleError:
    """Return the error that says which requirements are short.

    First the design days and outages by themselves, then each limit of the year, then these together, at last
    everything on every hour: whatever some of the rows prove is proven for all of them, and sooner.
    """
    return of_days(compiled) or of_limits(compiled) or of_year(compiled) or _of_everything(compiled)


def of_days(compiled: Compiled) -> InfeasibleError | None:
    """Return why no sizes serve the design days and outages; None where some do."""
    rows, names = _requirements(compiled)
    scale = _scale(compiled.matrix, rows) / _priority(compiled, names)
    missed = short_on_days(compiled, rows, 1.0 / scale)
    return None if missed is None else _unmet(compiled, missed, rows, names)


def of_limits(compiled: Compiled) -> InfeasibleError | None:
    """Return which limits of the year no plan meets, each looked at by itself; None where none is proven."""
    return _of_shortage(compiled, short_of_a_limit(compiled))


def of_year(compiled: Compiled) -> InfeasibleError | None:
    """Return which limits of the year no plan meets together; None where that is not proven."""
    return _of_shortage(compiled, short_of_year(compiled))


def _of_shortage(compiled: Compiled, short: Shortage | None) -> InfeasibleError | None:
    if short is None:
        return None
    names = [_name(compiled, int(row)) for row in short.rows]
    return _unmet(compiled, short.missed, short.rows, names, short.size)


def _name(compiled: Compiled, row: int) -> str:
    return next(name for name, where in compiled.matrix.rows.items() if where.start <= row < where.stop)


def _of_everything(compiled: Compiled) -> InfeasibleError:
    """Return the error from an elastic programme on every hour.

    Every balance, meter and yearly limit may be missed at a price; what is missed at least cost is short. Yearly limits
    are priced far below the balances, because they are caps that somebody set, and not laws of nature.
    """
    rows, names = _requirements(compiled)
    scale = _scale(compiled.matrix, rows) / _priority(compiled, names)
    plain = replace(compiled.matrix, cost=np.zeros_like(compiled.matrix.cost), offset=0.0)
    # Not tightened: the limits that these rows imply hold no longer once the rows may be missed.
    answer = solve(elastic(plain, rows, 1.0 / scale), INTERIOR_ONLY, seconds=600.0)
    if answer.status != OPTIMAL:
        return InfeasibleError(
            "no plan meets every limit, and no single balance or cap explains it. Check fixed sizes and dates."
        )
    return _unmet(compiled, _missed(answer, plain, len(rows)), rows, names)


def _requirements(compiled: Compiled) -> tuple[Integers, list[str]]:
    """Return the rows that may be missed, and the requirement that each belongs to."""
    found, names = [], []
    for name, where in compiled.matrix.rows.items():
        head, _, tail = name.partition(".")
        if head in ("balance", "metered") or tail.endswith(("cap_limit", "permit_limit")):
            found.append(np.arange(where.start, where.stop))
            names += [name] * (where.stop - where.start)
    return np.concatenate(found), names


def _priority(compiled: Compiled, names: list[str]) -> Floats:
    """Price of each requirement relative to a balance of a step."""
    steps = compiled.network.time.timeline.size
    hourly = {name: where.stop - where.start == steps for name, where in compiled.matrix.rows.items()}
    return np.array([1.0 if hourly[name] else YEARLY for name in names])


def _scale(matrix: Matrix, rows: Integers) -> Floats:
    """Largest entry of each row, so that a tonne and a megawatt weigh alike."""
    part = abs(matrix.a.tocsr()[rows])
    return np.asarray(np.maximum(part.max(axis=1).toarray().reshape(-1), 1.0))


def _missed(answer: Answer, matrix: Matrix, count: int) -> Floats:
    slack = answer.x[matrix.a.shape[1] :]
    return np.asarray(slack[:count] - slack[count:])


def _unmet(compiled: Compiled, missed: Floats, rows: Integers, names: list[str], size: Floats | None = None) -> Unmet:
    """Say each requirement once, with its worst moment, the largest first; in terms of ``size`` where it is given."""
    amounts, missed = missed, missed if size is None else missed / size
    totals: dict[str, float] = {}
    worst: dict[str, int] = {}
    for place in np.flatnonzero(np.abs(missed) > SMALLEST * max(np.abs(missed).max(initial=0.0), 1e-9)):
        name = names[place]
        totals[name] = totals.get(name, 0.0) + abs(float(missed[place]))
        if name not in worst or abs(missed[place]) > abs(missed[worst[name]]):
            worst[name] = int(place)
    order = sorted(totals, key=lambda name: -abs(missed[worst[name]]))[:SHOWN]
    told = [_sentence(compiled, name, int(rows[worst[name]]), abs(float(amounts[worst[name]]))) for name in order]
    return Unmet(told, order)


def _sentence(compiled: Compiled, name: str, row: int, amount: float) -> str:
    number = row - compiled.matrix.rows[name].start
    constraint = compiled.network.model.find_component(name)
    key = list(constraint.keys())[number]
    owner, _, requirement = name.rpartition(".")
    limit = LIMITS.get("season_cap" if requirement.startswith("season_") else requirement)
    if limit is not None:
        label, remedy = (text.format(owner if i == 0 else _sparing(compiled, owner)) for i, text in enumerate(limit))
        most = abs(float(compiled.matrix.row_upper[row])) if np.isfinite(compiled.matrix.row_upper[row]) else 0.0
        cap = f" of {rounded(most)}" if most > 0 else ""
        unit = f"{_yearly_unit(compiled, owner)}/year"
        return f"{label}{cap}: short by {rounded(amount)} {unit} {when(compiled, key)}. To fix it: {remedy}."
    flow = next((b for b in compiled.network.buses if requirement.endswith(b.name)), bus(requirement))
    remedy = REMEDIES.get(flow.name, f"raise the limit of {name.split('.')[0]}, or lower what it limits")
    moment, label = when(compiled, key), flow.label
    if flow.name == "firm_capacity":  # it stands all year: what is short is short at every hour
        label, moment = "the reserve of firm capacity", moment.replace("in the phase", "in every hour of the phase")
    event = _event(compiled, key)
    if event and flow.name in ("ac", "it", "compute"):
        moment, remedy = f"{moment}, in the {event}", f"{OUTAGE_REMEDY}; or {remedy}"
    return f"{label}: short by {_amount(amount, flow.unit.replace('**', ''))} {moment}. To fix it: {remedy}."


def rounded(amount: float) -> str:
    """Return an amount with three digits that count, in plain figures: 379,000."""
    return f"{float(f'{amount:.3g}'):,.10g}"


def _amount(amount: float, unit: str) -> str:
    return f"{rounded(1000.0 * amount)} kW" if unit == "MW" and amount < 1.0 else f"{rounded(amount)} {unit}"


def _yearly_unit(compiled: Compiled, owner: str) -> str:
    """Return the unit in which a year of what a component handles is counted."""
    terms = compiled.network.terms.get(owner.partition(".")[0])
    names = [] if terms is None else list(terms.into)
    if "compute" in names:
        return "kH100*hour"
    return "m3" if any("m**3" in bus(name).unit for name in names) else "MWh"


def _sparing(compiled: Compiled, owner: str) -> str:
    return SPARING[_yearly_unit(compiled, owner)]


def _event(compiled: Compiled, key: Any) -> str:
    """Return the named run of steps, for example an outage, that a step falls into."""
    events = [terms.events for terms in compiled.network.terms.values()]
    return next((name for each in events for name, steps in each.items() if key in steps), "")


def when(compiled: Compiled, key: Any) -> str:
    """Say the moment of a step, or the phase, in words."""
    timeline = compiled.network.time.timeline
    if not isinstance(key, int):
        return f"in the phase from {key}"
    number = int(timeline.segment_number[key])
    phase, cycle = timeline.segments[number]
    hour = (key - timeline.starts[number]) * cycle.step_hours
    within = f"in the phase from {timeline.names[phase]}"
    if cycle.outcome.name:
        within += f" ({cycle.outcome.name})"
    if cycle.design:
        return f"on the {cycle.name.replace('_', ' ')} design day at {hour % 24:02.0f}:30, {within}"
    return f"in hour {hour:,.0f} of the year ({MONTHS[timeline.month[key] - 1]}), {within}"


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
