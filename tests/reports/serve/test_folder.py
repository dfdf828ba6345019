"""What lies in the folder of runs, and that no path leads out of it."""

import json
import os
import zipfile

import pytest

from gigasite.models.errors import RunDirectoryError
from gigasite.reports.serve.folder import Folder, files_of, zipped

OUTSIDE = (
    "", ".", "..", "../secret", "a/../../secret", "/etc", "//etc", "~", "a/./../../secret", "a\\..\\..\\secret",
    "C:/secret", "C:secret", ".queue", ".files/x", "a/.hidden", "a\0b", "a//../..", "x" * 5000,
)  # fmt: skip


def make_run(place, **record):
    place.mkdir(parents=True)
    (place / "run.json").write_text(json.dumps({"program": "gigasite", "kind": "plan", **record}))
    (place / "kpis.csv").write_text("phase,name,value,unit\n")
    return place


@pytest.mark.parametrize("path", OUTSIDE, ids=repr)
def test_no_path_leads_out(folder, path):
    make_run(folder.place.parent / "secret")
    make_run(folder.place / "a")
    assert folder.within(path) is None
    assert folder.run(path) is None


@pytest.mark.parametrize("name", ["../a/run.json", "..", "", "/etc/passwd", ".hidden", "b/run.json", "run.json\0"])
def test_file_lies_directly_in_its_run(folder, name):
    make_run(folder.place / "a")
    (folder.place / "a" / ".hidden").write_text("")
    assert folder.file("a", name) is None
    assert folder.file("a", "run.json") == folder.place / "a" / "run.json"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_out_of_the_folder_are_not_followed(folder):
    secret = make_run(folder.place.parent / "secret")
    run = make_run(folder.place / "a")
    (folder.place / "linked").symlink_to(secret, target_is_directory=True)
    (run / "linked.csv").symlink_to(secret / "kpis.csv")
    (run / "hidden.csv").symlink_to(folder.queue)
    assert folder.run("linked") is None
    assert folder.file("a", "linked.csv") is None
    assert folder.file("a", "hidden.csv") is None
    assert [found.path for found in folder.runs()] == ["a"]
    assert "linked.csv" not in dict(files_of(run))
    with zipped(run, "a") as stream, zipfile.ZipFile(stream) as archive:
        assert sorted(archive.namelist()) == ["a/kpis.csv", "a/run.json"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_queue_that_leads_elsewhere_is_refused(tmp_path):
    (tmp_path / "runs").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "runs" / ".queue").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RunDirectoryError, match=r"\.queue: leads outside"):
        Folder(tmp_path / "runs")


def test_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "runs").write_text("")
    with pytest.raises(RunDirectoryError, match="is a file"):
        Folder(tmp_path / "runs")


def test_runs_come_latest_first_and_damaged_ones_are_told(folder):
    for seconds, name in enumerate(("site/old", "site/new", "deep/er/run")):
        os.utime(make_run(folder.place / name) / "run.json", (1e9 + seconds, 1e9 + seconds))
    (folder.place / "broken").mkdir()
    (folder.place / "broken" / "run.json").write_text("{")
    found = folder.runs()
    assert [run.path for run in found] == ["deep/er/run", "site/new", "site/old", "broken"]
    assert [run.kind for run in found] == ["plan", "plan", "plan", "damaged"]


def test_free_path_is_new_on_disk_and_in_the_queue(folder):
    make_run(folder.place / "memphis" / "base")
    assert folder.free("memphis", "base", {"memphis/base_2"}) == "memphis/base_3"
    assert folder.free("memphis", "dry", set()) == "memphis/dry"
