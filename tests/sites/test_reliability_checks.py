# ruff: noqa: E501  sentences stand as people see them
"""A reserve and outages in a site file: what is read, and what is refused."""

import pytest

ENGINES = """
power:
  offices: {kind: load, demand: 60 MW}
  engines: {kind: generator, technology: diesel, fuel: diesel_oil, available: 2027-01-01}
  tank: {kind: diesel_oil}
"""


@pytest.fixture
def written(texts):
    return lambda limits, grid=True: (
        texts["head"]
        + ENGINES
        + (texts["grid"].replace("utility: {", "utility: {available: 2027-01-01, ") if grid else "")
        + f"limits: {limits}\n"
    )


def test_a_reserve_and_outages_are_read(site, written):
    made = site(
        written(
            "{reserve: {margin: 10 %, units: {engines: 3 MW}, grid_counts: true}, outage: {windows: [{start: 07-14 15, hours: 4}],"
            " critical: 60 %, fuel_stock: {diesel_oil: 500 MWh}, machines: {engines: {start_failure: 1 %}}}}"
        )
    )
    assert made.component("reserve").units == {"engines": 3.0}
    assert made.component("outage").windows[0].first == 4671
    assert made.component("outage").machines["engines"].start_failure == 0.01


def test_what_is_resolved_reads_the_same(site, written, tmp_path):
    from ruamel.yaml import YAML

    from gigasite.sites import read

    made = site(written("{outage: {windows: [{start: 07-14 15, hours: 4}], sample: {seed: 1, number: 3, mean: 4 h}}}"))
    path = tmp_path / "again.yaml"
    with path.open("w", encoding="utf-8") as stream:
        YAML().dump(dict(made.resolved), stream)
    assert read(path).component("outage") == made.component("outage")


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (
            "{reserve: {units: {engine: 3 MW}}}",
            "reserve: units names 'engine', which is no generator on the site. Did you mean 'engines'",
        ),
        (
            "{outage: {windows: [{start: 07-14 15, hours: 4}], fuel_stock: {gas: 5 MWh}}}",
            "fuel_stock names 'gas', which is no fuel that a generator burns",
        ),
        (
            "{outage: {windows: [{start: 07-14 15, hours: 4}], machines: {motor: {start_failure: 1 %}}}}",
            "machines names 'motor'",
        ),
        ("{outage: {windows: [{start: 07-14 15, hours: 9000}]}}", "8760"),
        ("{outage: {windows: [{start: 12-31 22, hours: 5}]}}", "must end within the year, got 5 h from 12-31 22"),
        ("{outage: {windows: [{start: 02-30 00, hours: 5}]}}", "must be an hour of a year of 365 days, got '02-30 00'"),
        (
            "{outage: {windows: [{start: 07-14 15, hours: 4}], critical: 120 %}}",
            "between 0 and 1 (0 % and 100 %), got 1.2",
        ),
        (
            "{outage: {windows: [{start: 07-14 15, hours: 4}], machines: {engines: {mean_time_to_failure: 0 h}}}}",
            "mean_time_to_failure",
        ),
        ("{reserve: {}}", "limits nothing: state a margin"),
        ("{reserve: 10 %}", "limits: reserve must be a mapping"),
        ("{reserves: {margin: 10 %}}", "unknown key 'reserves'"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(trouble, written, limits, said):
    sentences = trouble(written(limits))
    assert any(said in sentence for sentence in sentences), sentences


def test_an_outage_needs_a_grid(trouble, written):
    sentences = trouble(
        written("{outage: {windows: [{start: 07-14 15, hours: 4}]}, reserve: {grid_counts: true}}", grid=False)
    )
    assert any("only a grid connection can fail" in sentence for sentence in sentences)
    assert any("grid_counts needs a grid connection" in sentence for sentence in sentences)


def test_firm_capacity_that_cannot_reach_the_site_is_refused_with_its_line(trouble, written):
    """Engines on `yard` beside a load there: nothing carries them to the site. With a converter they count."""
    text = written("{reserve: {margin: 10 %}}").replace(
        "fuel: diesel_oil, available", "bus: yard, fuel: diesel_oil, available"
    )
    pump = "  pumps: {kind: load, bus: yard, demand: 1 MW}\n"
    text = text.replace("  tank:", f"{pump}  tank:")
    assert trouble(text) == [
        "test.yaml:7 generator 'engines': bus must be one from which a converter leads to the site, or it counts for no"
        " firm capacity in limits.reserve, got 'yard'. Add a converter with source: yard and bus: ac to section power,"
        " write bus: ac, or remove the reserve."
    ]


def test_firm_capacity_over_two_converters_is_read(site, written):
    text = written("{reserve: {margin: 10 %}}").replace(
        "fuel: diesel_oil, available", "bus: yard, fuel: diesel_oil, available"
    )
    ways = (
        "  first: {kind: converter, source: yard, bus: between, two_way: false, available: 2027-01-01}\n"
        "  second: {kind: converter, source: between, bus: ac, two_way: false, available: 2027-01-01}\n"
    )
    assert site(text.replace("  tank:", f"{ways}  tank:")).component("second").firm_way == ("between", "ac")
