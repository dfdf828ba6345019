from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from gigasite.models.errors import SiteFileError
from gigasite.models.investment import Candidate
from gigasite.sites import Site, frozen, read
from gigasite.sites.freezing import size_field, unit_of


def capacities(site: Site, value: float = 10.0) -> pd.DataFrame:
    """A table as a run writes it: every size of every component at ``value``, twice that from the second phase on."""
    rows = []
    for each in site.components:
        if isinstance(each, Candidate):
            for quantity in getattr(each, "plants", {}) or (
                ["power", "energy"] if each.kind == "battery" else ["power"]
            ):
                field = size_field(each, quantity)
                assert field is not None
                unit = unit_of(type(getattr(each, field)))
                for number, day in enumerate(site.starts):
                    rows.append((str(day), each.name, each.kind, quantity, value * (number + 1), unit, value, 0.0))
    columns = ["phase", "component", "kind", "quantity", "value", "unit", "added", "retired"]
    return pd.DataFrame(rows, columns=columns)


def test_every_size_is_fixed_by_date() -> None:
    site = read("abu_dhabi")
    made = frozen(site, capacities(site))
    bess: Any = made.component("bess")
    assert {str(day): value for day, value in bess.energy.fixed.items()} == {
        "2026-10-01": 10.0, "2028-10-01": 20.0, "2031-01-01": 30.0,
    }  # fmt: skip
    dry: Any = made.component("dry")
    assert dry.free_size.fixed == dry.trim_size.fixed == dry.distribution_size.fixed
    gpus: Any = made.component("gb300")
    assert next(iter(gpus.size.fixed.values())) == 10.0
    assert made.resolved["power"]["bess"]["power"] == {
        "fixed": {day: f"{10 * (i + 1)} MW" for i, day in enumerate(site.starts)}
    }
    assert site.component("bess") != bess


def test_plant_that_may_not_stand_yet_is_left_out_with_a_warning() -> None:
    """Solar is available from 2028-10-01: of the 10 MW of 2026, none may stand."""
    site = read("abu_dhabi")
    made = frozen(site, capacities(site))
    solar: Any = made.component("solar")
    assert next(iter(solar.size.fixed.values())) == 0.0
    assert any("solar" in sentence and "2026-10-01" in sentence for sentence in made.warnings)


def test_a_late_grid_offer_cuts_the_connection_until_it_comes() -> None:
    base, late = read("abu_dhabi"), read("abu_dhabi", "grid_two_years_late")
    grid: Any = frozen(late, capacities(base, 150.0)).component("utility")
    assert {str(day): value for day, value in grid.size.fixed.items()} == {
        "2026-10-01": 0.0, "2028-10-01": 200.0, "2031-01-01": 450.0, "2033-01-01": 450.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.drop(columns="unit"), "columns unit are missing"),
        (
            lambda t: t.assign(phase=t["phase"].replace("2028-10-01", "2029-10-01")),
            "a phase from 2028-10-01, which the run",
        ),
        (lambda t: t.assign(phase="soon"), "named by its ISO start date"),
        (lambda t: t.assign(phase=t["phase"].replace("2031-01-01", "2051-01-01")), "a phase from 2051-01-01, outside"),
        (
            lambda t: t.assign(component=t["component"].replace("bess", "bes")),
            "has battery 'bes', which the site lacks",
        ),
        (lambda t: t[t["component"] != "bess"], "the run has no size of battery 'bess'"),
        (
            lambda t: t.assign(kind=t["kind"].replace("wind", "pv_fixed")),
            "'wind' must be wind as in the site, got pv_fixed",
        ),
        (lambda t: t.assign(quantity=t["quantity"].replace("trim", "trimm")), "'dry' has no size 'trimm'"),
        (lambda t: t.assign(unit="m"), "expected a quantity in MW, got '10 m'"),
        (lambda t: t.assign(value=-1.0), "must not be negative"),
    ],
)
def test_a_table_that_does_not_match_is_refused(change: Callable[[pd.DataFrame], pd.DataFrame], says: str) -> None:
    site = read("abu_dhabi")
    with pytest.raises(SiteFileError, match=says):
        frozen(site, change(capacities(site)))


def test_a_scenario_without_a_built_component_is_refused() -> None:
    with pytest.raises(SiteFileError, match="'tower', which the site lacks under scenario 'dry_cooling_only'"):
        frozen(read("abu_dhabi", "dry_cooling_only"), capacities(read("abu_dhabi")))
