"""The run directory is whole or absent, and read back as it was written."""

import errno
import functools
import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from gigasite.models.errors import RunDirectoryError
from gigasite.models.plan_tables import FOLLOWING
from gigasite.reports.content import plan as content
from gigasite.reports.results import directories, run_directory, run_files


@pytest.fixture(scope="module")
def written(plan, tmp_path_factory):
    return run_directory.write(plan, tmp_path_factory.mktemp("runs") / "base")


@pytest.fixture(scope="module")
def brief_with(plan, plan_with):
    """The handmade plan with two days of hours, quick to write."""
    return functools.partial(plan_with, hourly=plan.hourly.isel(time=slice(48)))


@pytest.fixture(scope="module")
def brief(brief_with):
    return brief_with()


def nothing_else(parent: Path) -> list[str]:
    return sorted(entry.name for entry in parent.iterdir())


def test_handmade_plan_is_in_balance_on_every_bus(plan):
    """Sum over the components of a bus is zero each hour; the fixture would else prove nothing about balance."""
    for bus in ("ac", "it", "heat_liquid", "heat_air", "water"):
        total = sum(series for series in plan.hourly.data_vars.values() if series.attrs.get("bus") == bus)
        assert float(np.abs(total).max()) < 1e-9


def test_every_table_reads_back_equal_to_the_last_digit(plan, written):
    """0.1 + 0.2 = 0.30000000000000004 must survive; %g formatting or a fast parser would lose its last digit."""
    run = run_directory.read(written)
    for table in ("kpis", "capacities", "costs", "energy"):
        pd.testing.assert_frame_equal(getattr(run, table), getattr(plan, table), check_exact=True, check_dtype=False)
    assert set(run.tables) == set(FOLLOWING)
    for name, table in plan.tables.items():
        pd.testing.assert_frame_equal(run.tables[name], table, check_exact=True, check_dtype=False)
    xr.testing.assert_identical(run.hourly.drop_attrs(), plan.hourly.drop_attrs())
    assert run.hourly["ac.pv"].attrs == plan.hourly["ac.pv"].attrs
    assert (run.site, run.scenario, run.site_yaml, run.run) == (plan.site, plan.scenario, plan.site_yaml, plan.run)
    assert "0.30000000000000004" in run.assumptions["value"].tolist()


def test_text_that_looks_missing_stays_text(written):
    """The source 'NA' is a word here; pandas' defaults would read it as a missing number."""
    assert "NA" in run_directory.read(written).assumptions["source"].tolist()


def test_a_run_offers_every_table_a_plan_has(plan):
    names = {field.name for field in fields(run_directory.Run)}
    assert {field.name for field in fields(plan)} - {"extra"} <= names


def test_hourly_csv_has_a_row_an_hour_and_units_in_its_headings(plan, written):
    """2 phases x 8,760 h = 17,520 rows; the weather is repeated in both phases."""
    table = pd.read_csv(written / "hourly.csv")
    assert len(table) == 17_520
    assert "ac.pv [MW]" in table.columns
    np.testing.assert_allclose(table["ac.pv [MW]"], plan.hourly["ac.pv"].values.ravel(), rtol=1e-14)
    np.testing.assert_allclose(table["weather.dry_bulb [degC]"][8760:], plan.hourly["weather.dry_bulb"], rtol=1e-14)


def test_netcdf_says_units_and_conventions(written):
    with xr.open_dataset(written / "hourly.nc", engine="h5netcdf") as stored:
        assert stored.attrs["Conventions"].startswith("CF-")
        assert stored["ac.pv"].attrs["units"] == "MW"
        assert pd.Timestamp(stored["time"].values[0]) == pd.Timestamp("2026-01-01 00:30")


def test_record_names_the_sha256_of_every_data_file(written):
    record = json.loads((written / "run.json").read_text())
    assert set(record["files"]) == {*run_directory.DATA_FILES, *run_directory.PLAN.later}
    assert set(record["files"]) | {"run.json", "README.txt"} == {entry.name for entry in written.iterdir()}


def test_numbers_that_are_not_finite_leave_valid_json(brief, brief_with, tmp_path):
    """JSON knows no NaN; Python's writer would print one that other programs refuse."""
    place = run_directory.write(
        brief_with(run={**brief.run, "certified_gap": np.float64("nan"), "rows": np.int64(3)}), tmp_path / "r"
    )
    record = json.loads((place / "run.json").read_text(), parse_constant=pytest.fail)
    assert record["run"]["certified_gap"] is None
    assert record["run"]["rows"] == 3


def test_a_new_run_replaces_the_old_one_whole(brief, brief_with, tmp_path):
    place = run_directory.write(brief, tmp_path / "base")
    (place / "stale.txt").write_text("old")
    run_directory.write(brief_with(scenario="late grid"), place)
    assert run_directory.read(place).scenario == "late grid"
    assert not (place / "stale.txt").exists()
    assert nothing_else(tmp_path) == ["base"]


def test_a_directory_that_is_no_run_is_refused_untouched(brief, tmp_path):
    precious = tmp_path / "photos"
    precious.mkdir()
    (precious / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(RunDirectoryError, match=r"photos: exists and has no run\.json"):
        run_directory.write(brief, precious)
    assert nothing_else(precious) == ["cat.jpg"]
    assert nothing_else(tmp_path) == ["photos"]


def test_a_foreign_run_json_is_refused(brief, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "run.json").write_text('{"program": "else"}')
    with pytest.raises(RunDirectoryError, match="not written by gigasite"):
        run_directory.write(brief, tmp_path / "other")


def test_a_run_that_holds_folders_is_not_deleted(brief, tmp_path):
    """Runs may lie inside the directory of another run; replacing it would delete them."""
    place = run_directory.write(brief, tmp_path / "base")
    run_directory.write(brief, place / "dry")
    with pytest.raises(RunDirectoryError, match="dry"):
        run_directory.write(brief, place)
    assert run_directory.read(place / "dry").site == brief.site


def test_a_file_in_the_way_is_refused(brief, tmp_path):
    (tmp_path / "base").write_text("a file")
    with pytest.raises(RunDirectoryError, match="is a file"):
        run_directory.write(brief, tmp_path / "base")


@pytest.mark.parametrize("fails", ["table_to_csv", "hourly_to_netcdf", "hourly_to_csv", "_swap"])
@pytest.mark.parametrize("trouble", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
@pytest.mark.parametrize("old", [True, False])
def test_trouble_in_the_middle_leaves_the_old_run_or_nothing(
    brief, brief_with, tmp_path, monkeypatch, fails, trouble, old
):
    place = tmp_path / "base"
    if old:
        run_directory.write(brief, place)

    def failing(*_args, **_keywords):
        raise trouble

    monkeypatch.setattr(directories if fails == "_swap" else run_directory, fails, failing)
    with pytest.raises(KeyboardInterrupt if isinstance(trouble, KeyboardInterrupt) else RunDirectoryError) as caught:
        run_directory.write(brief_with(scenario="new"), place)
    if isinstance(trouble, OSError):
        assert "No space left on device" in str(caught.value)
        assert "Free some disk space" in str(caught.value)
    assert nothing_else(tmp_path) == (["base"] if old else [])
    if old:
        assert run_directory.read(place).scenario == "base"


def test_a_failing_second_rename_puts_the_old_run_back(brief, brief_with, tmp_path, monkeypatch):
    place = run_directory.write(brief, tmp_path / "base")
    rename = Path.rename

    def failing(self, target):
        if ".partial-" in self.name:
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(RunDirectoryError, match="Input/output error"):
        run_directory.write(brief_with(scenario="new"), place)
    assert nothing_else(tmp_path) == ["base"]
    assert run_directory.read(place).scenario == "base"


def test_a_run_killed_between_the_renames_is_pointed_to(brief, tmp_path):
    place = run_directory.write(brief, tmp_path / "base")
    place.rename(tmp_path / ".base.old-12345678")
    with pytest.raises(RunDirectoryError, match=r"\.base\.old-12345678"):
        run_directory.read(place)


def test_every_edited_and_missing_file_is_named_at_once(brief, tmp_path):
    place = run_directory.write(brief, tmp_path / "base")
    with (place / "kpis.csv").open("a") as stream:
        stream.write("2026-01-01,lcoe,1,USD/MWh\n")
    (place / "hourly.nc").unlink()
    with pytest.raises(RunDirectoryError) as caught:
        run_directory.read(place)
    assert len(caught.value.problems) == 2
    assert "hourly.nc: is missing" in str(caught.value)
    assert "kpis.csv: was edited" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"), [("{", "cannot be read"), ('{"a": 1}', "not written by gigasite"), ("[]", "not written by")]
)
def test_a_broken_record_is_said_clearly(tmp_path, text, message):
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(RunDirectoryError, match=message):
        run_directory.read(tmp_path)


def test_a_run_of_another_format_is_refused(brief, tmp_path):
    place = run_directory.write(brief, tmp_path / "base")
    record = json.loads((place / "run.json").read_text())
    (place / "run.json").write_text(json.dumps({**record, "format": 99}))
    with pytest.raises(RunDirectoryError, match="format 99, this program reads format 1"):
        run_directory.read(place)


def as_earlier(place: Path, *names: str) -> None:
    """Make a run what a release wrote that did not know some tables."""
    record = json.loads((place / "run.json").read_text())
    for name in names:
        (place / f"{name}.csv").unlink()
        del record["files"][f"{name}.csv"]
    (place / "run.json").write_text(json.dumps(record))


def test_a_run_of_an_earlier_release_is_read_and_says_what_it_lacks(brief, tmp_path):
    """Existing files are unchanged, so that the format is the same; only what is new is not there."""
    place = run_directory.write(brief, tmp_path / "base")
    as_earlier(place, "orders", "cash_flow")
    run = run_directory.read(place)
    assert set(run.tables) == set(FOLLOWING) - {"orders", "cash_flow"}
    (line,) = (line for line in content.cautions(run) if "earlier release" in line)
    assert "lacks: orders, cash flow. Solve the site again" in line


def test_a_run_that_lost_a_table_is_not_an_earlier_one(brief, tmp_path):
    place = run_directory.write(brief, tmp_path / "base")
    (place / "orders.csv").unlink()
    with pytest.raises(RunDirectoryError, match=r"orders\.csv: is missing"):
        run_directory.read(place)


def test_a_plan_without_one_of_the_tables_is_broken(brief, brief_with, tmp_path):
    tables = {name: table for name, table in brief.tables.items() if name != "delay"}
    with pytest.raises(KeyError, match="delay"):
        run_directory.write(brief_with(tables=tables), tmp_path / "base")


def test_missing_directory_says_how_to_make_one(tmp_path):
    with pytest.raises(RunDirectoryError, match="gigasite solve"):
        run_directory.read(tmp_path / "absent")


def test_series_without_units_are_a_broken_plan(brief, tmp_path):
    with pytest.raises(ValueError, match=r"ac\.pv"):
        run_files.hourly_to_netcdf(
            brief.hourly.assign({"ac.pv": brief.hourly["ac.pv"].drop_attrs()}), tmp_path / "h.nc"
        )


def test_table_with_other_columns_is_a_broken_plan(brief, tmp_path):
    with pytest.raises(ValueError, match="expected the columns phase, name"):
        run_files.table_to_csv(
            brief.kpis.drop(columns="unit"), tmp_path / "kpis.csv", ("phase", "name", "value", "unit")
        )
