"""A warm hall by hand: water of 26 degC, 8 K warmer when it returns, 10 K of approach with recirculation."""

import pytest

from gigasite.models.component import Component

HALL = {"kind": "hall_dry_cooler", "name": "hall", "lead_time": "0 years", "free_size": {"maximum": "90 MW"}}


@pytest.fixture
def cooling(tiny, free_grid, rest_of):
    def solve(**changes):
        return tiny(HALL, rest_of("heat_air", name="it", least=10, most=10), free_grid(), **changes)

    return solve


@pytest.mark.parametrize(("outdoor_c", "free_mw"), [(16.0, 10.0), (20.0, 5.0), (24.0, 0.0)])
def test_outdoor_air_takes_what_lies_below_the_return_water(cooling, outdoor_c, free_mw):
    """Free share = (34 - outdoor - 2 - 8) / 8."""
    solved = cooling(dry_bulb_c=outdoor_c)
    assert solved["hall.heat_free"][:3] == pytest.approx(free_mw, abs=1e-6)
    assert solved["hall.heat_trim"][:3] == pytest.approx(10.0 - free_mw, abs=1e-6)


def test_a_hall_as_cool_as_its_water_is_refused():
    """Supply air of 27 degC over water of 26: a coil with 4 K of approach asks for 30."""
    with pytest.raises(
        ValueError, match=r"at least 4 K above leaving_water, got 27 degC and 26 degC\. Raise supply_air"
    ):
        Component.from_dict({**HALL, "air_handler": {"supply_air": "27 degC"}})
    assert Component.from_dict({**HALL, "air_handler": {"supply_air": "27 degC"}, "leaving_water": "23 degC"})


def test_throttling_is_refused_in_a_hall():
    """The rate of lost work belongs to the liquid heat; on hall air it would count a multiple of what is lost."""
    with pytest.raises(ValueError, match="throttle is for cold plates"):
        Component.from_dict({**HALL, "throttle": True})


def test_no_water_is_used(cooling):
    assert "water" not in cooling().compiled.network.terms["hall"].into
