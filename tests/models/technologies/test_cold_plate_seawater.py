import numpy as np
import pytest

SEA = {
    "kind": "cold_plate_seawater", "name": "sea", "supply": "40 degC", "rise": "10 delta_degC",
    "sea_temperature": "34 degC", "exchanger_approach": "2.5 delta_degC", "discharge_rise": "8 delta_degC",
    "pump_power": 0.0, "lead_time": "0 years",
}  # fmt: skip


@pytest.fixture
def cooling(tiny, free_grid, rest_of):
    def solve(**changes):
        racks = rest_of("heat_liquid", name="racks", least=10, most=10)
        return tiny({**SEA, **changes}, racks, free_grid())

    return solve


def test_water_of_40_degrees_needs_no_chiller_in_a_gulf_summer(cooling):
    """(50 - 34 - 2.5) / 10 = 1.35, so all of it is free at 34 degC of sea."""
    solved = cooling()
    assert solved["sea.heat_free"] == pytest.approx(10.0)
    assert solved["sea.trim_capacity"] == pytest.approx([0.0], abs=1e-6)


def test_water_of_32_degrees_needs_a_chiller_for_what_the_sea_leaves(cooling):
    """(42 - 34 - 2.5) / 10 = 0.55 free of 10 MW, 4.5 MW chilled. Works: 5.5 / (5.5 / 8) + 4.5 (1 + 1 / COP) MW."""
    solved = cooling(supply="32 degC", chiller={"cop_max": 10.0, "minimum_lift": "1 delta_degC", "carnot_fraction": 1})
    assert solved["sea.heat_free"] == pytest.approx(5.5)
    assert solved["sea.heat_trim"] == pytest.approx(4.5)
    assert solved["sea.free_capacity"] == pytest.approx([8.0 + 4.5 * 1.1])


def test_the_sea_is_drawn_and_returned(cooling):
    """10 MW x 110.03 L/kWh = 1,100 m3/h: 9.64 million m3 a year, and no fresh water."""
    solved = cooling()
    assert solved.year("sea", "sea_water") == pytest.approx([10 * 110.03 * 8760], rel=1e-3)
    assert "water" not in solved.compiled.network.terms["sea"].into


def test_throttling_lets_the_water_get_warmer_than_its_supply(cooling):
    """The sea of 34 degC gives 36.5 over the plates: 4.5 K above 32; no chiller is built, and work is lost."""
    solved = cooling(supply="32 degC", throttle=True, trim_size={"fixed": "0 MW"})
    assert np.all(solved["sea.heat_warm"] > 1.0)
