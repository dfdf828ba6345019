import numpy as np
import pytest

from gigasite.models.component import Component

SEA = {
    "kind": "hall_seawater", "name": "sea", "leaving_water": "18 degC", "lead_time": "0 years",
    "exchanger_approach": "2.5 delta_degC",
}  # fmt: skip


def modes(sea_c, weather):
    return Component.from_dict({**SEA, "sea_temperature": f"{sea_c} degC"}).modes(weather)


def test_a_cool_sea_is_free_and_a_gulf_summer_is_not(weather_of):
    """Water of 18, back at 26: (26 - 12 - 2.5) / 8 > 1 at 12 degC of sea, (26 - 33 - 2.5) / 8 < 0 at 33."""
    assert modes(12, weather_of(2))["free"].share == pytest.approx(1.0)
    assert modes(33, weather_of(2))["free"].share == pytest.approx(0.0)


def test_a_summer_sea_is_a_better_sink_than_summer_air(weather_of):
    """Condensing at 33 + 7 against 45 + 13 degC: COP 7 or so against 3."""
    weather = weather_of(1, dry_bulb_c=45.0)
    air = Component.from_dict({"kind": "air_cooled_chiller", "name": "air", "leaving_water": "18 degC"})
    wet, dry = modes(33, weather)["trim"].electricity[0], air.modes(weather)["chiller"].electricity[0]
    assert wet < 0.65 * dry


def test_a_warm_sea_puts_all_heat_on_the_chiller(tiny, free_grid, rest_of):
    hall = rest_of("heat_air", name="hall", least=10, most=10)
    solved = tiny({**SEA, "sea_temperature": "33 degC"}, hall, free_grid())
    assert solved["sea.heat_trim"] == pytest.approx(10.0)
    assert np.all(solved.flow("sea", "sea_water") > 10 * 110)


def test_hall_air_is_not_throttled():
    with pytest.raises(ValueError, match="throttle must be false"):
        Component.from_dict({**SEA, "throttle": True})
