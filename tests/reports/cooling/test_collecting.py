"""From the engine's comparison to tables, in a real place."""

import pandas as pd
import pytest

from gigasite.reports.cooling.collecting import collect
from gigasite.reports.cooling.results import COLUMNS, LEADING
from gigasite.sites import read
from gigasite.sites.cooling import comparison
from gigasite.sites.cooling_options import options

CHOSEN = ("legacy_air_cooled", "air_cooled_chiller", "cold_plate_dry")


@pytest.fixture(scope="module")
def found():
    return comparison(["memphis"], it_mw=100.0, grid_mw=120.0, chosen=CHOSEN, climate={"return_period": 50})


@pytest.fixture(scope="module")
def results(found):
    listed = options(found.load.platform, names=CHOSEN)
    changes = {"return_period": 50}
    return collect(found, listed, [read("memphis")], climate=changes, file=None, seconds={"compare": 1.0})


def test_tables_have_the_columns_of_the_contract(results):
    for name, columns in COLUMNS.items():
        assert tuple(getattr(results, name).columns) == columns
    assert list(results.figures.columns) == [*LEADING, *results.units]


def test_figures_are_those_of_the_engine_best_first_references_last(found, results):
    assert list(results.figures["option"]) == ["cold_plate_dry", "air_cooled_chiller", "legacy_air_cooled"]
    assert list(results.figures["standing"]) == ["ranked", "ranked", "reference"]
    engine = found.figures.set_index("option")["annual_cost"]
    pd.testing.assert_series_equal(
        results.figures.set_index("option")["annual_cost"].sort_index(), engine.sort_index(), check_exact=True
    )


def test_costs_add_up_to_the_annual_cost(results):
    total = results.costs.groupby("option")["usd_per_year"].sum()
    for option, cost in results.figures[["option", "annual_cost"]].itertuples(index=False):
        assert total[option] == pytest.approx(cost, rel=1e-12)


def test_sweeps_are_tidy_with_settings_as_text(results):
    """9 temperatures, 7 shares and 3 schemes for the cold plates, 3 schemes for each other: 25 settings, 7 figures."""
    assert len(results.sweeps) == 25 * 7
    assert set(results.sweeps.loc[results.sweeps["sweep"] == "redundancy", "setting"]) == {"N", "N+1", "2N"}
    assert "0.75" in set(results.sweeps["setting"])


def test_inputs_name_source_and_evidence_and_nothing_beside_the_point(results):
    table = results.assumptions.set_index(["place", "name"])
    assert table.loc[("memphis, utility", "energy_price"), "source"] == "site file"
    assert table.loc[("dry_cooler", "capex"), "evidence"] != ""
    names = set(results.assumptions["name"])
    assert not names & {"lead_time", "available", "carbon_free_share", "emission"}


def test_change_of_the_climate_reaches_the_facts(results):
    assert results.fact("memphis", "return_period") == 50
    assert results.fact("memphis", "electricity_price") == 62
    assert results.run["climate"] == {"return_period": "50"}


def test_options_state_kind_and_supply(results):
    row = results.options.set_index("option").loc["cold_plate_dry"]
    assert (row["liquid"], row["liquid_supply_c"]) == ("Cold plates on dry coolers", 40.0)
    assert results.options.set_index("option").loc["legacy_air_cooled", "reference"]
