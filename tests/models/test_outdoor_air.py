import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.outdoor_air import OutdoorAir

KINDS = sorted(kind for kind, cls in Component.kinds.items() if issubclass(cls, OutdoorAir))
every_kind = pytest.mark.parametrize("kind", KINDS)


def hall(kind, **changes):
    return Component.from_dict({"kind": kind, **Component.kinds[kind].example, **changes})


@every_kind
def test_units_and_chillers_are_bought_apart(kind):
    """Both modes of outdoor air share one plant; chillers with their air handlers have sizes of their own."""
    system = hall(kind)
    assert system.plants["outdoor"].modes == system.outdoor_modes
    assert system.plants["air_handler"].modes == system.plants["chiller"].modes == ("chiller",)


@every_kind
def test_fans_add_their_heat(kind, weather_of):
    """Electricity per heat is that of the fans; a unit takes 1 / (1 + fans) of its rating from the hall."""
    system = hall(kind)
    fans = (system.media if kind == "direct_evaporative" else system.exchanger).fan_power
    mode = system.modes(weather_of(1, dry_bulb_c=10.0, dew_point_c=5.0))[system.outdoor_modes[0]]
    assert mode.electricity == pytest.approx([fans])
    assert mode.capacity < 1 / (1 + fans)


@every_kind
def test_thin_air_carries_less_heat_at_the_same_power(kind, weather_of):
    """80 kPa instead of 101.325: fans move the same volume, 0.79 of the mass."""
    sea, high = (weather_of(1, dry_bulb_c=10.0, dew_point_c=5.0, pressure_pa=p) for p in (101_325.0, 80_000.0))
    name = hall(kind).outdoor_modes[0]
    low, thin = (hall(kind).modes(weather)[name] for weather in (sea, high))
    assert thin.capacity / low.capacity == pytest.approx(80.0 / 101.325, rel=2e-3)
    assert thin.electricity == pytest.approx(low.electricity)


@every_kind
def test_spare_units_at_part_speed_save_fan_power(kind, weather_of):
    """2N: all at half speed, 0.5^2.5 of the power for half of the heat each: 0.5^1.5 = 0.354 per heat."""
    weather = weather_of(1, dry_bulb_c=10.0, dew_point_c=5.0)
    name = hall(kind).outdoor_modes[0]
    alone, doubled = (hall(kind, redundancy=r).modes(weather)[name].electricity for r in ("N", "2N"))
    assert doubled == pytest.approx(0.5**1.5 * alone)


@every_kind
def test_chillers_work_as_without_outdoor_air(kind, weather_of):
    weather = weather_of(3)
    plain = Component.from_dict({"kind": "air_cooled_chiller", "name": "plain"}).modes(weather)["chiller"]
    own = hall(kind).modes(weather)["chiller"]
    assert np.array_equal(own.electricity, plain.electricity)
    assert np.array_equal(own.capacity, plain.capacity)
