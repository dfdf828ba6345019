"""``gigasite check``, ``catalogue``, ``sites``, ``init``, ``schema``."""

import json

import pytest
from typer.testing import CliRunner

from gigasite.models import catalogue
from gigasite.reports.cli import app
from gigasite.reports.commands.site import GROUPS


@pytest.fixture
def gigasite(tmp_path, monkeypatch):
    """Run the program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))


def test_check_shows_values_with_unit_and_source(gigasite, small_site):
    answer = gigasite("check", "test.yaml")
    assert answer.exit_code == 0
    line = next(line for line in answer.output.splitlines() if "Energy price" in line)
    assert "75 USD/MWh" in line
    assert "site file" in line


def test_check_applies_the_scenario(gigasite, small_site):
    assert "150 USD/MWh" in gigasite("check", "test.yaml", "--scenario", "dear").output


def test_check_of_an_unknown_scenario_names_those_that_exist(gigasite, small_site):
    answer = gigasite("check", "test.yaml", "--scenario", "deer")
    assert answer.exit_code == 2
    assert "dear" in answer.stderr


def test_starter_is_written_once_and_checks(gigasite, tmp_path):
    assert gigasite("init", "North Field").exit_code == 0
    text = (tmp_path / "north_field.yaml").read_text()
    assert gigasite("check", "north_field.yaml").exit_code == 0
    again = gigasite("init", "North Field")
    assert again.exit_code == 2
    assert "not overwritten" in again.stderr
    assert (tmp_path / "north_field.yaml").read_text() == text


def test_starter_without_a_name_is_refused(gigasite, tmp_path):
    assert gigasite("init", "../..").exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_schema_is_json(gigasite):
    assert "site" in json.loads(gigasite("schema").output)["properties"]


def test_sites_are_listed_with_their_scenarios(gigasite):
    listed = gigasite("sites").output
    assert all(word in listed for word in ("abu_dhabi", "memphis", "singapore", "dry_cooling_only"))


def test_every_category_of_the_catalogue_belongs_to_a_group():
    """A category that no group names would be missing in every list."""
    grouped = [category for categories in GROUPS.values() for category in categories]
    held = {each.category for each in catalogue.technologies() if catalogue.entries(each.name)}
    assert sorted(grouped) == sorted(set(grouped))
    assert held <= set(grouped) | {"category"}


def test_catalogue_lists_every_technology(gigasite):
    listed = gigasite("catalogue").output
    assert all(each.name in listed for each in catalogue.technologies())


@pytest.mark.parametrize("group", [*GROUPS, "sites", "gas_engine", "UAE-AUH"])
def test_catalogue_shows_groups_technologies_and_sites(gigasite, group):
    answer = gigasite("catalogue", group)
    assert answer.exit_code == 0
    assert len(answer.output.splitlines()) > 5


def test_catalogue_shows_value_unit_and_source(gigasite):
    entry = catalogue.lookup("gas_engine", "capex")
    line = next(line for line in gigasite("catalogue", "gas_engine").output.splitlines() if " capex " in line)
    assert f"{entry.value:.0f}" in line
    assert entry.evidence.split()[0] in line


def test_unknown_technology_gets_a_suggestion(gigasite):
    answer = gigasite("catalogue", "gas_engin")
    assert answer.exit_code == 2
    assert "Did you mean 'gas_engine'" in answer.stderr
