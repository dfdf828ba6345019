# ruff: noqa: E501  sentences stand as people see them
"""Options as files state them."""

import pytest

from gigasite.models.component import Component
from gigasite.models.errors import SiteFileError
from gigasite.sites.cooling_options import options

GPU = Component.from_dict({"kind": "accelerators", "name": "gpu", "technology": "gb300_nvl72"})
HALL = "  hall: {kind: air_cooled_chiller}\n"


@pytest.fixture
def wrong(tmp_path):
    """Return what is wrong with a file of options, a sentence each, without the folder."""

    def failing(text, **asked):
        path = tmp_path / "options.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(SiteFileError) as caught:
            options(GPU, file=path, **asked)
        return [sentence.replace(f"{path}", "options.yaml") for sentence in caught.value.problems]

    return failing


@pytest.fixture
def right(tmp_path):
    def reading(text, **asked):
        path = tmp_path / "options.yaml"
        path.write_text(text, encoding="utf-8")
        return {each.name: each for each in options(GPU, file=path, **asked)}

    return reading


def test_shipped_options_are_checked_and_need_nothing_special():
    found = {each.name: each for each in options(GPU)}
    assert not any(each.needs for each in found.values())
    assert {"air_cooled_chiller", "cold_plate_dry", "cold_plate_tower", "chiller_free"} <= set(found)
    assert [each.name for each in found.values() if each.reference] == ["legacy_air_cooled"]


def test_options_with_needs_come_on_request():
    """By name, or all of them."""
    assert {"seawater", "district_cooling", "absorption"} <= {each.name for each in options(GPU, every=True)}
    assert [(each.name, each.needs) for each in options(GPU, names=["seawater"])] == [("seawater", "sea")]


def test_named_options_keep_the_order_of_the_command():
    assert [each.name for each in options(GPU, names=["cold_plate_tower", "air_cooled_chiller"])] == [
        "cold_plate_tower",
        "air_cooled_chiller",
    ]


def test_warmest_is_what_the_platform_accepts():
    """GB300 takes 40 degC; a platform for 32 degC gets 32."""
    (plates,) = options(GPU, names=["cold_plate_dry"])
    assert plates.liquid.supply_c == GPU.water_limit
    cold = Component.from_dict({"kind": "accelerators", "name": "gpu", "technology": "ascend_910c_cm384"})
    (plates,) = options(cold, names=["cold_plate_dry"])
    assert plates.liquid.supply_c == 32.0


def test_heat_is_split_as_the_platform_says():
    """Without a liquid loop all heat goes into the air; an option may state another share."""
    found = {each.name: each.liquid_share for each in options(GPU)}
    assert found["cold_plate_dry"] == GPU.liquid_share
    assert found["air_cooled_chiller"] == 0.0
    assert found["immersion_dry"] == 1.0


def test_an_unknown_option_names_its_neighbour(right):
    with pytest.raises(SiteFileError) as caught:
        options(GPU, names=["cold_plate_dri", "xyzzy"])
    first, second = caught.value.problems
    assert first == "--option: 'cold_plate_dri' is unknown. Did you mean 'cold_plate_dry'?"
    assert second.startswith("--option: 'xyzzy' is unknown. Known options: air_cooled_chiller,")


def test_a_file_takes_the_place_of_the_shipped_options(right):
    found = right(f"mine:\n  label: Mine\n{HALL}")
    assert list(found) == ["mine"]
    assert found["mine"].label == "Mine"
    assert found["mine"].liquid is None


def test_an_unknown_kind_names_its_line(wrong):
    (said,) = wrong("mine:\n  label: Mine\n  hall: {kind: air_cooled_chillr}\n")
    assert said.startswith("options.yaml:3 option mine, hall:")
    assert "air_cooled_chiller" in said


def test_an_unknown_field_names_its_line(wrong):
    (said,) = wrong("mine:\n  label: Mine\n  hall:\n    kind: air_cooled_chiller\n    leaving_watr: 20 degC\n")
    assert said == "options.yaml:5 option mine, hall: unknown key 'leaving_watr'. Did you mean 'leaving_water'?"


def test_all_problems_are_told_at_once_by_line(wrong):
    said = wrong(f"one:\n{HALL}two:\n  label: Two\n  hall: {{kind: nothing}}\nthree:\n  label: Three\n  halls: {{}}\n")
    assert [sentence.split(" ")[0] for sentence in said][:2] == ["options.yaml:1", "options.yaml:5"]
    assert any("option one: " in s and "label" in s for s in said)
    assert any("option three: " in s and "hall" in s for s in said)


def test_a_wrong_temperature_names_its_line(wrong):
    (said,) = wrong(f"mine:\n  label: Mine\n  liquid:\n    kind: cold_plate_dry_cooler\n    supply: 40 MW\n{HALL}")
    assert said.startswith("options.yaml:5 option mine, liquid: supply")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("mine:\n  label: Mine\n  hall: {kind: battery}\n", 3),
        ("mine:\n  label: Mine\n  hall: {kind: cold_plate_tower, supply: 32 degC}\n", 3),
        (f"mine:\n  label: Mine\n  liquid: {{kind: air_cooled_chiller}}\n{HALL}", 3),
        (f"mine:\n  label: Mine\n  power_chain: {{kind: load, demand: 5 MW}}\n{HALL}", 3),
        ("mine:\n  label: Mine\n  hall: {label: no kind}\n", 3),
    ],
    ids=["battery", "liquid as hall", "hall as liquid", "load as chain", "no kind"],
)
def test_a_part_of_another_kind_is_refused(wrong, text, line):
    """A battery cools no hall: without the check the comparison would fail on its first hour, or cool the wrong loop."""
    (said,) = wrong(text)
    assert said.startswith(f"options.yaml:{line} option mine")


@pytest.mark.parametrize("size", ["{fixed: 5 MW}", "{maximum: 5 MW}"])
def test_a_size_is_refused_because_the_comparison_finds_it(wrong, right, size):
    """Zero leaves a plant out; any other size would be ignored."""
    (said,) = wrong(f"mine:\n  label: Mine\n  hall:\n    kind: air_cooled_chiller\n    chiller_size: {size}\n")
    assert said.startswith("options.yaml:5 option mine, hall: chiller_size")
    kept = f"mine:\n  label: M\n  liquid: {{kind: cold_plate_dry_cooler, supply: 30 degC, trim_size: {{fixed: 0 MW}}}}\n{HALL}"
    assert list(right(kept)) == ["mine"]


def test_an_option_that_is_no_mapping_is_refused(wrong):
    (said,) = wrong("mine: 5\n")
    assert said.startswith("options.yaml:1 option mine")


def test_water_warmer_than_the_platform_accepts_is_refused(tmp_path):
    """GB300 takes 40 degC; an option of W45 would be ranked although `gigasite solve` could not have it."""
    file = tmp_path / "own.yaml"
    file.write_text(
        "hot:\n  label: Hot\n  liquid: {kind: cold_plate_dry_cooler, supply: W45}\n  hall: {kind: air_cooled_chiller}\n"
    )
    with pytest.raises(SiteFileError, match=r"own\.yaml:3 option hot, liquid: supply must not be warmer than 40 degC"):
        options(GPU, file=file)


def own(tmp_path, text):
    file = tmp_path / "own.yaml"
    file.write_text(text)
    return file


def test_an_option_without_anything_that_cools_is_refused(tmp_path):
    text = "bare:\n  label: Bare\n  hall: {kind: air_cooled_chiller, chiller_size: {fixed: 0 MW}}\n"
    with pytest.raises(SiteFileError, match=r"own\.yaml:3 option bare, hall: nothing of air_cooled_chiller is left"):
        options(GPU, file=own(tmp_path, text))


def test_a_misspelt_kind_is_answered_with_kinds_of_its_part(tmp_path):
    text = "bad:\n  label: Bad\n  hall: {kind: hall_dry_coolr}\n"
    with pytest.raises(SiteFileError, match="Did you mean 'hall_dry_cooler'"):
        options(GPU, file=own(tmp_path, text))


def test_a_platform_without_liquid_has_no_options_for_it():
    """All heat of an H100 node goes into the air: cold plates are left out, and refused where they are asked for."""
    air = Component.from_dict({"kind": "accelerators", "name": "gpu", "technology": "h100_sxm"})
    listed = {each.name for each in options(air)}
    assert "cold_plate_dry" not in listed
    assert {"air_cooled_chiller", "immersion_dry"} <= listed
    with pytest.raises(SiteFileError, match="h100_sxm puts no heat into one"):
        options(air, names=["cold_plate_dry"])
