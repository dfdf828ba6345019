"""A waterside economiser by hand: 18 to 26 degC of chilled water, towers 5 K above the wet bulb, 2.2 K of exchanger."""

import pytest

from gigasite.models.component import Component

PLANT = {"kind": "water_cooled_economiser", "name": "plant", "lead_time": "0 years"}
COOL = {"dry_bulb_c": 20.0, "weather": {"dew_point_c": 7.0}}


@pytest.fixture
def cooling(tiny, free_grid, rest_of):
    def solve(plant, **changes):
        it, well = rest_of("heat_air", name="it", least=10, most=10), rest_of("water", name="well")
        return tiny(plant, it, well, free_grid(), **changes)

    return solve


def test_the_economiser_takes_what_lies_above_tower_water(cooling):
    """Wet bulb 12.8 degC: (26 - 12.8 - 5 - 2.2) / 8 = 0.75 of 10 MW."""
    solved = cooling(PLANT, **COOL)
    by_hand = (26.0 - solved.tiny.weather.wet_bulb_c - 7.2) / 8.0
    assert by_hand == pytest.approx(0.75, abs=0.01)
    assert solved["plant.heat_economiser"][:3] == pytest.approx(10 * by_hand, rel=1e-4)


def test_it_stands_still_in_humid_heat(weather_of):
    """Wet bulb above 26 - 7.2 = 18.8 degC: nothing is free."""
    modes = Component.from_dict(PLANT).modes(weather_of(1, dry_bulb_c=33.0, dew_point_c=28.0))
    assert modes["economiser"].share == pytest.approx([0.0])


def test_it_saves_what_the_compressor_would_draw(cooling):
    """Three quarters of the heat at 0.028 of the towers instead of 1 / COP with them."""
    plain, free = (cooling({**PLANT, "kind": k}, **COOL) for k in ("water_cooled_chiller", "water_cooled_economiser"))
    saved = free.flow("plant", "ac")[:3] - plain.flow("plant", "ac")[:3]
    per_heat = {n: m.electricity for n, m in Component.from_dict(PLANT).modes(free.tiny.weather).items()}
    by_hand = free["plant.heat_economiser"][:3] * (per_heat["chiller"] - per_heat["economiser"])
    assert saved == pytest.approx(by_hand, rel=1e-4)


def test_towers_are_bought_with_the_chillers(cooling):
    """The economiser buys exchangers only: it cannot do without the chiller plant whose towers it uses."""
    plants = Component.from_dict(PLANT).plants
    assert plants["chiller"].modes == ("economiser", "chiller")
    assert plants["economiser"].capex == ("economiser_capex",)
    plain, free = (cooling({**PLANT, "kind": k}, **COOL) for k in ("water_cooled_chiller", "water_cooled_economiser"))
    assert free["plant.chiller_capacity"] == pytest.approx(plain["plant.chiller_capacity"])
