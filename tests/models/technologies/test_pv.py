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


@pytest.mark.parametrize("kind", ["pv_tracking", "pv_fixed"])
def test_dust_takes_its_share_of_the_light(kind, weather_of):
    """June dust of 20 % gives what soiling 0.2 gives; dust of other months and `soiling` do not count."""
    june = plant(kind, soiling=0.0, monthly_soiling=[0, 0, 0, 0, 0, 0.2, 0, 0, 0, 0, 0, 0.9])
    usual, clean = plant(kind, soiling=0.2), plant(kind, soiling=0.0)
    weather = weather_of(3, ghi_w_m2=500.0, dni_w_m2=400.0)
    assert june.availability(weather) == pytest.approx(usual.availability(weather))
    # Less light is cooler: a little less than 20 % is lost.
    assert june.availability(weather) == pytest.approx(0.81 * clean.availability(weather), rel=0.02)


@pytest.mark.parametrize("kind", ["pv_tracking", "pv_fixed"])
def test_modules_without_an_inverter_give_direct_current_unclipped(kind, weather_of):
    """Cool, bright noon at 2.0 of modules over rating: the inverter clips at 1; direct current reaches 1.5 and more.

    In weak light nothing is clipped: alternating current is direct current x the efficiency, within 2 %.
    """
    bright = weather_of(3, ghi_w_m2=1000.0, dni_w_m2=900.0, dry_bulb_c=0.0)
    bare = {"inverter": False, "bus": "dc", "dc_ac_ratio": 2.0}
    assert plant(kind, dc_ac_ratio=2.0).availability(bright) == pytest.approx(1.0)
    direct = plant(kind, **bare).availability(bright)
    assert np.all((direct > 1.5) & (direct <= 2.0))
    weak = weather_of(3, ghi_w_m2=250.0, dni_w_m2=200.0, dhi_w_m2=60.0)
    alternating = plant(kind, dc_ac_ratio=2.0, inverter_efficiency=0.96).availability(weak)
    assert alternating == pytest.approx(0.96 * plant(kind, **bare).availability(weak), rel=0.02)


def test_modules_without_an_inverter_save_its_cost(tiny):
    """10 MW x (800 - 50) USD/kW over 20 years at no interest = 375,000 USD a year."""
    bare = plant(
        "pv_tracking", inverter=False, bus="dc", capex="800 USD/kW", inverter_capex="50 USD/kW", life="20 years"
    )
    solved = tiny(bare, rest=("dc",))
    assert solved.cost("solar", "capital") == pytest.approx([375_000])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"inverter": False}, "bus must be one of direct current"),
        ({"inverter": False, "bus": "dc", "capex": "10 USD/kW"}, "inverter_capex must not exceed capex"),
        ({"monthly_soiling": [0.1] * 11}, "monthly_soiling must have twelve values, got 11"),
        ({"monthly_soiling": [1.1] * 12}, "between 0 and 1"),
        ({"inverter_efficiency": 1.01}, "between 0 and 1"),
        ({"degradation": "0.05 1/year"}, "degradation must leave some output"),
    ],
)
def test_impossible_plants_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        plant("pv_tracking", **wrong)
