"""What looks wrong in a finished plan: it may be right, but a reader should look before relying on it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gigasite.models.investment import Candidate
from gigasite.models.network import DOLLARS_PER_MODEL_UNIT
from gigasite.models.technologies.grid import Grid
from gigasite.models.technologies.work import Work
from gigasite.solvers.explain import rounded

from .tables import ALMOST_NOTHING, Finished, Floats

AT_LIMIT = 0.9999
"""Share of a limit from which on it binds."""
MOST_HOURS = 0.95
"""Share of the hours of every phase from which on a limit binds everywhere."""
FREE_USD = 1.0
"""Yearly cost below which something that stands is free."""
NEGATIVE_USD = -0.01
"""Price per MWh below which it is negative, and no noise of the solver."""


def suspicions(finished: Finished) -> Iterator[str]:
    """Yield a sentence for each thing in a plan that looks wrong.

    A limit that binds everywhere, work or load that is not served, plant that costs nothing, sizes at the maximum that
    the site file states, hours with a negative price, candidates that no phase wants.
    """
    yield from _binding_caps(finished)
    yield from _binding_connections(finished)
    yield from _unserved(finished)
    yield from _free(finished)
    yield from _at_maximum(finished)
    yield from _negative_prices(finished)
    yield from _useless(finished)


def _binding_caps(finished: Finished) -> Iterator[str]:
    """Yearly caps that bind in every phase."""
    compiled, x = finished.compiled, finished.solution.x
    for variable in compiled.columns.variables:
        owner = variable.name.partition(".")[0]
        if finished.family.get(owner) != "limit" or len(variable) != len(finished.timeline.phases):
            continue
        most = compiled.matrix.upper[compiled.columns.slice(variable)]
        values = x[compiled.columns.slice(variable)]
        if variable.name.endswith((".emitted", ".occupied", ".spent")) and np.all(values >= AT_LIMIT * most):
            yield f"{owner}: its limit binds in every phase and decides the plan. Check it, and what raising it saves"


def _binding_connections(finished: Finished) -> Iterator[str]:
    """Find connections that are full in nearly every hour."""
    timeline, compiled = finished.timeline, finished.compiled
    for component in finished.site.components:
        if not isinstance(component, Grid):
            continue
        where = compiled.matrix.rows[f"{component.name}.connection_limit"]
        slack = compiled.matrix.row_upper[where] - compiled.matrix.a[where] @ finished.solution.x
        imported = finished.solution.x[
            compiled.columns.slice(compiled.network.model.find_component(f"{component.name}.imported"))
        ]
        full = (slack <= (1 - AT_LIMIT) * np.maximum(imported, 1.0)) & (imported > ALMOST_NOTHING)
        share = _by_phase(finished, full.astype(float)) / _by_phase(finished, np.ones(timeline.size))
        if share.min() >= MOST_HOURS:
            yield (
                f"{component.name}: the connection is full in {100 * share.min():.0f} % of the hours or more in every"
                " phase. Check the offer; a larger one may save much"
            )


def _unserved(finished: Finished) -> Iterator[str]:
    """Work that the plan leaves undone."""
    for component in finished.site.components:
        if not isinstance(component, Work):
            continue
        for one in component.classes:
            name = f"{component.name}.{one.name}.unserved"
            columns = finished.compiled.columns.slice(finished.compiled.network.model.find_component(name))
            hours = 1000.0 * _by_phase(finished, finished.solution.x[columns])
            if hours.max() > 1.0:
                by_phase = ", ".join(
                    f"{phase}: {rounded(each)}" for phase, each in zip(finished.timeline.names, hours, strict=True)
                )
                yield f"{one.name}: the plan leaves work undone, in H100-hours a year ({by_phase})"


def _free(finished: Finished) -> Iterator[str]:
    """Plant that was added and costs nothing in any phase."""
    added: dict[str, float] = {}
    for name, _, _, new in finished.records():
        added[name] = added.get(name, 0.0) + float(new.sum())
    for name, size in added.items():
        costs = [term for (owner, _), term in finished.compiled.network.costs().items() if owner == name]
        total = sum(float(np.abs(finished.yearly(term)).sum()) for term in costs)
        if size > ALMOST_NOTHING and total < FREE_USD:
            yield f"{name}: is built, and costs nothing in any phase. State its capex, or check that somebody else pays"


def _at_maximum(finished: Finished) -> Iterator[str]:
    """Sizes at the maximum that the site file states."""
    for name, record, stands, _ in finished.records():
        component = finished.site.component(name)
        sizes = component.sizes() if isinstance(component, Candidate) else []
        if not any(size.maximum is not None and size.fixed is None for size in sizes):
            continue
        columns = finished.compiled.columns.slice(record.capacity)
        most, least = finished.compiled.matrix.upper[columns], finished.compiled.matrix.lower[columns]
        full = (stands >= AT_LIMIT * most) & (most > ALMOST_NOTHING) & (least < most)
        if full.any():
            when = ", ".join(phase for phase, at in zip(finished.timeline.names, full, strict=True) if at)
            yield f"{name}: its {record.quantity} is at the stated maximum ({when}). A larger one may be cheaper"


def _negative_prices(finished: Finished) -> Iterator[str]:
    """Hours in which one more MWh of electricity would be paid for."""
    rows = finished.compiled.matrix.rows.get("balance.ac")
    if rows is None:
        return
    timeline = finished.timeline
    worth = np.array([phase.present_value_years for phase in timeline.phases])[timeline.phase_number]
    counted = worth * timeline.hours * timeline.weight
    duals = finished.solution.duals[rows] * DOLLARS_PER_MODEL_UNIT
    price = np.divide(duals, counted, out=np.zeros_like(duals), where=counted > 0)
    hours = _by_phase(finished, (price < NEGATIVE_USD).astype(float))
    if hours.max() >= 1.0:
        yield (
            f"electricity: its price is negative in up to {hours.max():,.0f} h of a year, down to {price.min():,.3g}"
            " USD/MWh. Check minimum loads, take-or-pay contracts and export prices"
        )


def _useless(finished: Finished) -> Iterator[str]:
    """Candidates of which nothing stands in any phase."""
    standing: dict[str, float] = {}
    for name, _, stands, _ in finished.records():
        standing[name] = standing.get(name, 0.0) + float(stands.max())
    useless = [name for name, size in standing.items() if size <= ALMOST_NOTHING]
    if useless:
        yield f"not chosen in any phase: {', '.join(useless)}. They are too dear, too late or of no use here"


def _by_phase(finished: Finished, values: Floats) -> Floats:
    """Return the hours of a year, weighted by values, in each phase."""
    timeline = finished.timeline
    amounts = values * timeline.hours * timeline.weight
    return np.asarray(np.bincount(timeline.phase_number, amounts, minlength=len(timeline.phases)), dtype=float)
