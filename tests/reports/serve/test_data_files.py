"""Data files of the page."""

import pytest

from gigasite.models.errors import SiteFileError
from gigasite.reports.serve import data_files


@pytest.mark.parametrize(
    "name", ["../x.csv", "a/b.csv", "/x.csv", ".x.csv", "x", "x.py", "x.csv.exe", "x..csv", "a\\b.csv", "a\0.csv", ""]
)
def test_names_that_lead_elsewhere_or_are_no_data_are_refused(folder, name):
    with pytest.raises(SiteFileError):
        data_files.add(folder, name, b"")
    assert list(folder.files.iterdir()) == []


def test_file_is_kept_replaced_and_removed(folder):
    data_files.add(folder, "Prices 2030.csv", b"1")
    data_files.add(folder, "Prices 2030.csv", b"12")
    assert data_files.listed(folder) == [("Prices 2030.csv", 2)]
    data_files.remove(folder, "Prices 2030.csv")
    assert data_files.listed(folder) == []


def test_size_and_number_have_limits(folder, monkeypatch):
    monkeypatch.setattr(data_files, "LARGEST", 3)
    monkeypatch.setattr(data_files, "MOST", 1)
    data_files.add(folder, "a.csv", b"123")
    with pytest.raises(SiteFileError) as refused:
        data_files.add(folder, "b.csv", b"1234")
    assert len(refused.value.problems) == 2
