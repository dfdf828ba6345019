"""Hours outside published ranges, and other doubts."""
# ruff: noqa: E501  sentences stand as people see them

from collections.abc import Callable

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.sites import Site
from gigasite.sites.doubts import asked_ranges, doubts, warnings

Weather = Callable[..., object]


def hall(**changes: object) -> Component:
    return Component.from_dict({"kind": "air_cooled_chiller", "name": "hall", **changes})


def rows(weather_of: Weather, component: Component) -> dict[str, dict[str, object]]:
    """A year of 8,760 intervals whose hottest 10 are above 51.7 degC and coldest 20 below 24; a day at 53 degC."""
    air = np.full(8760, 30.0)
    air[:10], air[10:30] = 52.0, 20.0
    year, day = weather_of(8760, dry_bulb_c=air), weather_of(24, dry_bulb_c=53.0)
    return {row["range"]: row for row in asked_ranges([component], year, [day, day])}  # type: ignore[arg-type, misc]


def test_hours_outside_are_counted_in_year_and_design_days(weather_of: Weather) -> None:
    """Air: 10 + 20 h and 2 x 24 h outside 24 to 51.7 degC. Water of 18 degC: every hour above 15.6."""
    found = rows(weather_of, hall())
    air, water = found["air entering an air-cooled chiller"], found["water leaving an air-cooled chiller"]
    assert (air["hours"], air["design_hours"], air["lowest"], air["highest"]) == (30, 48, 20, 53)
    assert (water["hours"], water["design_hours"], water["low"], water["high"]) == (8760, 48, 4.4, 15.6)
    assert {"component", "unit", "source"} <= set(air)


def test_several_years_count_as_one(weather_of: Weather) -> None:
    two = weather_of(17_520, dry_bulb_c=np.where(np.arange(17_520) < 10, 20.0, 30.0))
    row = next(r for r in asked_ranges([hall()], two, []) if r["range"].startswith("air"))  # type: ignore[arg-type]
    assert row["hours"] == 5


def test_one_sentence_for_all_components(weather_of: Weather) -> None:
    """Water of 18 degC lies above 15.6 all year, in both halls."""
    found = [*rows(weather_of, hall()).values(), *rows(weather_of, hall(name="annex")).values()]
    assert warnings(found) == [
        "extrapolated beyond published ranges in up to 8,760 h of the year: hall, annex (ranges in run.json and under Unverified inputs)"
    ]


def test_hours_inside_raise_no_doubt(weather_of: Weather) -> None:
    """Water of 12 degC in air of 30 degC is what the data were measured at."""
    year = weather_of(100, dry_bulb_c=30.0)
    assert warnings(asked_ranges([hall(leaving_water="12 degC")], year, [])) == []  # type: ignore[arg-type]


def test_hours_of_design_days_alone_are_told(weather_of: Weather) -> None:
    year, day = weather_of(100, dry_bulb_c=30.0), weather_of(24, dry_bulb_c=53.0)
    assert warnings(asked_ranges([hall(leaving_water="12 degC")], year, [day])) == [  # type: ignore[arg-type, list-item]
        "extrapolated beyond published ranges on design days only: hall (ranges in run.json and under Unverified inputs)"
    ]


def test_a_store_of_ice_is_asked_too(weather_of: Weather) -> None:
    """No chiller set reaches down to its brine; a battery relies on nothing of the kind."""
    store, battery = (
        Component.from_dict({"kind": kind, **Component.kinds[kind].example}) for kind in ("ice_store", "battery")
    )
    found = asked_ranges([store, battery], weather_of(10, dry_bulb_c=30.0), [])  # type: ignore[arg-type]
    assert {row["component"] for row in found} == {store.name}
    assert any(row["hours"] == 8760 for row in found)


def test_high_sites_and_cold_doors_are_doubtful(site: Callable[..., Site], texts: dict[str, str]) -> None:
    """Lhasa lies at 3,650 m, above ASHRAE's 3,050. Doors at 14 degC need a dew point below 12 in the hall."""
    text = texts["head"] + texts["compute"] + texts["grid"]
    assert list(doubts(site(text))) == []
    doors = text.replace("elevation: 40 m", "elevation: 3650 m").replace(
        "hall: {kind: air_cooled_chiller}", "hall: {kind: rear_door, supply: 14 degC}"
    )
    high, cold = doubts(site(doors))
    assert high.startswith("site: its elevation of 3,650 m lies above the 3,050 m for which ASHRAE rates IT equipment")
    assert cold.startswith(
        "hall: water of 14 degC makes doors drip unless the dew point of the hall stays below 12 degC"
    )


def test_a_run_holds_its_ranges(small: tuple[Site, object, object]) -> None:
    """A site without cooling asks no correlation."""
    assert small[1].run["ranges"] == []  # type: ignore[attr-defined]


@pytest.mark.slow
def test_a_campus_counts_the_hours_of_its_chillers(campus: tuple[Site, object, object]) -> None:
    run = campus[1].run  # type: ignore[attr-defined]
    assert {row["component"] for row in run["ranges"]} == {"hall", "tower"}
    (told,) = [sentence for sentence in run["warnings"] if "published ranges" in sentence]
    assert "hall, tower" in told
