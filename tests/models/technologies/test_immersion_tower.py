import numpy as np
import pytest

from gigasite.models.component import Component

TANKS = {"kind": "immersion_tower", "name": "tanks", "supply": "36 degC", "rise": "10 delta_degC"}


def test_tower_water_frees_immersion_even_in_humid_heat(weather_of):
    """Wet bulb 30.2: (46 - 35.2 - 2.2) / 10 = 0.86 free; water of 32 degC would leave 0.46."""
    weather = weather_of(2, dry_bulb_c=31.0, dew_point_c=30.0)
    share = Component.from_dict(TANKS).modes(weather)["free"].share
    assert share == pytest.approx((46 - (weather.wet_bulb_c + 5.0) - 2.2) / 10, abs=1e-6)
    assert np.all((share > 0.8) & (share < 0.9))


def test_all_heat_evaporates_water(tiny, free_grid, rest_of):
    """More than a litre per kWh: immersion saves no water on a tower."""
    tanks = {**TANKS, "lead_time": "0 years"}
    racks = rest_of("heat_liquid", name="racks", least=10, most=10)
    solved = tiny(tanks, racks, free_grid(), {"kind": "water_supply", "name": "well"})
    assert np.all(solved["well.drawn"] / 10.0 > 1.3)
