"""Free cooling by hand: chilled water of 18 degC, 8 K warmer when it returns, a coil with 6 K of approach."""

import pytest

from gigasite.models.component import Component

HALL = {"kind": "air_cooled_free_cooling", "name": "hall", "lead_time": "0 years"}


@pytest.fixture
def cooling(tiny, free_grid, rest_of):
    def solve(**changes):
        return tiny(HALL, rest_of("heat_air", name="it", least=10, most=10), free_grid(), **changes)

    return solve


@pytest.mark.parametrize(("outdoor_c", "free_mw"), [(10.0, 10.0), (16.0, 5.0), (20.0, 0.0), (30.0, 0.0)])
def test_the_coil_takes_what_lies_above_air_and_approach(cooling, outdoor_c, free_mw):
    """Free share = (26 - outdoor - 6) / 8: all at 12 degC and below, half at 16, none from 20 on."""
    solved = cooling(dry_bulb_c=outdoor_c)
    assert solved["hall.heat_free"][:3] == pytest.approx(free_mw, abs=1e-6)
    assert solved["hall.heat_chiller"][:3] == pytest.approx(10.0 - free_mw, abs=1e-6)


def test_chillers_are_sized_as_if_there_were_no_coil(cooling, tiny, free_grid, rest_of):
    """On the hottest day the coil takes nothing."""
    plain = tiny({**HALL, "kind": "air_cooled_chiller"}, rest_of("heat_air", name="it", least=10, most=10), free_grid())
    assert cooling()["hall.chiller_capacity"] == pytest.approx(plain["hall.chiller_capacity"])


def test_a_coil_is_bought_only_where_the_weather_can_use_it(cooling):
    """At 30 degC all year a coil saves nothing; at 10 degC it saves more than its 56 USD/kW of heat."""
    assert cooling(dry_bulb_c=30.0)["hall.coil_capacity"] == pytest.approx([0.0], abs=1e-6)
    assert cooling(dry_bulb_c=10.0)["hall.coil_capacity"][0] > 10.0


def test_free_cooling_draws_less_than_the_chiller(weather_of):
    """At 10 degC: coil fans of at most 0.025 against 1 / 12 for a chiller at its least lift."""
    modes = Component.from_dict(HALL).modes(weather_of(1, dry_bulb_c=10.0, dew_point_c=5.0))
    assert modes["free"].electricity < modes["chiller"].electricity - 0.05
