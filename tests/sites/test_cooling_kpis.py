"""Figures of cooling, by hand on a year of a few half hours."""

from types import SimpleNamespace
from typing import Any

import pytest

from gigasite.sites.cooling_kpis import cooling_kpis
from gigasite.sites.tables import Finished

COIL = {"approach": "7 delta_degC", "recirculation": "2 delta_degC"}
DRY = {
    "kind": "cold_plate_dry_cooler", "name": "dry", "supply": "40 degC", "lead_time": "0 years", "dry_cooler": COIL,
}  # fmt: skip


@pytest.fixture
def figures(tiny: Any, free_grid: Any) -> Any:
    """Solve a tiny site and return its figures of cooling."""

    def solving(*components: Any, **changes: Any) -> dict[str, Any]:
        solved = tiny(*components, free_grid(), **changes)
        assert solved.status == "optimal"
        made = {each.name: each for each in solved.tiny.components}
        site = SimpleNamespace(components=tuple(made.values()), component=made.__getitem__)
        solution = SimpleNamespace(x=solved.answer.x)
        found = cooling_kpis(Finished(site, solved.compiled, solution, None, None))  # type: ignore[arg-type]
        return {name: (values.tolist(), unit) for name, (values, unit) in found.items()}

    return solving


@pytest.fixture
def heat(rest_of: Any) -> Any:
    return rest_of("heat_liquid", name="racks", least=10, most=10)


def test_trim_hours_are_those_in_which_the_chiller_runs(figures: Any, heat: Any) -> None:
    """At 20 and 31 degC coils reach 40 degC, at 35 and 45 they do not: half of the year. The design day counts none."""
    found = figures(DRY, heat, steps=4, dry_bulb_c=[20.0, 31.0, 35.0, 45.0])
    assert found["trim_hours"] == ([pytest.approx(4380.0)], "h/yr")
    assert set(found) == {"trim_hours"}


def test_lost_work_is_counted(figures: Any, heat: Any, rest_of: Any) -> None:
    """At 35 degC water is 44, 4 K too warm: 8 % of the work of 10 MW at 2 kH100/MW is lost, 1,600 H100 in a quarter of
    the year: 1,600 x 2,190 h = 3.504 M GPU-h. The grid, not work, is what costs here, so trim is left out.
    """
    throttled = {**DRY, "throttle": True, "throttle_slope": "0.02 1/delta_degC", "trim_size": {"fixed": "0 MW"}}
    work = rest_of("compute", name="work")
    found = figures(
        throttled, heat, work, steps=4, dry_bulb_c=[20.0, 31.0, 31.0, 35.0], hottest_c=35.0,
        site={"kh100_per_mw": 2.0},
    )  # fmt: skip
    assert found["throttled_hours"] == ([pytest.approx(2190.0)], "h/yr")
    assert found["throttled_work"] == ([pytest.approx(1600 * 2190.0)], "GPU-h/yr")
    assert found["trim_hours"][0] == [0.0]


def test_drained_water_is_counted(figures: Any, heat: Any) -> None:
    """At five cycles without drift a fifth of the make-up is drained; the supply's meter takes none of it away."""
    tower = {"kind": "cold_plate_tower", "name": "tower", "supply": "32 degC", "lead_time": "0 years"}
    tower |= {"tower": {"cycles": 5, "drift": 0}}
    found = figures(tower, heat, {"kind": "water_supply", "name": "well"}, weather={"dew_point_c": 5.0})
    drained, unit = found["water_discharged"]
    # Evaporation of 1 to 2.5 L/kWh, a quarter of it drained, over 87,600 MWh of heat.
    assert 87_600 * 0.25 <= drained[0] <= 87_600 * 0.7
    assert unit == "m3/yr"


def test_a_reserve_rides_through(figures: Any, heat: Any) -> None:
    """4 MW for half an hour are 2 MWh; over 10 MW of heat that is 12 minutes."""
    tank = {
        "kind": "cold_store", "name": "tank", "loop": "heat_liquid", "power": {"fixed": "4 MW"},
        "energy": {"fixed": "20 MWh"}, "ride_through": "0.5 h", "lead_time": "0 years",
    }  # fmt: skip
    found = figures(DRY, heat, tank)
    assert found["ride_through"] == ([pytest.approx(12.0)], "min")


def test_a_site_without_cooling_has_none_of_them(figures: Any) -> None:
    assert figures({"kind": "load", "name": "offices", "demand": "1 MW"}) == {}
