"""Cooling that the weather of a design day does not let reach its temperature, whatever its size."""
# ruff: noqa: E501  sentences stand as people see them

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from gigasite import climate
from gigasite.models.component import Component
from gigasite.models.cooling import CoolingSystem
from gigasite.models.errors import SiteFileError
from gigasite.reports.cli import app
from gigasite.sites import Site
from gigasite.sites.reach import check_reach, reach

DRY = "  dry: {kind: cold_plate_dry_cooler, supply: 40 degC}\n"
NO_TRIM = DRY.replace("40 degC}", "40 degC, trim_size: {fixed: 0 MW}}")


@pytest.fixture
def compute(texts: dict[str, str]) -> str:
    return texts["head"] + texts["compute"] + texts["grid"]


@pytest.fixture
def checked(site: Callable[..., Site]) -> Callable[..., float]:
    """Check what the cooling of a site reaches; return the least share of the liquid heat in any hour of its days."""

    def checking(text: str, scenario: str | None = None) -> float:
        made = site(text, scenario)
        days = climate.days(made.climate, made.place, climate.load(made.climate, made.place, made.folder))
        check_reach(made, days)
        systems = [c for c in made.components if isinstance(c, CoolingSystem) and c.loop == "heat_liquid"]
        return min(float(np.max([reach(c, day.conditions) for c in systems], axis=0).min()) for day in days)

    return checking


def test_a_dry_cooler_without_trim_is_refused_where_it_is_too_hot(checked: Callable[..., float], compute: str) -> None:
    """48.9 degC of air, 2 K of recirculation and 7 K of approach make 57.9 degC: above the return of 50, no heat at all."""
    with pytest.raises(SiteFileError) as caught:
        checked(compute.replace(DRY, NO_TRIM))
    assert caught.value.problems == (
        "test.yaml:9 cold_plate_dry_cooler 'dry': must send water of 40 degC, but it takes 0 % of the heat at most on the dry-bulb design day at 15:30 (48.9 degC, wet bulb 23.2 degC), and nothing else cools the liquid loop. Raise the temperature, allow a trim chiller (trim_size), set throttle: true, or add a chiller.",
    )


def test_trim_throttle_or_another_system_help(checked: Callable[..., float], compute: str) -> None:
    """A tower cools to 38.8 + 2.8 degC at most: too warm for 40 by itself on the wet-bulb day, but its trim is free."""
    throttled = NO_TRIM.replace("40 degC,", "40 degC, throttle: true, throttle_range: 20 delta_degC,")
    tower = "  tower: {kind: cold_plate_tower, supply: 40 degC}\n"
    for text in (compute, compute.replace(DRY, throttled), compute.replace(DRY, NO_TRIM + tower)):
        assert checked(text) == pytest.approx(1.0)


def test_a_supply_that_no_free_mode_reaches_is_refused(checked: Callable[..., float], compute: str) -> None:
    """5 degC from a tower without trim."""
    tower = "  tower: {kind: cold_plate_tower, supply: 5 degC, trim_size: {fixed: 0 MW}}\n"
    with pytest.raises(SiteFileError, match=r"test.yaml:9 cold_plate_tower 'tower': must send water of 5 degC"):
        checked(compute.replace(DRY, tower))


def test_pads_without_water_are_dry(checked: Callable[..., float], compute: str) -> None:
    """Wet pads reach 40 degC in Abu Dhabi's dry heat; without water they are coils, too warm by the afternoon."""
    pads = "  pads: {kind: cold_plate_adiabatic, supply: 40 degC, trim_size: {fixed: 0 MW}, coil: {approach: 5 delta_degC}}\n"
    mild = compute.replace(DRY, pads).replace(
        "normals: abu_dhabi", "normals: abu_dhabi, design: {wet_bulb_extreme: 31 degC}"
    )
    assert checked(mild) == pytest.approx(1.0)
    for water in ("{cap: 0 m3/year}", "{restrictions: [{months: [7, 8], peak: 0 L/s}]}"):
        with pytest.raises(SiteFileError, match="cold_plate_adiabatic 'pads': must send water of 40 degC"):
            checked(mild + f"water: {water}\n")


def test_a_scenario_is_checked_with_its_line(checked: Callable[..., float], compute: str) -> None:
    text = compute + "scenarios:\n  bare: {cooling: {dry: {trim_size: {fixed: 0 MW}}}}\n"
    assert checked(text) == pytest.approx(1.0)
    with pytest.raises(
        SiteFileError, match=r"test.yaml:9 cold_plate_dry_cooler 'dry'|test.yaml:13 cold_plate_dry_cooler 'dry'"
    ):
        checked(text, "bare")


def test_reach_is_the_best_mode_that_may_be_bought(weather_of: Callable[..., object]) -> None:
    """Supply 40, return 50, 9 K above the air: all at 31 degC, half at 36, nothing at 41. With trim always all."""
    weather = weather_of(3, dry_bulb_c=[31.0, 36.0, 41.0])
    given = {"kind": "cold_plate_dry_cooler", "name": "dry", "supply": "40 degC"}
    coil = {"dry_cooler": {"approach": "7 delta_degC", "recirculation": "2 delta_degC"}}
    alone = Component.from_dict({**given, **coil, "trim_size": {"maximum": "0 MW"}})
    assert reach(alone, weather) == pytest.approx([1.0, 0.5, 0.0])  # type: ignore[arg-type]
    assert np.all(reach(Component.from_dict({**given, **coil}), weather) == 1.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (DRY, NO_TRIM, "test.yaml:9 cold_plate_dry_cooler 'dry': must send water of 40 degC"),
        (
            DRY,
            "  tower: {kind: cold_plate_tower, supply: 28 degC}\nwater: {cap: 0 m3/year}\n",
            "water: cap is 0, but every",
        ),
        ("elevation: 40 m", "elevation: 6000 m", "test.yaml:1 site: elevation must not exceed 5,100 m"),
        ("normals: abu_dhabi", "file: swapped.csv", "the dew point must not be above the dry bulb"),
    ],
)
def test_nothing_is_written_for_a_wrong_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compute: str, old: str, new: str, says: str
) -> None:
    """The run directory does not appear; the exit code says that the input is wrong."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "test.yaml").write_text(compute.replace(old, new, 1), encoding="utf-8")
    normals = climate.normals("abu_dhabi")
    climate.write_csv(
        climate.generate(normals.place, normals, climate.design_values("abu_dhabi")), tmp_path / "year.csv"
    )
    lines = (tmp_path / "year.csv").read_text().splitlines()
    swapped = {"dry_bulb_c": "dew_point_c", "dew_point_c": "dry_bulb_c"}
    lines = [",".join(swapped.get(word, word) for word in line.split(",")) for line in lines]
    (tmp_path / "swapped.csv").write_text("\n".join(lines) + "\n")
    before = sorted(tmp_path.rglob("*"))
    answer = CliRunner().invoke(app, ["solve", "test.yaml"])
    assert answer.exit_code == 2
    assert says in " ".join(answer.stderr.split())
    assert sorted(tmp_path.rglob("*")) == before
