"""One mechanism for every kind of directory."""

import json

import pytest

from gigasite.models.errors import RunDirectoryError
from gigasite.reports.results import directories
from gigasite.reports.results.directories import Kind

APPLES = Kind("apples", "basket of apples", "pick", "Pick again", 3, ("format", "tree"), ("a.csv",))
PEARS = Kind("pears", "basket of pears", "pick", "Pick again", 1, ("format", "tree"), ("a.csv",))


def fill(place):
    (place / "a.csv").write_text("a\n")
    (place / "picture.svg").write_text("<svg/>")


def test_record_says_kind_and_format_and_hashes_data_files_only(tmp_path):
    """The sha256 is that of the two bytes 'a' and newline."""
    place = directories.write(tmp_path / "b", APPLES, {"tree": "old"}, fill)
    assert json.loads((place / "run.json").read_text()) == {
        "program": "gigasite",
        "kind": "apples",
        "format": 3,
        "tree": "old",
        "files": {"a.csv": "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"},
    }
    assert (place / "picture.svg").is_file()
    assert directories.read_record(place, APPLES)["tree"] == "old"
    assert directories.kind_of(place) == "apples"


def test_one_kind_never_takes_the_place_of_another(tmp_path):
    place = directories.write(tmp_path / "b", APPLES, {"tree": "old"}, fill)
    with pytest.raises(RunDirectoryError, match="holds a result of kind 'apples', not a basket of pears"):
        directories.write(place, PEARS, {"tree": "new"}, fill)
    with pytest.raises(RunDirectoryError, match="not a basket of pears"):
        directories.read_record(place, PEARS)
    assert directories.read_record(place, APPLES)["tree"] == "old"


def test_failing_writer_leaves_nothing(tmp_path):
    def fails(place):
        fill(place)
        raise OSError(28, "No space left on device")

    with pytest.raises(RunDirectoryError, match="Free some disk space"):
        directories.write(tmp_path / "b", APPLES, {"tree": "old"}, fails)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"program": "else"}'])
def test_what_names_no_kind_is_read_as_a_plan(tmp_path, text):
    """The reader of plans then says what is wrong with it."""
    assert directories.kind_of(tmp_path) == "plan"
    (tmp_path / "run.json").write_text(text)
    assert directories.kind_of(tmp_path) == "plan"


def test_other_format_and_missing_entries_are_refused(tmp_path):
    place = directories.write(tmp_path / "b", APPLES, {"tree": "old"}, fill)
    record = json.loads((place / "run.json").read_text())
    (place / "run.json").write_text(json.dumps({**record, "format": 2}))
    with pytest.raises(RunDirectoryError, match=r"format 2, this program reads format 3\. Pick again"):
        directories.read_record(place, APPLES)
    del record["tree"]
    (place / "run.json").write_text(json.dumps(record))
    with pytest.raises(RunDirectoryError, match="not written by gigasite"):
        directories.read_record(place, APPLES)
