"""The directory of a comparison is whole or absent, and read back as it was written."""

import csv
import json
from dataclasses import fields

import pandas as pd
import pytest

from gigasite.models.errors import RunDirectoryError
from gigasite.reports.cooling import directory as cooling_directory
from gigasite.reports.results import run_directory


@pytest.fixture
def written(cooled, tmp_path):
    return cooling_directory.write(cooled, tmp_path / "c", {"costs-hot.svg": b"<svg/>"})


def test_every_table_reads_back_equal_to_the_last_digit(cooled, written):
    """0.1 + 0.2 must survive."""
    found = cooling_directory.read(written)
    for field in fields(cooled):
        if isinstance(before := getattr(cooled, field.name), pd.DataFrame):
            pd.testing.assert_frame_equal(
                getattr(found, field.name), before, check_exact=True, check_dtype=False, obj=field.name
            )
    assert found.units == cooled.units
    assert found.run == cooled.run
    assert found.figures["trim_hours"].iloc[0] == 0.1 + 0.2


def test_wide_table_has_units_in_its_headings_and_a_row_per_place_and_option(written):
    with (written / "ranking.csv").open(encoding="utf-8") as file:
        headings, *rows = csv.reader(file)
    assert headings[:6] == ["place", "option", "label", "rank", "standing", "why"]
    assert "water_peak [L/s]" in headings
    assert [row[3] for row in rows] == ["1", "", "", "1", "2", ""]


def test_record_names_the_kind_and_every_data_file(written):
    record = json.loads((written / "run.json").read_text())
    assert (record["kind"], record["run"]["status"]) == ("cooling", "complete")
    assert {"cooling.csv", "ranking.csv", "costs.csv", "sweeps.csv", "overhead.csv"} <= set(record["files"])
    assert "costs-hot.svg" not in record["files"]
    assert (written / "costs-hot.svg").read_bytes() == b"<svg/>"


def test_edited_and_missing_files_are_named_at_once(written):
    (written / "costs.csv").write_text("nothing")
    (written / "sweeps.csv").unlink()
    with pytest.raises(RunDirectoryError) as caught:
        cooling_directory.read(written)
    assert len(caught.value.problems) == 2
    assert "Run gigasite cooling again" in str(caught.value)


def test_comparison_replaces_a_comparison_and_never_a_plan(cooled, written, plan, tmp_path):
    cooling_directory.write(cooled, written)
    assert not (written / "costs-hot.svg").exists()
    brief = tmp_path / "plan"
    run_directory.write(plan, brief)
    with pytest.raises(RunDirectoryError, match="holds a result of kind 'plan', not a comparison of cooling"):
        cooling_directory.check_target(brief)
    with pytest.raises(RunDirectoryError, match="holds a result of kind 'cooling', not a plan"):
        run_directory.check_target(written)
