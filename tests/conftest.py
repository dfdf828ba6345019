"""A tiny site in a few lines: components on half-hour steps, solved, with every value by name."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

import hypothesis
import numpy as np
import pandas as pd
import pyomo.environ as pyo
import pytest

import gigasite.models.technologies  # noqa: F401
from gigasite.models.buses import bus
from gigasite.models.component import Annual, Component, Hourly, Series, Terms
from gigasite.models.conditions import Conditions, Place
from gigasite.models.given import SiteFacts
from gigasite.models.investment import Candidate
from gigasite.models.network import assemble
from gigasite.models.timeline import Cycle, Outcome, Phase, Timeline, joint

# A shell lets what it starts in the background ignore Ctrl-C; the programs that tests start must hear it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine must not fail a claim: no time limit per example.
hypothesis.settings.register_profile("no_deadline", deadline=None)
hypothesis.settings.load_profile("no_deadline")

NEW_YEAR = date(2026, 1, 1)


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew, for review")


class Rest(Component):
    """Everything else on a site: gives or takes what is left on a bus, at no cost."""

    buses: tuple[str, ...]
    """Buses it balances."""
    least: float = -1000.0
    """Most it takes, as a negative number."""
    most: float = 1000.0
    """Most it gives."""
    at_rate: tuple[str, ...] = ()
    """Accounts of energy that it balances at every step."""

    def build(self, block: Any, time: Any, given: Any) -> Terms:
        into: dict[str, Any] = {}
        for name in self.buses:
            yearly = bus(name).account and name not in self.at_rate
            unit = "kH100" if name.endswith("_work") else "MW" if name in self.at_rate else bus(name).unit
            var = pyo.Var(time.phases if yearly else time.steps, bounds=(self.least, self.most), units=time.unit(unit))
            block.add_component(name, var)
            into[name] = (Annual if yearly else Hourly)(lambda i, var=var: var[i])
        return Terms(into=into)


def make_weather(count: int, **values: Any) -> Conditions:
    """Return ``count`` half hours from noon on; every value may be a number or a list."""
    place = Place(24.0, 54.0, values.pop("elevation_m", 0.0), 4.0)
    usual = {
        "dry_bulb_c": np.linspace(20.0, 35.0, count),
        "dew_point_c": 12.0,
        "pressure_pa": 101325.0,
        "wind_10m_m_s": 6.0,
        "ghi_w_m2": 900.0,
        "dni_w_m2": 800.0,
        "dhi_w_m2": 100.0,
    }
    noon = datetime(2026, 6, 21, 12, 15, tzinfo=timezone(timedelta(hours=4)))
    times = pd.DatetimeIndex([noon + i * timedelta(minutes=30) for i in range(count)])
    series = {name: np.broadcast_to(np.asarray(value, float), (count,)) for name, value in {**usual, **values}.items()}
    return Conditions(place, times, **series)


def make_timeline(
    steps: int = 3, *, step_hours: float = 0.5, starts: tuple[date, ...] = (NEW_YEAR,), years: float = 1.0,
    worth: tuple[float, ...] = (), design_steps: int = 2, months: Any = 7,
    outcomes: tuple[Outcome, ...] = (Outcome(),),
) -> Timeline:  # fmt: skip
    """Return one operating cycle that stands for the whole year, and one design day, in every phase and outcome."""
    ends = [*starts[1:], starts[-1] + timedelta(days=round(365.25 * years))]
    worths = worth or (1.0,) * len(starts)
    phases = tuple(Phase(a, b, w) for a, b, w in zip(starts, ends, worths, strict=True))
    weight = 8760.0 / (steps * step_hours)
    billed = np.broadcast_to(np.asarray(months), (steps,))
    years = [Cycle(step_hours, np.full(steps, weight * o.probability), billed, outcome=o) for o in outcomes]
    july = np.full(design_steps, 7)
    days = [Cycle(step_hours, np.zeros(design_steps), july, "hottest day", o) for o in outcomes if design_steps]
    return Timeline(NEW_YEAR, phases, (*years, *days))


def make_series(components: Any, timeline: Timeline, weather: Conditions, hottest: Conditions) -> Any:
    """Return every derived series over all steps, rounded so that listings agree on every machine."""
    found = {}
    for each in components:
        usual, design = each.derive(weather), each.derive_on_design_day(hottest)
        found[each.name] = {
            name: Series(timeline.spread(np.round(one.values, 6), np.round(design[name].values, 6)), one.unit)
            for name, one in usual.items()
        }
    return found


@dataclass(frozen=True)
class Tiny:
    """A small network: assembled in any way, compiled, solved."""

    components: tuple[Component, ...]
    timeline: Timeline
    site: SiteFacts
    weather: Conditions
    hottest: Conditions

    def network(self, **options: Any) -> Any:
        series = make_series(self.components, self.timeline, self.weather, self.hottest)
        return assemble(self.components, series, self.timeline, self.site, **options)

    def compiled(self) -> Any:
        from gigasite.solvers.matrix import compile_network

        return compile_network(self.network())

    def solve(self) -> Solved:
        from gigasite.solvers.highs import SIMPLEX, solve

        compiled = self.compiled()
        return Solved(self, compiled, solve(compiled.matrix, SIMPLEX if not compiled.matrix.integral.any() else {}))


@dataclass(frozen=True)
class Solved:
    """An answer whose values are found by name."""

    tiny: Tiny
    compiled: Any
    answer: Any

    @property
    def status(self) -> str:
        return self.answer.status

    @property
    def usd(self) -> float:
        """Objective [USD]."""
        assert self.status == "optimal"
        return 1000.0 * self.answer.objective

    def __getitem__(self, name: str) -> Any:
        assert self.status == "optimal"
        variable = self.compiled.network.model.find_component(name)
        return self.answer.x[self.compiled.columns.slice(variable)]

    def cost(self, component: str, reason: str) -> Any:
        """Cost in every phase [USD/year]."""
        return self.compiled.yearly(self.compiled.network.costs()[component, reason], self.answer.x)

    def flow(self, component: str, name: str) -> Any:
        """Flow into a bus at every step."""
        return self.compiled.series(self.compiled.network.flows(name)[component], self.answer.x)

    def year(self, component: str, name: str) -> Any:
        """Yearly flow into a bus in every phase."""
        return self.compiled.yearly(self.compiled.network.flows(name)[component], self.answer.x)

    def duals(self, row: str) -> Any:
        """Change of the objective [USD] per unit of a row's limits."""
        return 1000.0 * self.answer.duals[self.compiled.matrix.rows[row]]


@pytest.fixture(scope="session")
def update_golden(request):
    return request.config.getoption("--update-golden")


@pytest.fixture(scope="session")
def tiny_site():
    """Describe a site: components as in a site file, and what differs from the usual timeline, site and weather."""

    def build(
        *components: Any, rest: tuple[str, ...] = (), site: Any = None, dry_bulb_c: Any = None, weather: Any = None,
        hottest_c: float = 45.0, elevation_m: float = 0.0, **timeline: Any,
    ) -> Tiny:  # fmt: skip
        made = [each if isinstance(each, Component) else Component.from_dict(each) for each in components]
        made += [Rest(name="rest", buses=rest)] if rest else []
        causes = [cause for each in made if isinstance(each, Candidate) for cause in each.causes(NEW_YEAR)]
        when = make_timeline(**{"outcomes": joint(causes), **timeline})
        count, design = (sum(len(c) for c in when.cycles if c.design is wanted) for wanted in (False, True))
        changes = {} if dry_bulb_c is None else {"dry_bulb_c": dry_bulb_c}
        most = (100.0,) * len(when.phases)
        usual = {"decision": NEW_YEAR, "cost_of_capital": 0.0, "largest_mw": most, "largest_kh100": most}
        return Tiny(
            tuple(made),
            when,
            SiteFacts(**{**usual, **(site or {})}),
            make_weather(count, **changes, **(weather or {}), elevation_m=elevation_m),
            make_weather(max(design, 1), dry_bulb_c=hottest_c, elevation_m=elevation_m),
        )

    return build


@pytest.fixture(scope="session")
def tiny(tiny_site):
    """Build a tiny site and solve it."""
    return lambda *components, **changes: tiny_site(*components, **changes).solve()


@pytest.fixture(scope="session")
def weather_of():
    return make_weather


@pytest.fixture(scope="session")
def timeline_of():
    return make_timeline


@pytest.fixture(scope="session")
def rest_of():
    """Return a component that balances the given buses."""
    return lambda *buses, name="rest", **limits: Rest(name=name, buses=buses, **limits)


@pytest.fixture(scope="session")
def free_grid():
    """Return a grid that costs only its energy, with changes."""
    usual = {
        "kind": "grid", "name": "grid", "size": {"fixed": "100 MW"}, "capex": "0 USD/MW", "upkeep": "0 1/year",
        "lead_time": "0 year", "energy_price": "100 USD/MWh", "emission": "0.5 t/MWh", "carbon_free_share": 0.25,
    }  # fmt: skip
    return lambda **changes: {**usual, **changes}
