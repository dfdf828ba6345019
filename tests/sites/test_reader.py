# ruff: noqa: E501  sentences stand as people see them
from collections.abc import Callable
from pathlib import Path

import pytest

from gigasite.models.errors import SiteFileError
from gigasite.sites import Site, read, scenarios, shipped

Reading = Callable[..., Site]
Trouble = Callable[..., list[str]]


def test_a_plain_load_needs_no_compute_and_no_cooling(site: Reading, texts: dict[str, str]) -> None:
    made = site(texts["head"] + texts["load"] + texts["grid"])
    assert [each.name for each in made.components] == ["offices", "utility"]
    assert made.key == "test"
    assert made.scenario == "base"
    assert made.goal == "least_cost"


def test_power_chain_and_building_are_added_to_platforms(site: Reading, texts: dict[str, str]) -> None:
    made = site(texts["head"] + texts["compute"] + texts["grid"])
    assert [each.kind for each in made.components] == [
        "accelerators", "work", "power_chain", "building", "air_cooled_chiller", "cold_plate_dry_cooler", "grid",
    ]  # fmt: skip


def test_null_leaves_the_building_out(site: Reading, texts: dict[str, str]) -> None:
    text = texts["head"] + texts["compute"].replace("cooling:", "  building: null\ncooling:") + texts["grid"]
    assert "building" not in [each.kind for each in site(text).components]


def test_towers_bring_a_water_supply(site: Reading, texts: dict[str, str]) -> None:
    """Catalogue price of desalinated water: 2.5 USD/m3."""
    towers = "  tower: {kind: cold_plate_tower, supply: 32 degC}\n"
    made = site(texts["head"] + texts["compute"] + towers + texts["grid"])
    assert made.component("water").price == 2.5  # type: ignore[attr-defined]


def test_a_plain_size_is_a_fixed_size(site: Reading, texts: dict[str, str]) -> None:
    made = site(texts["head"] + texts["load"] + "  bess: {kind: battery, power: 5 MW, energy: {}}\n" + texts["grid"])
    assert list(made.component("bess").power.fixed.values()) == [5.0]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "bess: {kind: battery, power: 50 MWh}",
            "test.yaml:6 battery 'bess': power must be a quantity in MW, got '50 MWh'. Did you mean energy?",
        ),
        (
            "bess: {kind: battery, power: 50}",
            "test.yaml:6 battery 'bess': power must be a quantity in MW, got the bare number 50. Write the unit: '50 MW'.",
        ),
        ("bess: {kind: battry}", "test.yaml:6 power 'bess': kind 'battry' is unknown. Did you mean 'battery'?"),
        ("bess: {kind: grid}", "test.yaml:6 power 'bess': kind 'grid' belongs to section grid. Move it there."),
        (
            "bess: {kind: battery, enrgy: 5 MWh}",
            "test.yaml:6 battery 'bess': unknown key 'enrgy'. Did you mean 'energy'?",
        ),
        (
            "bess: {kind: battery, power: {maximum: -1 MW}}",
            "test.yaml:6 battery 'bess': power.maximum must not be negative, got -1. Remove the entry to switch it off.",
        ),
        (
            "bess: {kind: battery, power: {minimum: 3 MW, maximum: 1 MW}}",
            "test.yaml:6 battery 'bess': power: the minimum 3 lies above the maximum 1. Lower the minimum.",
        ),
        (
            "bess: {kind: battery, available: 2028}",
            "test.yaml:6 battery 'bess': available must be a date such as 2028-01-01, got 2028.",
        ),
        ("bess: 5 MW", "test.yaml:6 power.bess: must be a mapping, got '5 MW'. Write {kind: ...}."),
        (
            "utility: {kind: battery}",
            "test.yaml:8 name 'utility' is used twice: by power.utility (line 6) and grid.utility. Rename one of them.",
        ),
        (
            "Bess: {kind: battery}",
            "test.yaml:6 name 'Bess' must be lower-case letters, digits and underscores, beginning with a letter."
            " Rename it.",
        ),
        ("balance: {kind: battery}", "test.yaml:6 name 'balance' is kept by the model. Choose another."),
        (
            "bess: {kind: battery, name: x}",
            "test.yaml:6 battery 'bess': unknown key 'name'; the key above it is its name.",
        ),
        (
            "engines: {kind: generator, fuel: gas}",
            "test.yaml:6 generator 'engines': technology is missing. Name a row of the catalogue;"
            " `gigasite catalogue` lists them.",
        ),
    ],
)
def test_a_wrong_line_is_answered_with_place_rule_value_and_remedy(
    trouble: Trouble, texts: dict[str, str], line: str, says: str
) -> None:
    """The line under test is line 6: head 3, power 2."""
    found = trouble(texts["head"] + texts["load"] + f"  {line}\n" + texts["grid"])
    assert says in found


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("climate: {", "climat: {", "test.yaml:2 unknown key 'climat'. Did you mean 'climate'?"),
        (
            "climate: {",
            "#",
            "test.yaml section climate: is missing. Add it; `gigasite init` writes a site file to start",
        ),
        (
            "abu_dhabi",
            "abu_dabi",
            "test.yaml:2 climate: normals: there are no normals of 'abu_dabi'. Did you mean 'abu_dha",
        ),
        ("normals: abu_dhabi", "file: no.epw", "test.yaml:2 climate: file "),
        ("24.2 deg", "24.2", "test.yaml:1 site: latitude must be a quantity in degree, got the bare number 24.2."),
        ("24.2 deg", "99 deg", "test.yaml:1 site: "),
        ("elevation: 40 m, ", "", "test.yaml:1 site: elevation is missing. Height above sea level"),
        (
            "decision: 2025",
            "decision: 2028",
            "test.yaml:3 phases: decision must not lie after the first start 2027-01-01",
        ),
        ("end: 2037", "end: 2026", "test.yaml:3 phases: end must lie after the last start 2027-01-01, got 2026-01-01."),
        ("[2027-01-01]", "[2027-01-01, 2026-01-01]", "test.yaml:3 phases: starts must be in order of time"),
        ("[2027-01-01]", "[]", "test.yaml:3 phases: starts must have at least one entry."),
        ("[2027-01-01]", "[2027]", "test.yaml:3 phases: starts.0 must be a date such as 2028-01-01, got 2027."),
    ],
)
def test_a_wrong_section_is_answered(trouble: Trouble, texts: dict[str, str], old: str, new: str, says: str) -> None:
    found = trouble(texts["head"].replace(old, new, 1) + texts["load"] + texts["grid"])
    assert any(sentence.startswith(says) for sentence in found), found


def test_all_problems_are_told_at_once(trouble: Trouble, texts: dict[str, str]) -> None:
    wrong = texts["head"].replace("24.2 deg", "24.2").replace("abu_dhabi", "x") + "powr: {}\n"
    assert len(trouble(wrong + texts["load"].replace("60 MW", "60") + texts["grid"])) == 4


def test_settings_are_checked(trouble: Trouble, texts: dict[str, str]) -> None:
    text = texts["head"] + texts["load"] + texts["grid"] + "solve: {method: exct}\ncompute: {goal: most_computed}\n"
    assert trouble(text) == [
        "test.yaml:8 solve: method must be 'certified' or 'exact', got 'exct'. Did you mean 'exact'?",
        "test.yaml:9 compute: goal must be least_cost or most_compute, got 'most_computed'. Did you mean 'most_compute'?",
    ]


SCENARIOS = "scenarios:\n  dear: {note: Dear, grid: {utility: {energy_price: 200 USD/MWh}}}\n"


def test_a_scenario_changes_one_value(site: Reading, texts: dict[str, str]) -> None:
    text = texts["head"] + texts["load"] + texts["grid"] + SCENARIOS
    base, dear = site(text), site(text, "dear")
    assert base.component("utility").energy_price.values == 75.0  # type: ignore[attr-defined]
    assert dear.component("utility").energy_price.values == 200.0  # type: ignore[attr-defined]
    assert dear.scenario == "dear"
    assert dear.scenarios == {"dear": "Dear"}
    assert dear.note == "Dear"


def test_an_unknown_scenario_is_refused_with_a_proposal(trouble: Trouble, texts: dict[str, str]) -> None:
    found = trouble(texts["head"] + texts["load"] + texts["grid"] + SCENARIOS, "daer")
    assert found == ["test.yaml: has no scenario 'daer'. Did you mean 'dear'?"]


def test_mistakes_in_a_scenario_point_at_its_line(trouble: Trouble, texts: dict[str, str]) -> None:
    """Found when the base is read too: line 9 is that of the scenario."""
    found = trouble(texts["head"] + texts["load"] + texts["grid"] + SCENARIOS.replace("200 USD/MWh", "200 USD"))
    assert found == ["test.yaml:9 grid 'utility': energy_price must be a quantity in USD/MWh, got '200 USD'."]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("base: {}", "test.yaml:9 scenario 'base': the name stands for the file without changes. Rename it."),
        ("late: 5", "test.yaml:9 scenario 'late': must be a mapping of changes, got 5."),
        ("late: {powr: {}}", "test.yaml:9 unknown key 'powr'. Did you mean 'power'?"),
        (
            "late: {power: {ofices: null}}",
            "test.yaml:9 scenario 'late': removes power.ofices, which the site does not have.",
        ),
        ("late: {scenarios: {}}", "test.yaml:9 scenario 'late': scenarios do not nest."),
    ],
)
def test_a_wrong_scenario_is_answered(trouble: Trouble, texts: dict[str, str], line: str, says: str) -> None:
    assert says in trouble(texts["head"] + texts["load"] + texts["grid"] + f"scenarios:\n  {line}\n")


def test_shipped_sites_are_read_by_name() -> None:
    assert {"abu_dhabi", "memphis", "singapore", "riyadh", "sao_paulo"} <= set(shipped())
    assert "dry_cooling_only" in scenarios("abu_dhabi")
    assert read("singapore").key == "singapore"


def test_an_unknown_site_is_answered_with_the_shipped_ones(tmp_path: Path) -> None:
    with pytest.raises(SiteFileError, match=r"abu_dabi: there is no such site file\. Did you mean 'abu_dhabi'"):
        read("abu_dabi")
    with pytest.raises(SiteFileError, match="Shipped sites: abilene, abu_dhabi, "):
        read("zzz")
    with pytest.raises(SiteFileError, match="is a folder"):
        read(tmp_path)


def test_inputs_carry_the_sum_of_the_site_file(site: Reading, texts: dict[str, str]) -> None:
    made = site(texts["head"] + texts["load"] + texts["grid"])
    assert [(path.name, len(digest)) for path, digest in made.inputs.items()] == [("test.yaml", 64)]


def test_a_mistake_of_the_base_is_told_once_though_scenarios_repeat_it(trouble: Trouble, texts: dict[str, str]) -> None:
    """Each scenario is read too and meets the same mistake at the same line."""
    text = texts["head"] + texts["load"] + "  bess: {kind: battery, power: [1]}\n" + texts["grid"] + SCENARIOS
    assert trouble(text) == ["test.yaml:6 battery 'bess': power must be a quantity in MW, got [1]."]
