"""Every rule of cooling that a site file can break, with a file that breaks it."""
# ruff: noqa: E501  sentences stand as people see them

from collections.abc import Callable

import pytest

from gigasite.models.component import Component
from gigasite.sites import Site
from gigasite.sites.cooling_checks import needs_water

Trouble = Callable[..., list[str]]
DRY = "  dry: {kind: cold_plate_dry_cooler, supply: 40 degC}\n"
TOWER = "  tower: {kind: cold_plate_tower, supply: 28 degC}\n"
HALL = "  hall: {kind: air_cooled_chiller}\n"


@pytest.fixture
def compute(texts: dict[str, str]) -> str:
    return texts["head"] + texts["compute"] + texts["grid"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "supply: 40 degC",
            "supply: 45 degC",
            "test.yaml:9 cold_plate_dry_cooler 'dry': supply must not be warmer than 40 degC, which accelerators 'gpu' accepts, got 45 degC.",
        ),
        (
            "supply: 40 degC",
            "supply: 1 degC",
            "test.yaml:9 cold_plate_dry_cooler 'dry': supply must not be colder than 2 degC, the coldest facility water that IT equipment accepts, got 1 degC. Raise it.",
        ),
        (
            "{kind: air_cooled_chiller}",
            "{kind: direct_evaporative, supply_limit: 35 degC}",
            "test.yaml:8 direct_evaporative 'hall': supply_limit must not be warmer than 30 degC, which accelerators 'gpu' takes in at 40 m, got 35 degC. Lower it.",
        ),
        (
            "{kind: air_cooled_chiller}",
            "{kind: air_cooled_chiller, leaving_water: 26 degC}",
            "test.yaml:8 air_cooled_chiller 'hall': supply_air must lie at least 6 K above leaving_water, got 25 degC and 26 degC.",
        ),
        (
            "{kind: air_cooled_chiller}",
            "{kind: air_cooled_chiller, air_handler: {supply_air: 31 degC}}",
            "test.yaml:8 air_cooled_chiller 'hall': air_handler.supply_air must not be warmer than 30 degC, which accelerators 'gpu' takes in at 40 m, got 31 degC. Lower it, and the water with it.",
        ),
        (
            "{kind: air_cooled_chiller}",
            "{kind: rear_door, supply: 30 degC}",
            "test.yaml:8 rear_door 'hall': supply must be colder than air of 30 degC, which accelerators 'gpu' takes in at 40 m, got 30 degC.",
        ),
        (
            "elevation: 40 m",
            "elevation: 6000 m",
            "test.yaml:1 site: elevation must not exceed 5,100 m where something is cooled, got 6,000 m: coolers, chillers and fans are rated nowhere so high. Correct the elevation.",
        ),
    ],
)
def test_a_temperature_that_cannot_be_is_answered(
    trouble: Trouble, compute: str, old: str, new: str, says: str
) -> None:
    assert old in compute
    found = trouble(compute.replace(old, new, 1))
    assert any(sentence.startswith(says) for sentence in found), found


def test_thin_air_lowers_the_warmest_inlet(trouble: Trouble, site: Callable[..., Site], compute: str) -> None:
    """At 2,400 m class A2 loses (2,400 - 900) / 300 = 5 K: 25 degC are left of 30. Air of 25 degC is just right."""
    high = compute.replace("elevation: 40 m", "elevation: 2400 m")
    site(high)
    warm = high.replace("air_cooled_chiller}", "air_cooled_chiller, air_handler: {supply_air: 26 degC}}")
    assert trouble(warm) == [
        "test.yaml:8 air_cooled_chiller 'hall': air_handler.supply_air must not be warmer than 25 degC, which accelerators 'gpu' takes in at 2,400 m, got 26 degC. Lower it, and the water with it."
    ]


@pytest.mark.parametrize(
    ("water", "limit"),
    [
        ("{cap: 0 m3/year}", "cap is 0"),
        ("{peak: 0 L/s}", "peak is 0"),
        ("{cap: {2027-01-01: 1000 m3/year, 2030-01-01: 0 m3/year}}", "cap is 0"),
        ("{restrictions: [{months: [7, 8], cap: 0 m3/year}]}", "restrictions.0.cap is 0"),
    ],
)
def test_towers_without_water_are_refused(trouble: Trouble, compute: str, water: str, limit: str) -> None:
    """The hall runs on air; nothing cools the liquid loop."""
    found = trouble(compute.replace(DRY, TOWER) + f"water: {water}\n")
    assert len(found) == 1
    assert found[0].startswith("test.yaml:12 water: ")
    assert found[0].endswith(
        f"{limit}, but every system of the liquid loop needs water: cold_plate_tower 'tower'. Raise it, or add a system that needs none, such as cold_plate_dry_cooler."
    )


def test_a_dry_system_beside_the_tower_is_enough(trouble: Trouble, site: Callable[..., Site], compute: str) -> None:
    """The same file without the dry coolers is refused."""
    water = "water: {cap: 0 m3/year}\n"
    assert site(compute.replace(DRY, TOWER + DRY) + water).component("dry").kind == "cold_plate_dry_cooler"
    assert "needs water" in trouble(compute.replace(DRY, TOWER) + water)[0]


def test_a_hall_on_towers_needs_water_too(trouble: Trouble, compute: str) -> None:
    found = trouble(compute.replace(HALL, "  hall: {kind: water_cooled_chiller}\n") + "water: {peak: 0 L/s}\n")
    assert "every system of the air loop needs water: water_cooled_chiller 'hall'" in found[0]
    assert found[0].endswith("such as air_cooled_chiller.")


@pytest.mark.parametrize(
    ("kind", "needs"),
    [
        ("cold_plate_tower", True),
        ("water_cooled_chiller", True),
        ("water_cooled_economiser", True),
        ("cold_plate_adiabatic", False),
        ("cold_plate_dry_cooler", False),
        ("air_cooled_chiller", False),
    ],
)
def test_pads_can_stay_dry_and_towers_cannot(kind: str, needs: bool) -> None:
    """Adiabatic coolers have a dry mode and an air-cooled trim chiller."""
    system = Component.from_dict({"kind": kind, **Component.kinds[kind].example})
    assert needs_water(system) is needs  # type: ignore[arg-type]
