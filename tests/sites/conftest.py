# ruff: noqa: E501  sentences stand as people see them
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gigasite import climate, solvers
from gigasite.models.conditions import Conditions
from gigasite.models.errors import PlanError
from gigasite.models.hourly import HourlyValues
from gigasite.models.network import assemble
from gigasite.models.progress import Stage
from gigasite.models.timeline import MONTH_DAYS, Cycle
from gigasite.sites import Site, read
from gigasite.sites.deriving import derive
from gigasite.sites.horizon import cycles, facts, timeline
from gigasite.sites.plan import Plan
from gigasite.sites.study import study
from gigasite.sites.tables import Finished

HEAD = """
site: {name: Test, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
""".lstrip()
GRID = """
grid:
  utility: {size: {maximum: {2027-01-01: 100 MW}}, energy_price: 75 USD/MWh, emission: 400 kg/MWh, carbon_free_share: 0.3}
""".lstrip()
COMPUTE = """
compute:
  platforms: {gpu: {technology: gb300_nvl72}}
  work: {training: {demand: 20000 H100, window: 24 h}, inference: {demand: 5000 H100}}
cooling:
  hall: {kind: air_cooled_chiller}
  dry: {kind: cold_plate_dry_cooler, supply: 40 degC}
""".lstrip()
LOAD = "power:\n  offices: {kind: load, demand: 60 MW}\n"


@pytest.fixture
def texts() -> dict[str, str]:
    """Pieces of a site file: head (lines 1 to 3), grid (2 lines), compute (6 lines), load (2 lines)."""
    return {"head": HEAD, "grid": GRID, "compute": COMPUTE, "load": LOAD}


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Site]:
    """Read text as a site file."""

    def reading(text: str, scenario: str | None = None) -> Site:
        path = tmp_path / "test.yaml"
        path.write_text(text, encoding="utf-8")
        return read(path, scenario)

    return reading


@pytest.fixture
def trouble(site: Callable[..., Site]) -> Callable[..., list[str]]:
    """Return what is wrong with a site file, a sentence each, without the folder."""

    def failing(text: str, scenario: str | None = None, code: int = 2) -> list[str]:
        with pytest.raises(PlanError) as caught:
            site(text, scenario)
        assert caught.value.exit_code == code
        return [sentence[sentence.index("test.yaml") :] for sentence in caught.value.problems]

    return failing


SMALL = (Path(__file__).parents[1] / "small.yaml").read_text(encoding="utf-8") + "solve: {gap: 0.02}\n"
CAMPUS = (
    HEAD
    + """
compute:
  platforms: {gpu: {technology: gb300_nvl72, available: 2027-01-01}}
  building: {available: 2027-01-01}
  work: {inference: {demand: 2000 H100}}
cooling:
  hall: {kind: air_cooled_chiller, available: 2027-01-01}
  tower: {kind: cold_plate_tower, supply: 28 degC, available: 2027-01-01}
power:
  solar: {kind: pv_tracking, available: 2027-01-01, size: {maximum: 20 MW}}
grid:
  utility: {available: 2027-01-01, size: {maximum: 10 MW}, energy_price: 75 USD/MWh, emission: 400 kg/MWh, carbon_free_share: 0.3}
solve: {gap: 0.01}
"""
)


def _studied(folder: Path, text: str) -> tuple[Site, Plan, list[Stage]]:
    path = folder / "test.yaml"
    path.write_text(text, encoding="utf-8")
    made, told = read(path), list[Stage]()
    return made, study(made, progress=told.append), told


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Plan, list[Stage]]:
    """A plain load with solar, a battery and a grid in two phases of whole years: site, plan and what was told."""
    return _studied(tmp_path_factory.mktemp("small"), SMALL)


@pytest.fixture(scope="session")
def campus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Plan, list[Stage]]:
    """About 2 MW of accelerators with two cooling systems, solar and a grid: site, plan and what was told."""
    return _studied(tmp_path_factory.mktemp("campus"), CAMPUS)


INVESTED = (
    HEAD.replace("starts: [2027-01-01]", "starts: [2027-01-01, 2030-01-01]")
    + """
compute:
  platforms: {gpu: {technology: gb300_nvl72, available: 2027-01-01, cost_of_capital: 8.5 %}}
  building: {available: 2027-01-01}
  work:
    inference: {demand: {2027-01-01: 2000 H100, 2030-01-01: 6000 H100}}
    batch: {demand: 1000 H100, window: 24 h, partner: {minimum_share: 0.1, maximum_share: 0.1, price: 3 USD/H100/hour}}
cooling:
  hall: {kind: air_cooled_chiller, available: 2027-01-01}
  dry: {kind: cold_plate_dry_cooler, supply: 40 degC, available: 2027-01-01}
power:
  solar: {kind: pv_tracking, available: 2027-01-01, size: {minimum: 2 MW, maximum: 20 MW}}
  bess: {kind: battery, available: 2027-01-01, power: {fixed: 1 MW}, energy: {fixed: 4 MWh}}
  engines: {kind: generator, technology: gas_engine, fuel: gas, available: 2027-01-01, size: {fixed: 3 MW}, unit: 1 MW}
  pipeline: {kind: natural_gas, price: 3 USD/MMBtu}
  bridge: {kind: rental, technology: gas_turbine_aero, fuel: gas, size: {fixed: 1 MW}, unit: 0.5 MW, until: 2030-01-01}
  contract:
    {kind: ppa, size: {fixed: 0.5 MW}, shape: baseload, price: 50 USD/MWh, start: 2027-01-01, end: 2037-01-01, renewable: true}
grid:
  utility:
    size: {maximum: {2027-01-01: 3 MW, 2030-01-01: 10 MW}}
    lead_time: 2 years
    energy_price: {tariff: [{hours: [16, 22], price: 150 USD/MWh}], otherwise: 60 USD/MWh}
    emission: 400 kg/MWh
    carbon_free_share: 0.3
carbon: {price: 20 USD/t}
"""
)


def _on_twelve_days(folder: Path, text: str) -> Finished:
    """Solve a site on the 21st of each month, each for 365/12 days, and on both design days, in every outcome."""
    path = folder / "test.yaml"
    path.write_text(text, encoding="utf-8")
    made = read(path)
    days = np.concatenate([[0], np.cumsum(MONTH_DAYS)[:-1]]) + 20
    hours = np.concatenate([np.arange(24 * day, 24 * day + 24) for day in days])
    weather = climate.load(made.climate, made.place, made.folder)
    design = climate.days(made.climate, made.place, weather)
    full = weather.conditions()
    series = {
        field.name: getattr(full, field.name)[hours]
        for field in fields(full)
        if isinstance(getattr(full, field.name), np.ndarray)
    }
    year = Conditions(full.place, full.times[hours], **series)
    months = np.repeat(np.arange(1, 13), 24)
    known = cycles(made, weather.years, [(day.name, day.conditions.times[0].month) for day in design])
    chances = [each.outcome.probability for each in known]
    short = [
        each if each.design else Cycle(1.0, np.full(288, chance * 8760 / 288), months, outcome=each.outcome)
        for each, chance in zip(known, chances, strict=True)
    ]
    phases = timeline(made, tuple(short))
    components = tuple(
        each.model_copy(update={name: _cut(getattr(each, name), hours) for name in type(each).model_fields})
        for each in made.components
    )
    made = replace(made, components=components)
    derived = derive(made.components, phases, year, [day.conditions for day in design])
    compiled = solvers.compile_network(assemble(made.components, derived, phases, facts(made, phases)))
    return Finished(made, compiled, solvers.optimise(compiled, gap=0.02), year, weather)


def _cut(value: Any, hours: Any) -> Any:
    if isinstance(value, HourlyValues) and value.values.size > 1:
        return replace(value, values=value.values[hours])
    return value


@pytest.fixture(scope="session")
def on_twelve_days() -> Callable[[Path, str], Finished]:
    """Solve the text of a site file on twelve days, written in a folder."""
    return _on_twelve_days


@pytest.fixture(scope="session")
def invested(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """Accelerators that grow in a second phase and are renewed in it, with every kind of supply, on twelve days."""
    return _on_twelve_days(tmp_path_factory.mktemp("invested"), INVESTED)


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The site of `small`, without any work to be done, on twelve days."""
    return _on_twelve_days(tmp_path_factory.mktemp("plain"), SMALL)
