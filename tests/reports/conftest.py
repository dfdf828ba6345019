"""A plan and a comparison of cooling options, both made by hand, and a small site file."""

from typing import Any

import pytest

from gigasite.reports.cooling.results import CoolingResults

from .handmade_cooling import make_cooled
from .handmade_plan import HandmadePlan, make_plan


@pytest.fixture(scope="session")
def plan() -> HandmadePlan:
    """The handmade plan; nobody changes it."""
    return make_plan()


@pytest.fixture(scope="session")
def plan_with() -> Any:
    """A function that returns the handmade plan with some fields changed."""
    return make_plan


SMALL_SITE = """
site: {name: Small, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
power: {offices: {kind: load, demand: 60 MW}}
grid:
  utility:
    size: {maximum: {2027-01-01: 100 MW}}
    energy_price: 75 USD/MWh
    emission: 400 kg/MWh
    carbon_free_share: 30 %
scenarios:
  dear: {grid: {utility: {energy_price: 150 USD/MWh}}}
  late: {grid: {utility: {capex: 900 USD/kW}}}
""".lstrip()


@pytest.fixture
def small_site(tmp_path):
    """A site file test.yaml with a load, a grid and two scenarios."""
    path = tmp_path / "test.yaml"
    path.write_text(SMALL_SITE, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def cooled() -> CoolingResults:
    """The comparison made by hand; nobody changes it."""
    return make_cooled()


@pytest.fixture(scope="session")
def cooled_with() -> Any:
    """A function that returns the comparison made by hand with some fields changed."""
    return make_cooled
