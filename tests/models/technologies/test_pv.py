import numpy as np
import pytest

from gigasite.models.component import Component

LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}


def plant(kind, **changes):
    return Component.from_dict(
        {"kind": kind, "name": "solar", "size": {"fixed": "10 MW"}, "lead_time": "0 years", **changes}
    )


@pytest.mark.parametrize("kind", ["pv_tracking", "pv_fixed"])
def test_noon_in_june_gives_most_of_the_rating(kind, weather_of):
    """900 W/m2 on modules 1.2 to 1.4 times the inverter, less losses: 0.6 to 1."""
    available = plant(kind).availability(weather_of(3))
    assert np.all((available > 0.6) & (available <= 1.0))


@pytest.mark.parametrize("kind", ["pv_tracking", "pv_fixed"])
def test_no_light_no_power(kind, weather_of):
    dark = weather_of(3, ghi_w_m2=0.0, dni_w_m2=0.0, dhi_w_m2=0.0)
    assert plant(kind).availability(dark) == pytest.approx(0.0, abs=1e-6)


def test_half_a_lifes_ageing_is_taken_off(weather_of):
    """1 % a year over 20 years: 10 % off the average year."""
    aged = plant("pv_fixed", degradation="0.01 1/year", life="20 years")
    assert aged.derive(weather_of(3))["availability"].values == pytest.approx(0.9 * aged.availability(weather_of(3)))


def test_solar_output_is_used_before_the_grid(tiny, free_grid):
    solved = tiny(LOAD, plant("pv_tracking"), free_grid())
    assert solved["grid.imported"][:3] == pytest.approx(10 - solved["solar.output"][:3])
    assert solved.year("solar", "renewable_energy")[0] > 0.5 * 87_600


@pytest.mark.parametrize(("firm", "connection"), [(0.0, 10.0), (0.2, 8.0)])
def test_design_days_count_only_the_firm_value(tiny, free_grid, firm, connection):
    """10 MW of plant counts 0 or 2 MW on the design day, whatever the sun does there."""
    grid = free_grid(size={"maximum": "50 MW"}, capex="1000 USD/MW")
    solved = tiny(LOAD, plant("pv_fixed", firm=firm), grid)
    assert solved["grid.power_capacity"] == pytest.approx([connection])
