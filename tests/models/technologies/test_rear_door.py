import pytest

from gigasite.models.component import Component

DOORS = {"kind": "rear_door", "name": "doors", "supply": "W27", "lead_time": "0 years"}


def test_door_fans_and_pumps_are_cooled_too(tiny, free_grid, rest_of):
    """Electricity per heat = 0.015 + 1.015 / COP at 27 degC of water, for 10 MW at 35 degC of air."""
    it = rest_of("heat_air", name="it", least=10, most=10)
    solved = tiny({**DOORS, "pump_power": 0.015}, it, free_grid(), dry_bulb_c=35.0)
    doors = Component.from_dict(DOORS)
    by_hand = 0.015 + 1.015 * doors.chiller.electricity(solved.tiny.weather, 27.0)
    assert -solved.flow("doors", "ac")[:3] == pytest.approx(10 * by_hand, rel=1e-5)
    assert solved["doors.door_capacity"] == pytest.approx([10.0])


def test_warm_doors_are_free_where_cool_ones_are_not(weather_of):
    """20 degC of air, 8 K of rise, 6 K of approach: W27 (35 - 20 - 6) / 8 > 1, all; W17 (25 - 20 - 6) / 8 < 0, none."""
    weather = weather_of(1, dry_bulb_c=20.0)
    share = {w: Component.from_dict({**DOORS, "supply": w}).modes(weather)["free"].share for w in ("W17", "W27")}
    assert share["W27"] == pytest.approx([1.0])
    assert share["W17"] == pytest.approx([0.0])


def test_a_rear_door_needs_no_air_handlers():
    """Bought are doors, chillers and coils."""
    assert set(Component.from_dict(DOORS).plants) == {"door", "chiller", "coil"}
