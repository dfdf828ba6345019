"""The checks of a site file that is still being written."""

import pytest

from gigasite.reports.serve.checking import (
    LONGEST,
    Problem,
    check,
    shipped_text,
    starter_text,
    taken_apart,
)


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        (
            "a.yaml:14 battery 'bess': power must be a quantity in MW, got '50 MWh'. Did you mean energy?",
            Problem(14, "battery 'bess'", "power must be a quantity in MW", "'50 MWh'", "Did you mean energy?"),
        ),
        (
            "a.yaml:2 goal must be 'a' or 'b', got 0.5. Write a word.",
            Problem(2, "", "goal must be 'a' or 'b'", "0.5", "Write a word."),
        ),
        (
            "a.yaml:4 unknown key 'load'. Known keys: site, climate.",
            Problem(4, "", "unknown key 'load'.", "", "Known keys: site, climate."),
        ),
        ("a.yaml: must be a mapping.", Problem(None, "", "must be a mapping.", "", "")),
        ("water is short by 0.3", Problem(None, "", "water is short by 0.3", "", "")),
    ],
)
def test_sentence_is_taken_apart(sentence, problem):
    assert taken_apart(sentence, "a.yaml") == problem


def test_right_file_gives_its_name_and_scenarios(folder, site_text):
    verdict = check(site_text, ["base", "dear"], folder)
    assert verdict.right
    assert verdict.name == "Small Field"
    assert dict(verdict.scenarios) == {"dear": "Power costs twice as much."}
    assert list(folder.files.iterdir()) == []


def test_all_mistakes_come_at_once_with_line_value_and_remedy(folder, site_text):
    text = site_text.replace("1 MW}", "1 MWh}").replace("normals: abu_dhabi", "normals: abu_dabi")
    climate, load = check(text, ["base"], folder).problems
    assert (climate.line, climate.place) == (2, "climate")
    assert "Did you mean 'abu_dhabi'?" in climate.remedy
    assert (load.line, load.place, load.value) == (5, "load 'hall'", "'1 MWh'")


def test_broken_yaml_is_told_by_its_line(folder):
    (problem,) = check("site: {}\nclimate: [x\n", ["base"], folder).problems
    assert problem.line == 3
    assert "not valid YAML" in problem.rule
    assert str(folder.place) not in problem.rule + problem.remedy


def test_limits_are_weighed_for_the_scenarios_that_are_ticked(folder, site_text):
    text = site_text + "  large: {power: {hall: {demand: 50 MW}}}\n"
    assert check(text, ["base"], folder).right
    (problem,) = check(text, ["base", "large"], folder).problems
    assert problem.place.startswith("scenario 'large'")


def test_unknown_scenario_is_refused(folder, site_text):
    (problem,) = check(site_text, ["cheap"], folder).problems
    assert "cheap" in problem.rule


def test_large_file_is_refused_before_it_is_read(folder):
    (problem,) = check("#" * (LONGEST + 1), ["base"], folder).problems
    assert "larger than 1 MB" in problem.rule


def test_starter_and_shipped_files_are_right(folder):
    assert check(starter_text(), ["base"], folder).right
    assert check(shipped_text("memphis"), ["base"], folder).right


@pytest.mark.parametrize("name", ["../reader", "starter", "memphis.yaml", "/etc/passwd", ""])
def test_only_shipped_sites_are_read_by_name(name):
    assert shipped_text(name) is None
