import pytest

from gigasite.models.component import Component


def test_iron_air_is_a_battery_of_a_hundred_hours(tiny, free_grid):
    """kind "iron_air": 5 MW x 100 h = 500 MWh; 5 x 1.5 M + 500 x 21,000 = 18 M USD over 20 years."""
    days = {
        "kind": "iron_air", "name": "days", "power": {"fixed": "5 MW"}, "duration": "100 hour",
        "lead_time": "0 years", "life": "20 years",
    }  # fmt: skip
    solved = tiny({"kind": "load", "name": "offices", "demand": "1 MW"}, days, free_grid())
    assert solved["days.energy_capacity"] == pytest.approx([500.0])
    capital = solved.cost("days", "capital")[0] + solved.cost("days", "capital (energy)")[0]
    assert capital == pytest.approx((5 * 1.5e6 + 500 * 21_000) / 20)


def test_iron_air_is_also_a_row_of_the_battery():
    made = [
        Component.from_dict({"kind": "iron_air", "name": "a"}),
        Component.from_dict({"kind": "battery", "name": "a", "technology": "battery_iron_air"}),
    ]
    assert made[0].model_dump() == made[1].model_dump()
