"""Data files that a site file names, and aliases that would fill the memory."""

import os

import pytest

from gigasite.reports.serve.checking import check
from gigasite.reports.serve.references import MOST_VALUES, values

PRICED = "energy_price: {file: %s, column: price, unit: USD/MWh}"


def priced(text, file):
    return text.replace("energy_price: 75 USD/MWh", PRICED % file, 1)


def write_prices(path):
    path.write_text("price\n" + "75\n" * 8760)


def test_data_file_of_the_page_is_read_and_belongs_to_the_job(folder, site_text):
    write_prices(folder.files / "prices.csv")
    verdict = check(priced(site_text, "prices.csv"), ["base"], folder)
    assert verdict.right, verdict.problems
    assert verdict.data_files == (folder.files / "prices.csv",)


@pytest.mark.parametrize("name", ["../../prices.csv", "../../../etc/passwd", "/etc/passwd", "{folder}/../prices.csv"])
def test_file_outside_is_refused_and_not_even_opened(folder, site_text, name):
    """Read, its first lines would stand in the message."""
    write_prices(folder.place.parent / "prices.csv")
    verdict = check(priced(site_text, name.format(folder=folder.place)), ["base"], folder)
    (problem,) = verdict.problems
    assert (problem.line, problem.rule) == (7, "file must be one of the data files of this page")
    assert "Add the file" in problem.remedy


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_link_to_a_file_outside_is_refused(folder, site_text):
    write_prices(folder.place.parent / "prices.csv")
    (folder.files / "prices.csv").symlink_to(folder.place.parent / "prices.csv")
    assert not check(priced(site_text, "prices.csv"), ["base"], folder).right


def test_weather_and_scenarios_are_looked_at_too(folder, site_text):
    text = site_text.replace("{normals: abu_dhabi}", "{file: /etc/passwd}")
    assert check(text, ["base"], folder).problems[0].line == 2
    text = site_text + "  wet: {climate: {file: ../../x.epw}}\n"
    (problem,) = check(text, ["base"], folder).problems
    assert (problem.line, problem.place) == (10, "scenarios")


def test_file_of_an_earlier_job_may_be_named(folder, site_text):
    """The input of a finished run names the copy that its job kept."""
    (folder.queue / "job").mkdir()
    write_prices(folder.queue / "job" / "prices.csv")
    assert check(priced(site_text, folder.queue / "job" / "prices.csv"), ["base"], folder).right


def test_missing_file_is_told(folder, site_text):
    (problem,) = check(priced(site_text, "prices.csv"), ["base"], folder).problems
    assert "prices.csv" in problem.value
    assert "Add the file" in problem.remedy


def test_aliases_count_as_often_as_they_stand_for_values():
    """a is 1 mapping, its key, a list of 2: 5 with the root. b adds a key, a list, and twice the list of 3: 13."""
    assert values("a: &a [1, 2]\n") == 5
    assert values("a: &a [1, 2]\nb: [*a, *a]\n") == 13
    assert values("a: &a [*a]\n") > 0


def test_aliases_that_multiply_are_refused_at_once(folder):
    """Ten levels of ten aliases each would be 10**10 values."""
    lines = ["a0: &a0 [1]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 11))]
    assert values("\n".join(lines)) > MOST_VALUES
    (problem,) = check("\n".join(lines), ["base"], folder).problems
    assert "aliases" in problem.rule


def test_depth_is_limited(folder):
    assert not check("a: " + "[" * 5000 + "]" * 5000, ["base"], folder).right
