"""Put components on buses: one block each, one balance per bus, named costs.

The network knows no component: it sums what they hand over. The objective is the sum of the named costs, so the cost
table of a plan is its objective.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo

from .buses import Bus, bus
from .clock import Clock, clock
from .component import Annual, Component, Hourly, Series, Term, Terms, Watch
from .errors import SiteFileError
from .given import SiteFacts, given
from .templates import templated
from .timeline import Timeline

DOLLARS_PER_MODEL_UNIT = 1000.0  # HiPO took five times longer on the same problem in USD
LATER_NAMES = ("balance", "metered", "watched", "total_cost")  # added to the model after its components


@dataclass(frozen=True)
class Network:
    """The assembled model and what every component handed over."""

    model: Any
    time: Clock
    terms: Mapping[str, Terms]

    @property
    def buses(self) -> tuple[Bus, ...]:
        """Every bus that something flows into, sorted by name."""
        return tuple(bus(name) for name in sorted({name for terms in self.terms.values() for name in terms.into}))

    def flows(self, name: str) -> dict[str, Term]:
        """Return what each component puts into a bus."""
        return {component: terms.into[name] for component, terms in self.terms.items() if name in terms.into}

    def costs(self) -> dict[tuple[str, str], Term]:
        """Return every cost by component and reason."""
        return {(c, reason): cost for c, terms in self.terms.items() for reason, cost in terms.cost.items()}

    def annual(self, term: Term, phase: Any) -> Any:
        """Return the yearly amount of a term in a phase as a Pyomo expression."""
        if isinstance(term, Annual):
            return term.at(phase)
        time = self.time
        return sum(time.weight[t] * time.hours[t] * term.at(t) for t in time.of[phase])


def assemble(
    components: Sequence[Component],
    series: Mapping[str, Mapping[str, Series]],
    timeline: Timeline,
    site: SiteFacts,
    *,
    audit: bool = False,
    templates: bool = True,
) -> Network:
    """Return the whole optimisation model.

    Parameters
    ----------
    components : sequence of Component
    series : mapping
        By component: its derived series over all steps of the timeline.
    timeline : Timeline
    site : SiteFacts
    audit : bool
        Give every number its unit, so that each equation can be checked; for short timelines.
    templates : bool
        Keep hourly equations as templates, to be expanded as arrays; the objective is then left to the compiler.
        Without them the model is ordinary Pyomo, row by row.
    """
    model = pyo.ConcreteModel()
    with templated(templates):
        time = clock(model, timeline, audit=audit)
        terms = {}
        for component in components:
            block = _block(model, component.name)
            facts = given(component, series.get(component.name, {}), block, time, site)
            terms[component.name] = component.build(block, time, facts)
        network = Network(model, time, terms)
        _balances(network)
    if not templates:
        model.total_cost = pyo.Objective(expr=total_cost(network))
    return network


def _block(model: Any, name: str) -> Any:
    """Put the block of a component on the model, under its name."""
    if name in LATER_NAMES or hasattr(model, name):
        raise SiteFileError(f"component {name!r}: the name is taken. Choose another, for example '{name}_1'.")
    model.add_component(name, pyo.Block(concrete=True))
    return model.component(name)


def total_cost(network: Network) -> Any:
    """Return the objective: every cost of every phase at its present value, in 1,000 USD."""
    time = network.time
    total = sum(
        time.years[p] * network.annual(term, p) for term in network.costs().values() for p in time.timeline.names
    )
    return total / DOLLARS_PER_MODEL_UNIT


def _balances(network: Network) -> None:
    """Write one balance per step bus, one per settled account, one reading per meter, and what is watched."""
    model, time = network.model, network.time
    model.balance = pyo.Block(concrete=True)
    model.metered = pyo.Block(concrete=True)
    settled = {name for terms in network.terms.values() for name in terms.settles}
    hourly = {name for terms in network.terms.values() for name in terms.settles_hourly}
    for each in network.buses:
        flows = list(network.flows(each.name).values())
        if each.name in hourly:
            _refuse_yearly(network, each)
        if not each.account or each.name in hourly:
            rule, index, doc = _step_balance(flows), time.steps, f"{each.label} sums to zero"
        elif each.name in settled:
            (rule, index), doc = _account(network, flows), f"{each.label} adds up to zero"
        else:
            continue
        model.balance.add_component(each.name, pyo.Constraint(index, rule=rule, doc=doc))
    for component, terms in network.terms.items():
        for name, reading in terms.meters.items():
            rule, index = _account(network, list(network.flows(name).values()), reading)
            doc = f"the reading is all of the {bus(name).label}"
            model.metered.add_component(f"{component}_{name}", pyo.Constraint(index, rule=rule, doc=doc))
    _watched(network)


def _watched(network: Network) -> None:
    """Write the equations on the rates of accounts."""
    network.model.watched = pyo.Block(concrete=True)
    for component, terms in network.terms.items():
        for name, watch in terms.watches.items():
            if any(_rates(network, account) for account in watch.accounts):
                rule = _watch_rule(network, watch)
                network.model.watched.add_component(
                    f"{component}_{name}", pyo.Constraint(watch.index, rule=rule, doc=watch.doc)
                )


def _rates(network: Network, account: str) -> list[Hourly]:
    """Return the hourly flows into an account, apart from supply that settles it by the hour."""
    flows = network.flows(account)
    return [
        flow
        for name, flow in flows.items()
        if isinstance(flow, Hourly) and account not in network.terms[name].settles_hourly
    ]


def _watch_rule(network: Network, watch: Watch) -> Any:
    flows = {account: _rates(network, account) for account in watch.accounts}
    return lambda _, i: watch.rule(lambda account, t: sum([flow.at(t) for flow in flows[account]]), i)


def _step_balance(flows: list[Term]) -> Any:
    # A list: while Pyomo makes templates, its own sum() takes a generator to run over index sets.
    return lambda _, t: sum([flow.at(t) for flow in flows if isinstance(flow, Hourly)]) == 0


def _refuse_yearly(network: Network, account: Bus) -> None:
    """Refuse a supply by the year on an account that another component supplies at a rate."""
    flows = network.flows(account.name)
    yearly = sorted(name for name, flow in flows.items() if isinstance(flow, Annual))
    if yearly:
        by_hour = sorted(name for name, terms in network.terms.items() if account.name in terms.settles_hourly)
        raise SiteFileError(
            f"component {yearly[0]!r}: bus {account.name!r} is supplied by the hour, by {by_hour[0]!r}, so that every"
            f" supply of it must be, got one by the year. Give {yearly[0]!r} a peak, or a bus of its own."
        )


def _account(network: Network, flows: list[Term], reading: Annual | None = None) -> tuple[Any, Any]:
    """Return the rule of an account and its set: rings where something in it differs between outcomes, else phases.

    In a ring every amount counts with the probability of its outcome, as the weights of the steps do.
    """
    time = network.time

    def amount(term: Annual, ring: Any) -> Any:
        each = term.at(time.phase_of[ring]) if term.of_year is None else term.of_year(ring)
        return time.chance[ring] * each

    def by_ring(_: Any, r: Any) -> Any:
        parts = [amount(f, r) if isinstance(f, Annual) else time.over_year(r, f.at) for f in flows]
        return sum(parts) == (0 if reading is None else amount(reading, r))

    def by_phase(_: Any, p: Any) -> Any:
        return sum([network.annual(flow, p) for flow in flows]) == (0 if reading is None else reading.at(p))

    terms = [*flows, reading]
    differs = any(isinstance(term, Annual) and term.of_year is not None for term in terms)
    return (by_ring, time.rings) if differs else (by_phase, time.phases)
