import pickle

import numpy as np
import pytest

from gigasite.models.errors import InfeasibleError
from gigasite.sites.changing import Change
from gigasite.sites.document import Problems
from gigasite.sites.drafts import SiteFile, fingerprint, unpacked

SITE = """
site: {name: Test, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
power:
  offices: {kind: load, demand: {file: load.csv, column: mw, unit: MW}}
grid:
  utility: {size: {maximum: {2027-01-01: 100 MW}}, energy_price: 75 USD/MWh, emission: 400 kg/MWh, carbon_free_share: 30 %}
scenarios:
  dear: {note: Dear power, grid: {utility: {energy_price: 150 USD/MWh}}}
"""  # noqa: E501


@pytest.fixture
def file(tmp_path):
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "load.csv").write_text("mw\n" + "60\n" * 8760)
    (tmp_path / "here" / "test.yaml").write_text(SITE)
    return SiteFile(tmp_path / "here" / "test.yaml")


def _read(file, scenario="base", *changes):
    problems = Problems("test.yaml")
    draft = file.draft(
        scenario, [Change(path, value, "plan.yaml:1") for path, value in changes], name="x", problems=problems
    )
    site = file.read(draft, problems)
    problems.raise_if_any()
    return site, draft


def test_packed_draft_is_read_where_no_file_of_the_site_is(file, tmp_path):
    site, draft = _read(file)
    travelling = pickle.dumps(file.packed(draft, site))
    for path in (tmp_path / "here").iterdir():
        path.unlink()
    there = unpacked(pickle.loads(travelling), tmp_path / "there")
    np.testing.assert_array_equal(there.component("offices").demand.values, 60.0)
    assert there.resolved == site.resolved
    assert there.inputs == site.inputs
    assert fingerprint(there) == fingerprint(site)


def test_scenario_and_changes_are_in_the_note(file):
    site, _ = _read(file, "dear", ("money.discount_rate", 0.05))
    assert site.note == "Dear power. money.discount_rate: 0.05"
    assert site.scenario == "x"


def test_same_inputs_have_the_same_key_however_they_came_about(file):
    plain, dear = _read(file)[0], _read(file, "dear")[0]
    changed = _read(file, "base", ("grid.utility.energy_price", "150 USD/MWh"))[0]
    assert fingerprint(dear) == fingerprint(changed) != fingerprint(plain)


def test_key_follows_the_content_of_files_not_their_place_or_comments(file, tmp_path):
    first = fingerprint(_read(file)[0])
    (tmp_path / "here").rename(tmp_path / "moved")
    moved = tmp_path / "moved" / "test.yaml"
    moved.write_text("# a comment\n" + SITE)
    assert fingerprint(_read(SiteFile(moved))[0]) == first
    (tmp_path / "moved" / "load.csv").write_text("mw\n" + "61\n" * 8760)
    assert fingerprint(_read(SiteFile(moved))[0]) != first


def test_what_arithmetic_shows_to_be_infeasible_is_told_when_it_is_unpacked(file, tmp_path):
    site, draft = _read(file, "base", ("grid.utility.size.maximum.2027-01-01", "20 MW"))
    with pytest.raises(InfeasibleError):
        unpacked(file.packed(draft, site), tmp_path / "there")
