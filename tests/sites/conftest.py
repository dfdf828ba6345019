# ruff: noqa: E501  sentences stand as people see them
from collections.abc import Callable
from pathlib import Path

import pytest

from gigasite.models.errors import PlanError
from gigasite.sites import Site, read

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
