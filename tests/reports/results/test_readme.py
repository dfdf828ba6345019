"""README.txt and the table of columns behind it."""

import pytest

from gigasite.models.plan_tables import COLUMNS
from gigasite.reports.results import columns, readme, run_directory


@pytest.fixture(scope="module")
def brief(plan, plan_with):
    return plan_with(hourly=plan.hourly.isel(time=slice(48)))


def test_every_file_and_column_has_a_meaning(brief, tmp_path):
    place = run_directory.write(brief, tmp_path / "base")
    assert {entry.name for entry in place.iterdir()} <= set(columns.FILES)
    for table, names in COLUMNS.items():
        for name in names:
            _, words = columns.meaning(table, name)
            assert words, (table, name)


def test_no_meaning_is_left_over():
    """A column that no table has any more would explain nothing."""
    known = {name for names in COLUMNS.values() for name in names}
    assert set(columns.MEANINGS) <= known
    assert all(name in COLUMNS[table] for table, name in columns.OWN)


def test_the_readme_explains_what_is_there(brief, tmp_path):
    text = (run_directory.write(brief, tmp_path / "base") / "README.txt").read_text(encoding="utf-8")
    for words in (
        "Columns of costs.csv",
        "present_value_years",
        "[yr] years of the phase",
        "pue_p99_6",
        "ac.pv",
        "format 1",
    ):
        assert words in text
    assert "[degC]" in text
    assert max(map(len, text.splitlines())) <= readme.WIDTH


def test_hourly_csv_and_readme_are_made_again_as_they_were(brief, tmp_path):
    place = run_directory.write(brief, tmp_path / "base")
    before = (place / "hourly.csv").read_bytes(), (place / "README.txt").read_bytes()
    (place / "hourly.csv").unlink()
    (place / "README.txt").unlink()
    assert run_directory.write_csv(place) == [place / "hourly.csv", place / "README.txt"]
    assert ((place / "hourly.csv").read_bytes(), (place / "README.txt").read_bytes()) == before
    run_directory.read(place)
