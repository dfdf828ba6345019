import pytest

from gigasite.models.component import Component

CHILLERS = {"kind": "air_cooled_chiller", "name": "chillers", "lead_time": "0 years"}


def test_fans_and_pumps_are_cooled_too(tiny, free_grid, rest_of):
    """Electricity per heat = m + (1 + m) / COP with m of fans and pumps: their heat is taken by the chiller as well."""
    hall = rest_of("heat_air", name="hall", least=10, most=10)
    solved = tiny(CHILLERS, hall, free_grid(), dry_bulb_c=30.0)
    component = solved.compiled.network
    weather_part = _machines(solved)
    assert solved.flow("chillers", "heat_air") == pytest.approx(-10)
    assert solved.flow("chillers", "ac")[:3] == pytest.approx(-10 * weather_part, rel=1e-5)
    assert component.terms["chillers"].into.keys() >= {"overhead_energy", "capital"}


def _rating(solved):
    """10 MW x (1 + fans + pumps) / capacity fraction on the design day."""
    chillers = Component.from_dict(CHILLERS)
    moved = chillers.air_handler.fans(solved.tiny.hottest) + chillers.air_handler.pumps
    return float((10 * (1 + moved) / chillers.chiller.capacity(solved.tiny.hottest, chillers.leaving_water))[0])


def _machines(solved):
    """By hand from the machines at 30 degC."""
    chillers = Component.from_dict(CHILLERS)
    conditions = solved.tiny.weather
    moved = chillers.air_handler.fans(conditions) + chillers.air_handler.pumps
    return moved + (1 + moved) * chillers.chiller.electricity(conditions, chillers.leaving_water)


def test_hot_air_asks_for_more_chillers(tiny, free_grid, rest_of):
    """Sized by the design day: 10 MW of heat with its fans and pumps over the capacity left at 35 and at 45 degC."""
    hall = rest_of("heat_air", name="hall", least=10, most=10)
    mild, hot = (tiny(CHILLERS, hall, free_grid(), dry_bulb_c=20.0, hottest_c=t) for t in (35.0, 45.0))
    assert hot["chillers.chiller_capacity"] > mild["chillers.chiller_capacity"]
    for solved in (mild, hot):
        assert solved["chillers.chiller_capacity"] == pytest.approx([_rating(solved)], rel=1e-5)
    assert hot["chillers.air_handler_capacity"] == pytest.approx([10.0])


def test_it_uses_no_water(tiny, free_grid, rest_of):
    solved = tiny(CHILLERS, rest_of("heat_air", name="hall", least=10, most=10), free_grid())
    assert "water" not in solved.compiled.network.terms["chillers"].into
